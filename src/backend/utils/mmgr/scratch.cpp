/*
 * utils/mmgr/scratch.cpp
 *		Pages of their own for short jobs.
 */
#include "utils/mmgr/scratch.h"

#include <sys/mman.h>

namespace pg
{

/* Enough for a usual configuration file and its entries; what needs more goes on in the heap. */
static constexpr size_t kPages = 48 * 1024;

ScratchMemory::ScratchMemory()
	: pages_(mmap(nullptr, kPages, PROT_READ | PROT_WRITE,
				  MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0))
{
	if (pages_ == MAP_FAILED)
		pages_ = nullptr;
	if (pages_ != nullptr)
		arena_.emplace(pages_, kPages);
	else
		arena_.emplace();
}

ScratchMemory::~ScratchMemory()
{
	arena_.reset();
	if (pages_ != nullptr)
		munmap(pages_, kPages);
}

} /* namespace pg */
