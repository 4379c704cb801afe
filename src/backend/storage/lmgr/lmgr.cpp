/*
 * storage/lmgr/lmgr.cpp
 *		Locks on relations and other objects (storage/lmgr.h), and what locks are called.
 *
 * Backends and workers.
 */
#include "postgres.h"

#include "storage/lmgr.h"

#include <string>
#include <type_traits>
#include <vector>

#include "catalog/catalog.h"
#include "miscadmin.h"
#include "storage/lmgr/heavy_lock.h"
#include "storage/lmgr/lock_table.h"
#include "storage/proc.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/palloc.h"

const char *const LockTagTypeNames[] = {"relation", "extend",		 "frozenid",   "page",
										"tuple",	"transactionid", "virtualxid", "spectoken",
										"object",	"userlock",		 "advisory"};
static_assert(std::extent_v<decltype(LockTagTypeNames)> == LOCKTAG_LAST_TYPE + 1);

namespace pg
{
namespace
{

constexpr const char *kModeNames[] = {"INVALID",
									  "AccessShareLock",
									  "RowShareLock",
									  "RowExclusiveLock",
									  "ShareUpdateExclusiveLock",
									  "ShareLock",
									  "ShareRowExclusiveLock",
									  "ExclusiveLock",
									  "AccessExclusiveLock"};

LOCKTAG
relation_tag(Oid relid)
{
	LOCKTAG tag;

	SET_LOCKTAG_RELATION(tag, IsSharedRelation(relid) ? InvalidOid : MyDatabaseId, relid);
	return tag;
}

LOCKTAG
relation_tag(const LockRelId &id)
{
	LOCKTAG tag;

	SET_LOCKTAG_RELATION(tag, id.dbId, id.relId);
	return tag;
}

LOCKTAG
page_tag(Relation relation, BlockNumber block)
{
	const LockRelId &id = relation->rd_lockInfo.lockRelId;
	LOCKTAG tag;

	SET_LOCKTAG_PAGE(tag, id.dbId, id.relId, block);
	return tag;
}

LOCKTAG
tuple_tag(Relation relation, ItemPointer tid)
{
	const LockRelId &id = relation->rd_lockInfo.lockRelId;
	const uint32 block = (static_cast<uint32>(tid->ip_blkid.bi_hi) << 16) | tid->ip_blkid.bi_lo;
	LOCKTAG tag;

	SET_LOCKTAG_TUPLE(tag, id.dbId, id.relId, block, tid->ip_posid);
	return tag;
}

LOCKTAG
extend_tag(Relation relation)
{
	const LockRelId &id = relation->rd_lockInfo.lockRelId;
	LOCKTAG tag;

	SET_LOCKTAG_RELATION_EXTEND(tag, id.dbId, id.relId);
	return tag;
}

LOCKTAG
object_tag(Oid database, Oid classid, Oid objid, uint16 subid)
{
	LOCKTAG tag;

	SET_LOCKTAG_OBJECT(tag, database, classid, objid, subid);
	return tag;
}

void
take(const LOCKTAG &tag, LOCKMODE mode, bool session = false)
{
	LockAcquire(&tag, mode, session, false);
}

bool
try_to_take(const LOCKTAG &tag, LOCKMODE mode)
{
	return LockAcquire(&tag, mode, false, true) != LOCKACQUIRE_NOT_AVAIL;
}

void
give(const LOCKTAG &tag, LOCKMODE mode, bool session = false)
{
	LockRelease(&tag, mode, session);
}

} /* namespace */

std::string
LockTagText(const LOCKTAG &tag)
{
	const std::string one = std::to_string(tag.locktag_field1);
	const std::string two = std::to_string(tag.locktag_field2);
	const std::string three = std::to_string(tag.locktag_field3);
	const std::string four = std::to_string(tag.locktag_field4);

	switch (tag.locktag_type)
	{
		case LOCKTAG_RELATION: return "relation " + two + " of database " + one;
		case LOCKTAG_RELATION_EXTEND: return "extension of relation " + two + " of database " + one;
		case LOCKTAG_DATABASE_FROZEN_IDS: return "pg_database.datfrozenxid of database " + one;
		case LOCKTAG_PAGE: return "page " + three + " of relation " + two + " of database " + one;
		case LOCKTAG_TUPLE:
			return "tuple (" + three + "," + four + ") of relation " + two + " of database " + one;
		case LOCKTAG_TRANSACTION: return "transaction " + one;
		case LOCKTAG_VIRTUALTRANSACTION: return "virtual transaction " + one + "/" + two;
		case LOCKTAG_SPECULATIVE_TOKEN:
			return "speculative token " + two + " of transaction " + one;
		case LOCKTAG_OBJECT: return "object " + three + " of class " + two + " of database " + one;
		case LOCKTAG_USERLOCK: return "user lock [" + one + "," + two + "," + three + "]";
		case LOCKTAG_ADVISORY:
			return "advisory lock [" + one + "," + two + "," + three + "," + four + "]";
		default: return "unrecognized locktag type " + std::to_string(tag.locktag_type);
	}
}

std::vector<LockInstanceData>
SnapshotLocks()
{
	using namespace locks;

	std::vector<LockInstanceData> rows;
	const LockTableGuard guard(LW_SHARED);

	for (int slot = 0; slot < ProcCount(); slot++)
	{
		const LockProc &proc = Proc(slot);
		const PGPROC &process = ProcGlobal->allProcs[slot];
		const bool waits = proc.lp_state.load(std::memory_order_relaxed) == LockState::Waiting;

		for (int at = proc.lp_first_hold; at != kNone; at = Hold(at).lh_next_of_proc)
		{
			const bool waits_here = waits && proc.lp_hold == at;

			rows.push_back({.locktag = Lock(Hold(at).lh_lock).lk_tag,
							.holdMask = Hold(at).lh_modes,
							.waitLockMode = waits_here ? proc.lp_mode : NoLock,
							.backend = process.backendId,
							.lxid = process.lxid,
							.waitStart = waits_here ? proc.lp_since : 0,
							.pid = process.pid,
							.leaderPid = process.pid,
							.fastpath = false});
		}
	}
	return rows;
}

} /* namespace pg */

using pg::FromC;

const char *
GetLockmodeName(LOCKMETHODID, LOCKMODE mode)
{
	return mode >= 0 && mode <= MaxLockMode ? pg::kModeNames[mode] : "INVALID";
}

const char *
GetLockNameFromTagType(uint16 locktag_type)
{
	return locktag_type <= LOCKTAG_LAST_TYPE ? LockTagTypeNames[locktag_type] : "???";
}

void
DescribeLockTag(StringInfo buf, const LOCKTAG *tag)
{
	FromC([&] { appendStringInfoString(buf, pg::LockTagText(*tag).c_str()); });
}

LockData *
GetLockStatusData(void)
{
	return FromC(
		[]
		{
			const std::vector<LockInstanceData> rows = pg::SnapshotLocks();
			auto *const data = static_cast<LockData *>(palloc(sizeof(LockData)));

			data->nelements = static_cast<int>(rows.size());
			data->locks = static_cast<LockInstanceData *>(
				palloc((rows.size() + 1) * sizeof(LockInstanceData)));
			std::copy(rows.begin(), rows.end(), data->locks);
			return data;
		});
}

/*
 * Relations
 */
void
RelationInitLockInfo(Relation relation)
{
	relation->rd_lockInfo.lockRelId.relId = RelationGetRelid(relation);
	relation->rd_lockInfo.lockRelId.dbId =
		IsSharedRelation(RelationGetRelid(relation)) ? InvalidOid : MyDatabaseId;
}

void
LockRelationOid(Oid relid, LOCKMODE lockmode)
{
	pg::take(pg::relation_tag(relid), lockmode);
}

bool
ConditionalLockRelationOid(Oid relid, LOCKMODE lockmode)
{
	return pg::try_to_take(pg::relation_tag(relid), lockmode);
}

void
UnlockRelationOid(Oid relid, LOCKMODE lockmode)
{
	pg::give(pg::relation_tag(relid), lockmode);
}

void
LockRelationId(LockRelId *relid, LOCKMODE lockmode)
{
	pg::take(pg::relation_tag(*relid), lockmode);
}

void
UnlockRelationId(LockRelId *relid, LOCKMODE lockmode)
{
	pg::give(pg::relation_tag(*relid), lockmode);
}

void
LockRelation(Relation relation, LOCKMODE lockmode)
{
	LockRelationId(&relation->rd_lockInfo.lockRelId, lockmode);
}

bool
ConditionalLockRelation(Relation relation, LOCKMODE lockmode)
{
	return pg::try_to_take(pg::relation_tag(relation->rd_lockInfo.lockRelId), lockmode);
}

void
UnlockRelation(Relation relation, LOCKMODE lockmode)
{
	UnlockRelationId(&relation->rd_lockInfo.lockRelId, lockmode);
}

bool
CheckRelationLockedByMe(Relation relation, LOCKMODE lockmode, bool orstronger)
{
	return CheckRelationOidLockedByMe(RelationGetRelid(relation), lockmode, orstronger);
}

bool
CheckRelationOidLockedByMe(Oid relid, LOCKMODE lockmode, bool orstronger)
{
	const LOCKTAG tag = pg::relation_tag(relid);

	return orstronger ? LockOrStrongerHeldByMe(&tag, lockmode) : LockHeldByMe(&tag, lockmode);
}

bool
LockHasWaitersRelation(Relation relation, LOCKMODE lockmode)
{
	const LOCKTAG tag = pg::relation_tag(relation->rd_lockInfo.lockRelId);

	return LockHasWaiters(&tag, lockmode, false);
}

void
LockRelationIdForSession(LockRelId *relid, LOCKMODE lockmode)
{
	pg::take(pg::relation_tag(*relid), lockmode, true);
}

void
UnlockRelationIdForSession(LockRelId *relid, LOCKMODE lockmode)
{
	pg::give(pg::relation_tag(*relid), lockmode, true);
}

/*
 * Parts of relations
 */
void
LockPage(Relation relation, BlockNumber blkno, LOCKMODE lockmode)
{
	pg::take(pg::page_tag(relation, blkno), lockmode);
}

bool
ConditionalLockPage(Relation relation, BlockNumber blkno, LOCKMODE lockmode)
{
	return pg::try_to_take(pg::page_tag(relation, blkno), lockmode);
}

void
UnlockPage(Relation relation, BlockNumber blkno, LOCKMODE lockmode)
{
	pg::give(pg::page_tag(relation, blkno), lockmode);
}

void
LockTuple(Relation relation, ItemPointer tid, LOCKMODE lockmode)
{
	pg::take(pg::tuple_tag(relation, tid), lockmode);
}

bool
ConditionalLockTuple(Relation relation, ItemPointer tid, LOCKMODE lockmode)
{
	return pg::try_to_take(pg::tuple_tag(relation, tid), lockmode);
}

void
UnlockTuple(Relation relation, ItemPointer tid, LOCKMODE lockmode)
{
	pg::give(pg::tuple_tag(relation, tid), lockmode);
}

void
LockRelationForExtension(Relation relation, LOCKMODE lockmode)
{
	pg::take(pg::extend_tag(relation), lockmode);
}

bool
ConditionalLockRelationForExtension(Relation relation, LOCKMODE lockmode)
{
	return pg::try_to_take(pg::extend_tag(relation), lockmode);
}

void
UnlockRelationForExtension(Relation relation, LOCKMODE lockmode)
{
	pg::give(pg::extend_tag(relation), lockmode);
}

/*
 * Other objects
 */
void
LockDatabaseObject(Oid classid, Oid objid, uint16 objsubid, LOCKMODE lockmode)
{
	pg::take(pg::object_tag(MyDatabaseId, classid, objid, objsubid), lockmode);
}

bool
ConditionalLockDatabaseObject(Oid classid, Oid objid, uint16 objsubid, LOCKMODE lockmode)
{
	return pg::try_to_take(pg::object_tag(MyDatabaseId, classid, objid, objsubid), lockmode);
}

void
UnlockDatabaseObject(Oid classid, Oid objid, uint16 objsubid, LOCKMODE lockmode)
{
	pg::give(pg::object_tag(MyDatabaseId, classid, objid, objsubid), lockmode);
}

void
LockSharedObject(Oid classid, Oid objid, uint16 objsubid, LOCKMODE lockmode)
{
	pg::take(pg::object_tag(InvalidOid, classid, objid, objsubid), lockmode);
}

void
UnlockSharedObject(Oid classid, Oid objid, uint16 objsubid, LOCKMODE lockmode)
{
	pg::give(pg::object_tag(InvalidOid, classid, objid, objsubid), lockmode);
}

void
LockSharedObjectForSession(Oid classid, Oid objid, uint16 objsubid, LOCKMODE lockmode)
{
	pg::take(pg::object_tag(InvalidOid, classid, objid, objsubid), lockmode, true);
}

void
UnlockSharedObjectForSession(Oid classid, Oid objid, uint16 objsubid, LOCKMODE lockmode)
{
	pg::give(pg::object_tag(InvalidOid, classid, objid, objsubid), lockmode, true);
}
