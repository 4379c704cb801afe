/*
 * utils/error/logger_internals.h
 *		What the two halves of the logging collector share; for utils/error alone.
 */
#pragma once

#include <limits.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "postgres.h"
#include "utils/error/syslogger.h"

namespace pg
{
namespace logger
{

/* Text cannot start like this: the first byte is zero. */
inline constexpr uint16 kChunkMark = 0x0100;

struct ChunkHeader
{
	uint16 mark;
	uint16 length; /* of the data that follows */
	int32 pid;
	uint8 destination; /* LogDestination */
	uint8 is_last;
	uint8 unused[2];
};

inline constexpr size_t kChunkSize = PIPE_BUF > 64 * 1024 ? 64 * 1024 : PIPE_BUF;

struct Chunk
{
	ChunkHeader header;
	char data[kChunkSize - sizeof(ChunkHeader)];
};
static_assert(sizeof(Chunk) == kChunkSize);

inline constexpr const char *kCurrentLogfiles = "current_logfiles";

extern int pipe_ends[2];
extern bool redirected;
extern bool is_logger;

/*
 * Joins chunks to texts.  Pure: the texts go to a function of the caller's.  What is no chunk comes
 * out at once as text for stderr.
 */
class ChunkJoiner
{
public:
	using Sink = void (*)(LogDestination destination, std::string_view text);

	explicit ChunkJoiner(Sink sink) : sink_(sink) {}
	/* Bytes as they came from the pipe. */
	void feed(std::string_view bytes);
	/* The pipe has ended: whatever is unfinished comes out. */
	void finish();

private:
	void take_chunk(const ChunkHeader &header, std::string_view data);

	Sink sink_;
	std::string rest_; /* not yet a whole chunk */
	std::map<std::pair<int32, uint8>, std::string> unfinished_;
};

/* Writes into the current file of the destination (stderr's, where it has none). */
void WriteToFile(LogDestination destination, std::string_view text) noexcept;
/* Opens the files for the first time; FATAL when that fails. No-op when they are open. */
void OpenFirstFiles();
void CloseFiles() noexcept;

} /* namespace logger */
} /* namespace pg */
