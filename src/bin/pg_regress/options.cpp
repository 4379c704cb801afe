/*
 * options.cpp
 *		Reads the command line of pg_regress and pg_isolation_regress (options.h).
 *
 * Client program, at start.
 */
#include "options.h"

#include <getopt.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "common/install_paths.h"
#include "pg_config.h"
#include "port/pg_config_paths.h"

namespace
{

constexpr const char kHelp[] =
	"%s runs the tests of a module and compares what comes out with what should.\n"
	"\n"
	"Usage:\n"
	"  %s [OPTION]... [TEST]...\n"
	"\n"
	"Options:\n"
	"      --bindir=DIR              folder of the programs; empty: use PATH\n"
	"      --config-auth=DATADIR     nothing to do on this system, ends at once\n"
	"      --create-role=ROLE        make the role first; may be repeated\n"
	"      --dbname=DB[,DB...]       databases to make and use (default \"%s\")\n"
	"      --debug                   let the programs say more\n"
	"      --dlpath=DIR              folder of libraries that tests name\n"
	"      --encoding=ENCODING       encoding of the databases\n"
	"      --expecteddir=DIR         folder that has expected/ (default: output folder)\n"
	"      --inputdir=DIR            folder that has the tests (default \".\")\n"
	"      --launcher=CMD            put before the command of each test\n"
	"      --load-extension=EXT      make the extension first; may be repeated\n"
	"      --max-concurrent-tests=N  more tests in one group are an error\n"
	"      --max-connections=N       run at most N tests of a group at a time\n"
	"      --outputdir=DIR           folder for the results (default \".\")\n"
	"      --schedule=FILE           run the tests that FILE lists; may be repeated\n"
	"      --temp-instance=DIR       make a server of its own in DIR\n"
	"      --use-existing            neither drop nor make databases and roles\n"
	"  -V, --version                 print the version, then exit\n"
	"  -h, --help                    show this help, then exit\n"
	"\n"
	"Options with --temp-instance:\n"
	"      --no-locale               use the locale C\n"
	"      --port=PORT               port of the server\n"
	"      --temp-config=FILE        append FILE to the server's postgresql.conf\n"
	"\n"
	"Options with a server that runs already:\n"
	"      --host=HOST               where it runs\n"
	"      --port=PORT               its port\n"
	"      --user=USER               who connects\n"
	"\n"
	"The exit status is 0 if all tests passed, 1 if some failed, 2 if they could not be run.\n";

enum LongOption
{
	kDbName = 1,
	kDebug,
	kInputDir,
	kMaxConnections,
	kEncoding,
	kOutputDir,
	kSchedule,
	kTempInstance,
	kNoLocale,
	kHost,
	kPort,
	kUser,
	kBinDir,
	kDlPath,
	kCreateRole,
	kTempConfig,
	kUseExisting,
	kLauncher,
	kLoadExtension,
	kConfigAuth,
	kMaxConcurrentTests,
	kExpectedDir,
	kPsqlDir
};

constexpr option kLongOptions[] = {
	{"help", no_argument, nullptr, 'h'},
	{"version", no_argument, nullptr, 'V'},
	{"dbname", required_argument, nullptr, kDbName},
	{"debug", no_argument, nullptr, kDebug},
	{"inputdir", required_argument, nullptr, kInputDir},
	{"max-connections", required_argument, nullptr, kMaxConnections},
	{"encoding", required_argument, nullptr, kEncoding},
	{"outputdir", required_argument, nullptr, kOutputDir},
	{"schedule", required_argument, nullptr, kSchedule},
	{"temp-instance", required_argument, nullptr, kTempInstance},
	{"no-locale", no_argument, nullptr, kNoLocale},
	{"host", required_argument, nullptr, kHost},
	{"port", required_argument, nullptr, kPort},
	{"temp-port", required_argument, nullptr, kPort},
	{"user", required_argument, nullptr, kUser},
	{"bindir", required_argument, nullptr, kBinDir},
	{"dlpath", required_argument, nullptr, kDlPath},
	{"create-role", required_argument, nullptr, kCreateRole},
	{"temp-config", required_argument, nullptr, kTempConfig},
	{"use-existing", no_argument, nullptr, kUseExisting},
	{"launcher", required_argument, nullptr, kLauncher},
	{"load-extension", required_argument, nullptr, kLoadExtension},
	{"config-auth", required_argument, nullptr, kConfigAuth},
	{"max-concurrent-tests", required_argument, nullptr, kMaxConcurrentTests},
	{"expecteddir", required_argument, nullptr, kExpectedDir},
	{"psqldir", required_argument, nullptr, kPsqlDir},
	{nullptr, 0, nullptr, 0}};

std::vector<std::string>
split_list(const char *text)
{
	std::vector<std::string> words;

	for (const char *at = text; *at != '\0';)
	{
		size_t length = strcspn(at, ", ");

		if (length > 0)
			words.emplace_back(at, length);
		at += length + (at[length] != '\0' ? 1 : 0);
	}
	return words;
}

[[noreturn]] void
leave_with_hint(const Options &options)
{
	fprintf(stderr, "\nTry \"%s --help\" for more information.\n", options.program);
	exit(2);
}

int
take_number(const Options &options, const char *what)
{
	char *end;
	long number = strtol(optarg, &end, 10);

	if (*optarg != '\0' && *end == '\0' && number >= 0 && number <= 65535)
		return static_cast<int>(number);
	fprintf(stderr, "%s: invalid %s: \"%s\"\n", options.program, what, optarg);
	leave_with_hint(options);
}

/* The first --dbname replaces the default. */
void
take_databases(Options *options)
{
	options->databases = split_list(optarg);
}

void
append_list(std::vector<std::string> *list, const char *text)
{
	for (std::string &word : split_list(text))
		list->push_back(std::move(word));
}

void
take_option(Options *options, int option)
{
	switch (option)
	{
		case 'h':
			printf(kHelp, options->program, options->program, options->databases.front().c_str());
			exit(0);
		case 'V': printf("%s (PostgreSQL) %s\n", options->program, PG_VERSION_FULL); exit(0);
		case kDbName: take_databases(options); break;
		case kDebug: options->debug = true; break;
		case kInputDir: options->input_dir = optarg; break;
		case kMaxConnections:
			options->max_connections = take_number(*options, "number of connections");
			break;
		case kEncoding: options->encoding = optarg; break;
		case kOutputDir: options->output_dir = optarg; break;
		case kSchedule: options->schedules.emplace_back(optarg); break;
		case kTempInstance: options->temp_instance = optarg; break;
		case kNoLocale: options->no_locale = true; break;
		case kHost: options->host = optarg; break;
		case kPort: options->port = take_number(*options, "port number"); break;
		case kUser: options->user = optarg; break;
		case kBinDir: options->bin_dir = optarg; break;
		case kDlPath: options->dl_path = optarg; break;
		case kCreateRole: append_list(&options->roles, optarg); break;
		case kTempConfig: options->temp_configs.emplace_back(optarg); break;
		case kUseExisting: options->use_existing = true; break;
		case kLauncher: options->launcher = optarg; break;
		case kLoadExtension: options->extensions.emplace_back(optarg); break;
		case kConfigAuth: exit(0);
		case kMaxConcurrentTests:
			options->max_concurrent_tests = take_number(*options, "number of tests");
			break;
		case kExpectedDir: options->expected_dir = optarg; break;
		case kPsqlDir: options->psql_dir = optarg; break;
		default: leave_with_hint(*options);
	}
}

std::string
absolute(const std::string &path)
{
	std::filesystem::path result = std::filesystem::absolute(path).lexically_normal();

	return result.has_filename() ? result.string() : result.parent_path().string();
}

void
make_absolute(Options *options)
{
	for (std::string *path :
		 {&options->input_dir, &options->output_dir, &options->expected_dir, &options->dl_path})
		*path = absolute(*path);
	if (!options->temp_instance.empty())
		options->temp_instance = absolute(options->temp_instance);
}

/* Where this program lies below PKGLIBDIR tells where the rest of a moved installation is. */
std::string
moved(const char *target, const Options &options)
{
	std::string folder =
		std::string(PKGLIBDIR "/pgxs/src/test/") + (options.isolation ? "isolation" : "regress");

	return pg::MovedPath(target, folder, pg::OwnProgramPath());
}

} /* namespace */

Options
ParseOptions(int argc, char **argv)
{
	Options options;
	const char *slash = strrchr(argv[0], '/');
	int option;

	options.isolation = strstr(slash != nullptr ? slash : argv[0], "isolation") != nullptr;
	if (options.isolation)
		options.program = "pg_isolation_regress";
	options.databases = {options.isolation ? "isolation_regression" : "regression"};
	options.bin_dir = moved(PGBINDIR, options);
	options.dl_path = moved(PKGLIBDIR, options);

	while ((option = getopt_long(argc, argv, "hV", kLongOptions, nullptr)) != -1)
		take_option(&options, option);
	for (; optind < argc; optind++)
		options.tests.emplace_back(argv[optind]);
	if (options.expected_dir.empty())
		options.expected_dir = options.output_dir;
	make_absolute(&options);
	return options;
}

std::string
ProgramPath(const Options &options, const char *name)
{
	for (const std::string &folder : {options.psql_dir, options.bin_dir})
	{
		std::string path = folder + "/" + name;

		if (!folder.empty() && access(path.c_str(), X_OK) == 0)
			return path;
	}
	return name;
}
