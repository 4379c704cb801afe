/*
 * utils/mmgr/heap_holes.h
 *		The postmaster's heap, made ready for its children.
 */
#pragma once

namespace pg
{

/*
 * Takes the holes of the heap out of use.  A child shares the heap page by page until it writes to it;
 * what it allocates should not lie between the postmaster's objects, where each piece would cost it a
 * page fault and a copy of the page, but in fresh pages side by side.
 *
 * Postmaster, before its first child.
 */
void CloseHeapHoles() noexcept;

} /* namespace pg */
