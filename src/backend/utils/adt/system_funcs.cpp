/*
 * utils/adt/system_funcs.cpp
 *		The server and this session: settings, signals to other sessions, sleeping, who and where.
 *
 * Backends and workers with a database.
 */
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>

#include "access/transaction.h"
#include "access/xlog.h"
#include "catalog/identity.h"
#include "catalog/membership.h"
#include "libpq/libpq-be.h"
#include "miscadmin.h"
#include "storage/ipc/recovery_state.h"
#include "storage/latch.h"
#include "storage/lmgr/proc_internals.h"
#include "storage/proc.h"
#include "storage/procarray.h"
#include "utils/acl.h"
#include "utils/activity/status.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/engine_only.h"
#include "utils/adt/interval.h"
#include "utils/fmgrprotos.h"
#include "utils/misc/guc_internals.h"
#include "utils/timestamp.h"
#include "utils/wait_event.h"

namespace pg
{

/* ---- Settings ---- */

static void
show_config_by_name(FunctionCall &call)
{
	SetText(call, *ShowSetting(ArgText(call, 0)));
}

static void
show_config_by_name_missing_ok(FunctionCall &call)
{
	const auto value = ShowSetting(ArgText(call, 0), ArgBool(call, 1));

	if (value)
		SetText(call, *value);
}

/* A null value resets. */
static void
set_config_by_name(FunctionCall &call)
{
	if (call.arg(0).is_null())
		Raise(Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED).msg("SET requires parameter name"));

	const std::string name(ArgText(call, 0));
	const std::string value(ArgText(call, 1));
	const bool is_local = !call.arg(2).is_null() && ArgBool(call, 2);

	SetSetting(name, call.arg(1).is_null() ? nullptr : value.c_str(), SettingContext(),
			   PGC_S_SESSION, is_local);
	SetText(call, *ShowSetting(name));
}

/* ---- Sleeping ---- */

static void
sleep_until(int64 deadline)
{
	for (;;)
	{
		CHECK_FOR_INTERRUPTS();

		const int64 rest = deadline - GetCurrentTimestamp();

		if (rest <= 0)
			return;
		const long milliseconds = static_cast<long>(std::min<int64>((rest + 999) / 1000, 600000));

		WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, milliseconds,
				  WAIT_EVENT_PG_SLEEP);
		ResetLatch(MyLatch);
	}
}

static void
pg_sleep(FunctionCall &call)
{
	const double seconds = ArgFloat(call, 0);

	if (seconds > 0 || std::isnan(seconds))
		sleep_until(seconds < 1e11 ? GetCurrentTimestamp() + static_cast<int64>(seconds * 1e6)
								   : PG_INT64_MAX);
	SetText(call, "");
}

static void
pg_sleep_for(FunctionCall &call)
{
	const int64 now = GetCurrentTimestamp();

	sleep_until(AddToTimestamptz(now, ArgInterval(call, 0)));
	SetText(call, "");
}

static void
pg_sleep_until(FunctionCall &call)
{
	sleep_until(ArgInt(call, 0));
	SetText(call, "");
}

/* ---- Signals to other processes ---- */

/*
 * Sends a signal to a server process.  What is no such process is a warning; a superuser's process may
 * be signalled by superusers only, any other by members of its role and of pg_signal_backend, too.
 */
static bool
signal_backend(int pid, int signal, const char *action)
{
	ActivityRow row;

	if (BackendPidGetProc(pid) == nullptr || !FindActivity(pid, row))
	{
		Report(WARNING).msg("PID %d is not a PostgreSQL backend process", pid).emit();
		return false;
	}
	const auto owner = FindRole(row.user);

	if ((!owner || owner->superuser) && !superuser())
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("must be a superuser to %s superuser %s", action,
					   signal == SIGINT ? "query" : "process"));
	if (!has_privs_of_role(GetUserId(), row.user) &&
		!has_privs_of_role(GetUserId(), kRoleSignalBackend))
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("must be a member of the role whose %s is being %s or member of "
					   "pg_signal_backend",
					   signal == SIGINT ? "query" : "process",
					   signal == SIGINT ? "canceled" : "terminated"));
	if (kill(pid, signal) != 0)
	{
		Report(WARNING).msg("could not send signal to process %d: %m", pid).emit();
		return false;
	}
	return true;
}

static void
pg_cancel_backend(FunctionCall &call)
{
	SetBool(call, signal_backend(static_cast<int>(ArgInt(call, 0)), SIGINT, "cancel"));
}

/* Waits until the process is gone, at most `timeout` milliseconds. */
static bool
wait_for_exit(int pid, int64 timeout)
{
	const int64 deadline = GetCurrentTimestamp() + timeout * 1000;

	for (;;)
	{
		if (kill(pid, 0) != 0 && errno == ESRCH)
			return true;
		CHECK_FOR_INTERRUPTS();

		const int64 rest = (deadline - GetCurrentTimestamp()) / 1000;

		if (rest <= 0)
			break;
		WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH,
				  static_cast<long>(std::min<int64>(rest, 100)), WAIT_EVENT_BACKEND_TERMINATION);
		ResetLatch(MyLatch);
	}
	Report(WARNING)
		.msg("backend with PID %d did not terminate within %lld milliseconds", pid,
			 static_cast<long long>(timeout))
		.emit();
	return false;
}

static void
pg_terminate_backend(FunctionCall &call)
{
	const int pid = static_cast<int>(ArgInt(call, 0));
	const int64 timeout = ArgInt(call, 1);

	if (timeout < 0)
		Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE)
				  .msg("\"timeout\" must not be negative"));
	const bool sent = signal_backend(pid, SIGTERM, "terminate");

	SetBool(call, sent && (timeout == 0 || wait_for_exit(pid, timeout)));
}

static void
require_superuser(const char *function)
{
	if (!superuser())
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied for function %s", function));
}

static bool
reload_configuration()
{
	require_superuser("pg_reload_conf");
	if (kill(PostmasterPid, SIGHUP) == 0)
		return true;
	Report(WARNING).msg("failed to send signal to postmaster: %m").emit();
	return false;
}

static void
pg_reload_conf(FunctionCall &call)
{
	SetBool(call, reload_configuration());
}

/* The log file of a format; without one of the first that is written, in the order below. */
static void
pg_current_logfile(FunctionCall &call)
{
	const bool any = call.arg_count() == 0 || call.arg(0).is_null();
	const std::string_view wanted = any ? std::string_view() : ArgText(call, 0);
	std::ifstream list("current_logfiles");

	require_superuser("pg_current_logfile");
	if (!any && wanted != "stderr" && wanted != "csvlog" && wanted != "jsonlog")
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("log format \"%s\" is not supported", std::string(wanted).c_str())
				  .hint("The supported log formats are \"stderr\", \"csvlog\", and \"jsonlog\"."));
	for (std::string line; std::getline(list, line);)
	{
		const size_t space = line.find(' ');

		if (space != std::string::npos && (any || wanted == line.substr(0, space)))
			return SetText(call, line.substr(space + 1));
	}
}

static void
pg_rotate_logfile_v2(FunctionCall &call)
{
	require_superuser("pg_rotate_logfile");
	if (ShowSetting("logging_collector") != "on")
	{
		Report(WARNING).msg("rotation not possible because log collection not active").emit();
		return SetBool(call, false);
	}
	SendPostmasterSignal(PmSignal::RotateLogfile);
	SetBool(call, true);
}

/* ---- Recovery ---- */

static void
pg_is_in_recovery(FunctionCall &call)
{
	SetBool(call, RecoveryInProgress());
}

/* (wait, wait_seconds) */
static void
pg_promote(FunctionCall &call)
{
	const bool wait = ArgBool(call, 0);
	const int64 seconds = ArgInt(call, 1);

	require_superuser("pg_promote");
	if (!RecoveryInProgress())
		Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
				  .msg("recovery is not in progress")
				  .hint("Recovery control functions can only be executed during recovery."));
	if (seconds <= 0)
		Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE)
				  .msg("\"wait_seconds\" must not be negative or zero"));
	if (!RequestPromotion())
		Raise(Report(ERROR, ERRCODE_SYSTEM_ERROR).msg("failed to send signal to postmaster: %m"));
	if (!wait)
		return SetBool(call, true);

	const int64 deadline = GetCurrentTimestamp() + seconds * USECS_PER_SEC;

	while (RecoveryInProgress() && GetCurrentTimestamp() < deadline)
	{
		CHECK_FOR_INTERRUPTS();
		WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, 100,
				  WAIT_EVENT_PROMOTE);
		ResetLatch(MyLatch);
	}
	if (!RecoveryInProgress())
		return SetBool(call, true);
	Report(WARNING)
		.msg("server did not promote within %d seconds", static_cast<int>(seconds))
		.emit();
	SetBool(call, false);
}

/* ---- Times and numbers of the server ---- */

static void
pg_backend_pid(FunctionCall &call)
{
	SetInt(call, MyProcPid);
}

static void
pg_postmaster_start_time(FunctionCall &call)
{
	SetInt(call, PgStartTime);
}

static void
pg_conf_load_time(FunctionCall &call)
{
	SetInt(call, ConfigLoadTime());
}

/* ---- Who and where ---- */

static std::string
role_name(Oid oid)
{
	const auto role = FindRole(oid);

	if (!role)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT).msg("role with OID %u does not exist", oid));
	return role->name;
}

static void
current_user(FunctionCall &call)
{
	SetText(call, role_name(GetUserId()));
}

static void
session_user(FunctionCall &call)
{
	SetText(call, role_name(GetSessionUserId()));
}

static void
current_database(FunctionCall &call)
{
	const auto database = FindDatabase(MyDatabaseId);

	if (database)
		SetText(call, database->name);
}

/* The first schema of the search path that exists and is no implicit one. */
static void
current_schema(FunctionCall &call)
{
	for (const Oid schema : EffectiveSearchPath())
	{
		const auto name = SchemaName(schema);

		if (name && *name != "pg_catalog" && !name->starts_with("pg_temp"))
			return SetText(call, *name);
	}
}

static void
current_schemas(FunctionCall &call)
{
	const bool implicit = ArgBool(call, 0);
	std::string list;

	for (const Oid schema : EffectiveSearchPath())
	{
		const auto name = SchemaName(schema);

		if (!name || (!implicit && (*name == "pg_catalog" || name->starts_with("pg_temp"))))
			continue;
		list.append(list.empty() ? "" : ",").append(*name);
	}
	SetText(call, "{" + list + "}");
}

static void
current_query(FunctionCall &call)
{
	ActivityRow row;

	if (FindActivity(MyProcPid, row) && !row.query.empty())
		SetText(call, row.query);
}

static bool
own_client(ActivityRow *row)
{
	return FindActivity(MyProcPid, *row) && row->has_client && !row->client_address.empty();
}

static void
inet_client_addr(FunctionCall &call)
{
	ActivityRow row;

	if (own_client(&row))
		SetText(call, row.client_address);
}

static void
inet_client_port(FunctionCall &call)
{
	ActivityRow row;

	if (own_client(&row))
		SetInt(call, row.client_port);
}

/* The server's end of this session's connection. False where that is none over a network. */
static bool
own_address(sockaddr_storage *address)
{
	socklen_t length = sizeof(*address);

	return MyProcPort != nullptr && MyProcPort->sock >= 0 &&
		   getsockname(MyProcPort->sock, reinterpret_cast<sockaddr *>(address), &length) == 0 &&
		   (address->ss_family == AF_INET || address->ss_family == AF_INET6);
}

static void
inet_server_addr(FunctionCall &call)
{
	sockaddr_storage address;
	char text[NI_MAXHOST];

	if (own_address(&address) &&
		getnameinfo(reinterpret_cast<sockaddr *>(&address), sizeof(address), text, sizeof(text),
					nullptr, 0, NI_NUMERICHOST) == 0)
		SetText(call, text);
}

static void
inet_server_port(FunctionCall &call)
{
	sockaddr_storage address;

	if (!own_address(&address))
		return;
	SetInt(call, ntohs(address.ss_family == AF_INET
						   ? reinterpret_cast<sockaddr_in *>(&address)->sin_port
						   : reinterpret_cast<sockaddr_in6 *>(&address)->sin6_port));
}

void
pg_current_role(FunctionCall &call)
{
	current_user(call);
}

void
pg_session_user(FunctionCall &call)
{
	session_user(call);
}

void
pg_current_catalog(FunctionCall &call)
{
	current_database(call);
}

void
pg_current_schema(FunctionCall &call)
{
	current_schema(call);
}

static constexpr FunctionDef kSystemRows[] = {
	Fn(2026, "pg_backend_pid", 's', "pg_backend_pid", INT4OID, {}, pg_backend_pid),
	Fn(2077, "current_setting", 's', "show_config_by_name", TEXTOID, {TEXTOID},
	   show_config_by_name),
	Fn(3294, "current_setting", 's', "show_config_by_name_missing_ok", TEXTOID, {TEXTOID, BOOLOID},
	   show_config_by_name_missing_ok),
	Lax(Fn(2078, "set_config", 'v', "set_config_by_name", TEXTOID, {TEXTOID, TEXTOID, BOOLOID},
		   set_config_by_name)),
	Fn(2626, "pg_sleep", 'v', "pg_sleep", VOIDOID, {FLOAT8OID}, pg_sleep),
	Fn(3935, "pg_sleep_for", 'v', "pg_sleep_for", VOIDOID, {INTERVALOID}, pg_sleep_for),
	Fn(3936, "pg_sleep_until", 'v', "pg_sleep_until", VOIDOID, {TIMESTAMPTZOID}, pg_sleep_until),
	Fn(2171, "pg_cancel_backend", 'v', "pg_cancel_backend", BOOLOID, {INT4OID}, pg_cancel_backend),
	Defaults(Fn(2096, "pg_terminate_backend", 'v', "pg_terminate_backend", BOOLOID,
				{INT4OID, INT8OID}, pg_terminate_backend),
			 1, "0"),
	Fn(3800, "pg_current_logfile", 'v', "pg_current_logfile", TEXTOID, {}, pg_current_logfile),
	Lax(Fn(3801, "pg_current_logfile", 'v', "pg_current_logfile", TEXTOID, {TEXTOID},
		   pg_current_logfile)),
	Fn(2621, "pg_reload_conf", 'v', "pg_reload_conf", BOOLOID, {}, pg_reload_conf),
	Fn(2622, "pg_rotate_logfile", 'v', "pg_rotate_logfile_v2", BOOLOID, {}, pg_rotate_logfile_v2),
	Fn(2560, "pg_postmaster_start_time", 's', "pg_postmaster_start_time", TIMESTAMPTZOID, {},
	   pg_postmaster_start_time),
	Fn(2034, "pg_conf_load_time", 's', "pg_conf_load_time", TIMESTAMPTZOID, {}, pg_conf_load_time),
	Fn(3810, "pg_is_in_recovery", 'v', "pg_is_in_recovery", BOOLOID, {}, pg_is_in_recovery),
	Defaults(Fn(3436, "pg_promote", 'v', "pg_promote", BOOLOID, {BOOLOID, INT4OID}, pg_promote), 2,
			 "true, 60"),
	Fn(861, "current_database", 's', "current_database", NAMEOID, {}, current_database),
	Fn(1402, "current_schema", 's', "current_schema", NAMEOID, {}, current_schema),
	Fn(1403, "current_schemas", 's', "current_schemas", NAMEARRAYOID, {BOOLOID}, current_schemas),
	Fn(746, "session_user", 's', "session_user", NAMEOID, {}, session_user),
	Fn(710, "getpgusername", 's', "current_user", NAMEOID, {}, current_user),
	Fn(745, "current_user", 's', "current_user", NAMEOID, {}, current_user),
	Lax(Fn(817, "current_query", 'v', "current_query", TEXTOID, {}, current_query)),
	Lax(Fn(2196, "inet_client_addr", 's', "inet_client_addr", INETOID, {}, inet_client_addr)),
	Lax(Fn(2197, "inet_client_port", 's', "inet_client_port", INT4OID, {}, inet_client_port)),
	Lax(Fn(2198, "inet_server_addr", 's', "inet_server_addr", INETOID, {}, inet_server_addr)),
	Lax(Fn(2199, "inet_server_port", 's', "inet_server_port", INT4OID, {}, inet_server_port)),
};

const std::span<const FunctionDef> kSystemFunctions = kSystemRows;

} /* namespace pg */
