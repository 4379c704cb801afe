/*
 * commands/on_commit.cpp
 *		ON COMMIT DROP and DELETE ROWS of temporary tables.
 *
 * Backends and workers.  The work is done right before the commit, in the transaction itself.
 */
#include "commands/on_commit.h"

#include <algorithm>
#include <vector>

#include "access/transaction.h"
#include "access/xact.h"
#include "catalog/objects.h"
#include "commands/dependency.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"

namespace pg::commands
{
namespace
{

struct Entry
{
	Oid relation;
	bool drops;
	bool created_here; /* in the transaction that is running */
};

std::vector<Entry> entries;
bool registered = false;

void
before_commit()
{
	/* Who wrote nothing left no rows behind. */
	if (!CurrentEngine().is_writing())
		return;

	const std::vector<Entry> now = entries;

	for (const Entry &entry : now)
	{
		const RelationInfoPtr relation = FindRelation(entry.relation);

		if (relation == nullptr)
			continue;
		if (entry.drops)
			DropWithDependents({{DropObject::Kind::Relation, relation->oid, relation, ""}}, true);
		else
			CurrentEngine().execute(("DELETE FROM " + relation->physical).c_str());
	}
}

/* Called by the transaction's code; what it raises aborts the commit. */
void
on_event(XactEvent event, void *)
{
	if (event == XACT_EVENT_PRE_COMMIT && !entries.empty())
		FromC([] { before_commit(); });
	else if (event == XACT_EVENT_ABORT)
		std::erase_if(entries, [](const Entry &entry) { return entry.created_here; });
	else if (event == XACT_EVENT_COMMIT)
		for (Entry &entry : entries)
			entry.created_here = false;
}

} /* namespace */

void
CheckOnCommit(PgQuery__OnCommitAction action, bool temporary)
{
	const bool given = action == PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_PRESERVE_ROWS ||
					   action == PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_DELETE_ROWS ||
					   action == PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_DROP;

	if (given && !temporary)
		Raise(Report(ERROR, ERRCODE_INVALID_TABLE_DEFINITION)
				  .msg("ON COMMIT can only be used on temporary tables"));
}

void
RegisterOnCommit(Oid relation, PgQuery__OnCommitAction action)
{
	const bool drops = action == PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_DROP;

	if (!drops && action != PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_DELETE_ROWS)
		return;
	if (!registered)
		RegisterXactCallback(on_event, nullptr);
	registered = true;
	entries.push_back({relation, drops, true});
}

void
ForgetOnCommit(Oid relation)
{
	std::erase_if(entries, [&](const Entry &entry) { return entry.relation == relation; });
}

} /* namespace pg::commands */
