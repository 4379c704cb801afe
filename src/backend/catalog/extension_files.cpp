/*
 * catalog/extension_files.cpp
 *		Control files and scripts of extensions, and the chains that scripts make.
 *
 * Backends and workers.
 */
#include "catalog/extension_files.h"

#include <dirent.h>

#include <algorithm>
#include <map>
#include <memory>
#include <sstream>

#include "common/config_file.h"
#include "common/install_paths.h"
#include "common/read_file.h"
#include "port/pg_config_paths.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

constexpr std::string_view kControlSuffix = ".control";
constexpr std::string_view kScriptSuffix = ".sql";

std::string
share_folder()
{
	static const std::string folder = InstalledPath(PGSHAREDIR);

	return folder;
}

std::string
control_folder()
{
	return share_folder() + "/extension";
}

[[noreturn]] void
raise_name(const char *what, const std::string &name, const char *detail)
{
	Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
			  .msg("invalid extension %s: \"%s\"", what, name.c_str())
			  .detail("%s", detail));
}

void
check_name(const char *what, const char *plural, const std::string &name)
{
	const std::string subject = plural;

	if (name.empty())
		raise_name(what, name, (subject + " must not be empty.").c_str());
	if (name.find("--") != std::string::npos)
		raise_name(what, name, (subject + " must not contain \"--\".").c_str());
	if (name.front() == '-' || name.back() == '-')
		raise_name(what, name, (subject + " must not begin or end with \"-\".").c_str());
	if (name.find('/') != std::string::npos)
		raise_name(what, name,
				   (subject + " must not contain directory separator characters.").c_str());
}

bool
parse_bool(const ConfigLine &line)
{
	for (const char *word : {"true", "on", "yes", "1"})
		if (strcasecmp(line.value.c_str(), word) == 0)
			return true;
	for (const char *word : {"false", "off", "no", "0"})
		if (strcasecmp(line.value.c_str(), word) == 0)
			return false;
	Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
			  .msg("parameter \"%s\" requires a Boolean value", line.name.c_str()));
}

/* "a, b" */
std::vector<std::string>
split_name_list(const ConfigLine &line)
{
	std::vector<std::string> names;
	std::stringstream items(line.value);
	std::string item;

	while (std::getline(items, item, ','))
	{
		const size_t first = item.find_first_not_of(" \t");

		if (first == std::string::npos)
			Raise(
				Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
					.msg("parameter \"%s\" must be a list of extension names", line.name.c_str()));
		item = item.substr(first, item.find_last_not_of(" \t") - first + 1);
		if (item.size() > 1 && item.front() == '"' && item.back() == '"')
			item = item.substr(1, item.size() - 2);
		names.push_back(std::move(item));
	}
	return names;
}

[[noreturn]] void
raise_secondary(const ConfigLine &line)
{
	Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
			  .msg("parameter \"%s\" cannot be set in a secondary extension control file",
				   line.name.c_str()));
}

std::string
scripts_folder(const std::string &directory)
{
	return directory.starts_with('/') ? directory : share_folder() + "/" + directory;
}

/* False: there is no such parameter. */
bool
apply_line(ExtensionControl &control, const ConfigLine &line, bool secondary)
{
	if (line.name == "directory" || line.name == "default_version")
	{
		if (secondary)
			raise_secondary(line);
		if (line.name == "directory")
			control.directory = scripts_folder(std::string(line.value));
		else
			control.default_version = line.value;
	}
	else if (line.name == "module_pathname")
		control.module_pathname = line.value;
	else if (line.name == "comment")
		control.comment = line.value;
	else if (line.name == "schema")
		control.schema = line.value;
	else if (line.name == "relocatable")
		control.relocatable = parse_bool(line);
	else if (line.name == "superuser")
		control.superuser = parse_bool(line);
	else if (line.name == "trusted")
		control.trusted = parse_bool(line);
	else if (line.name == "encoding")
	{
		if (strcasecmp(line.value.c_str(), "utf8") != 0 &&
			strcasecmp(line.value.c_str(), "utf-8") != 0 &&
			strcasecmp(line.value.c_str(), "sql_ascii") != 0)
			RaiseNotSupported("extension encoding \"" + std::string(line.value) + "\"");
	}
	else if (line.name == "requires")
		control.requires_list = split_name_list(line);
	else
		return false;
	return true;
}

void
apply_file(ExtensionControl &control, const std::string &path, const std::string &text,
		   bool secondary)
{
	for (const ConfigLine &line : LexConfig(text))
	{
		if (!line.error.empty())
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("syntax error in file \"%s\" line %u, %s", path.c_str(), line.line,
						   line.error.c_str()));
		if (!apply_line(control, line, secondary))
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("unrecognized parameter \"%s\" in file \"%s\"", line.name.c_str(),
						   path.c_str()));
	}
	if (control.relocatable && !control.schema.empty())
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("parameter \"schema\" cannot be specified when \"relocatable\" is true"));
}

struct CloseFolder
{
	void operator()(DIR *folder) const { closedir(folder); }
};

std::vector<std::string>
files_in(const std::string &path)
{
	const std::unique_ptr<DIR, CloseFolder> folder(opendir(path.c_str()));
	std::vector<std::string> names;

	if (folder == nullptr)
	{
		if (errno == ENOENT)
			return names;
		Raise(Report(ERROR).code_for_file_access().msg("could not open directory \"%s\": %m",
													   path.c_str()));
	}
	while (const dirent *entry = readdir(folder.get()))
		names.emplace_back(entry->d_name);
	std::ranges::sort(names);
	return names;
}

/* Distance from `from` to each version, and the one before it on the way. */
struct Reached
{
	int distance;
	std::string previous;
	bool done = false;
};

/* Fewest steps first; of equal distances the name that sorts first. */
std::map<std::string, Reached>
shortest_ways(std::span<const ExtensionScript> scripts, const std::string &from)
{
	std::map<std::string, Reached> reached = {{from, {0, ""}}};

	while (true)
	{
		auto next = reached.end();

		for (auto at = reached.begin(); at != reached.end(); ++at)
			if (!at->second.done &&
				(next == reached.end() || at->second.distance < next->second.distance))
				next = at;
		if (next == reached.end())
			return reached;
		next->second.done = true;
		for (const ExtensionScript &script : scripts)
		{
			const int distance = next->second.distance + 1;

			if (script.from.empty() || script.from != next->first)
				continue;

			const auto [known, fresh] =
				reached.try_emplace(script.to, Reached{distance, next->first});

			if (!fresh && !known->second.done &&
				(distance < known->second.distance ||
				 (distance == known->second.distance && next->first < known->second.previous)))
				known->second = {distance, next->first};
		}
	}
}

} /* namespace */

void
CheckExtensionName(const std::string &name)
{
	check_name("name", "Extension names", name);
}

void
CheckExtensionVersion(const std::string &version)
{
	check_name("version name", "Version names", version);
}

ExtensionControl
ReadExtensionControl(const std::string &name)
{
	const std::string path = control_folder() + "/" + name + std::string(kControlSuffix);
	ExtensionControl control;
	std::string text;

	control.name = name;
	control.directory = control_folder();
	if (!ReadWholeFile(path.c_str(), &text))
	{
		if (errno == ENOENT)
			Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
					  .msg("extension \"%s\" is not available", name.c_str())
					  .detail("Could not open extension control file \"%s\": %m.", path.c_str())
					  .hint("The extension must first be installed on the system where PostgreSQL "
							"is running."));
		Raise(Report(ERROR).code_for_file_access().msg(
			"could not open extension control file \"%s\": %m", path.c_str()));
	}
	apply_file(control, path, text, false);
	return control;
}

ExtensionControl
ReadVersionControl(const ExtensionControl &control, const std::string &version)
{
	const std::string path =
		control.directory + "/" + control.name + "--" + version + std::string(kControlSuffix);
	ExtensionControl changed = control;
	std::string text;

	if (ReadWholeFile(path.c_str(), &text))
		apply_file(changed, path, text, true);
	else if (errno != ENOENT)
		Raise(Report(ERROR).code_for_file_access().msg(
			"could not open extension control file \"%s\": %m", path.c_str()));
	return changed;
}

std::vector<std::string>
ExtensionNames()
{
	std::vector<std::string> names;

	for (const std::string &file : files_in(control_folder()))
		if (file.ends_with(kControlSuffix) && file.find("--") == std::string::npos)
			names.push_back(file.substr(0, file.size() - kControlSuffix.size()));
	return names;
}

std::optional<ExtensionScript>
ParseScriptName(const std::string &extension, const std::string &file)
{
	const std::string prefix = extension + "--";

	if (!file.starts_with(prefix) || !file.ends_with(kScriptSuffix) ||
		file.size() <= prefix.size() + kScriptSuffix.size())
		return std::nullopt;

	const std::string versions =
		file.substr(prefix.size(), file.size() - prefix.size() - kScriptSuffix.size());
	const size_t split = versions.find("--");

	if (split == std::string::npos)
		return ExtensionScript{"", versions};

	const std::string from = versions.substr(0, split), to = versions.substr(split + 2);

	if (from.empty() || to.empty() || to.find("--") != std::string::npos)
		return std::nullopt;
	return ExtensionScript{from, to};
}

std::vector<ExtensionScript>
ExtensionScripts(const ExtensionControl &control)
{
	std::vector<ExtensionScript> scripts;

	for (const std::string &file : files_in(control.directory))
		if (std::optional<ExtensionScript> script = ParseScriptName(control.name, file))
			scripts.push_back(std::move(*script));
	return scripts;
}

std::string
ScriptPath(const ExtensionControl &control, const ExtensionScript &script)
{
	return control.directory + "/" + control.name + "--" +
		   (script.from.empty() ? "" : script.from + "--") + script.to + std::string(kScriptSuffix);
}

std::optional<std::vector<ExtensionScript>>
UpdatePath(std::span<const ExtensionScript> scripts, const std::string &from, const std::string &to)
{
	const std::map<std::string, Reached> reached = shortest_ways(scripts, from);
	std::vector<ExtensionScript> path;

	if (!reached.contains(to))
		return std::nullopt;
	for (std::string at = to; at != from; at = reached.at(at).previous)
		path.push_back({reached.at(at).previous, at});
	std::ranges::reverse(path);
	return path;
}

std::optional<std::vector<ExtensionScript>>
InstallPath(std::span<const ExtensionScript> scripts, const std::string &version)
{
	std::optional<std::vector<ExtensionScript>> best;

	if (std::ranges::find(scripts, ExtensionScript{"", version}) != scripts.end())
		return std::vector<ExtensionScript>{{"", version}};
	for (const ExtensionScript &start : scripts)
	{
		if (!start.from.empty())
			continue;

		auto path = UpdatePath(scripts, start.to, version);

		if (!path)
			continue;
		path->insert(path->begin(), start);
		if (!best || path->size() < best->size() ||
			(path->size() == best->size() && start.to < best->front().to))
			best = std::move(path);
	}
	return best;
}

std::string
ReadScript(const std::string &path)
{
	std::string text, sql, line;

	if (!ReadWholeFile(path.c_str(), &text))
		Raise(Report(ERROR).code_for_file_access().msg("could not open file \"%s\" for reading: %m",
													   path.c_str()));

	std::stringstream lines(text);

	/* An emptied line stays, so that lines keep their numbers. */
	while (std::getline(lines, line))
		sql += (line.starts_with("\\echo") ? "" : line) + "\n";
	return sql;
}

} /* namespace pg */
