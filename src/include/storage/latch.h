/*
 * latch.h
 *		Latches: sleeping until something happens, without missing it.
 *
 * The loop that works, in the order that matters:
 *
 *		for (;;)
 *		{
 *			ResetLatch(MyLatch);
 *			CHECK_FOR_INTERRUPTS();
 *			if (work to do) do it;
 *			WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, milliseconds, PG_WAIT_EXTENSION);
 *		}
 *
 * Whoever makes work first records it and then sets the latch. A latch is owned by one process, which alone waits on it
 * and resets it; any process that can see it may set it, and signal handlers may set their process's own. MyLatch is
 * valid in every process; through MyProc->procLatch other processes reach it.
 */
#ifndef LATCH_H
#define LATCH_H

#include "postgres.h"

#include <signal.h>

PG_BEGIN_EXTERN_C

typedef struct Latch
{
	sig_atomic_t is_set;
	sig_atomic_t maybe_sleeping;
	bool is_shared;
	int owner_pid; /* 0: nobody */
} Latch;

/* What to wait for, and what was seen. */
#define WL_LATCH_SET (1 << 0)
#define WL_SOCKET_READABLE (1 << 1)
#define WL_SOCKET_WRITEABLE (1 << 2)
#define WL_TIMEOUT (1 << 3) /* not for WaitEventSets */
#define WL_POSTMASTER_DEATH (1 << 4)
#define WL_EXIT_ON_PM_DEATH (1 << 5) /* never returned: the process ends with proc_exit(1) */
#define WL_SOCKET_CONNECTED WL_SOCKET_WRITEABLE
#define WL_SOCKET_CLOSED (1 << 7)
#define WL_SOCKET_MASK \
	(WL_SOCKET_READABLE | WL_SOCKET_WRITEABLE | WL_SOCKET_CONNECTED | WL_SOCKET_CLOSED)

typedef struct WaitEvent
{
	int pos;	   /* where AddWaitEventToSet put it */
	uint32 events; /* what happened */
	pgsocket fd;   /* its socket, if any */
	void *user_data;
} WaitEvent;

typedef struct WaitEventSet WaitEventSet;

/* A latch of this process alone, owned at once. */
extern void InitLatch(Latch *latch);
/* A latch in shared memory, owned by nobody yet; before any fork that is to see it. */
extern void InitSharedLatch(Latch *latch);
/* Takes and gives up a shared latch. PANIC when somebody has it, also this process. */
extern void OwnLatch(Latch *latch);
extern void DisownLatch(Latch *latch);

/* Wakes the owner, now or at its next wait. Any process, also signal handlers; never raises; errno is kept. */
extern void SetLatch(Latch *latch);
/* Owner only. Check your conditions after it and before waiting. */
extern void ResetLatch(Latch *latch);

/* Waits for any of wakeEvents and returns those that happened. latch may be NULL when WL_LATCH_SET is not asked for.
 * timeout: milliseconds, used with WL_TIMEOUT only, at least 0. Under the postmaster one of the two death events is
 * required. wait_event_info is shown in pg_stat_activity meanwhile: a value of utils/wait_event.h. Signals do not end
 * the wait, their handlers set the latch. Does not check for interrupts. */
extern int WaitLatch(Latch *latch, int wakeEvents, long timeout, uint32 wait_event_info);
/* The same with one socket more. */
extern int WaitLatchOrSocket(Latch *latch, int wakeEvents, pgsocket sock, long timeout,
							 uint32 wait_event_info);

/* Long-lived sets, cheaper for repeated waits. The set holds up to nevents events, is allocated in context and is freed
 * by its maker. */
extern WaitEventSet *CreateWaitEventSet(MemoryContext context, int nevents);
extern void FreeWaitEventSet(WaitEventSet *set);
/* Returns the event's position. fd is PGINVALID_SOCKET for events that are not of a socket; at most one latch, this
 * process's own. user_data comes back in WaitEvent. */
extern int AddWaitEventToSet(WaitEventSet *set, uint32 events, pgsocket fd, Latch *latch,
							 void *user_data);
extern void ModifyWaitEvent(WaitEventSet *set, int pos, uint32 events, Latch *latch);
/* Waits up to timeout milliseconds (-1: without limit) and returns how many of occurred_events it filled, 0 on
 * timeout. */
extern int WaitEventSetWait(WaitEventSet *set, long timeout, WaitEvent *occurred_events,
							int nevents, uint32 wait_event_info);
extern int GetNumRegisteredWaitEvents(WaitEventSet *set);

/* Sources of PostgreSQL 9.6 and before name no wait event: they wait for Extension. */
#define PG_WAIT_LATCH(latch, events, timeout, info, ...) (WaitLatch)(latch, events, timeout, info)
#define WaitLatch(...) PG_WAIT_LATCH(__VA_ARGS__, 0x07000000U, 0)
#define PG_WAIT_SOCKET(latch, events, sock, timeout, info, ...) \
	(WaitLatchOrSocket)(latch, events, sock, timeout, info)
#define WaitLatchOrSocket(...) PG_WAIT_SOCKET(__VA_ARGS__, 0x07000000U, 0)

PG_END_EXTERN_C

#endif /* LATCH_H */
