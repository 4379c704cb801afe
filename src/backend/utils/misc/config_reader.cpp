/*
 * utils/misc/config_reader.cpp
 *		Configuration files and what they include.
 *
 * Postmaster at start, every process at SIGHUP.  Applies nothing.
 */
#include "utils/misc/config_reader.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>

#include "common/config_file.h"
#include "common/read_file.h"
#include "utils/error/report.h"
#include "utils/misc/guc_state.h"

namespace pg
{
namespace guc
{

namespace
{

constexpr int kMaxDepth = 10;
constexpr int kMaxErrors = 100;
constexpr size_t kMaxFileSize = 16 * 1024 * 1024;

/* What an include means: relative to the folder of the file that says it. */
std::string
resolve(const std::string &name, const std::string &calling_file)
{
	const size_t slash = calling_file.rfind('/');

	if (name.front() == '/' || slash == std::string::npos)
		return name;
	return calling_file.substr(0, slash + 1) + name;
}

bool
is_blank(const std::string &text)
{
	return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

} /* namespace */

void
ConfigReader::complain(FileEntry entry)
{
	entries_.push_back(std::move(entry));
	good_ = false;
}

void
ConfigReader::add_error(const Place &from, const std::string &error)
{
	FileEntry entry(memory_);

	entry.file = from.file;
	entry.line = from.line;
	entry.error = error;
	complain(std::move(entry));
}

void
ConfigReader::read_file(const std::string &name, bool strict)
{
	read_included(name, strict, Place{});
}

void
ConfigReader::read_included(const std::string &name, bool strict, const Place &from)
{
	if (is_blank(name))
	{
		Report(elevel_, ERRCODE_INVALID_PARAMETER_VALUE)
			.msg("empty configuration file name: \"%s\"", name.c_str())
			.emit();
		add_error(from, "empty configuration file name");
		return;
	}
	if (from.depth > kMaxDepth)
	{
		Report(elevel_, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
			.msg("could not open configuration file \"%s\": maximum nesting depth exceeded",
				 name.c_str())
			.emit();
		add_error(from, "nesting depth exceeded");
		return;
	}

	const std::string path = resolve(name, from.file);

	if (from.depth > 0 && path == from.file)
	{
		Report(elevel_, ERRCODE_INVALID_PARAMETER_VALUE)
			.msg("configuration file recursion in \"%s\"", path.c_str())
			.emit();
		add_error(from, "configuration file recursion");
		return;
	}

	std::pmr::string text(memory_);

	if (ReadWholeFile(path.c_str(), &text, kMaxFileSize))
	{
		take_text(path, text, from.depth);
		return;
	}
	if (!strict && errno == ENOENT)
	{
		Report(elevel_).msg("skipping missing configuration file \"%s\"", path.c_str()).emit();
		return;
	}
	Report(elevel_)
		.code_for_file_access()
		.msg("could not open configuration file \"%s\": %m", path.c_str())
		.emit();
	add_error(from, "could not open file \"" + path + "\"");
}

void
ConfigReader::read_folder(const std::string &name, const Place &from)
{
	if (is_blank(name))
	{
		Report(elevel_, ERRCODE_INVALID_PARAMETER_VALUE)
			.msg("empty configuration directory name: \"%s\"", name.c_str())
			.emit();
		add_error(from, "empty configuration directory name");
		return;
	}

	const std::string folder = resolve(name, from.file);
	DIR *dir = opendir(folder.c_str());
	std::vector<std::string> files;

	if (dir == nullptr)
	{
		Report(elevel_)
			.code_for_file_access()
			.msg("could not open configuration directory \"%s\": %m", folder.c_str())
			.emit();
		add_error(from, "could not open directory \"" + folder + "\"");
		return;
	}
	while (const dirent *entry = readdir(dir))
	{
		const std::string file = entry->d_name;
		const std::string path = folder + "/" + file;
		struct stat status;

		if (file.front() == '.' || file.size() < 6 || !file.ends_with(".conf"))
			continue;
		if (stat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
			files.push_back(path);
	}
	closedir(dir);
	std::sort(files.begin(), files.end());
	for (const std::string &path : files)
		read_included(path, true, from);
}

bool
ConfigReader::take_include(std::string_view name, std::string_view value, const Place &from)
{
	if (SameName(name, "include_dir"))
		read_folder(std::string(value), from);
	else if (SameName(name, "include_if_exists"))
		read_included(std::string(value), false, from);
	else if (SameName(name, "include"))
		read_included(std::string(value), true, from);
	else
		return false;
	return true;
}

void
ConfigReader::take_text(const std::string &path, std::string_view text, int depth)
{
	int errors = 0;

	for (ConfigLine &line : LexConfig(text, memory_))
	{
		const Place place{path, static_cast<int>(line.line), depth + 1};

		if (!line.error.empty())
		{
			Report(elevel_, ERRCODE_SYNTAX_ERROR)
				.msg("syntax error in file \"%s\" line %u, %s", path.c_str(), line.line,
					 line.error.c_str())
				.emit();
			add_error(place, "syntax error");
			if (++errors >= kMaxErrors)
			{
				Report(elevel_, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
					.msg("too many syntax errors found, abandoning file \"%s\"", path.c_str())
					.emit();
				return;
			}
			continue;
		}
		if (take_include(line.name, line.value, place))
			continue;

		FileEntry entry(memory_);

		entry.name = std::move(line.name);
		entry.value = std::move(line.value);
		entry.file = path;
		entry.line = place.line;
		entries_.push_back(std::move(entry));
	}
}

void
ConfigReader::mark_repeated()
{
	for (auto entry = entries_.begin(); entry != entries_.end(); ++entry)
		entry->ignored =
			!entry->name.empty() &&
			std::any_of(entry + 1, entries_.end(),
						[&](const FileEntry &later) { return SameName(later.name, entry->name); });
}

} /* namespace guc */
} /* namespace pg */
