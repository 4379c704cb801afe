/*
 * relcache.h
 *		Open relations: the handle. utils/rel.h has what is behind it, access/table.h opens them.
 */
#ifndef RELCACHE_H
#define RELCACHE_H

#include "postgres.h"

#include "access/tupdesc.h"

PG_BEGIN_EXTERN_C

typedef struct RelationData *Relation;
typedef Relation *RelationPtr;

/* Whether the descriptions of the catalogs are at hand; true once a database is open. */
extern PGDLLIMPORT bool criticalRelcachesBuilt;
extern PGDLLIMPORT bool criticalSharedRelcachesBuilt;

/* As relation_open without a lock; NULL when there is none. */
extern Relation RelationIdGetRelation(Oid relationId);
extern void RelationClose(Relation relation);
/* Relations hold no files open: nothing to do. */
extern void RelationCloseSmgrByOid(Oid relationId);

/* OIDs of the relation's indexes, palloc'd. */
extern List *RelationGetIndexList(Relation relation);
extern Oid RelationGetPrimaryKeyIndex(Relation relation);
extern Oid RelationGetReplicaIndex(Relation relation);

PG_END_EXTERN_C

#endif /* RELCACHE_H */
