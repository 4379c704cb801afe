/*
 * pg_auth_members.h
 *		Rows of the catalog pg_auth_members: memberships of roles.
 */
#ifndef PG_AUTH_MEMBERS_H
#define PG_AUTH_MEMBERS_H

#include "postgres.h"

#include "catalog/pg_auth_members_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_auth_members
{
	Oid roleid;
	Oid member;
	Oid grantor;
	bool admin_option;
} FormData_pg_auth_members;

typedef FormData_pg_auth_members *Form_pg_auth_members;

PG_END_EXTERN_C

#endif /* PG_AUTH_MEMBERS_H */
