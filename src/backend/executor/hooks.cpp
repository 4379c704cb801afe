/*
 * executor/hooks.cpp
 *		A statement on its way through the hooks.
 *
 * Backends and workers, inside a transaction.  What the hooks are given lies in a context of its own;
 * the statement itself runs in its caller's.
 */
#include "executor/hooks.h"

#include "executor/command_tag.h"
#include "pgstat.h"
#include "utils/adt/datum.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/mmgr/memory.h"
#include "utils/snapmgr.h"

post_parse_analyze_hook_type post_parse_analyze_hook = nullptr;
planner_hook_type planner_hook = nullptr;
ExecutorStart_hook_type ExecutorStart_hook = nullptr;
ExecutorRun_hook_type ExecutorRun_hook = nullptr;
ExecutorFinish_hook_type ExecutorFinish_hook = nullptr;
ExecutorEnd_hook_type ExecutorEnd_hook = nullptr;
ExecutorCheckPerms_hook_type ExecutorCheckPerms_hook = nullptr;
ProcessUtility_hook_type ProcessUtility_hook = nullptr;

namespace pg
{
namespace
{

/* Memory for what hooks see of one statement; the caller's context is current again afterwards. */
class HookMemory
{
public:
	explicit HookMemory(PostroomStatement &statement)
		: statement_(statement), context_(TopMemoryContext, "hooks of a statement")
	{
		statement_.context = MemoryContextSwitchTo(context_.get());
	}
	/* Where the statement left it: a savepoint may have changed contexts. */
	~HookMemory() { CurrentMemoryContext = statement_.context; }
	HookMemory(const HookMemory &) = delete;
	HookMemory &operator=(const HookMemory &) = delete;

private:
	PostroomStatement &statement_;
	OwnedMemoryContext context_;
};

void
announce(PostroomStatement &statement)
{
	PreparedPlan &plan = *statement.plan;

	plan.set_query_id(IsQueryIdEnabled() ? MakeQueryId(plan) : 0);
	if (post_parse_analyze_hook != nullptr)
	{
		::Query *query = MakeQueryNode(statement);

		ToC(post_parse_analyze_hook, MakeParseState(plan, *query), query,
			IsQueryIdEnabled() ? MakeJumbleState(plan) : nullptr);
		plan.set_query_id(query->queryId);
	}
}

ParamListInfo
make_parameters(PreparedPlan &plan, std::span<const Value> values)
{
	const std::vector<Oid> &types = plan.plan().parameter_types;

	if (values.empty() || values.size() > types.size())
		return nullptr;

	ParamListInfo list = makeParamList(static_cast<int>(values.size()));

	for (size_t i = 0; i < values.size(); i++)
	{
		list->params[i].ptype = types[i];
		list->params[i].pflags = PARAM_FLAG_CONST;
		list->params[i].isnull = values[i].is_null();
		if (!values[i].is_null())
			list->params[i].value = ValueToDatum(types[i], values[i]);
	}
	return list;
}

PlannedStmt *
plan_statement(PostroomStatement &statement, ParamListInfo parameters)
{
	/* Parameters: planned for their values five times, and once for any. */
	const int wanted = parameters != nullptr ? 6 : 1;

	if (planner_hook == nullptr || statement.plan->times_planned() >= wanted)
		return MakePlannedNode(statement);

	PlannedStmt *planned = ToC(planner_hook, MakeQueryNode(statement), statement.plan->whole_text(),
							   CURSOR_OPT_PARALLEL_OK, parameters);

	if (planned == nullptr || planned->pr_statement != &statement)
		RaiseNotSupported("a plan that a planner hook made by itself");
	statement.plan->count_planning();
	return planned;
}

RunResult
run_query(PostroomStatement &statement, std::span<const Value> parameters, RowReceiver &receiver,
		  uint64 max_rows, CommandDest dest)
{
	PostroomRun run{&statement, parameters, {}};
	HookedReceiver hooked = MakeHookedReceiver(receiver, dest);
	QueryDesc desc{};

	desc.params = make_parameters(*statement.plan, parameters);
	desc.plannedstmt = plan_statement(statement, desc.params);
	desc.operation = desc.plannedstmt->commandType;
	desc.sourceText = statement.plan->whole_text();
	desc.snapshot = ActiveSnapshotSet() ? GetActiveSnapshot() : GetTransactionSnapshot();
	desc.dest = &hooked.pub;
	desc.pr_run = &run;
	ExecutorStart(&desc, 0);
	ExecutorRun(&desc, ForwardScanDirection, max_rows, true);
	ExecutorFinish(&desc);
	ExecutorEnd(&desc);
	return run.result;
}

RunResult
run_utility(PostroomStatement &statement, RowReceiver &receiver, const RunSource &source)
{
	const bool returns_rows = !UtilityColumns(statement.plan->plan()).empty();
	HookedReceiver hooked =
		MakeHookedReceiver(receiver, returns_rows ? DestTuplestore : source.dest);
	PlannedStmt *planned = MakePlannedNode(statement);
	QueryCompletion completion;
	RunResult result;

	InitializeQueryCompletion(&completion);
	ProcessUtility(planned, statement.plan->whole_text(), true, source.context, nullptr, nullptr,
				   &hooked.pub, &completion);

	const QueryCompletion told = CompletionOfTag(hooked.utility_tag);
	const bool untold = completion.commandTag == CMDTAG_UNKNOWN;

	result.kind = StatementKind::Utility;
	result.tag = statement.plan->raw().tag;
	if (untold ||
		(told.commandTag == completion.commandTag && told.nprocessed == completion.nprocessed))
		result.utility_tag = hooked.utility_tag;
	else
		result.utility_tag = TagOfCompletion(completion);
	/* A hook that did the work itself need not have said so. */
	if (result.utility_tag.empty())
		result.utility_tag = result.tag;
	return result;
}

} /* namespace */

void
AnnounceAnalysis(PreparedPlan &plan)
{
	PostroomStatement statement{&plan};
	HookMemory memory(statement);

	announce(statement);
	pgstat_report_query_id(plan.query_id(), false);
}

RunResult
RunThroughHooks(PreparedPlan &plan, std::span<const Value> parameters, RowReceiver &receiver,
				uint64 max_rows, const RunSource &source)
{
	PostroomStatement statement{&plan};
	HookMemory memory(statement);

	if (!source.analyzed_before)
		announce(statement);
	pgstat_report_query_id(plan.query_id(), false);
	if (plan.kind() == StatementKind::Utility)
		return run_utility(statement, receiver, source);
	if (!source.analyzed_before)
		plan.forget_planning();
	return run_query(statement, parameters, receiver, max_rows, source.dest);
}

} /* namespace pg */
