/*
 * catalog/rows_activity.cpp
 *		pg_stat_activity and pg_stat_get_activity().
 *
 * Backends and workers.  A cursor copies the entries once, when it is opened, into storage that is
 * used again by the next one; its columns point into it.  Reading never makes a writer wait.
 */
#include <array>
#include <utility>
#include <vector>

#include "catalog/membership.h"
#include "catalog/objects.h"
#include "catalog/pg_type_d.h"
#include "catalog/row_values.h"
#include "catalog/rows.h"
#include "utils/activity/status.h"
#include "utils/wait_event.h"

namespace pg
{
namespace
{

/* Rows and names of one scan. Their storage outlives the scan, to be used again. */
struct Storage
{
	std::vector<ActivityRow> rows;
	std::vector<std::pair<Oid, std::string>> databases, roles;
};

/* Storage of scans that have ended. A scan inside another one takes its own. */
std::vector<std::unique_ptr<Storage>> &
idle_storage()
{
	static auto *const idle = std::make_unique<std::vector<std::unique_ptr<Storage>>>().release();

	return *idle;
}

std::unique_ptr<Storage>
take_storage()
{
	auto &idle = idle_storage();

	if (idle.empty())
		return std::make_unique<Storage>();

	std::unique_ptr<Storage> storage = std::move(idle.back());

	idle.pop_back();
	return storage;
}

template <typename Find>
Value
name_of(std::vector<std::pair<Oid, std::string>> &known, Oid oid, Find find)
{
	if (oid == InvalidOid)
		return Value::Null();
	for (const auto &[present, name] : known)
		if (present == oid)
			return name.empty() ? Value::Null() : Value::Text(name);

	const auto found = find(oid);

	known.emplace_back(oid, found ? found->name : std::string());
	return known.back().second.empty() ? Value::Null() : Value::Text(known.back().second);
}

Value
oid_value(Oid oid)
{
	return oid == InvalidOid ? Value::Null() : Value::Int(oid);
}

Value
text_or_null(const char *text)
{
	return text == nullptr ? Value::Null() : Value::Text(text);
}

/* What both views show, by meaning. */
enum class Field : uint8_t
{
	Datid,
	Datname,
	Pid,
	Usesysid,
	Usename,
	ApplicationName,
	ClientAddr,
	ClientHostname,
	ClientPort,
	BackendStart,
	XactStart,
	QueryStart,
	StateChange,
	WaitEventType,
	WaitEvent,
	State,
	QueryId,
	Query,
	BackendType,
	False,
	Nothing /* transaction ids, parallel leaders, TLS and GSSAPI details: there are none */
};

/* What everybody sees of other roles' processes. */
bool
is_public(Field field)
{
	switch (field)
	{
		case Field::Datid:
		case Field::Datname:
		case Field::Pid:
		case Field::Usesysid:
		case Field::Usename:
		case Field::ApplicationName:
		case Field::Nothing: return true;
		default: return false;
	}
}

struct FieldColumn
{
	RowColumn column;
	Field field;
};

constexpr FieldColumn kActivity[] = {
	{{"datid", OIDOID}, Field::Datid},
	{{"datname", NAMEOID}, Field::Datname},
	{{"pid", INT4OID}, Field::Pid},
	{{"leader_pid", INT4OID}, Field::Nothing},
	{{"usesysid", OIDOID}, Field::Usesysid},
	{{"usename", NAMEOID}, Field::Usename},
	{{"application_name", TEXTOID}, Field::ApplicationName},
	{{"client_addr", INETOID}, Field::ClientAddr},
	{{"client_hostname", TEXTOID}, Field::ClientHostname},
	{{"client_port", INT4OID}, Field::ClientPort},
	{{"backend_start", TIMESTAMPTZOID}, Field::BackendStart},
	{{"xact_start", TIMESTAMPTZOID}, Field::XactStart},
	{{"query_start", TIMESTAMPTZOID}, Field::QueryStart},
	{{"state_change", TIMESTAMPTZOID}, Field::StateChange},
	{{"wait_event_type", TEXTOID}, Field::WaitEventType},
	{{"wait_event", TEXTOID}, Field::WaitEvent},
	{{"state", TEXTOID}, Field::State},
	{{"backend_xid", XIDOID}, Field::Nothing},
	{{"backend_xmin", XIDOID}, Field::Nothing},
	{{"query_id", INT8OID}, Field::QueryId},
	{{"query", TEXTOID}, Field::Query},
	{{"backend_type", TEXTOID}, Field::BackendType},
};

constexpr FieldColumn kGetActivity[] = {
	{{"datid", OIDOID}, Field::Datid},
	{{"pid", INT4OID}, Field::Pid},
	{{"usesysid", OIDOID}, Field::Usesysid},
	{{"application_name", TEXTOID}, Field::ApplicationName},
	{{"state", TEXTOID}, Field::State},
	{{"query", TEXTOID}, Field::Query},
	{{"wait_event_type", TEXTOID}, Field::WaitEventType},
	{{"wait_event", TEXTOID}, Field::WaitEvent},
	{{"xact_start", TIMESTAMPTZOID}, Field::XactStart},
	{{"query_start", TIMESTAMPTZOID}, Field::QueryStart},
	{{"backend_start", TIMESTAMPTZOID}, Field::BackendStart},
	{{"state_change", TIMESTAMPTZOID}, Field::StateChange},
	{{"client_addr", INETOID}, Field::ClientAddr},
	{{"client_hostname", TEXTOID}, Field::ClientHostname},
	{{"client_port", INT4OID}, Field::ClientPort},
	{{"backend_xid", XIDOID}, Field::Nothing},
	{{"backend_xmin", XIDOID}, Field::Nothing},
	{{"backend_type", TEXTOID}, Field::BackendType},
	{{"ssl", BOOLOID}, Field::False},
	{{"sslversion", TEXTOID}, Field::Nothing},
	{{"sslcipher", TEXTOID}, Field::Nothing},
	{{"sslbits", INT4OID}, Field::Nothing},
	{{"ssl_client_dn", TEXTOID}, Field::Nothing},
	{{"ssl_client_serial", NUMERICOID}, Field::Nothing},
	{{"ssl_issuer_dn", TEXTOID}, Field::Nothing},
	{{"gss_auth", BOOLOID}, Field::False},
	{{"gss_princ", TEXTOID}, Field::Nothing},
	{{"gss_enc", BOOLOID}, Field::False},
	{{"leader_pid", INT4OID}, Field::Nothing},
	{{"query_id", INT8OID}, Field::QueryId},
};

template <size_t N>
constexpr std::array<RowColumn, N>
activity_columns(const FieldColumn (&fields)[N])
{
	std::array<RowColumn, N> columns{};

	for (size_t i = 0; i < N; i++)
		columns[i] = fields[i].column;
	return columns;
}

constexpr auto kActivityColumns = activity_columns(kActivity);
constexpr auto kGetActivityColumns = activity_columns(kGetActivity);

class ActivityCursor : public RowCursor
{
public:
	/* wanted_pid 0: all. */
	ActivityCursor(std::span<const FieldColumn> fields, int wanted_pid)
		: fields_(fields), storage_(take_storage()), wanted_pid_(wanted_pid)
	{
		/* Names may have changed since the last scan. */
		storage_->databases.clear();
		storage_->roles.clear();
		storage_->databases.reserve(kReservedNames);
		storage_->roles.reserve(kReservedNames);
		SnapshotActivity(storage_->rows);
	}

	~ActivityCursor() override { idle_storage().push_back(std::move(storage_)); }

	bool next() override
	{
		do
			current_++;
		while (current_ < storage_->rows.size() && wanted_pid_ != 0 &&
			   storage_->rows[current_].pid != wanted_pid_);
		return current_ < storage_->rows.size();
	}

	Value column(int i) override
	{
		const Field field = fields_[static_cast<size_t>(i)].field;
		const ActivityRow &row = storage_->rows[current_];

		if (!is_public(field) && !MaySeeActivityOf(row.user))
			return field == Field::Query ? Value::Text("<insufficient privilege>") : Value::Null();
		return value_of(field, row);
	}

private:
	static constexpr size_t kReservedNames = 64;

	Value value_of(Field field, const ActivityRow &row)
	{
		switch (field)
		{
			case Field::Datid: return oid_value(row.database);
			case Field::Datname:
				return name_of(storage_->databases, row.database,
							   [](Oid oid) { return FindDatabase(oid); });
			case Field::Pid: return Value::Int(row.pid);
			case Field::Usesysid: return oid_value(row.user);
			case Field::Usename:
				return name_of(storage_->roles, row.user, [](Oid oid) { return FindRole(oid); });
			case Field::ApplicationName: return Value::Text(row.application_name);
			case Field::ClientAddr: return TextUnlessEmpty(row.client_address);
			case Field::ClientHostname: return TextUnlessEmpty(row.client_hostname);
			case Field::ClientPort:
				return row.has_client ? Value::Int(row.client_port) : Value::Null();
			case Field::BackendStart: return TimeOrNull(row.backend_start);
			case Field::XactStart: return TimeOrNull(row.xact_start);
			case Field::QueryStart: return TimeOrNull(row.query_start);
			case Field::StateChange: return TimeOrNull(row.state_change);
			case Field::WaitEventType:
				return text_or_null(pgstat_get_wait_event_type(row.wait_event_info));
			case Field::WaitEvent: return text_or_null(pgstat_get_wait_event(row.wait_event_info));
			case Field::State:
				return row.state_set ? text_or_null(ActivityStateName(row.state)) : Value::Null();
			case Field::QueryId:
				return row.query_id == 0 ? Value::Null()
										 : Value::Int(static_cast<int64>(row.query_id));
			case Field::Query: return Value::Text(row.query);
			case Field::BackendType: return Value::Text(row.backend_type_text);
			case Field::False: return Value::Bool(false);
			case Field::Nothing: break;
		}
		return Value::Null();
	}

	std::span<const FieldColumn> fields_;
	std::unique_ptr<Storage> storage_;
	int wanted_pid_;
	size_t current_ = static_cast<size_t>(-1);
};

std::unique_ptr<RowCursor>
open_activity(std::span<const Value>)
{
	return std::make_unique<ActivityCursor>(kActivity, 0);
}

/* A null process is every process. */
std::unique_ptr<RowCursor>
open_get_activity(std::span<const Value> args)
{
	const bool all = args.empty() || args[0].is_null();

	/* Process 0 does not exist; -1 finds as little and is not the mark for all. */
	return std::make_unique<ActivityCursor>(kGetActivity, all ? 0
														  : args[0].integer == 0
															  ? -1
															  : static_cast<int>(args[0].integer));
}

} /* namespace */

const RowSource kActivitySource = {"pg_catalog.pg_stat_activity", kActivityColumns, 0,
								   open_activity};
const RowSource kGetActivitySource = {"pg_catalog.pg_stat_get_activity", kGetActivityColumns, 1,
									  open_get_activity};

} /* namespace pg */
