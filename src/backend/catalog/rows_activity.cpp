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
#include "catalog/rows.h"
#include "utils/activity/status.h"
#include "utils/wait_event.h"

namespace pg
{
namespace
{

constexpr Oid kBool = 16, kName = 19, kInt8 = 20, kInt4 = 23, kText = 25, kOid = 26, kXid = 28,
			  kInet = 869, kNumeric = 1700, kTimestamptz = 1184;

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
time_value(int64 time)
{
	return time == 0 ? Value::Null() : Value::Int(time);
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

Value
text_unless_empty(const std::string &text)
{
	return text.empty() ? Value::Null() : Value::Text(text);
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
	{{"datid", kOid}, Field::Datid},
	{{"datname", kName}, Field::Datname},
	{{"pid", kInt4}, Field::Pid},
	{{"leader_pid", kInt4}, Field::Nothing},
	{{"usesysid", kOid}, Field::Usesysid},
	{{"usename", kName}, Field::Usename},
	{{"application_name", kText}, Field::ApplicationName},
	{{"client_addr", kInet}, Field::ClientAddr},
	{{"client_hostname", kText}, Field::ClientHostname},
	{{"client_port", kInt4}, Field::ClientPort},
	{{"backend_start", kTimestamptz}, Field::BackendStart},
	{{"xact_start", kTimestamptz}, Field::XactStart},
	{{"query_start", kTimestamptz}, Field::QueryStart},
	{{"state_change", kTimestamptz}, Field::StateChange},
	{{"wait_event_type", kText}, Field::WaitEventType},
	{{"wait_event", kText}, Field::WaitEvent},
	{{"state", kText}, Field::State},
	{{"backend_xid", kXid}, Field::Nothing},
	{{"backend_xmin", kXid}, Field::Nothing},
	{{"query_id", kInt8}, Field::QueryId},
	{{"query", kText}, Field::Query},
	{{"backend_type", kText}, Field::BackendType},
};

constexpr FieldColumn kGetActivity[] = {
	{{"datid", kOid}, Field::Datid},
	{{"pid", kInt4}, Field::Pid},
	{{"usesysid", kOid}, Field::Usesysid},
	{{"application_name", kText}, Field::ApplicationName},
	{{"state", kText}, Field::State},
	{{"query", kText}, Field::Query},
	{{"wait_event_type", kText}, Field::WaitEventType},
	{{"wait_event", kText}, Field::WaitEvent},
	{{"xact_start", kTimestamptz}, Field::XactStart},
	{{"query_start", kTimestamptz}, Field::QueryStart},
	{{"backend_start", kTimestamptz}, Field::BackendStart},
	{{"state_change", kTimestamptz}, Field::StateChange},
	{{"client_addr", kInet}, Field::ClientAddr},
	{{"client_hostname", kText}, Field::ClientHostname},
	{{"client_port", kInt4}, Field::ClientPort},
	{{"backend_xid", kXid}, Field::Nothing},
	{{"backend_xmin", kXid}, Field::Nothing},
	{{"backend_type", kText}, Field::BackendType},
	{{"ssl", kBool}, Field::False},
	{{"sslversion", kText}, Field::Nothing},
	{{"sslcipher", kText}, Field::Nothing},
	{{"sslbits", kInt4}, Field::Nothing},
	{{"ssl_client_dn", kText}, Field::Nothing},
	{{"ssl_client_serial", kNumeric}, Field::Nothing},
	{{"ssl_issuer_dn", kText}, Field::Nothing},
	{{"gss_auth", kBool}, Field::False},
	{{"gss_princ", kText}, Field::Nothing},
	{{"gss_enc", kBool}, Field::False},
	{{"leader_pid", kInt4}, Field::Nothing},
	{{"query_id", kInt8}, Field::QueryId},
};

template <size_t N>
constexpr std::array<RowColumn, N>
columns_of(const FieldColumn (&fields)[N])
{
	std::array<RowColumn, N> columns{};

	for (size_t i = 0; i < N; i++)
		columns[i] = fields[i].column;
	return columns;
}

constexpr auto kActivityColumns = columns_of(kActivity);
constexpr auto kGetActivityColumns = columns_of(kGetActivity);

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
			case Field::ClientAddr: return text_unless_empty(row.client_address);
			case Field::ClientHostname: return text_unless_empty(row.client_hostname);
			case Field::ClientPort:
				return row.has_client ? Value::Int(row.client_port) : Value::Null();
			case Field::BackendStart: return time_value(row.backend_start);
			case Field::XactStart: return time_value(row.xact_start);
			case Field::QueryStart: return time_value(row.query_start);
			case Field::StateChange: return time_value(row.state_change);
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
