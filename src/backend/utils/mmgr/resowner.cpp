/*
 * utils/mmgr/resowner.cpp
 *		Resource owners for modules (C API: utils/resowner.h).
 *
 * Backends and workers.  The server's own resources belong to C++ objects, so an owner holds nothing
 * but its children; releasing one runs the modules' callbacks.
 */
#include "utils/resowner.h"

#include "utils/error/wall.h"
#include "utils/memutils.h"
#include "utils/mmgr/memory.h"

ResourceOwner CurrentResourceOwner = nullptr;
ResourceOwner CurTransactionResourceOwner = nullptr;
ResourceOwner TopTransactionResourceOwner = nullptr;

struct ResourceOwnerData
{
	const char *name;
	ResourceOwner parent;
	ResourceOwner first_child;
	ResourceOwner next_sibling;
};

namespace
{

struct Registered
{
	ResourceReleaseCallback callback;
	void *arg;
	Registered *next;
};

Registered *callbacks = nullptr;

void
unlink_from_parent(ResourceOwner owner)
{
	if (owner->parent == nullptr)
		return;
	for (ResourceOwner *link = &owner->parent->first_child; *link != nullptr;
		 link = &(*link)->next_sibling)
	{
		if (*link == owner)
		{
			*link = owner->next_sibling;
			break;
		}
	}
	owner->parent = nullptr;
	owner->next_sibling = nullptr;
}

void
link_below(ResourceOwner parent, ResourceOwner owner)
{
	owner->parent = parent;
	if (parent == nullptr)
		return;
	owner->next_sibling = parent->first_child;
	parent->first_child = owner;
}

/* Children first, each phase as a whole. */
void
release(ResourceOwner owner, ResourceReleasePhase phase, bool is_commit, bool is_top_level)
{
	ResourceOwner outer = CurrentResourceOwner;

	for (ResourceOwner child = owner->first_child; child != nullptr; child = child->next_sibling)
		release(child, phase, is_commit, is_top_level);
	CurrentResourceOwner = owner;
	for (Registered *entry = callbacks; entry != nullptr;)
	{
		/* A callback may unregister itself. */
		Registered *next = entry->next;

		pg::ToC(entry->callback, phase, is_commit, is_top_level, entry->arg);
		entry = next;
	}
	CurrentResourceOwner = outer;
}

} /* namespace */

ResourceOwner
ResourceOwnerCreate(ResourceOwner parent, const char *name)
{
	auto *owner = static_cast<ResourceOwner>(
		MemoryContextAllocZero(TopMemoryContext, sizeof(ResourceOwnerData)));

	owner->name = name;
	link_below(parent, owner);
	return owner;
}

void
ResourceOwnerRelease(ResourceOwner owner, ResourceReleasePhase phase, bool isCommit,
					 bool isTopLevel)
{
	pg::FromC([&] { release(owner, phase, isCommit, isTopLevel); });
}

void
ResourceOwnerDelete(ResourceOwner owner)
{
	while (owner->first_child != nullptr)
		ResourceOwnerDelete(owner->first_child);
	unlink_from_parent(owner);
	pfree(owner);
}

ResourceOwner
ResourceOwnerGetParent(ResourceOwner owner)
{
	return owner->parent;
}

void
ResourceOwnerNewParent(ResourceOwner owner, ResourceOwner newparent)
{
	unlink_from_parent(owner);
	link_below(newparent, owner);
}

void
RegisterResourceReleaseCallback(ResourceReleaseCallback callback, void *arg)
{
	auto *entry =
		static_cast<Registered *>(MemoryContextAlloc(TopMemoryContext, sizeof(Registered)));

	*entry = {callback, arg, callbacks};
	callbacks = entry;
}

void
UnregisterResourceReleaseCallback(ResourceReleaseCallback callback, void *arg)
{
	for (Registered **link = &callbacks; *link != nullptr; link = &(*link)->next)
	{
		Registered *entry = *link;

		if (entry->callback == callback && entry->arg == arg)
		{
			*link = entry->next;
			pfree(entry);
			return;
		}
	}
}
