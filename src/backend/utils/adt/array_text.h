/*
 * utils/adt/array_text.h
 *		Arrays of one dimension as text, the form in which they lie in the engine: {a,"b c",NULL}.
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

/* Elements in order; nullopt is a null. Raises 22P02 for what is no array, 0A000 for more dimensions. */
std::vector<std::optional<std::string>> ReadArray(std::string_view text);

/* Adds one element to "{" or "{a,b", which is without its closing brace. */
void AppendElement(std::optional<std::string_view> element, std::string *array);

/* Engine functions that array.cpp's rows of pg_proc are made of. */
extern const std::span<const EngineFunction> kArrayHelpers;

} /* namespace pg */
