/*
 * pg_db_role_setting_d.h
 *		Numbers of the catalog pg_db_role_setting, for C and for programs without a server.
 */
#ifndef PG_DB_ROLE_SETTING_D_H
#define PG_DB_ROLE_SETTING_D_H

#define DbRoleSettingRelationId 2964
#define PgDbRoleSettingToastTable 2966
#define PgDbRoleSettingToastIndex 2967
#define DbRoleSettingDatidRolidIndexId 2965
#define Anum_pg_db_role_setting_setdatabase 1
#define Anum_pg_db_role_setting_setrole 2
#define Anum_pg_db_role_setting_setconfig 3
#define Natts_pg_db_role_setting 3

#endif /* PG_DB_ROLE_SETTING_D_H */
