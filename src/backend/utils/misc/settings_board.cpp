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
#include "utils/activity/seq_locked.h"
#include "utils/misc/guc_internals.h"

namespace pg
{
namespace guc
{

namespace
{

constexpr size_t kRoom = 64 * 1024;

/* Readers bound the length. */
struct Board
{
	uint32 bd_number; /* of the reload */
	uint32 bd_length; /* 0: there are none to take */
	char bd_text[kRoom];
};

SeqLocked<Board> *board = nullptr;
uint32 number_here = 0; /* of the reload that this process has */

size_t
board_size()
{
	return sizeof(SeqLocked<Board>);
}

/* A new life of the server begins with what the postmaster has, and so do the children. */
void
init_board(void *at)
{
	board = static_cast<SeqLocked<Board> *>(at);
	board->st_data.bd_number = number_here;
}

constexpr ShmemArea kAreas[] = {{"Settings Of Files", board_size, init_board}};

class Writer
{
public:
	explicit Writer(char *at) : at_(at), end_(at + kRoom) {}

	void put(const void *data, size_t length)
	{
		full_ = full_ || length > static_cast<size_t>(end_ - at_);
		if (full_)
			return;
		memcpy(at_, data, length);
		at_ += length;
	}
	void put(const std::pmr::string &text) { put(text.c_str(), text.size() + 1); }
	/* 0 when there was no room. */
	size_t length(const char *start) const { return full_ ? 0 : static_cast<size_t>(at_ - start); }

private:
	char *at_, *end_;
	bool full_ = false;
};

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

	SeqWrite write(*board);
	Writer text(write->bd_text);

	for (const FileEntry &entry : entries)
	{
		if (entry.ignored)
			continue;
		text.put(entry.name);
		text.put(entry.value);
		text.put(entry.file);
		const int32 line = entry.line;

		text.put(&line, sizeof(line));
	}
	write->bd_number = number_here;
	write->bd_length = static_cast<uint32>(text.length(write->bd_text));
}

bool
TakeEntries(std::pmr::vector<FileEntry> &entries, std::pmr::memory_resource *memory)
{
	if (board == nullptr || !HaveSharedMemory())
		return false;

	uint32 number = 0;
	std::pmr::string text(memory);
	const bool read = ReadActivity(
		*board,
		[&]
		{
			number = board->st_data.bd_number;
			text.assign(board->st_data.bd_text, std::min<size_t>(board->st_data.bd_length, kRoom));
		});

	if (!read || number == number_here)
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
