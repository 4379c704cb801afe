/*
 * utils/mmgr/context.cpp
 *		The tree of memory contexts: creation, reset, deletion, callbacks, statistics.
 *
 * Private memory of any process; not in signal handlers.  Deleting and resetting raise nothing unless
 * a module's callback does.
 *
 * The two roots every process needs exist from the program's start, without any initialisation:
 * reports and allocations work before main() has done anything.
 */
#include "utils/mmgr/context.h"

#include <cstdio>

#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/mmgr/memory.h"

namespace
{

extern constinit MemoryContextData top_context;

constexpr MemoryContextData
make_error_context()
{
	MemoryContextData context;

	context.is_static = true;
	context.name = "ErrorContext";
	context.parent = &top_context;
	return context;
}

constinit MemoryContextData error_context = make_error_context();

constexpr MemoryContextData
make_top_context()
{
	MemoryContextData context;

	context.is_static = true;
	context.name = "TopMemoryContext";
	context.first_child = &error_context;
	return context;
}

constinit MemoryContextData top_context = make_top_context();

} /* namespace */

constinit MemoryContext TopMemoryContext = &top_context;
constinit MemoryContext ErrorContext = &error_context;
constinit MemoryContext CurrentMemoryContext = &top_context;
MemoryContext PostmasterContext = nullptr;
MemoryContext CacheMemoryContext = nullptr;
MemoryContext MessageContext = nullptr;
MemoryContext TopTransactionContext = nullptr;
MemoryContext CurTransactionContext = nullptr;
MemoryContext PortalContext = nullptr;

namespace pg
{

namespace
{

void
link_below(MemoryContext parent, MemoryContext context)
{
	context->parent = parent;
	context->prev_sibling = nullptr;
	context->next_sibling = nullptr;
	if (parent == nullptr)
		return;
	context->next_sibling = parent->first_child;
	if (parent->first_child != nullptr)
		parent->first_child->prev_sibling = context;
	parent->first_child = context;
}

void
unlink_from_parent(MemoryContext context)
{
	if (context->prev_sibling != nullptr)
		context->prev_sibling->next_sibling = context->next_sibling;
	else if (context->parent != nullptr)
		context->parent->first_child = context->next_sibling;
	if (context->next_sibling != nullptr)
		context->next_sibling->prev_sibling = context->prev_sibling;
	context->parent = nullptr;
	context->prev_sibling = nullptr;
	context->next_sibling = nullptr;
}

/* Each callback is removed before it runs, so that one that raises is not run twice. */
void
run_callbacks(MemoryContext context)
{
	while (MemoryContextCallback *callback = context->callbacks)
	{
		context->callbacks = callback->next;
		ToC(callback->func, callback->arg);
	}
}

void
reset_only(MemoryContext context)
{
	run_callbacks(context);
	context->ident = nullptr;
	mmgr::ReleaseBlocks(context);
}

void delete_children(MemoryContext context);

void
delete_context(MemoryContext context)
{
	Assert(!context->is_static && context != CurrentMemoryContext);
	delete_children(context);
	run_callbacks(context);
	unlink_from_parent(context);
	mmgr::FreeContext(context);
}

void
delete_children(MemoryContext context)
{
	/* The two roots are never deleted: resetting the top one leaves ErrorContext in place. */
	for (MemoryContext child = context->first_child; child != nullptr;)
	{
		MemoryContext next = child->next_sibling;

		if (!child->is_static)
			delete_context(child);
		child = next;
	}
}

MemoryContext
create_context(MemoryContext parent, const char *name, Size init_size, Size max_size)
{
	MemoryContext context = mmgr::NewContext(name, init_size, max_size);

	if (context == nullptr)
		Raise(Report(ERROR, ERRCODE_OUT_OF_MEMORY)
				  .msg("out of memory")
				  .detail("Failed while creating memory context \"%s\".", name));
	link_below(parent, context);
	return context;
}

void
print_tree(MemoryContext context, int level)
{
	MemoryContextCounters counters{};

	mmgr::AddStatistics(context, &counters);
	fprintf(stderr, "%*s%s: %zu total in %zu blocks; %zu free (%zu chunks); %zu used%s%s\n",
			2 * level, "", context->name, counters.totalspace, counters.nblocks, counters.freespace,
			counters.freechunks, counters.totalspace - counters.freespace,
			context->ident != nullptr ? ": " : "", context->ident != nullptr ? context->ident : "");
	for (MemoryContext child = context->first_child; child != nullptr; child = child->next_sibling)
		print_tree(child, level + 1);
}

} /* namespace */

OwnedMemoryContext::OwnedMemoryContext(MemoryContext parent, const char *name)
	: context_(create_context(parent, name, ALLOCSET_DEFAULT_INITSIZE, ALLOCSET_DEFAULT_MAXSIZE))
{
}

OwnedMemoryContext::~OwnedMemoryContext()
{
	delete_context(context_);
}

} /* namespace pg */

using namespace pg;

MemoryContext
AllocSetContextCreateInternal(MemoryContext parent, const char *name, Size, Size initBlockSize,
							  Size maxBlockSize)
{
	return FromC([&] { return create_context(parent, name, initBlockSize, maxBlockSize); });
}

MemoryContext
SlabContextCreate(MemoryContext parent, const char *name, Size blockSize, Size)
{
	return FromC([&] { return create_context(parent, name, blockSize, blockSize); });
}

MemoryContext
GenerationContextCreate(MemoryContext parent, const char *name, Size, Size initBlockSize,
						Size maxBlockSize)
{
	return FromC([&] { return create_context(parent, name, initBlockSize, maxBlockSize); });
}

void
MemoryContextReset(MemoryContext context)
{
	FromC(
		[&]
		{
			delete_children(context);
			reset_only(context);
		});
}

void
MemoryContextResetOnly(MemoryContext context)
{
	FromC([&] { reset_only(context); });
}

void
MemoryContextResetChildren(MemoryContext context)
{
	FromC(
		[&]
		{
			for (MemoryContext child = context->first_child; child != nullptr;
				 child = child->next_sibling)
			{
				MemoryContextResetChildren(child);
				reset_only(child);
			}
		});
}

void
MemoryContextDelete(MemoryContext context)
{
	FromC([&] { delete_context(context); });
}

void
MemoryContextDeleteChildren(MemoryContext context)
{
	FromC([&] { delete_children(context); });
}

void
MemoryContextRegisterResetCallback(MemoryContext context, MemoryContextCallback *cb)
{
	cb->next = context->callbacks;
	context->callbacks = cb;
}

void
MemoryContextSetIdentifier(MemoryContext context, const char *id)
{
	context->ident = id;
}

void
MemoryContextSetParent(MemoryContext context, MemoryContext new_parent)
{
	Assert(context != new_parent);
	if (context->parent == new_parent)
		return;
	unlink_from_parent(context);
	link_below(new_parent, context);
}

MemoryContext
MemoryContextGetParent(MemoryContext context)
{
	return context->parent;
}

bool
MemoryContextIsEmpty(MemoryContext context)
{
	return context->first_child == nullptr && context->blocks == nullptr &&
		   context->large == nullptr && context->bump == context->keeper;
}

Size
MemoryContextMemAllocated(MemoryContext context, bool recurse)
{
	Size total = context->allocated;

	if (recurse)
	{
		for (MemoryContext child = context->first_child; child != nullptr;
			 child = child->next_sibling)
			total += MemoryContextMemAllocated(child, true);
	}
	return total;
}

void
MemoryContextStats(MemoryContext context)
{
	pg::print_tree(context, 0);
}

Size
GetMemoryChunkSpace(void *pointer)
{
	return mmgr::ChunkSize(pointer) + sizeof(uint64);
}

MemoryContext
GetMemoryChunkContext(void *pointer)
{
	return mmgr::ChunkOwner(pointer);
}
