/*
 * pg_foreign_server.h
 *		Rows of the catalog pg_foreign_server: foreign servers.
 */
#ifndef PG_FOREIGN_SERVER_H
#define PG_FOREIGN_SERVER_H

#include "postgres.h"

#include "catalog/pg_foreign_server_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_foreign_server
{
	Oid oid;
	NameData srvname;
	Oid srvowner;
	Oid srvfdw;
} FormData_pg_foreign_server;

typedef FormData_pg_foreign_server *Form_pg_foreign_server;

PG_END_EXTERN_C

#endif /* PG_FOREIGN_SERVER_H */
