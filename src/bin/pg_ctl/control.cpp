/*
 * control.cpp
 *		pg_ctl for a server that runs: stop, restart, reload, status, promote, logrotate, kill.
 *
 * Client program.  Talks to the server by signals and small files in its data directory.
 */
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "actions.h"
#include "common/control_file.h"
#include "messages.h"
#include "server_files.h"
#include "waiting.h"

namespace
{

/* The pid of the server that runs there, or complains and leaves. */
pid_t
require_server(const Options &options, const char *deed)
{
	pid_t pid = ReadServerPid(options.data_dir, false);

	if (pid == 0)
	{
		Complain("%s: PID file \"%s\" does not exist\nIs server running?\n", kProgram,
				 PathIn(options.data_dir, "postmaster.pid").c_str());
		exit(1);
	}
	if (pid < 0)
	{
		Complain("%s: cannot %s server; single-user server is running (PID: %d)\n", kProgram, deed,
				 -pid);
		exit(1);
	}
	return pid;
}

/* what: "stop", "reload", ... of the complaint. */
void
send_signal(pid_t pid, int signal, const char *what)
{
	if (kill(pid, signal) == 0)
		return;
	Complain("%s: could not send %s signal (PID: %d): %s\n", kProgram, what, pid, strerror(errno));
	exit(1);
}

bool
wait_until_stopped(const Options &options)
{
	bool in_order = false;

	WaitFor(options.timeout,
			[&]
			{
				pid_t pid = ReadServerPid(options.data_dir, false);
				bool dead = pid != 0 && !IsAlive(pid);

				/* It removes its file last; one that died without that did not shut down. */
				in_order = pid == 0 || (dead && ReadServerPid(options.data_dir, false) == 0);
				return in_order || dead;
			});
	return in_order;
}

/* Says how waiting for the end went; false when the server is still there. */
bool
wait_and_report_stop(const Options &options)
{
	Say("waiting for server to shut down...");
	if (!wait_until_stopped(options))
	{
		Say(" failed\n");
		Complain("%s: server does not shut down\n", kProgram);
		if (options.stop_mode == StopMode::Smart)
			Complain("HINT: The \"-m fast\" option immediately disconnects sessions rather than\n"
					 "waiting for session-initiated disconnection.\n");
		return false;
	}
	Say(" done\n");
	Say("server stopped\n");
	return true;
}

pg::ClusterState
cluster_state(const Options &options)
{
	pg::ControlData control;

	if (pg::ReadControlFile(options.data_dir.c_str(), &control) != pg::ControlFileError::None)
	{
		Complain("%s: control file appears to be corrupt\n", kProgram);
		exit(1);
	}
	return control.state;
}

/* An empty file by which the postmaster knows why it gets SIGUSR1. */
void
create_signal_file(const std::string &path, const char *what)
{
	FILE *file = fopen(path.c_str(), "w");

	if (file == nullptr)
	{
		Complain("%s: could not create %s signal file \"%s\": %s\n", kProgram, what, path.c_str(),
				 strerror(errno));
		exit(1);
	}
	if (fclose(file) != 0)
	{
		Complain("%s: could not write %s signal file \"%s\": %s\n", kProgram, what, path.c_str(),
				 strerror(errno));
		exit(1);
	}
}

void
signal_with_file(pid_t pid, const std::string &path, const char *what)
{
	create_signal_file(path, what);
	if (kill(pid, SIGUSR1) != 0)
	{
		Complain("%s: could not send %s signal (PID: %d): %s\n", kProgram, what, pid,
				 strerror(errno));
		unlink(path.c_str());
		exit(1);
	}
}

} /* namespace */

int
DoStop(const Options &options)
{
	pid_t pid = require_server(options, "stop");

	send_signal(pid, SignalOf(options.stop_mode), "stop");
	if (!options.wait)
	{
		Say("server shutting down\n");
		return 0;
	}
	return wait_and_report_stop(options) ? 0 : 1;
}

int
DoRestart(const Options &options)
{
	pid_t pid = ReadServerPid(options.data_dir, false);

	if (pid < 0)
	{
		Complain("%s: cannot restart server; single-user server is running (PID: %d)\n"
				 "Please terminate the single-user server and try again.\n",
				 kProgram, -pid);
		return 1;
	}
	if (pid == 0)
		Complain("%s: PID file \"%s\" does not exist\nIs server running?\n"
				 "trying to start server anyway\n",
				 kProgram, PathIn(options.data_dir, "postmaster.pid").c_str());
	else if (IsAlive(pid))
	{
		send_signal(pid, SignalOf(options.stop_mode), "stop");
		if (!wait_and_report_stop(options))
			return 1;
	}
	else
		Complain("%s: old server process (PID: %d) seems to be gone\nstarting server anyway\n",
				 kProgram, pid);
	return DoStart(options);
}

int
DoReload(const Options &options)
{
	send_signal(require_server(options, "reload"), SIGHUP, "reload");
	Say("server signaled\n");
	return 0;
}

int
DoStatus(const Options &options)
{
	pid_t pid = ReadServerPid(options.data_dir, true);

	if (pid < 0 && IsAlive(-pid))
	{
		printf("%s: single-user server is running (PID: %d)\n", kProgram, -pid);
		return 0;
	}
	if (pid > 0 && IsAlive(pid))
	{
		printf("%s: server is running (PID: %d)\n", kProgram, pid);
		fputs(ReadOptionsFile(options.data_dir).c_str(), stdout);
		return 0;
	}
	printf("%s: no server running\n", kProgram);
	return 3;
}

int
DoPromote(const Options &options)
{
	pid_t pid = require_server(options, "promote");

	if (cluster_state(options) != pg::ClusterState::InArchiveRecovery)
	{
		Complain("%s: cannot promote server; server is not in standby mode\n", kProgram);
		return 1;
	}
	signal_with_file(pid, PathIn(options.data_dir, "promote"), "promote");
	if (!options.wait)
	{
		Say("server promoting\n");
		return 0;
	}
	Say("waiting for server to promote...");
	if (!WaitFor(options.timeout,
				 [&] { return cluster_state(options) == pg::ClusterState::InProduction; }))
	{
		Say(" stopped waiting\n");
		Complain("%s: server did not promote in time\n", kProgram);
		return 1;
	}
	Say(" done\n");
	Say("server promoted\n");
	return 0;
}

int
DoLogRotate(const Options &options)
{
	pid_t pid = require_server(options, "rotate log file of");

	signal_with_file(pid, PathIn(options.data_dir, "logrotate"), "log rotation");
	Say("server signaled to rotate log file\n");
	return 0;
}

int
DoKill(const Options &options)
{
	if (kill(options.kill_pid, options.kill_signal) == 0)
		return 0;
	Complain("%s: could not send signal %d (PID: %d): %s\n", kProgram, options.kill_signal,
			 options.kill_pid, strerror(errno));
	return 1;
}
