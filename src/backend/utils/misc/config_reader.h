/*
 * utils/misc/config_reader.h
 *		Reads configuration files with their includes into one list of entries; for utils/misc alone.
 */
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pg
{
namespace guc
{

/* One entry of a file, or one complaint about it (name empty). */
struct FileEntry
{
	std::string name, value;
	std::string file;
	int line = 0;
	std::string error;
	bool ignored = false; /* a later entry says it again */
	bool applied = false;
};

/*
 * Collects entries.  Errors become entries and are reported at elevel with the words of PostgreSQL.
 */
class ConfigReader
{
public:
	explicit ConfigReader(int elevel) : elevel_(elevel) {}

	/* strict: a missing file is an error. Relative names start from the folder of the calling file. */
	void read_file(const std::string &name, bool strict);

	bool good() const { return good_; }
	std::vector<FileEntry> &entries() { return entries_; }
	/* Marks what is said again later. */
	void mark_repeated();
	void complain(FileEntry entry);

private:
	struct Place
	{
		std::string file;
		int line = 0;
		int depth = 0;
	};

	void read_included(const std::string &name, bool strict, const Place &from);
	void read_folder(const std::string &name, const Place &from);
	void take_text(const std::string &path, std::string_view text, int depth);
	/* True when the line was an include. */
	bool take_include(const std::string &name, const std::string &value, const Place &from);
	void add_error(const Place &from, const std::string &error);

	int elevel_;
	bool good_ = true;
	std::vector<FileEntry> entries_;
};

} /* namespace guc */
} /* namespace pg */
