/*
 * utils/misc/settings_board_test.cpp
 *		Entries of the files on their way from the postmaster to its children.
 */
#include <gtest/gtest.h>

#include "utils/misc/settings_board.h"

#include <algorithm>
#include <string>
#include <unistd.h>

#include "storage/ipc/testing.h"
#include "utils/misc/guc_internals.h"

namespace pg
{
namespace
{

using namespace pg::testing;
using guc::FileEntry;
using Entries = std::pmr::vector<FileEntry>;

FileEntry
entry(const char *name, const char *value, int line)
{
	FileEntry made(std::pmr::get_default_resource());

	made.name = name;
	made.value = value;
	made.file = "/data/postgresql.conf";
	made.line = line;
	return made;
}

std::string
text_of(const Entries &entries)
{
	std::string text;

	for (const FileEntry &one : entries)
		text.append(one.file)
			.append(":" + std::to_string(one.line) + " ")
			.append(one.name)
			.append("=")
			.append(one.value)
			.append("\n");
	return text;
}

/* What a child that was forked before finds after publish(). */
bool
child_takes(const std::function<void()> &publish, const std::string &wanted)
{
	int told[2];

	if (pipe(told) != 0)
		return false;
	const pid_t child =
		StartChild(-1,
				   [&]
				   {
					   Entries entries;
					   char go;

					   if (read(told[0], &go, 1) != 1)
						   return 3;
					   const bool taken =
						   guc::TakeEntries(entries, std::pmr::get_default_resource());

					   /* Twice the same is nothing new. */
					   if (taken && guc::TakeEntries(entries, std::pmr::get_default_resource()))
						   return 4;
					   return taken == !wanted.empty() && text_of(entries) == wanted ? 0 : 1;
				   });

	publish();
	const bool sent = write(told[1], "x", 1) == 1;
	const bool good = WaitChild(child) == 0;

	close(told[0]);
	close(told[1]);
	return sent && good;
}

class SettingsBoard : public ::testing::Test
{
	SharedMemoryScope memory_{kSettingsAreas};
};

TEST_F(SettingsBoard, HandsOnWhatIsNotRepeatedLater)
{
	Entries entries;

	entries.push_back(entry("work_mem", "1MB", 3));
	entries.push_back(entry("empty", "", 70000));
	entries.push_back(entry("work_mem", "2MB", 5));
	entries.front().ignored = true;
	EXPECT_TRUE(child_takes([&] { guc::PublishEntries(entries); },
							"/data/postgresql.conf:70000 empty=\n"
							"/data/postgresql.conf:5 work_mem=2MB\n"));
}

TEST_F(SettingsBoard, WhoHasWhatIsThereReadsTheFiles)
{
	Entries entries;

	entries.push_back(entry("work_mem", "1MB", 3));
	guc::PublishEntries(entries);
	EXPECT_TRUE(child_takes([] {}, ""));
}

TEST_F(SettingsBoard, TooMuchIsNotHandedOnInPart)
{
	Entries entries;

	for (int i = 0; i < 80; i++)
		entries.push_back(entry("long", std::string(1000, 'x').c_str(), i));
	EXPECT_TRUE(child_takes([&] { guc::PublishEntries(entries); }, ""));
}

} /* namespace */
} /* namespace pg */
