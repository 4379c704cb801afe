/*
 * guc_tables.h
 *		Settings as PostgreSQL keeps them. They are kept in another form here; ask with GetConfigOption and its family
 * (utils/guc.h), or pg_settings.
 */
#ifndef GUC_TABLES_H
#define GUC_TABLES_H

#include "postgres.h"

#include "utils/guc.h"

PG_BEGIN_EXTERN_C

enum config_type
{
	PGC_BOOL,
	PGC_INT,
	PGC_REAL,
	PGC_STRING,
	PGC_ENUM
};

union config_var_val
{
	bool boolval;
	int intval;
	double realval;
	char *stringval;
	int enumval;
};

typedef struct config_var_value
{
	union config_var_val val;
	void *extra;
} config_var_value;

enum config_group
{
	UNGROUPED,
	FILE_LOCATIONS,
	CONN_AUTH_SETTINGS,
	CONN_AUTH_AUTH,
	CONN_AUTH_SSL,
	RESOURCES_MEM,
	RESOURCES_DISK,
	RESOURCES_KERNEL,
	RESOURCES_VACUUM_DELAY,
	RESOURCES_BGWRITER,
	RESOURCES_ASYNCHRONOUS,
	WAL_SETTINGS,
	WAL_CHECKPOINTS,
	WAL_ARCHIVING,
	WAL_RECOVERY,
	WAL_ARCHIVE_RECOVERY,
	WAL_RECOVERY_TARGET,
	REPLICATION_SENDING,
	REPLICATION_PRIMARY,
	REPLICATION_STANDBY,
	REPLICATION_SUBSCRIBERS,
	QUERY_TUNING_METHOD,
	QUERY_TUNING_COST,
	QUERY_TUNING_GEQO,
	QUERY_TUNING_OTHER,
	LOGGING_WHERE,
	LOGGING_WHEN,
	LOGGING_WHAT,
	PROCESS_TITLE,
	STATS_MONITORING,
	STATS_CUMULATIVE,
	AUTOVACUUM,
	CLIENT_CONN_STATEMENT,
	CLIENT_CONN_LOCALE,
	CLIENT_CONN_PRELOAD,
	CLIENT_CONN_OTHER,
	LOCK_MANAGEMENT,
	COMPAT_OPTIONS_PREVIOUS,
	COMPAT_OPTIONS_CLIENT,
	ERROR_HANDLING_OPTIONS,
	PRESET_OPTIONS,
	CUSTOM_OPTIONS,
	DEVELOPER_OPTIONS
};

typedef enum
{
	GUC_SAVE,
	GUC_SET,
	GUC_LOCAL,
	GUC_SET_LOCAL
} GucStackState;

struct config_generic;

/* ERROR 0A000 */
extern struct config_generic **get_guc_variables(void);
extern struct config_generic **get_explain_guc_options(int *num);

PG_END_EXTERN_C

#endif /* GUC_TABLES_H */
