/*
 * schedule.cpp
 *		Reads the files of --schedule (schedule.h).
 *
 * Client program.
 */
#include "schedule.h"

#include <cerrno>
#include <cstring>
#include <sstream>

#include "common/read_file.h"
#include "process.h"
#include "report.h"

namespace
{

constexpr size_t kMaxParallelTests = 100;

std::vector<std::string>
words_of(const std::string &text)
{
	std::istringstream stream(text);
	std::vector<std::string> words;
	std::string word;

	while (stream >> word)
		words.push_back(word);
	return words;
}

size_t
most_tests(const Options &options)
{
	return options.max_concurrent_tests > 0 ? static_cast<size_t>(options.max_concurrent_tests)
											: kMaxParallelTests;
}

} /* namespace */

void
ReadSchedule(const Options &options, const std::string &path, Schedule *schedule)
{
	std::string content;
	std::string line;

	if (!pg::ReadWholeFile(path.c_str(), &content))
		Bail("could not open file \"%s\" for reading: %s", path.c_str(), strerror(errno));

	std::istringstream lines(content);

	for (int number = 1; std::getline(lines, line); number++)
	{
		std::vector<std::string> words = words_of(line);

		if (words.empty() || words[0].starts_with("#"))
			continue;

		std::string keyword = words[0];

		words.erase(words.begin());
		if ((keyword != "test:" && keyword != "ignore:") || words.empty())
			Bail("syntax error in schedule file \"%s\" line %d: %s", path.c_str(), number,
				 line.c_str());
		if (keyword == "ignore:")
		{
			schedule->ignored.insert(schedule->ignored.end(), words.begin(), words.end());
			continue;
		}
		if (words.size() > most_tests(options))
			Bail("too many parallel tests (more than %zu) in schedule file \"%s\" line %d: %s",
				 most_tests(options), path.c_str(), number, line.c_str());
		schedule->groups.push_back({words});
	}
}
