/*
 * utils/mmgr/memory.cpp
 *		Allocation with its errors: palloc and its kin, for C and for C++.
 *
 * Any process; not in signal handlers.
 */
#include "utils/mmgr/memory.h"

#include <cstdlib>

#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/mmgr/context.h"

namespace pg
{

namespace
{

[[noreturn]] void
raise_out_of_memory(MemoryContext context, Size size)
{
	Raise(Report(ERROR, ERRCODE_OUT_OF_MEMORY)
			  .msg("out of memory")
			  .detail("Failed on request of size %zu in memory context \"%s\".", size,
					  context->name));
}

void
check_size(Size size, int flags)
{
	const Size limit = (flags & MCXT_ALLOC_HUGE) != 0 ? MaxAllocHugeSize : MaxAllocSize;

	if (unlikely(size > limit))
		Raise(Report(ERROR).msg("invalid memory alloc request size %zu", size));
}

MemoryContext
checked_owner(void *pointer, const char *function)
{
	MemoryContext owner = pointer == nullptr ? nullptr : mmgr::ChunkOwner(pointer);

	if (unlikely(owner == nullptr))
		Raise(Report(ERROR).msg("%s called with invalid pointer %p", function, pointer));
	return owner;
}

/* The part of AllocateIn that runs when the first attempt failed. */
void *
without_memory(MemoryContext context, Size size, int flags)
{
	if ((flags & MCXT_ALLOC_NO_OOM) != 0)
		return nullptr;
	raise_out_of_memory(context, size);
}

} /* namespace */

void *
AllocateIn(MemoryContext context, Size size, int flags)
{
	check_size(size, flags);

	void *chunk = mmgr::AllocateChunk(context, size);

	if (unlikely(chunk == nullptr))
		return without_memory(context, size, flags);
	if ((flags & MCXT_ALLOC_ZERO) != 0)
		memset(chunk, 0, size);
	return chunk;
}

void *
Reallocate(void *pointer, Size size, int flags)
{
	MemoryContext owner = checked_owner(pointer, "repalloc");

	check_size(size, flags);

	void *chunk = mmgr::ResizeChunk(pointer, size);

	if (unlikely(chunk == nullptr))
		return without_memory(owner, size, flags);
	return chunk;
}

void
Free(void *pointer)
{
	checked_owner(pointer, "pfree");
	mmgr::FreeChunk(pointer);
}

char *
CopyText(MemoryContext context, std::string_view text)
{
	auto *copy = static_cast<char *>(AllocateIn(context, text.size() + 1));

	memcpy(copy, text.data(), text.size());
	copy[text.size()] = '\0';
	return copy;
}

namespace
{

/*
 * palloc's path: nothing can be raised while malloc delivers, so the guard of the wall is entered
 * only when the quick attempt fails.
 */
inline void *
allocate_for_c(MemoryContext context, Size size, int flags)
{
	if (likely(size <= MaxAllocSize))
	{
		void *chunk = mmgr::AllocateChunk(context, size);

		if (likely(chunk != nullptr))
			return chunk;
	}
	return FromC([&] { return AllocateIn(context, size, flags & ~MCXT_ALLOC_ZERO); });
}

inline void *
zeroed(void *chunk, Size size)
{
	return chunk == nullptr ? nullptr : memset(chunk, 0, size);
}

void
refuse_overflow(bool overflow)
{
	if (unlikely(overflow))
		Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
				  .msg("requested shared memory size overflows size_t"));
}

} /* namespace */

} /* namespace pg */

using namespace pg;

void *
palloc(Size size)
{
	return allocate_for_c(CurrentMemoryContext, size, 0);
}

void *
palloc0(Size size)
{
	return zeroed(allocate_for_c(CurrentMemoryContext, size, 0), size);
}

void *
palloc_extended(Size size, int flags)
{
	return MemoryContextAllocExtended(CurrentMemoryContext, size, flags);
}

void *
MemoryContextAlloc(MemoryContext context, Size size)
{
	return allocate_for_c(context, size, 0);
}

void *
MemoryContextAllocZero(MemoryContext context, Size size)
{
	return zeroed(allocate_for_c(context, size, 0), size);
}

void *
MemoryContextAllocZeroAligned(MemoryContext context, Size size)
{
	return zeroed(allocate_for_c(context, size, 0), size);
}

void *
MemoryContextAllocExtended(MemoryContext context, Size size, int flags)
{
	return FromC([&] { return AllocateIn(context, size, flags); });
}

void *
MemoryContextAllocHuge(MemoryContext context, Size size)
{
	return FromC([&] { return AllocateIn(context, size, MCXT_ALLOC_HUGE); });
}

void *
repalloc(void *pointer, Size size)
{
	return FromC([&] { return Reallocate(pointer, size); });
}

void *
repalloc_huge(void *pointer, Size size)
{
	return FromC([&] { return Reallocate(pointer, size, MCXT_ALLOC_HUGE); });
}

void
pfree(void *pointer)
{
	if (likely(pointer != nullptr && mmgr::ChunkOwner(pointer) != nullptr))
		mmgr::FreeChunk(pointer);
	else
		FromC([&] { Free(pointer); });
}

char *
MemoryContextStrdup(MemoryContext context, const char *string)
{
	const Size size = strlen(string) + 1;

	return static_cast<char *>(memcpy(allocate_for_c(context, size, 0), string, size));
}

char *
pstrdup(const char *in)
{
	return MemoryContextStrdup(CurrentMemoryContext, in);
}

char *
pnstrdup(const char *in, Size len)
{
	const Size size = strnlen(in, len);
	auto *copy = static_cast<char *>(palloc(size + 1));

	memcpy(copy, in, size);
	copy[size] = '\0';
	return copy;
}

char *
pchomp(const char *in)
{
	Size size = strlen(in);

	while (size > 0 && in[size - 1] == '\n')
		size--;
	return pnstrdup(in, size);
}

Size
add_size(Size s1, Size s2)
{
	Size sum = 0;

	FromC([&] { refuse_overflow(__builtin_add_overflow(s1, s2, &sum)); });
	return sum;
}

Size
mul_size(Size s1, Size s2)
{
	Size product = 0;

	FromC([&] { refuse_overflow(__builtin_mul_overflow(s1, s2, &product)); });
	return product;
}
