/*
 * source_files.cpp
 *		Fills in the names of input/ and output/ (source_files.h).
 *
 * Client program.
 */
#include "source_files.h"

#include <filesystem>
#include <utility>

#include "common/read_file.h"
#include "process.h"

namespace
{

using Names = std::vector<std::pair<const char *, std::string>>;

std::string
filled_in(std::string text, const Names &names)
{
	for (const auto &[name, value] : names)
	{
		std::string wanted = name;

		for (size_t at = 0; (at = text.find(wanted, at)) != std::string::npos; at += value.size())
			text.replace(at, wanted.size(), value);
	}
	return text;
}

void
convert(const std::filesystem::path &from, const std::filesystem::path &to, const char *ending,
		const Names &names)
{
	std::string text;

	if (!std::filesystem::is_directory(from))
		return;
	std::filesystem::create_directories(to);
	for (const auto &entry : std::filesystem::directory_iterator(from))
	{
		const std::filesystem::path &path = entry.path();

		if (path.extension() == ".source" && pg::ReadWholeFile(path.c_str(), &text))
			WriteFile(to / (path.stem().string() + ending), filled_in(text, names));
	}
}

} /* namespace */

void
ConvertSourceFiles(const Options &options)
{
	std::string tablespace = options.output_dir + "/testtablespace";
	Names names = {{"@abs_srcdir@", options.input_dir},
				   {"@abs_builddir@", options.output_dir},
				   {"@testtablespace@", tablespace},
				   {"@libdir@", options.dl_path},
				   {"@DLSUFFIX@", ".so"}};

	if (std::filesystem::is_directory(options.input_dir + "/input"))
	{
		std::filesystem::remove_all(tablespace);
		std::filesystem::create_directories(tablespace);
	}
	convert(options.input_dir + "/input", options.output_dir + "/sql", ".sql", names);
	convert(options.input_dir + "/output", options.output_dir + "/expected", ".out", names);
}
