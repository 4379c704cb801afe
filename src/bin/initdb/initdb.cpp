/*
 * initdb.cpp
 *		The program `initdb`: creates the data directory of a server.
 *
 * Client program.  Writes the configuration itself and runs `postgres --boot` once for the databases.
 */
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "common/install_paths.h"
#include "files.h"
#include "options.h"
#include "pg_config.h"

extern char **environ;

namespace
{

bool clean_up = true;
std::string data_dir;

void
take_back()
{
	if (clean_up)
		RemoveCreated();
	else
		fprintf(stderr, "%s: data directory \"%s\" not removed at user's request\n", kProgram,
				data_dir.c_str());
}

void
say_what_follows()
{
	printf("The files belonging to this database system will be owned by user \"%s\".\n"
		   "This user must also own the server process.\n"
		   "\n"
		   "The database cluster will be initialized with locale \"C\".\n"
		   "The database encoding is \"UTF8\".\n"
		   "\n"
		   "Data page checksums are disabled.\n"
		   "\n",
		   OwnUserName().c_str());
}

/* Databases and catalogs: the server knows how. */
void
run_bootstrap(const Options &options)
{
	std::string server = pg::SiblingProgram("postgres");
	std::string directory = options.data_dir;
	std::string user = options.superuser;
	char boot[] = "--boot", dir_option[] = "-D", user_option[] = "-U", no_sync[] = "-F";
	char *arguments[] = {server.data(), boot,		 dir_option, directory.data(),
						 user_option,	user.data(), no_sync,	 nullptr};
	pid_t pid;
	int status;

	printf("running bootstrap script ... ");
	fflush(stdout);
	if (access(server.c_str(), X_OK) != 0)
		Fail("program \"%s\" is needed by %s but was not found in the same directory as \"%s\"",
			 "postgres", kProgram, pg::OwnProgramPath().c_str());
	if (int failure = posix_spawn(&pid, server.c_str(), nullptr, nullptr, arguments, environ);
		failure != 0)
		Fail("could not execute command \"%s\": %s", server.c_str(), strerror(failure));
	if (waitpid(pid, &status, 0) != pid)
		Fail("could not wait for child process: %s", strerror(errno));
	if (WIFSIGNALED(status))
		Fail("child process was terminated by signal %d: %s", WTERMSIG(status),
			 strsignal(WTERMSIG(status)));
	if (WEXITSTATUS(status) != 0)
		Fail("child process exited with exit code %d", WEXITSTATUS(status));
	StepDone();
}

void
sync_to_disk(const Options &options)
{
	printf("syncing data to disk ... ");
	fflush(stdout);
	SyncTree(options.data_dir);
	StepDone();
}

/* The program is named as the caller named ours, so that the line can be pasted. */
void
say_how_to_start(const Options &options, const char *argv0)
{
	std::string program = argv0;
	size_t slash = program.rfind('/');

	program = (slash == std::string::npos ? "" : program.substr(0, slash + 1)) + "pg_ctl";
	printf("\nSuccess. You can now start the database server using:\n\n    %s -D %s -l logfile "
		   "start\n\n",
		   program.c_str(), options.data_dir.c_str());
}

void
warn_about_trust(const Options &options)
{
	if (options.auth_was_given)
		return;
	puts("");
	Warn("enabling \"trust\" authentication for local connections");
	Hint("Users of this machine can connect as any database user; nobody else can.  You can change "
		 "this by editing pg_hba.conf or using the option -A, or --auth-local and --auth-host, the "
		 "next time you run initdb.");
}

int
show(const Options &options)
{
	printf("VERSION=%s\nPGDATA=%s\nshare_path=%s\nPGPATH=%s\nPOSTGRES_SUPERUSERNAME=%s\n",
		   PG_VERSION_FULL, options.data_dir.c_str(), options.sample_dir.c_str(),
		   pg::SiblingProgram("").c_str(), options.superuser.c_str());
	return 0;
}

} /* namespace */

int
main(int argc, char **argv)
{
	const Options options = ParseOptions(argc, argv);

	clean_up = options.clean_up;
	data_dir = options.data_dir;
	if (options.show)
		return show(options);
	if (options.sync_only)
	{
		sync_to_disk(options);
		return 0;
	}

	CatchSignals();
	say_what_follows();
	OnFailure(take_back);
	CreateDataDirectory(options);
	CreateSubdirectories(options);

	std::string timezone = FindTimezone();

	printf("selecting default time zone ... %s\n", timezone.c_str());
	WriteConfiguration(options, timezone);
	run_bootstrap(options);
	if (options.sync)
		sync_to_disk(options);
	else
		puts("\nSync to disk skipped.\nThe data directory might become corrupt if the operating "
			 "system "
			 "crashes.");
	warn_about_trust(options);
	if (options.instructions)
		say_how_to_start(options, argv[0]);
	return 0;
}
