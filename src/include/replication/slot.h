/*
 * slot.h
 *		Replication slots.
 *
 * There is no logical decoding and no replication here: each function raises ERROR 0A000 with its name. A module
 * that looks through all slots finds none in use.
 */
#ifndef SLOT_H
#define SLOT_H

#include "postgres.h"

#include "access/xlog.h"
#include "access/xlogreader.h"
#include "replication/walreceiver.h"
#include "storage/condition_variable.h"
#include "storage/lwlock.h"
#include "storage/shmem.h"
#include "storage/spin.h"

PG_BEGIN_EXTERN_C

typedef enum ReplicationSlotPersistency
{
	RS_PERSISTENT,
	RS_EPHEMERAL,
	RS_TEMPORARY
} ReplicationSlotPersistency;

typedef struct ReplicationSlotPersistentData
{
	NameData name;
	Oid database;
	ReplicationSlotPersistency persistency;
	TransactionId xmin;
	TransactionId catalog_xmin;
	XLogRecPtr restart_lsn;
	XLogRecPtr invalidated_at;
	XLogRecPtr confirmed_flush;
	XLogRecPtr two_phase_at;
	bool two_phase;
	NameData plugin;
} ReplicationSlotPersistentData;

typedef struct ReplicationSlot
{
	slock_t mutex;
	bool in_use;
	pid_t active_pid;
	bool just_dirtied;
	bool dirty;
	TransactionId effective_xmin;
	TransactionId effective_catalog_xmin;
	ReplicationSlotPersistentData data;
	LWLock io_in_progress_lock;
	ConditionVariable active_cv;
	TransactionId candidate_catalog_xmin;
	XLogRecPtr candidate_xmin_lsn;
	XLogRecPtr candidate_restart_valid;
	XLogRecPtr candidate_restart_lsn;
} ReplicationSlot;

#define SlotIsPhysical(slot) ((slot)->data.database == InvalidOid)
#define SlotIsLogical(slot) ((slot)->data.database != InvalidOid)

typedef struct ReplicationSlotCtlData
{
	ReplicationSlot replication_slots[1];
} ReplicationSlotCtlData;

/* How many there can be: 0, whatever the setting of this name says. */
extern PGDLLIMPORT int max_replication_slots;
extern PGDLLIMPORT ReplicationSlotCtlData *ReplicationSlotCtl;
extern PGDLLIMPORT ReplicationSlot *MyReplicationSlot; /* NULL */

/* There is none of any name: NULL and false. */
extern ReplicationSlot *SearchNamedReplicationSlot(const char *name, bool need_lock);
extern bool ReplicationSlotsCountDBSlots(Oid dboid, int *nslots, int *nactive);
/* There is none to be given up: nothing to do. */
extern void ReplicationSlotCleanup(void);
extern void ReplicationSlotCreate(const char *name, bool db_specific, ReplicationSlotPersistency p,
								  bool two_phase);
extern void ReplicationSlotPersist(void);
extern void ReplicationSlotDrop(const char *name, bool nowait);
extern void ReplicationSlotAcquire(const char *name, bool nowait);
extern void ReplicationSlotRelease(void);
extern void ReplicationSlotSave(void);
extern void ReplicationSlotMarkDirty(void);
extern bool ReplicationSlotValidateName(const char *name, int elevel);
extern void ReplicationSlotReserveWal(void);
extern void ReplicationSlotsComputeRequiredXmin(bool already_locked);
extern void ReplicationSlotsComputeRequiredLSN(void);
extern XLogRecPtr ReplicationSlotsComputeLogicalRestartLSN(void);
extern void ReplicationSlotsDropDBSlots(Oid dboid);
extern int ReplicationSlotIndex(ReplicationSlot *slot);
extern bool ReplicationSlotName(int index, Name name);
extern void CheckSlotRequirements(void);
extern void CheckSlotPermissions(void);

PG_END_EXTERN_C

#endif /* SLOT_H */
