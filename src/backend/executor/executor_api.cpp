/*
 * executor/executor_api.cpp
 *		The executor's functions for modules: executor/executor.h and optimizer/planner.h.
 *
 * Backends and workers, inside a transaction.
 */
#include "executor/executor.h"

#include "access/xact.h"
#include "executor/hooks.h"
#include "executor/spi_internals.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/mmgr/memory.h"

namespace pg
{
namespace
{

/* Of a QueryDesc that a module made: lives in the executor's context. */
struct OwnedRun
{
	SpiListParameters parameters;
	PostroomRun run;
	MemoryContextCallback at_end;
};

void
make_run(QueryDesc *desc, MemoryContext context)
{
	if (desc->plannedstmt->pr_statement == nullptr)
		RaiseNotSupported("running a plan that a module made");

	auto owned = std::make_unique<OwnedRun>(OwnedRun{SpiListParameters(desc->params), {}, {}});

	owned->run.statement = desc->plannedstmt->pr_statement;
	owned->run.parameters = owned->parameters.values();
	owned->at_end.arg = owned.get();
	owned->at_end.func = [](void *arg) { std::unique_ptr<OwnedRun>{static_cast<OwnedRun *>(arg)}; };
	desc->pr_run = &owned->run;
	MemoryContextRegisterResetCallback(context, &owned.release()->at_end);
}

PostroomRun &
run_of(QueryDesc *desc)
{
	if (desc->pr_run == nullptr)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR).msg("the executor has not been started"));
	return *desc->pr_run;
}

void
start_query(QueryDesc *desc, int eflags)
{
	MemoryContext context =
		AllocSetContextCreate(CurrentMemoryContext, "ExecutorState", ALLOCSET_DEFAULT_SIZES);

	if (desc->pr_run == nullptr)
		make_run(desc, context);

	PostroomRun &run = run_of(desc);
	const MemoryContextScope scope(context);
	auto *estate = makeNode(EState);

	estate->es_direction = ForwardScanDirection;
	estate->es_snapshot = desc->snapshot;
	estate->es_crosscheck_snapshot = desc->crosscheck_snapshot;
	estate->es_range_table = desc->plannedstmt->rtable;
	estate->es_plannedstmt = desc->plannedstmt;
	estate->es_sourceText = desc->sourceText;
	estate->es_output_cid = GetCurrentCommandId(false);
	estate->es_param_list_info = desc->params;
	estate->es_queryEnv = desc->queryEnv;
	estate->es_query_cxt = context;
	estate->es_top_eflags = eflags;
	estate->es_instrument = desc->instrument_options;
	desc->estate = estate;
	ExecCheckRTPerms(desc->plannedstmt->rtable, true);
	desc->tupDesc = MakeTupleDesc(run.statement->plan->plan().columns);
	desc->planstate = makeNode(PlanState);
	desc->planstate->plan = desc->plannedstmt->planTree;
	desc->planstate->state = estate;
}

void
run_started(QueryDesc *desc, ScanDirection direction, uint64 count)
{
	PostroomRun &run = run_of(desc);

	if (desc->estate == nullptr)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR).msg("the executor has not been started"));
	if (desc->already_executed)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
				  .msg("can't re-execute query flagged for single execution"));
	if (direction == BackwardScanDirection)
		RaiseNotSupported("running a query backward");
	desc->already_executed = true;
	if (desc->totaltime != nullptr)
		InstrStartNode(desc->totaltime);
	if (direction == ForwardScanDirection)
	{
		const MemoryContextScope scope(run.statement->context != nullptr ? run.statement->context
																		 : CurrentMemoryContext);

		RowsTo rows(desc->dest, desc->operation, desc->tupDesc);

		run.result = run.statement->plan->execute(run.parameters, rows.receiver(), count);
		rows.finish();
	}
	desc->estate->es_processed = run.result.processed;
	if (desc->totaltime != nullptr)
		InstrStopNode(desc->totaltime, static_cast<double>(run.result.processed));
}

void
finish_query(QueryDesc *desc)
{
	desc->estate->es_finished = true;
}

void
end_query(QueryDesc *desc)
{
	MemoryContext context = desc->estate->es_query_cxt;

	desc->estate = nullptr;
	desc->planstate = nullptr;
	desc->tupDesc = nullptr;
	desc->pr_run = nullptr;
	MemoryContextDelete(context);
}

/* A hook is called as C, and the standard function by whoever stands there. */
template <typename Hook, typename Standard, typename... Args>
auto
through(Hook hook, Standard standard, Args... args)
{
	return FromC([&] { return hook != nullptr ? ToC(hook, args...) : standard(args...); });
}

} /* namespace */
} /* namespace pg */

extern "C"
{
	QueryDesc *CreateQueryDesc(PlannedStmt *plannedstmt, const char *sourceText, Snapshot snapshot,
							   Snapshot crosscheck_snapshot, DestReceiver *dest,
							   ParamListInfo params, QueryEnvironment *queryEnv,
							   int instrument_options)
	{
		auto *made = static_cast<QueryDesc *>(palloc0(sizeof(QueryDesc)));

		made->operation = plannedstmt->commandType;
		made->plannedstmt = plannedstmt;
		made->sourceText = sourceText;
		made->snapshot = snapshot;
		made->crosscheck_snapshot = crosscheck_snapshot;
		made->dest = dest;
		made->params = params;
		made->queryEnv = queryEnv;
		made->instrument_options = instrument_options;
		return made;
	}

	void FreeQueryDesc(QueryDesc *qdesc)
	{
		Assert(qdesc->estate == nullptr);
		pfree(qdesc);
	}

	EState *CreateExecutorState(void)
	{
		return pg::FromC(
			[]
			{
				const pg::MemoryContextScope scope(AllocSetContextCreate(
					CurrentMemoryContext, "ExecutorState", ALLOCSET_DEFAULT_SIZES));
				EState *const estate = makeNode(EState);

				estate->es_direction = ForwardScanDirection;
				estate->es_query_cxt = CurrentMemoryContext;
				return estate;
			});
	}

	void FreeExecutorState(EState *estate)
	{
		MemoryContextDelete(estate->es_query_cxt);
	}

	void ExecutorStart(QueryDesc *queryDesc, int eflags)
	{
		pg::through(ExecutorStart_hook, standard_ExecutorStart, queryDesc, eflags);
	}

	void standard_ExecutorStart(QueryDesc *queryDesc, int eflags)
	{
		pg::FromC([&] { pg::start_query(queryDesc, eflags); });
	}

	void ExecutorRun(QueryDesc *queryDesc, ScanDirection direction, uint64 count, bool execute_once)
	{
		pg::through(ExecutorRun_hook, standard_ExecutorRun, queryDesc, direction, count,
					execute_once);
	}

	void standard_ExecutorRun(QueryDesc *queryDesc, ScanDirection direction, uint64 count, bool)
	{
		pg::FromC([&] { pg::run_started(queryDesc, direction, count); });
	}

	void ExecutorFinish(QueryDesc *queryDesc)
	{
		pg::through(ExecutorFinish_hook, standard_ExecutorFinish, queryDesc);
	}

	void standard_ExecutorFinish(QueryDesc *queryDesc)
	{
		pg::FromC([&] { pg::finish_query(queryDesc); });
	}

	void ExecutorEnd(QueryDesc *queryDesc)
	{
		pg::through(ExecutorEnd_hook, standard_ExecutorEnd, queryDesc);
	}

	void standard_ExecutorEnd(QueryDesc *queryDesc)
	{
		pg::FromC([&] { pg::end_query(queryDesc); });
	}

	bool ExecCheckRTPerms(List *rangeTable, bool ereport_on_violation)
	{
		return pg::FromC(
			[&]
			{
				return ExecutorCheckPerms_hook == nullptr ||
					   pg::ToC(ExecutorCheckPerms_hook, rangeTable, ereport_on_violation);
			});
	}

	PlannedStmt *planner(Query *parse, const char *query_string, int cursorOptions,
						 ParamListInfo boundParams)
	{
		return pg::through(planner_hook, standard_planner, parse, query_string, cursorOptions,
						   boundParams);
	}

	PlannedStmt *standard_planner(Query *parse, const char *, int, ParamListInfo)
	{
		return pg::FromC(
			[&]
			{
				if (parse->pr_statement == nullptr)
					pg::RaiseNotSupported("planning a query that a module made");
				parse->pr_statement->plan->set_query_id(parse->queryId);
				return pg::MakePlannedNode(*parse->pr_statement);
			});
	}
}
