/*
 * utils/adt/row_text.h
 *		Rows as text, the form in which they lie in the engine: (1,"a b",) has a null at its end.
 *
 * Any process.
 */
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pg
{

using RowFields = std::vector<std::optional<std::string>>;

/* Raises 22P02 "malformed record literal" unless the text is a row of `count` fields; -1: of any number. */
RowFields ParseRow(std::string_view text, int count);
std::string FormatRow(const RowFields &fields);

} /* namespace pg */
