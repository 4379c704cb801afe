/*
 * utils/fmgr/library_path.cpp
 *		Finds a module's file as PostgreSQL does.
 *
 * Any process that loads modules.
 */
#include "utils/fmgr/library_path.h"

#include <sys/stat.h>

#include "miscadmin.h"
#include "utils/error/report.h"
#include "utils/misc/settings.h"

namespace pg
{

namespace
{

constexpr std::string_view kMacro = "$libdir";
constexpr std::string_view kSuffix = ".so";

bool
is_file(const std::string &path)
{
	struct stat status;

	return stat(path.c_str(), &status) == 0 && !S_ISDIR(status.st_mode);
}

/* $libdir, alone or in front of a slash, is the only macro. */
std::string
expand_macro(const std::string &path)
{
	if (path.empty() || path[0] != '$')
		return path;

	const size_t end = std::min(path.find('/'), path.size());

	if (path.substr(0, end) != kMacro)
		Raise(Report(ERROR, ERRCODE_INVALID_NAME)
				  .msg("invalid macro name in dynamic library path: %s", path.c_str()));
	return pkglib_path + path.substr(end);
}

std::string
search_path_for(const std::string &name)
{
	std::string_view rest = Dynamic_library_path != nullptr ? Dynamic_library_path : "";

	while (!rest.empty())
	{
		const size_t colon = rest.find(':');
		const std::string folder(rest.substr(0, colon));

		if (folder.empty())
			Raise(Report(ERROR, ERRCODE_INVALID_NAME)
					  .msg("zero-length component in parameter \"dynamic_library_path\""));

		const std::string expanded = expand_macro(folder);

		if (expanded[0] != '/')
			Raise(
				Report(ERROR, ERRCODE_INVALID_NAME)
					.msg(
						"component in parameter \"dynamic_library_path\" is not an absolute path"));
		if (is_file(expanded + "/" + name))
			return expanded + "/" + name;
		rest = colon == std::string_view::npos ? std::string_view{} : rest.substr(colon + 1);
	}
	return {};
}

/* The file under exactly this name, or an empty text. */
std::string
find_exactly(const std::string &name)
{
	if (name.find('/') == std::string::npos)
		return search_path_for(name);

	const std::string path = expand_macro(name);

	return is_file(path) ? path : std::string();
}

} /* namespace */

std::string
FindLibrary(const std::string &name)
{
	std::string found = find_exactly(name);

	if (found.empty() && !name.ends_with(kSuffix))
		found = find_exactly(name + std::string(kSuffix));
	return found.empty() ? name : found;
}

} /* namespace pg */
