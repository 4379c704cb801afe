/*
 * common/rule_file.cpp
 *		The words of a rules file (rule_file.h).
 *
 * Pure; any process.
 */
#include "common/rule_file.h"

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
read_line(std::string_view line)
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

		RuleLine read = read_line(joined);

		read.line = first;
		if (!read.fields.empty() || !read.error.empty())
			lines.push_back(std::move(read));
		joined.clear();
	}
	return lines;
}

} /* namespace pg */
