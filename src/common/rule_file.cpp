/*
 * common/rule_file.cpp
 *		The words of a rules file (rule_file.h).
 *
 * Pure; any process.
 */
#include "common/rule_file.h"

#include <algorithm>
#include <iterator>

namespace pg
{

namespace
{

bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

void
skip_blanks(std::string_view line, size_t &at)
{
	while (at < line.size() && is_blank(line[at]))
		at++;
}

/* One word, quoted or not; leaves `at` behind it. False: its quote never ends. */
bool
read_word(std::string_view line, size_t &at, RuleWord &word)
{
	bool in_quotes = false;
	auto take = [&](char c)
	{
		word.text.push_back(c);
		word.literal.push_back(in_quotes);
	};

	while (at < line.size())
	{
		const char c = line[at];

		if (c == '"')
		{
			if (in_quotes && at + 1 < line.size() && line[at + 1] == '"')
			{
				take('"');
				at += 2;
				continue;
			}
			in_quotes = !in_quotes;
			word.quoted = true;
		}
		else if (!in_quotes && (is_blank(c) || c == ',' || c == '#'))
			break;
		else
			take(c);
		at++;
	}
	return !in_quotes;
}

/* The list of words at `at`, which is no blank; leaves `at` behind it. */
bool
read_field(std::string_view line, size_t &at, RuleField &field)
{
	for (;;)
	{
		if (!read_word(line, at, field.emplace_back()))
			return false;
		skip_blanks(line, at);
		if (at >= line.size() || line[at] != ',')
			return true;
		at++;
		skip_blanks(line, at);
	}
}

RuleLine
read_rule_line(std::string_view line)
{
	RuleLine out;
	size_t at = 0;

	for (;;)
	{
		skip_blanks(line, at);
		if (at >= line.size() || line[at] == '#')
			return out;
		if (!read_field(line, at, out.fields.emplace_back()))
		{
			out.error = "end-of-line inside a quoted word";
			out.fields.clear();
			return out;
		}
	}
}

/* Files within files; more is taken for a file that names itself. */
constexpr int kMaxListDepth = 10;

bool append_list(const std::string &name, const ListReader &reader, int depth, RuleField &out,
				 std::string *error);

bool
names_list(const RuleWord &word)
{
	return word.text.size() > 1 && word.text[0] == '@' && !word.literal[0];
}

/* The field with the words of files in place of their names. */
bool
expand_field(RuleField &field, const ListReader &reader, int depth, std::string *error)
{
	RuleField expanded;

	for (RuleWord &word : field)
	{
		if (!names_list(word))
			expanded.push_back(std::move(word));
		else if (!append_list(word.text.substr(1), reader, depth, expanded, error))
			return false;
	}
	field = std::move(expanded);
	return true;
}

bool
append_list(const std::string &name, const ListReader &reader, int depth, RuleField &out,
			std::string *error)
{
	std::string text;

	if (depth == kMaxListDepth)
	{
		*error = "could not open file \"" + name + "\": maximum nesting depth exceeded";
		return false;
	}
	if (!reader(name, &text, error))
		return false;
	for (RuleLine &line : LexRules(text))
	{
		if (!line.error.empty())
		{
			*error = line.error;
			return false;
		}
		for (RuleField &field : line.fields)
		{
			if (!expand_field(field, reader, depth + 1, error))
				return false;
			std::move(field.begin(), field.end(), std::back_inserter(out));
		}
	}
	return true;
}

} /* namespace */

std::vector<RuleLine>
LexRules(std::string_view text)
{
	std::vector<RuleLine> lines;
	std::string joined;
	int number = 0, first = 0;
	bool goes_on = false;

	while (!text.empty())
	{
		const size_t end = text.find('\n');
		const std::string_view line = text.substr(0, end);

		text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
		number++;
		if (!goes_on)
			first = number;
		goes_on = line.ends_with('\\') && !text.empty();
		if (goes_on)
		{
			joined.append(line.substr(0, line.size() - 1));
			continue;
		}
		joined.append(line);

		RuleLine read = read_rule_line(joined);

		read.line = first;
		if (!read.fields.empty() || !read.error.empty())
			lines.push_back(std::move(read));
		joined.clear();
	}
	return lines;
}

void
ExpandLists(std::vector<RuleLine> &lines, const ListReader &reader)
{
	for (RuleLine &line : lines)
		for (RuleField &field : line.fields)
			if (!expand_field(field, reader, 0, &line.error))
			{
				line.fields.clear();
				break;
			}
}

} /* namespace pg */
