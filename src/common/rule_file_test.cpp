/*
 * common/rule_file_test.cpp
 *		The lexer of rules files.
 */
#include "common/rule_file.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace pg
{
namespace
{

/* "line: word,word word" for each line; quoted words in brackets; "!error". */
std::string
read_rules(std::string_view text)
{
	std::string out;

	for (const RuleLine &line : LexRules(text))
	{
		out += (out.empty() ? "" : "|") + std::to_string(line.line) + ":";
		if (!line.error.empty())
			out += " !" + line.error;
		for (const RuleField &field : line.fields)
		{
			const char *before = " ";

			for (const RuleWord &word : field)
			{
				EXPECT_EQ(word.text.size(), word.literal.size());
				out += before + (word.quoted ? "[" + word.text + "]" : word.text);
				before = ",";
			}
		}
	}
	return out;
}

TEST(RuleFile, FieldsListsAndComments)
{
	EXPECT_EQ(read_rules("a b\tc\r\n"), "1: a b c");
	EXPECT_EQ(read_rules("a,b , c d"), "1: a,b,c d");
	EXPECT_EQ(read_rules("# nothing\n\n  \na # b"), "4: a");
	EXPECT_EQ(read_rules("a#b"), "1: a");
	EXPECT_EQ(read_rules("name=value,2,3"), "1: name=value,2,3");
	EXPECT_EQ(read_rules(""), "");
}

TEST(RuleFile, Quotes)
{
	EXPECT_EQ(read_rules("\"a b,#c\" d"), "1: [a b,#c] d");
	EXPECT_EQ(read_rules("x=\"a \"\"b\"\"\""), "1: [x=a \"b\"]");
	EXPECT_EQ(read_rules("\"\""), "1: []");
	EXPECT_EQ(read_rules("ok\n\"a b\nok"), "1: ok|2: !end-of-line inside a quoted word|3: ok");
}

TEST(RuleFile, KnowsWhatStoodBetweenQuotes)
{
	const RuleWord word = LexRules("a\"*b\"*")[0].fields[0][0];

	EXPECT_EQ(word.text, "a*b*");
	EXPECT_EQ(word.literal, (std::vector<bool>{false, true, true, false}));
}

TEST(RuleFile, LinesGoOn)
{
	EXPECT_EQ(read_rules("a \\\nb\nc"), "1: a b|3: c");
	EXPECT_EQ(read_rules("a\\\n\\\nb\n"), "1: ab");
	EXPECT_EQ(read_rules("a\\"), "1: a\\");
}

TEST(RuleFile, TakesAnyBytes)
{
	std::mt19937 random(1);
	constexpr std::string_view kBytes("a=\",#\\\n \t\0\xff", 11);

	for (int i = 0; i < 2000; i++)
	{
		std::string text;

		for (int length = static_cast<int>(random() % 40); length > 0; length--)
			text += kBytes[random() % kBytes.size()];
		for (const RuleLine &line : LexRules(text))
			EXPECT_NE(line.fields.empty(), line.error.empty());
	}
}

/* The words of line 1 after its lists were read from these files, or the error. */
std::string
expanded(std::string_view text, const std::map<std::string, std::string> &files)
{
	std::vector<RuleLine> lines = LexRules(text);
	std::string out;

	ExpandLists(lines,
				[&](const std::string &name, std::string *list, std::string *error)
				{
					const auto found = files.find(name);

					if (found == files.end())
						*error = "no " + name;
					else
						*list = found->second;
					return found != files.end();
				});
	if (!lines[0].error.empty())
		return "!" + lines[0].error;
	for (const RuleField &field : lines[0].fields)
		for (const RuleWord &word : field)
			out += (out.empty() ? "" : " ") + word.text;
	return out;
}

TEST(RuleFile, ReadsListsFromFiles)
{
	EXPECT_EQ(expanded("a,@one,b c", {{"one", "x # y\nz,@two\n"}, {"two", "\"@one\""}}),
			  "a x z @one b c");
	EXPECT_EQ(expanded("\"@one\" @ a@one", {}), "@one @ a@one");
	EXPECT_EQ(expanded("@one", {}), "!no one");
	EXPECT_EQ(expanded("@one", {{"one", "@one"}}),
			  "!could not open file \"one\": maximum nesting depth exceeded");
	EXPECT_EQ(expanded("@one", {{"one", "\"open"}}), "!end-of-line inside a quoted word");
}

} /* namespace */
} /* namespace pg */
