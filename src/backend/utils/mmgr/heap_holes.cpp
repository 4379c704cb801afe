/*
 * utils/mmgr/heap_holes.cpp
 *		The heap as glibc's allocator keeps it: free pieces in bins by size, then the top.
 */
#include "utils/mmgr/heap_holes.h"

#include <unistd.h>

#include <cstdint>
#include <cstdlib>

namespace pg
{

static constexpr size_t kLargest = 64 * 1024; /* below the size from which malloc maps */
static constexpr size_t kSmallBins = 1032;	  /* up to here each multiple of kStep has a bin */
static constexpr size_t kStep = 16, kSmallest = 24;

/* Allocates all free pieces of that size or more, for good. */
static void
close_holes(size_t size, uintptr_t top) noexcept
{
	while (void *hole = malloc(size))
	{
		if (reinterpret_cast<uintptr_t>(hole) < top)
			continue;
		free(hole);
		return;
	}
}

void
CloseHeapHoles() noexcept
{
	/* What is as large comes from the top. */
	void *const probe = malloc(kLargest);
	const volatile auto top =
		reinterpret_cast<uintptr_t>(probe); /* keeps the compiler from leaving it out */

	free(probe);
	/* Another allocator than glibc's: a sanitizer's, say. */
	if (top >= reinterpret_cast<uintptr_t>(sbrk(0)))
		return;
	for (size_t size = kLargest; size > kSmallBins; size /= 2)
		close_holes(size, top);
	for (size_t size = kSmallBins; size >= kSmallest; size -= kStep)
		close_holes(size, top);
}

} /* namespace pg */
