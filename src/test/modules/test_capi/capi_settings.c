/*
 * capi_settings.c
 *		Settings: a module's own, values as texts, the variables behind the server's settings.
 */
#include "capi.h"

#include "miscadmin.h"
#include "pgstat.h"
#include "postmaster/autovacuum.h"
#include "postmaster/postmaster.h"
#include "postmaster/syslogger.h"
#include "replication/origin.h"
#include "replication/slot.h"
#include "replication/walreceiver.h"
#include "replication/walsender.h"
#include "storage/proc.h"
#include "tcop/tcopprot.h"
#include "utils/backend_status.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/ps_status.h"

/* ---- A module's own ---- */

static bool my_bool;
static int my_int, my_enum, assigned;
static double my_real;
static char *my_string;
static bool texts_were_right;

static const struct config_enum_entry words[] = {{"few", 1, false},
												 {"many", 2, false},
												 {"lots", 2, true},
												 {NULL, 0, false}};

static bool
check_int(int *newval, void **extra, GucSource source)
{
	(void) source;
	if (*newval == 13)
	{
		GUC_check_errcode(ERRCODE_DIVISION_BY_ZERO);
		GUC_check_errmsg("%d is refused", *newval);
		GUC_check_errdetail("It is %s.", "unlucky");
		GUC_check_errhint("Take another one.");
		texts_were_right = strcmp(GUC_check_errmsg_string, "13 is refused") == 0 &&
						   strcmp(GUC_check_errdetail_string, "It is unlucky.") == 0 &&
						   strcmp(GUC_check_errhint_string, "Take another one.") == 0;
		return false;
	}
	*extra = malloc(sizeof(int));
	*(int *) *extra = *newval * 2;
	return true;
}

static void
assign_int(int newval, void *extra)
{
	(void) newval;
	assigned = *(int *) extra;
}

static const char *
show_real(void)
{
	return psprintf("about %.0f", my_real);
}

static void
set_here(const char *name, const char *value)
{
	SetConfigOption(name, value, PGC_USERSET, PGC_S_SESSION);
}

static void
define_all(void)
{
	static bool done = false;

	if (done)
		return;
	done = true;
	DefineCustomBoolVariable("capi.bool", "A bool.", NULL, &my_bool, true, PGC_USERSET, 0, NULL,
							 NULL, NULL);
	DefineCustomIntVariable("capi.int", "An int.", NULL, &my_int, 5, 0, 100000, PGC_USERSET,
							GUC_UNIT_MS, check_int, assign_int, NULL);
	DefineCustomRealVariable("capi.real", "A real.", NULL, &my_real, 1.5, -1, 100, PGC_USERSET, 0,
							 NULL, NULL, show_real);
	DefineCustomStringVariable("capi.string", "A string.", NULL, &my_string, "boot", PGC_USERSET,
							   GUC_NO_RESET_ALL, NULL, NULL, NULL);
	DefineCustomEnumVariable("capi.enum", "An enum.", NULL, &my_enum, 1, words, PGC_USERSET, 0,
							 NULL, NULL, NULL);
}

CAPI_TEST(test_settings_of_a_module)
{
	const char *name;

	set_here("capi_early.int", "x");
	define_all();
	CHECK(my_bool && my_int == 5 && my_real == 1.5 && strcmp(my_string, "boot") == 0 &&
		  my_enum == 1);
	CHECK(assigned == 10);
	set_here("capi.bool", "off");
	set_here("capi.int", "2s");
	set_here("capi.real", "2.75");
	set_here("capi.string", "said");
	set_here("capi.enum", "lots");
	CHECK(!my_bool && my_int == 2000 && my_real == 2.75 && strcmp(my_string, "said") == 0 &&
		  my_enum == 2);
	CHECK(assigned == 4000);
	CHECK_ERROR(ERRCODE_DIVISION_BY_ZERO, "13 is refused", set_here("capi.int", "13"));
	CHECK(texts_were_right && my_int == 2000);
	CHECK_ERROR(ERRCODE_INVALID_PARAMETER_VALUE,
				"invalid value for parameter \"capi.enum\": \"none\"",
				set_here("capi.enum", "none"));

	CHECK(strcmp(GetConfigOptionByName("CAPI.Int", &name, false), "2s") == 0 &&
		  strcmp(name, "capi.int") == 0);
	CHECK(strcmp(GetConfigOptionByName("capi.real", NULL, false), "about 3") == 0);
	CHECK(GetConfigOptionByName("capi.none", NULL, true) == NULL);
	CHECK(strcmp(GetConfigOptionResetString("capi.int"), "5") == 0);
	CHECK((GetConfigOptionFlags("capi.string", false) & GUC_NO_RESET_ALL) != 0);
	CHECK(GetConfigOptionFlags("capi.none", true) == 0);

	MarkGUCPrefixReserved("capi");
	CHECK_ERROR(ERRCODE_INVALID_NAME, "invalid configuration parameter name \"capi.none\"",
				set_here("capi.none", "1"));
	EmitWarningsOnPlaceholders("capi_early");
	CHECK(GetConfigOption("capi_early.int", true, false) == NULL);
}

CAPI_TEST(test_levels_of_settings)
{
	const int former = StatementTimeout;
	int level = NewGUCNestLevel();

	(void) set_config_option("statement_timeout", "77s", PGC_USERSET, PGC_S_SESSION,
							 GUC_ACTION_SAVE, true, 0, false);
	CHECK(StatementTimeout == 77000);
	AtEOXact_GUC(true, level);
	CHECK(StatementTimeout == former);

	set_here("lock_timeout", "78s");
	ProcessConfigFile(PGC_SIGHUP); /* what a session has set stands above the files */
	CHECK(LockTimeout == 78000);
	set_here("lock_timeout", "0");
}

CAPI_TEST(test_numbers_with_units)
{
	const char *hint = NULL;
	double real = 0;
	int result = 0;

	CHECK(parse_int("1GB", &result, GUC_UNIT_KB, &hint) && result == 1024 * 1024);
	CHECK(parse_int("1.5 min", &result, GUC_UNIT_S, NULL) && result == 90);
	CHECK(parse_int("0x10", &result, 0, NULL) && result == 16);
	CHECK(!parse_int("5 parsecs", &result, GUC_UNIT_MS, &hint));
	CHECK(strcmp(hint, "Valid units for this parameter are \"us\", \"ms\", \"s\", \"min\", \"h\", "
					   "and \"d\".") == 0);
	CHECK(!parse_int("3000000000", &result, 0, &hint) &&
		  strcmp(hint, "Value exceeds integer range.") == 0);
	CHECK(parse_real("1.5", &real, 0, NULL) && real == 1.5);
	CHECK(parse_real("100us", &real, GUC_UNIT_MS, NULL) && real > 0.0999 && real < 0.1001);
	CHECK(!parse_real("x", &real, 0, NULL));
}

/* ---- The server's ---- */

CAPI_TEST(test_variables_of_settings)
{
	static const struct
	{
		const char *name;
		const int *variable;
	} ints[] = {{"port", &PostPortNumber},
				{"unix_socket_permissions", &Unix_socket_permissions},
				{"log_rotation_age", &Log_RotationAge},
				{"log_rotation_size", &Log_RotationSize},
				{"log_file_mode", &Log_file_mode},
				{"wal_receiver_status_interval", &wal_receiver_status_interval},
				{"wal_receiver_timeout", &wal_receiver_timeout},
				{"wal_sender_timeout", &wal_sender_timeout},
				{"deadlock_timeout", &DeadlockTimeout},
				{"statement_timeout", &StatementTimeout},
				{"lock_timeout", &LockTimeout},
				{"idle_in_transaction_session_timeout", &IdleInTransactionSessionTimeout},
				{"idle_session_timeout", &IdleSessionTimeout},
				{"client_connection_check_interval", &client_connection_check_interval},
				{"max_stack_depth", &max_stack_depth},
				{"autovacuum_max_workers", &autovacuum_max_workers},
				{"max_connections", &MaxConnections},
				{"max_worker_processes", &max_worker_processes},
				{"max_parallel_workers", &max_parallel_workers},
				{"maintenance_work_mem", &maintenance_work_mem}};
	static const struct
	{
		const char *name;
		const bool *variable;
	} bools[] = {{"logging_collector", &Logging_collector},
				 {"log_truncate_on_rotation", &Log_truncate_on_rotation},
				 {"hot_standby_feedback", &hot_standby_feedback},
				 {"log_replication_commands", &log_replication_commands},
				 {"log_lock_waits", &log_lock_waits},
				 {"track_activities", &pgstat_track_activities},
				 {"log_parser_stats", &log_parser_stats},
				 {"log_planner_stats", &log_planner_stats},
				 {"log_executor_stats", &log_executor_stats},
				 {"log_statement_stats", &log_statement_stats},
				 {"update_process_title", &update_process_title},
				 {"fsync", &enableFsync}};
	static const struct
	{
		const char *name;
		char *const *variable;
	} strings[] = {{"listen_addresses", &ListenAddresses},
				   {"unix_socket_group", &Unix_socket_group},
				   {"unix_socket_directories", &Unix_socket_directories},
				   {"log_directory", &Log_directory},
				   {"log_filename", &Log_filename},
				   {"log_destination", &Log_destination_string},
				   {"log_line_prefix", &Log_line_prefix},
				   {"cluster_name", &cluster_name},
				   {"config_file", &ConfigFileName},
				   {"hba_file", &HbaFileName},
				   {"application_name", &application_name},
				   {"shared_preload_libraries", &shared_preload_libraries_string},
				   {"session_preload_libraries", &session_preload_libraries_string},
				   {"local_preload_libraries", &local_preload_libraries_string}};
	int i;

	for (i = 0; i < (int) lengthof(ints); i++)
		if (*ints[i].variable != atoi(GetConfigOption(ints[i].name, false, false)))
			elog(ERROR, "%s is %d", ints[i].name, *ints[i].variable);
	for (i = 0; i < (int) lengthof(bools); i++)
		if (*bools[i].variable != (strcmp(GetConfigOption(bools[i].name, false, false), "on") == 0))
			elog(ERROR, "%s is %d", bools[i].name, *bools[i].variable);
	for (i = 0; i < (int) lengthof(strings); i++)
		if (strcmp(*strings[i].variable, GetConfigOption(strings[i].name, false, false)) != 0)
			elog(ERROR, "%s is %s", strings[i].name, *strings[i].variable);
}

CAPI_TEST(test_variables_with_words)
{
	static const struct
	{
		const char *name, *word;
		const int *variable;
		int value;
	} rows[] = {{"log_statement", "mod", &log_statement, LOGSTMT_MOD},
				{"log_error_verbosity", "verbose", &Log_error_verbosity, PGERROR_VERBOSE},
				{"log_min_error_statement", "panic", &log_min_error_statement, PANIC},
				{"log_min_messages", "error", &log_min_messages, ERROR},
				{"client_min_messages", "debug1", &client_min_messages, DEBUG1},
				{"intervalstyle", "iso_8601", &IntervalStyle, INTSTYLE_ISO_8601}};
	int i;

	for (i = 0; i < (int) lengthof(rows); i++)
	{
		const int former = *rows[i].variable;
		const char *word = pstrdup(GetConfigOption(rows[i].name, false, false));

		SetConfigOption(rows[i].name, rows[i].word, PGC_SUSET, PGC_S_SESSION);
		CHECK(*rows[i].variable == rows[i].value);
		SetConfigOption(rows[i].name, word, PGC_SUSET, PGC_S_SESSION);
		CHECK(*rows[i].variable == former);
	}
	CHECK(Log_destination == LOG_DESTINATION_STDERR);
	set_here("datestyle", "German");
	CHECK(DateStyle == USE_GERMAN_DATES && DateOrder == DATEORDER_DMY);
	set_here("datestyle", "ISO, MDY");
	CHECK(DateStyle == USE_ISO_DATES && DateOrder == DATEORDER_MDY);
}

/* There is none, whatever settings say. */
CAPI_TEST(test_no_replication)
{
	ReplicationSlot slot;

	CHECK(!am_walsender && !am_cascading_walsender && !am_db_walsender);
	CHECK(!wake_wal_senders && max_wal_senders == 0 && !AllowCascadeReplication());
	WalSndWakeupRequest();
	WalSndWakeupProcessRequests();
	CHECK(replorigin_session_origin == InvalidRepOriginId &&
		  replorigin_session_origin_timestamp == 0);
	CHECK(replorigin_session_origin_lsn == InvalidXLogRecPtr);
	memset(&slot, 0, sizeof(slot));
	CHECK(SlotIsPhysical(&slot) && !SlotIsLogical(&slot));
	slot.data.database = MyDatabaseId;
	CHECK(SlotIsLogical(&slot) && !SlotIsPhysical(&slot));
}
