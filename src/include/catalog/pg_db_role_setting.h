/*
 * pg_db_role_setting.h
 *		Rows of the catalog pg_db_role_setting: settings of roles and databases.
 */
#ifndef PG_DB_ROLE_SETTING_H
#define PG_DB_ROLE_SETTING_H

#include "postgres.h"

#include "catalog/pg_db_role_setting_d.h"
#include "utils/guc.h"
#include "utils/relcache.h"
#include "utils/snapshot.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_db_role_setting
{
	Oid setdatabase;
	Oid setrole;
} FormData_pg_db_role_setting;

typedef FormData_pg_db_role_setting *Form_pg_db_role_setting;

PG_END_EXTERN_C

#endif /* PG_DB_ROLE_SETTING_H */
