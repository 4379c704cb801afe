/*
 * compare.cpp
 *		Compares outputs byte by byte, and shows differences with diff (compare.h).
 *
 * Client program.
 */
#include "compare.h"

#include <algorithm>
#include <cstdlib>
#include <regex>
#include <sstream>

#include "common/read_file.h"
#include "process.h"
#include "report.h"

namespace
{

std::vector<std::string>
variants_of(const std::string &expected)
{
	std::vector<std::string> found;
	size_t dot = expected.rfind('.');

	if (FileExists(expected))
		found.push_back(expected);
	for (char digit = '0'; digit <= '9' && dot != std::string::npos; digit++)
	{
		std::string variant = expected.substr(0, dot) + "_" + digit + expected.substr(dot);

		if (FileExists(variant))
			found.push_back(variant);
	}
	return found;
}

const char *
diff_options()
{
	const char *given = getenv("PG_REGRESS_DIFF_OPTS");

	return given != nullptr ? given : "-U3";
}

std::string
difference(const std::string &expected, const std::string &output)
{
	std::string command =
		std::string("diff ") + diff_options() + " " + Quoted(expected) + " " + Quoted(output);

	return OutputOf(command);
}

/* A line of the file resultmap is TEST:out:PLATFORM=FILE; PLATFORM is a pattern, and the last match counts. */
std::string
mapped_name(const Options &options, const std::string &test)
{
	static const std::regex line_form(R"(([^:#\s]+):out:([^=]*)=(\S+))");
	std::string content;
	std::string line;
	std::string name = test + ".out";

	pg::ReadWholeFile((options.input_dir + "/resultmap").c_str(), &content);
	std::istringstream lines(content);

	while (std::getline(lines, line))
	{
		std::smatch parts;

		if (std::regex_search(line, parts, line_form) && parts[1] == test &&
			std::regex_match("x86_64-pc-linux-gnu", std::regex(parts[2].str())))
			name = parts[3];
	}
	return name;
}

} /* namespace */

std::string
ExpectedFile(const Options &options, const std::string &test)
{
	std::string name = "/expected/" + mapped_name(options, test);
	std::string path = options.expected_dir + name;

	return FileExists(path) ? path : options.input_dir + name;
}

std::string
DiffsFile(const Options &options)
{
	return options.output_dir + "/regression.diffs";
}

bool
OutputMatches(const Options &options, const std::string &expected, const std::string &output)
{
	std::vector<std::string> variants = variants_of(expected);
	std::string closest = "/dev/null";
	std::string closest_diff;
	std::string wanted;
	std::string got;
	ptrdiff_t fewest_lines = -1;

	if (!pg::ReadWholeFile(output.c_str(), &got))
		Bail("could not open file \"%s\" for reading", output.c_str());
	if (variants.empty())
		variants.push_back(closest);
	for (const std::string &variant : variants)
	{
		if (variant != "/dev/null" && pg::ReadWholeFile(variant.c_str(), &wanted) && wanted == got)
			return true;

		std::string diff = difference(variant, output);
		ptrdiff_t lines = std::count(diff.begin(), diff.end(), '\n');

		if (fewest_lines < 0 || lines < fewest_lines)
		{
			fewest_lines = lines;
			closest = variant;
			closest_diff = diff;
		}
	}
	WriteFile(DiffsFile(options),
			  std::string("diff ") + diff_options() + " " + closest + " " + output + "\n" +
				  closest_diff,
			  "ae");
	return false;
}
