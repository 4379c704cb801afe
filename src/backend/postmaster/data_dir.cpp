/*
 * postmaster/data_dir.cpp
 *		Finds and checks the data directory (data_dir.h), with PostgreSQL's complaints.
 *
 * Runs in the postmaster at start, and in the bootstrap.  Changes nothing on disk.
 */
#include "postgres.h"

#include "postmaster/data_dir.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include "miscadmin.h"
#include "postmaster/pm_settings.h"
#include "utils/error/report.h"
#include "utils/misc/guc_internals.h"

namespace pg
{

namespace
{

constexpr mode_t kOwnerOnly = 0700;
constexpr mode_t kGroupReads = 0750;
constexpr mode_t kForbidden = S_IWGRP | S_IRWXO;

[[noreturn]] void
leave_with_usage_error()
{
	exit(2);
}

std::string
absolute(const char *path)
{
	char *resolved = nullptr;
	std::string result = path;

	if (path[0] != '/')
	{
		resolved = getcwd(nullptr, 0);
		if (resolved != nullptr)
			result = std::string(resolved) + "/" + path;
		free(resolved);
	}
	while (result.size() > 1 && result.back() == '/')
		result.pop_back();
	if (result.size() > 2 && result.ends_with("/."))
		result.resize(result.size() - 2);
	return result;
}

/* Names a file setting, by default a file of that name in the data directory. */
void
select_file(const char *setting, const char *const &variable, const char *default_name,
			const char *what, const char *progname)
{
	if (variable != nullptr)
		SetSetting(setting, absolute(variable).c_str(), PGC_POSTMASTER, PGC_S_OVERRIDE);
	else if (DataDir != nullptr)
		SetSetting(setting, (std::string(DataDir) + "/" + default_name).c_str(), PGC_POSTMASTER,
				   PGC_S_OVERRIDE);
	else
	{
		write_stderr("%s does not know where to find the \"%s\" configuration file.\n"
					 "This can be specified as \"%s\" in \"%s\", or by the -D invocation option, "
					 "or by the PGDATA "
					 "environment variable.\n",
					 progname, what, setting, ConfigFileName);
		leave_with_usage_error();
	}
}

} /* namespace */

void
SetDataDirectory(const char *path)
{
	char *former = DataDir;

	DataDir = strdup(absolute(path).c_str());
	free(former);
}

void
SelectDataDirectory(const char *option, const char *progname)
{
	struct stat found;
	const char *given = option != nullptr ? option : getenv("PGDATA");
	std::string config_dir = given != nullptr && given[0] != '\0' ? absolute(given) : "";

	if (!config_dir.empty() && stat(config_dir.c_str(), &found) != 0)
	{
		write_stderr("%s: could not access directory \"%s\": %s\n", progname, config_dir.c_str(),
					 strerror(errno));
		if (errno == ENOENT)
			write_stderr(
				"Run initdb or pg_basebackup to initialize a PostgreSQL data directory.\n");
		leave_with_usage_error();
	}

	std::string config_file;

	if (ConfigFileName != nullptr)
		config_file = absolute(ConfigFileName);
	else if (!config_dir.empty())
		config_file = config_dir + "/postgresql.conf";
	else
	{
		write_stderr("%s does not know where to find the server configuration file.\n"
					 "You must specify the --config-file or -D invocation option or set the PGDATA "
					 "environment "
					 "variable.\n",
					 progname);
		leave_with_usage_error();
	}
	SetSetting("config_file", config_file.c_str(), PGC_POSTMASTER, PGC_S_OVERRIDE);
	if (stat(config_file.c_str(), &found) != 0)
	{
		write_stderr("%s: could not access the server configuration file \"%s\": %s\n", progname,
					 config_file.c_str(), strerror(errno));
		leave_with_usage_error();
	}
	if (!config_dir.empty())
		SetDataDirectory(config_dir.c_str()); /* postgresql.auto.conf lies there */
	LoadConfigFiles(ConfigFileName);

	if (data_directory != nullptr)
		SetDataDirectory(data_directory);
	else if (config_dir.empty())
	{
		write_stderr("%s does not know where to find the database system data.\n"
					 "This can be specified as \"data_directory\" in \"%s\", or by the -D "
					 "invocation option, or by "
					 "the PGDATA environment variable.\n",
					 progname, ConfigFileName);
		leave_with_usage_error();
	}
	SetSetting("data_directory", DataDir, PGC_POSTMASTER, PGC_S_OVERRIDE);
	select_file("hba_file", HbaFileName, "pg_hba.conf", "hba", progname);
	select_file("ident_file", IdentFileName, "pg_ident.conf", "ident", progname);
	select_file("bgworker_file", BgworkerFileName, "pg_bgworker.conf", "bgworker", progname);
}

void
CheckDataDirectory()
{
	struct stat found;

	if (stat(DataDir, &found) != 0)
	{
		if (errno == ENOENT)
			Report(FATAL)
				.code_for_file_access()
				.msg("data directory \"%s\" does not exist", DataDir)
				.emit();
		Report(FATAL)
			.code_for_file_access()
			.msg("could not read permissions of directory \"%s\": %m", DataDir)
			.emit();
	}
	if (!S_ISDIR(found.st_mode))
		Report(FATAL, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
			.msg("specified data directory \"%s\" is not a directory", DataDir)
			.emit();
	if (found.st_uid != geteuid())
		Report(FATAL, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
			.msg("data directory \"%s\" has wrong ownership", DataDir)
			.hint("The server must be started by the user that owns the data directory.")
			.emit();
	if ((found.st_mode & kForbidden) != 0)
		Report(FATAL, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
			.msg("data directory \"%s\" has invalid permissions", DataDir)
			.detail("Permissions should be u=rwx (0700) or u=rwx,g=rx (0750).")
			.emit();

	bool group = (found.st_mode & kGroupReads) == kGroupReads;

	data_directory_mode = group ? kGroupReads : kOwnerOnly;
	umask(group ? 0027 : 0077);
	CheckVersionFile(DataDir);
}

void
CheckVersionFile(const char *directory)
{
	std::string path = std::string(directory) + "/PG_VERSION";
	FILE *file = fopen(path.c_str(), "re");
	char version[64] = "";

	if (file == nullptr)
	{
		Report report(FATAL);

		if (errno == ENOENT)
			report.msg("\"%s\" is not a valid data directory", directory)
				.detail("File \"%s\" is missing.", path.c_str());
		else
			report.code_for_file_access().msg("could not open file \"%s\": %m", path.c_str());
		report.emit();
		return;
	}

	int fields = fscanf(file, "%63s", version);
	char *end;
	long major = strtol(version, &end, 10);

	fclose(file);
	if (fields != 1 || end == version)
		Report(FATAL)
			.msg("\"%s\" is not a valid data directory", directory)
			.detail("File \"%s\" does not contain valid data.", path.c_str())
			.hint("You might need to initdb.")
			.emit();
	if (major != PG_MAJORVERSION_NUM)
		Report(FATAL, ERRCODE_INVALID_PARAMETER_VALUE)
			.msg("database files are incompatible with server")
			.detail("The data directory was initialized by PostgreSQL version %s, which is not "
					"compatible with this "
					"version %s.",
					version, PG_VERSION)
			.emit();
}

void
EnterDataDirectory()
{
	if (chdir(DataDir) < 0)
		Report(FATAL)
			.code_for_file_access()
			.msg("could not change directory to \"%s\": %m", DataDir)
			.emit();
}

} /* namespace pg */
