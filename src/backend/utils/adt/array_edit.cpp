/*
 * utils/adt/array_edit.cpp
 *		Elements and slices of arrays.
 *
 * Any process.
 *
 *		pg_subscript(array, i, ...)						the element as text
 *		pg_slice(array, bounds, lower, upper, ...)		the slice
 *		pg_array_set(array, text, i, ...)				the array with another element
 *		pg_array_set_slice(array, array, bounds, lower, upper, ...)
 *		pg_array_stack(array, ...)						ARRAY[array, ...]
 *
 * `bounds` has a letter for each dimension, which says what of lower and upper was given: b(oth), l, u, n(one).
 */
#include "utils/adt/array_edit.h"

#include <algorithm>

#include "utils/adt/adt_internals.h"
#include "utils/array.h"
#include "utils/memutils.h"

namespace pg
{

namespace
{

[[noreturn]] void
raise_subscript(const char *message)
{
	Raise(Report(ERROR, ERRCODE_ARRAY_SUBSCRIPT_ERROR).msg("%s", message));
}

[[noreturn]] void
raise_size()
{
	Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
			  .msg("array size exceeds the maximum allowed (%d)", static_cast<int>(MaxArraySize)));
}

int
upper_of(const ArrayText &array, size_t dimension)
{
	return static_cast<int>(int64{array.lower[dimension]} + array.dims[dimension] - 1);
}

/* Where the element lies; nothing outside of the array. */
std::optional<size_t>
place_of(const ArrayText &array, std::span<const int> subscripts)
{
	size_t place = 0;

	if (subscripts.size() != array.dims.size())
		return std::nullopt;
	for (size_t i = 0; i < subscripts.size(); i++)
	{
		if (subscripts[i] < array.lower[i] || subscripts[i] > upper_of(array, i))
			return std::nullopt;
		place = place * static_cast<size_t>(array.dims[i]) +
				static_cast<size_t>(subscripts[i] - array.lower[i]);
	}
	return place;
}

/* The first and the last subscript of a slice, in each dimension of the array. */
struct Box
{
	std::vector<int> lower, upper;

	bool empty() const
	{
		for (size_t i = 0; i < lower.size(); i++)
			if (lower[i] > upper[i])
				return true;
		return lower.empty();
	}

	std::vector<int> dims() const
	{
		std::vector<int> sizes;

		for (size_t i = 0; i < lower.size(); i++)
		{
			const int64 size = int64{upper[i]} - lower[i] + 1;

			if (size > static_cast<int64>(MaxArraySize))
				raise_size();
			sizes.push_back(static_cast<int>(size));
		}
		return sizes;
	}

	/* Moves on to the next subscripts, the last ones first; false behind the end. */
	bool next(std::vector<int> *at) const
	{
		for (size_t i = at->size(); i-- > 0;)
		{
			if ((*at)[i] < upper[i])
			{
				(*at)[i]++;
				return true;
			}
			(*at)[i] = lower[i];
		}
		return false;
	}
};

/* Dimensions that are not named are whole ones. */
Box
whole_box(const ArrayText &array, std::span<const SliceBounds> bounds)
{
	Box box;

	for (size_t i = 0; i < array.dims.size(); i++)
	{
		box.lower.push_back(array.lower[i]);
		box.upper.push_back(upper_of(array, i));
		if (i < bounds.size() && bounds[i].lower)
			box.lower[i] = *bounds[i].lower;
		if (i < bounds.size() && bounds[i].upper)
			box.upper[i] = *bounds[i].upper;
	}
	return box;
}

void
append_nulls(ArrayText *array, int64 count, bool in_front)
{
	if (static_cast<int64>(array->elements.size()) + count > static_cast<int64>(MaxArraySize))
		raise_size();
	array->elements.insert(in_front ? array->elements.begin() : array->elements.end(),
						   static_cast<size_t>(count), std::nullopt);
	array->dims[0] += static_cast<int>(count);
	if (in_front)
		array->lower[0] -= static_cast<int>(count);
}

/* Room for [lower:upper] of an array of one dimension. */
void
grow(ArrayText *array, int lower, int upper)
{
	if (lower < array->lower[0])
		append_nulls(array, int64{array->lower[0]} - lower, true);
	if (upper > upper_of(*array, 0))
		append_nulls(array, int64{upper} - upper_of(*array, 0), false);
}

/* What an assignment to a part of nothing makes: an array of that shape. */
ArrayText
fresh_array(const Box &box, ArrayElements elements)
{
	return {box.dims(), box.lower, std::move(elements)};
}

} /* namespace */

std::optional<std::string>
ArrayElement(const ArrayText &array, std::span<const int> subscripts)
{
	const std::optional<size_t> place = place_of(array, subscripts);

	return place ? array.elements[*place] : std::nullopt;
}

ArrayText
ArraySlice(const ArrayText &array, std::span<const SliceBounds> bounds)
{
	if (bounds.size() > array.dims.size())
		return {};

	Box box = whole_box(array, bounds);

	for (size_t i = 0; i < box.lower.size(); i++)
	{
		box.lower[i] = std::max(box.lower[i], array.lower[i]);
		box.upper[i] = std::min(box.upper[i], upper_of(array, i));
	}
	if (box.empty())
		return {};

	ArrayText slice{box.dims(), std::vector<int>(box.lower.size(), 1), {}};
	std::vector<int> at = box.lower;

	do
		slice.elements.push_back(array.elements[*place_of(array, at)]);
	while (box.next(&at));
	return slice;
}

void
SetArrayElement(ArrayText *array, std::span<const int> subscripts,
				std::optional<std::string> element)
{
	if (array->dims.empty())
	{
		const std::vector<int> at(subscripts.begin(), subscripts.end());

		*array = fresh_array({at, at}, {std::move(element)});
		return;
	}
	if (subscripts.size() != array->dims.size())
		raise_subscript("wrong number of array subscripts");
	if (subscripts.size() == 1)
		grow(array, subscripts[0], subscripts[0]);

	const std::optional<size_t> place = place_of(*array, subscripts);

	if (!place)
		raise_subscript("array subscript out of range");
	array->elements[*place] = std::move(element);
}

namespace
{

/* Both boundaries of each dimension, for an array that has none of its own. */
Box
full_box(std::span<const SliceBounds> bounds)
{
	Box box;

	for (const SliceBounds &own : bounds)
	{
		if (!own.lower || !own.upper)
			Raise(Report(ERROR, ERRCODE_ARRAY_SUBSCRIPT_ERROR)
					  .msg("array slice subscript must provide both boundaries")
					  .detail("When assigning to a slice of an empty array value, slice boundaries "
							  "must be fully specified."));
		box.lower.push_back(*own.lower);
		box.upper.push_back(*own.upper);
	}
	return box;
}

size_t
box_size(const Box &box)
{
	size_t size = 1;

	for (const int length : box.dims())
		size *= static_cast<size_t>(length);
	return size;
}

void
check_box(const ArrayText &array, const Box &box)
{
	for (size_t i = 0; i < box.lower.size(); i++)
	{
		if (box.lower[i] > box.upper[i])
			raise_subscript("upper bound cannot be less than lower bound");
		if (array.dims.size() > 1 &&
			(box.lower[i] < array.lower[i] || box.upper[i] > upper_of(array, i)))
			raise_subscript("array subscript out of range");
	}
}

} /* namespace */

void
SetArraySlice(ArrayText *array, std::span<const SliceBounds> bounds, const ArrayText &source)
{
	const bool fresh = array->dims.empty();

	if (!fresh && bounds.size() > array->dims.size())
		raise_subscript("wrong number of array subscripts");

	const Box box = fresh ? full_box(bounds) : whole_box(*array, bounds);

	check_box(*array, box);
	if (source.elements.size() < box_size(box))
		raise_subscript("source array too small");
	if (fresh)
	{
		*array =
			fresh_array(box, {source.elements.begin(),
							  source.elements.begin() + static_cast<ptrdiff_t>(box_size(box))});
		return;
	}
	if (array->dims.size() == 1)
		grow(array, box.lower[0], box.upper[0]);

	std::vector<int> at = box.lower;
	size_t next = 0;

	do
		array->elements[*place_of(*array, at)] = source.elements[next++];
	while (box.next(&at));
}

ArrayText
StackArrays(std::span<const ArrayText> parts)
{
	ArrayText stack;

	for (const ArrayText &part : parts)
	{
		if (part.dims != parts[0].dims)
			raise_subscript("multidimensional arrays must have array expressions with matching "
							"dimensions");
		stack.elements.insert(stack.elements.end(), part.elements.begin(), part.elements.end());
	}
	if (stack.elements.empty())
		return {};
	if (parts[0].dims.size() >= MAXDIM)
		Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
				  .msg("number of array dimensions (%d) exceeds the maximum allowed (%d)",
					   static_cast<int>(parts[0].dims.size()) + 1, MAXDIM));
	stack.dims = parts[0].dims;
	stack.dims.insert(stack.dims.begin(), static_cast<int>(parts.size()));
	stack.lower = parts[0].lower;
	stack.lower.insert(stack.lower.begin(), 1);
	return stack;
}

/* ---- The same for the engine ---- */

namespace
{

ArrayText
array_or_none(const Value &value)
{
	return value.is_null() ? ArrayText() : ParseArray(value.bytes);
}

std::optional<std::string>
text_or_null(const Value &value)
{
	return value.is_null() ? std::nullopt : std::optional(std::string(value.bytes));
}

/* The arguments from `first` on; nothing when one of them is null. */
std::optional<std::vector<int>>
subscripts_from(const FunctionCall &call, int first)
{
	std::vector<int> subscripts;

	for (int i = first; i < call.arg_count(); i++)
	{
		if (call.arg(i).is_null())
			return std::nullopt;
		subscripts.push_back(static_cast<int>(ArgInt(call, i)));
	}
	return subscripts;
}

std::optional<std::vector<SliceBounds>>
bounds_from(const FunctionCall &call, int first)
{
	const std::string given(ArgText(call, first));
	std::vector<SliceBounds> bounds;

	for (size_t i = 0; i < given.size(); i++)
	{
		const int at = first + 1 + static_cast<int>(i) * 2;
		SliceBounds &own = bounds.emplace_back();
		const bool has_lower = given[i] == 'b' || given[i] == 'l';
		const bool has_upper = given[i] == 'b' || given[i] == 'u';

		if ((has_lower && call.arg(at).is_null()) || (has_upper && call.arg(at + 1).is_null()))
			return std::nullopt;
		if (has_lower)
			own.lower = static_cast<int>(ArgInt(call, at));
		if (has_upper)
			own.upper = static_cast<int>(ArgInt(call, at + 1));
	}
	return bounds;
}

[[noreturn]] void
raise_null_subscript()
{
	Raise(Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED)
			  .msg("array subscript in assignment must not be null"));
}

void
subscript(FunctionCall &call)
{
	const auto subscripts = subscripts_from(call, 1);

	if (call.arg(0).is_null() || !subscripts)
		return;
	if (const auto element = ArrayElement(ParseArray(ArgText(call, 0)), *subscripts))
		SetText(call, *element);
}

void
slice(FunctionCall &call)
{
	const auto bounds = bounds_from(call, 1);

	if (!call.arg(0).is_null() && bounds)
		SetText(call, FormatArray(ArraySlice(ParseArray(ArgText(call, 0)), *bounds)));
}

void
set_element(FunctionCall &call)
{
	ArrayText array = array_or_none(call.arg(0));
	const auto subscripts = subscripts_from(call, 2);

	if (!subscripts)
		raise_null_subscript();
	SetArrayElement(&array, *subscripts, text_or_null(call.arg(1)));
	SetText(call, FormatArray(array));
}

/* A null as the source leaves the array as it is. */
void
set_slice(FunctionCall &call)
{
	ArrayText array = array_or_none(call.arg(0));
	const auto bounds = bounds_from(call, 2);

	if (!bounds)
		raise_null_subscript();
	if (call.arg(1).is_null())
	{
		call.set_result(call.arg(0));
		return;
	}
	SetArraySlice(&array, *bounds, ParseArray(ArgText(call, 1)));
	SetText(call, FormatArray(array));
}

void
stack(FunctionCall &call)
{
	std::vector<ArrayText> parts;

	for (int i = 0; i < call.arg_count(); i++)
		parts.push_back(array_or_none(call.arg(i)));
	SetText(call, FormatArray(StackArrays(parts)));
}

constexpr EngineFunction kArrayEditHelperRows[] = {
	{"pg_subscript", -1, true, false, subscript},
	{"pg_slice", -1, true, false, slice},
	{"pg_array_set", -1, true, false, set_element},
	{"pg_array_set_slice", -1, true, false, set_slice},
	{"pg_array_stack", -1, true, false, stack},
};

} /* namespace */

const std::span<const EngineFunction> kArrayEditHelpers = kArrayEditHelperRows;

} /* namespace pg */
