/*
 * run_tests.cpp
 *		Runs groups of tests (run_tests.h): psql with sql/NAME.sql, or isolationtester with specs/NAME.spec.
 *
 * Client program.
 */
#include "run_tests.h"

#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <span>

#include "common/install_paths.h"
#include "compare.h"
#include "process.h"
#include "report.h"

namespace
{

using Clock = std::chrono::steady_clock;

struct Test
{
	std::string name;
	std::string output;
	pid_t pid = 0;
	int exit_status = 0;
	Clock::time_point start;
	Clock::time_point end;
};

/* What lies in the output folder was made for this run. */
std::string
input_file(const Options &options, const std::string &test)
{
	std::string name = options.isolation ? "/specs/" + test + ".spec" : "/sql/" + test + ".sql";
	std::string path = options.output_dir + name;

	if (!FileExists(path))
		path = options.input_dir + name;
	if (!FileExists(path))
		Bail("could not find the test \"%s\": there is no file \"%s\"", test.c_str(), path.c_str());
	return path;
}

std::string
test_command(const Options &options, const std::string &database)
{
	std::string launcher = options.launcher.empty() ? "" : options.launcher + " ";

	if (options.isolation)
		return launcher + Quoted(pg::SiblingProgram("isolationtester")) + " " +
			   Quoted("dbname=" + database);
	return launcher + Quoted(ProgramPath(options, "psql")) + " -X -a -q -d " + Quoted(database) +
		   " -v HIDE_TABLEAM=on -v HIDE_TOAST_COMPRESSION=on";
}

Test
start_test(const Options &options, const std::string &name)
{
	Test test;
	std::string input = input_file(options, name);
	std::string application = (options.isolation ? "isolation/" : "pg_regress/") + name;

	test.name = name;
	test.output = options.output_dir + "/results/" + name + ".out";
	test.start = Clock::now();
	setenv("PGAPPNAME", application.c_str(), 1);
	test.pid = Spawn(test_command(options, options.databases.front()) + " < " + Quoted(input) +
					 " > " + Quoted(test.output) + " 2>&1");
	unsetenv("PGAPPNAME");
	return test;
}

/* Names are shown as tests end, where a group has several. */
void
wait_for(std::span<Test> running, bool show)
{
	for (size_t left = running.size(); left > 0;)
	{
		int status;
		pid_t pid = waitpid(-1, &status, 0);

		if (pid < 0 && errno != EINTR)
			Bail("could not wait for the tests: %s", strerror(errno));
		auto test = std::find_if(running.begin(), running.end(),
								 [pid](const Test &candidate) { return candidate.pid == pid; });

		if (pid < 0 || test == running.end())
			continue;
		test->pid = 0;
		test->exit_status = status;
		test->end = Clock::now();
		if (show)
			Status(" %s", test->name.c_str());
		left--;
	}
}

std::string
end_of_process(int status)
{
	if (WIFEXITED(status))
		return "exited with exit code " + std::to_string(WEXITSTATUS(status));
	return "was terminated by signal " + std::to_string(WTERMSIG(status)) + ": " +
		   strsignal(WTERMSIG(status));
}

bool
is_ignored(const Schedule &schedule, const std::string &name)
{
	return std::find(schedule.ignored.begin(), schedule.ignored.end(), name) !=
		   schedule.ignored.end();
}

void
judge(const Options &options, const Schedule &schedule, const Test &test, Score *score)
{
	bool matches = OutputMatches(options, ExpectedFile(options, test.name), test.output);
	std::chrono::duration<double, std::milli> took = test.end - test.start;

	if (matches && test.exit_status == 0)
	{
		Status("ok    ");
		score->passed++;
	}
	else
	{
		bool ignored = is_ignored(schedule, test.name);

		Status(ignored ? "failed (ignored)" : "FAILED");
		score->failed++;
		score->ignored += ignored ? 1 : 0;
	}
	if (test.exit_status != 0)
		Status(" (test process %s)", end_of_process(test.exit_status).c_str());
	Status(" %8.0f ms\n", took.count());
}

} /* namespace */

void
RunGroup(const Options &options, const Schedule &schedule, const std::vector<std::string> &names,
		 Score *score)
{
	bool single = names.size() == 1;
	size_t at_once =
		options.max_connections > 0 ? static_cast<size_t>(options.max_connections) : names.size();
	std::vector<Test> tests;

	if (single)
		Status("test %-28s ... ", names[0].c_str());
	else if (at_once < names.size())
		Status("parallel group (%zu tests, in groups of %zu): ", names.size(), at_once);
	else
		Status("parallel group (%zu tests): ", names.size());

	while (tests.size() < names.size())
	{
		size_t first = tests.size();

		for (size_t i = first; i < std::min(first + at_once, names.size()); i++)
			tests.push_back(start_test(options, names[i]));
		wait_for(std::span(tests).subspan(first), !single);
	}
	if (!single)
		Status("\n");
	for (const Test &test : tests)
	{
		if (!single)
			Status("     %-28s ... ", test.name.c_str());
		judge(options, schedule, test, score);
	}
}
