/*
 * utils/adt/system_funcs.cpp
 *		x
 *
 * Any process.
 */
#include "utils/adt/adt_internals.h"

namespace pg
{

static constexpr FunctionDef kRows[] = {
	Fn(2026, "pg_backend_pid", 's', "pg_backend_pid", INT4OID, {}, nullptr),
	Fn(2077, "current_setting", 's', "show_config_by_name", TEXTOID, {TEXTOID}, nullptr),
	Fn(3294, "current_setting", 's', "show_config_by_name_missing_ok", TEXTOID, {TEXTOID, BOOLOID},
	   nullptr),
	Lax(Fn(2078, "set_config", 'v', "set_config_by_name", TEXTOID, {TEXTOID, TEXTOID, BOOLOID},
		   nullptr)),
	Fn(2626, "pg_sleep", 'v', "pg_sleep", VOIDOID, {FLOAT8OID}, nullptr),
	Fn(3935, "pg_sleep_for", 'v', "pg_sleep_for", VOIDOID, {INTERVALOID}, nullptr),
	Fn(3936, "pg_sleep_until", 'v', "pg_sleep_until", VOIDOID, {TIMESTAMPTZOID}, nullptr),
	Fn(2171, "pg_cancel_backend", 'v', "pg_cancel_backend", BOOLOID, {INT4OID}, nullptr),
	Defaults(Fn(2096, "pg_terminate_backend", 'v', "pg_terminate_backend", BOOLOID,
				{INT4OID, INT8OID}, nullptr),
			 1, "0"),
	Fn(2621, "pg_reload_conf", 'v', "pg_reload_conf", BOOLOID, {}, nullptr),
	Fn(2622, "pg_rotate_logfile", 'v', "pg_rotate_logfile_v2", BOOLOID, {}, nullptr),
	Fn(2560, "pg_postmaster_start_time", 's', "pg_postmaster_start_time", TIMESTAMPTZOID, {},
	   nullptr),
	Fn(2034, "pg_conf_load_time", 's', "pg_conf_load_time", TIMESTAMPTZOID, {}, nullptr),
	Fn(3810, "pg_is_in_recovery", 'v', "pg_is_in_recovery", BOOLOID, {}, nullptr),
	Defaults(Fn(3436, "pg_promote", 'v', "pg_promote", BOOLOID, {BOOLOID, INT4OID}, nullptr), 2,
			 "true, 60"),
	Fn(861, "current_database", 's', "current_database", NAMEOID, {}, nullptr),
	Fn(1402, "current_schema", 's', "current_schema", NAMEOID, {}, nullptr),
	Fn(1403, "current_schemas", 's', "current_schemas", NAMEARRAYOID, {BOOLOID}, nullptr),
	Fn(746, "session_user", 's', "session_user", NAMEOID, {}, nullptr),
	Fn(710, "getpgusername", 's', "current_user", NAMEOID, {}, nullptr),
	Fn(745, "current_user", 's', "current_user", NAMEOID, {}, nullptr),
	Lax(Fn(817, "current_query", 'v', "current_query", TEXTOID, {}, nullptr)),
	Lax(Fn(2198, "inet_server_addr", 's', "inet_server_addr", INETOID, {}, nullptr)),
	Lax(Fn(2199, "inet_server_port", 's', "inet_server_port", INT4OID, {}, nullptr)),
	Lax(Fn(2196, "inet_client_addr", 's', "inet_client_addr", INETOID, {}, nullptr)),
	Lax(Fn(2197, "inet_client_port", 's', "inet_client_port", INT4OID, {}, nullptr)),
	Fn(2854, "pg_my_temp_schema", 's', "pg_my_temp_schema", OIDOID, {}, nullptr),
	Fn(2855, "pg_is_other_temp_schema", 's', "pg_is_other_temp_schema", BOOLOID, {OIDOID}, nullptr),
};

const std::span<const FunctionDef> kSystemFunctions = kRows;

} /* namespace pg */
