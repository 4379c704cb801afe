/*
 * dynahash.cpp
 *		Hash tables: chained buckets, elements that never move.
 *
 * Any process.  A private table doubles its buckets when it has more entries than buckets, unless it is frozen or
 * being scanned.  One in shared memory has its buckets from the beginning and only its elements grow; they come from
 * where the maker says.  Several processes may use a partitioned table at once: a bucket belongs to one partition,
 * whose lock the caller holds, and the lists of free elements have spinlocks of their own.
 */
#include "utils/mmgr/dynahash.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstring>
#include <new>

#include "common/hashfn.h"
#include "utils/error/wall.h"
#include "utils/memutils.h"

namespace pg
{

using namespace dynahash;

static constexpr long kMostEntries = 1L << 30;

/* Elements are allocated by so many at a time. */
static constexpr int64 kFirstChunk = 8;
static constexpr int64 kLargestChunk = 1024;

static int
compare_strings(const void *key1, const void *key2, Size keysize)
{
	return strncmp(static_cast<const char *>(key1), static_cast<const char *>(key2), keysize - 1);
}

static void *
copy_string(void *dest, const void *src, Size keysize)
{
	strlcpy(static_cast<char *>(dest), static_cast<const char *>(src), keysize);
	return dest;
}

static uint32
bucket_count(long entries)
{
	return std::bit_ceil(static_cast<uint32>(std::clamp(entries, 1L, kMostEntries)));
}

static Size
element_size(Size entrysize)
{
	return MAXALIGN(sizeof(HASHELEMENT)) + MAXALIGN(entrysize);
}

/* Memory for the table; null when there is none. */
static void *
allocate(const HTAB *table, Size size)
{
	if (table->alloc != nullptr)
		return ToC(table->alloc, size);
	return MemoryContextAllocExtended(table->context, size, MCXT_ALLOC_HUGE | MCXT_ALLOC_NO_OOM);
}

[[noreturn]] static void
raise_table_full(const HTAB *table)
{
	Raise(Report(ERROR, ERRCODE_OUT_OF_MEMORY)
			  .msg(table->is_shared ? "out of shared memory" : "out of memory"));
}

/*
 * Keys
 */

static uint32
hash_of(const HTAB *table, const void *key)
{
	const Size size = table->shared->keysize;

	switch (table->kind)
	{
		case KeyKind::String: return string_hash(key, size);
		case KeyKind::Blob: return tag_hash(key, size);
		case KeyKind::Word: return uint32_hash(key, size);
		case KeyKind::Custom: break;
	}
	return ToC(table->hash, key, size);
}

static bool
keys_equal(const HTAB *table, const void *key1, const void *key2)
{
	const Size size = table->shared->keysize;

	switch (table->kind)
	{
		case KeyKind::String: return compare_strings(key1, key2, size) == 0;
		case KeyKind::Blob:
		case KeyKind::Word: return memcmp(key1, key2, size) == 0;
		case KeyKind::Custom: break;
	}
	return ToC(table->match, key1, key2, size) == 0;
}

static void
copy_key(const HTAB *table, void *dest, const void *src)
{
	const Size size = table->shared->keysize;

	switch (table->kind)
	{
		case KeyKind::String: copy_string(dest, src, size); return;
		case KeyKind::Blob:
		case KeyKind::Word: memcpy(dest, src, size); return;
		case KeyKind::Custom: break;
	}
	ToC(table->keycopy, dest, src, size);
}

/* memcmp and memcpy as the functions that a table has. */
static int
compare_bytes(const void *key1, const void *key2, Size keysize)
{
	return memcmp(key1, key2, keysize);
}

static void *
copy_bytes(void *dest, const void *src, Size keysize)
{
	return memcpy(dest, src, keysize);
}

static void
choose_functions(HTAB *table, const HASHCTL *info, int flags)
{
	if (flags & HASH_FUNCTION)
		table->hash = info->hash;
	else if (flags & HASH_BLOBS)
		table->hash = info->keysize == sizeof(uint32) ? uint32_hash : tag_hash;
	else
		table->hash = string_hash;

	const bool strings = table->hash == string_hash;

	table->match = flags & HASH_COMPARE ? info->match : strings ? compare_strings : compare_bytes;
	table->keycopy = flags & HASH_KEYCOPY ? info->keycopy : strings ? copy_string : copy_bytes;
	if (flags & (HASH_COMPARE | HASH_KEYCOPY))
		table->kind = KeyKind::Custom;
	else if (strings)
		table->kind = KeyKind::String;
	else if (table->hash == tag_hash)
		table->kind = KeyKind::Blob;
	else if (table->hash == uint32_hash && info->keysize == sizeof(uint32))
		table->kind = KeyKind::Word;
	else
		table->kind = KeyKind::Custom;
}

/*
 * Elements
 */

namespace
{

/* A list of free elements, locked if the table is partitioned, for the length of a scope. */
class LockedList
{
public:
	LockedList(const HTAB *table, uint32 hash)
		: list_(table->shared->lists[table->shared->partitions > 0 ? hash % kFreeLists : 0]),
		  locked_(table->shared->partitions > 0)
	{
		if (locked_)
			SpinLockAcquire(&list_.mutex);
	}
	~LockedList()
	{
		if (locked_)
			SpinLockRelease(&list_.mutex);
	}
	LockedList(const LockedList &) = delete;
	LockedList &operator=(const LockedList &) = delete;

	HASHELEMENT *pop()
	{
		HASHELEMENT *const element = list_.free;

		if (element != nullptr)
			list_.free = element->link;
		return element;
	}
	void push(HASHELEMENT *element)
	{
		element->link = list_.free;
		list_.free = element;
	}
	void count(int change) { list_.entries += change; }

private:
	FreeList &list_;
	bool locked_;
};

} // namespace

/* Allocates up to `wanted` elements and deals them out; false when there are none to be had. */
static bool
add_elements(HTAB *table, int64 wanted, uint32 hash)
{
	HASHHDR *const shared = table->shared;
	const Size size = element_size(shared->entrysize);

	if (shared->limit >= 0)
		wanted = std::min(wanted, shared->limit - shared->allocated);
	if (wanted <= 0)
		return false;

	const auto chunk = static_cast<char *>(allocate(table, static_cast<Size>(wanted) * size));

	if (chunk == nullptr)
		return wanted > 1 && add_elements(table, wanted / 2, hash);
	std::atomic_ref<int64>(shared->allocated).fetch_add(wanted, std::memory_order_relaxed);
	for (int64 i = 0; i < wanted; i++)
	{
		LockedList list(table, hash + static_cast<uint32>(i));

		list.push(reinterpret_cast<HASHELEMENT *>(chunk + static_cast<Size>(i) * size));
	}
	return true;
}

static HASHELEMENT *
take_free(HTAB *table, uint32 hash)
{
	LockedList list(table, hash);
	HASHELEMENT *const element = list.pop();

	if (element != nullptr)
		list.count(1);
	return element;
}

/* From another list of a partitioned table; it is counted where its hash value belongs. */
static HASHELEMENT *
borrow_free(HTAB *table, uint32 hash)
{
	for (uint32 i = 1; table->shared->partitions > 0 && i < kFreeLists; i++)
	{
		HASHELEMENT *const element = LockedList(table, hash + i).pop();

		if (element == nullptr)
			continue;
		LockedList(table, hash).count(1);
		return element;
	}
	return nullptr;
}

static HASHELEMENT *
take_element(HTAB *table, uint32 hash)
{
	for (;;)
	{
		if (HASHELEMENT *const element = take_free(table, hash))
			return element;

		const int64 wanted = table->shared->partitions > 0
								 ? kFirstChunk
								 : std::clamp(table->shared->allocated, kFirstChunk, kLargestChunk);

		if (!add_elements(table, wanted, hash))
			return borrow_free(table, hash);
	}
}

static void
give_element(HTAB *table, HASHELEMENT *element)
{
	LockedList list(table, element->hashvalue);

	list.push(element);
	list.count(-1);
}

static int64
count_entries(const HTAB *table)
{
	int64 sum = 0;

	for (const FreeList &list : table->shared->lists)
		sum += list.entries;
	return sum;
}

/*
 * Buckets
 */

static HASHELEMENT **
bucket_of(const HTAB *table, uint32 hash)
{
	return &table->shared->buckets[hash & table->shared->mask];
}

static void
make_buckets(HTAB *table, uint32 count)
{
	const Size size = count * sizeof(HASHELEMENT *);

	table->shared->buckets = static_cast<HASHELEMENT **>(allocate(table, size));
	if (table->shared->buckets == nullptr)
		raise_table_full(table);
	memset(table->shared->buckets, 0, size);
	table->shared->mask = count - 1;
}

/* Twice as many buckets for a private table that is full; not having them only makes it slower. */
static void
grow(HTAB *table)
{
	HASHHDR *const shared = table->shared;
	const uint32 count = (shared->mask + 1) * 2;
	const auto buckets =
		static_cast<HASHELEMENT **>(allocate(table, count * sizeof(HASHELEMENT *)));

	if (buckets == nullptr)
		return;
	memset(buckets, 0, count * sizeof(HASHELEMENT *));
	for (uint32 i = 0; i <= shared->mask; i++)
	{
		for (HASHELEMENT *element = shared->buckets[i], *next; element != nullptr; element = next)
		{
			HASHELEMENT **const bucket = &buckets[element->hashvalue & (count - 1)];

			next = element->link;
			element->link = *bucket;
			*bucket = element;
		}
	}
	if (table->alloc == nullptr)
		pfree(shared->buckets);
	shared->buckets = buckets;
	shared->mask = count - 1;
}

static void
grow_if_full(HTAB *table)
{
	const HASHHDR *shared = table->shared;

	if (table->is_shared || shared->partitions > 0 || shared->lists[0].entries <= shared->mask ||
		shared->mask + 1 >= kMostEntries || table->frozen || HasScans(table))
		return;
	grow(table);
}

/* The link that leads to the entry of a key, or to the chain's end. */
static HASHELEMENT **
find_link(const HTAB *table, const void *key, uint32 hash)
{
	HASHELEMENT **link = bucket_of(table, hash);

	while (*link != nullptr &&
		   ((*link)->hashvalue != hash || !keys_equal(table, KeyOf(*link), key)))
		link = &(*link)->link;
	return link;
}

static void *
enter(HTAB *table, const void *key, uint32 hash, bool may_fail)
{
	if (table->frozen)
		Raise(Report(ERROR).msg("cannot insert into frozen hashtable \"%s\"", table->name));

	HASHELEMENT *const element = take_element(table, hash);

	if (element == nullptr)
	{
		if (may_fail)
			return nullptr;
		raise_table_full(table);
	}
	element->hashvalue = hash;
	try
	{
		copy_key(table, KeyOf(element), key);
	}
	catch (...)
	{
		give_element(table, element);
		throw;
	}

	HASHELEMENT **const bucket = bucket_of(table, hash);

	element->link = *bucket;
	*bucket = element;
	return KeyOf(element);
}

static void *
search(HTAB *table, const void *key, uint32 hash, HASHACTION action, bool *found)
{
	if (action == HASH_ENTER || action == HASH_ENTER_NULL)
		grow_if_full(table);

	HASHELEMENT **const link = find_link(table, key, hash);
	HASHELEMENT *const element = *link;

	if (found != nullptr)
		*found = element != nullptr;
	switch (action)
	{
		case HASH_FIND: return element != nullptr ? KeyOf(element) : nullptr;
		case HASH_REMOVE:
			if (element == nullptr)
				return nullptr;
			*link = element->link;
			give_element(table, element);
			return KeyOf(element);
		case HASH_ENTER:
		case HASH_ENTER_NULL:
			if (element != nullptr)
				return KeyOf(element);
			return enter(table, key, hash, action == HASH_ENTER_NULL);
	}
	Raise(Report(ERROR).msg("unrecognized hash action code: %d", static_cast<int>(action)));
}

static bool
update_key(HTAB *table, void *entry, const void *new_key)
{
	HASHELEMENT *const element = ElementOf(entry);

	if (table->frozen)
		Raise(Report(ERROR).msg("cannot update in frozen hashtable \"%s\"", table->name));

	HASHELEMENT **from = bucket_of(table, element->hashvalue);

	while (*from != nullptr && *from != element)
		from = &(*from)->link;
	if (*from == nullptr)
		Raise(Report(ERROR).msg("hash_update_hash_key argument is not in hashtable \"%s\"",
								table->name));

	const uint32 hash = hash_of(table, new_key);

	if (*find_link(table, new_key, hash) != nullptr)
		return false;
	copy_key(table, entry, new_key);
	*from = element->link;
	element->hashvalue = hash;

	HASHELEMENT **const to = bucket_of(table, hash);

	element->link = *to;
	*to = element;
	return true;
}

/*
 * Making tables
 */

static void
init_shared_part(HTAB *table, long entries, const HASHCTL *info, int flags)
{
	table->shared = new (table->shared) HASHHDR{};

	HASHHDR *const shared = table->shared;
	uint32 buckets = flags & HASH_DIRSIZE ? bucket_count(info->dsize) : bucket_count(entries);

	shared->keysize = info->keysize;
	shared->entrysize = info->entrysize;
	shared->limit = flags & HASH_FIXED_SIZE ? entries : -1;
	if (flags & HASH_PARTITION)
	{
		shared->partitions = static_cast<uint32>(info->num_partitions);
		/* All keys of a bucket are of one partition. */
		buckets = std::max(buckets, std::bit_ceil(shared->partitions));
	}
	for (FreeList &list : shared->lists)
		SpinLockInit(&list.mutex);
	make_buckets(table, buckets);
	if (table->is_shared || (flags & HASH_FIXED_SIZE))
	{
		if (!add_elements(table, entries, 0) && entries > 0)
			raise_table_full(table);
	}
}

static HTAB *
create(const char *name, long entries, const HASHCTL *info, int flags)
{
	const MemoryContext parent = flags & HASH_CONTEXT ? info->hcxt : TopMemoryContext;
	const MemoryContext context =
		AllocSetContextCreate(parent, "dynahash", ALLOCSET_START_SMALL_SIZES);

	try
	{
		const auto table = static_cast<HTAB *>(MemoryContextAllocZero(context, sizeof(HTAB)));

		Assert(flags & HASH_ELEM);
		table->context = context;
		table->name = MemoryContextStrdup(context, name);
		MemoryContextSetIdentifier(context, table->name);
		choose_functions(table, info, flags);
		if (flags & HASH_ALLOC)
			table->alloc = info->alloc;
		table->is_shared = (flags & HASH_SHARED_MEM) != 0;
		table->shared =
			table->is_shared
				? info->hctl
				: static_cast<HASHHDR *>(MemoryContextAllocZero(context, sizeof(HASHHDR)));
		if (!(flags & HASH_ATTACH))
			init_shared_part(table, entries, info, flags);
		return table;
	}
	catch (...)
	{
		MemoryContextDelete(context);
		throw;
	}
}

} // namespace pg

using namespace pg;

HTAB *
hash_create(const char *tabname, long nelem, const HASHCTL *info, int flags)
{
	return FromC([&] { return create(tabname, nelem, info, flags); });
}

void
hash_destroy(HTAB *hashp)
{
	if (hashp == nullptr)
		return;
	dynahash::ForgetScansOf(hashp);
	MemoryContextDelete(hashp->context);
}

void
hash_stats(const char *where, HTAB *hashp)
{
	fprintf(stderr, "%s: hash table \"%s\": %ld entries in %u buckets\n", where, hashp->name,
			hash_get_num_entries(hashp), hashp->shared->mask + 1);
}

void *
hash_search(HTAB *hashp, const void *keyPtr, HASHACTION action, bool *foundPtr)
{
	return FromC([&] { return search(hashp, keyPtr, hash_of(hashp, keyPtr), action, foundPtr); });
}

uint32
get_hash_value(HTAB *hashp, const void *keyPtr)
{
	return FromC([&] { return hash_of(hashp, keyPtr); });
}

void *
hash_search_with_hash_value(HTAB *hashp, const void *keyPtr, uint32 hashvalue, HASHACTION action,
							bool *foundPtr)
{
	return FromC([&] { return search(hashp, keyPtr, hashvalue, action, foundPtr); });
}

bool
hash_update_hash_key(HTAB *hashp, void *existingEntry, const void *newKeyPtr)
{
	return FromC([&] { return update_key(hashp, existingEntry, newKeyPtr); });
}

long
hash_get_num_entries(HTAB *hashp)
{
	return static_cast<long>(count_entries(hashp));
}

void
hash_freeze(HTAB *hashp)
{
	FromC(
		[&]
		{
			if (hashp->is_shared)
				Raise(Report(ERROR).msg("cannot freeze shared hashtable \"%s\"", hashp->name));
			if (!hashp->frozen && dynahash::HasScans(hashp))
				Raise(Report(ERROR).msg(
					"cannot freeze hashtable \"%s\" because it has active scans", hashp->name));
			hashp->frozen = true;
		});
}

Size
hash_estimate_size(long num_entries, Size entrysize)
{
	const Size buckets = mul_size(bucket_count(num_entries), sizeof(HASHELEMENT *));
	/* Those that are not allotted at once come in chunks, each on cache lines of its own. */
	const Size elements = mul_size(static_cast<Size>(std::max(num_entries, 1L)),
								   element_size(entrysize) + PG_CACHE_LINE_SIZE / kFirstChunk);

	return add_size(add_size(CACHELINEALIGN(sizeof(HASHHDR)), CACHELINEALIGN(buckets)),
					add_size(elements, PG_CACHE_LINE_SIZE));
}

long
hash_select_dirsize(long num_entries)
{
	return bucket_count(num_entries);
}

Size
hash_get_shared_size(HASHCTL *, int)
{
	return sizeof(HASHHDR);
}
