/*
 * postmaster/pm_start.cpp
 *		The postmaster from its command line to the launch of the startup process.
 *
 * Postmaster only, once.  Whatever goes wrong here ends it; from the lock file on through proc_exit,
 * which removes what was made.
 */
#include "postgres.h"

#include "postmaster/pm_internals.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <getopt.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include "libpq/pqsignal.h"
#include "miscadmin.h"
#include "postmaster/data_dir.h"
#include "postmaster/lockfile.h"
#include "postmaster/pm_settings.h"
#include "postmaster/pm_signals.h"
#include "postmaster/rules_file.h"
#include "postmaster/stopped_file.h"
#include "storage/ipc.h"
#include "storage/ipc/ipc_internals.h"
#include "storage/ipc/latch_internals.h"
#include "storage/lmgr/proc_internals.h"
#include "utils/error/report.h"
#include "utils/error/syslogger.h"
#include "utils/fmgr/loader.h"
#include "utils/memutils.h"
#include "utils/misc/guc_internals.h"
#include "utils/mmgr/heap_holes.h"
#include "utils/timestamp.h"

namespace pg
{

namespace
{

constexpr const char *kProgram = "postgres";

struct CommandLine
{
	const char *data_dir = nullptr;
	const char *print_setting = nullptr; /* -C */
};

[[noreturn]] void
leave_with_usage_hint()
{
	write_stderr("Try \"%s --help\" for more information.\n", kProgram);
	exit(1);
}

void
set_from_command_line(const char *name, const char *value)
{
	SetSetting(name, value, PGC_POSTMASTER, PGC_S_ARGV);
}

/* "name=value" of -c and --name=value; dashes in the name stand for underscores. */
void
set_from_assignment(char option, const char *text)
{
	const char *equals = strchr(text, '=');

	if (equals == nullptr)
	{
		if (option == '-')
			Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("--%s requires a value", text).emit();
		Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("-c %s requires a value", text).emit();
		return;
	}

	std::string name(text, equals);

	for (char &c : name)
		if (c == '-')
			c = '_';
	set_from_command_line(name.c_str(), equals + 1);
}

void
set_debug_level(const char *level)
{
	int number = atoi(level);
	std::string debug = "debug" + std::to_string(number);

	set_from_command_line("log_min_messages", number > 0 ? debug.c_str() : "notice");
}

/* Switches that set something; false for one that is unknown. */
bool
set_from_switch(int option)
{
	switch (option)
	{
		case 'B': set_from_command_line("shared_buffers", optarg); break;
		case 'c':
		case '-': set_from_assignment(static_cast<char>(option), optarg); break;
		case 'd': set_debug_level(optarg); break;
		case 'e': set_from_command_line("DateStyle", "euro"); break;
		case 'F': set_from_command_line("fsync", "false"); break;
		case 'h': set_from_command_line("listen_addresses", optarg); break;
		case 'i': set_from_command_line("listen_addresses", "*"); break;
		case 'k': set_from_command_line("unix_socket_directories", optarg); break;
		case 'l': set_from_command_line("ssl", "true"); break;
		case 'N': set_from_command_line("max_connections", optarg); break;
		case 'p': set_from_command_line("port", optarg); break;
		case 'S': set_from_command_line("work_mem", optarg); break;
		default: return false;
	}
	return true;
}

CommandLine
parse_command_line(int argc, char **argv)
{
	CommandLine line;
	int option;

	opterr = 1;
	optind = 1;
	while ((option = getopt(argc, argv, "B:c:C:D:d:EeFf:h:ijk:lN:nOPp:r:S:sTt:W:-:")) != -1)
	{
		if (option == 'D')
			line.data_dir = optarg;
		else if (option == 'C')
			line.print_setting = optarg;
		else if (!set_from_switch(option))
		{
			if (option != '?')
				write_stderr("%s: option -%c is not supported\n", kProgram, option);
			leave_with_usage_hint();
		}
	}
	if (optind < argc)
	{
		write_stderr("%s: invalid argument: \"%s\"\n", kProgram, argv[optind]);
		leave_with_usage_hint();
	}
	return line;
}

void
print_setting_and_leave(const char *name)
{
	const char *value = GetConfigOption(name, false, false);

	puts(value != nullptr ? value : "");
	exit(0);
}

void
check_settings_fit()
{
	if (ReservedBackends >= MaxConnections)
	{
		write_stderr(
			"%s: superuser_reserved_connections (%d) must be less than max_connections (%d)\n",
			kProgram, ReservedBackends, MaxConnections);
		exit(1);
	}
}

/* The command line as pg_ctl restart will use it. Failure is logged and harmless. */
void
write_options_file(int argc, char **argv)
{
	FILE *file = fopen("postmaster.opts", "we");

	if (file == nullptr)
	{
		Report(LOG)
			.code_for_file_access()
			.msg("could not create file \"%s\": %m", "postmaster.opts")
			.emit();
		return;
	}
	fputs(my_exec_path, file);
	for (int i = 1; i < argc; i++)
		fprintf(file, " \"%s\"", argv[i]);
	fputs("\n", file);
	if (fclose(file) != 0)
		Report(LOG)
			.code_for_file_access()
			.msg("could not write file \"%s\": %m", "postmaster.opts")
			.emit();
}

void
write_external_pid_file()
{
	if (external_pid_file == nullptr || external_pid_file[0] == '\0')
		return;
	FILE *file = fopen(external_pid_file, "we");

	if (file == nullptr)
	{
		write_stderr("%s: could not write external PID file \"%s\": %s\n", kProgram,
					 external_pid_file, strerror(errno));
		return;
	}
	fprintf(file, "%d\n", MyProcPid);
	fclose(file);
	chmod(external_pid_file, 0644);
	on_proc_exit([](int, Datum) { unlink(external_pid_file); }, 0);
}

} /* namespace */

void
Postmaster::prepare_wait_set()
{
	auto sockets = listeners_.sockets();

	wait_set_ = CreateWaitEventSet(TopMemoryContext, static_cast<int>(sockets.size()) + 1);
	AddWaitEventToSet(wait_set_, WL_LATCH_SET, PGINVALID_SOCKET, MyLatch, nullptr);
	for (int fd : sockets)
		AddWaitEventToSet(wait_set_, WL_SOCKET_READABLE, fd, nullptr, nullptr);
}

void
Postmaster::start(int argc, char **argv)
{
	IsPostmasterEnvironment = true;
	InitializeLatchSupport();
	PostmasterPid = MyProcPid;
	MyStartTimestamp = GetCurrentTimestamp();
	MyStartTime = timestamptz_to_time_t(MyStartTimestamp);
	/* The jitter of back-offs: two servers started alike must not draw alike. */
	srand48(static_cast<long>(MyStartTimestamp) ^ MyProcPid);
	log_identity.backend_type = "postmaster";
	log_identity.session_start = MyStartTimestamp;
	umask(0077);

	CommandLine line = parse_command_line(argc, argv);

	SelectDataDirectory(line.data_dir, kProgram);
	if (line.print_setting != nullptr)
		print_setting_and_leave(line.print_setting);
	CheckDataDirectory();
	EnterDataDirectory();
	check_settings_fit();

	tables_.check_control_file();

	InstallPostmasterSignals();
	PG_SETMASK(&UnBlockSig);
	CreateDataDirLock();
	on_proc_exit([](int, Datum) { RemoveLockFiles(); }, 0);
	unlink("promote");
	unlink("logrotate");
	if (!LoadWorkerRules(true))
		Report(FATAL).msg("could not load %s", BgworkerFileName).emit();
	LoadStoppedWorkers();
	LoadSharedPreloadLibraries();
	WorkerList::instance().find_functions();
	FixWorkerSlotCapacity();
	CreateSharedMemory(tables_.areas);
	children_.initialize(MaxConnections, WorkerSlotCapacity());
	InitPostmasterDeathWatch();

	logger_wanted_ = Logging_collector;
	if (logger_wanted_ && start_helper(ChildKind::Logger))
		RedirectToLogger();
	PgStartTime = GetCurrentTimestamp();
	Report(LOG).msg("starting %s", PG_VERSION_STR).emit();
	LogSettingsWithoutEffect();
	listeners_.open_all();
	prepare_wait_set();
	write_options_file(argc, argv);
	write_external_pid_file();
	if (tables_.load_authentication != nullptr && !tables_.load_authentication())
		Report(FATAL).msg("could not load %s", HbaFileName).emit();

	SetLockFileLine(LockFileLine::Status, kStatusStarting);
	CloseHeapHoles();
	if (!start_helper(ChildKind::Startup))
		leave_server(1);
	send_event(PmEvent::StartupLaunched);
}

} /* namespace pg */
