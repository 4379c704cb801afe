/*
 * storage/ipc/latch_internals.h
 *		What latches offer beyond storage/latch.h, to this folder and to storage/lmgr.
 */
#pragma once

#include "postgres.h"

#include <poll.h>

#include <span>

#include "storage/latch.h"

namespace pg
{

/*
 * Once in the postmaster before it waits, and in each child right after fork: sets MyProcPid, makes
 * MyLatch a latch of this process alone, and fills the signal masks of libpq/pqsignal.h.
 */
void InitializeLatchSupport();

/* A time on the monotonic clock, in microseconds. */
int64 DeadlineAfter(long milliseconds);

struct WaitOutcome
{
	bool latch_set = false;
	bool timed_out = false;
};

/*
 * Sleeps until latch (may be null, must be this process's) is set, one of fds is ready, or the deadline
 * (monotonic microseconds, negative: none) has passed.  Fills revents in any case.  Reports no wait
 * event and serves no interrupts.  FATAL when the kernel refuses.  may_nap, with a latch only: fds may be
 * noticed some milliseconds late, and not at all when the latch is set.
 */
WaitOutcome SleepOnLatch(Latch *latch, std::span<pollfd> fds, int64 deadline, bool may_nap = false);

/*
 * Called once, before the process sleeps on a latch for the first time after somebody set it; null again
 * by then.  Must not sleep.
 */
extern void (*before_first_sleep)() noexcept;

/* FATAL when latch is not null and another process's. */
void CheckLatchIsMine(const Latch *latch);

/* MyLatch and the place of the wait event become the ones in shared memory; back again at exit. */
void UseSharedLatch(Latch *latch, uint32 *wait_event_info);
void UseLocalLatch();

} // namespace pg
