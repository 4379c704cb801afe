/*
 * commands/cursor_commands.cpp
 *		DECLARE, FETCH, MOVE and CLOSE.
 *
 * Backends and workers, inside a transaction.  executor/portal.cpp keeps the cursors.
 */
#include "access/transaction.h"
#include "access/xact.h"
#include "commands/commands.h"
#include "executor/portal.h"
#include "executor/spi_internals.h"

namespace pg::commands
{
namespace
{

[[noreturn]] void
raise_no_cursor(const char *name)
{
	Raise(Report(ERROR, ERRCODE_UNDEFINED_CURSOR).msg("cursor \"%s\" does not exist", name));
}

PostroomPortal &
cursor_named(const char *name)
{
	PostroomPortal *portal = FindPortal(name);

	if (name[0] == '\0')
		Raise(Report(ERROR, ERRCODE_INVALID_CURSOR_NAME)
				  .msg("invalid cursor name: must not be empty"));
	if (portal == nullptr)
		raise_no_cursor(name);
	return *portal;
}

/* FOR UPDATE and its kin need a cursor that reads rows when they are fetched. */
void
check_locking(const PgQuery__SelectStmt &query, int options)
{
	if (query.n_locking_clause == 0)
		return;
	if (options & CURSOR_OPT_HOLD)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("DECLARE CURSOR WITH HOLD ... FOR UPDATE is not supported")
				  .detail("Holdable cursors must be READ ONLY."));
	if (options & CURSOR_OPT_SCROLL)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("DECLARE SCROLL CURSOR ... FOR UPDATE is not supported")
				  .detail("Scrollable cursors must be READ ONLY."));
	if (options & CURSOR_OPT_INSENSITIVE)
		Raise(Report(ERROR, ERRCODE_INVALID_CURSOR_DEFINITION)
				  .msg("DECLARE INSENSITIVE CURSOR ... FOR UPDATE is not valid")
				  .detail("Insensitive cursors must be READ ONLY."));
}

/* The options as they hold: a cursor scrolls unless somebody said that it must not. */
int
effective_options(const PgQuery__DeclareCursorStmt &stmt)
{
	int options = stmt.options;

	if ((options & CURSOR_OPT_SCROLL) && (options & CURSOR_OPT_NO_SCROLL))
		Raise(Report(ERROR, ERRCODE_INVALID_CURSOR_DEFINITION)
				  .msg("cannot specify both SCROLL and NO SCROLL"));
	if ((options & CURSOR_OPT_ASENSITIVE) && (options & CURSOR_OPT_INSENSITIVE))
		Raise(Report(ERROR, ERRCODE_INVALID_CURSOR_DEFINITION)
				  .msg("cannot specify both ASENSITIVE and INSENSITIVE"));
	if (options & CURSOR_OPT_BINARY)
		RaiseNotSupported("a BINARY cursor");
	check_locking(*stmt.query->select_stmt, options);
	if ((options & (CURSOR_OPT_SCROLL | CURSOR_OPT_NO_SCROLL)) == 0)
		options |= stmt.query->select_stmt->n_locking_clause > 0 ? CURSOR_OPT_NO_SCROLL
																 : CURSOR_OPT_SCROLL;
	return options;
}

FetchDirection
direction_of(const PgQuery__FetchStmt &stmt)
{
	switch (stmt.direction)
	{
		case PG_QUERY__FETCH_DIRECTION__FETCH_BACKWARD: return FETCH_BACKWARD;
		case PG_QUERY__FETCH_DIRECTION__FETCH_ABSOLUTE: return FETCH_ABSOLUTE;
		case PG_QUERY__FETCH_DIRECTION__FETCH_RELATIVE: return FETCH_RELATIVE;
		default: return FETCH_FORWARD;
	}
}

} /* namespace */

std::string
RunDeclareCursor(const Command &command)
{
	const PgQuery__DeclareCursorStmt &stmt = *command.node.declare_cursor_stmt;
	const std::string name = stmt.portalname;

	if (name.empty())
		Raise(Report(ERROR, ERRCODE_INVALID_CURSOR_NAME)
				  .msg("invalid cursor name: must not be empty"));
	if (stmt.query->select_stmt->into_clause != nullptr)
		Raise(Report(ERROR, ERRCODE_INVALID_CURSOR_DEFINITION)
				  .msg("SELECT ... INTO is not allowed here")
				  .at(command.at(stmt.query->select_stmt->into_clause->rel->location)));
	if ((stmt.options & CURSOR_OPT_HOLD) == 0)
		RequireTransactionBlock(CurrentSpiFrame() == nullptr, "DECLARE CURSOR");

	const int options = effective_options(stmt);
	PreparedPlan plan(InnerStatement(command.raw, stmt.query), {});

	if (FindPortal(name) == nullptr && !plan.plan().returns_rows)
		RaiseNotSupported("a cursor of a statement without rows");
	OpenCursor(name, plan, {}, options, {});
	return "DECLARE CURSOR";
}

std::string
RunFetch(const Command &command)
{
	const PgQuery__FetchStmt &stmt = *command.node.fetch_stmt;
	PostroomPortal &portal = cursor_named(stmt.portalname);
	const uint64 rows = FetchFrom(portal, direction_of(stmt), stmt.how_many,
								  stmt.ismove ? nullptr : &command.receiver);

	return (stmt.ismove ? "MOVE " : "FETCH ") + std::to_string(rows);
}

std::string
RunClosePortal(const Command &command)
{
	const char *name = command.node.close_portal_stmt->portalname;

	if (name[0] == '\0')
	{
		DropAllPortals();
		return "CLOSE CURSOR ALL";
	}
	DropPortal(cursor_named(name));
	return "CLOSE CURSOR";
}

std::vector<ResultColumn>
FetchColumns(const PgQuery__FetchStmt &stmt)
{
	const PostroomPortal *portal = FindPortal(stmt.portalname);

	return stmt.ismove || portal == nullptr ? std::vector<ResultColumn>{} : portal->rows.columns();
}

} /* namespace pg::commands */
