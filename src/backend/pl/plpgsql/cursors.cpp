/*
 * pl/plpgsql/cursors.cpp
 *		OPEN, FETCH, MOVE, CLOSE and FOR over a cursor.
 *
 * Backends and workers inside a transaction.  A cursor is a portal of the session's (executor/portal.h); the
 * variable holds its name, so that other functions, and the client, reach it.
 */
#include "catalog/pg_type_d.h"
#include "pl/plpgsql/interpreter.h"
#include "utils/error/report.h"

namespace pg::plpgsql
{
namespace
{

class Fetched final : public RowReceiver
{
public:
	explicit Fetched(Rows *rows) : rows_(*rows) {}

	void start(std::span<const ResultColumn>) override {}
	void row(std::span<const Value> values) override { rows_.add(values); }

private:
	Rows &rows_;
};

/* Nobody closes the cursor of a loop within it. */
class PinMark
{
public:
	explicit PinMark(PostroomPortal &portal) : portal_(&portal)
	{
		portal_->pub.portalPinned = true;
	}
	/* The loop went well. What an error leaves, the transaction's end takes away. */
	void drop()
	{
		portal_->pub.portalPinned = false;
		DropPortal(*portal_);
	}

private:
	PostroomPortal *portal_;
};

} /* namespace */

PostroomPortal &
Interpreter::portal_of(int place)
{
	const Kept &name = cell(place).value;

	if (name.is_null())
		Raise(Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED)
				  .msg("cursor variable \"%s\" is null", variable(place).name.c_str()));

	PostroomPortal *const portal = FindPortal(name.get().bytes);

	if (portal == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_CURSOR)
				  .msg("cursor \"%s\" does not exist", std::string(name.get().bytes).c_str()));
	return *portal;
}

/* A cursor that was declared with its query; the arguments first. */
void
Interpreter::open_bound(const Statement &stmt)
{
	const Cursor &cursor = function_.cursors[static_cast<size_t>(variable(stmt.variable).cursor)];

	for (size_t i = 0; i < cursor.parameters.size(); i++)
	{
		const Result value = evaluate(*stmt.arguments[i]);

		assign({cursor.parameters[i], {}}, value.value.get(), value.type);
	}
	open_cursor(stmt.variable, *cursor.query, cursor.options);
}

void
Interpreter::open(const Statement &stmt)
{
	if (variable(stmt.variable).cursor >= 0)
		open_bound(stmt);
	else if (stmt.flag)
		open_dynamic(stmt);
	else
		open_cursor(stmt.variable, *stmt.expression, stmt.cursor_options);
}

void
Interpreter::fetch(const Statement &stmt)
{
	PostroomPortal &portal = portal_of(stmt.variable);
	const bool is_move = stmt.kind == StatementKind::Move;
	long count = stmt.count;
	Rows rows;

	if (stmt.upper != nullptr)
	{
		const Result given = evaluate(*stmt.upper);
		const Kept value = converted(given.value.get(), given.type, INT4OID, -1);

		if (value.is_null())
			Raise(Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED)
					  .msg("relative or absolute cursor position is null"));
		count = static_cast<long>(value.get().integer);
	}

	Fetched fetched(&rows);

	row_count_ = FetchFrom(portal, stmt.direction, count, is_move ? nullptr : &fetched);
	if (!is_move)
	{
		rows.columns = portal.rows.columns();
		assign_row(stmt.targets, rows, rows.rows.empty() ? nullptr : &rows.rows.front());
	}
	set_found(row_count_ > 0);
}

void
Interpreter::close(const Statement &stmt)
{
	DropPortal(portal_of(stmt.variable));
}

Interpreter::Flow
Interpreter::cursor_loop(const Statement &stmt)
{
	const bool had_name = !cell(stmt.variable).value.is_null();
	bool found = false;
	Flow flow = Flow::Next;

	open_bound(stmt);

	PostroomPortal &portal = portal_of(stmt.variable);
	PinMark pin(portal);

	/* A procedure may commit between two rows. */
	if (may_commit_)
		portal.pub.cursorOptions |= CURSOR_OPT_HOLD;
	while (true)
	{
		Rows rows;
		Fetched fetched(&rows);

		rows.columns = portal.rows.columns();
		if (FetchFrom(portal, FETCH_FORWARD, 1, &fetched) == 0)
		{
			if (!found)
				assign_row(stmt.targets, rows, nullptr);
			break;
		}
		found = true;
		assign_row(stmt.targets, rows, &rows.rows.front());
		if (turn(stmt, &flow))
			break;
	}
	pin.drop();
	if (!had_name)
		cell(stmt.variable).value.set(Value::Null());
	set_found(found);
	return flow;
}

} /* namespace pg::plpgsql */
