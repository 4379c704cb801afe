/*
 * options.cpp
 *		Reads the command line of pg_ctl (options.h).
 *
 * Client program, at start.
 */
#include "options.h"

#include <getopt.h>

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "messages.h"
#include "pg_config.h"

namespace
{

constexpr const char kHelp[] =
	"pg_ctl creates, starts, stops and controls a server.\n"
	"\n"
	"Usage:\n"
	"  pg_ctl init[db]   [-D DATADIR] [-s] [-o OPTIONS]\n"
	"  pg_ctl start      [-D DATADIR] [-l FILENAME] [-W] [-t SECS] [-s]\n"
	"                    [-o OPTIONS] [-p PATH] [-c]\n"
	"  pg_ctl stop       [-D DATADIR] [-m SHUTDOWN-MODE] [-W] [-t SECS] [-s]\n"
	"  pg_ctl restart    [-D DATADIR] [-m SHUTDOWN-MODE] [-W] [-t SECS] [-s]\n"
	"                    [-o OPTIONS] [-c]\n"
	"  pg_ctl reload     [-D DATADIR] [-s]\n"
	"  pg_ctl status     [-D DATADIR]\n"
	"  pg_ctl promote    [-D DATADIR] [-W] [-t SECS] [-s]\n"
	"  pg_ctl logrotate  [-D DATADIR] [-s]\n"
	"  pg_ctl kill       SIGNALNAME PID\n"
	"\n"
	"Common options:\n"
	"  -D, --pgdata=DATADIR   data directory; without it, PGDATA\n"
	"  -s, --silent           print errors only\n"
	"  -t, --timeout=SECS     how long to wait\n"
	"  -V, --version          print the version, then exit\n"
	"  -w, --wait             wait until it is done (default)\n"
	"  -W, --no-wait          do not wait\n"
	"  -?, --help             show this help, then exit\n"
	"\n"
	"Options for start or restart:\n"
	"  -c, --core-files       let the server leave core files\n"
	"  -l, --log=FILENAME     append what the server says to FILENAME\n"
	"  -o, --options=OPTIONS  command-line options for postgres, or for initdb\n"
	"  -p PATH-TO-POSTGRES    not needed normally\n"
	"\n"
	"Options for stop or restart:\n"
	"  -m, --mode=MODE        \"smart\", \"fast\" or \"immediate\"\n"
	"\n"
	"Shutdown modes are:\n"
	"  smart       when all clients have gone\n"
	"  fast        at once, in order (default)\n"
	"  immediate   at once, without order; the next start recovers\n"
	"\n"
	"Signal names for kill:\n"
	"  ABRT HUP INT KILL QUIT TERM USR1 USR2\n";

constexpr option kLongOptions[] = {
	{"help", no_argument, nullptr, '?'},		 {"version", no_argument, nullptr, 'V'},
	{"log", required_argument, nullptr, 'l'},	 {"mode", required_argument, nullptr, 'm'},
	{"pgdata", required_argument, nullptr, 'D'}, {"options", required_argument, nullptr, 'o'},
	{"silent", no_argument, nullptr, 's'},		 {"timeout", required_argument, nullptr, 't'},
	{"core-files", no_argument, nullptr, 'c'},	 {"wait", no_argument, nullptr, 'w'},
	{"no-wait", no_argument, nullptr, 'W'},		 {nullptr, 0, nullptr, 0}};

[[noreturn]] void
leave_with_hint()
{
	Complain("Try \"%s --help\" for more information.\n", kProgram);
	exit(1);
}

StopMode
parse_mode(const char *text)
{
	if (strcmp(text, "s") == 0 || strcmp(text, "smart") == 0)
		return StopMode::Smart;
	if (strcmp(text, "f") == 0 || strcmp(text, "fast") == 0)
		return StopMode::Fast;
	if (strcmp(text, "i") == 0 || strcmp(text, "immediate") == 0)
		return StopMode::Immediate;
	Complain("%s: unrecognized shutdown mode \"%s\"\n", kProgram, text);
	leave_with_hint();
}

int
parse_signal(const char *text)
{
	constexpr struct
	{
		const char *name;
		int number;
	} signals[] = {{"HUP", SIGHUP},	  {"INT", SIGINT},	 {"QUIT", SIGQUIT}, {"ABRT", SIGABRT},
				   {"KILL", SIGKILL}, {"TERM", SIGTERM}, {"USR1", SIGUSR1}, {"USR2", SIGUSR2}};

	for (const auto &signal : signals)
		if (strcmp(signal.name, text) == 0)
			return signal.number;
	Complain("%s: unrecognized signal name \"%s\"\n", kProgram, text);
	leave_with_hint();
}

Command
parse_command(const char *text)
{
	constexpr struct
	{
		const char *name;
		Command command;
	} commands[] = {{"init", Command::Init},		   {"initdb", Command::Init},
					{"start", Command::Start},		   {"stop", Command::Stop},
					{"restart", Command::Restart},	   {"reload", Command::Reload},
					{"status", Command::Status},	   {"promote", Command::Promote},
					{"logrotate", Command::LogRotate}, {"kill", Command::Kill}};

	for (const auto &command : commands)
		if (strcmp(command.name, text) == 0)
			return command.command;
	Complain("%s: unrecognized operation mode \"%s\"\n", kProgram, text);
	leave_with_hint();
}

void
take_option(Options *options, int option, char **argv)
{
	switch (option)
	{
		case 'D': options->data_dir = optarg; break;
		case 'l': options->log_file = optarg; break;
		case 'm': options->stop_mode = parse_mode(optarg); break;
		case 'o':
			options->server_options +=
				(options->server_options.empty() ? "" : " ") + std::string(optarg);
			break;
		case 'p': options->server_path = optarg; break;
		case 's': options->silent = true; break;
		case 't': options->timeout = atoi(optarg); break;
		case 'w': options->wait = true; break;
		case 'W': options->wait = false; break;
		case 'c': options->core_files = true; break;
		case 'V': puts("pg_ctl (PostgreSQL) " PG_VERSION_FULL); exit(0);
		case '?':
			if (optopt == 0 && strcmp(argv[optind - 1], "--help") != 0 &&
				strcmp(argv[optind - 1], "-?") != 0)
				leave_with_hint();
			if (optopt != 0 && optopt != '?')
				leave_with_hint();
			fputs(kHelp, stdout);
			exit(0);
	}
}

/* The words that are no options: the command, and what kill needs. */
void
take_word(Options *options, const char *word)
{
	if (options->command == Command::None)
		options->command = parse_command(word);
	else if (options->command == Command::Kill && options->kill_signal == 0)
		options->kill_signal = parse_signal(word);
	else if (options->command == Command::Kill && options->kill_pid == 0)
		options->kill_pid = static_cast<pid_t>(atol(word));
	else
	{
		Complain("%s: too many command-line arguments (first is \"%s\")\n", kProgram, word);
		leave_with_hint();
	}
}

void
check_options(const Options &options)
{
	if (options.command == Command::None)
	{
		Complain("%s: no operation specified\n", kProgram);
		leave_with_hint();
	}
	if (options.command == Command::Kill && options.kill_pid == 0)
	{
		Complain("%s: missing arguments for kill mode\n", kProgram);
		leave_with_hint();
	}
	if (options.data_dir.empty() && options.command != Command::Kill &&
		options.command != Command::Init)
	{
		Complain("%s: no database directory specified and environment variable PGDATA unset\n",
				 kProgram);
		leave_with_hint();
	}
}

} /* namespace */

Options
ParseOptions(int argc, char **argv)
{
	Options options;
	int option;

	if (const char *timeout = getenv("PGCTLTIMEOUT"))
		options.timeout = atoi(timeout);

	/* In this order getopt moves the words to the end, so options may stand anywhere. */
	while ((option = getopt_long(argc, argv, "cD:l:m:o:p:st:VwW", kLongOptions, nullptr)) != -1)
		take_option(&options, option, argv);
	for (; optind < argc; optind++)
		take_word(&options, argv[optind]);

	if (options.data_dir.empty() && getenv("PGDATA") != nullptr)
		options.data_dir = getenv("PGDATA");
	while (options.data_dir.size() > 1 && options.data_dir.back() == '/')
		options.data_dir.pop_back();
	check_options(options);
	return options;
}

int
SignalOf(StopMode mode)
{
	switch (mode)
	{
		case StopMode::Smart: return SIGTERM;
		case StopMode::Fast: return SIGINT;
		case StopMode::Immediate: break;
	}
	return SIGQUIT;
}
