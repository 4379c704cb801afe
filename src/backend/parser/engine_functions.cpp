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
 *		pg_subscript(array, i)	element i as text, null when there is none
 *
 * Every process with a session.  Arrays lie in the engine as PostgreSQL prints them.
 */
#include "parser/plan.h"

#include <algorithm>

#include "parser/sorted_aggregate.h"
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
	if (array->size() > 1)
		*array += ',';
	if (value.is_null())
	{
		*array += "NULL";
		return;
	}
	const std::string_view text = value.bytes;
	const bool quoted = text.empty() || text == "NULL" || text == "null" ||
						text.find_first_of("{}\",\\ \t\n\r\v\f") != std::string_view::npos;

	if (!quoted)
	{
		*array += text;
		return;
	}
	*array += '"';
	for (char c : text)
	{
		if (c == '"' || c == '\\')
			*array += '\\';
		*array += c;
	}
	*array += '"';
}

class ArrayState : public AggregateState
{
public:
	void step(FunctionCall &call) override { append_element(call.arg(0), &array_); }

	void finish(FunctionCall &call) override
	{
		array_ += '}';
		call.set_result(Value::Text(array_));
	}

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

/* Reads one element at *at, just past "{" or ",". */
std::string
next_element(std::string_view array, size_t *at, bool *is_null)
{
	std::string element;
	bool quoted = false;

	if (*at < array.size() && array[*at] == '"')
	{
		quoted = true;
		for ((*at)++; *at < array.size() && array[*at] != '"'; (*at)++)
		{
			if (array[*at] == '\\')
				(*at)++;
			if (*at < array.size())
				element += array[*at];
		}
		(*at)++;
	}
	else
	{
		while (*at < array.size() && array[*at] != ',' && array[*at] != '}')
			element += array[(*at)++];
	}
	*is_null = !quoted && (element == "NULL" || element == "null");
	return element;
}

void
array_has(FunctionCall &call)
{
	const std::string_view array = call.arg(0).bytes;
	const Value wanted = call.arg(1);
	bool saw_null = false;

	if (array.size() < 2 || array.front() != '{')
		Raise(Report(ERROR, ERRCODE_INVALID_TEXT_REPRESENTATION)
				  .msg("malformed array literal: \"%s\"", std::string(array).c_str()));
	for (size_t at = 1; at < array.size() && array[at] != '}'; at++)
	{
		bool is_null;
		const std::string element = next_element(array, &at, &is_null);

		if (is_null || wanted.is_null())
			saw_null = true;
		else if (element == wanted.bytes)
		{
			call.set_result(Value::Bool(true));
			return;
		}
		if (at < array.size() && array[at] == '}')
			break;
	}
	if (!saw_null)
		call.set_result(Value::Bool(false));
}

void
array_has_or_null(FunctionCall &call)
{
	if (!call.arg(0).is_null())
		array_has(call);
}

/* Arrays count from 1; the vectors of the catalogs ("1 2 3") from 0. */
void
subscript(FunctionCall &call)
{
	const std::string_view array = call.arg(0).bytes;
	const int64 index = call.arg(1).integer;
	int64 number = 1;

	if (array.empty() || array.front() != '{')
	{
		size_t at = 0;

		for (number = 0; at < array.size(); number++)
		{
			const size_t end = std::min(array.find(' ', at), array.size());

			if (number == index)
				call.set_result(Value::Text(array.substr(at, end - at)));
			at = end + 1;
		}
		return;
	}
	for (size_t at = 1; at < array.size() && array[at] != '}'; at++, number++)
	{
		bool is_null;
		const std::string element = next_element(array, &at, &is_null);

		if (number == index && !is_null)
			call.set_result(Value::Text(element));
		if (at < array.size() && array[at] == '}')
			break;
	}
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
	{"pg_limit", 1, true, false, limit},
	{"pg_offset", 1, true, false, offset},
	{"pg_row_id", 3, true, false, row_id},
	{"pg_array_of", -1, true, false, array_of},
	{"pg_array_has", 2, true, false, array_has_or_null},
	{"pg_subscript", 2, true, true, subscript},
};

constexpr EngineAggregate kAggregates[] = {
	{"pg_single", 1,
	 []() -> std::unique_ptr<AggregateState> { return std::make_unique<SingleState>(); }},
	{"pg_sorted", -1, parser::MakeSortedAggregate},
	{"pg_array_of_rows", 1,
	 []() -> std::unique_ptr<AggregateState> { return std::make_unique<ArrayState>(); }},
};

}  /* namespace */

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

}  /* namespace pg */
