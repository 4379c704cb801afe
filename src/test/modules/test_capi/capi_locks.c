/*
 * capi_locks.c
 *		Heavyweight locks: their tags, pages and rows of relations, locks of the session.
 */
#include "capi.h"

#include "access/table.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "storage/lock.h"
#include "storage/proc.h"
#include "utils/rel.h"

/* Each macro's fields, in order, then kind and method. */
CAPI_TEST(test_tags_of_locks)
{
	VirtualTransactionId vxid = {7, 8};
	LOCKTAG tags[10];
	static const LOCKTAG wanted[10] = {
		{1, 2, 0, 0, LOCKTAG_RELATION, DEFAULT_LOCKMETHOD},
		{1, 2, 0, 0, LOCKTAG_RELATION_EXTEND, DEFAULT_LOCKMETHOD},
		{1, 0, 0, 0, LOCKTAG_DATABASE_FROZEN_IDS, DEFAULT_LOCKMETHOD},
		{1, 2, 3, 0, LOCKTAG_PAGE, DEFAULT_LOCKMETHOD},
		{1, 2, 3, 4, LOCKTAG_TUPLE, DEFAULT_LOCKMETHOD},
		{5, 0, 0, 0, LOCKTAG_TRANSACTION, DEFAULT_LOCKMETHOD},
		{7, 8, 0, 0, LOCKTAG_VIRTUALTRANSACTION, DEFAULT_LOCKMETHOD},
		{5, 6, 0, 0, LOCKTAG_SPECULATIVE_TOKEN, DEFAULT_LOCKMETHOD},
		{1, 2, 3, 4, LOCKTAG_OBJECT, DEFAULT_LOCKMETHOD},
		{1, 2, 3, 4, LOCKTAG_USERLOCK, USER_LOCKMETHOD}};
	int i;

	SET_LOCKTAG_RELATION(tags[0], 1, 2);
	SET_LOCKTAG_RELATION_EXTEND(tags[1], 1, 2);
	SET_LOCKTAG_DATABASE_FROZEN_IDS(tags[2], 1);
	SET_LOCKTAG_PAGE(tags[3], 1, 2, 3);
	SET_LOCKTAG_TUPLE(tags[4], 1, 2, 3, 4);
	SET_LOCKTAG_TRANSACTION(tags[5], 5);
	SET_LOCKTAG_VIRTUALTRANSACTION(tags[6], vxid);
	SET_LOCKTAG_SPECULATIVE_INSERTION(tags[7], 5, 6);
	SET_LOCKTAG_OBJECT(tags[8], 1, 2, 3, 4);
	PG_SET_LOCKTAG(tags[9], 1, 2, 3, 4, LOCKTAG_USERLOCK, USER_LOCKMETHOD);
	for (i = 0; i < 10; i++)
		CHECK(memcmp(&tags[i], &wanted[i], sizeof(LOCKTAG)) == 0);
	CHECK((LOCKBIT_ON(ShareLock) & LOCKBIT_OFF(ShareLock)) == 0);
	CHECK((LOCKBIT_ON(ShareLock) | LOCKBIT_OFF(ShareLock)) == ~0);
}

CAPI_TEST(test_virtual_transactions)
{
	VirtualTransactionId mine, none;

	GET_VXID_FROM_PGPROC(mine, *MyProc);
	CHECK(mine.backendId == MyBackendId && mine.localTransactionId == MyProc->lxid);
	CHECK(VirtualTransactionIdIsValid(mine) && LocalTransactionIdIsValid(mine.localTransactionId));
	SetInvalidVirtualTransactionId(none);
	CHECK(!VirtualTransactionIdIsValid(none) &&
		  !LocalTransactionIdIsValid(none.localTransactionId));
	CHECK(none.backendId == InvalidBackendId);
	CHECK(VirtualTransactionIdEquals(mine, mine) && !VirtualTransactionIdEquals(mine, none));
}

/* Whether this process holds a lock of this mode, as the table of locks has it. */
static bool
holds(const LOCKTAG *tag, LOCKMODE mode)
{
	LockData *locks = GetLockStatusData();
	int i;

	for (i = 0; i < locks->nelements; i++)
		if (locks->locks[i].pid == MyProcPid &&
			(locks->locks[i].holdMask & LOCKBIT_ON(mode)) != 0 &&
			memcmp(&locks->locks[i].locktag, tag, sizeof(LOCKTAG)) == 0)
			return true;
	return false;
}

CAPI_TEST(test_locks_within_a_relation)
{
	Relation relation = table_open(TypeRelationId, AccessShareLock);
	const Oid database = relation->rd_lockInfo.lockRelId.dbId;
	ItemPointerData tid;
	LOCKTAG page, tuple, extension;

	CHECK(database == MyDatabaseId && relation->rd_lockInfo.lockRelId.relId == TypeRelationId);
	RelationInitLockInfo(relation); /* has been */
	CHECK(relation->rd_lockInfo.lockRelId.dbId == database);
	SET_LOCKTAG_PAGE(page, database, TypeRelationId, 7);
	SET_LOCKTAG_TUPLE(tuple, database, TypeRelationId, 7, 3);
	SET_LOCKTAG_RELATION_EXTEND(extension, database, TypeRelationId);
	ItemPointerSet(&tid, 7, 3);

	LockPage(relation, 7, ShareLock);
	CHECK(holds(&page, ShareLock) && ConditionalLockPage(relation, 7, ShareLock));
	LockTuple(relation, &tid, ExclusiveLock);
	CHECK(holds(&tuple, ExclusiveLock) && ConditionalLockTuple(relation, &tid, ExclusiveLock));
	LockRelationForExtension(relation, ExclusiveLock);
	CHECK(holds(&extension, ExclusiveLock) &&
		  ConditionalLockRelationForExtension(relation, ExclusiveLock));

	UnlockPage(relation, 7, ShareLock);
	UnlockTuple(relation, &tid, ExclusiveLock);
	UnlockRelationForExtension(relation, ExclusiveLock);
	CHECK(holds(&page, ShareLock) && holds(&tuple, ExclusiveLock) &&
		  holds(&extension, ExclusiveLock));
	UnlockPage(relation, 7, ShareLock);
	UnlockTuple(relation, &tid, ExclusiveLock);
	UnlockRelationForExtension(relation, ExclusiveLock);
	CHECK(!holds(&page, ShareLock) && !holds(&tuple, ExclusiveLock) &&
		  !holds(&extension, ExclusiveLock));
	table_close(relation, AccessShareLock);
}

CAPI_TEST(test_locks_of_relations_by_id)
{
	LockRelId id = {TypeRelationId, 0};
	LOCKTAG tag;

	id.dbId = MyDatabaseId;
	SET_LOCKTAG_RELATION(tag, id.dbId, id.relId);
	LockRelationId(&id, ShareLock);
	CHECK(holds(&tag, ShareLock) && LockHeldByMe(&tag, ShareLock));
	CHECK(LockOrStrongerHeldByMe(&tag, RowShareLock) &&
		  !LockOrStrongerHeldByMe(&tag, ExclusiveLock));
	UnlockRelationId(&id, ShareLock);
	CHECK(!LockHeldByMe(&tag, ShareLock));

	LockRelationIdForSession(&id, ShareLock);
	CHECK(holds(&tag, ShareLock));
	LockReleaseAll(DEFAULT_LOCKMETHOD, false); /* those of the transaction alone */
	CHECK(holds(&tag, ShareLock));
	UnlockRelationIdForSession(&id, ShareLock);
	CHECK(!holds(&tag, ShareLock));

	SET_LOCKTAG_ADVISORY(tag, MyDatabaseId, 0, 4711, 2);
	CHECK(LockAcquire(&tag, ExclusiveLock, true, false) == LOCKACQUIRE_OK);
	LockReleaseAll(USER_LOCKMETHOD, true);
	CHECK(!holds(&tag, ExclusiveLock));
}
