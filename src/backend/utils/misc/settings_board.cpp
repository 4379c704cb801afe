/*
 * utils/misc/settings_board.cpp
 *		The entries of the configuration files in shared memory (settings_board.h).
 *
 * The text is a row of entries: name, value and file, each with its zero byte, and the line's four bytes.
 */
#include "postgres.h"

#include "utils/misc/settings_board.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

#include "storage/ipc/shmem_internals.h"
#include "utils/activity/numbered_text.h"
#include "utils/misc/guc_internals.h"

namespace pg
{
namespace guc
{

namespace
{

constexpr size_t kRoom = 64 * 1024;

/* Empty: there is nothing to take. */
using Board = SeqLocked<NumberedText<kRoom>>;

Board *board = nullptr;
uint32 number_here = 0; /* of the reload that this process has */

size_t
board_size()
{
	return sizeof(Board);
}

/* A new life of the server begins with what the postmaster has, and so do the children. */
void
init_board(void *at)
{
	board = static_cast<Board *>(at);
	PublishText(*board, number_here, {});
}

constexpr ShmemArea kAreas[] = {{"Settings Of Files", board_size, init_board}};

void
add(std::string *text, std::string_view part)
{
	text->append(part).push_back('\0');
}

/* Takes a text, or what is left where its end is missing. */
std::string_view
take_text(std::string_view *rest)
{
	const std::string_view text = rest->substr(0, rest->find('\0'));

	rest->remove_prefix(std::min(text.size() + 1, rest->size()));
	return text;
}

int
take_line(std::string_view *rest)
{
	int32 line = 0;

	if (rest->size() < sizeof(line))
		return 0;
	memcpy(&line, rest->data(), sizeof(line));
	rest->remove_prefix(sizeof(line));
	return line;
}

} /* namespace */

void
PublishEntries(const std::pmr::vector<FileEntry> &entries)
{
	number_here++;
	if (board == nullptr)
		return;

	std::string text;

	for (const FileEntry &entry : entries)
	{
		if (entry.ignored)
			continue;
		const int32 line = entry.line;

		add(&text, entry.name);
		add(&text, entry.value);
		add(&text, entry.file);
		text.append(reinterpret_cast<const char *>(&line), sizeof(line));
	}
	PublishText(*board, number_here, text.size() <= kRoom ? text : std::string());
}

bool
TakeEntries(std::pmr::vector<FileEntry> &entries, std::pmr::memory_resource *memory)
{
	if (board == nullptr || !HaveSharedMemory())
		return false;

	uint32 number = 0;
	std::pmr::string text(memory);

	if (!ReadText(*board, &number, &text) || number == number_here)
		return false;
	number_here = number;
	for (std::string_view rest = text; !rest.empty();)
	{
		FileEntry &entry = entries.emplace_back(memory);

		entry.name = take_text(&rest);
		entry.value = take_text(&rest);
		entry.file = take_text(&rest);
		entry.line = take_line(&rest);
	}
	return !entries.empty();
}

} /* namespace guc */

const std::span<const ShmemArea> kSettingsAreas(guc::kAreas);

} /* namespace pg */
