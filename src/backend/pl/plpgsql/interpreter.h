/*
 * pl/plpgsql/interpreter.h
 *		One run of a PL/pgSQL function.
 *
 * Backends and workers inside a transaction; only this folder includes it.
 */
#pragma once

#include <exception>

#include "executor/portal.h"
#include "executor/triggers.h"
#include "pl/plpgsql/plpgsql.h"
#include "pl/plpgsql/tree.h"
#include "utils/adt/array_text.h"

namespace pg::plpgsql
{

/* A row of a query, with names and types as the columns had them. */
struct Row
{
	std::vector<Kept> values;
};

struct Rows
{
	std::vector<ResultColumn> columns;
	std::vector<Row> rows;
	uint64 processed = 0;
	bool returned_rows = false;

	void add(std::span<const Value> values)
	{
		Row &row = rows.emplace_back();

		for (const Value &value : values)
			row.values.emplace_back(value);
	}
};

/* A variable of a running function. */
struct Cell
{
	Oid type = 0;
	int32 typmod = -1;
	Kept value;
	/* A record: nothing was assigned yet while columns is empty. */
	std::vector<ResultColumn> columns;
	std::vector<Kept> fields;
	bool is_null_row = false; /* it has columns, but there is no row */
};

class Interpreter
{
public:
	Interpreter(Function &function, bool may_commit);

	void set_argument(int parameter, const Value &value);
	/* The variables of a trigger function. */
	void set_trigger(const TriggerFiring &firing);
	/* Runs it; errors get the line as context. */
	void run();
	/* What the place that calls takes; before run(). */
	void expect(const CallType &result);
	/* The OUT and INOUT parameters. */
	std::vector<Kept> outputs() const;
	/* The rows of a set; the one row of another function. */
	std::vector<ResultRow> take_rows();
	/* What a trigger function returned; none: NULL. */
	std::optional<TriggerRow> returned_row(const RelationInfo &table);

private:
	/* How a statement ended. */
	enum class Flow : uint8_t
	{
		Next,
		Exit,
		Continue,
		Return
	};

	/* ---- interpreter.cpp: statements ---- */
	void run_body();
	Flow statements(const Statements &list);
	Flow statement(const Statement &stmt);
	Flow dispatch(const Statement &stmt);
	Flow block(const Statement &stmt);
	Flow guarded(const Statement &stmt);
	const Handler *handler_for(const Statement &stmt, const PgError &error) const;
	void initialise(const Statement &stmt);
	Flow if_statement(const Statement &stmt);
	Flow case_statement(const Statement &stmt);
	/* The body once; true when the loop is over, and then *flow is how. */
	bool turn(const Statement &stmt, Flow *flow);
	Flow plain_loop(const Statement &stmt);
	Flow integer_loop(const Statement &stmt);
	Flow query_loop(const Statement &stmt);
	Flow array_loop(const Statement &stmt);
	Flow slice_loop(const Statement &stmt, const ArrayText &array, Oid type);
	Flow exit_statement(const Statement &stmt);
	void sql(const Statement &stmt);
	void call_statement(const Statement &stmt);
	int output_variable(const Expression &piece, const void *argument) const;
	std::vector<int> output_variables(Expression &piece);
	void execute(const Statement &stmt);
	void store_into(const Statement &stmt, const Rows &rows);
	void get_diagnostics(const Statement &stmt);
	std::string diagnostic(const Statement &stmt, const std::string &item) const;
	void end_transaction(bool commit, bool chain);
	std::string context_line() const;
	/* ---- cursors.cpp ---- */
	PostroomPortal &portal_of(int place);
	void open_bound(const Statement &stmt);
	void open(const Statement &stmt);
	void fetch(const Statement &stmt);
	void close(const Statement &stmt);
	Flow cursor_loop(const Statement &stmt);
	/* ---- returns.cpp ---- */
	Flow return_statement(const Statement &stmt);
	void return_next(const Statement &stmt);
	void return_query(const Statement &stmt);
	void begin_cast();
	void check_query(const std::vector<Oid> &types) const;
	ResultRow output_row();
	ResultRow record_row(const Cell &record);
	ResultRow value_row(const Value &value, Oid type);
	ResultRow row_of_shape(const std::vector<Value> &values, const std::vector<Oid> &types,
						   const char *message);
	/* ---- trigger.cpp ---- */
	void set_trigger_row(TriggerVariable which, const RelationInfo &table, const TriggerRow *row);
	void set_trigger_text(TriggerVariable which, std::string_view text);
	void copy_record(int from, int to);
	/* ---- raise.cpp ---- */
	void raise(const Statement &stmt);
	std::string formatted(const Statement &stmt);
	void raise_option(const std::string &name, const std::string &text, Report *report);
	void assertion(const Statement &stmt);

	/* ---- variables.cpp: values and SQL ---- */
	struct Result
	{
		Kept value;
		Oid type = 0;
	};
	Cell &cell(int variable) { return cells_[static_cast<size_t>(variable)]; }
	const Variable &variable(int place) const
	{
		return function_.variables[static_cast<size_t>(place)];
	}
	std::string shape_of(const Expression &piece) const;
	void bind_names(Expression &piece);
	PreparedPlan &prepared(Expression &piece, std::shared_ptr<PreparedPlan> *own);
	std::vector<Value> parameters(const Expression &piece) const;
	Rows run_sql(Expression &piece, uint64 max_rows);
	Rows run_text(const std::string &text, const std::vector<Expression *> &arguments,
				  uint64 max_rows);
	std::shared_ptr<const ParameterNames> dynamic_names() const;
	Rows run_dynamic(const Statement &stmt, uint64 max_rows);
	/* Opens a cursor over the query, whose portal has the variable's name or gives it one. */
	void open_cursor(int place, Expression &query, int options);
	void open_dynamic(const Statement &stmt);
	Result evaluate(Expression &piece);
	bool condition(Expression &piece);
	std::string text_of(Expression &piece);
	Kept converted(const Value &value, Oid from, Oid to, int32 typmod);
	/* What a target has now. */
	struct Held
	{
		Kept value;
		Oid type = 0;
	};
	Held held_by(const Target &target);
	void assign_part(const Statement &stmt, const Result &value);
	std::optional<int> bound(Expression *piece);
	void assign(const Target &target, const Value &value, Oid type);
	void assign_row(const std::vector<Target> &targets, const Rows &rows, const Row *row);
	void set_found(bool found);
	void shape_row_variable(int place);
	/* A variable's value; of a record, the text of its row. */
	Kept whole_value(const Cell &held) const;
	/* Fills a record from a row's text, whose columns the type says, or the record itself. */
	void set_record(Cell *held, bool keeps_columns, const Value &row, Oid type);

	Function &function_;
	const bool may_commit_;
	std::map<std::string, std::pair<Oid, char>, std::less<>> transitions_; /* of a trigger */
	std::vector<Cell> cells_;
	Oid result_type_ = 0;
	RowShape shape_; /* of the rows that are returned; none: values that are no rows */
	ResultRow result_;
	std::vector<ResultRow> result_rows_;
	std::optional<Cell> result_record_; /* of a trigger function */
	std::string exit_label_;
	uint64 row_count_ = 0;
	bool rethrown_ = false; /* by a bare RAISE: the error has its context */
	const Statement *current_ = nullptr;
	const char *phase_ = nullptr;		   /* instead of the statement: "during ..." */
	std::vector<const PgError *> handled_; /* errors whose handlers run, innermost last */
};

/* Raises that a value which is no row was returned or assigned where one has to be. */
[[noreturn]] void RaiseNotRecord(Oid type);

} /* namespace pg::plpgsql */
