/*
 * start.cpp
 *		pg_ctl init and start: runs initdb or the server, and waits until it is ready.
 *
 * Client program.  The server is the child of this program until this one ends, so its early end is
 * seen at once.
 */
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>

#include "actions.h"
#include "common/install_paths.h"
#include "messages.h"
#include "server_files.h"
#include "waiting.h"

namespace
{

enum class StartResult
{
	Ready,
	Starting, /* time is up */
	Failed
};

/* A program of our installation, or complains and leaves. */
std::string
require_program(const char *name)
{
	std::string path = pg::SiblingProgram(name);

	if (access(path.c_str(), X_OK) != 0)
	{
		Complain("%s: program \"%s\" is needed by %s but was not found in the same directory as "
				 "\"%s\"\n",
				 kProgram, name, kProgram, pg::OwnProgramPath().c_str());
		exit(1);
	}
	return path;
}

/* New files of the server and its log get the rights that the data directory's mode asks for. */
void
set_umask(const std::string &data_dir)
{
	struct stat found;
	bool group = stat(data_dir.c_str(), &found) == 0 && (found.st_mode & 0050) == 0050;

	umask(group ? 0027 : 0077);
}

void
unlimit_core_files()
{
	rlimit limit;

	getrlimit(RLIMIT_CORE, &limit);
	if (limit.rlim_max == 0)
		Complain("%s: cannot set core file size limit; disallowed by hard limit\n", kProgram);
	else if (limit.rlim_cur < limit.rlim_max)
	{
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_CORE, &limit);
	}
}

/* Forks the server; a shell splits the options and then becomes it. */
pid_t
launch(const Options &options, const std::string &server, const std::string &server_options)
{
	std::string command = "exec \"" + server + "\" ";

	/* The arguments of a server that ran before name it already. */
	if (server_options.find("\"-D\"") == std::string::npos)
		command += "-D \"" + std::filesystem::absolute(options.data_dir).string() + "\" ";
	command += server_options + " < /dev/null";
	command += options.log_file.empty() ? " 2>&1" : " >> \"" + options.log_file + "\" 2>&1";
	fflush(stdout);
	fflush(stderr);

	pid_t pid = fork();

	if (pid < 0)
	{
		Complain("%s: could not start server: %s\n", kProgram, strerror(errno));
		exit(1);
	}
	if (pid > 0)
		return pid;
	if (setsid() < 0)
	{
		Complain("%s: could not start server due to setsid() failure: %s\n", kProgram,
				 strerror(errno));
		_exit(1);
	}
	execl("/bin/sh", "/bin/sh", "-c", command.c_str(), static_cast<char *>(nullptr));
	Complain("%s: could not start server: %s\n", kProgram, strerror(errno));
	_exit(1);
}

bool
says_ready(const std::string &data_dir, pid_t pid, time_t launched)
{
	std::vector<std::string> lines = ReadPidFile(data_dir);

	if (lines.size() < 8 || atol(lines[0].c_str()) != pid || atol(lines[2].c_str()) < launched - 2)
		return false;
	return lines[7] == "ready   " || lines[7] == "standby ";
}

StartResult
wait_until_ready(const Options &options, pid_t pid, time_t launched)
{
	StartResult result = StartResult::Starting;

	WaitFor(options.timeout,
			[&]
			{
				int status;

				if (says_ready(options.data_dir, pid, launched))
					result = StartResult::Ready;
				else if (waitpid(pid, &status, WNOHANG) == pid)
					result = StartResult::Failed;
				return result != StartResult::Starting;
			});
	return result;
}

int
report_start(StartResult result)
{
	switch (result)
	{
		case StartResult::Ready:
			Say(" done\n");
			Say("server started\n");
			return 0;
		case StartResult::Starting:
			Say(" stopped waiting\n");
			Complain("%s: server did not start in time\n", kProgram);
			return 1;
		case StartResult::Failed: break;
	}
	Say(" stopped waiting\n");
	Complain("%s: could not start server\nExamine the log output.\n", kProgram);
	return 1;
}

} /* namespace */

int
DoStart(const Options &options)
{
	std::string server_options = options.server_options;
	pid_t former = ReadServerPid(options.data_dir, false);

	if (former != 0 && options.command != Command::Restart)
		Complain("%s: another server might be running; trying to start server anyway\n", kProgram);
	if (options.command == Command::Restart && server_options.empty())
		server_options = ReadServerArguments(options.data_dir);

	std::string server =
		options.server_path.empty() ? require_program("postgres") : options.server_path;

	if (options.core_files)
		unlimit_core_files();
	set_umask(options.data_dir);

	time_t launched = time(nullptr);
	pid_t pid = launch(options, server, server_options);

	if (!options.wait)
	{
		Say("server starting\n");
		return 0;
	}
	Say("waiting for server to start...");
	return report_start(wait_until_ready(options, pid, launched));
}

int
DoInit(const Options &options)
{
	std::string command = "\"" + require_program("initdb") + "\"";

	if (!options.data_dir.empty())
		command += " -D \"" + options.data_dir + "\"";
	command += " " + options.server_options;
	if (options.silent)
		command += " > /dev/null";
	fflush(stdout);
	if (system(command.c_str()) != 0)
	{
		Complain("%s: database system initialization failed\n", kProgram);
		return 1;
	}
	return 0;
}
