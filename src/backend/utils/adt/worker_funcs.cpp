/*
 * utils/adt/worker_funcs.cpp
 *		pg_bgworker_start, pg_bgworker_stop, pg_bgworker_restart: by id and by name.
 *
 * Backends and workers with a database.
 */
#include <climits>

#include "catalog/membership.h"
#include "catalog/objects.h"
#include "miscadmin.h"
#include "postmaster/bgworker_control.h"
#include "utils/acl.h"
#include "utils/activity/worker_status.h"
#include "utils/adt/adt_internals.h"

namespace pg
{

namespace
{

struct Verb
{
	BackgroundWorkerOrder order;
	const char *infinitive; /* "stop" */
};

constexpr Verb kStart = {BGW_ORDER_START, "start"};
constexpr Verb kStop = {BGW_ORDER_STOP, "stop"};
constexpr Verb kRestart = {BGW_ORDER_RESTART, "restart"};

WorkerRow
find_by_id(int64 id)
{
	std::vector<WorkerRow> rows;

	SnapshotWorkers(rows);
	for (const WorkerRow &row : rows)
		if (id > 0 && row.status.wk_id == static_cast<uint64>(id))
			return row;
	Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
			  .msg("background worker with ID %lld does not exist", static_cast<long long>(id)));
}

WorkerRow
find_by_name(const std::string &name)
{
	std::vector<WorkerRow> rows;
	const WorkerRow *found = nullptr;

	SnapshotWorkers(rows);
	for (const WorkerRow &row : rows)
	{
		if (name != row.status.wk_name)
			continue;
		if (found != nullptr)
			Raise(Report(ERROR, ERRCODE_AMBIGUOUS_PARAMETER)
					  .msg("background worker name \"%s\" is not unique", name.c_str())
					  .hint("Use the ID that pg_stat_bgworker shows."));
		found = &row;
	}
	if (found == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
				  .msg("background worker \"%s\" does not exist", name.c_str()));
	return *found;
}

/* As for pg_terminate_backend; a worker without a role belongs to the superusers. */
void
check_rights(const WorkerRow &row, const Verb &verb)
{
	const Oid role = row.totals.role;

	if (superuser())
		return;

	const auto owner = role != InvalidOid ? FindRole(role) : std::nullopt;

	if (!owner || owner->superuser)
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("must be a superuser to %s superuser process", verb.infinitive));
	if (!has_privs_of_role(GetUserId(), role) &&
		!has_privs_of_role(GetUserId(), kRoleSignalBackend))
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("must be a member of the role whose process is to %s or member of "
					   "pg_signal_backend",
					   verb.infinitive));
}

/* The reason that the view shows, for a detail. */
std::string
reason_shown(uint64 id)
{
	std::vector<WorkerRow> rows;

	SnapshotWorkers(rows);
	for (const WorkerRow &row : rows)
		if (row.status.wk_id == id)
			return std::string("State: ") + WorkerStateName(row.status.wk_state) +
				   (row.status.wk_reason[0] != '\0' ? std::string(", ") + row.status.wk_reason
													: std::string()) +
				   ".";
	return "It is not registered any more.";
}

bool
carry_out(const WorkerRow &row, const Verb &verb, int64 timeout)
{
	const char *name = row.status.wk_name;

	if (timeout < 0)
		Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE)
				  .msg("\"timeout\" must not be negative"));
	check_rights(row, verb);
	switch (OrderBackgroundWorker({row.status.wk_id, row.status.wk_generation}, verb.order,
								  static_cast<long>(std::min<int64>(timeout, LONG_MAX / 1000000))))
	{
		case BGW_ORDER_DONE: return true;
		case BGW_ORDER_TIMED_OUT:
			if (timeout == 0)
				return true; /* not to be waited for */
			Report(WARNING)
				.msg("background worker \"%s\" did not %s within %lld milliseconds", name,
					 verb.infinitive, static_cast<long long>(timeout))
				.detail("%s", reason_shown(row.status.wk_id).c_str())
				.emit();
			return false;
		case BGW_ORDER_ENDED:
			Report(WARNING)
				.msg("background worker \"%s\" has ended again", name)
				.detail("%s", reason_shown(row.status.wk_id).c_str())
				.emit();
			return false;
		case BGW_ORDER_UNKNOWN: break;
	}
	Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
			  .msg("background worker \"%s\" does not exist", name));
}

} /* namespace */

template <const Verb &verb>
static void
by_id(FunctionCall &call)
{
	SetBool(call, carry_out(find_by_id(ArgInt(call, 0)), verb, ArgInt(call, 1)));
}

template <const Verb &verb>
static void
by_name(FunctionCall &call)
{
	SetBool(call, carry_out(find_by_name(std::string(ArgText(call, 0))), verb, ArgInt(call, 1)));
}

static constexpr FunctionDef kWorkerRows[] = {
	Defaults(Fn(8501, "pg_bgworker_start", 'v', "pg_bgworker_start_id", BOOLOID, {INT8OID, INT8OID},
				by_id<kStart>),
			 1, "60000"),
	Defaults(Fn(8502, "pg_bgworker_start", 'v', "pg_bgworker_start_name", BOOLOID,
				{TEXTOID, INT8OID}, by_name<kStart>),
			 1, "60000"),
	Defaults(Fn(8503, "pg_bgworker_stop", 'v', "pg_bgworker_stop_id", BOOLOID, {INT8OID, INT8OID},
				by_id<kStop>),
			 1, "60000"),
	Defaults(Fn(8504, "pg_bgworker_stop", 'v', "pg_bgworker_stop_name", BOOLOID, {TEXTOID, INT8OID},
				by_name<kStop>),
			 1, "60000"),
	Defaults(Fn(8505, "pg_bgworker_restart", 'v', "pg_bgworker_restart_id", BOOLOID,
				{INT8OID, INT8OID}, by_id<kRestart>),
			 1, "60000"),
	Defaults(Fn(8506, "pg_bgworker_restart", 'v', "pg_bgworker_restart_name", BOOLOID,
				{TEXTOID, INT8OID}, by_name<kRestart>),
			 1, "60000"),
};

const std::span<const FunctionDef> kWorkerFunctions = kWorkerRows;

} /* namespace pg */
