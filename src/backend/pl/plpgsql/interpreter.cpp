/*
 * pl/plpgsql/interpreter.cpp
 *		Runs the statements of a PL/pgSQL function.
 *
 * Backends and workers inside a transaction.  A block with EXCEPTION runs in a subtransaction, which is
 * the savepoint that STYLE item 26 asks of a catch.
 */
#include "pl/plpgsql/interpreter.h"

#include "access/nonatomic.h"
#include "access/xact.h"
#include "catalog/pg_type_d.h"
#include "miscadmin.h"
#include "utils/adt/array_text.h"
#include "utils/adt/registry.h"
#include "utils/error/report.h"

namespace pg::plpgsql
{
namespace
{

/* CALL, of which the plan knows more than of other SQL. */
bool
is_call(const Statement &stmt)
{
	return stmt.kind == StatementKind::Sql &&
		   strncasecmp(stmt.expression->text.c_str(), "call", 4) == 0 &&
		   !isalnum(static_cast<unsigned char>(stmt.expression->text.c_str()[4])) &&
		   stmt.expression->text.c_str()[4] != '_';
}

/* What CONTEXT calls a statement. */
const char *
kind_text(const Statement &stmt)
{
	switch (stmt.kind)
	{
		case StatementKind::Block: return "statement block";
		case StatementKind::Assign: return "assignment";
		case StatementKind::If: return "IF";
		case StatementKind::Case: return "CASE";
		case StatementKind::Loop: return "LOOP";
		case StatementKind::While: return "WHILE";
		case StatementKind::ForInteger: return "FOR with integer loop variable";
		case StatementKind::ForQuery: return "FOR over SELECT rows";
		case StatementKind::ForExecute: return "FOR over EXECUTE statement";
		case StatementKind::ForeachArray: return "FOREACH over array";
		case StatementKind::ForCursor: return "FOR over cursor";
		case StatementKind::Open: return "OPEN";
		case StatementKind::Fetch: return "FETCH";
		case StatementKind::Move: return "MOVE";
		case StatementKind::Close: return "CLOSE";
		case StatementKind::Exit: return stmt.flag ? "CONTINUE" : "EXIT";
		case StatementKind::Return: return "RETURN";
		case StatementKind::ReturnNext: return "RETURN NEXT";
		case StatementKind::ReturnQuery: return "RETURN QUERY";
		case StatementKind::Raise: return "RAISE";
		case StatementKind::Assert: return "ASSERT";
		case StatementKind::Sql: return is_call(stmt) ? "CALL" : "SQL statement";
		case StatementKind::Execute: return "EXECUTE";
		case StatementKind::GetDiagnostics:
			return stmt.flag ? "GET STACKED DIAGNOSTICS" : "GET DIAGNOSTICS";
		case StatementKind::Perform: return "PERFORM";
		case StatementKind::Commit: return "COMMIT";
		case StatementKind::Rollback: return "ROLLBACK";
		case StatementKind::Nothing: return "NULL";
	}
	return "";
}

bool
matches(const std::vector<int> &conditions, int sqlstate)
{
	for (const int wanted : conditions)
	{
		const bool whole_class = wanted != kOthers && ERRCODE_IS_CATEGORY(wanted);

		if (wanted == kOthers && sqlstate != ERRCODE_QUERY_CANCELED &&
			sqlstate != ERRCODE_ASSERT_FAILURE)
			return true;
		if (wanted == sqlstate || (whole_class && ERRCODE_TO_CATEGORY(sqlstate) == wanted))
			return true;
	}
	return false;
}

} /* namespace */

Interpreter::Interpreter(Function &function, bool may_commit)
	: function_(function), may_commit_(may_commit), cells_(function.variables.size())
{
	for (size_t i = 0; i < cells_.size(); i++)
	{
		cells_[i].type = function.variables[i].type;
		cells_[i].typmod = function.variables[i].typmod;
		if (function.variables[i].row_of != 0)
			shape_row_variable(static_cast<int>(i));
	}
	set_found(false);
}

void
Interpreter::set_argument(int parameter, const Value &value)
{
	Cell &held = cell(parameter);

	if (variable(parameter).is_record)
		set_record(&held, variable(parameter).row_of != 0, value, variable(parameter).row_of);
	else
		held.value.set(value);
}

std::string
Interpreter::context_line() const
{
	const std::string function = "PL/pgSQL function " + function_.name;

	if (phase_ != nullptr)
		return function + (current_ != nullptr ? " line " + std::to_string(current_->line) : "") +
			   " " + phase_;
	if (current_ == nullptr)
		return function;
	return function + " line " + std::to_string(current_->line) + " at " + kind_text(*current_);
}

void
Interpreter::run()
{
	check_stack_depth();
	try
	{
		run_body();
	}
	catch (PgError &error)
	{
		if (!rethrown_)
			error.report.context("%s", context_line().c_str());
		throw;
	}
}

void
Interpreter::run_body()
{
	const Flow flow = statement(*function_.body);
	const bool needs_return = function_.result != 0 && function_.result != VOIDOID &&
							  !function_.returns_set && function_.outputs.empty();

	if (flow == Flow::Return || !needs_return)
	{
		if (!function_.outputs.empty() && !function_.returns_set && !function_.is_procedure)
			result_ = output_row();
		return;
	}
	current_ = nullptr;
	Raise(Report(ERROR, ERRCODE_S_R_E_FUNCTION_EXECUTED_NO_RETURN_STATEMENT)
			  .msg(function_.trigger >= 0
					   ? "control reached end of trigger procedure without RETURN"
					   : "control reached end of function without RETURN"));
}

Interpreter::Flow
Interpreter::statements(const Statements &list)
{
	for (const std::unique_ptr<Statement> &stmt : list)
		if (const Flow flow = statement(*stmt); flow != Flow::Next)
			return flow;
	return Flow::Next;
}

Interpreter::Flow
Interpreter::statement(const Statement &stmt)
{
	const Statement *const outer = current_;

	CHECK_FOR_INTERRUPTS();
	current_ = &stmt;

	const Flow flow = dispatch(stmt);

	current_ = outer;
	return flow;
}

Interpreter::Flow
Interpreter::dispatch(const Statement &stmt)
{
	switch (stmt.kind)
	{
		case StatementKind::Block: return block(stmt);
		case StatementKind::If: return if_statement(stmt);
		case StatementKind::Case: return case_statement(stmt);
		case StatementKind::Loop:
		case StatementKind::While: return plain_loop(stmt);
		case StatementKind::ForInteger: return integer_loop(stmt);
		case StatementKind::ForQuery:
		case StatementKind::ForExecute: return query_loop(stmt);
		case StatementKind::ForeachArray: return array_loop(stmt);
		case StatementKind::ForCursor: return cursor_loop(stmt);
		case StatementKind::Open: open(stmt); break;
		case StatementKind::Fetch:
		case StatementKind::Move: fetch(stmt); break;
		case StatementKind::Close: close(stmt); break;
		case StatementKind::Exit: return exit_statement(stmt);
		case StatementKind::Return: return return_statement(stmt);
		case StatementKind::Assign:
		{
			if (stmt.variable >= 0)
			{
				copy_record(stmt.variable, stmt.targets[0].variable);
				break;
			}

			const Result result = evaluate(*stmt.expression);

			if (stmt.subscripts.empty())
				assign(stmt.targets[0], result.value.get(), result.type);
			else
				assign_part(stmt, result);
			break;
		}
		case StatementKind::ReturnNext: return_next(stmt); break;
		case StatementKind::ReturnQuery: return_query(stmt); break;
		case StatementKind::Raise: raise(stmt); break;
		case StatementKind::Assert: assertion(stmt); break;
		case StatementKind::Sql: is_call(stmt) ? call_statement(stmt) : sql(stmt); break;
		case StatementKind::Execute: execute(stmt); break;
		case StatementKind::Perform:
			row_count_ = run_sql(*stmt.expression, 0).processed;
			set_found(row_count_ > 0);
			break;
		case StatementKind::GetDiagnostics: get_diagnostics(stmt); break;
		case StatementKind::Commit: end_transaction(true, stmt.flag); break;
		case StatementKind::Rollback: end_transaction(false, stmt.flag); break;
		case StatementKind::Nothing: break;
	}
	return Flow::Next;
}

/* ---- Blocks ---- */

void
Interpreter::initialise(const Statement &stmt)
{
	phase_ = "during statement block local variable initialization";
	for (const int place : stmt.locals)
	{
		const Variable &info = variable(place);
		Cell &held = cell(place);

		held.value.set(Value::Null());
		/* A cursor's portal is named like it. */
		if (info.cursor >= 0)
			held.value.set(Value::Text(info.name));
		held.is_null_row = false;
		if (info.is_record && info.row_of == 0)
		{
			held.columns.clear();
			held.fields.clear();
		}
		else if (info.is_record)
			shape_row_variable(place);
		if (info.initial == nullptr)
			continue;

		const Result result = evaluate(*info.initial);

		assign({place, {}}, result.value.get(), result.type);
	}
	phase_ = nullptr;
}

Interpreter::Flow
Interpreter::block(const Statement &stmt)
{
	initialise(stmt);

	const Flow flow = stmt.has_handlers ? guarded(stmt) : statements(stmt.body);

	/* EXIT with the block's label ends the block. */
	if (flow == Flow::Exit && !stmt.label.empty() && exit_label_ == stmt.label)
		return Flow::Next;
	return flow;
}

const Handler *
Interpreter::handler_for(const Statement &stmt, const PgError &error) const
{
	for (const Handler &handler : stmt.handlers)
		if (matches(handler.conditions, error.sqlstate()))
			return &handler;
	return nullptr;
}

/* The body in a subtransaction; its error, once that is rolled back, goes to a handler. */
Interpreter::Flow
Interpreter::guarded(const Statement &stmt)
{
	std::optional<PgError> caught;

	BeginInternalSubTransaction(nullptr);
	try
	{
		phase_ = nullptr;

		const Flow flow = statements(stmt.body);

		ReleaseCurrentSubTransaction();
		return flow;
	}
	catch (const PgError &error)
	{
		caught.emplace(error);
	}
	RollbackAndReleaseCurrentSubTransaction();

	const Handler *const handler = handler_for(stmt, *caught);

	if (handler == nullptr)
		throw PgError(*caught);
	if (!rethrown_)
		caught->report.context("%s", context_line().c_str());
	rethrown_ = false;
	phase_ = nullptr;
	current_ = &stmt;
	cell(stmt.state_variable).value.set(Value::Text(unpack_sql_state(caught->sqlstate())));
	cell(stmt.message_variable).value.set(Value::Text(caught->report.message));
	handled_.push_back(&*caught);
	try
	{
		const Flow flow = statements(handler->body);

		handled_.pop_back();
		return flow;
	}
	catch (const PgError &)
	{
		handled_.pop_back();
		throw;
	}
}

/* ---- IF, CASE, loops ---- */

Interpreter::Flow
Interpreter::if_statement(const Statement &stmt)
{
	for (const Branch &branch : stmt.branches)
		if (condition(*branch.condition))
			return statements(branch.body);
	return statements(stmt.body);
}

Interpreter::Flow
Interpreter::case_statement(const Statement &stmt)
{
	if (stmt.expression != nullptr)
	{
		const Result result = evaluate(*stmt.expression);

		cell(stmt.variable).type = result.type == UNKNOWNOID ? TEXTOID : result.type;
		cell(stmt.variable).value = result.value;
	}
	for (const Branch &branch : stmt.branches)
		if (condition(*branch.condition))
			return statements(branch.body);
	if (!stmt.has_else)
		Raise(Report(ERROR, ERRCODE_CASE_NOT_FOUND)
				  .msg("case not found")
				  .hint("CASE statement is missing ELSE part."));
	return statements(stmt.body);
}

bool
Interpreter::turn(const Statement &stmt, Flow *flow)
{
	CHECK_FOR_INTERRUPTS();
	*flow = statements(stmt.body);

	const bool is_mine = exit_label_.empty() || exit_label_ == stmt.label;

	switch (*flow)
	{
		case Flow::Next: return false;
		case Flow::Return: return true;
		case Flow::Exit:
			if (is_mine)
				*flow = Flow::Next;
			return true;
		case Flow::Continue:
			if (!is_mine)
				return true;
			*flow = Flow::Next;
			return false;
	}
	return true;
}

Interpreter::Flow
Interpreter::plain_loop(const Statement &stmt)
{
	Flow flow = Flow::Next;

	while (stmt.expression == nullptr || condition(*stmt.expression))
		if (turn(stmt, &flow))
			return flow;
	return Flow::Next;
}

Interpreter::Flow
Interpreter::integer_loop(const Statement &stmt)
{
	const auto bound = [&](Expression *piece, const char *what) -> int64
	{
		const Result result = evaluate(*piece);
		const Kept value = converted(result.value.get(), result.type, INT4OID, -1);

		if (value.is_null())
			Raise(Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED)
					  .msg("%s of FOR loop cannot be null", what));
		return value.get().integer;
	};
	const int64 first = bound(stmt.expression, "lower bound");
	const int64 last = bound(stmt.upper, "upper bound");
	const int64 step = stmt.by != nullptr ? bound(stmt.by, "BY value") : 1;
	bool found = false;
	Flow flow = Flow::Next;

	if (step <= 0)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("BY value of FOR loop must be greater than zero"));
	for (int64 i = first; stmt.flag ? i >= last : i <= last; i += stmt.flag ? -step : step)
	{
		found = true;
		cell(stmt.targets[0].variable).value.set(Value::Int(i));
		if (turn(stmt, &flow))
			break;
	}
	set_found(found);
	return flow;
}

/* All rows are read first: the body may change what the query reads. */
Interpreter::Flow
Interpreter::query_loop(const Statement &stmt)
{
	const Rows rows =
		stmt.kind == StatementKind::ForQuery ? run_sql(*stmt.expression, 0) : run_dynamic(stmt, 0);
	Flow flow = Flow::Next;

	if (!rows.returned_rows)
		Raise(Report(ERROR, ERRCODE_INVALID_CURSOR_DEFINITION)
				  .msg("cannot open a query that returns no rows as a cursor"));
	for (const Row &row : rows.rows)
	{
		assign_row(stmt.targets, rows, &row);
		if (turn(stmt, &flow))
			break;
	}
	if (rows.rows.empty())
		assign_row(stmt.targets, rows, nullptr);
	set_found(!rows.rows.empty());
	return flow;
}

Interpreter::Flow
Interpreter::exit_statement(const Statement &stmt)
{
	if (stmt.expression != nullptr && !condition(*stmt.expression))
		return Flow::Next;
	exit_label_ = stmt.label;
	return stmt.flag ? Flow::Continue : Flow::Exit;
}

/* ---- SQL ---- */

void
Interpreter::store_into(const Statement &stmt, const Rows &rows)
{
	if (!rows.returned_rows)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("INTO used with a command that cannot return data"));
	if (stmt.strict && rows.rows.empty())
		Raise(Report(ERROR, ERRCODE_NO_DATA_FOUND).msg("query returned no rows"));
	if (rows.rows.size() > 1 && stmt.strict)
		Raise(Report(ERROR, ERRCODE_TOO_MANY_ROWS)
				  .msg("query returned more than one row")
				  .hint("Make sure the query returns a single row, or use LIMIT 1."));
	assign_row(stmt.targets, rows, rows.rows.empty() ? nullptr : &rows.rows.front());
}

void
Interpreter::sql(const Statement &stmt)
{
	/* A change that returns rows is made in full. */
	const bool is_query =
		stmt.has_into && (stmt.expression->text.size() > 6 &&
						  strncasecmp(stmt.expression->text.c_str(), "select", 6) == 0);
	const Rows rows = run_sql(*stmt.expression, !is_query ? 0 : stmt.strict ? 2 : 1);

	if (!stmt.has_into && rows.returned_rows)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("query has no destination for result data")
				  .hint("If you want to discard the results of a SELECT, use PERFORM instead."));
	row_count_ = rows.processed;
	set_found(row_count_ > 0);
	if (stmt.has_into)
		store_into(stmt, rows);
}

void
Interpreter::execute(const Statement &stmt)
{
	const Rows rows = run_dynamic(stmt, 0);

	row_count_ = rows.processed;
	if (stmt.has_into)
		store_into(stmt, rows);
}

std::vector<Kept>
Interpreter::outputs() const
{
	std::vector<Kept> values;

	for (const int place : function_.outputs)
		values.push_back(whole_value(cells_[static_cast<size_t>(place)]));
	return values;
}

std::string
Interpreter::diagnostic(const Statement &stmt, const std::string &item) const
{
	if (item == "pg_context")
		return context_line();
	if (handled_.empty())
		Raise(Report(ERROR, ERRCODE_STACKED_DIAGNOSTICS_ACCESSED_WITHOUT_ACTIVE_HANDLER)
				  .msg("GET STACKED DIAGNOSTICS cannot be used outside an exception handler"));
	(void) stmt;

	const Report &report = handled_.back()->report;

	if (item == "returned_sqlstate")
		return unpack_sql_state(report.sqlstate);
	if (item == "message_text")
		return report.message;
	if (item == "pg_exception_detail")
		return report.detail_text;
	if (item == "pg_exception_hint")
		return report.hint_text;
	if (item == "pg_exception_context")
		return report.context_text;
	if (item == "column_name")
		return report.column_name;
	if (item == "constraint_name")
		return report.constraint_name;
	if (item == "pg_datatype_name")
		return report.datatype_name;
	return item == "table_name" ? report.table_name : report.schema_name;
}

void
Interpreter::get_diagnostics(const Statement &stmt)
{
	for (const DiagnosticsItem &item : stmt.items)
	{
		if (item.name == "row_count")
		{
			assign(item.target, Value::Int(static_cast<int64>(row_count_)), INT8OID);
			continue;
		}

		const std::string text = diagnostic(stmt, item.name);

		assign(item.target, Value::Text(text), TEXTOID);
	}
}

/* COMMIT and ROLLBACK end the transaction around a client's DO or CALL, and begin the next. */
void
Interpreter::end_transaction(bool commit, bool chain)
{
	if (!may_commit_)
		Raise(Report(ERROR, ERRCODE_INVALID_TRANSACTION_TERMINATION)
				  .msg("invalid transaction termination"));
	EndTransactionWithin(commit, chain);
}

} /* namespace pg::plpgsql */
