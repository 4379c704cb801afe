/*
 * utils/mmgr/context.h
 *		Inside of a memory context: tree links and the block allocator's state.
 *
 * For utils/mmgr alone; everybody else sees the handle (utils/memutils.h) and, in C++, the functions
 * of utils/mmgr/memory.h.  Private memory of any process; never used in signal handlers.
 */
#pragma once

#include "postgres.h"

#include "nodes/memnodes.h"
#include "utils/memutils.h"

namespace pg
{
namespace mmgr
{

/* Chunks come in sizes of 8 << class bytes; what is larger than the last class is a block of its own. */
inline constexpr int kClassCount = 11;
inline constexpr Size kSmallestChunk = 8;
inline constexpr Size kLargestChunk = kSmallestChunk << (kClassCount - 1);

/* First block of a context, which also holds the context itself: small, since workers have many. */
inline constexpr Size kKeeperSize = 1024;

/* Head of a malloc'ed block that serves many small chunks. */
struct Block
{
	Block *next;
	char *end;
};

/* Head of a malloc'ed block that is one chunk; the chunk's header follows. */
struct LargeBlock
{
	LargeBlock *prev;
	LargeBlock *next;
	Size size; /* of the chunk, as asked for, aligned */
};

} /* namespace mmgr */
} /* namespace pg */

struct MemoryContextData
{
	NodeTag type = T_AllocSetContext;
	bool is_static = false; /* never freed: the two roots */

	MemoryContextData *parent = nullptr;
	MemoryContextData *first_child = nullptr;
	MemoryContextData *prev_sibling = nullptr;
	MemoryContextData *next_sibling = nullptr;
	const char *name = nullptr;
	const char *ident = nullptr;
	MemoryContextCallback *callbacks = nullptr;

	/* The current block's unused part. */
	char *bump = nullptr;
	char *bump_end = nullptr;
	void *free_lists[pg::mmgr::kClassCount] = {};
	pg::mmgr::Block *blocks = nullptr; /* all but the keeper */
	pg::mmgr::LargeBlock *large = nullptr;
	char *keeper = nullptr;
	char *keeper_end = nullptr;
	Size init_block_size = ALLOCSET_DEFAULT_INITSIZE;
	Size max_block_size = ALLOCSET_DEFAULT_MAXSIZE;
	Size next_block_size = ALLOCSET_DEFAULT_INITSIZE;
	Size chunk_limit = pg::mmgr::kLargestChunk;
	Size allocated = 0; /* bytes taken from malloc */
};

namespace pg
{
namespace mmgr
{

/* A chunk of context, or null when malloc has nothing. size is not checked against the limits. */
void *AllocateChunk(MemoryContext context, Size size) noexcept;
/* Moves a chunk into one of another size; null when malloc has nothing, and the old one stays. */
void *ResizeChunk(void *chunk, Size size) noexcept;
void FreeChunk(void *chunk) noexcept;
/* Usable size of a chunk, and its owner. Null owner: not a chunk of ours. */
Size ChunkSize(const void *chunk) noexcept;
MemoryContext ChunkOwner(const void *chunk) noexcept;
/* Frees everything but the keeper. */
void ReleaseBlocks(MemoryContext context) noexcept;
/* Makes an unlinked context; null when malloc has nothing. */
MemoryContext NewContext(const char *name, Size init_block_size, Size max_block_size) noexcept;
/* Gives back the memory of an unlinked context. */
void FreeContext(MemoryContext context) noexcept;
void AddStatistics(MemoryContext context, MemoryContextCounters *counters) noexcept;

} /* namespace mmgr */
} /* namespace pg */
