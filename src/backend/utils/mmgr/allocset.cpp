/*
 * utils/mmgr/allocset.cpp
 *		The block allocator under every memory context: a bump pointer and free lists by power of two.
 *
 * Private memory of any process.  Raises nothing: running out of memory is a null pointer, and the
 * callers (memory.cpp) word the error.
 *
 * Each chunk has a header of eight bytes in front: the owner's address in the upper 48 bits, a mark
 * that tells our chunks from other pointers, and the size class.  So pfree needs no lookup.
 */
#include "utils/mmgr/context.h"

#include <bit>
#include <cstdlib>
#include <new>

namespace pg
{
namespace mmgr
{

namespace
{

using Header = uint64;

constexpr Header kMark = 0xA500;
constexpr Header kFreedMark = 0x5A00;
constexpr Header kMarkMask = 0xFF00;
constexpr Header kClassMask = 0x00FF;
constexpr int kLargeClass = 0x7F;
constexpr int kOwnerShift = 16;

Header &
header_of(void *chunk)
{
	return static_cast<Header *>(chunk)[-1];
}

Header
header_of(const void *chunk)
{
	return static_cast<const Header *>(chunk)[-1];
}

Header
make_header(MemoryContext owner, int size_class)
{
	return (reinterpret_cast<uintptr_t>(owner) << kOwnerShift) | kMark |
		   static_cast<Header>(size_class);
}

int
class_of_header(Header header)
{
	return static_cast<int>(header & kClassMask);
}

int
class_for_size(Size size)
{
	return size <= kSmallestChunk ? 0 : std::bit_width(size - 1) - 3;
}

LargeBlock *
large_block_of(void *chunk)
{
	return reinterpret_cast<LargeBlock *>(static_cast<char *>(chunk) - sizeof(Header) -
										  sizeof(LargeBlock));
}

const LargeBlock *
large_block_of(const void *chunk)
{
	return large_block_of(const_cast<void *>(chunk));
}

void
clobber([[maybe_unused]] void *at, [[maybe_unused]] Size size)
{
#ifdef CLOBBER_FREED_MEMORY
	memset(at, 0x7F, size);
#endif
}

void *
allocate_large(MemoryContext context, Size size)
{
	const Size payload = MAXALIGN(size);
	const Size total = sizeof(LargeBlock) + sizeof(Header) + payload;
	auto *block = static_cast<LargeBlock *>(malloc(total));

	if (block == nullptr)
		return nullptr;
	block->prev = nullptr;
	block->next = context->large;
	block->size = payload;
	if (context->large != nullptr)
		context->large->prev = block;
	context->large = block;
	context->allocated += total;

	void *chunk = reinterpret_cast<char *>(block + 1) + sizeof(Header);

	header_of(chunk) = make_header(context, kLargeClass);
	return chunk;
}

/* Takes a fresh block, at least large enough for `need` bytes, as the one to cut chunks from. */
bool
add_block(MemoryContext context, Size need)
{
	Size size = context->next_block_size;

	while (size < need + sizeof(Block))
		size *= 2;

	auto *block = static_cast<Block *>(malloc(size));

	if (block == nullptr)
		return false;
	block->next = context->blocks;
	block->end = reinterpret_cast<char *>(block) + size;
	context->blocks = block;
	context->bump = reinterpret_cast<char *>(block + 1);
	context->bump_end = block->end;
	context->allocated += size;
	context->next_block_size = Min(context->next_block_size * 2, context->max_block_size);
	return true;
}

void *
cut_chunk(MemoryContext context, int size_class)
{
	const Size need = sizeof(Header) + (kSmallestChunk << size_class);

	if (static_cast<Size>(context->bump_end - context->bump) < need && !add_block(context, need))
		return nullptr;

	void *chunk = context->bump + sizeof(Header);

	context->bump += need;
	header_of(chunk) = make_header(context, size_class);
	return chunk;
}

void
unlink_large(MemoryContext context, LargeBlock *block)
{
	if (block->prev != nullptr)
		block->prev->next = block->next;
	else
		context->large = block->next;
	if (block->next != nullptr)
		block->next->prev = block->prev;
	context->allocated -= sizeof(LargeBlock) + sizeof(Header) + block->size;
}

void *
resize_large(MemoryContext context, LargeBlock *block, Size size)
{
	const Size payload = MAXALIGN(size);
	const Size total = sizeof(LargeBlock) + sizeof(Header) + payload;
	const Size before = block->size;
	auto *moved = static_cast<LargeBlock *>(realloc(block, total));

	if (moved == nullptr)
		return nullptr;
	moved->size = payload;
	if (moved->prev != nullptr)
		moved->prev->next = moved;
	else
		context->large = moved;
	if (moved->next != nullptr)
		moved->next->prev = moved;
	context->allocated += payload - before;
	return reinterpret_cast<char *>(moved + 1) + sizeof(Header);
}

} /* namespace */

void *
AllocateChunk(MemoryContext context, Size size) noexcept
{
	if (unlikely(size > context->chunk_limit))
		return allocate_large(context, size);

	const int size_class = class_for_size(size);
	void *chunk = context->free_lists[size_class];

	if (chunk == nullptr)
		return cut_chunk(context, size_class);
	memcpy(&context->free_lists[size_class], chunk, sizeof(void *));
	header_of(chunk) = make_header(context, size_class);
	return chunk;
}

void
FreeChunk(void *chunk) noexcept
{
	MemoryContext context = ChunkOwner(chunk);
	const int size_class = class_of_header(header_of(chunk));

	if (size_class == kLargeClass)
	{
		LargeBlock *block = large_block_of(chunk);

		unlink_large(context, block);
		free(block);
		return;
	}
	clobber(chunk, kSmallestChunk << size_class);
	header_of(chunk) ^= kMark ^ kFreedMark;
	memcpy(chunk, &context->free_lists[size_class], sizeof(void *));
	context->free_lists[size_class] = chunk;
}

void *
ResizeChunk(void *chunk, Size size) noexcept
{
	MemoryContext context = ChunkOwner(chunk);
	const bool large = class_of_header(header_of(chunk)) == kLargeClass;
	const Size old_size = ChunkSize(chunk);

	if (large && size > context->chunk_limit)
		return resize_large(context, large_block_of(chunk), size);
	if (size <= old_size)
		return chunk;

	void *moved = AllocateChunk(context, size);

	if (moved == nullptr)
		return nullptr;
	memcpy(moved, chunk, old_size);
	FreeChunk(chunk);
	return moved;
}

Size
ChunkSize(const void *chunk) noexcept
{
	const int size_class = class_of_header(header_of(chunk));

	return size_class == kLargeClass ? large_block_of(chunk)->size : kSmallestChunk << size_class;
}

MemoryContext
ChunkOwner(const void *chunk) noexcept
{
	const Header header = header_of(chunk);

	if ((header & kMarkMask) != kMark)
		return nullptr;
	return reinterpret_cast<MemoryContext>(header >> kOwnerShift);
}

void
ReleaseBlocks(MemoryContext context) noexcept
{
	while (Block *block = context->blocks)
	{
		context->blocks = block->next;
		free(block);
	}
	while (LargeBlock *block = context->large)
	{
		context->large = block->next;
		free(block);
	}
	if (context->keeper != nullptr)
		clobber(context->keeper, context->keeper_end - context->keeper);
	memset(context->free_lists, 0, sizeof(context->free_lists));
	context->bump = context->keeper;
	context->bump_end = context->keeper_end;
	context->next_block_size = context->init_block_size;
	context->allocated = context->is_static ? 0 : kKeeperSize;
}

MemoryContext
NewContext(const char *name, Size init_block_size, Size max_block_size) noexcept
{
	void *memory = malloc(kKeeperSize);

	if (memory == nullptr)
		return nullptr;

	auto *context = new (memory) MemoryContextData;

	context->name = name;
	context->keeper = static_cast<char *>(memory) + MAXALIGN(sizeof(MemoryContextData));
	context->keeper_end = static_cast<char *>(memory) + kKeeperSize;
	context->bump = context->keeper;
	context->bump_end = context->keeper_end;
	context->init_block_size = Max(MAXALIGN(init_block_size), kKeeperSize);
	context->max_block_size = Max(MAXALIGN(max_block_size), context->init_block_size);
	context->next_block_size = context->init_block_size;
	context->allocated = kKeeperSize;
	/* At least eight of the largest chunks fit into a block. */
	while (context->chunk_limit > context->max_block_size / 8)
		context->chunk_limit /= 2;
	return context;
}

void
FreeContext(MemoryContext context) noexcept
{
	ReleaseBlocks(context);
	clobber(context, kKeeperSize);
	free(context);
}

void
AddStatistics(MemoryContext context, MemoryContextCounters *counters) noexcept
{
	counters->nblocks++;
	for (const Block *block = context->blocks; block != nullptr; block = block->next)
		counters->nblocks++;
	for (const LargeBlock *block = context->large; block != nullptr; block = block->next)
		counters->nblocks++;
	counters->totalspace += context->allocated;
	counters->freespace += context->bump_end - context->bump;
	for (int size_class = 0; size_class < kClassCount; size_class++)
	{
		for (void *chunk = context->free_lists[size_class]; chunk != nullptr;)
		{
			counters->freechunks++;
			counters->freespace += sizeof(Header) + (kSmallestChunk << size_class);
			memcpy(&chunk, chunk, sizeof(void *));
		}
	}
}

} /* namespace mmgr */
} /* namespace pg */
