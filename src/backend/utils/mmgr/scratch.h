/*
 * utils/mmgr/scratch.h
 *		Memory for a short job, given back to the system as a whole.
 *
 * A process that lives on shares most of its heap with the postmaster; a job of many small allocations
 * would write to the holes of many such pages and so get copies of them, each by a page fault.  Here
 * the pages come at once, in one system call.
 */
#pragma once

#include <cstddef>
#include <memory_resource>
#include <optional>

namespace pg
{

/* Any process; one thread.  Raises std::bad_alloc. */
class ScratchMemory
{
public:
	ScratchMemory();
	~ScratchMemory();
	ScratchMemory(const ScratchMemory &) = delete;
	ScratchMemory &operator=(const ScratchMemory &) = delete;

	/* What is allocated here is valid as long as this object; freeing does nothing. */
	std::pmr::memory_resource *resource() { return &*arena_; }

private:
	void *pages_; /* null: there were none, and the heap serves */
	std::optional<std::pmr::monotonic_buffer_resource> arena_;
};

} /* namespace pg */
