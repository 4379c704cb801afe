/*
 * executor/query_nodes.h
 *		Statements as the nodes that hooks are given: Query, PlannedStmt, ParseState.
 *
 * Made in CurrentMemoryContext, only when somebody asks.  A node leads back to its statement by
 * pr_statement, which outlives the node.
 */
#pragma once

#include <span>

#include "executor/run.h"
#include "nodes/plannodes.h"
#include "parser/parse_node.h"
#include "utils/queryjumble.h"

/* What pr_statement of a node points to. */
struct PostroomStatement
{
	pg::PreparedPlan *plan;
	/* Where the caller of the statement allocates: CurrentMemoryContext while it runs. */
	MemoryContext context = nullptr;
};

namespace pg
{

::Query *MakeQueryNode(PostroomStatement &statement);
PlannedStmt *MakePlannedNode(PostroomStatement &statement);
ParseState *MakeParseState(PreparedPlan &plan, ::Query &query);
/* Null for a utility statement. */
JumbleState *MakeJumbleState(PreparedPlan &plan);
TupleDesc MakeTupleDesc(std::span<const ResultColumn> columns);

CmdType CommandOf(StatementKind kind);
/* The statement's identifier, made anew. */
uint64 MakeQueryId(const PreparedPlan &plan);

} /* namespace pg */
