/*
 * main.cpp
 *		The program `postgres`: from its arguments to the mode it runs in.
 *
 * Runs before anything else, in one process; hands down the registries.  Nothing of a mode is done here.
 */
#include "postgres.h"

#include <cerrno>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

#include "access/transaction.h"
#include "catalog/worker_rules_view.h"
#include "common/install_paths.h"
#include "engine/engine.h"
#include "libpq/hba.h"
#include "main/helpers.h"
#include "main/registries.h"
#include "miscadmin.h"
#include "port/pg_config_paths.h"
#include "postmaster/pm_settings.h"
#include "postmaster/rules_file.h"
#include "postmaster/worker_main.h"
#include "storage/ipc.h"
#include "tcop/session.h"
#include "utils/activity/status.h"
#include "utils/activity/worker_status.h"
#include "utils/error/report.h"
#include "utils/misc/guc_internals.h"

using namespace pg;

namespace
{

constexpr const char kHelp[] =
	"%s is the Postroom server.\n"
	"\n"
	"Usage:\n"
	"  %s [OPTION]...\n"
	"\n"
	"Options:\n"
	"  -B NBUFFERS        number of shared buffers\n"
	"  -c NAME=VALUE      set a setting\n"
	"  -C NAME            print the value of a setting, then exit\n"
	"  -d 1-5             debugging level\n"
	"  -D DATADIR         data directory\n"
	"  -e                 read dates as day, month, year\n"
	"  -F                 turn fsync off\n"
	"  -h HOSTNAME        host name or IP address to listen on\n"
	"  -i                 listen on all addresses\n"
	"  -k DIRECTORY       where to make the Unix-domain socket\n"
	"  -l                 enable SSL connections\n"
	"  -N MAX-CONNECT     the most connections at one time\n"
	"  -p PORT            port number to listen on\n"
	"  -S WORK-MEM        memory for sorts (in kB)\n"
	"  -V, --version      print the version, then exit\n"
	"  --NAME=VALUE       set a setting\n"
	"  -?, --help         show this help, then exit\n"
	"\n"
	"Mode for initdb:\n"
	"  --boot             fill a new data directory (must be first argument)\n"
	"\n"
	"The manual lists the settings and how to set them on the command line or\n"
	"in the configuration file.\n";

void
refuse_root()
{
	if (geteuid() == 0)
	{
		write_stderr("\"root\" execution of the PostgreSQL server is not permitted.\n"
					 "The server must be started under an unprivileged user ID to prevent\n"
					 "possible system security compromise.  See the documentation for\n"
					 "more information on how to properly start the server.\n");
		exit(1);
	}
	if (getuid() != geteuid())
	{
		write_stderr("postgres: real and effective user IDs must match\n");
		exit(1);
	}
}

/* Messages, numbers and sorting do not depend on who starts the server. */
void
use_plain_locale()
{
	setlocale(LC_ALL, "C");
	unsetenv("LC_ALL");
}

/* Where this program lies, and from that its modules, so that an installation can be moved. */
void
find_installation()
{
	strlcpy(my_exec_path, OwnProgramPath().c_str(), MAXPGPATH);
	strlcpy(pkglib_path, InstalledPath(PKGLIBDIR).c_str(), MAXPGPATH);
}

bool
load_hba()
{
	return LoadHba(HbaFileName);
}

void
connect_to_database(const WorkerConnection &wanted)
{
	ConnectRequest request;

	request.database = wanted.database != nullptr ? wanted.database : "";
	request.database_oid = wanted.database_oid;
	request.user = wanted.user != nullptr ? wanted.user : "";
	request.user_oid = wanted.user_oid;
	request.bypass_allow_connections = wanted.bypass_allow_connections;
	request.bypass_login_check = wanted.bypass_login_check;
	request.is_worker = true;
	ConnectToDatabase(request);
	NoteWorkerDatabase(MyDatabaseId, GetUserId());
	OnTransactionEnd(CountWorkerTransaction);
}

std::vector<WorkerRuleRow>
worker_rule_rows()
{
	std::vector<WorkerRuleRow> rows;

	for (WorkerRule &rule : ReadWorkerRules())
	{
		WorkerRuleRow &row = rows.emplace_back();

		row.line = rule.line;
		row.error = std::move(rule.error);
		row.type = row.error.empty() ? RuleTypeName(rule.type) : "";
		row.options = std::move(rule.options);
		for (RuleWord &pattern : rule.patterns)
			row.patterns.push_back(std::move(pattern.text));
	}
	return rows;
}

[[noreturn]] void
run_postmaster(int argc, char **argv)
{
	static const std::vector<ShmemArea> areas = AllShmemAreas();

	connect_worker = connect_to_database;
	read_worker_rules = worker_rule_rows;
	PostmasterMain(argc, argv,
				   {.kinds = AllChildKinds(),
					.areas = areas,
					.load_authentication = load_hba,
					.check_control_file = CheckControlFile});
}

void
set_from_environment()
{
	if (const char *port = getenv("PGPORT"))
		SetSetting("port", port, PGC_POSTMASTER, PGC_S_ENV_VAR);
}

/* An ERROR that nobody caught ends the program, as FATAL. */
int
run_mode(int argc, char **argv)
{
	try
	{
		InitializeSettings(AllSettings());
		set_from_environment();
		SqliteEngine().install(AllEngineFunctions());
		if (argc > 1 && strcmp(argv[1], "--boot") == 0)
			return BootstrapMain(argc - 1, argv + 1);
		if (argc > 1 && (strcmp(argv[1], "--single") == 0 || strcmp(argv[1], "--check") == 0))
			RaiseNotSupported(std::string("mode ") + argv[1]);
		run_postmaster(argc, argv);
	}
	catch (const PgError &error)
	{
		Report fatal = error.report;

		fatal.elevel = FATAL;
		fatal.emit();
	}
	return 1;
}

} /* namespace */

int
main(int argc, char **argv)
{
	SaveArgv(argc, argv);
	use_plain_locale();
	MyProcPid = static_cast<int>(getpid());
	find_installation();
	if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-?") == 0))
	{
		printf(kHelp, "postgres", "postgres");
		return 0;
	}
	if (argc > 1 && (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0))
	{
		puts("postgres (PostgreSQL) " PG_VERSION_FULL);
		return 0;
	}
	if (!(argc > 2 && strcmp(argv[1], "-C") == 0))
		refuse_root();
	proc_exit(run_mode(argc, argv));
}
