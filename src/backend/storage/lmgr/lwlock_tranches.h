/*
 * storage/lmgr/lwlock_tranches.h
 *		Tranches of LWLocks: those that modules request, and the numbers they are given.
 */
#pragma once

#include <atomic>
#include <cstddef>

#include "storage/lwlock.h"

namespace pg
{

/* In shared memory before the locks, of a lock's size so that those stay aligned. */
struct alignas(16) TrancheCounter
{
	std::atomic<int> next;
	std::atomic<int> assigned; /* of the locks of RequestAddinLWLocks */
	char pad[LWLOCK_PADDED_SIZE - 2 * sizeof(std::atomic<int>)];
};
static_assert(std::atomic<int>::is_always_lock_free);

/* Sum of what was requested. */
size_t NamedTrancheLockCount();

/* Postmaster, at (re)creation of shared memory. locks: NamedTrancheLockCount() of them. */
void InitTrancheCounter(void *at);
void InitNamedTranches(LWLockPadded *locks);

} // namespace pg
