/*
 * hsearch.h
 *		Hash tables, in private or in shared memory.
 *
 * An entry is entrysize bytes that begin with its key of keysize bytes. It never moves. A new entry has its key only: the
 * caller fills the rest. A private table grows; one in shared memory (ShmemInitHash) is used under a lock of the
 * caller's: exclusive to change it, or, with HASH_PARTITION, the lock of the key's partition (hash value modulo
 * num_partitions). Source: PostgreSQL 15, behaviour of utils/hash/dynahash.
 */
#ifndef HSEARCH_H
#define HSEARCH_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

/* Functions of a table; match is 0 for equal keys. None of them may raise while the table is in shared memory. */
typedef uint32 (*HashValueFunc)(const void *key, Size keysize);
typedef int (*HashCompareFunc)(const void *key1, const void *key2, Size keysize);
typedef void *(*HashCopyFunc)(void *dest, const void *src, Size keysize);
typedef void *(*HashAllocFunc)(Size request);

/* What stands before each entry; the table's. */
typedef struct HASHELEMENT
{
	struct HASHELEMENT *link;
	uint32 hashvalue;
} HASHELEMENT;

/* The part of a table that may be shared, and the handle of a process. */
typedef struct HASHHDR HASHHDR;
typedef struct HTAB HTAB;

/* For hash_create: each field counts only with its flag. */
typedef struct HASHCTL
{
	long num_partitions; /* HASH_PARTITION: a power of two */
	long ssize;			 /* HASH_SEGMENT: ignored */
	long dsize;			 /* HASH_DIRSIZE: number of buckets */
	long max_dsize;		 /* ignored */
	Size keysize;		 /* HASH_ELEM: required */
	Size entrysize;
	HashValueFunc hash;	   /* HASH_FUNCTION */
	HashCompareFunc match; /* HASH_COMPARE */
	HashCopyFunc keycopy;  /* HASH_KEYCOPY */
	HashAllocFunc alloc;   /* HASH_ALLOC */
	MemoryContext hcxt;	   /* HASH_CONTEXT: parent of the table's own context */
	HASHHDR *hctl;		   /* HASH_SHARED_MEM: hash_get_shared_size bytes */
} HASHCTL;

#define HASH_PARTITION 0x0001
#define HASH_SEGMENT 0x0002
#define HASH_DIRSIZE 0x0004
#define HASH_ELEM 0x0008
#define HASH_STRINGS 0x0010 /* keys are strings; the default */
#define HASH_BLOBS 0x0020	/* keys are keysize bytes */
#define HASH_FUNCTION 0x0040
#define HASH_COMPARE 0x0080
#define HASH_KEYCOPY 0x0100
#define HASH_ALLOC 0x0200
#define HASH_CONTEXT 0x0400
#define HASH_SHARED_MEM 0x0800
#define HASH_ATTACH 0x1000	   /* the table is in hctl already */
#define HASH_FIXED_SIZE 0x2000 /* no more than nelem entries */

#define NO_MAX_DSIZE (-1)

typedef enum
{
	HASH_FIND,
	HASH_ENTER,		/* ERROR 53200 when there is no memory */
	HASH_REMOVE,	/* the entry returned is dead, and may be read until the next change */
	HASH_ENTER_NULL /* NULL when there is no memory */
} HASHACTION;

/* State of a scan. */
typedef struct
{
	HTAB *hashp;
	uint32 curBucket;
	HASHELEMENT *curEntry;
	bool hasHashvalue;
	uint32 hashvalue;
} HASH_SEQ_STATUS;

/* A table for about nelem entries, in a context of its own below hcxt or TopMemoryContext. tabname is copied. */
extern HTAB *hash_create(const char *tabname, long nelem, const HASHCTL *info, int flags);
/* Frees a private table. */
extern void hash_destroy(HTAB *hashp);
/* Writes to stderr what a table looks like. */
extern void hash_stats(const char *where, HTAB *hashp);

/* The entry of a key, which is found, made or removed; NULL when there is none. *foundPtr (may be NULL): it was there. */
extern void *hash_search(HTAB *hashp, const void *keyPtr, HASHACTION action, bool *foundPtr);
extern uint32 get_hash_value(HTAB *hashp, const void *keyPtr);
extern void *hash_search_with_hash_value(HTAB *hashp, const void *keyPtr, uint32 hashvalue,
										 HASHACTION action, bool *foundPtr);
/* Gives an entry another key; false when that is taken. ERROR XX000 when the entry is not in the table. */
extern bool hash_update_hash_key(HTAB *hashp, void *existingEntry, const void *newKeyPtr);
extern long hash_get_num_entries(HTAB *hashp);

/* A scan returns each entry once, then NULL. The entry just returned may be removed; what is added meanwhile may be seen or
 * not. A scan that does not get to its end is ended by hash_seq_term, or by the end of the transaction. */
extern void hash_seq_init(HASH_SEQ_STATUS *status, HTAB *hashp);
/* Only entries with this hash value. */
extern void hash_seq_init_with_hash_value(HASH_SEQ_STATUS *status, HTAB *hashp, uint32 hashvalue);
extern void *hash_seq_search(HASH_SEQ_STATUS *status);
extern void hash_seq_term(HASH_SEQ_STATUS *status);
/* Nothing can be added from now on. Private tables without scans. */
extern void hash_freeze(HTAB *hashp);

/* Bytes of shared memory that a table with so many entries needs, for RequestAddinShmemSpace. */
extern Size hash_estimate_size(long num_entries, Size entrysize);
/* For hash_create with HASH_SHARED_MEM by hand. */
extern long hash_select_dirsize(long num_entries);
extern Size hash_get_shared_size(HASHCTL *info, int flags);

/* The server's, at the end of (sub)transactions: forgets scans, with a WARNING at commit. */
extern void AtEOXact_HashTables(bool isCommit);
extern void AtEOSubXact_HashTables(bool isCommit, int nestDepth);

PG_END_EXTERN_C

#endif /* HSEARCH_H */
