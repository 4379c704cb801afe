/*
 * executor/portal.cpp
 *		The table of portals, and moving in one.
 *
 * Backends and workers with a database.
 */
#include "executor/portal.h"

#include <map>
#include <memory>

#include "access/transaction.h"
#include "access/xact.h"
#include "catalog/cursors_view.h"
#include "executor/command_tag.h"
#include "executor/query_nodes.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/mmgr/memory.h"

namespace pg
{
namespace
{

using Portals = std::map<std::string, std::unique_ptr<PostroomPortal>, std::less<>>;

/* Never destroyed: a process may end with portals open. */
Portals &
portals()
{
	static Portals *const instance = std::make_unique<Portals>().release();

	return *instance;
}

bool
is_held(const PostroomPortal &portal)
{
	return (portal.pub.cursorOptions & CURSOR_OPT_HOLD) != 0;
}

/* Takes it out of the table first: cleanup may look for it. */
Portals::iterator
remove(Portals::iterator entry) noexcept
{
	const std::unique_ptr<PostroomPortal> portal = std::move(entry->second);
	const auto next = portals().erase(entry);

	if (portal->pub.cleanup != nullptr)
	{
		try
		{
			ToC(portal->pub.cleanup, &portal->pub);
		}
		catch (const PgError &error)
		{
			EmitCaught(error);
		}
	}
	MemoryContextDelete(portal->pub.portalContext);
	return next;
}

/* What a committed transaction leaves open stays WITH HOLD; an aborted one leaves what was there before it. */
void
portals_at_transaction_end(bool committed)
{
	for (auto entry = portals().begin(); entry != portals().end();)
	{
		PostroomPortal &portal = *entry->second;
		const bool older = portal.pub.createSubid == InvalidSubTransactionId;
		/* A statement that ends transactions itself, as VACUUM does, is still at work in it. */
		const bool stays = portal.pub.status == PORTAL_ACTIVE || (committed && is_held(portal));

		if (!older && !stays)
		{
			entry = remove(entry);
			continue;
		}
		portal.pub.createSubid = InvalidSubTransactionId;
		portal.pub.resowner = nullptr;
		++entry;
	}
}

void
portals_at_subtransaction_end(SubXactEvent event, SubTransactionId id, SubTransactionId parent,
							  void *)
{
	if (event != SUBXACT_EVENT_ABORT_SUB && event != SUBXACT_EVENT_COMMIT_SUB)
		return;
	for (auto entry = portals().begin(); entry != portals().end();)
	{
		PostroomPortal &portal = *entry->second;

		if (portal.pub.createSubid == id && event == SUBXACT_EVENT_ABORT_SUB)
		{
			entry = remove(entry);
			continue;
		}
		if (portal.pub.createSubid == id)
			portal.pub.createSubid = parent;
		++entry;
	}
}

std::vector<CursorRow>
list_cursors_now()
{
	std::vector<CursorRow> rows;

	for (const auto &[name, portal] : portals())
		if (portal->pub.visible)
			rows.push_back({.name = name,
							.statement = portal->source,
							.is_holdable = is_held(*portal),
							.is_binary = (portal->pub.cursorOptions & CURSOR_OPT_BINARY) != 0,
							.is_scrollable = (portal->pub.cursorOptions & CURSOR_OPT_SCROLL) != 0,
							.created = portal->pub.creation_time});
	return rows;
}

void
watch_transactions()
{
	static bool watching = false;

	if (watching)
		return;
	OnTransactionEnd(portals_at_transaction_end);
	RegisterSubXactCallback(portals_at_subtransaction_end, nullptr);
	list_cursors = list_cursors_now;
	watching = true;
}

std::string
fresh_name()
{
	static int counter = 0;
	std::string name;

	do
		name = "<unnamed portal " + std::to_string(++counter) + ">";
	while (portals().contains(name));
	return name;
}

void
refuse_backward(const PostroomPortal &portal)
{
	if ((portal.pub.cursorOptions & CURSOR_OPT_NO_SCROLL) != 0)
		Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
				  .msg("cursor can only scan forward")
				  .hint("Declare it with SCROLL option to enable backward scan."));
}

void
stand_at(PostroomPortal &portal, uint64 position)
{
	portal.position = position;
	portal.pub.portalPos = position > portal.rows.size() ? portal.rows.size() : position;
	portal.pub.atStart = position == 0;
	portal.pub.atEnd = position > portal.rows.size();
}

void
send(PostroomPortal &portal, uint64 position, RowReceiver *receiver)
{
	if (receiver != nullptr)
		receiver->row(portal.rows.at(position - 1));
}

uint64
forward(PostroomPortal &portal, uint64 count, RowReceiver *receiver)
{
	const uint64 all = portal.rows.size();
	const uint64 first = portal.position + 1;
	const uint64 left = first > all ? 0 : all - portal.position;
	const uint64 taken = count < left ? count : left;

	for (uint64 i = 0; i < taken; i++)
	{
		send(portal, first + i, receiver);
		if (receiver != nullptr && !receiver->wants_more())
		{
			stand_at(portal, first + i);
			return i + 1;
		}
	}
	stand_at(portal, taken < count ? all + 1 : portal.position + taken);
	return taken;
}

uint64
backward(PostroomPortal &portal, uint64 count, RowReceiver *receiver)
{
	const uint64 before = portal.position > 0 ? portal.position - 1 : 0;
	const uint64 taken = count < before ? count : before;

	if (portal.position == 0)
		return 0;
	refuse_backward(portal);
	for (uint64 i = 0; i < taken; i++)
		send(portal, before - i, receiver);
	stand_at(portal, taken < count ? 0 : portal.position - taken);
	return taken;
}

/* The one row at a position, which may be outside of the rows. */
uint64
row_at(PostroomPortal &portal, int64 position, RowReceiver *receiver)
{
	const auto all = static_cast<int64>(portal.rows.size());
	const uint64 target =
		position < 1 ? 0 : static_cast<uint64>(position > all ? all + 1 : position);

	if (target <= portal.position && portal.position > 0)
		refuse_backward(portal);
	stand_at(portal, target);
	if (portal.on_nothing())
		return 0;
	send(portal, target, receiver);
	return 1;
}

/* The row that it stands on, once more. */
uint64
current_row(PostroomPortal &portal, RowReceiver *receiver)
{
	if (portal.on_nothing())
		return 0;
	if (receiver != nullptr)
		refuse_backward(portal);
	send(portal, portal.position, receiver);
	return 1;
}

uint64
absolute(PostroomPortal &portal, long count, RowReceiver *receiver)
{
	if (count >= 0)
		return row_at(portal, count, receiver);
	refuse_backward(portal);
	return row_at(portal, static_cast<int64>(portal.rows.size()) + 1 + count, receiver);
}

uint64
fetch_rows(PostroomPortal &portal, FetchDirection direction, long count, RowReceiver *receiver)
{
	if (receiver != nullptr)
		receiver->start(portal.rows.columns());
	switch (direction)
	{
		case FETCH_ABSOLUTE: return absolute(portal, count, receiver);
		case FETCH_RELATIVE:
			if (count == 0)
				return current_row(portal, receiver);
			return row_at(portal, static_cast<int64>(portal.position) + count, receiver);
		case FETCH_FORWARD:
		case FETCH_BACKWARD: break;
	}
	if (count == 0)
		return current_row(portal, receiver);

	const bool is_forward = (direction == FETCH_FORWARD) == (count > 0);
	const auto rows = static_cast<uint64>(count > 0 ? count : -count);

	return is_forward ? forward(portal, rows, receiver) : backward(portal, rows, receiver);
}

} /* namespace */

PostroomPortal &
CreatePortalNamed(const std::string &wanted)
{
	return CreatePortalExactly(wanted.empty() ? fresh_name() : wanted);
}

PostroomPortal &
CreatePortalExactly(const std::string &name)
{
	watch_transactions();
	if (portals().contains(name))
		Raise(Report(ERROR, ERRCODE_DUPLICATE_CURSOR)
				  .msg("cursor \"%s\" already exists", name.c_str()));

	auto made = std::make_unique<PostroomPortal>();
	PortalData &pub = made->pub;

	made->name = name;
	pub = {};
	pub.name = made->name.c_str();
	pub.portalContext =
		AllocSetContextCreate(TopMemoryContext, "PortalContext", ALLOCSET_SMALL_SIZES);
	pub.resowner = CurTransactionResourceOwner;
	pub.createSubid = GetCurrentSubTransactionId();
	pub.status = PORTAL_NEW;
	pub.cursorOptions = CURSOR_OPT_NO_SCROLL;
	pub.atStart = pub.atEnd = true;
	pub.creation_time = GetCurrentStatementStartTimestamp();
	pub.visible = true;
	pub.pr_portal = made.get();
	return *portals().emplace(name, std::move(made)).first->second;
}

PostroomPortal *
FindPortal(std::string_view name)
{
	const auto found = portals().find(name);

	return found == portals().end() ? nullptr : found->second.get();
}

void
DropPortal(PostroomPortal &portal)
{
	if (portal.pub.portalPinned)
		Raise(Report(ERROR, ERRCODE_INVALID_CURSOR_STATE)
				  .msg("cannot drop pinned portal \"%s\"", portal.name.c_str()));
	if (portal.pub.status == PORTAL_ACTIVE)
		Raise(Report(ERROR, ERRCODE_INVALID_CURSOR_STATE)
				  .msg("cannot drop active portal \"%s\"", portal.name.c_str()));
	remove(portals().find(portal.name));
}

void
DropAllPortals()
{
	for (auto entry = portals().begin(); entry != portals().end();)
		if (entry->second->pub.status == PORTAL_ACTIVE)
			++entry;
		else
			entry = remove(entry);
}

PostroomPortal &
OpenCursor(const std::string &name, PreparedPlan &plan, std::span<const Value> parameters,
		   int options, const RunSource &source)
{
	PostroomPortal &portal = CreatePortalNamed(name);
	const std::string name_now = portal.name;

	try
	{
		const RunResult result = plan.run(parameters, portal.rows, 0, source);
		const MemoryContextScope scope(portal.pub.portalContext);

		portal.source = plan.whole_text();
		portal.pub.sourceText = portal.source.c_str();
		portal.pub.commandTag = CompletionOfTag(result.tag).commandTag;
		portal.pub.tupDesc = MakeTupleDesc(portal.rows.columns());
	}
	catch (...)
	{
		if (const auto entry = portals().find(name_now); entry != portals().end())
			remove(entry);
		throw;
	}
	portal.pub.cursorOptions = options;
	portal.pub.status = PORTAL_READY;
	stand_at(portal, 0);
	return portal;
}

uint64
SendForward(PostroomPortal &portal, uint64 count, RowReceiver &receiver)
{
	return forward(portal, count, &receiver);
}

uint64
FetchFrom(PostroomPortal &portal, FetchDirection direction, long count, RowReceiver *receiver)
{
	if (portal.pub.status != PORTAL_READY)
		Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
				  .msg("portal \"%s\" cannot be run", portal.name.c_str()));
	try
	{
		return fetch_rows(portal, direction, count, receiver);
	}
	catch (...)
	{
		portal.pub.status = PORTAL_FAILED;
		throw;
	}
}

} /* namespace pg */

extern "C"
{
	Portal GetPortalByName(const char *name)
	{
		PostroomPortal *portal = name == nullptr ? nullptr : pg::FindPortal(name);

		return portal == nullptr ? nullptr : &portal->pub;
	}

	void PinPortal(Portal portal)
	{
		if (portal->portalPinned)
			pg::FromC([] { pg::Raise(pg::Report(ERROR).msg("portal already pinned")); });
		portal->portalPinned = true;
	}

	void UnpinPortal(Portal portal)
	{
		if (!portal->portalPinned)
			pg::FromC([] { pg::Raise(pg::Report(ERROR).msg("portal not pinned")); });
		portal->portalPinned = false;
	}
}
