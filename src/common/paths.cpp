/*
 * common/paths.cpp
 *		Finds the program's own file, and from it the installation's folders.
 *
 * Server and client programs.
 */
#include "common/paths.h"

#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "port/pg_config_paths.h"

namespace pg
{

namespace
{

bool
is_executable(const std::string &path)
{
	struct stat status;

	return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
		   access(path.c_str(), X_OK) == 0;
}

std::string
resolved(const std::string &path)
{
	char buffer[PATH_MAX];

	return realpath(path.c_str(), buffer) != nullptr ? buffer : path;
}

std::string
folder_of(const std::string &path)
{
	const size_t slash = path.rfind('/');

	return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

/* Length of the longest common beginning that ends at a folder. */
size_t
common_folders(std::string_view a, std::string_view b)
{
	size_t common = 0;

	for (size_t i = 0; i < a.size() && i < b.size() && a[i] == b[i]; i++)
	{
		if (a[i] == '/')
			common = i + 1;
	}
	return common;
}

} /* namespace */

std::string
FindMyExecutable(const char *argv0)
{
	const std::string name = argv0;

	if (name.find('/') != std::string::npos)
		return is_executable(name) ? resolved(AbsolutePath(name)) : std::string();

	const char *path = getenv("PATH");
	std::string_view rest = path != nullptr ? path : "";

	while (!rest.empty())
	{
		const size_t colon = rest.find(':');
		const std::string candidate = AbsolutePath(std::string(rest.substr(0, colon)) + "/" + name);

		if (is_executable(candidate))
			return resolved(candidate);
		rest = colon == std::string_view::npos ? std::string_view{} : rest.substr(colon + 1);
	}
	return {};
}

std::string
FindOtherExecutable(const std::string &my_exec, const std::string &name)
{
	std::string path = folder_of(my_exec) + "/" + name;

	return is_executable(path) ? path : std::string();
}

std::string
InstalledPath(const std::string &built_path, const std::string &my_exec)
{
	const std::string built_bin = PGBINDIR;
	const size_t common = common_folders(built_path + "/", built_bin + "/");
	/* "bin" of /usr/local/postroom/bin: must be the end of where the program is. */
	const std::string bin_tail = common <= built_bin.size() ? built_bin.substr(common) : "";
	const std::string now = folder_of(my_exec);

	if (bin_tail.empty() || now.size() <= bin_tail.size() || !now.ends_with(bin_tail) ||
		now[now.size() - bin_tail.size() - 1] != '/')
		return built_path;
	return now.substr(0, now.size() - bin_tail.size()) + built_path.substr(common);
}

std::string
AbsolutePath(const std::string &path)
{
	std::string absolute = path;

	if (path.empty() || path[0] != '/')
	{
		char buffer[PATH_MAX];

		if (getcwd(buffer, sizeof(buffer)) == nullptr)
			return path;
		absolute = std::string(buffer) + "/" + path;
	}
	absolute = std::filesystem::path(absolute).lexically_normal().string();
	while (absolute.size() > 1 && absolute.back() == '/')
		absolute.pop_back();
	return absolute;
}

} /* namespace pg */
