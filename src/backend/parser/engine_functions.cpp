/*
 * engine_functions.cpp
 *		Engine functions that lowered SQL needs and no SQL function of PostgreSQL's stands for.
 *
 *		pg_single(v)			aggregate: the one value of a scalar sub-query; 21000 at a second row
 *		pg_sorted(...)			aggregate with ORDER BY, see sorted_aggregate.h
 *		pg_limit(n) pg_offset(n)	null is no limit; 2201W and 2201X when negative
 *		pg_row_id(v, table, column)	v, or 23502 when it is null: the engine would make a number up
 *		pg_array_of(text, ...)	array value of elements given as text
 *		pg_array_of_rows(text)	the same, as an aggregate
 *		pg_array_has(array, text)	three-valued membership
 *
 * Every process with a session.  Arrays lie in the engine as PostgreSQL prints them.
 */
#include "parser/plan.h"

#include <optional>

#include "parser/sorted_aggregate.h"
#include "utils/adt/array_text.h"
#include "utils/error/report.h"

namespace pg
{

namespace
{

class SingleState : public AggregateState
{
public:
	void step(FunctionCall &call) override
	{
		if (seen_)
			Raise(Report(ERROR, ERRCODE_CARDINALITY_VIOLATION)
					  .msg("more than one row returned by a subquery used as an expression"));
		seen_ = true;
		value_ = call.arg(0);
		bytes_ = value_.bytes;
	}

	void finish(FunctionCall &call) override
	{
		if (!seen_ || value_.is_null())
			return;
		value_.bytes = bytes_;
		call.set_result(value_);
	}

private:
	bool seen_ = false;
	Value value_;
	std::string bytes_;
};

void
append_element(const Value &value, std::string *array)
{
	AppendElement(value.is_null() ? std::optional<std::string_view>() : value.bytes, array);
}

class ArrayState : public AggregateState
{
public:
	void step(FunctionCall &call) override { append_element(call.arg(0), &array_); }

	void finish(FunctionCall &call) override { call.set_result(Value::Text(array_ + '}')); }

private:
	std::string array_ = "{";
};

void
array_of(FunctionCall &call)
{
	std::string array = "{";

	for (int i = 0; i < call.arg_count(); i++)
		append_element(call.arg(i), &array);
	array += '}';
	call.set_result(Value::Text(array));
}

void
array_has(FunctionCall &call)
{
	const Value wanted = call.arg(1);
	bool saw_null = false;

	if (call.arg(0).is_null())
		return;
	for (const std::optional<std::string> &element : ReadArray(call.arg(0).bytes))
	{
		if (!element || wanted.is_null())
			saw_null = true;
		else if (*element == wanted.bytes)
		{
			call.set_result(Value::Bool(true));
			return;
		}
	}
	if (!saw_null)
		call.set_result(Value::Bool(false));
}

void
limit(FunctionCall &call)
{
	const Value value = call.arg(0);

	if (!value.is_null() && value.integer < 0)
		Raise(Report(ERROR, ERRCODE_INVALID_ROW_COUNT_IN_LIMIT_CLAUSE)
				  .msg("LIMIT must not be negative"));
	call.set_result(value.is_null() ? Value::Int(-1) : value);
}

void
offset(FunctionCall &call)
{
	const Value value = call.arg(0);

	if (!value.is_null() && value.integer < 0)
		Raise(Report(ERROR, ERRCODE_INVALID_ROW_COUNT_IN_RESULT_OFFSET_CLAUSE)
				  .msg("OFFSET must not be negative"));
	call.set_result(value.is_null() ? Value::Int(0) : value);
}

void
row_id(FunctionCall &call)
{
	const Value value = call.arg(0);

	if (!value.is_null())
	{
		call.set_result(value);
		return;
	}
	const std::string table(call.arg(1).bytes), column(call.arg(2).bytes);
	Report report(ERROR, ERRCODE_NOT_NULL_VIOLATION);

	report.table_name = table;
	report.column_name = column;
	Raise(report.msg("null value in column \"%s\" of relation \"%s\" violates not-null constraint",
					 column.c_str(), table.c_str()));
}

constexpr EngineFunction kFunctions[] = {
	{"pg_limit", 1, true, false, limit},		 {"pg_offset", 1, true, false, offset},
	{"pg_row_id", 3, true, false, row_id},		 {"pg_array_of", -1, true, false, array_of},
	{"pg_array_has", 2, true, false, array_has},
};

constexpr EngineAggregate kAggregates[] = {
	{"pg_single", 1,
	 []() -> std::unique_ptr<AggregateState> { return std::make_unique<SingleState>(); }},
	{"pg_sorted", -1, parser::MakeSortedAggregate},
	{"pg_array_of_rows", 1,
	 []() -> std::unique_ptr<AggregateState> { return std::make_unique<ArrayState>(); }},
};

} /* namespace */

std::span<const EngineFunction>
ParserEngineFunctions()
{
	return kFunctions;
}

std::span<const EngineAggregate>
ParserEngineAggregates()
{
	return kAggregates;
}

} /* namespace pg */
