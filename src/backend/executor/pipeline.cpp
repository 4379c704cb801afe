/*
 * executor/pipeline.cpp
 *		From text to plan, step by step, for modules (tcop/tcopprot.h).
 *
 * Backends and workers, inside a transaction.  What the nodes lead to lives as long as the memory
 * context in which pg_parse_query was called.
 */
#include <cstring>
#include <unordered_map>

#include "executor/command_tag.h"
#include "executor/hooks.h"
#include "parser/node_structs.h"
#include "tcop/tcopprot.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"

namespace pg
{
namespace
{

/* A statement whose nodes are in modules' hands. */
struct OwnedStatement : PostroomStatement
{
	RawStatement raw;
	std::unique_ptr<PreparedPlan> kept_plan;
	::Node *node;
	MemoryContextCallback at_end;
};

/* Tags of the statements' own nodes, which do not lead to their statement. */
std::unordered_map<const ::Node *, const char *> &
node_tags()
{
	static auto *const instance =
		std::make_unique<std::unordered_map<const ::Node *, const char *>>().release();

	return *instance;
}

void
forget_statement(void *arg)
{
	const std::unique_ptr<OwnedStatement> owned(static_cast<OwnedStatement *>(arg));

	node_tags().erase(owned->node);
}

RawStmt *
make_raw(const RawStatement &raw)
{
	auto owned = std::make_unique<OwnedStatement>();
	auto *made = makeNode(RawStmt);

	owned->raw = raw;
	owned->kept_plan = std::make_unique<PreparedPlan>(raw, std::span<const Oid>{});
	owned->plan = owned->kept_plan.get();
	owned->node = made->stmt = MakeStatementNode(raw);
	owned->at_end.func = forget_statement;
	owned->at_end.arg = owned.get();
	node_tags()[made->stmt] = raw.tag;
	made->stmt_location = raw.text_offset;
	made->stmt_len = static_cast<int>(raw.text.size());
	made->pr_statement = owned.get();
	MemoryContextRegisterResetCallback(CurrentMemoryContext, &owned.release()->at_end);
	return made;
}

PostroomStatement &
statement_of(PostroomStatement *statement, const char *what)
{
	if (statement == nullptr)
		RaiseNotSupported(std::string(what) + " that a module made");
	return *statement;
}

List *
analyze(RawStmt *raw, std::span<const Oid> types)
{
	auto &owned = static_cast<OwnedStatement &>(statement_of(raw->pr_statement, "a RawStmt"));

	if (!types.empty())
	{
		owned.kept_plan = std::make_unique<PreparedPlan>(owned.raw, types);
		owned.plan = owned.kept_plan.get();
	}
	owned.plan->announce();
	return list_make1(MakeQueryNode(owned));
}

PlannedStmt *
plan_one(::Query *query, const char *text, int options, ParamListInfo parameters)
{
	PostroomStatement &statement = statement_of(query->pr_statement, "a Query");

	if (query->commandType == CMD_UTILITY)
		return MakePlannedNode(statement);
	return planner(query, text, options, parameters);
}

const char *
tag_name(const ::Node *node)
{
	const PostroomStatement *statement = nullptr;

	switch (node->type)
	{
		case T_RawStmt: statement = reinterpret_cast<const RawStmt *>(node)->pr_statement; break;
		case T_Query: statement = reinterpret_cast<const ::Query *>(node)->pr_statement; break;
		case T_PlannedStmt:
			statement = reinterpret_cast<const PlannedStmt *>(node)->pr_statement;
			break;
		case T_SelectStmt: return "SELECT";
		case T_InsertStmt: return "INSERT";
		case T_UpdateStmt: return "UPDATE";
		case T_DeleteStmt: return "DELETE";
		default: break;
	}
	if (statement != nullptr)
		return statement->plan->raw().tag;

	const auto found = node_tags().find(node);

	return found != node_tags().end() ? found->second : "???";
}

} /* namespace */
} /* namespace pg */

extern "C"
{
	List *pg_parse_query(const char *query_string)
	{
		return pg::FromC(
			[&]
			{
				List *made = NIL;

				for (const pg::RawStatement &raw : *pg::ParseStatements(query_string))
					made = lappend(made, pg::make_raw(raw));
				return made;
			});
	}

	List *pg_analyze_and_rewrite_fixedparams(RawStmt *parsetree, const char *,
											 const Oid *paramTypes, int numParams,
											 QueryEnvironment *)
	{
		return pg::FromC(
			[&] {
				return pg::analyze(parsetree, {paramTypes, static_cast<size_t>(numParams)});
			});
	}

	List *pg_analyze_and_rewrite(RawStmt *parsetree, const char *query_string,
								 const Oid *paramTypes, int numParams, QueryEnvironment *queryEnv)
	{
		return pg_analyze_and_rewrite_fixedparams(parsetree, query_string, paramTypes, numParams,
												  queryEnv);
	}

	PlannedStmt *pg_plan_query(Query *querytree, const char *query_string, int cursorOptions,
							   ParamListInfo boundParams)
	{
		return pg::FromC(
			[&] { return pg::plan_one(querytree, query_string, cursorOptions, boundParams); });
	}

	List *pg_plan_queries(List *querytrees, const char *query_string, int cursorOptions,
						  ParamListInfo boundParams)
	{
		return pg::FromC(
			[&]
			{
				List *made = NIL;
				ListCell *cell;

				foreach (cell, querytrees)
					made = lappend(made, pg::plan_one(static_cast<Query *>(lfirst(cell)),
													  query_string, cursorOptions, boundParams));
				return made;
			});
	}

	bool analyze_requires_snapshot(RawStmt *parseTree)
	{
		switch (parseTree->stmt->type)
		{
			case T_InsertStmt:
			case T_DeleteStmt:
			case T_UpdateStmt:
			case T_MergeStmt:
			case T_SelectStmt:
			case T_PLAssignStmt:
			case T_DeclareCursorStmt:
			case T_ExplainStmt:
			case T_CreateTableAsStmt: return true;
			default: return false;
		}
	}

	CommandTag CreateCommandTag(Node *parsetree)
	{
		return GetCommandTagEnum(pg::tag_name(parsetree));
	}
}
