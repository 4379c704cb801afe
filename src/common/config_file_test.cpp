/*
 * common/config_file_test.cpp
 *		The lexer of configuration files.
 */
#include "common/config_file.h"

#include <gtest/gtest.h>

#include <random>

namespace pg
{
namespace
{

/* "name=value" of the only line, or "!error". */
std::string
read_config(std::string_view text)
{
	const auto lines = LexConfig(text);

	if (lines.size() != 1)
		return std::to_string(lines.size()) + " lines";
	if (!lines[0].error.empty())
		return "!" + lines[0].error;
	return std::string(lines[0].name + "=" + lines[0].value);
}

TEST(ConfigFile, ReadsPlainLines)
{
	EXPECT_EQ(read_config("port = 5432"), "port=5432");
	EXPECT_EQ(read_config("  port\t5432  # comment"), "port=5432");
	EXPECT_EQ(read_config("port=5432\r\n"), "port=5432");
	EXPECT_EQ(read_config("worker_spi.naptime = 10s"), "worker_spi.naptime=10s");
	EXPECT_EQ(read_config("a = -1.5e3"), "a=-1.5e3");
	EXPECT_EQ(read_config("a = 0x1Ff"), "a=0x1Ff");
	EXPECT_EQ(read_config("a = 64kB"), "a=64kB");
	EXPECT_EQ(read_config("a = en_US.utf-8"), "a=en_US.utf-8");
	EXPECT_EQ(read_config("a = .5"), "a=.5");
	EXPECT_EQ(read_config("größe = über"), "größe=über");
	EXPECT_EQ(read_config("# only a comment"), "0 lines");
	EXPECT_EQ(read_config(""), "0 lines");
}

TEST(ConfigFile, ReadsQuotedValues)
{
	EXPECT_EQ(read_config("a = ''"), "a=");
	EXPECT_EQ(read_config("a = 'it''s # not a comment'"), "a=it's # not a comment");
	EXPECT_EQ(read_config(R"(a = 'tab\t nl\n quote\' oct\101 back\\ odd\q')"),
			  "a=tab\t nl\n quote' octA back\\ oddq");
}

TEST(ConfigFile, SaysWhatIsWrong)
{
	EXPECT_EQ(read_config("port ="), "!near end of line");
	EXPECT_EQ(read_config("port"), "!near end of line");
	EXPECT_EQ(read_config("port = = 1"), "!near token \"=\"");
	EXPECT_EQ(read_config("port = 1 2"), "!near token \"2\"");
	EXPECT_EQ(read_config("port = 1.5GB"), "!near token \"GB\"");
	EXPECT_EQ(read_config("= 1"), "!near token \"=\"");
	EXPECT_EQ(read_config("my-port = 1"), "!near token \"my-port\"");
	EXPECT_EQ(read_config("a.b.c = 1"), "!near token \"a.b.c\"");
	EXPECT_EQ(read_config("5 = 1"), "!near token \"5\"");
	EXPECT_EQ(read_config("a = 'open"), "!near token \"'\"");
	EXPECT_EQ(read_config("a = @"), "!near token \"@\"");
}

TEST(ConfigFile, CountsLines)
{
	const auto lines = LexConfig("\n# c\na = 1\n\nb ? 2\nc = 3");

	ASSERT_EQ(lines.size(), 3u);
	EXPECT_EQ(lines[0].line, 3u);
	EXPECT_EQ(lines[1].line, 5u);
	EXPECT_EQ(lines[1].error, "near token \"?\"");
	EXPECT_EQ(lines[2].name, "c");
}

TEST(ConfigFile, UndoesItsOwnEscapes)
{
	for (const char *value : {"", "plain", "it's", "back\\slash", "both'\\'", "\\n"})
		EXPECT_EQ(UnquoteConfigValue("'" + EscapeConfigValue(value) + "'"), value);
}

TEST(ConfigFile, TakesAnyBytes)
{
	std::mt19937 random(7);
	static constexpr std::string_view kAlphabet("ab.=' \\\n#1-0x\"\0\xC3,e+", 20);

	for (int round = 0; round < 5000; round++)
	{
		std::string text;

		for (size_t length = random() % 40; length > 0; length--)
			text += kAlphabet[random() % kAlphabet.size()];
		for (const ConfigLine &line : LexConfig(text))
			EXPECT_NE(line.error.empty(), line.name.empty());
	}
}

} /* namespace */
} /* namespace pg */
