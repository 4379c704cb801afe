/*
 * postmaster/stopped_file_test.cpp
 *		The lines of global/pg_bgworker_stopped: any worker in, the same worker out.
 *
 * Unit test; no file.
 */
#include <gtest/gtest.h>

#include "postmaster/stopped_file.h"

#include <cstring>

namespace pg
{
namespace
{

BackgroundWorker
make(const char *library, const char *function, const char *name, Datum argument)
{
	BackgroundWorker worker = {};

	strlcpy(worker.bgw_library_name, library, sizeof(worker.bgw_library_name));
	strlcpy(worker.bgw_function_name, function, sizeof(worker.bgw_function_name));
	strlcpy(worker.bgw_name, name, sizeof(worker.bgw_name));
	worker.bgw_main_arg = argument;
	return worker;
}

TEST(StoppedFile, LineOfAWorker)
{
	EXPECT_EQ(StoppedLine(make("lib", "main", "worker 1", 7)), "\"lib\" \"main\" \"worker 1\" 7");
	EXPECT_EQ(StoppedLine(make("", "", "a\"b%c\\d\ne\xff", 0)),
			  "\"\" \"\" \"a%22b%25c%5Cd%0Ae%FF\" 0");
}

TEST(StoppedFile, EveryLineComesBack)
{
	const BackgroundWorker workers[] = {
		make("lib", "main", "worker 1", 7), make("lib", "main", "worker 1", 8),
		make("l,i#b", "m\\ain", "a\"b\"\" c,d\\", ~Datum{0}), make("", "", "\n\t\r", 0)};
	std::string text = "# head\n";
	std::vector<std::string> expected;
	std::vector<int> bad;

	for (const BackgroundWorker &worker : workers)
	{
		expected.push_back(StoppedLine(worker));
		text += expected.back() + "\n";
	}
	EXPECT_EQ(ReadStoppedLines(text, &bad), expected);
	EXPECT_TRUE(bad.empty());
}

TEST(StoppedFile, AnUnterminatedNameIsBounded)
{
	BackgroundWorker worker = make("l", "f", "", 1);

	memset(worker.bgw_name, 'n', sizeof(worker.bgw_name));
	EXPECT_EQ(StoppedLine(worker), "\"l\" \"f\" \"" + std::string(BGW_MAXLEN, 'n') + "\" 1");
}

TEST(StoppedFile, BadLinesAreLeftOutAndTold)
{
	std::vector<int> bad;

	EXPECT_EQ(ReadStoppedLines("a b\n\"l\" \"f\" \"n\" 1\n\"x\n\n1 2 3 4 5\n", &bad),
			  std::vector<std::string>{"\"l\" \"f\" \"n\" 1"});
	EXPECT_EQ(bad, (std::vector<int>{1, 3, 5}));
}

} /* namespace */
} /* namespace pg */
