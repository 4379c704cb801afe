/*
 * common/rule_file.h
 *		Lexer of rules files (pg_hba.conf, pg_bgworker.conf): words, lists, quotes, comments.
 *
 * Pure functions over any bytes; server and client programs.  Nothing is raised or logged: errors
 * are part of the result.
 *
 * A line is a rule.  Its fields are separated by blanks, a field is a list of words separated by
 * commas, # begins a comment, and a line that ends in a backslash goes on on the next.  Between
 * double quotes, which may be in the middle of a word, blanks, commas and # are ordinary; "" is a quote.
 */
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace pg
{

struct RuleWord
{
	std::string text; /* without the quotes */
	/* One for each byte of text: it stood between quotes, and so has no special meaning. */
	std::vector<bool> literal;
	bool quoted = false; /* some of it was: then it is never a keyword */
};

using RuleField = std::vector<RuleWord>; /* one word or more */

/* One line that says something: fields, or what is wrong with it. */
struct RuleLine
{
	int line = 0; /* from 1; of a line that goes on the first */
	std::vector<RuleField> fields;
	std::string error; /* empty: none */
};

/* All lines of a file's text, in order. */
std::vector<RuleLine> LexRules(std::string_view text);

/* Reads the file NAME that a word @NAME stands for; false: it cannot be read, and *error says why. */
using ListReader =
	std::function<bool(const std::string &name, std::string *text, std::string *error)>;

/*
 * Puts the words of the file in the place of each word @NAME; they are separated there by commas,
 * blanks or line ends, and may be of the form @NAME again.  A file that cannot be read is the
 * line's error.
 */
void ExpandLists(std::vector<RuleLine> &lines, const ListReader &reader);

} /* namespace pg */
