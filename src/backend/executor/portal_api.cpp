/*
 * executor/portal_api.cpp
 *		Portals that modules make and run (utils/portal.h, tcop/pquery.h).
 *
 * Backends and workers, inside a transaction.
 */
#include "tcop/pquery.h"

#include "executor/command_tag.h"
#include "executor/hooks.h"
#include "executor/portal.h"
#include "executor/spi_internals.h"
#include "utils/error/wall.h"
#include "utils/mmgr/memory.h"
#include "utils/snapmgr.h"

Portal ActivePortal = nullptr;

namespace pg
{
namespace
{

Portal
create(const char *name, bool allow_duplicate, bool silent)
{
	if (PostroomPortal *known = FindPortal(name); known != nullptr && allow_duplicate)
	{
		if (!silent)
			Report(WARNING, ERRCODE_DUPLICATE_CURSOR)
				.msg("closing existing cursor \"%s\"", name)
				.emit();
		DropPortal(*known);
	}
	return &CreatePortalExactly(name).pub;
}

PreparedPlan &
plan_of(const PlannedStmt *planned)
{
	if (planned->pr_statement == nullptr)
		RaiseNotSupported("a plan that a module made");
	return *planned->pr_statement->plan;
}

PlannedStmt *
last_statement(Portal portal)
{
	return portal->stmts != NIL ? static_cast<PlannedStmt *>(llast(portal->stmts)) : nullptr;
}

void
start_portal(Portal portal, ParamListInfo params)
{
	const PlannedStmt *last = last_statement(portal);
	const MemoryContextScope scope(portal->portalContext);

	portal->portalParams = params;
	if (last != nullptr)
	{
		const Plan &plan = plan_of(last).plan();
		const std::vector<ResultColumn> columns =
			plan.kind == StatementKind::Utility ? UtilityColumns(plan) : plan.columns;

		if (!columns.empty())
			portal->tupDesc = MakeTupleDesc(columns);
	}
	portal->status = PORTAL_READY;
}

void
set_formats(Portal portal, int count, const int16 *formats)
{
	if (portal->tupDesc == nullptr)
		return;

	const int columns = portal->tupDesc->natts;

	if (count > 1 && count != columns)
		Raise(Report(ERROR, ERRCODE_PROTOCOL_VIOLATION)
				  .msg("bind message has %d result formats but query has %d columns", count,
					   columns));
	portal->formats = static_cast<int16 *>(
		MemoryContextAllocZero(portal->portalContext, static_cast<Size>(columns) * sizeof(int16)));
	for (int i = 0; i < columns && count > 0; i++)
		portal->formats[i] = formats[count == 1 ? 0 : i];
}

/* Marks the portal as running for a scope; an error leaves it failed. */
class Running
{
public:
	explicit Running(Portal portal)
		: portal_(portal), former_(ActivePortal), former_context_(PortalContext)
	{
		if (portal->status != PORTAL_READY)
			Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
					  .msg("portal \"%s\" cannot be run", portal->name));
		portal_->status = PORTAL_ACTIVE;
		ActivePortal = portal;
		PortalContext = portal->portalContext;
	}
	~Running()
	{
		portal_->status = good_ ? PORTAL_READY : PORTAL_FAILED;
		ActivePortal = former_;
		PortalContext = former_context_;
	}
	Running(const Running &) = delete;
	Running &operator=(const Running &) = delete;
	void succeeded() { good_ = true; }

private:
	const Portal portal_, former_;
	const MemoryContext former_context_;
	bool good_ = false;
};

/* Runs all statements; the last one's rows go to receiver. */
RunResult
run_all(Portal portal, RowReceiver &receiver, const RunSource &source)
{
	const SpiListParameters parameters(portal->portalParams);
	RunResult result;
	ListCell *cell;

	foreach (cell, portal->stmts)
	{
		const auto *planned = static_cast<const PlannedStmt *>(lfirst(cell));

		result = plan_of(planned).run(parameters.values(), receiver, 0, source);
	}
	return result;
}

bool
run_portal(Portal portal, long count, bool top_level, DestReceiver *dest,
		   QueryCompletion *completion)
{
	const RunSource source{.context = top_level ? PROCESS_UTILITY_TOPLEVEL : PROCESS_UTILITY_QUERY,
						   .dest = dest->mydest,
						   .analyzed_before = true};
	PostroomPortal &mine = *portal->pr_portal;
	RowsTo rows(dest, CMD_SELECT, portal->tupDesc);
	RowReceiver &receiver = rows.receiver();
	Running running(portal);

	if (count == FETCH_ALL && !mine.filled)
	{
		portal->qc = CompletionOfTag(run_all(portal, receiver, source).completion());
		mine.filled = true;
		portal->atEnd = true;
	}
	else
	{
		if (!mine.filled)
			portal->qc = CompletionOfTag(run_all(portal, mine.rows, source).completion());
		if (portal->tupDesc != nullptr)
			receiver.start(mine.rows.columns());
		mine.filled = true;

		const uint64 sent = SendForward(mine, static_cast<uint64>(count), receiver);

		if (portal->qc.commandTag == CMDTAG_SELECT)
			portal->qc.nprocessed = sent;
	}
	rows.finish();
	if (completion != nullptr)
		*completion = portal->qc;
	running.succeeded();
	return portal->atEnd;
}

} /* namespace */
} /* namespace pg */

extern "C"
{
	Portal CreatePortal(const char *name, bool allowDup, bool dupSilent)
	{
		return pg::FromC([&] { return pg::create(name, allowDup, dupSilent); });
	}

	Portal CreateNewPortal(void)
	{
		return pg::FromC([] { return &pg::CreatePortalNamed("").pub; });
	}

	void PortalDefineQuery(Portal portal, const char *, const char *sourceText,
						   CommandTag commandTag, List *stmts, struct CachedPlan *)
	{
		pg::FromC(
			[&]
			{
				portal->pr_portal->source = sourceText;
				portal->sourceText = portal->pr_portal->source.c_str();
				portal->commandTag = commandTag;
				portal->qc = {commandTag, 0};
				portal->stmts = stmts;
				portal->status = PORTAL_DEFINED;
			});
	}

	void EnsurePortalSnapshotExists(void)
	{
		if (ActiveSnapshotSet())
			return;
		pg::FromC(
			[]
			{
				if (ActivePortal == nullptr)
					pg::Raise(pg::Report(ERROR, ERRCODE_INTERNAL_ERROR)
								  .msg("cannot execute SQL without an outer snapshot or portal"));
				PushActiveSnapshot(GetTransactionSnapshot());
			});
	}

	void PortalStart(Portal portal, ParamListInfo params, int, Snapshot)
	{
		pg::FromC([&] { pg::start_portal(portal, params); });
	}

	void PortalSetResultFormat(Portal portal, int nFormats, int16 *formats)
	{
		pg::FromC([&] { pg::set_formats(portal, nFormats, formats); });
	}

	bool PortalRun(Portal portal, long count, bool isTopLevel, bool, DestReceiver *dest,
				   DestReceiver *, QueryCompletion *qc)
	{
		return pg::FromC([&] { return pg::run_portal(portal, count, isTopLevel, dest, qc); });
	}

	void PortalDrop(Portal portal, bool)
	{
		pg::FromC([&] { pg::DropPortal(*portal->pr_portal); });
	}
}
