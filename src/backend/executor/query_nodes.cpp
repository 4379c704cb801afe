/*
 * executor/query_nodes.cpp
 *		Statements as nodes.
 *
 * Backends and workers, inside a transaction.
 */
#include "executor/query_nodes.h"

#include "executor/query_id.h"
#include "nodes/makefuncs.h"
#include "parser/node_structs.h"
#include "storage/lockdefs.h"
#include "utils/mmgr/memory.h"

namespace pg
{
namespace
{

template <typename Struct>
Struct *
make(NodeTag tag)
{
	return reinterpret_cast<Struct *>(PgNewNode(sizeof(Struct), tag));
}

bool
is_utility(const PreparedPlan &plan)
{
	return plan.kind() == StatementKind::Utility;
}

List *
range_table(PreparedPlan &plan, bool *has_target)
{
	List *table = NIL;

	*has_target = false;
	if (is_utility(plan))
		return table;
	for (const NamedRelation &named : plan.relations())
	{
		auto *entry = make<RangeTblEntry>(T_RangeTblEntry);

		entry->rtekind = RTE_RELATION;
		entry->relid = named.relation->oid;
		entry->relkind = named.relation->kind;
		entry->rellockmode = named.is_target ? RowExclusiveLock : AccessShareLock;
		entry->eref = makeAlias(named.relation->name.c_str(), NIL);
		entry->inh = entry->inFromCl = !named.is_target;
		entry->requiredPerms = named.needs;
		table = lappend(table, entry);
		*has_target = *has_target || named.is_target;
	}
	return table;
}

} /* namespace */

CmdType
CommandOf(StatementKind kind)
{
	switch (kind)
	{
		case StatementKind::Select: return CMD_SELECT;
		case StatementKind::Insert: return CMD_INSERT;
		case StatementKind::Update: return CMD_UPDATE;
		case StatementKind::Delete: return CMD_DELETE;
		case StatementKind::Utility: return CMD_UTILITY;
	}
	return CMD_UNKNOWN;
}

uint64
MakeQueryId(const PreparedPlan &plan)
{
	return IdentifyQuery(plan.own_text(), is_utility(plan)).id;
}

::Query *
MakeQueryNode(PostroomStatement &statement)
{
	PreparedPlan &plan = *statement.plan;
	auto *query = make<::Query>(T_Query);
	bool has_target;

	query->commandType = CommandOf(plan.kind());
	query->queryId = plan.query_id();
	query->canSetTag = true;
	query->rtable = range_table(plan, &has_target);
	query->resultRelation = has_target ? 1 : 0;
	query->hasReturning = has_target && plan.plan().returns_rows;
	if (is_utility(plan))
		query->utilityStmt = MakeStatementNode(plan.raw());
	query->stmt_location = plan.text_offset();
	query->stmt_len = static_cast<int>(plan.own_text().size());
	query->pr_statement = &statement;
	return query;
}

PlannedStmt *
MakePlannedNode(PostroomStatement &statement)
{
	PreparedPlan &plan = *statement.plan;
	auto *planned = make<PlannedStmt>(T_PlannedStmt);
	bool has_target;
	ListCell *cell;

	planned->commandType = CommandOf(plan.kind());
	planned->queryId = plan.query_id();
	planned->canSetTag = true;
	planned->rtable = range_table(plan, &has_target);
	planned->hasReturning = has_target && plan.plan().returns_rows;
	if (has_target)
		planned->resultRelations = list_make1_int(1);
	foreach (cell, planned->rtable)
		planned->relationOids =
			lappend_oid(planned->relationOids, static_cast<RangeTblEntry *>(lfirst(cell))->relid);
	if (is_utility(plan))
		planned->utilityStmt = MakeStatementNode(plan.raw());
	else
		planned->planTree = make<::Plan>(T_Plan);
	planned->stmt_location = plan.text_offset();
	planned->stmt_len = static_cast<int>(plan.own_text().size());
	planned->pr_statement = &statement;
	return planned;
}

ParseState *
MakeParseState(PreparedPlan &plan, ::Query &query)
{
	auto *state = static_cast<ParseState *>(palloc0(sizeof(ParseState)));

	state->p_sourcetext = plan.whole_text();
	state->p_rtable = query.rtable;
	return state;
}

JumbleState *
MakeJumbleState(PreparedPlan &plan)
{
	if (is_utility(plan))
		return nullptr;

	const QueryIdentity identity = IdentifyQuery(plan.own_text(), false);
	auto *state = static_cast<JumbleState *>(palloc0(sizeof(JumbleState)));
	const int count = static_cast<int>(identity.constants.size());

	state->highest_extern_param_id = identity.highest_parameter;
	state->clocations_count = state->clocations_buf_size = count;
	state->clocations =
		static_cast<LocationLen *>(palloc((static_cast<Size>(count) + 1) * sizeof(LocationLen)));
	for (int i = 0; i < count; i++)
	{
		state->clocations[i] = identity.constants[static_cast<size_t>(i)];
		state->clocations[i].location += plan.text_offset();
	}
	return state;
}

TupleDesc
MakeTupleDesc(std::span<const ResultColumn> columns)
{
	TupleDesc desc = CreateTemplateTupleDesc(static_cast<int>(columns.size()));

	for (size_t i = 0; i < columns.size(); i++)
		TupleDescInitEntry(desc, static_cast<AttrNumber>(i + 1), columns[i].name.c_str(),
						   columns[i].type, columns[i].typmod, 0);
	return desc;
}

} /* namespace pg */
