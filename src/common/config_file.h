/*
 * common/config_file.h
 *		Lexer of configuration files: `name = value` lines, comments, quotes.
 *
 * Pure functions over any bytes; server and client programs.  Nothing is raised or logged: errors
 * are part of the result.
 */
#pragma once

#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

namespace pg
{

/* One line that says something. A line that cannot be read has an empty name and the error. */
struct ConfigLine
{
	explicit ConfigLine(std::pmr::memory_resource *memory) : name(memory), value(memory) {}

	unsigned line = 0; /* from 1 */
	std::pmr::string name;
	std::pmr::string value; /* without quotes, escapes undone */
	/* What is wrong: `near token "..."` or `near end of line`; empty when nothing is. */
	std::string error;
};

/* All lines of a file's text, in order; they live in `memory`. */
std::pmr::vector<ConfigLine> LexConfig(
	std::string_view text, std::pmr::memory_resource *memory = std::pmr::get_default_resource());

/* The text between quotes, with '' and backslash escapes undone. text includes the quotes. */
std::string UnquoteConfigValue(std::string_view text);

/* A value as it has to stand between quotes: ' and \ doubled. */
std::string EscapeConfigValue(std::string_view value);

} /* namespace pg */
