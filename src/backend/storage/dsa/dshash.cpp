/*
 * dshash.cpp
 *		Hash tables in dynamic shared areas.
 *
 * Backends and workers with shared memory.
 *
 * The upper bits of a hash value choose the partition, and some more of them the bucket: so a bucket belongs to one partition, and
 * still does when the buckets are doubled.  A partition's lock guards its entries, its count and its buckets' chains.  The
 * array of buckets changes under all locks, taken by rising number; whoever holds one sees it stay.
 */
#include "lib/dshash.h"

#include <cstring>
#include <new>

#include "common/hashfn.h"
#include "storage/dsa/dsa_layout.h"
#include "storage/lwlock.h"
#include "utils/error/wall.h"
#include "utils/memutils.h"

struct dshash_table_item
{
	dsa_pointer next;
	dshash_hash hash;
};

namespace pg
{
namespace
{

constexpr int kPartitionBits = 7;
constexpr int kPartitions = 1 << kPartitionBits;

} /* namespace */

struct DshashPartition
{
	LWLock lock;
	Size count;
};

struct DshashControl
{
	dshash_table_handle handle;
	dsa_pointer buckets; /* 1 << size_log2 pointers to items */
	int size_log2;
	DshashPartition partitions[kPartitions];
};

} // namespace pg

struct dshash_table
{
	dsa_area *area;
	dshash_parameters params;
	void *arg;
	pg::DshashControl *control;
};

namespace pg
{

static int
partition_of(dshash_hash hash)
{
	return static_cast<int>(hash >> (32 - kPartitionBits));
}

static DshashPartition &
partition(dshash_table *table, dshash_hash hash)
{
	return table->control->partitions[partition_of(hash)];
}

static dsa_pointer *
buckets_of(dshash_table *table)
{
	return static_cast<dsa_pointer *>(dsa_get_address(table->area, table->control->buckets));
}

static dsa_pointer *
bucket_of(dshash_table *table, dshash_hash hash)
{
	return &buckets_of(table)[hash >> (32 - table->control->size_log2)];
}

static dshash_table_item *
item_at(dshash_table *table, dsa_pointer pointer)
{
	return static_cast<dshash_table_item *>(dsa_get_address(table->area, pointer));
}

static void *
entry_of_item(dshash_table_item *item)
{
	return reinterpret_cast<char *>(item) + MAXALIGN(sizeof(dshash_table_item));
}

static dshash_table_item *
item_of(void *entry)
{
	return reinterpret_cast<dshash_table_item *>(static_cast<char *>(entry) -
												 MAXALIGN(sizeof(dshash_table_item)));
}

static dshash_hash
hash_of(const dshash_table *table, const void *key)
{
	return ToC(table->params.hash_function, key, table->params.key_size, table->arg);
}

/* The pointer that leads to the item of a key, or to the chain's end. Partition locked. */
static dsa_pointer *
find_link(dshash_table *table, const void *key, dshash_hash hash)
{
	dsa_pointer *link = bucket_of(table, hash);

	while (DsaPointerIsValid(*link))
	{
		dshash_table_item *const item = item_at(table, *link);

		if (item->hash == hash && ToC(table->params.compare_function, key, entry_of_item(item),
									  table->params.key_size, table->arg) == 0)
			break;
		link = &item->next;
	}
	return link;
}

/* Runs `work` under a lock, which stays taken when that returns something. */
template <typename Work>
static void *
lock_for(LWLock *lock, LWLockMode mode, Work work)
{
	LWLockAcquire(lock, mode);
	try
	{
		void *const found = work();

		if (found == nullptr)
			LWLockRelease(lock);
		return found;
	}
	catch (...)
	{
		LWLockRelease(lock);
		throw;
	}
}

static void *
find(dshash_table *table, const void *key, bool exclusive)
{
	const dshash_hash hash = hash_of(table, key);

	return lock_for(&partition(table, hash).lock, exclusive ? LW_EXCLUSIVE : LW_SHARED,
					[&]() -> void *
					{
						const dsa_pointer pointer = *find_link(table, key, hash);

						return DsaPointerIsValid(pointer) ? entry_of_item(item_at(table, pointer))
														  : nullptr;
					});
}

static void
rehash(dshash_table *table, int size_log2)
{
	DshashControl *const control = table->control;
	const dsa_pointer fresh =
		dsa_allocate_extended(table->area, sizeof(dsa_pointer) << size_log2,
							  DSA_ALLOC_HUGE | DSA_ALLOC_ZERO | DSA_ALLOC_NO_OOM);

	/* Longer chains will do. */
	if (!DsaPointerIsValid(fresh))
		return;

	const auto to = static_cast<dsa_pointer *>(dsa_get_address(table->area, fresh));
	const dsa_pointer *const from = buckets_of(table);

	for (Size i = 0; i < static_cast<Size>(1) << control->size_log2; i++)
	{
		for (dsa_pointer pointer = from[i], next; DsaPointerIsValid(pointer); pointer = next)
		{
			dshash_table_item *const item = item_at(table, pointer);
			dsa_pointer *const bucket = &to[item->hash >> (32 - size_log2)];

			next = item->next;
			item->next = *bucket;
			*bucket = pointer;
		}
	}
	dsa_free(table->area, control->buckets);
	control->buckets = fresh;
	control->size_log2 = size_log2;
}

/* Doubles the buckets unless somebody else has; no lock is held. */
static void
grow(dshash_table *table, int size_log2)
{
	DshashControl *const control = table->control;
	int locked = 0;

	try
	{
		for (; locked < kPartitions; locked++)
			LWLockAcquire(&control->partitions[locked].lock, LW_EXCLUSIVE);
		if (control->size_log2 < size_log2)
			rehash(table, size_log2);
	}
	catch (...)
	{
		while (locked > 0)
			LWLockRelease(&control->partitions[--locked].lock);
		throw;
	}
	while (locked > 0)
		LWLockRelease(&control->partitions[--locked].lock);
}

static void *
insert(dshash_table *table, const void *key, dshash_hash hash)
{
	const dshash_parameters &params = table->params;
	const dsa_pointer pointer =
		dsa_allocate(table->area, MAXALIGN(sizeof(dshash_table_item)) + params.entry_size);
	dshash_table_item *const item = item_at(table, pointer);
	dsa_pointer *const bucket = bucket_of(table, hash);

	if (params.copy_function != nullptr)
		ToC(params.copy_function, entry_of_item(item), key, params.key_size, table->arg);
	else
		memcpy(entry_of_item(item), key, params.key_size);
	item->hash = hash;
	item->next = *bucket;
	*bucket = pointer;
	partition(table, hash).count++;
	return entry_of_item(item);
}

static void *
find_or_insert(dshash_table *table, const void *key, bool *found)
{
	const dshash_hash hash = hash_of(table, key);
	bool tried = false;

	for (;;)
	{
		int larger = 0;
		void *const entry =
			lock_for(&partition(table, hash).lock, LW_EXCLUSIVE,
					 [&]() -> void *
					 {
						 const dsa_pointer pointer = *find_link(table, key, hash);
						 const int size_log2 = table->control->size_log2;

						 *found = DsaPointerIsValid(pointer);
						 if (*found)
							 return entry_of_item(item_at(table, pointer));
						 larger = size_log2 + 1;
						 /* On average one entry for a bucket. */
						 if (!tried && size_log2 < 31 &&
							 partition(table, hash).count >> (size_log2 - kPartitionBits) > 0)
							 return nullptr;
						 return insert(table, key, hash);
					 });

		if (entry != nullptr)
			return entry;
		grow(table, larger);
		tried = true;
	}
}

/* Takes an item out and frees it. Partition locked exclusively. */
static void
delete_item(dshash_table *table, dshash_table_item *item)
{
	dsa_pointer *link = bucket_of(table, item->hash);

	while (DsaPointerIsValid(*link) && item_at(table, *link) != item)
		link = &item_at(table, *link)->next;
	if (!DsaPointerIsValid(*link))
		Raise(Report(ERROR).msg("entry is not in the hash table"));

	const dsa_pointer pointer = *link;

	partition(table, item->hash).count--;
	*link = item->next;
	dsa_free(table->area, pointer);
}

static bool
delete_key(dshash_table *table, const void *key)
{
	void *const entry = find(table, key, true);

	if (entry == nullptr)
		return false;
	dshash_delete_entry(table, entry);
	return true;
}

static dshash_table *
make_handle(dsa_area *area, const dshash_parameters *params, void *arg, dsa_pointer control)
{
	const auto table = static_cast<dshash_table *>(palloc(sizeof(dshash_table)));

	*table = {area, *params, arg, static_cast<DshashControl *>(dsa_get_address(area, control))};
	return table;
}

static dshash_table *
create(dsa_area *area, const dshash_parameters *params, void *arg)
{
	const dsa_pointer place = dsa_allocate(area, sizeof(DshashControl));
	dshash_table *const table = make_handle(area, params, arg, place);
	DshashControl *const control = new (table->control) DshashControl{};

	for (DshashPartition &each : control->partitions)
		LWLockInitialize(&each.lock, params->tranche_id);
	control->handle = place;
	control->size_log2 = kPartitionBits;
	control->buckets = dsa_allocate_extended(area, sizeof(dsa_pointer) << kPartitionBits,
											 DSA_ALLOC_NO_OOM | DSA_ALLOC_ZERO);
	if (!DsaPointerIsValid(control->buckets))
	{
		dsa_free(area, place);
		Raise(Report(ERROR, ERRCODE_OUT_OF_MEMORY)
				  .msg("out of memory")
				  .detail("Failed on DSA request of size %zu.", sizeof(dsa_pointer)
																	<< kPartitionBits));
	}
	return table;
}

static void
destroy(dshash_table *table)
{
	const dsa_pointer place = table->control->handle;
	const dsa_pointer buckets = table->control->buckets;
	const dsa_pointer *const all = buckets_of(table);

	for (Size i = 0; i < static_cast<Size>(1) << table->control->size_log2; i++)
	{
		for (dsa_pointer pointer = all[i], next; DsaPointerIsValid(pointer); pointer = next)
		{
			next = item_at(table, pointer)->next;
			dsa_free(table->area, pointer);
		}
	}
	dsa_free(table->area, buckets);
	dsa_free(table->area, place);
	pfree(table);
}

/*
 * Scans: curbucket is the one that the next item is looked for in; curpartition, -1 at first, is locked.  The next
 * partition is locked before the former is let go, so that the buckets stay as they are.
 */

static void
go_to_partition(dshash_seq_status *status, int number)
{
	DshashControl *const control = status->hash_table->control;
	const int former = status->curpartition;

	if (former == number)
		return;
	LWLockAcquire(&control->partitions[number].lock, status->exclusive ? LW_EXCLUSIVE : LW_SHARED);
	status->curpartition = number;
	if (former >= 0)
		LWLockRelease(&control->partitions[former].lock);
}

static void *
next(dshash_seq_status *status)
{
	dshash_table *const table = status->hash_table;

	if (status->curpartition < 0)
	{
		go_to_partition(status, 0);
		status->nbuckets = 1 << table->control->size_log2;
		status->pnextitem = buckets_of(table)[0];
	}
	while (!DsaPointerIsValid(status->pnextitem))
	{
		if (++status->curbucket >= status->nbuckets)
			return nullptr;
		go_to_partition(status, status->curbucket >> (table->control->size_log2 - kPartitionBits));
		status->pnextitem = buckets_of(table)[status->curbucket];
	}
	status->curitem = item_at(table, status->pnextitem);
	status->pnextitem = status->curitem->next;
	return entry_of_item(status->curitem);
}

static void
dump(dshash_table *table)
{
	Size count = 0;

	for (DshashPartition &each : table->control->partitions)
	{
		const dsa::Locked lock(&each.lock);

		count += each.count;
	}
	fprintf(stderr, "dshash table " DSA_POINTER_FORMAT ": %zu entries in %d buckets\n",
			table->control->handle, count, 1 << table->control->size_log2);
}

} // namespace pg

using namespace pg;

dshash_table *
dshash_create(dsa_area *area, const dshash_parameters *params, void *arg)
{
	return FromC([&] { return create(area, params, arg); });
}

dshash_table *
dshash_attach(dsa_area *area, const dshash_parameters *params, dshash_table_handle handle,
			  void *arg)
{
	return FromC([&] { return make_handle(area, params, arg, handle); });
}

void
dshash_detach(dshash_table *hash_table)
{
	pfree(hash_table);
}

void
dshash_destroy(dshash_table *hash_table)
{
	FromC([&] { destroy(hash_table); });
}

dshash_table_handle
dshash_get_hash_table_handle(dshash_table *hash_table)
{
	return hash_table->control->handle;
}

void *
dshash_find(dshash_table *hash_table, const void *key, bool exclusive)
{
	return FromC([&] { return find(hash_table, key, exclusive); });
}

void *
dshash_find_or_insert(dshash_table *hash_table, const void *key, bool *found)
{
	return FromC([&] { return find_or_insert(hash_table, key, found); });
}

bool
dshash_delete_key(dshash_table *hash_table, const void *key)
{
	return FromC([&] { return delete_key(hash_table, key); });
}

void
dshash_delete_entry(dshash_table *hash_table, void *entry)
{
	FromC(
		[&]
		{
			LWLock *const lock = &partition(hash_table, item_of(entry)->hash).lock;

			delete_item(hash_table, item_of(entry));
			LWLockRelease(lock);
		});
}

void
dshash_release_lock(dshash_table *hash_table, void *entry)
{
	LWLockRelease(&partition(hash_table, item_of(entry)->hash).lock);
}

void
dshash_seq_init(dshash_seq_status *status, dshash_table *hash_table, bool exclusive)
{
	*status = {hash_table, 0, 0, nullptr, InvalidDsaPointer, -1, exclusive};
}

void *
dshash_seq_next(dshash_seq_status *status)
{
	return FromC([&] { return next(status); });
}

void
dshash_seq_term(dshash_seq_status *status)
{
	if (status->curpartition >= 0)
		LWLockRelease(&status->hash_table->control->partitions[status->curpartition].lock);
	status->curpartition = -1;
}

void
dshash_delete_current(dshash_seq_status *status)
{
	FromC([&] { delete_item(status->hash_table, status->curitem); });
}

int
dshash_memcmp(const void *a, const void *b, size_t size, void *)
{
	return memcmp(a, b, size);
}

dshash_hash
dshash_memhash(const void *v, size_t size, void *)
{
	return tag_hash(v, size);
}

void
dshash_memcpy(void *dest, const void *src, size_t size, void *)
{
	memcpy(dest, src, size);
}

int
dshash_strcmp(const void *a, const void *b, size_t size, void *)
{
	return strncmp(static_cast<const char *>(a), static_cast<const char *>(b), size);
}

dshash_hash
dshash_strhash(const void *v, size_t size, void *)
{
	return string_hash(v, size);
}

void
dshash_strcpy(void *dest, const void *src, size_t size, void *)
{
	strlcpy(static_cast<char *>(dest), static_cast<const char *>(src), size);
}

void
dshash_dump(dshash_table *hash_table)
{
	FromC([&] { dump(hash_table); });
}
