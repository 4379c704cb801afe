/*
 * lwlock_tranches.cpp
 *		Names and numbers of tranches, the server's and the modules'.
 *
 * Requests are made in the postmaster and inherited by its children; names registered later are known
 * to the registering process alone, as in PostgreSQL 15.
 */
#include "storage/lmgr/lwlock_tranches.h"

#include <new>
#include <string>
#include <vector>

#include "miscadmin.h"
#include "storage/lmgr/lwlock_names.h"
#include "utils/error/wall.h"

namespace pg
{

struct NamedTranche
{
	std::string name;
	int lock_count;
	int number;
	LWLockPadded *locks;
};

struct Tranches
{
	std::vector<NamedTranche> named;
	std::vector<const char *>
		registered; /* by number - LWTRANCHE_FIRST_USER_DEFINED; null: unknown */
};

/* The tranche of the locks of RequestAddinLWLocks. */
static constexpr const char *kUnnamed = "extension";

static TrancheCounter *counter = nullptr;

/* Made on first use: the server has no dynamic global constructors. Lives as long as the process. */
static Tranches &
tranches()
{
	static Tranches *const all = new Tranches;

	return *all;
}

static NamedTranche *
find_tranche(const char *name)
{
	for (NamedTranche &tranche : tranches().named)
		if (tranche.name == name)
			return &tranche;
	return nullptr;
}

static void
register_name(int number, const char *name)
{
	const int index = number - LWTRANCHE_FIRST_USER_DEFINED;
	std::vector<const char *> &names = tranches().registered;

	if (index < 0)
		return;
	if (names.size() <= static_cast<size_t>(index))
		names.resize(static_cast<size_t>(index) + 1, nullptr);
	names[static_cast<size_t>(index)] = name;
}

const char *
LWLockTrancheName(int tranche)
{
	if (tranche < 0)
		return "extension";
	if (tranche < NUM_INDIVIDUAL_LWLOCKS)
		return kLWLockNames[tranche].name;
	if (tranche < LWTRANCHE_FIRST_USER_DEFINED)
		return kTrancheNames[tranche - NUM_INDIVIDUAL_LWLOCKS];

	const std::vector<const char *> &names = tranches().registered;
	const size_t index = static_cast<size_t>(tranche - LWTRANCHE_FIRST_USER_DEFINED);

	return index < names.size() && names[index] != nullptr ? names[index] : "extension";
}

size_t
NamedTrancheLockCount()
{
	size_t count = 0;

	for (const NamedTranche &tranche : tranches().named)
		count += static_cast<size_t>(tranche.lock_count);
	return count;
}

void
InitTrancheCounter(void *at)
{
	counter = static_cast<TrancheCounter *>(at);
	new (&counter->next) std::atomic<int>(LWTRANCHE_FIRST_USER_DEFINED);
	new (&counter->assigned) std::atomic<int>(0);
}

void
InitNamedTranches(LWLockPadded *locks)
{
	for (NamedTranche &tranche : tranches().named)
	{
		tranche.number = counter->next.fetch_add(1, std::memory_order_relaxed);
		tranche.locks = locks;
		register_name(tranche.number, tranche.name.c_str());
		for (int i = 0; i < tranche.lock_count; i++)
			LWLockInitialize(&locks++->lock, tranche.number);
	}
}

} // namespace pg

using namespace pg;

void
RequestNamedLWLockTranche(const char *tranche_name, int num_lwlocks)
{
	FromC(
		[&]
		{
			if (!process_shmem_requests_in_progress &&
				!process_shared_preload_libraries_in_progress)
				Raise(Report(FATAL).msg(
					"cannot request additional LWLocks outside shmem_request_hook"));
			Assert(num_lwlocks >= 0);
			tranches().named.push_back(
				{std::string(tranche_name).substr(0, NAMEDATALEN - 1), num_lwlocks, 0, nullptr});
		});
}

LWLockPadded *
GetNamedLWLockTranche(const char *tranche_name)
{
	if (const NamedTranche *tranche = find_tranche(tranche_name))
		return tranche->locks;
	FromC([] { Raise(Report(ERROR).msg("requested tranche is not registered")); });
	return nullptr;
}

int
LWLockNewTrancheId(void)
{
	return counter->next.fetch_add(1, std::memory_order_relaxed);
}

void
LWLockRegisterTranche(int tranche_id, const char *tranche_name)
{
	FromC([&] { register_name(tranche_id, tranche_name); });
}

void
RequestAddinLWLocks(int n)
{
	FromC(
		[&]
		{
			if (!process_shared_preload_libraries_in_progress || IsUnderPostmaster || n <= 0)
				return;
			if (NamedTranche *unnamed = find_tranche(kUnnamed))
				unnamed->lock_count += n;
			else
				tranches().named.push_back({kUnnamed, n, 0, nullptr});
		});
}

LWLock *
LWLockAssign(void)
{
	return FromC(
		[]
		{
			const NamedTranche *unnamed = find_tranche(kUnnamed);
			const int taken =
				unnamed != nullptr ? counter->assigned.fetch_add(1, std::memory_order_relaxed) : 0;

			if (unnamed == nullptr || taken >= unnamed->lock_count)
				Raise(Report(ERROR).msg("no more LWLockIds available"));
			return &unnamed->locks[taken].lock;
		});
}
