/*
 * hooks_sample.c
 *		Every hook around a statement, saying what it sees: regression file hooks.
 *
 * Builds for PostgreSQL 15 as well, so that the expected output comes from there.
 */
#include "postgres.h"

#include "catalog/objectaccess.h"
#include "catalog/pg_class.h"
#include "executor/executor.h"
#include "executor/instrument.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "nodes/parsenodes.h"
#include "optimizer/planner.h"
#include "parser/analyze.h"
#include "tcop/cmdtag.h"
#include "tcop/utility.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

PG_MODULE_MAGIC;

void _PG_init(void);

static post_parse_analyze_hook_type former_analyze = NULL;
static planner_hook_type former_planner = NULL;
static ExecutorStart_hook_type former_start = NULL;
static ExecutorRun_hook_type former_run = NULL;
static ExecutorFinish_hook_type former_finish = NULL;
static ExecutorEnd_hook_type former_end = NULL;
static ExecutorCheckPerms_hook_type former_check = NULL;
static ProcessUtility_hook_type former_utility = NULL;
static object_access_hook_type former_access = NULL;

static bool tracing = false;
static bool refusing = false;
static bool creating = false; /* a CREATE TABLE runs */
static int depth = 0;

static const char *
command_name(CmdType command)
{
	switch (command)
	{
		case CMD_SELECT: return "SELECT";
		case CMD_INSERT: return "INSERT";
		case CMD_UPDATE: return "UPDATE";
		case CMD_DELETE: return "DELETE";
		case CMD_UTILITY: return "UTILITY";
		default: return "?";
	}
}

/* Relations of a range table, with what is wanted of them. */
static const char *
relations(List *rtable)
{
	StringInfoData text;
	ListCell *cell;

	initStringInfo(&text);
	foreach (cell, rtable)
	{
		RangeTblEntry *entry = (RangeTblEntry *) lfirst(cell);

		if (entry->rtekind == RTE_RELATION)
			appendStringInfo(&text, " %s(%c%s%s%s%s)", get_rel_name(entry->relid), entry->relkind,
							 entry->requiredPerms & ACL_SELECT ? " select" : "",
							 entry->requiredPerms & ACL_INSERT ? " insert" : "",
							 entry->requiredPerms & ACL_UPDATE ? " update" : "",
							 entry->requiredPerms & ACL_DELETE ? " delete" : "");
	}
	return text.data;
}

/* The statement's own part of a text. */
static const char *
part(const char *text, int location, int length)
{
	char *end;

	if (location < 0)
		location = 0;
	text += location;
	while (*text == ' ' || *text == '\n' || *text == '\t')
	{
		text++;
		if (length > 0)
			length--;
	}
	end = length > 0 ? pnstrdup(text, length) : pstrdup(text);
	if (strchr(end, ';') != NULL)
		*strchr(end, ';') = '\0';
	return end;
}

static void
on_analyze(ParseState *pstate, Query *query, JumbleState *jstate)
{
	if (former_analyze)
		former_analyze(pstate, query, jstate);
	if (!tracing)
		return;
	ereport(NOTICE, (errmsg("analyze %s \"%s\": target %d, constants %d, identifier %s",
							command_name(query->commandType),
							part(pstate->p_sourcetext, query->stmt_location, query->stmt_len),
							query->resultRelation, jstate != NULL ? jstate->clocations_count : -1,
							query->queryId != 0 ? "yes" : "no")));
}

static PlannedStmt *
on_plan(Query *parse, const char *query_string, int cursorOptions, ParamListInfo boundParams)
{
	PlannedStmt *result;

	if (tracing)
		ereport(NOTICE, (errmsg("plan %s", command_name(parse->commandType))));
	result = former_planner ? former_planner(parse, query_string, cursorOptions, boundParams)
							: standard_planner(parse, query_string, cursorOptions, boundParams);
	if (result->queryId != parse->queryId || result->commandType != parse->commandType ||
		!IsA(result, PlannedStmt) || result->utilityStmt != NULL)
		elog(ERROR, "the plan is not of this query");
	return result;
}

static bool
on_check(List *rangeTable, bool ereport_on_violation)
{
	if (former_check && !former_check(rangeTable, ereport_on_violation))
		return false;
	if (tracing)
		ereport(NOTICE, (errmsg("check%s", relations(rangeTable))));
	return true;
}

static void
on_start(QueryDesc *queryDesc, int eflags)
{
	if (tracing)
		ereport(NOTICE,
				(errmsg("start %s, %d parameters, returning %d", command_name(queryDesc->operation),
						queryDesc->params ? queryDesc->params->numParams : 0,
						queryDesc->plannedstmt->hasReturning)));
	if (former_start)
		former_start(queryDesc, eflags);
	else
		standard_ExecutorStart(queryDesc, eflags);
	if (tracing && queryDesc->totaltime == NULL)
	{
		MemoryContext former = MemoryContextSwitchTo(queryDesc->estate->es_query_cxt);

		queryDesc->totaltime = InstrAlloc(1, INSTRUMENT_TIMER, false);
		MemoryContextSwitchTo(former);
	}
}

static void
on_run(QueryDesc *queryDesc, ScanDirection direction, uint64 count, bool execute_once)
{
	depth++;
	PG_TRY();
	{
		if (former_run)
			former_run(queryDesc, direction, count, execute_once);
		else
			standard_ExecutorRun(queryDesc, direction, count, execute_once);
	}
	PG_FINALLY();
	{
		depth--;
	}
	PG_END_TRY();
	if (tracing)
		ereport(NOTICE, (errmsg("run at depth %d: %d columns", depth,
								queryDesc->tupDesc ? queryDesc->tupDesc->natts : 0)));
}

static void
on_finish(QueryDesc *queryDesc)
{
	if (former_finish)
		former_finish(queryDesc);
	else
		standard_ExecutorFinish(queryDesc);
	if (tracing)
		ereport(NOTICE, (errmsg("finish")));
}

static void
on_end(QueryDesc *queryDesc)
{
	if (tracing && queryDesc->totaltime != NULL)
	{
		InstrEndLoop(queryDesc->totaltime);
		ereport(NOTICE, (errmsg("end: rows %d, timed %s", (int) queryDesc->estate->es_processed,
								queryDesc->totaltime->total > 0 ? "yes" : "no")));
	}
	if (former_end)
		former_end(queryDesc);
	else
		standard_ExecutorEnd(queryDesc);
}

/* What a utility statement is about. */
static const char *
describe(Node *node)
{
	switch (nodeTag(node))
	{
		case T_VariableSetStmt:
		{
			VariableSetStmt *stmt = (VariableSetStmt *) node;

			if (stmt->kind != VAR_SET_VALUE)
				return psprintf("set kind %d name %s", (int) stmt->kind,
								stmt->name ? stmt->name : "none");
			return psprintf("set %s%s to %d values, first a %s", stmt->is_local ? "local " : "",
							stmt->name, list_length(stmt->args),
							IsA(&((A_Const *) linitial(stmt->args))->val, String)	 ? "string"
							: IsA(&((A_Const *) linitial(stmt->args))->val, Integer) ? "integer"
																					 : "?");
		}
		case T_VariableShowStmt: return psprintf("show %s", ((VariableShowStmt *) node)->name);
		case T_TransactionStmt:
		{
			TransactionStmt *stmt = (TransactionStmt *) node;

			return psprintf("transaction %d options %d savepoint %s", (int) stmt->kind,
							list_length(stmt->options),
							stmt->savepoint_name ? stmt->savepoint_name : "none");
		}
		case T_CreateStmt:
		{
			CreateStmt *stmt = (CreateStmt *) node;

			return psprintf("create table %s.%s, %d elements%s, persistence %c",
							stmt->relation->schemaname ? stmt->relation->schemaname : "?",
							stmt->relation->relname, list_length(stmt->tableElts),
							stmt->if_not_exists ? " if not exists" : "",
							stmt->relation->relpersistence);
		}
		case T_DropStmt:
		{
			DropStmt *stmt = (DropStmt *) node;

			return psprintf(
				"drop type %s, %d objects, first %s, behavior %d, missing ok %d",
				stmt->removeType == OBJECT_TABLE ? "table" : "other", list_length(stmt->objects),
				IsA(linitial(stmt->objects), List) ? strVal(llast((List *) linitial(stmt->objects)))
												   : "?",
				(int) stmt->behavior, stmt->missing_ok);
		}
		case T_DropdbStmt:
		{
			DropdbStmt *stmt = (DropdbStmt *) node;

			return psprintf("drop database %s, missing ok %d, options %d", stmt->dbname,
							stmt->missing_ok, list_length(stmt->options));
		}
		case T_CreateExtensionStmt:
			return psprintf("create extension %s", ((CreateExtensionStmt *) node)->extname);
		case T_CreateTableAsStmt:
			return psprintf("create table as %s, into %d",
							((CreateTableAsStmt *) node)->into->rel->relname,
							((CreateTableAsStmt *) node)->is_select_into);
		case T_PrepareStmt: return psprintf("prepare %s", ((PrepareStmt *) node)->name);
		case T_ExecuteStmt:
			return psprintf("execute %s with %d", ((ExecuteStmt *) node)->name,
							list_length(((ExecuteStmt *) node)->params));
		case T_DeallocateStmt: return psprintf("deallocate %s", ((DeallocateStmt *) node)->name);
		case T_TruncateStmt:
			return psprintf("truncate %s",
							((RangeVar *) linitial(((TruncateStmt *) node)->relations))->relname);
		case T_IndexStmt:
			return psprintf("index %s on %s, unique %d", ((IndexStmt *) node)->idxname,
							((IndexStmt *) node)->relation->relname, ((IndexStmt *) node)->unique);
		case T_RenameStmt: return psprintf("rename to %s", ((RenameStmt *) node)->newname);
		case T_CommentStmt: return psprintf("comment %s", ((CommentStmt *) node)->comment);
		case T_ExplainStmt: return "explain";
		default: return "other";
	}
}

static void
on_utility(PlannedStmt *pstmt, const char *queryString, bool readOnlyTree,
		   ProcessUtilityContext context, ParamListInfo params, QueryEnvironment *queryEnv,
		   DestReceiver *dest, QueryCompletion *qc)
{
	if (tracing)
		ereport(NOTICE, (errmsg("utility \"%s\": %s, %s, dest %d",
								part(queryString, pstmt->stmt_location, pstmt->stmt_len),
								describe(pstmt->utilityStmt),
								context == PROCESS_UTILITY_TOPLEVEL ? "top level" : "within",
								dest->mydest == DestRemote ? 1
								: dest->mydest == DestSPI  ? 2
														   : 0)));
	if (refusing && IsA(pstmt->utilityStmt, DropStmt))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE), errmsg("nothing is dropped here")));
	creating = IsA(pstmt->utilityStmt, CreateStmt);
	if (former_utility)
		former_utility(pstmt, queryString, readOnlyTree, context, params, queryEnv, dest, qc);
	else
		standard_ProcessUtility(pstmt, queryString, readOnlyTree, context, params, queryEnv, dest,
								qc);
	if (tracing)
		ereport(NOTICE, (errmsg("utility done: %s",
								qc != NULL ? GetCommandTagName(qc->commandTag) : "no tag")));
}

static void
on_access(ObjectAccessType access, Oid classId, Oid objectId, int subId, void *arg)
{
	if (former_access)
		former_access(access, classId, objectId, subId, arg);
	if (!tracing || classId != RelationRelationId || subId != 0)
		return;
	if (access == OAT_POST_CREATE && creating && !((ObjectAccessPostCreate *) arg)->is_internal)
		ereport(NOTICE, (errmsg("created a relation")));
	if (access == OAT_DROP && get_rel_relkind(objectId) == RELKIND_RELATION)
		ereport(NOTICE, (errmsg("dropping %s", get_rel_name(objectId))));
}

void
_PG_init(void)
{
	EnableQueryId();
	former_analyze = post_parse_analyze_hook;
	post_parse_analyze_hook = on_analyze;
	former_planner = planner_hook;
	planner_hook = on_plan;
	former_start = ExecutorStart_hook;
	ExecutorStart_hook = on_start;
	former_run = ExecutorRun_hook;
	ExecutorRun_hook = on_run;
	former_finish = ExecutorFinish_hook;
	ExecutorFinish_hook = on_finish;
	former_end = ExecutorEnd_hook;
	ExecutorEnd_hook = on_end;
	former_check = ExecutorCheckPerms_hook;
	ExecutorCheckPerms_hook = on_check;
	former_utility = ProcessUtility_hook;
	ProcessUtility_hook = on_utility;
	former_access = object_access_hook;
	object_access_hook = on_access;
}

PG_FUNCTION_INFO_V1(trace_hooks);
Datum
trace_hooks(PG_FUNCTION_ARGS)
{
	tracing = PG_GETARG_BOOL(0);
	PG_RETURN_VOID();
}

PG_FUNCTION_INFO_V1(refuse_drops);
Datum
refuse_drops(PG_FUNCTION_ARGS)
{
	refusing = PG_GETARG_BOOL(0);
	PG_RETURN_VOID();
}

/* Runs a statement through SPI; the number of rows. */
PG_FUNCTION_INFO_V1(run_inside);
Datum
run_inside(PG_FUNCTION_ARGS)
{
	int rows;

	SPI_connect();
	SPI_execute(text_to_cstring(PG_GETARG_TEXT_PP(0)), false, 0);
	rows = (int) SPI_processed;
	SPI_finish();
	PG_RETURN_INT32(rows);
}
