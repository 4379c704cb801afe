/*
 * capi_waits.c
 *		Latches and sets of events, lightweight locks, memory shared by name; other processes' transactions.
 */
#include "capi.h"

#include <sys/socket.h>
#include <unistd.h>

#include "access/transam.h"
#include "storage/latch.h"
#include "storage/lwlock.h"
#include "storage/procarray.h"
#include "storage/shmem.h"
#include "utils/wait_event.h"

#include "miscadmin.h"

#define NOW (WL_TIMEOUT | WL_EXIT_ON_PM_DEATH)

CAPI_TEST(test_latch_of_ones_own)
{
	Latch latch;

	InitLatch(&latch);
	CHECK(!latch.is_set && !latch.is_shared && latch.owner_pid == MyProcPid);
	CHECK(PG_WAIT_LATCH(&latch, WL_LATCH_SET | NOW, 0L, PG_WAIT_EXTENSION, 0) == WL_TIMEOUT);
	SetLatch(&latch);
	CHECK(latch.is_set &&
		  WaitLatch(&latch, WL_LATCH_SET | NOW, 0L, PG_WAIT_EXTENSION) == WL_LATCH_SET);
	ResetLatch(&latch);
	CHECK(!latch.is_set);
}

CAPI_TEST(test_shared_latch)
{
	static Latch latch;

	InitSharedLatch(&latch);
	CHECK(latch.is_shared && latch.owner_pid == 0);
	OwnLatch(&latch);
	CHECK(latch.owner_pid == MyProcPid);
	DisownLatch(&latch);
	CHECK(latch.owner_pid == 0);
}

CAPI_TEST(test_waits_for_sockets)
{
	WaitEventSet *set = CreateWaitEventSet(CurrentMemoryContext, 3);
	int user_data, at_latch, at_socket;
	WaitEvent event;
	int ends[2];

	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	ResetLatch(MyLatch);
	CHECK(WaitLatchOrSocket(MyLatch, WL_SOCKET_READABLE | NOW, ends[0], 0L, PG_WAIT_EXTENSION) ==
		  WL_TIMEOUT);
	CHECK(PG_WAIT_SOCKET(NULL, WL_SOCKET_WRITEABLE | NOW, ends[0], 0L, PG_WAIT_EXTENSION, 0) ==
		  WL_SOCKET_WRITEABLE);

	at_latch = AddWaitEventToSet(set, WL_LATCH_SET, PGINVALID_SOCKET, MyLatch, NULL);
	at_socket = AddWaitEventToSet(set, WL_SOCKET_READABLE, ends[0], NULL, &user_data);
	CHECK(at_latch == 0 && at_socket == 1 && GetNumRegisteredWaitEvents(set) == 2);
	CHECK(WaitEventSetWait(set, 0, &event, 1, PG_WAIT_EXTENSION) == 0);
	CHECK(write(ends[1], "x", 1) == 1);
	CHECK(WaitLatchOrSocket(MyLatch, WL_SOCKET_READABLE | NOW, ends[0], 0L, PG_WAIT_EXTENSION) ==
		  WL_SOCKET_READABLE);
	CHECK(WaitEventSetWait(set, -1, &event, 1, PG_WAIT_EXTENSION) == 1);
	CHECK(event.pos == at_socket && event.events == WL_SOCKET_READABLE && event.fd == ends[0]);
	CHECK(event.user_data == &user_data);
	ModifyWaitEvent(set, at_socket, WL_SOCKET_WRITEABLE, NULL);
	CHECK(WaitEventSetWait(set, -1, &event, 1, PG_WAIT_EXTENSION) == 1 &&
		  event.events == WL_SOCKET_WRITEABLE);
	SetLatch(MyLatch);
	CHECK(WaitEventSetWait(set, -1, &event, 1, PG_WAIT_EXTENSION) == 1 &&
		  event.events == WL_LATCH_SET);
	ResetLatch(MyLatch);
	FreeWaitEventSet(set);
	close(ends[0]);
	close(ends[1]);
}

/* capi_shmem.c reserves them. */
CAPI_TEST(test_named_locks)
{
	LWLock *one = &GetNamedLWLockTranche("test_capi locks")[0].lock;
	LWLock *two = &GetNamedLWLockTranche("test_capi locks")[1].lock;

	CHECK(two != one && one->tranche == two->tranche &&
		  one->tranche >= LWTRANCHE_FIRST_USER_DEFINED);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "requested tranche is not registered",
				(void) GetNamedLWLockTranche("none"));
	CHECK(LWLockAcquireOrWait(one, LW_EXCLUSIVE) && LWLockHeldByMe(one) && !LWLockHeldByMe(two));
	CHECK(LWLockAcquire(two, LW_SHARED) && LWLockHeldByMeInMode(two, LW_SHARED));
	CHECK(LWLockHeldByMeInMode(one, LW_EXCLUSIVE) && !LWLockHeldByMeInMode(two, LW_EXCLUSIVE));
	LWLockReleaseAll();
	CHECK(!LWLockHeldByMe(one) && !LWLockHeldByMe(two));
	CHECK(AddinShmemInitLock > &MainLWLockArray[0].lock &&
		  AddinShmemInitLock < &MainLWLockArray[NUM_INDIVIDUAL_LWLOCKS].lock);
}

CAPI_TEST(test_variable_of_a_lock)
{
	LWLock *lock = &GetNamedLWLockTranche("test_capi locks")[0].lock;
	uint64 value = 0, seen = 0;

	CHECK(LWLockWaitForVar(lock, &value, 0, &seen)); /* free */
	CHECK(LWLockAcquire(lock, LW_EXCLUSIVE));
	LWLockUpdateVar(lock, &value, 5);
	CHECK(value == 5 && !LWLockWaitForVar(lock, &value, 4, &seen) && seen == 5);
	LWLockReleaseClearVar(lock, &value, 7);
	CHECK(value == 7 && !LWLockHeldByMe(lock));
}

CAPI_TEST(test_names_of_tranches)
{
	LWLockTranche tranche = {"by struct", NULL, 0};

	CHECK(strcmp(pg_tranche_name(&tranche), "by struct") == 0 &&
		  strcmp(pg_tranche_text("by text"), "by text") == 0);
}

CAPI_TEST(test_shared_memory)
{
	bool found = true;
	char *area = (char *) ShmemInitStruct("test_capi area", 100, &found);

	CHECK(ShmemAddrIsValid(area) && ShmemInitStruct("test_capi area", 100, &found) == area &&
		  found);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "\"test_capi area\"",
				(void) ShmemInitStruct("test_capi area", 101, &found));
	area = (char *) ShmemAlloc(100);
	CHECK(ShmemAddrIsValid(area) && ShmemAddrIsValid(area + 99));
	CHECK(ShmemAllocNoError((Size) 1 << 40) == NULL);
	CHECK_ERROR(ERRCODE_OUT_OF_MEMORY, "out of shared memory", (void) ShmemAlloc((Size) 1 << 40));
}

CAPI_TEST(test_no_numbers_of_transactions)
{
	CHECK(BackendXidGetPid(FirstNormalTransactionId) == 0 &&
		  !TransactionIdIsInProgress(FirstNormalTransactionId));
}
