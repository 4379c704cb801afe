/*
 * rel.h
 *		What is behind a Relation: identity, row of pg_class, columns.
 *
 * Processes with a database connection, within a transaction.
 */
#ifndef REL_H
#define REL_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "access/xlog.h"
#include "catalog/pg_class.h"
#include "catalog/pg_index.h"
#include "catalog/pg_publication.h"
#include "storage/backendid.h"
#include "storage/smgr.h"
#include "utils/relcache.h"

PG_BEGIN_EXTERN_C

typedef struct LockRelId
{
	Oid relId;
	Oid dbId; /* InvalidOid: shared */
} LockRelId;

typedef struct LockInfoData
{
	LockRelId lockRelId;
} LockInfoData;

typedef LockInfoData *LockInfo;

/* Valid while the relation is open, and unchanged in that time, whatever DDL does. Read only. */
typedef struct RelationData
{
	int rd_refcnt;
	BackendId rd_backend; /* of temporary relations: this process; else InvalidBackendId */
	bool rd_islocaltemp;
	bool rd_isnailed;
	bool rd_isvalid;
	SubTransactionId rd_createSubid;
	Form_pg_class rd_rel;
	TupleDesc rd_att;
	Oid rd_id;
	LockInfoData rd_lockInfo;
	List *rd_indexlist; /* see RelationGetIndexList */
	Oid rd_pkindex;
	Oid rd_replidindex; /* see RelationGetReplicaIndex */
	Oid rd_amhandler;
	bytea *rd_options;
	Form_pg_index rd_index; /* of an index: its row of pg_index; else NULL */
	struct HeapTupleData *rd_indextuple;
	Oid *rd_opfamily; /* NULL, both: operator classes have no catalog here */
	Oid *rd_opcintype;
	struct TriggerDesc *trigdesc; /* NULL: no triggers */
	void *rd_amcache;
	SMgrRelation rd_smgr; /* NULL: there are no files (see RelationGetSmgr) */
	void *rd_private;	  /* the server's */
} RelationData;

#define RelationIsValid(relation) PointerIsValid(relation)
#define InvalidRelation ((Relation) NULL)
#define RelationHasReferenceCountZero(relation) ((bool) ((relation)->rd_refcnt == 0))
#define RelationGetForm(relation) ((relation)->rd_rel)
#define RelationGetRelid(relation) ((relation)->rd_id)
#define RelationGetNumberOfAttributes(relation) ((relation)->rd_rel->relnatts)
#define IndexRelationGetNumberOfAttributes(relation) ((relation)->rd_index->indnatts)
#define IndexRelationGetNumberOfKeyAttributes(relation) ((relation)->rd_index->indnkeyatts)
#define RelationGetDescr(relation) ((relation)->rd_att)
#define RelationGetRelationName(relation) (NameStr((relation)->rd_rel->relname))
#define RelationGetNamespace(relation) ((relation)->rd_rel->relnamespace)
#define RelationIsMapped(relation) ((void) (relation), false)
#define RelationIsPermanent(relation) \
	((relation)->rd_rel->relpersistence == RELPERSISTENCE_PERMANENT)
#define RelationUsesLocalBuffers(relation) \
	((relation)->rd_rel->relpersistence == RELPERSISTENCE_TEMP)
#define RelationNeedsWAL(relation) RelationIsPermanent(relation)
#define RELATION_IS_LOCAL(relation) ((relation)->rd_islocaltemp)
#define RELATION_IS_OTHER_TEMP(relation) \
	((relation)->rd_rel->relpersistence == RELPERSISTENCE_TEMP && !(relation)->rd_islocaltemp)
#define RelationIsPopulated(relation) ((relation)->rd_rel->relispopulated)
#define RelationIsScannable(relation) ((relation)->rd_rel->relispopulated)

/* Pages are not laid out by the server: the share that INSERT would fill is a number alone. */
#define HEAP_MIN_FILLFACTOR 10
#define HEAP_DEFAULT_FILLFACTOR 100

/* ERROR 0A000: a table has no file of its own. */
extern SMgrRelation RelationGetSmgr(Relation rel);
#define RelationOpenSmgr(relation) ((void) RelationGetSmgr(relation)) /* to 14 */

PG_END_EXTERN_C

#endif /* REL_H */
