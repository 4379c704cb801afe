/*
 * temp_instance.cpp
 *		Runs the server of --temp-instance (temp_instance.h).
 *
 * Client program.
 */
#include "temp_instance.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "common/read_file.h"
#include "pg_config.h"
#include "process.h"
#include "report.h"

namespace
{

constexpr int kDefaultPort = 0xC000 | (PG_VERSION_NUM & 0x3FFF);
constexpr int kDefaultTimeout = 60;
constexpr useconds_t kPollInterval = 20'000;

constexpr const char kSettings[] = "\n# Configuration added by pg_regress\n\n"
								   "log_checkpoints = on\n"
								   "log_line_prefix = '%m %b[%p] %q%a '\n"
								   "log_lock_waits = on\n";

struct Instance
{
	pid_t pid = 0;
	std::string socket_dir;
	std::string stop_command;
};

Instance instance;

/* A temporary server has no use for what leads to others. */
void
forget_connection()
{
	for (const char *name :
		 {"PGDATABASE", "PGUSER", "PGSERVICE", "PGSERVICEFILE", "PGSSLMODE", "PGREQUIRESSL",
		  "PGCONNECT_TIMEOUT", "PGDATA", "PGHOSTADDR", "PGPASSFILE", "PGCHANNELBINDING"})
		unsetenv(name);
}

void
make_folder(const std::string &path)
{
	if (mkdir(path.c_str(), 0777) != 0 && errno != EEXIST)
		Bail("could not create directory \"%s\": %s", path.c_str(), strerror(errno));
}

void
run_initdb(const Options &options)
{
	std::string log = options.output_dir + "/log/initdb.log";
	std::string command = Quoted(ProgramPath(options, "initdb")) + " -D " +
						  Quoted(options.temp_instance + "/data") +
						  " -A trust --no-clean --no-sync" + (options.debug ? " --debug" : "") +
						  (options.no_locale ? " --no-locale" : "") + " > " + Quoted(log) + " 2>&1";

	Header("initializing database system");
	if (Run(command) != 0)
		Bail("initdb failed\nExamine %s for the reason.\nCommand was: %s", log.c_str(),
			 command.c_str());
}

void
write_settings(const Options &options)
{
	std::string path = options.temp_instance + "/data/postgresql.conf";
	std::string extra;

	WriteFile(path, kSettings, "ae");
	for (const std::string &config : options.temp_configs)
	{
		if (!pg::ReadWholeFile(config.c_str(), &extra))
			Bail("could not open \"%s\" to read extra config: %s", config.c_str(), strerror(errno));
		WriteFile(path, extra, "ae");
	}
}

void
make_socket_dir()
{
	const char *top = getenv("TMPDIR");
	std::string path = std::string(top != nullptr ? top : "/tmp") + "/pg_regress-XXXXXX";

	if (mkdtemp(path.data()) == nullptr)
		Bail("could not create directory \"%s\": %s", path.c_str(), strerror(errno));
	instance.socket_dir = path;
}

bool
server_answers(const Options &options)
{
	return Run(Quoted(ProgramPath(options, "psql")) +
			   " -X postgres </dev/null >/dev/null 2>/dev/null") == 0;
}

bool
server_has_ended()
{
	if (waitpid(instance.pid, nullptr, WNOHANG) == 0)
		return false;
	instance.pid = 0;
	return true;
}

void
wait_until_ready(const Options &options)
{
	const char *given = getenv("PGCTLTIMEOUT");
	int seconds = given != nullptr && atoi(given) > 0 ? atoi(given) : kDefaultTimeout;

	for (int64_t waited = 0; waited < seconds * int64_t{1'000'000}; waited += kPollInterval)
	{
		if (server_has_ended())
			Bail("postmaster failed\nExamine %s/log/postmaster.log for the reason",
				 options.output_dir.c_str());
		if (server_answers(options))
			return;
		usleep(kPollInterval);
	}
	Bail("postmaster did not respond within %d seconds\nExamine %s/log/postmaster.log for the "
		 "reason",
		 seconds, options.output_dir.c_str());
}

void
start_server(const Options &options, int port)
{
	instance.stop_command = Quoted(ProgramPath(options, "pg_ctl")) + " stop -D " +
							Quoted(options.temp_instance + "/data") + " -s";
	instance.pid = SpawnServer(Quoted(ProgramPath(options, "postgres")) + " -D " +
							   Quoted(options.temp_instance + "/data") + " -F" +
							   (options.debug ? " -d 5" : "") + " -c listen_addresses= -p " +
							   std::to_string(port) + " -k " + Quoted(instance.socket_dir) + " > " +
							   Quoted(options.output_dir + "/log/postmaster.log") + " 2>&1");
	atexit(StopTempInstance);
}

} /* namespace */

void
UseRunningServer(const Options &options)
{
	if (!options.host.empty())
	{
		setenv("PGHOST", options.host.c_str(), 1);
		unsetenv("PGHOSTADDR");
	}
	if (options.port != 0)
		setenv("PGPORT", std::to_string(options.port).c_str(), 1);
	if (!options.user.empty())
		setenv("PGUSER", options.user.c_str(), 1);

	const char *host = getenv("PGHOSTADDR") != nullptr ? getenv("PGHOSTADDR") : getenv("PGHOST");
	const char *port = getenv("PGPORT");
	std::string where = port != nullptr ? std::string("port ") + port : "default port";

	if (host != nullptr)
		printf("(using postmaster on %s, %s)\n", host, where.c_str());
	else
		printf("(using postmaster on Unix socket, %s)\n", where.c_str());
}

void
StartTempInstance(const Options &options)
{
	/* The folder of sockets is new, so no other server has the port there. */
	int port = options.port != 0 ? options.port : kDefaultPort;

	if (FileExists(options.temp_instance))
	{
		Header("removing existing temp instance");
		std::filesystem::remove_all(options.temp_instance);
	}
	Header("creating temporary instance");
	make_folder(options.temp_instance);
	make_folder(options.output_dir + "/log");
	forget_connection();
	run_initdb(options);
	write_settings(options);
	make_socket_dir();
	setenv("PGHOST", instance.socket_dir.c_str(), 1);
	setenv("PGPORT", std::to_string(port).c_str(), 1);

	Header("starting postmaster");
	start_server(options, port);
	wait_until_ready(options);
	printf("running on port %d with PID %ld\n", port, static_cast<long>(instance.pid));
}

void
StopTempInstance()
{
	if (instance.pid != 0)
	{
		if (Run(instance.stop_command) != 0)
			fprintf(stderr, "\n%s: could not stop postmaster\n", report_program);
		else
			waitpid(instance.pid, nullptr, 0);
		instance.pid = 0;
	}
	if (!instance.socket_dir.empty())
	{
		std::error_code ignored;

		std::filesystem::remove_all(instance.socket_dir, ignored);
		instance.socket_dir.clear();
	}
}

void
RemoveTempInstance(const Options &options)
{
	std::error_code error;

	Header("removing temporary instance");
	std::filesystem::remove_all(options.temp_instance, error);
	if (error)
		fprintf(stderr, "\n%s: could not remove temp instance \"%s\"\n", report_program,
				options.temp_instance.c_str());
}
