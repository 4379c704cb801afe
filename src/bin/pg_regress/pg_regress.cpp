/*
 * pg_regress.cpp
 *		The programs `pg_regress` and `pg_isolation_regress`: run the tests of a module and compare their output.
 *
 * Client program, installed twice: its name tells which of the two it is.  Makes the databases, runs psql or
 * isolationtester for each test, and leaves results/, regression.out and regression.diffs behind.
 */
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "compare.h"
#include "databases.h"
#include "options.h"
#include "process.h"
#include "report.h"
#include "run_tests.h"
#include "source_files.h"
#include "temp_instance.h"

namespace
{

/* Outputs must not depend on the user's settings. PostgreSQL's driver makes some of them the database's. */
constexpr const char kSessionSettings[] =
	"-c intervalstyle=postgres_verbose -c lc_messages=C -c lc_monetary=C -c lc_numeric=C "
	"-c lc_time=C -c bytea_output=hex";

void
set_environment(const Options &options)
{
	const char *given = getenv("PGOPTIONS");
	std::string session = given != nullptr ? std::string(given) + " " : "";

	for (const char *name : {"LC_ALL", "LC_COLLATE", "LC_CTYPE", "LC_MONETARY", "LC_NUMERIC",
							 "LC_TIME", "LANG", "LANGUAGE"})
		if (options.no_locale || strcmp(name, "LANGUAGE") == 0)
			unsetenv(name);
	setenv("LC_MESSAGES", "C", 1);
	setenv("PG_COLOR", "never", 1);
	setenv("PGTZ", "PST8PDT", 1);
	setenv("PGDATESTYLE", "Postgres, MDY", 1);
	setenv("PGOPTIONS", (session + kSessionSettings).c_str(), 1);
	setenv("PG_ABS_SRCDIR", options.input_dir.c_str(), 1);
	setenv("PG_ABS_BUILDDIR", options.output_dir.c_str(), 1);
	setenv("PG_LIBDIR", options.dl_path.c_str(), 1);
	setenv("PG_DLSUFFIX", ".so", 1);
	if (!options.encoding.empty())
		setenv("PGCLIENTENCODING", options.encoding.c_str(), 1);
	else
		unsetenv("PGCLIENTENCODING");
}

void
prepare_outputs(const Options &options)
{
	for (const std::string &folder : {options.output_dir, options.output_dir + "/results"})
		if (mkdir(folder.c_str(), 0777) != 0 && errno != EEXIST)
			Bail("could not create directory \"%s\": %s", folder.c_str(), strerror(errno));
	OpenSummary(options.output_dir + "/regression.out");
	WriteFile(DiffsFile(options), "");
}

void
prepare_server(const Options &options)
{
	if (!options.temp_instance.empty())
		StartTempInstance(options);
	else
	{
		UseRunningServer(options);
		if (!options.use_existing)
			DropDatabases(options);
	}
	if (!options.use_existing)
		CreateDatabases(options);
}

Score
run_tests(const Options &options)
{
	Schedule schedule;
	Score score;

	Header("running regression test queries");
	for (const std::string &path : options.schedules)
		ReadSchedule(options, path, &schedule);
	for (const std::string &test : options.tests)
		schedule.groups.push_back({{test}});
	for (const Group &group : schedule.groups)
		RunGroup(options, schedule, group.tests, &score);
	return score;
}

std::string
verdict(const Score &score)
{
	int all = score.passed + score.failed;
	int counting = score.failed - score.ignored;
	char text[160];

	if (score.failed == 0)
		snprintf(text, sizeof(text), " All %d tests passed. ", all);
	else if (counting == 0)
		snprintf(text, sizeof(text), " %d of %d tests passed, %d failed test(s) ignored. ",
				 score.passed, all, score.ignored);
	else if (score.ignored == 0)
		snprintf(text, sizeof(text), " %d of %d tests failed. ", score.failed, all);
	else
		snprintf(text, sizeof(text), " %d of %d tests failed, %d of these failures ignored. ",
				 score.failed, all, score.ignored);
	return text;
}

void
print_verdict(const Options &options, const Score &score)
{
	std::string text = verdict(score);
	std::string line(text.size(), '=');
	std::string summary = options.output_dir + "/regression.out";

	printf("\n%s\n%s\n%s\n\n", line.c_str(), text.c_str(), line.c_str());
	if (score.failed > 0)
		printf("The differences that caused some tests to fail can be viewed in the\n"
			   "file \"%s\".  A copy of the test summary that you see\n"
			   "above is saved in the file \"%s\".\n\n",
			   DiffsFile(options).c_str(), summary.c_str());
	else
	{
		unlink(DiffsFile(options).c_str());
		unlink(summary.c_str());
	}
}

} /* namespace */

int
main(int argc, char **argv)
{
	Options options = ParseOptions(argc, argv);

	report_program = options.program;
	prepare_outputs(options);
	set_environment(options);
	ConvertSourceFiles(options);
	prepare_server(options);

	Score score = run_tests(options);
	bool good = score.failed == score.ignored;

	CloseSummary();
	if (!options.temp_instance.empty())
	{
		Header("shutting down postmaster");
		StopTempInstance();
		if (good)
			RemoveTempInstance(options);
	}
	print_verdict(options, score);
	return good ? 0 : 1;
}
