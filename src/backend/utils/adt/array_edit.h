/*
 * utils/adt/array_edit.h
 *		Elements and slices of arrays: reading them, and arrays with others in their place.
 *
 * Any process.  Errors are those of subscripts in SQL (2202E, 22004, 54000).
 */
#pragma once

#include <optional>
#include <span>
#include <string>

#include "utils/adt/array_text.h"

namespace pg
{

/* Of one dimension: [lower:upper]; a bound that is left out is that of the array. */
struct SliceBounds
{
	std::optional<int> lower, upper;
};

/* The element; nothing where there is none, and for a null. */
std::optional<std::string> ArrayElement(const ArrayText &array, std::span<const int> subscripts);
/* The part of the array within the bounds, numbered from 1; empty where there is none. */
ArrayText ArraySlice(const ArrayText &array, std::span<const SliceBounds> bounds);

/* array[subscripts] := element. An array of one dimension grows as it must. */
void SetArrayElement(ArrayText *array, std::span<const int> subscripts,
					 std::optional<std::string> element);
/* array[bounds] := elements of source, in their order. */
void SetArraySlice(ArrayText *array, std::span<const SliceBounds> bounds, const ArrayText &source);

/* Arrays of one shape as the elements of another, of one dimension more. Nulls and empty ones give an empty array. */
ArrayText StackArrays(std::span<const ArrayText> parts);

extern const std::span<const EngineFunction> kArrayEditHelpers;

} /* namespace pg */
