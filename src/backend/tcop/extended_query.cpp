/*
 * tcop/extended_query.cpp
 *		Parse, Bind, Describe, Execute, Close and Sync.
 *
 * Client backends only.  Every message up to Sync belongs to one implicit transaction unless the
 * client opened a block.
 */
#include "tcop/extended_query.h"

#include <cstring>

#include "access/transaction.h"
#include "access/xact.h"
#include "pgstat.h"
#include "storage/ipc/interrupts.h"
#include "storage/proc.h"
#include "tcop/binary_format.h"
#include "tcop/client.h"
#include "tcop/query_log.h"
#include "utils/error/report.h"
#include "utils/misc/timeout.h"

namespace pg
{

/* A parsed statement; empty when the text held none. */
struct ExtendedQuery::Statement
{
	std::string text;
	std::shared_ptr<PreparedText> prepared;
	PreparedPlan *plan = nullptr;
};

/* A bound statement, and the rows that wait for the next Execute. */
struct ExtendedQuery::Portal
{
	Statement *statement = nullptr;
	std::shared_ptr<PreparedText> keep;
	PreparedPlan *plan = nullptr;
	std::string text;
	std::vector<std::string> scratch;
	std::vector<Value> parameters;
	std::vector<int16> formats;
	bool started = false;
	std::vector<std::string> waiting; /* bodies of DataRow messages */
	size_t next_row = 0;
	RunResult result;
};

namespace
{

constexpr RunSource kFromClient{.context = PROCESS_UTILITY_TOPLEVEL,
								.dest = DestRemoteExecute,
								.analyzed_before = true};

/* Keeps rows as DataRow bodies, for portals that are fetched in pieces. */
class KeepingReceiver : public RowReceiver
{
public:
	KeepingReceiver(std::vector<std::string> &rows, std::span<const int16> formats)
		: rows_(rows), formats_(formats)
	{
	}

	void start(std::span<const ResultColumn> columns) override
	{
		for (const ResultColumn &column : columns)
			types_.push_back(column.type);
	}

	void row(std::span<const Value> values) override
	{
		std::string body;

		for (size_t i = 0; i < values.size(); i++)
			AppendWireValue(&body, types_[i], values[i], FormatOf(formats_, i));
		rows_.push_back(std::move(body));
	}

private:
	std::vector<std::string> &rows_;
	std::span<const int16> formats_;
	std::vector<Oid> types_;
};

std::vector<int16>
read_formats(MessageReader &body)
{
	std::vector<int16> formats;
	const int count = body.int16();

	for (int i = 0; i < count; i++)
	{
		formats.push_back(body.int16());
		if (formats.back() != 0 && formats.back() != 1)
			Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
					  .msg("unsupported format code: %d", formats.back()));
	}
	return formats;
}

void
empty_message(Wire &wire, char type)
{
	wire.begin(type);
	wire.end();
}

void
check_failed_block(const PreparedPlan *plan)
{
	if (!InFailedBlock())
		return;
	if (plan != nullptr &&
		(strcmp(plan->raw().tag, "COMMIT") == 0 || strcmp(plan->raw().tag, "ROLLBACK") == 0))
		return;
	Raise(Report(ERROR, ERRCODE_IN_FAILED_SQL_TRANSACTION)
			  .msg("current transaction is aborted, commands ignored until end of transaction "
				   "block"));
}

std::vector<ResultColumn>
result_columns(PreparedPlan &plan)
{
	const Plan &current = plan.plan();

	return current.kind == StatementKind::Utility ? UtilityColumns(current) : current.columns;
}

} /* namespace */

ExtendedQuery::ExtendedQuery(Wire &wire) : wire_(wire) {}

ExtendedQuery::~ExtendedQuery() = default;

void
ExtendedQuery::handle(char type, MessageReader &body)
{
	SetCurrentStatementStartTimestamp();
	switch (type)
	{
		case 'P': return parse(body);
		case 'B': return bind(body);
		case 'D': return describe(body);
		case 'E': return execute(body);
		case 'C': return close(body);
	}
	Raise(Report(FATAL, ERRCODE_PROTOCOL_VIOLATION).msg("invalid frontend message type %d", type));
}

void
ExtendedQuery::parse(MessageReader &body)
{
	std::string name(body.string());
	std::string_view text = body.string();
	std::vector<Oid> types(static_cast<size_t>(body.int16()));

	for (Oid &type : types)
		type = static_cast<Oid>(body.int32());
	body.done();

	QueryLog log(text);

	pgstat_report_activity(STATE_RUNNING, log.text());
	if (!name.empty() && statements_.contains(name))
		Raise(Report(ERROR, ERRCODE_DUPLICATE_PSTATEMENT)
				  .msg("prepared statement \"%s\" already exists", name.c_str()));
	StartTransactionCommand();

	auto statement = std::make_unique<Statement>();

	statement->text = text;
	statement->prepared = PrepareText(text, types);
	if (statement->prepared->statements.size() > 1)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("cannot insert multiple commands into a prepared statement"));
	if (!statement->prepared->statements.empty())
	{
		statement->plan = statement->prepared->statements[0].get();
		check_failed_block(statement->plan);
		if (!InFailedBlock())
			statement->plan->announce();
	}
	statements_[name] = std::move(statement);
	empty_message(wire_, '1');
}

void
ExtendedQuery::bind(MessageReader &body)
{
	std::string portal_name(body.string());
	std::string statement_name(body.string());
	auto found = statements_.find(statement_name);

	if (found == statements_.end())
		Raise(Report(ERROR, ERRCODE_UNDEFINED_PSTATEMENT)
				  .msg(statement_name.empty() ? "unnamed prepared statement does not exist%s"
											  : "prepared statement \"%s\" does not exist",
					   statement_name.c_str()));

	Statement &statement = *found->second;
	auto portal = std::make_unique<Portal>();
	const std::vector<int16> formats = read_formats(body);
	const int count = body.int16();

	StartTransactionCommand();
	check_failed_block(statement.plan);
	portal->keep = statement.prepared;
	portal->plan = statement.plan;
	portal->text = statement.text;

	const std::vector<Oid> types = statement.plan != nullptr && !InFailedBlock()
									   ? statement.plan->plan().parameter_types
									   : std::vector<Oid>();

	if (static_cast<size_t>(count) != types.size())
		Raise(Report(ERROR, ERRCODE_PROTOCOL_VIOLATION)
				  .msg("bind message supplies %d parameters, but prepared statement \"%s\" "
					   "requires %d",
					   count, statement_name.c_str(), static_cast<int>(types.size())));
	portal->scratch.resize(types.size());
	for (int i = 0; i < count; i++)
	{
		const int32 length = body.int32();

		portal->parameters.push_back(
			length < 0 ? Value::Null()
					   : ReadWireValue(types[i], body.bytes(static_cast<size_t>(length)),
									   FormatOf(formats, i), &portal->scratch[i]));
	}
	portal->formats = read_formats(body);
	body.done();
	portals_[portal_name] = std::move(portal);
	empty_message(wire_, '2');
}

void
ExtendedQuery::describe(MessageReader &body)
{
	const char what = static_cast<char>(body.byte());
	std::string name(body.string());

	body.done();
	StartTransactionCommand();

	PreparedPlan *plan = nullptr;
	std::vector<int16> formats;

	if (what == 'S')
	{
		auto found = statements_.find(name);

		if (found == statements_.end())
			Raise(Report(ERROR, ERRCODE_UNDEFINED_PSTATEMENT)
					  .msg("prepared statement \"%s\" does not exist", name.c_str()));
		plan = found->second->plan;
		check_failed_block(plan);

		const std::vector<Oid> types =
			plan != nullptr && !InFailedBlock() ? plan->plan().parameter_types : std::vector<Oid>();

		wire_.begin('t');
		wire_.put_int16(static_cast<int16_t>(types.size()));
		for (const Oid type : types)
			wire_.put_int32(static_cast<int32_t>(type));
		wire_.end();
	}
	else if (what == 'P')
	{
		auto found = portals_.find(name);

		if (found == portals_.end())
			Raise(Report(ERROR, ERRCODE_UNDEFINED_CURSOR)
					  .msg("portal \"%s\" does not exist", name.c_str()));
		plan = found->second->plan;
		check_failed_block(plan);
		formats = found->second->formats;
	}
	else
		Raise(Report(ERROR, ERRCODE_PROTOCOL_VIOLATION)
				  .msg("invalid DESCRIBE message subtype %d", what));

	const std::vector<ResultColumn> columns =
		plan != nullptr && !InFailedBlock() ? result_columns(*plan) : std::vector<ResultColumn>();

	if (columns.empty() && (plan == nullptr || InFailedBlock() || !plan->plan().returns_rows))
		empty_message(wire_, 'n');
	else
		SendRowDescription(wire_, columns, formats);
}

void
ExtendedQuery::execute(MessageReader &body)
{
	std::string name(body.string());
	const int32 max_rows = body.int32();
	auto found = portals_.find(name);

	body.done();
	if (found == portals_.end())
		Raise(Report(ERROR, ERRCODE_UNDEFINED_CURSOR)
				  .msg("portal \"%s\" does not exist", name.c_str()));

	Portal &portal = *found->second;

	if (portal.plan == nullptr)
		return empty_message(wire_, 'I');

	QueryLog log(portal.text);

	pgstat_report_activity(STATE_RUNNING, log.text());
	check_failed_block(portal.plan);
	StartTransactionCommand();
	CheckForInterrupts();
	if (!portal.started)
	{
		log.parsed(*portal.keep);
		portal.started = true;
		if (StatementTimeout > 0)
			EnableTimeoutAfter(TimeoutKind::Statement, StatementTimeout);
		if (max_rows <= 0)
		{
			WireReceiver receiver(wire_, false, portal.formats);

			portal.result = portal.plan->run(portal.parameters, receiver, 0, kFromClient);
		}
		else
		{
			KeepingReceiver receiver(portal.waiting, portal.formats);

			portal.result = portal.plan->run(portal.parameters, receiver, 0, kFromClient);
		}
		DisableTimeout(TimeoutKind::Statement);
	}

	int32 sent = 0;

	while (portal.next_row < portal.waiting.size() && (max_rows <= 0 || sent < max_rows))
	{
		const std::string &row = portal.waiting[portal.next_row++];

		wire_.begin('D');
		wire_.put_int16(static_cast<int16_t>(portal.plan->plan().columns.size()));
		wire_.put_bytes(row);
		wire_.end();
		sent++;
	}
	log.finished();
	if (portal.next_row < portal.waiting.size())
		return empty_message(wire_, 's');

	/* A query fetched in parts says how many rows the last part had. */
	if (!portal.waiting.empty() && strcmp(portal.result.tag, "SELECT") == 0)
		portal.result.processed = static_cast<uint64>(sent);

	const std::string tag = portal.result.completion();

	if (portal.result.kind == StatementKind::Utility && !InExplicitBlock())
		CommitTransactionCommand();
	else
		CommandCounterIncrement();
	wire_.begin('C');
	wire_.put_string(tag);
	wire_.end();
}

void
ExtendedQuery::close(MessageReader &body)
{
	const char what = static_cast<char>(body.byte());
	std::string name(body.string());

	body.done();
	if (what == 'S')
		statements_.erase(name);
	else if (what == 'P')
		portals_.erase(name);
	else
		Raise(Report(ERROR, ERRCODE_PROTOCOL_VIOLATION)
				  .msg("invalid CLOSE message subtype %d", what));
	empty_message(wire_, '3');
}

void
ExtendedQuery::sync()
{
	DisableTimeout(TimeoutKind::Statement);
	if (TransactionStatus() == 'I' || !InExplicitBlock())
		CommitTransactionCommand();
	if (TransactionStatus() == 'I')
		portals_.clear();
}

} /* namespace pg */
