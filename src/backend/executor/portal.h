/*
 * executor/portal.h
 *		The session's portals: SQL cursors, SPI's cursors, and those that modules make.
 *
 * Backends and workers with a database.  A statement runs to its end when its cursor is opened; the
 * cursor hands out the rows.  So it sees the state at its opening, and may stay open WITH HOLD.
 */
#pragma once

#include <string>

#include "executor/row_store.h"
#include "executor/run.h"
#include "nodes/parsenodes.h"
#include "utils/portal.h"

/* The server's part of a portal. */
struct PostroomPortal
{
	PortalData pub;
	std::string name;
	std::string source;
	pg::RowStore rows;
	bool filled = false; /* of a module's portal: it has run */
	uint64 position = 0; /* rows before the one it stands on, and that one: 0 to rows.size() + 1 */
	bool on_nothing() const { return position == 0 || position > rows.size(); }
};

namespace pg
{

/* A portal without a statement. Empty name: one is made up. 42P03 when there is one of that name. */
PostroomPortal &CreatePortalNamed(const std::string &name);
/* The same, but an empty name is a name. */
PostroomPortal &CreatePortalExactly(const std::string &name);
/* The next rows, count at most, without a start. */
uint64 SendForward(PostroomPortal &portal, uint64 count, RowReceiver &receiver);
/* Null when there is none. */
PostroomPortal *FindPortal(std::string_view name);
/* Raises when it is pinned or runs. */
void DropPortal(PostroomPortal &portal);
void DropAllPortals();

/*
 * Opens a cursor over a statement that returns rows: runs it, and takes its rows. options: CURSOR_OPT_
 * bits.  Nothing remains of a statement that fails.
 */
PostroomPortal &OpenCursor(const std::string &name, PreparedPlan &plan,
						   std::span<const Value> parameters, int options, const RunSource &source);

/*
 * Moves the cursor as FETCH does, and sends the rows that it passes to receiver (null: MOVE). Returns how
 * many rows these are.  count: FETCH_ALL is all.  55000 for moving a NO SCROLL cursor backward.
 */
uint64 FetchFrom(PostroomPortal &portal, FetchDirection direction, long count,
				 RowReceiver *receiver);

} /* namespace pg */
