/*
 * pg_ctl/options.h
 *		What the command line of pg_ctl asks for.
 */
#pragma once

#include <csignal>
#include <string>

enum class Command
{
	None,
	Init,
	Start,
	Stop,
	Restart,
	Reload,
	Status,
	Promote,
	LogRotate,
	Kill
};

enum class StopMode
{
	Smart,
	Fast,
	Immediate
};

struct Options
{
	Command command = Command::None;
	std::string data_dir; /* absolute or as given; empty: none */
	std::string log_file;
	std::string server_options; /* -o, for a shell */
	std::string server_path;	/* -p */
	StopMode stop_mode = StopMode::Fast;
	bool wait = true;
	bool silent = false;
	bool core_files = false;
	int timeout = 60; /* seconds */
	int kill_signal = 0;
	pid_t kill_pid = 0;
};

/* Also answers --help and --version. Complains and leaves with status 1 when the line makes no sense. */
Options ParseOptions(int argc, char **argv);

/* SIGTERM, SIGINT or SIGQUIT. */
int SignalOf(StopMode mode);
