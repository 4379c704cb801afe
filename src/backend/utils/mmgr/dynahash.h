/*
 * utils/mmgr/dynahash.h
 *		Inside of a hash table (utils/hsearch.h): the part that may lie in shared memory, and a process's handle.
 *
 * For dynahash.cpp and hash_scan.cpp alone.
 */
#pragma once

#include "postgres.h"

#include "storage/spin.h"
#include "utils/hsearch.h"

namespace pg
{
namespace dynahash
{

inline constexpr int kFreeLists = 32;

/* Free elements, and the number of those in use, of the hash values that are its number modulo kFreeLists. */
struct FreeList
{
	slock_t mutex; /* taken in partitioned tables only: otherwise the caller's lock is enough */
	int64 entries;
	HASHELEMENT *free;
	char pad[PG_CACHE_LINE_SIZE - 24];
};
static_assert(sizeof(FreeList) == PG_CACHE_LINE_SIZE);

/* How keys are hashed, compared and copied: the common ways are called directly. */
enum class KeyKind : uint8_t
{
	String,
	Blob,
	Word, /* Blob of four bytes */
	Custom
};

/* Remembers a scan of a table, and forgets it; a table with scans does not grow. Private memory. */
void RegisterScan(const HTAB *table);
void ForgetScan(const HTAB *table);
void ForgetScansOf(const HTAB *table);
bool HasScans(const HTAB *table);

inline void *
KeyOf(HASHELEMENT *element)
{
	return reinterpret_cast<char *>(element) + MAXALIGN(sizeof(HASHELEMENT));
}

inline HASHELEMENT *
ElementOf(void *key)
{
	return reinterpret_cast<HASHELEMENT *>(static_cast<char *>(key) -
										   MAXALIGN(sizeof(HASHELEMENT)));
}

} /* namespace dynahash */
} /* namespace pg */

struct HASHHDR
{
	HASHELEMENT **buckets;
	uint32 mask; /* number of buckets - 1 */
	uint32 partitions;
	Size keysize;
	Size entrysize;
	int64 limit; /* HASH_FIXED_SIZE: no more elements are ever allocated than this; otherwise -1 */
	int64 allocated;
	pg::dynahash::FreeList lists[pg::dynahash::kFreeLists];
};

struct HTAB
{
	HASHHDR *shared;
	HashValueFunc hash;
	HashCompareFunc match;
	HashCopyFunc keycopy;
	HashAllocFunc alloc; /* null: from context */
	MemoryContext context;
	const char *name;
	pg::dynahash::KeyKind kind; /* of hash, match and keycopy together */
	bool is_shared;
	bool frozen;
};
