/*
 * catcache.h
 *		Lists of cached rows.
 */
#ifndef CATCACHE_H
#define CATCACHE_H

#include "postgres.h"

#include "access/htup.h"
#include "access/skey.h"
#include "lib/ilist.h"
#include "utils/relcache.h"
#include "utils/syscache.h"

PG_BEGIN_EXTERN_C

#define CATCACHE_MAXKEYS 4

typedef struct catctup
{
	HeapTupleData tuple;
} CatCTup;

/* The rows of SearchSysCacheList. */
typedef struct catclist
{
	bool ordered; /* in the order of the cache's keys */
	int n_members;
	CatCTup **members;
} CatCList;

extern PGDLLIMPORT MemoryContext CacheMemoryContext;

/* Makes CacheMemoryContext, unless it is there. */
extern void CreateCacheMemoryContext(void);
extern void ReleaseCatCacheList(CatCList *list);

PG_END_EXTERN_C

#endif /* CATCACHE_H */
