/*
 * pl/plpgsql/arrays.cpp
 *		Assignment to parts of arrays, and loops over them.
 *
 * Backends and workers inside a transaction.
 */
#include "catalog/pg_type_d.h"
#include "pl/plpgsql/interpreter.h"
#include "utils/adt/array_edit.h"
#include "utils/adt/registry.h"
#include "utils/error/report.h"

namespace pg::plpgsql
{
namespace
{

bool
is_array(Oid type)
{
	const TypeDef *const def = FindType(type);

	return def != nullptr && def->element_oid != 0 && def->category == 'A';
}

} /* namespace */

/* A subscript; nothing for one that was left out. */
std::optional<int>
Interpreter::bound(Expression *piece)
{
	if (piece == nullptr)
		return std::nullopt;

	const Result result = evaluate(*piece);
	const Kept value = converted(result.value.get(), result.type, INT4OID, -1);

	if (value.is_null())
		Raise(Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED)
				  .msg("array subscript in assignment must not be null"));
	return static_cast<int>(value.get().integer);
}

/* array[i] := value, array[i:j] := value */
void
Interpreter::assign_part(const Statement &stmt, const Result &value)
{
	const Target &target = stmt.targets[0];
	const Held held = held_by(target);

	if (!is_array(held.type))
		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("cannot subscript type %s because it does not support subscripting",
					   FormatType(held.type).c_str()));

	ArrayText array = held.value.is_null() ? ArrayText() : ParseArray(held.value.get().bytes);
	std::vector<SliceBounds> bounds;
	std::vector<int> places;
	bool is_slice = false;

	for (const Subscript &subscript : stmt.subscripts)
	{
		const std::optional<int> upper = bound(subscript.upper);

		is_slice = is_slice || subscript.is_slice;
		places.push_back(upper.value_or(0));
		bounds.push_back({subscript.is_slice ? bound(subscript.lower) : 1, upper});
	}

	const Oid wanted = is_slice ? held.type : FindType(held.type)->element_oid;
	const Kept part = converted(value.value.get(), value.type, wanted, -1);

	if (!is_slice)
		SetArrayElement(&array, places,
						part.is_null() ? std::nullopt
									   : std::optional(ValueOut(wanted, part.get())));
	else if (part.is_null())
		return;
	else
		SetArraySlice(&array, bounds, ParseArray(part.get().bytes));

	const std::string text = FormatArray(array);

	assign(target, Value::Text(text), held.type);
}

/* The value of a variable or of a record's field, and its type. */
Interpreter::Held
Interpreter::held_by(const Target &target)
{
	const Cell &found = cell(target.variable);

	if (target.field.empty())
		return {found.value, found.type};
	for (size_t i = 0; i < found.columns.size(); i++)
		if (found.columns[i].name == target.field)
			return {found.fields[i], found.columns[i].type};
	Raise(Report(ERROR, ERRCODE_UNDEFINED_COLUMN)
			  .msg("record \"%s\" has no field \"%s\"", variable(target.variable).name.c_str(),
				   target.field.c_str()));
}

/* ---- FOREACH ---- */

Interpreter::Flow
Interpreter::array_loop(const Statement &stmt)
{
	const Result result = evaluate(*stmt.expression);

	if (result.value.is_null())
		Raise(Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED)
				  .msg("FOREACH expression must not be null"));
	if (!is_array(result.type))
		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("FOREACH expression must yield an array, not type %s",
					   FormatType(result.type).c_str()));

	const ArrayText array = ParseArray(result.value.get().bytes);
	const int dimensions = static_cast<int>(array.dims.size());

	if (stmt.slice < 0 || stmt.slice > dimensions)
		Raise(Report(ERROR, ERRCODE_ARRAY_SUBSCRIPT_ERROR)
				  .msg("slice dimension (%d) is out of the valid range 0..%d", stmt.slice,
					   dimensions));

	const bool wants_array = is_array(held_by(stmt.targets[0]).type);

	if (stmt.slice > 0 && !wants_array)
		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("FOREACH ... SLICE loop variable must be of an array type"));
	if (stmt.slice == 0 && wants_array)
		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("FOREACH loop variable must not be of an array type"));
	return slice_loop(stmt, array, result.type);
}

/* One turn for each array of the last stmt.slice dimensions; for each element when that is none. */
Interpreter::Flow
Interpreter::slice_loop(const Statement &stmt, const ArrayText &array, Oid type)
{
	const Oid element_type = FindType(type)->element_oid;
	const auto inner = static_cast<ptrdiff_t>(stmt.slice);
	ArrayText part{{array.dims.end() - inner, array.dims.end()},
				   {array.lower.end() - inner, array.lower.end()},
				   {}};
	size_t size = 1;
	Flow flow = Flow::Next;

	for (const int length : part.dims)
		size *= static_cast<size_t>(length);
	for (size_t at = 0; at < array.elements.size(); at += size)
	{
		std::string text;

		if (inner > 0)
		{
			const auto first = array.elements.begin() + static_cast<ptrdiff_t>(at);

			part.elements.assign(first, first + static_cast<ptrdiff_t>(size));
			text = FormatArray(part);
			assign(stmt.targets[0], Value::Text(text), type);
		}
		else if (const std::optional<std::string> &element = array.elements[at])
			assign(stmt.targets[0], ValueIn(element_type, *element, -1, &text), element_type);
		else
			assign(stmt.targets[0], Value::Null(), element_type);
		if (turn(stmt, &flow))
			break;
	}
	set_found(!array.elements.empty());
	return flow;
}

} /* namespace pg::plpgsql */
