/*
 * relation.h
 *		Opening relations of any kind.
 *
 * Processes with a database connection, within a transaction.
 */
#ifndef ACCESS_RELATION_H
#define ACCESS_RELATION_H

#include "postgres.h"

#include "nodes/primnodes.h"
#include "storage/lockdefs.h"
#include "utils/relcache.h"

PG_BEGIN_EXTERN_C

/*
 * Waits for the lock (NoLock: the caller has one), then opens. ERROR XX000 when there is no such relation; the try_ form
 * returns NULL instead, the ..rv forms take a name (42P01; NULL with missing_ok).
 */
extern Relation relation_open(Oid relationId, LOCKMODE lockmode);
extern Relation try_relation_open(Oid relationId, LOCKMODE lockmode);
extern Relation relation_openrv(const RangeVar *relation, LOCKMODE lockmode);
extern Relation relation_openrv_extended(const RangeVar *relation, LOCKMODE lockmode,
										 bool missing_ok);
/* NoLock keeps the lock until the transaction ends. */
extern void relation_close(Relation relation, LOCKMODE lockmode);

PG_END_EXTERN_C

#endif /* ACCESS_RELATION_H */
