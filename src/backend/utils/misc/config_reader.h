/*
 * utils/misc/config_reader.h
 *		Reads configuration files with their includes into one list of entries; for utils/misc alone.
 */
#pragma once

#include <memory_resource>
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
	explicit FileEntry(std::pmr::memory_resource *memory)
		: name(memory), value(memory), file(memory)
	{
	}

	std::pmr::string name, value;
	std::pmr::string file;
	int line = 0;
	std::string error;
	bool ignored = false; /* a later entry says it again */
	bool applied = false;
};

/*
 * Collects entries.  Errors become entries and are reported at elevel with the words of PostgreSQL.
 * What it reads lives in `memory`, until that goes.
 */
class ConfigReader
{
public:
	ConfigReader(int elevel, std::pmr::memory_resource *memory)
		: elevel_(elevel), memory_(memory), entries_(memory)
	{
	}

	/* strict: a missing file is an error. Relative names start from the folder of the calling file. */
	void read_file(const std::string &name, bool strict);

	bool good() const { return good_; }
	std::pmr::vector<FileEntry> &entries() { return entries_; }
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
	bool take_include(std::string_view name, std::string_view value, const Place &from);
	void add_error(const Place &from, const std::string &error);

	int elevel_;
	bool good_ = true;
	std::pmr::memory_resource *memory_;
	std::pmr::vector<FileEntry> entries_;
};

} /* namespace guc */
} /* namespace pg */
