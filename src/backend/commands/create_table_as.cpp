/*
 * commands/create_table_as.cpp
 *		CREATE TABLE AS and SELECT INTO.
 *
 * Backends and workers inside a writing transaction.
 */
#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/pg_type_d.h"
#include "commands/commands.h"
#include "commands/on_commit.h"
#include "commands/table_draft.h"
#include "executor/run.h"

namespace pg::commands
{
namespace
{

/* Puts the rows of a query into the new table. */
class TableReceiver : public RowReceiver
{
public:
	explicit TableReceiver(const RelationInfo &table)
	{
		std::string places;

		for (size_t i = 0; i < table.columns.size(); i++)
			places += i == 0 ? "?" : ", ?";
		insert_ = CurrentEngine().prepare(
			"INSERT INTO " + table.physical +
			(places.empty() ? std::string(" DEFAULT VALUES") : " VALUES (" + places + ")"));
	}

	void start(std::span<const ResultColumn>) override {}

	void row(std::span<const Value> values) override
	{
		for (size_t i = 0; i < values.size(); i++)
			insert_->bind(static_cast<int>(i), values[i]);
		while (insert_->step())
			;
		insert_->reset();
		count_++;
	}

	uint64 count() const { return count_; }

private:
	std::unique_ptr<EngineStatement> insert_;
	uint64 count_ = 0;
};

/* The statement in either spelling. */
struct Source
{
	const PgQuery__IntoClause *into;
	const Node *query;
	bool if_not_exists;
};

void
add_result_columns(const PgQuery__IntoClause &into, const Plan &plan, TableDraft *draft)
{
	const std::vector<std::string> names = NamesOf(into.col_names, into.n_col_names);

	if (names.size() > plan.columns.size())
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("too many column names were specified"));
	for (size_t i = 0; i < plan.columns.size(); i++)
	{
		const ResultColumn &column = plan.columns[i];

		AddColumn(draft, i < names.size() ? names[i] : column.name,
				  column.type == UNKNOWNOID ? TEXTOID : column.type, column.typmod);
	}
}

std::string
create_and_fill(const Command &command, const Source &source)
{
	const Target target = ResolveTarget(command, *source.into->rel);

	if (!CheckNameFree(target, source.if_not_exists))
		return "CREATE TABLE AS";
	CheckOnCommit(source.into->on_commit, target.temporary);

	PreparedPlan query(InnerStatement(command.raw, source.query), {});
	TableDraft draft;

	if (!query.plan().returns_rows)
		RaiseNotSupported("CREATE TABLE AS of a statement without rows");
	StartRelation(&draft.relation, target, 'r');
	add_result_columns(*source.into, query.plan(), &draft);
	CreateFromDraft(&draft);
	RegisterOnCommit(draft.relation.oid, source.into->on_commit);
	if (source.into->skip_data)
		return "CREATE TABLE AS";

	TableReceiver receiver(draft.relation);

	query.run({}, receiver, 0, {.analyzed_before = true});
	return "SELECT " + std::to_string(receiver.count());
}

/* SELECT INTO is a SELECT whose tree must be read without its INTO. */
std::string
select_into(const Command &command)
{
	PgQuery__SelectStmt select = *command.node.select_stmt;
	Node node = command.node;

	if (select.into_clause == nullptr)
		RaiseNotSupported("INTO in this place");
	const PgQuery__IntoClause *const into = select.into_clause;

	select.into_clause = nullptr;
	node.select_stmt = &select;
	return create_and_fill(command, {into, &node, false});
}

} /* namespace */

std::string
RunCreateTableAs(const Command &command)
{
	if (command.node.node_case == PG_QUERY__NODE__NODE_SELECT_STMT)
		return select_into(command);

	const PgQuery__CreateTableAsStmt &stmt = *command.node.create_table_as_stmt;

	if (stmt.objtype != PG_QUERY__OBJECT_TYPE__OBJECT_TABLE)
		RaiseNotSupported("a materialized view");
	return create_and_fill(command, {stmt.into, stmt.query, stmt.if_not_exists != 0});
}

} /* namespace pg::commands */
