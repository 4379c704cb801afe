/*
 * wait_event_set.cpp
 *		Waiting for several things at once: WaitLatch and the WaitEventSets of storage/latch.h.
 *
 * Every process; the postmaster's ServerLoop waits here, too.  A set is one block of memory with the
 * array that ppoll wants, so that a wait costs one system call and no descriptors.  Errors in here are
 * FATAL, never ERROR: C++ and C callers alike may call without a guard.
 */
#include "storage/ipc/latch_internals.h"

#include <poll.h>

#include <algorithm>
#include <new>

#include "miscadmin.h"
#include "storage/ipc.h"
#include "storage/ipc/interrupts.h"
#include "storage/ipc/ipc_internals.h"
#include "utils/error/report.h"
#include "utils/memutils.h"
#include "utils/wait_event.h"

/* At most one event is of the latch and one of the postmaster's death; the others have a socket each. */
struct WaitEventSet
{
	int count;
	int space;
	WaitEvent *events; /* [space] */
	pollfd *polled;	   /* [space]; fd -1 where the event has none */
	Latch *latch;
	int latch_at; /* position, or -1 */
	bool exit_on_death;
};

namespace pg
{

static short
poll_mask(uint32 events)
{
	short mask = 0;

	if (events & WL_SOCKET_READABLE)
		mask |= POLLIN;
	if (events & WL_SOCKET_WRITEABLE)
		mask |= POLLOUT;
	if (events & WL_SOCKET_CLOSED)
		mask |= POLLRDHUP;
	return mask;
}

/* Which of the wanted socket events happened. A broken socket is ready for all that is asked of it. */
static uint32
socket_events(uint32 wanted, short revents)
{
	uint32 seen = 0;
	const short broken = POLLERR | POLLHUP | POLLNVAL;

	if ((wanted & WL_SOCKET_READABLE) && (revents & (POLLIN | broken)))
		seen |= WL_SOCKET_READABLE;
	if ((wanted & WL_SOCKET_WRITEABLE) && (revents & (POLLOUT | broken)))
		seen |= WL_SOCKET_WRITEABLE;
	if ((wanted & WL_SOCKET_CLOSED) && (revents & (POLLRDHUP | broken)))
		seen |= WL_SOCKET_CLOSED;
	return seen;
}

/* Readiness of the pipe is a hint only. */
static bool
postmaster_is_dead(short revents)
{
	return revents != 0 && !PostmasterIsAliveInternal();
}

static uint32
check_death_event(uint32 events)
{
	constexpr uint32 kDeath = WL_POSTMASTER_DEATH | WL_EXIT_ON_PM_DEATH;

	/* Without a postmaster (its own loop, programs of one process) there is nothing to watch. */
	if (!IsUnderPostmaster)
		return events & ~kDeath;
	/* Sources of PostgreSQL 11 and before may say nothing of it; they must not stay behind, either. */
	return events & kDeath ? events : events | WL_EXIT_ON_PM_DEATH;
}

} // namespace pg

using namespace pg;

int(WaitLatch)(Latch *latch, int wakeEvents, long timeout, uint32 wait_event_info)
{
	return (WaitLatchOrSocket) (latch, wakeEvents & ~WL_SOCKET_MASK, PGINVALID_SOCKET, timeout,
								wait_event_info);
}

int(WaitLatchOrSocket)(Latch *latch, int wakeEvents, pgsocket sock, long timeout,
					   uint32 wait_event_info)
{
	const uint32 wanted = check_death_event(static_cast<uint32>(wakeEvents));
	const bool want_death = wanted & (WL_POSTMASTER_DEATH | WL_EXIT_ON_PM_DEATH);
	const bool want_socket = wanted & WL_SOCKET_MASK;
	const int64 deadline = wanted & WL_TIMEOUT ? DeadlineAfter(std::max(timeout, 0L)) : -1;
	uint32 seen = 0;

	Assert(!want_socket || sock != PGINVALID_SOCKET);
	if (!(wanted & WL_LATCH_SET))
		latch = nullptr;
	CheckLatchIsMine(latch);

	pollfd fds[2];
	size_t count = 0;
	const size_t death_at = 0;

	if (want_death)
		fds[count++] = {PostmasterDeathFd(), POLLIN, 0};
	if (want_socket)
		fds[count++] = {sock, poll_mask(wanted), 0};

	pgstat_report_wait_start(wait_event_info);
	while (seen == 0)
	{
		const WaitOutcome outcome =
			SleepOnLatch(latch, {fds, count}, deadline, latch != nullptr && !want_socket);

		if (outcome.latch_set)
			seen |= WL_LATCH_SET;
		if (want_socket)
			seen |= socket_events(wanted, fds[count - 1].revents);
		if (want_death && postmaster_is_dead(fds[death_at].revents))
		{
			if (wanted & WL_EXIT_ON_PM_DEATH)
				proc_exit(1);
			seen |= WL_POSTMASTER_DEATH;
		}
		if (seen == 0 && outcome.timed_out)
			seen |= WL_TIMEOUT;
	}
	pgstat_report_wait_end();
	ServeWorkerTermination();
	return static_cast<int>(seen);
}

WaitEventSet *
CreateWaitEventSet(MemoryContext context, int nevents)
{
	Assert(nevents > 0);

	const size_t space = static_cast<size_t>(nevents);
	const size_t events_at = MAXALIGN(sizeof(WaitEventSet));
	const size_t polled_at = events_at + MAXALIGN(space * sizeof(WaitEvent));
	char *block =
		static_cast<char *>(MemoryContextAllocZero(context, polled_at + space * sizeof(pollfd)));
	WaitEventSet *set = new (block) WaitEventSet{};

	set->space = nevents;
	set->events = reinterpret_cast<WaitEvent *>(block + events_at);
	set->polled = reinterpret_cast<pollfd *>(block + polled_at);
	set->latch_at = -1;
	return set;
}

void
FreeWaitEventSet(WaitEventSet *set)
{
	pfree(set);
}

int
AddWaitEventToSet(WaitEventSet *set, uint32 events, pgsocket fd, Latch *latch, void *user_data)
{
	if (set->count >= set->space)
		Raise(Report(FATAL).msg("a wait event set holds no more than %d events", set->space));
	if ((events & WL_LATCH_SET) && set->latch_at >= 0)
		Raise(Report(FATAL).msg("cannot wait on more than one latch"));
	if ((events & WL_SOCKET_MASK) && fd == PGINVALID_SOCKET)
		Raise(Report(FATAL).msg("cannot wait on socket event without a socket"));

	const int at = set->count++;

	if (events == WL_EXIT_ON_PM_DEATH)
	{
		events = WL_POSTMASTER_DEATH;
		set->exit_on_death = true;
	}
	set->events[at] = {at, events, fd, user_data};
	set->polled[at] = {-1, 0, 0};
	if (events == WL_LATCH_SET)
	{
		CheckLatchIsMine(latch);
		set->latch = latch;
		set->latch_at = at;
	}
	else if (events == WL_POSTMASTER_DEATH)
		set->polled[at] = {IsUnderPostmaster ? PostmasterDeathFd() : -1, POLLIN, 0};
	else
		set->polled[at] = {fd, poll_mask(events), 0};
	return at;
}

void
ModifyWaitEvent(WaitEventSet *set, int pos, uint32 events, Latch *latch)
{
	Assert(pos >= 0 && pos < set->count);

	WaitEvent &event = set->events[pos];

	if (event.events == WL_LATCH_SET)
	{
		CheckLatchIsMine(latch);
		set->latch = latch;
		return;
	}
	event.events = events;
	if (events & WL_SOCKET_MASK)
		set->polled[pos].events = poll_mask(events);
}

/* Fills occurred from one round of polling; returns how many. */
static int
collect_events(WaitEventSet *set, bool latch_set, WaitEvent *occurred, int max)
{
	int found = 0;

	for (int i = 0; i < set->count && found < max; i++)
	{
		const WaitEvent &event = set->events[i];
		uint32 seen;

		if (event.events == WL_LATCH_SET)
			seen = latch_set ? WL_LATCH_SET : 0;
		else if (event.events == WL_POSTMASTER_DEATH)
			seen = postmaster_is_dead(set->polled[i].revents) ? WL_POSTMASTER_DEATH : 0;
		else
			seen = socket_events(event.events, set->polled[i].revents);
		if (seen == WL_POSTMASTER_DEATH && set->exit_on_death)
			proc_exit(1);
		if (seen != 0)
			occurred[found++] = {i, seen, event.fd, event.user_data};
	}
	return found;
}

int
WaitEventSetWait(WaitEventSet *set, long timeout, WaitEvent *occurred_events, int nevents,
				 uint32 wait_event_info)
{
	const int64 deadline = timeout >= 0 ? DeadlineAfter(timeout) : -1;
	int found = 0;

	Assert(nevents > 0);
	pgstat_report_wait_start(wait_event_info);
	while (found == 0)
	{
		const WaitOutcome outcome =
			SleepOnLatch(set->latch, {set->polled, static_cast<size_t>(set->count)}, deadline);

		found = collect_events(set, outcome.latch_set, occurred_events, nevents);
		if (found == 0 && outcome.timed_out)
			break;
	}
	pgstat_report_wait_end();
	ServeWorkerTermination();
	return found;
}

int
GetNumRegisteredWaitEvents(WaitEventSet *set)
{
	return set->count;
}
