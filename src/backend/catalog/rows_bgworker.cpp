/*
 * catalog/rows_bgworker.cpp
 *		pg_stat_bgworker and pg_stat_bgworker_history.
 *
 * Backends and workers.  A cursor copies what the postmaster and the workers have published once, when it is
 * opened; nobody waits for a reader.  Memory and CPU time come from /proc, for the rows that ask for them.
 */
#include <array>
#include <cstring>
#include <vector>

#include "catalog/membership.h"
#include "catalog/objects.h"
#include "catalog/pg_type_d.h"
#include "catalog/row_values.h"
#include "catalog/rows.h"
#include "utils/activity/worker_status.h"
#include "utils/elog.h"

namespace pg
{
namespace
{

Value
unless_zero(int64 number)
{
	return number == 0 ? Value::Null() : Value::Int(number);
}

Value
sqlstate_value(int sqlstate)
{
	return sqlstate == 0 ? Value::Null() : Value::Text(unpack_sql_state(sqlstate));
}

/* "shmem_access, database_connection" */
std::string
flag_names(int flags)
{
	struct Flag
	{
		int bit;
		const char *name;
	};
	constexpr Flag kFlags[] = {{BGWORKER_SHMEM_ACCESS, "shmem_access"},
							   {BGWORKER_BACKEND_DATABASE_CONNECTION, "database_connection"},
							   {BGWORKER_INTERRUPTIBLE, "interruptible"},
							   {BGWORKER_CLASS_PARALLEL, "class_parallel"},
							   {BGWORKER_MAIN_POINTER, "main_pointer"}};
	std::string names;

	for (const Flag &flag : kFlags)
		if ((flags & flag.bit) != 0)
			names += (names.empty() ? "" : ", ") + std::string(flag.name);
	return names;
}

const char *
phase_name(int phase)
{
	switch (phase)
	{
		case BgWorkerStart_PostmasterStart: return "postmaster_start";
		case BgWorkerStart_ConsistentState: return "consistent_state";
		default: return "recovery_finished";
	}
}

/* ---- pg_stat_bgworker ---- */

class WorkerCursor;

struct WorkerColumn
{
	RowColumn column;
	Value (*value)(WorkerCursor &cursor, const WorkerRow &row);
	/* Only for those who may see what the worker's role does: what it ran into, and what it uses. */
	bool is_private = false;
};

class WorkerCursor : public RowCursor
{
public:
	explicit WorkerCursor(std::span<const WorkerColumn> columns) : columns_(columns)
	{
		SnapshotWorkers(rows_);
	}

	bool next() override
	{
		have_use_ = UseState::Unknown;
		return ++current_ < rows_.size();
	}

	Value column(int i) override
	{
		const WorkerColumn &column = columns_[static_cast<size_t>(i)];

		if (column.is_private && !MaySeeActivityOf(rows_[current_].totals.role))
			return Value::Null();
		return column.value(*this, rows_[current_]);
	}

	/* Null when the process is gone, or does not run. */
	const ProcessUse *use()
	{
		if (have_use_ == UseState::Unknown)
		{
			int pid = rows_[current_].status.wk_pid;

			have_use_ = pid > 0 && ReadProcessUse(pid, &use_) ? UseState::Known : UseState::None;
		}
		return have_use_ == UseState::Known ? &use_ : nullptr;
	}

	/* For a value that is made for the row: valid until the next one. */
	Value keep(std::string text)
	{
		text_ = std::move(text);
		return Value::Text(text_);
	}

private:
	enum class UseState : uint8_t
	{
		Unknown,
		Known,
		None
	};

	std::span<const WorkerColumn> columns_;
	std::vector<WorkerRow> rows_;
	std::string text_;
	ProcessUse use_{};
	UseState have_use_ = UseState::Unknown;
	size_t current_ = static_cast<size_t>(-1);
};

template <typename Info>
Value
found_name(WorkerCursor &cursor, const std::optional<Info> &found)
{
	return found ? cursor.keep(found->name) : Value::Null();
}

constexpr WorkerColumn kWorkers[] = {
	{{"id", INT8OID},
	 [](WorkerCursor &, const WorkerRow &row)
	 { return Value::Int(static_cast<int64>(row.status.wk_id)); }},
	{{"generation", INT8OID},
	 [](WorkerCursor &, const WorkerRow &row)
	 { return Value::Int(static_cast<int64>(row.status.wk_generation)); }},
	{{"name", TEXTOID},
	 [](WorkerCursor &, const WorkerRow &row) { return Value::Text(row.status.wk_name); }},
	{{"type", TEXTOID},
	 [](WorkerCursor &, const WorkerRow &row) { return Value::Text(row.status.wk_type); }},
	{{"library", TEXTOID},
	 [](WorkerCursor &, const WorkerRow &row) { return TextUnlessEmpty(row.status.wk_library); }},
	{{"function", TEXTOID},
	 [](WorkerCursor &, const WorkerRow &row) { return TextUnlessEmpty(row.status.wk_function); }},
	{{"dynamic", BOOLOID},
	 [](WorkerCursor &, const WorkerRow &row) { return Value::Bool(row.status.wk_dynamic); }},
	{{"registrant", TEXTOID},
	 [](WorkerCursor &, const WorkerRow &row) { return Value::Text(row.status.wk_registrant); }},
	{{"registrant_pid", INT4OID},
	 [](WorkerCursor &, const WorkerRow &row)
	 { return unless_zero(row.status.wk_registrant_pid); }},
	{{"flags", TEXTOID},
	 [](WorkerCursor &cursor, const WorkerRow &row)
	 { return cursor.keep(flag_names(row.status.wk_flags)); }},
	{{"start_phase", TEXTOID},
	 [](WorkerCursor &, const WorkerRow &row)
	 { return Value::Text(phase_name(row.status.wk_start_phase)); }},
	{{"policy", TEXTOID},
	 [](WorkerCursor &, const WorkerRow &row) { return Value::Text(row.status.wk_policy); }},
	{{"datid", OIDOID},
	 [](WorkerCursor &, const WorkerRow &row) { return unless_zero(row.totals.database); }},
	{{"datname", NAMEOID},
	 [](WorkerCursor &cursor, const WorkerRow &row)
	 { return found_name(cursor, FindDatabase(row.totals.database)); }},
	{{"usesysid", OIDOID},
	 [](WorkerCursor &, const WorkerRow &row) { return unless_zero(row.totals.role); }},
	{{"usename", NAMEOID},
	 [](WorkerCursor &cursor, const WorkerRow &row)
	 { return found_name(cursor, FindRole(row.totals.role)); }},
	{{"state", TEXTOID},
	 [](WorkerCursor &, const WorkerRow &row)
	 { return Value::Text(WorkerStateName(row.status.wk_state)); }},
	{{"reason", TEXTOID},
	 [](WorkerCursor &, const WorkerRow &row) { return TextUnlessEmpty(row.status.wk_reason); }},
	{{"pid", INT4OID},
	 [](WorkerCursor &, const WorkerRow &row) { return unless_zero(row.status.wk_pid); }},
	{{"registered_at", TIMESTAMPTZOID},
	 [](WorkerCursor &, const WorkerRow &row) { return TimeOrNull(row.status.wk_registered); }},
	{{"started_at", TIMESTAMPTZOID},
	 [](WorkerCursor &, const WorkerRow &row) { return TimeOrNull(row.status.wk_started); }},
	{{"ready_at", TIMESTAMPTZOID},
	 [](WorkerCursor &, const WorkerRow &row) { return TimeOrNull(row.status.wk_readied); }},
	{{"starts", INT8OID},
	 [](WorkerCursor &, const WorkerRow &row) { return Value::Int(row.status.wk_starts); }},
	{{"failures", INT4OID},
	 [](WorkerCursor &, const WorkerRow &row) { return Value::Int(row.status.wk_failures); }},
	{{"last_exit_at", TIMESTAMPTZOID},
	 [](WorkerCursor &, const WorkerRow &row) { return TimeOrNull(row.status.wk_ended); }},
	{{"last_exit_code", INT4OID},
	 [](WorkerCursor &, const WorkerRow &row)
	 { return row.status.wk_exit_code < 0 ? Value::Null() : Value::Int(row.status.wk_exit_code); }},
	{{"last_exit_signal", INT4OID},
	 [](WorkerCursor &, const WorkerRow &row) { return unless_zero(row.status.wk_exit_signal); }},
	{{"last_error_sqlstate", TEXTOID},
	 [](WorkerCursor &, const WorkerRow &row)
	 { return sqlstate_value(row.totals.error.we_sqlstate); },
	 true},
	{{"last_error_message", TEXTOID},
	 [](WorkerCursor &, const WorkerRow &row)
	 { return TextUnlessEmpty(row.totals.error.we_message); },
	 true},
	{{"next_start_at", TIMESTAMPTZOID},
	 [](WorkerCursor &, const WorkerRow &row) { return TimeOrNull(row.status.wk_next_start); }},
	{{"resident_bytes", INT8OID},
	 [](WorkerCursor &cursor, const WorkerRow &)
	 { return cursor.use() == nullptr ? Value::Null() : Value::Int(cursor.use()->resident_bytes); },
	 true},
	{{"cpu_time", FLOAT8OID},
	 [](WorkerCursor &cursor, const WorkerRow &) {
		 return cursor.use() == nullptr ? Value::Null()
										: Value::Real(cursor.use()->cpu_milliseconds);
	 },
	 true},
	{{"transactions", INT8OID},
	 [](WorkerCursor &, const WorkerRow &row)
	 { return Value::Int(static_cast<int64>(row.totals.transactions)); },
	 true},
	{{"statements", INT8OID},
	 [](WorkerCursor &, const WorkerRow &row)
	 { return Value::Int(static_cast<int64>(row.totals.statements)); },
	 true},
	{{"rows", INT8OID},
	 [](WorkerCursor &, const WorkerRow &row)
	 { return Value::Int(static_cast<int64>(row.totals.rows)); },
	 true},
	{{"spi_time", FLOAT8OID},
	 [](WorkerCursor &, const WorkerRow &row)
	 { return Value::Real(static_cast<double>(row.totals.spi_usec) / 1000.0); },
	 true},
};

template <size_t N>
constexpr std::array<RowColumn, N>
worker_columns(const WorkerColumn (&columns)[N])
{
	std::array<RowColumn, N> result{};

	for (size_t i = 0; i < N; i++)
		result[i] = columns[i].column;
	return result;
}

constexpr auto kWorkerColumns = worker_columns(kWorkers);

std::unique_ptr<RowCursor>
open_workers(std::span<const Value>)
{
	return std::make_unique<WorkerCursor>(kWorkers);
}

/* ---- pg_stat_bgworker_history ---- */

constexpr RowColumn kEventColumns[] = {
	{"number", INT8OID},	{"at", TIMESTAMPTZOID},
	{"id", INT8OID},		{"name", TEXTOID},
	{"event", TEXTOID},		{"pid", INT4OID},
	{"exit_code", INT4OID}, {"exit_signal", INT4OID},
	{"reason", TEXTOID},	{"started_at", TIMESTAMPTZOID},
	{"sqlstate", TEXTOID},	{"message", TEXTOID},
};

class EventCursor : public RowCursor
{
public:
	EventCursor() { SnapshotWorkerEvents(events_); }

	bool next() override { return ++current_ < events_.size(); }

	Value column(int i) override
	{
		const WorkerEvent &event = events_[current_];

		switch (i)
		{
			case 0: return Value::Int(static_cast<int64>(event.wv_number));
			case 1: return TimeOrNull(event.wv_time);
			case 2: return Value::Int(static_cast<int64>(event.wv_worker));
			case 3: return Value::Text(event.wv_name);
			case 4: return Value::Text(WorkerEventName(event.wv_kind));
			case 5: return unless_zero(event.wv_pid);
			case 6: return event.wv_exit_code < 0 ? Value::Null() : Value::Int(event.wv_exit_code);
			case 7: return unless_zero(event.wv_exit_signal);
			case 8: return TextUnlessEmpty(event.wv_reason);
			case 9: return TimeOrNull(event.wv_started);
			case 10: return may_see_ ? sqlstate_value(event.wv_sqlstate) : Value::Null();
			case 11: return may_see_ ? TextUnlessEmpty(event.wv_message) : Value::Null();
			default: return Value::Null();
		}
	}

private:
	std::vector<WorkerEvent> events_;
	/* An event does not say for whom the worker ran, so its error is as private as the server's own. */
	const bool may_see_ = MaySeeActivityOf(InvalidOid);
	size_t current_ = static_cast<size_t>(-1);
};

std::unique_ptr<RowCursor>
open_events(std::span<const Value>)
{
	return std::make_unique<EventCursor>();
}

} /* namespace */

const RowSource kWorkerSource = {"pg_catalog.pg_stat_bgworker", kWorkerColumns, 0, open_workers};
const RowSource kWorkerHistorySource = {"pg_catalog.pg_stat_bgworker_history", kEventColumns, 0,
										open_events};

} /* namespace pg */
