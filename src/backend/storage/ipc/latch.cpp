/*
 * latch.cpp
 *		Latches, and the one place where a process sleeps on them.
 *
 * Every process.  SetLatch runs in signal handlers and from other processes: it takes no lock and
 * allocates nothing.
 *
 * Protocol.  SIGURG stays blocked outside the wait, and ppoll(2) lets it in atomically.
 *	owner:	sets maybe_sleeping, full barrier, tests is_set, sleeps; clears maybe_sleeping after.
 *	setter:	sets is_set, full barrier, and only if maybe_sleeping is set wakes the owner.
 * Of the two, one sees the other's store: either the owner does not sleep or the setter wakes it, and a
 * signal sent too early stays pending until ppoll.
 *
 * maybe_sleeping says how to wake the owner.  Polling: it is in ppoll and sees descriptors, too; SIGURG.
 * Napping: it waits for nothing but the latch, on the futex that is_set is, which costs half as many
 * system calls.  A nap is short, since nobody in it sees the postmaster's death: whoever is not woken soon
 * goes on in ppoll.  And only who was woken soon the last time naps: idle processes wake up once less.
 */
#include "storage/ipc/latch_internals.h"

#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <utility>

#include "libpq/pqsignal.h"
#include "miscadmin.h"
#include "port/os.h"
#include "storage/ipc.h"
#include "storage/ipc/ipc_internals.h"
#include "storage/proc.h"
#include "utils/error/report.h"
#include "utils/wait_event.h"

struct Latch *MyLatch = nullptr;

/* Masks of pqsignal.h; all leave SIGURG to ppoll. */
sigset_t UnBlockSig;
sigset_t BlockSig;
sigset_t StartupBlockSig;

static void
wake_up_only(int)
{
}

namespace pg
{

void (*before_first_sleep)() noexcept = nullptr;

static constexpr int kPolling = 1;
static constexpr int kNapping = 2;
static constexpr int64 kNap = 5000; /* microseconds */

static Latch local_latch;
static bool woken_soon = false; /* the last time that this process slept on a latch */
static uint32 local_wait_event_info = 0;

/* Signals that report a fault of the process itself, or its postmaster's death, are never held back. */
static constexpr int kNeverBlocked[] = {SIGTRAP, SIGABRT, SIGILL,  SIGFPE, SIGSEGV,
										SIGBUS,	 SIGSYS,  SIGCONT, SIGPWR};
static constexpr int kOpenAtStartup[] = {SIGQUIT, SIGTERM, SIGALRM};

static void
store_relaxed(sig_atomic_t &field, int value)
{
	std::atomic_ref<sig_atomic_t>(field).store(value, std::memory_order_relaxed);
}

static bool
load_relaxed(sig_atomic_t &field)
{
	return std::atomic_ref<sig_atomic_t>(field).load(std::memory_order_relaxed) != 0;
}
static_assert(std::atomic_ref<sig_atomic_t>::is_always_lock_free);

int64
DeadlineAfter(long milliseconds)
{
	return os.monotonic_usec() + static_cast<int64>(milliseconds) * 1000;
}

/* Adds SIGURG to the mask; the result is the mask for the sleep, in which SIGURG may arrive. */
static sigset_t
mask_while_asleep()
{
	sigset_t urgent;
	sigset_t current;

	sigemptyset(&urgent);
	sigaddset(&urgent, SIGURG);
	pthread_sigmask(SIG_BLOCK, &urgent, &current);
	sigdelset(&current, SIGURG);
	return current;
}

/* ppoll until the deadline (negative: none). Its result; -1 with EINTR when a signal came. */
static int
poll_once(std::span<pollfd> fds, int64 deadline, const sigset_t *mask)
{
	if (deadline < 0)
		return ppoll(fds.data(), fds.size(), nullptr, mask);

	const int64 left = std::max<int64>(deadline - os.monotonic_usec(), 0);
	const timespec timeout = {left / 1000000, (left % 1000000) * 1000};

	return ppoll(fds.data(), fds.size(), &timeout, mask);
}

static void
check_poll_result(int ready)
{
	if (ready < 0 && errno != EINTR)
		Raise(Report(FATAL).msg("%s() failed: %m", "ppoll"));
}

static void
begin_sleep(Latch *latch, int how)
{
	store_relaxed(latch->maybe_sleeping, how);
	/* pairs with the fence in SetLatch */
	std::atomic_thread_fence(std::memory_order_seq_cst);
}

/* Ends by the latch, any signal, or the time. True when the latch is set. */
static bool
nap(Latch *latch, int64 deadline)
{
	const int64 now = os.monotonic_usec();
	const int64 length = deadline < 0 ? kNap : std::clamp<int64>(deadline - now, 0, kNap);
	const timespec timeout = {0, length * 1000};

	begin_sleep(latch, kNapping);
	/* Not the private kind: setters are other processes. It sleeps only while is_set is still 0. */
	if (!load_relaxed(latch->is_set))
		(void) syscall(SYS_futex, &latch->is_set, FUTEX_WAIT, 0, &timeout, nullptr, 0);
	store_relaxed(latch->maybe_sleeping, 0);
	/* Orders the caller's tests after what the setter wrote before SetLatch. */
	std::atomic_thread_fence(std::memory_order_seq_cst);
	return load_relaxed(latch->is_set);
}
static_assert(sizeof(sig_atomic_t) == 4, "a futex is a word of 32 bits");

/* The latch is set already: only see which descriptors are ready by now. */
static bool
poll_without_sleep(std::span<pollfd> fds)
{
	if (!fds.empty())
		check_poll_result(poll(fds.data(), fds.size(), 0));
	return true;
}

/* In ppoll until something happens; what came of it. */
static WaitOutcome
sleep_in_poll(Latch *latch, std::span<pollfd> fds, int64 deadline)
{
	const sigset_t mask = mask_while_asleep();
	WaitOutcome outcome;

	for (;;)
	{
		if (latch != nullptr)
		{
			begin_sleep(latch, kPolling);
			if (load_relaxed(latch->is_set))
			{
				store_relaxed(latch->maybe_sleeping, 0);
				outcome.latch_set = poll_without_sleep(fds);
				return outcome;
			}
		}

		const int ready = poll_once(fds, deadline, &mask);

		if (latch != nullptr)
			store_relaxed(latch->maybe_sleeping, 0);
		check_poll_result(ready);
		if (ready < 0)
		{
			/* errors leave revents undefined */
			for (pollfd &fd : fds)
				fd.revents = 0;
			if (latch == nullptr || load_relaxed(latch->is_set) == 0)
			{
				if (deadline >= 0 && os.monotonic_usec() >= deadline)
				{
					outcome.timed_out = true;
					return outcome;
				}
				continue;
			}
		}
		/* Orders the caller's tests after what the setter wrote before SetLatch. */
		std::atomic_thread_fence(std::memory_order_seq_cst);
		outcome.latch_set = latch != nullptr && load_relaxed(latch->is_set);
		outcome.timed_out = ready == 0 && !outcome.latch_set;
		return outcome;
	}
}

WaitOutcome
SleepOnLatch(Latch *latch, std::span<pollfd> fds, int64 deadline, bool may_nap)
{
	WaitOutcome outcome;

	for (pollfd &fd : fds)
		fd.revents = 0;
	if (latch != nullptr && load_relaxed(latch->is_set))
	{
		std::atomic_thread_fence(std::memory_order_seq_cst);
		outcome.latch_set = may_nap || poll_without_sleep(fds);
		return outcome;
	}
	if (auto *const told = std::exchange(before_first_sleep, nullptr))
		told();
	if (may_nap && woken_soon)
	{
		if (nap(latch, deadline))
			return {.latch_set = true};
		woken_soon = false;
	}

	const int64 asleep_at = may_nap ? os.monotonic_usec() : 0;

	outcome = sleep_in_poll(latch, fds, deadline);
	if (may_nap && outcome.latch_set)
		woken_soon = os.monotonic_usec() - asleep_at < kNap;
	return outcome;
}

void
CheckLatchIsMine(const Latch *latch)
{
	if (latch != nullptr && latch->owner_pid != MyProcPid)
		Raise(Report(FATAL).msg("cannot wait on a latch owned by another process"));
}

static void
fill_signal_masks()
{
	sigemptyset(&UnBlockSig);
	sigaddset(&UnBlockSig, SIGURG);
	sigfillset(&BlockSig);
	for (const int signal : kNeverBlocked)
		sigdelset(&BlockSig, signal);
	StartupBlockSig = BlockSig;
	for (const int signal : kOpenAtStartup)
		sigdelset(&StartupBlockSig, signal);
}

void
InitializeLatchSupport()
{
	sigset_t urgent;

	fill_signal_masks();
	sigemptyset(&urgent);
	sigaddset(&urgent, SIGURG);
	sigprocmask(SIG_BLOCK, &urgent, nullptr);
	pqsignal(SIGURG, wake_up_only);
	MyProcPid = static_cast<int>(getpid());
	InitLatch(&local_latch);
	MyLatch = &local_latch;
	my_wait_event_info = &local_wait_event_info;
	local_wait_event_info = 0;
}

void
UseSharedLatch(Latch *latch, uint32 *wait_event_info)
{
	OwnLatch(latch);
	MyLatch = latch;
	my_wait_event_info = wait_event_info;
	/* What was set on the local latch must not be lost. */
	SetLatch(MyLatch);
}

void
UseLocalLatch()
{
	Latch *const shared = MyLatch;

	my_wait_event_info = &local_wait_event_info;
	MyLatch = &local_latch;
	if (shared != nullptr && shared->is_shared)
		DisownLatch(shared);
	SetLatch(MyLatch);
}

} // namespace pg

using namespace pg;

uint32 *my_wait_event_info = &local_wait_event_info;

void
InitLatch(Latch *latch)
{
	latch->is_set = 0;
	latch->maybe_sleeping = 0;
	latch->is_shared = false;
	latch->owner_pid = MyProcPid;
}

void
InitSharedLatch(Latch *latch)
{
	latch->is_set = 0;
	latch->maybe_sleeping = 0;
	latch->is_shared = true;
	latch->owner_pid = 0;
}

void
OwnLatch(Latch *latch)
{
	const int owner = latch->owner_pid;

	if (owner != 0)
		Report(PANIC).msg("latch already owned by PID %d", owner).emit();
	latch->owner_pid = MyProcPid;
}

void
DisownLatch(Latch *latch)
{
	Assert(latch->owner_pid == MyProcPid);
	latch->owner_pid = 0;
}

void
SetLatch(Latch *latch)
{
	/* What the caller recorded comes before the latch. */
	std::atomic_thread_fence(std::memory_order_seq_cst);
	if (load_relaxed(latch->is_set))
		return;
	store_relaxed(latch->is_set, 1);
	/* pairs with the fence in SleepOnLatch */
	std::atomic_thread_fence(std::memory_order_seq_cst);

	const int how =
		std::atomic_ref<sig_atomic_t>(latch->maybe_sleeping).load(std::memory_order_relaxed);

	if (how == 0)
		return;

	const int owner = std::atomic_ref<int>(latch->owner_pid).load(std::memory_order_relaxed);

	if (owner != 0)
	{
		const int saved_errno = errno;

		if (how == kNapping)
			(void) syscall(SYS_futex, &latch->is_set, FUTEX_WAKE, 1, nullptr, nullptr, 0);
		else
			kill(owner, SIGURG);
		errno = saved_errno;
	}
}

void
ResetLatch(Latch *latch)
{
	Assert(latch->owner_pid == MyProcPid);
	store_relaxed(latch->is_set, 0);
	/* The caller's tests come after: what a setter recorded before SetLatch is then seen. */
	std::atomic_thread_fence(std::memory_order_seq_cst);
}
