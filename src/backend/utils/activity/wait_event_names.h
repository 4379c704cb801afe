/*
 * utils/activity/wait_event_names.h
 *		PostgreSQL 15's names of wait events, in the order of the enums in utils/wait_event.h.
 */
#pragma once

#include "postgres.h"

#include "utils/wait_event.h"

namespace pg
{

inline constexpr const char *kActivityNames[] = {
	"ArchiverMain",		"AutoVacuumMain",	"BgWriterHibernate",   "BgWriterMain",
	"CheckpointerMain", "LogicalApplyMain", "LogicalLauncherMain", "RecoveryWalStream",
	"SysLoggerMain",	"WalReceiverMain",	"WalSenderMain",	   "WalWriterMain",
};

inline constexpr const char *kClientNames[] = {
	"ClientRead",
	"ClientWrite",
	"GSSOpenServer",
	"LibPQWalReceiverConnect",
	"LibPQWalReceiverReceive",
	"SSLOpenServer",
	"WalSenderWaitForWAL",
	"WalSenderWriteData",
};

inline constexpr const char *kIPCNames[] = {
	"AppendReady",
	"ArchiveCleanupCommand",
	"ArchiveCommand",
	"BackendTermination",
	"BackupWaitWalArchive",
	"BgWorkerShutdown",
	"BgWorkerStartup",
	"BtreePage",
	"BufferIO",
	"CheckpointDone",
	"CheckpointStart",
	"ExecuteGather",
	"HashBatchAllocate",
	"HashBatchElect",
	"HashBatchLoad",
	"HashBuildAllocate",
	"HashBuildElect",
	"HashBuildHashInner",
	"HashBuildHashOuter",
	"HashGrowBatchesAllocate",
	"HashGrowBatchesDecide",
	"HashGrowBatchesElect",
	"HashGrowBatchesFinish",
	"HashGrowBatchesRepartition",
	"HashGrowBucketsAllocate",
	"HashGrowBucketsElect",
	"HashGrowBucketsReinsert",
	"LogicalSyncData",
	"LogicalSyncStateChange",
	"MessageQueueInternal",
	"MessageQueuePutMessage",
	"MessageQueueReceive",
	"MessageQueueSend",
	"ParallelBitmapScan",
	"ParallelCreateIndexScan",
	"ParallelFinish",
	"ProcArrayGroupUpdate",
	"ProcSignalBarrier",
	"Promote",
	"RecoveryConflictSnapshot",
	"RecoveryConflictTablespace",
	"RecoveryEndCommand",
	"RecoveryPause",
	"ReplicationOriginDrop",
	"ReplicationSlotDrop",
	"RestoreCommand",
	"SafeSnapshot",
	"SyncRep",
	"WalReceiverExit",
	"WalReceiverWaitStart",
	"XactGroupUpdate",
	"WalReceiverUpstreamCatchup",
};

inline constexpr const char *kTimeoutNames[] = {
	"BaseBackupThrottle",
	"CheckpointWriteDelay",
	"PgSleep",
	"RecoveryApplyDelay",
	"RecoveryRetrieveRetryInterval",
	"RegisterSyncRequest",
	"VacuumDelay",
	"VacuumTruncate",
};

inline constexpr const char *kIONames[] = {
	"BaseBackupRead",
	"BaseBackupSync",
	"BaseBackupWrite",
	"BufFileRead",
	"BufFileWrite",
	"BufFileTruncate",
	"ControlFileRead",
	"ControlFileSync",
	"ControlFileSyncUpdate",
	"ControlFileWrite",
	"ControlFileWriteUpdate",
	"CopyFileRead",
	"CopyFileWrite",
	"DataFileExtend",
	"DataFileFlush",
	"DataFileImmediateSync",
	"DataFilePrefetch",
	"DataFileRead",
	"DataFileSync",
	"DataFileTruncate",
	"DataFileWrite",
	"DSMFillZeroWrite",
	"LockFileAddToDataDirRead",
	"LockFileAddToDataDirSync",
	"LockFileAddToDataDirWrite",
	"LockFileCreateRead",
	"LockFileCreateSync",
	"LockFileCreateWrite",
	"LockFileReCheckDataDirRead",
	"LogicalRewriteCheckpointSync",
	"LogicalRewriteMappingSync",
	"LogicalRewriteMappingWrite",
	"LogicalRewriteSync",
	"LogicalRewriteTruncate",
	"LogicalRewriteWrite",
	"RelationMapRead",
	"RelationMapSync",
	"RelationMapWrite",
	"ReorderBufferRead",
	"ReorderBufferWrite",
	"ReorderLogicalMappingRead",
	"ReplicationSlotRead",
	"ReplicationSlotRestoreSync",
	"ReplicationSlotSync",
	"ReplicationSlotWrite",
	"SLRUFlushSync",
	"SLRURead",
	"SLRUSync",
	"SLRUWrite",
	"SnapbuildRead",
	"SnapbuildSync",
	"SnapbuildWrite",
	"TimelineHistoryFileSync",
	"TimelineHistoryFileWrite",
	"TimelineHistoryRead",
	"TimelineHistorySync",
	"TimelineHistoryWrite",
	"TwophaseFileRead",
	"TwophaseFileSync",
	"TwophaseFileWrite",
	"VersionFileWrite",
	"WALSenderTimelineHistoryRead",
	"WALBootstrapSync",
	"WALBootstrapWrite",
	"WALCopyRead",
	"WALCopySync",
	"WALCopyWrite",
	"WALInitSync",
	"WALInitWrite",
	"WALRead",
	"WALSync",
	"WALSyncMethodAssign",
	"WALWrite",
	"VersionFileSync",
};

/* PG_WAIT_LOCK: what kind of thing the lock is on. */
inline constexpr const char *kLockNames[] = {
	"relation",	  "extend",	   "frozenid", "page",	   "tuple",	   "transactionid",
	"virtualxid", "spectoken", "object",   "userlock", "advisory",
};

static_assert(lengthof(kActivityNames) == WAIT_EVENT_WAL_WRITER_MAIN - PG_WAIT_ACTIVITY + 1);
static_assert(lengthof(kClientNames) == WAIT_EVENT_WAL_SENDER_WRITE_DATA - PG_WAIT_CLIENT + 1);
static_assert(lengthof(kIPCNames) == WAIT_EVENT_WAL_RECEIVER_UPSTREAM_CATCHUP - PG_WAIT_IPC + 1);
static_assert(lengthof(kTimeoutNames) == WAIT_EVENT_VACUUM_TRUNCATE - PG_WAIT_TIMEOUT + 1);
static_assert(lengthof(kIONames) == WAIT_EVENT_VERSION_FILE_SYNC - PG_WAIT_IO + 1);

} // namespace pg
