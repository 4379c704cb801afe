/*
 * utils/misc/installation.cpp
 *		Keeps where the server's program, modules and shared files are.
 *
 * Set once at start; every process reads it.
 */
#include "utils/misc/installation.h"

#include <string>

#include "common/paths.h"
#include "miscadmin.h"
#include "port/pg_config_paths.h"

char my_exec_path[MAXPGPATH] = "";
char pkglib_path[MAXPGPATH] = PKGLIBDIR;

namespace pg
{

namespace
{

char share_path[MAXPGPATH] = PGSHAREDIR;

} /* namespace */

bool
InitializeInstallation(const char *argv0)
{
	const std::string found = FindMyExecutable(argv0);

	strlcpy(my_exec_path, found.empty() ? argv0 : found.c_str(), MAXPGPATH);
	if (found.empty())
		return false;
	strlcpy(pkglib_path, InstalledPath(PKGLIBDIR, found).c_str(), MAXPGPATH);
	strlcpy(share_path, InstalledPath(PGSHAREDIR, found).c_str(), MAXPGPATH);
	return true;
}

const char *
ShareDirectory()
{
	return share_path;
}

} /* namespace pg */
