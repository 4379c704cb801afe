/*
 * install_paths.cpp
 *		Finds the parts of a moved installation (common/install_paths.h).
 *
 * Server and client programs, at start.
 */
#include "common/install_paths.h"

#include <climits>
#include <unistd.h>
#include <vector>

#include "port.h"
#include "port/pg_config_paths.h"

namespace pg
{

namespace
{

std::vector<std::string>
split_path(const std::string &path)
{
	std::vector<std::string> parts;
	size_t at = 0;

	while (at < path.size())
	{
		size_t end = path.find('/', at);

		if (end == std::string::npos)
			end = path.size();
		if (end > at)
			parts.push_back(path.substr(at, end - at));
		at = end + 1;
	}
	return parts;
}

std::string
folder_of(const std::string &path)
{
	size_t slash = path.rfind('/');

	return slash == std::string::npos ? "." : path.substr(0, slash);
}

} /* namespace */

std::string
OwnProgramPath()
{
	char path[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", path, sizeof(path));

	return length > 0 ? std::string(path, static_cast<size_t>(length)) : std::string();
}

std::string
MovedPath(const std::string &target, const std::string &configured_bindir,
		  const std::string &program)
{
	std::vector<std::string> wanted = split_path(target);
	std::vector<std::string> bin = split_path(configured_bindir);
	std::vector<std::string> actual = split_path(folder_of(program));
	size_t common = 0;

	while (common < wanted.size() && common < bin.size() && wanted[common] == bin[common])
		common++;

	/* What follows in bindir must be how the program's folder ends. */
	size_t tail = bin.size() - common;

	if (common == 0 || actual.size() < tail)
		return target;
	for (size_t i = 0; i < tail; i++)
		if (bin[common + i] != actual[actual.size() - tail + i])
			return target;

	std::string result;

	for (size_t i = 0; i + tail < actual.size(); i++)
		result += "/" + actual[i];
	for (size_t i = common; i < wanted.size(); i++)
		result += "/" + wanted[i];
	return result.empty() ? "/" : result;
}

std::string
InstalledPath(const char *target)
{
	return MovedPath(target, PGBINDIR, OwnProgramPath());
}

std::string
SiblingProgram(const char *name)
{
	return folder_of(OwnProgramPath()) + "/" + name;
}

} /* namespace pg */

void
get_share_path(const char *, char *ret_path)
{
	strlcpy(ret_path, pg::InstalledPath(PGSHAREDIR).c_str(), MAXPGPATH);
}
