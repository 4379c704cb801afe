/*
 * resowner.cpp
 *		Resource owners (utils/resowner.h): a tree, and modules' callbacks at its release.
 *
 * Any process.  The server's own resources belong to C++ objects and never to an owner.
 */
#include "utils/resowner.h"

#include <algorithm>
#include <vector>

#include "transaction_internals.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"

ResourceOwner CurrentResourceOwner = nullptr;
ResourceOwner CurTransactionResourceOwner = nullptr;
ResourceOwner TopTransactionResourceOwner = nullptr;

struct ResourceOwnerData
{
	ResourceOwner parent;
	const char *name;
	std::vector<ResourceOwner> children;
};

namespace pg
{

namespace
{

struct ReleaseCallback
{
	ResourceReleaseCallback function;
	void *arg;

	bool operator==(const ReleaseCallback &) const = default;
};

std::vector<ReleaseCallback> release_callbacks;

void
link_to(ResourceOwner owner, ResourceOwner parent)
{
	if (owner->parent != nullptr)
		std::erase(owner->parent->children, owner);
	owner->parent = parent;
	if (parent != nullptr)
		parent->children.push_back(owner);
}

void
release(ResourceOwner owner, ResourceReleasePhase phase, bool commit, bool top_level)
{
	if (release_callbacks.empty())
		return;
	for (const ResourceOwner child : owner->children)
		release(child, phase, commit, top_level);

	const ResourceOwner former = CurrentResourceOwner;
	const auto callbacks = release_callbacks;

	CurrentResourceOwner = owner;
	for (auto entry = callbacks.rbegin(); entry != callbacks.rend(); ++entry)
		ToC(entry->function, phase, commit, top_level, entry->arg);
	CurrentResourceOwner = former;
}

void
free_tree(ResourceOwner owner) noexcept
{
	for (const ResourceOwner child : owner->children)
		free_tree(child);
	delete owner;
}

} /* namespace */

void
ReleaseOwner(ResourceOwner owner, bool commit, bool top_level) noexcept
{
	for (const ResourceReleasePhase phase :
		 {RESOURCE_RELEASE_BEFORE_LOCKS, RESOURCE_RELEASE_LOCKS, RESOURCE_RELEASE_AFTER_LOCKS})
	{
		try
		{
			release(owner, phase, commit, top_level);
		}
		catch (const PgError &error)
		{
			EmitCaught(error);
		}
	}
	ResourceOwnerDelete(owner);
}

} /* namespace pg */

using namespace pg;

ResourceOwner
ResourceOwnerCreate(ResourceOwner parent, const char *name)
{
	return FromC(
		[&]
		{
			const auto owner = new ResourceOwnerData{nullptr, name, {}};

			link_to(owner, parent);
			return owner;
		});
}

void
ResourceOwnerRelease(ResourceOwner owner, ResourceReleasePhase phase, bool isCommit,
					 bool isTopLevel)
{
	FromC([&] { release(owner, phase, isCommit, isTopLevel); });
}

void
ResourceOwnerDelete(ResourceOwner owner)
{
	link_to(owner, nullptr);
	free_tree(owner);
}

ResourceOwner
ResourceOwnerGetParent(ResourceOwner owner)
{
	return owner->parent;
}

void
ResourceOwnerNewParent(ResourceOwner owner, ResourceOwner newparent)
{
	FromC([&] { link_to(owner, newparent); });
}

void
RegisterResourceReleaseCallback(ResourceReleaseCallback callback, void *arg)
{
	FromC([&] { release_callbacks.push_back({callback, arg}); });
}

void
UnregisterResourceReleaseCallback(ResourceReleaseCallback callback, void *arg)
{
	std::erase(release_callbacks, ReleaseCallback{callback, arg});
}
