/*
 * inval.h
 *		To be told when what the caches hold may have changed.
 *
 * Processes with a database connection.
 */
#ifndef INVAL_H
#define INVAL_H

#include "postgres.h"

#include "access/htup.h"
#include "storage/relfilenode.h"
#include "utils/relcache.h"

PG_BEGIN_EXTERN_C

typedef void (*SyscacheCallbackFunction)(Datum arg, int cacheid, uint32 hashvalue);
typedef void (*RelcacheCallbackFunction)(Datum arg, Oid relid);

/*
 * Callbacks. Postroom notices that some catalog changed, not which row: syscache callbacks are called with hash value 0 (any
 * row) and relcache callbacks with InvalidOid (all relations), then with each relation that this process has opened, at AcceptInvalidationMessages, at the start of a transaction's
 * first look-up, and after this session's own DDL. At most 64 of each kind: else FATAL XX000. A callback must not raise
 * and must not look anything up.
 */
extern void CacheRegisterSyscacheCallback(int cacheid, SyscacheCallbackFunction func, Datum arg);
extern void CacheRegisterRelcacheCallback(RelcacheCallbackFunction func, Datum arg);

/* Takes notice of what other sessions committed. */
extern void AcceptInvalidationMessages(void);
/* Forgets all look-ups and calls all callbacks. */
extern void InvalidateSystemCaches(void);
extern void CallSyscacheCallbacks(int cacheid, uint32 hashvalue);

/* Says that a relation, a catalog's row, or everything changed: to this session at once, to others at commit. */
extern void CacheInvalidateHeapTuple(Relation relation, HeapTuple tuple, HeapTuple newtuple);
extern void CacheInvalidateCatalog(Oid catalogId);
extern void CacheInvalidateRelcache(Relation relation);
extern void CacheInvalidateRelcacheAll(void);
extern void CacheInvalidateRelcacheByTuple(HeapTuple classTuple);
extern void CacheInvalidateRelcacheByRelid(Oid relid);

PG_END_EXTERN_C

#endif /* INVAL_H */
