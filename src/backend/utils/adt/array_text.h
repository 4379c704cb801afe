/*
 * utils/adt/array_text.h
 *		Arrays as text, the form in which they lie in the engine: {a,"b c",NULL}, {{1,2},{3,4}}, [0:1]={1,2}.
 *
 * The vectors of the catalogs ("1 2 3") are read too.  Any process.
 */
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"

namespace pg
{

using ArrayElements = std::vector<std::optional<std::string>>;

/* Elements in row-major order, a nullopt is a null; no elements, no dimensions. */
struct ArrayText
{
	std::vector<int> dims, lower;
	ArrayElements elements;
};

/* Raises 22P02 "malformed array literal", 2202E, 54000 as array_in does. */
ArrayText ParseArray(std::string_view text);
std::string FormatArray(const ArrayText &array);

/* The elements alone, whatever the shape. */
ArrayElements ReadArray(std::string_view text);

/* Adds one element to "{" or "{a,b", which is without its closing brace. */
void AppendElement(std::optional<std::string_view> element, std::string *array);

/* Input of an array type: each element is read and printed by its own type. */
Value ArrayInput(Oid type, std::string_view text, int32 typmod, std::string *scratch);

/* Engine functions that array.cpp's rows of pg_proc are made of. */
extern const std::span<const EngineFunction> kArrayHelpers, kArraySearchHelpers;

} /* namespace pg */
