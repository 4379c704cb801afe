/*
 * pg_ctl.cpp
 *		The program `pg_ctl`: creates, starts, stops and controls a server.
 *
 * Client program; refuses root, as the server does.
 */
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "actions.h"
#include "common/install_paths.h"
#include "messages.h"
#include "options.h"
#include "server_files.h"

namespace
{

void
refuse_root()
{
	if (geteuid() != 0)
		return;
	Complain("%s: cannot be run as root\n"
			 "Please log in (using, e.g., \"su\") as the (unprivileged) user that will\n"
			 "own the server process.\n",
			 kProgram);
	exit(1);
}

/* A folder that has only the configuration names the data directory in it. */
std::string
data_directory_of(const std::string &config_dir)
{
	char line[4096] = "";

	if (config_dir.empty() || access(PathIn(config_dir, "postgresql.conf").c_str(), F_OK) != 0 ||
		access(PathIn(config_dir, "PG_VERSION").c_str(), F_OK) == 0)
		return config_dir;

	std::string command =
		"\"" + pg::SiblingProgram("postgres") + "\" -C data_directory -D \"" + config_dir + "\"";
	FILE *answer = popen(command.c_str(), "r");

	if (answer == nullptr || fgets(line, sizeof(line), answer) == nullptr || pclose(answer) != 0)
	{
		Complain("%s: could not determine the data directory using command \"%s\"\n", kProgram,
				 command.c_str());
		exit(1);
	}

	std::string found = line;

	while (!found.empty() && (found.back() == '\n' || found.back() == '/'))
		found.pop_back();
	return found;
}

int
run(const Options &options)
{
	switch (options.command)
	{
		case Command::Init: return DoInit(options);
		case Command::Start: return DoStart(options);
		case Command::Stop: return DoStop(options);
		case Command::Restart: return DoRestart(options);
		case Command::Reload: return DoReload(options);
		case Command::Status: return DoStatus(options);
		case Command::Promote: return DoPromote(options);
		case Command::LogRotate: return DoLogRotate(options);
		case Command::Kill: return DoKill(options);
		case Command::None: break;
	}
	return 1;
}

} /* namespace */

int
main(int argc, char **argv)
{
	/* Help and version are for everybody; they end the program in there. */
	if (argc > 1 && argv[1][0] != '-')
		refuse_root();

	Options options = ParseOptions(argc, argv);

	refuse_root();
	if (options.silent)
		BeSilent();
	if (options.command != Command::Init && options.command != Command::Kill)
		options.data_dir = data_directory_of(options.data_dir);
	return run(options);
}
