/*
 * utils/mmgr/memory.h
 *		Memory contexts for the server's own C++ code: the functions behind palloc() and its kin.
 *
 * They throw PgError.  palloc() itself may be called from C++ as well and then throws, too (see
 * utils/error/wall.h); these are the shorter way.  The core keeps its own data in C++ objects and
 * uses contexts for what modules get to see.  Any process; not in signal handlers.
 */
#pragma once

#include <string_view>

#include "postgres.h"

#include "utils/memutils.h"

namespace pg
{

/* flags are MCXT_ALLOC_ bits. ERROR 53200, or XX000 for a size beyond the limits. */
void *AllocateIn(MemoryContext context, Size size, int flags = 0);
/* The chunk stays in its context. */
void *Reallocate(void *pointer, Size size, int flags = 0);
void Free(void *pointer);
/* Copy with a terminating zero. */
char *CopyText(MemoryContext context, std::string_view text);

/* Sets CurrentMemoryContext for a scope. */
class MemoryContextScope
{
public:
	explicit MemoryContextScope(MemoryContext context) : former_(MemoryContextSwitchTo(context)) {}
	~MemoryContextScope() { CurrentMemoryContext = former_; }
	MemoryContextScope(const MemoryContextScope &) = delete;
	MemoryContextScope &operator=(const MemoryContextScope &) = delete;

private:
	MemoryContext former_;
};

/* Owns a context below parent; it is deleted at the end of the scope. */
class OwnedMemoryContext
{
public:
	OwnedMemoryContext(MemoryContext parent, const char *name);
	~OwnedMemoryContext();
	OwnedMemoryContext(const OwnedMemoryContext &) = delete;
	OwnedMemoryContext &operator=(const OwnedMemoryContext &) = delete;
	MemoryContext get() const { return context_; }

private:
	MemoryContext context_;
};

} /* namespace pg */
