/*
 * utils/misc/absent_parts.cpp
 *		True answers about parts of PostgreSQL that are not here: no buffers, no slots, no receiver, no autovacuum.
 *
 * Any process.  What cannot be answered is in utils/fmgr/unsupported_api.cpp.
 */
#include "postgres.h"

#include <string_view>

#include "access/heaptoast.h"
#include "access/htup_details.h"
#include "access/parallel.h"
#include "access/transam.h"
#include "access/xact.h"
#include "access/xlog.h"
#include "access/xlogrecovery.h"
#include "common/relpath.h"
#include "jit/jit.h"
#include "postmaster/autovacuum.h"
#include "replication/origin.h"
#include "replication/slot.h"
#include "replication/walreceiver.h"
#include "replication/walsender.h"
#include "storage/buf_internals.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/portal.h"
#include "utils/snapmgr.h"

/* Buffers */
char *BufferBlocks = nullptr;
BufferDescPadded *BufferDescriptors = nullptr;
Block *LocalBufferBlockPointers = nullptr;
int NLocBuffer = 0;

/* The log */
int wal_level = WAL_LEVEL_REPLICA;
int wal_segment_size = DEFAULT_XLOG_SEG_SIZE;

/* Replication */
int max_replication_slots = 0;
int max_wal_senders = 0;
static ReplicationSlotCtlData no_slots;
ReplicationSlotCtlData *ReplicationSlotCtl = &no_slots;
ReplicationSlot *MyReplicationSlot = nullptr;
static WalRcvData stopped_receiver;
WalRcvData *WalRcv = &stopped_receiver;
bool am_walsender = false;
bool am_cascading_walsender = false;
bool am_db_walsender = false;
bool wake_wal_senders = false;
RepOriginId replorigin_session_origin = InvalidRepOriginId;
XLogRecPtr replorigin_session_origin_lsn = InvalidXLogRecPtr;
TimestampTz replorigin_session_origin_timestamp = 0;

/* Parallel statements */
int ParallelWorkerNumber = -1;
BackendId ParallelLeaderBackendId = InvalidBackendId;
bool InitializingParallelWorker = false;

/* Transactions' numbers */
TransactionId CheckXidAlive = InvalidTransactionId;
bool bsysscan = false;
TransactionId TransactionXmin = FirstNormalTransactionId;
TransactionId RecentXmin = FirstNormalTransactionId;

const char *const forkNames[] = {"main", "fsm", "vm", "init"};

bool
have_free_buffer(void)
{
	return false;
}

bool
ParallelContextActive(void)
{
	return false;
}

bool
AutoVacuumingActive(void)
{
	return false;
}

bool
IsAutoVacuumLauncherProcess(void)
{
	return false;
}

bool
IsAutoVacuumWorkerProcess(void)
{
	return false;
}

bool
WalRcvStreaming(void)
{
	return false;
}

bool
WalRcvRunning(void)
{
	return false;
}

ReplicationSlot *
SearchNamedReplicationSlot(const char *, bool)
{
	return nullptr;
}

bool
ReplicationSlotsCountDBSlots(Oid, int *nslots, int *nactive)
{
	*nslots = *nactive = 0;
	return false;
}

void
ReplicationSlotCleanup(void)
{
}

bool
HotStandbyActive(void)
{
	return RecoveryInProgress() && EnableHotStandby;
}

RecoveryPauseState
GetRecoveryPauseState(void)
{
	return RECOVERY_NOT_PAUSED;
}

TimestampTz
GetLatestXTime(void)
{
	return 0;
}

void
InvalidateCatalogSnapshotConditionally(void)
{
}

void
RelationCloseSmgrByOid(Oid)
{
}

void
jit_reset_after_error(void)
{
}

HeapTuple
toast_flatten_tuple(HeapTuple tup, TupleDesc)
{
	return heap_copytuple(tup);
}

ForkNumber
forkname_to_number(const char *forkName)
{
	return pg::FromC(
		[&]
		{
			for (int fork = 0; fork <= MAX_FORKNUM; fork++)
				if (std::string_view(forkName) == forkNames[fork])
					return static_cast<ForkNumber>(fork);
			pg::Raise(pg::Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
						  .msg("invalid fork name")
						  .hint("Valid fork names are \"main\", \"fsm\", \"vm\", and \"init\"."));
		});
}

int
forkname_chars(const char *str, ForkNumber *fork)
{
	for (int number = MAIN_FORKNUM + 1; number <= MAX_FORKNUM; number++)
	{
		if (!std::string_view(str).starts_with(forkNames[number]))
			continue;
		if (fork != nullptr)
			*fork = static_cast<ForkNumber>(number);
		return static_cast<int>(strlen(forkNames[number]));
	}
	if (fork != nullptr)
		*fork = InvalidForkNumber;
	return 0;
}

/* On the circle of normal numbers; the others come before all of them. */
static int32
distance(TransactionId from, TransactionId to)
{
	if (TransactionIdIsNormal(from) && TransactionIdIsNormal(to))
		return static_cast<int32>(to - from);
	return from == to ? 0 : to > from ? 1 : -1;
}

bool
TransactionIdPrecedes(TransactionId id1, TransactionId id2)
{
	return distance(id1, id2) > 0;
}

bool
TransactionIdPrecedesOrEquals(TransactionId id1, TransactionId id2)
{
	return distance(id1, id2) >= 0;
}

bool
TransactionIdFollows(TransactionId id1, TransactionId id2)
{
	return distance(id1, id2) < 0;
}

bool
TransactionIdFollowsOrEquals(TransactionId id1, TransactionId id2)
{
	return distance(id1, id2) <= 0;
}

/* Portals that outlive a COMMIT of their procedure without WITH HOLD */
void
PortalErrorCleanup(void)
{
}
