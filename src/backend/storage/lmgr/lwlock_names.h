/*
 * storage/lmgr/lwlock_names.h
 *		The server's own LWLocks: the one list with name, rank and what each protects.
 *
 * LOCK ORDER.  A process takes locks in the order of rising rank.  With assertions on, LWLockAcquire
 * stops a process that holds a lock of the same or a higher rank.  Rank 0: this server does not use the
 * lock; it exists because modules may name it.  Locks of modules have no rank and come last.
 */
#pragma once

#include "storage/lwlock.h"

namespace pg
{

struct LWLockName
{
	int number;		  /* in MainLWLockArray */
	const char *name; /* as pg_stat_activity.wait_event shows it */
	int rank;
	const char *protects;
};

inline constexpr LWLockName kLWLockNames[] = {
	{0, "<unassigned:0>", 0, ""},
	{1, "ShmemIndex", 0, ""},
	{2, "OidGen", 50, "the counter of object identifiers"},
	{3, "XidGen", 55, "the counter of transaction identifiers"},
	{4, "ProcArray", 0, ""},
	{5, "SInvalRead", 0, ""},
	{6, "SInvalWrite", 0, ""},
	{7, "WALBufMapping", 0, ""},
	{8, "WALWrite", 60, "group commit: who syncs, and how far the log is synced"},
	{9, "ControlFile", 70, "the control file"},
	{10, "<unassigned:10>", 0, ""},
	{11, "XactSLRU", 0, ""},
	{12, "SubtransSLRU", 0, ""},
	{13, "MultiXactGen", 0, ""},
	{14, "MultiXactOffsetSLRU", 0, ""},
	{15, "MultiXactMemberSLRU", 0, ""},
	{16, "RelCacheInit", 0, ""},
	{17, "CheckpointerComm", 40, "requests to the checkpointer"},
	{18, "TwoPhaseState", 0, ""},
	{19, "TablespaceCreate", 0, ""},
	{20, "BtreeVacuum", 0, ""},
	{21, "AddinShmemInit", 10, "modules that find or make their shared structures"},
	{22, "Autovacuum", 0, ""},
	{23, "AutovacuumSchedule", 0, ""},
	{24, "SyncScan", 0, ""},
	{25, "RelationMapping", 0, ""},
	{26, "NotifySLRU", 0, ""},
	{27, "NotifyQueue", 78, "the queue of notifications, and who listens"},
	{28, "SerializableXactHash", 0, ""},
	{29, "SerializableFinishedList", 0, ""},
	{30, "SerializablePredicateList", 0, ""},
	{31, "SerialSLRU", 0, ""},
	{32, "SyncRep", 0, ""},
	{33, "BackgroundWorker", 20, "slots of background workers, against other backends"},
	{34, "DynamicSharedMemoryControl", 75, "which segments of dynamic shared memory there are"},
	{35, "AutoFile", 30, "postgresql.auto.conf while ALTER SYSTEM rewrites it"},
	{36, "ReplicationSlotAllocation", 0, ""},
	{37, "ReplicationSlotControl", 0, ""},
	{38, "CommitTsSLRU", 0, ""},
	{39, "CommitTs", 0, ""},
	{40, "ReplicationOrigin", 0, ""},
	{41, "MultiXactTruncation", 0, ""},
	{42, "OldSnapshotTimeMap", 0, ""},
	{43, "LogicalRepWorker", 0, ""},
	{44, "XactTruncation", 0, ""},
	{45, "<unassigned:45>", 0, ""},
	{46, "WrapLimitsVacuum", 0, ""},
	{47, "NotifyQueueTail", 0, ""},
};
static_assert(lengthof(kLWLockNames) == NUM_INDIVIDUAL_LWLOCKS);
static_assert(
	[]
	{
		for (int i = 0; i < NUM_INDIVIDUAL_LWLOCKS; i++)
			if (kLWLockNames[i].number != i)
				return false;
		return true;
	}());

/* Tranches of the server, by tranche number from NUM_INDIVIDUAL_LWLOCKS on; PostgreSQL 15's names. */
inline constexpr const char *kTrancheNames[] = {
	"XactBuffer",
	"CommitTsBuffer",
	"SubtransBuffer",
	"MultiXactOffsetBuffer",
	"MultiXactMemberBuffer",
	"NotifyBuffer",
	"SerialBuffer",
	"WALInsert",
	"BufferContent",
	"ReplicationOriginState",
	"ReplicationSlotIO",
	"LockFastPath",
	"BufferMapping",
	"LockManager", /* the write locks' queues; rank kLockManagerRank */
	"PredicateLockManager",
	"ParallelHashJoin",
	"ParallelQueryDSA",
	"PerSessionDSA",
	"PerSessionRecordType",
	"PerSessionRecordTypmod",
	"SharedTupleStore",
	"SharedTidBitmap",
	"ParallelAppend",
	"PerXactPredicateList",
	"PgStatsDSA",
	"PgStatsHash",
	"PgStatsData",
	"DSMRegistryDSA",
	"DSMRegistryHash",
};
static_assert(lengthof(kTrancheNames) == LWTRANCHE_FIRST_USER_DEFINED - NUM_INDIVIDUAL_LWLOCKS);

inline constexpr int kLockManagerRank = 80;

/* Rank of the locks of a tranche; 0: not ordered. */
constexpr int
LWLockRank(int tranche)
{
	if (tranche >= 0 && tranche < NUM_INDIVIDUAL_LWLOCKS)
		return kLWLockNames[tranche].rank;
	return tranche == LWTRANCHE_LOCK_MANAGER ? kLockManagerRank : 0;
}

/* Name of a tranche as this process knows it; "extension" when a module has not registered it here. */
const char *LWLockTrancheName(int tranche);

} // namespace pg
