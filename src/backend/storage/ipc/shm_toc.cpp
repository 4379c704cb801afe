/*
 * shm_toc.cpp
 *		A table of contents at the beginning of a piece of shared memory.
 *
 * Any process that has the memory.  Entries grow upwards behind the header, parts downwards from the end.
 *
 * Writers hold st_lock.  Readers hold nothing: an entry is complete before st_entries counts it (release and
 * acquire), and never changes again.
 */
#include "storage/shm_toc.h"

#include <atomic>
#include <new>

#include "storage/ipc/shmem_size.h"
#include "storage/spin.h"
#include "utils/error/wall.h"

namespace
{

struct TocEntry
{
	uint64 key;
	uint64 offset; /* from the table */
};

} // namespace

struct shm_toc
{
	uint64 st_magic;
	slock_t st_lock;
	std::atomic<uint32> st_entries;
	Size st_total;	   /* bytes, table included */
	Size st_allocated; /* bytes at the end */

	TocEntry *entries() { return reinterpret_cast<TocEntry *>(this + 1); }
	/* Caller holds st_lock. */
	Size left() const
	{
		return st_total - st_allocated - sizeof(shm_toc) -
			   st_entries.load(std::memory_order_relaxed) * sizeof(TocEntry);
	}
};
static_assert(sizeof(shm_toc) % alignof(TocEntry) == 0);
static_assert(std::atomic<uint32>::is_always_lock_free);

using namespace pg;

[[noreturn]] static void
raise_out_of_memory()
{
	Raise(Report(ERROR, ERRCODE_OUT_OF_MEMORY).msg("out of shared memory"));
}

shm_toc *
shm_toc_create(uint64 magic, void *address, Size nbytes)
{
	Assert(nbytes > sizeof(shm_toc));

	shm_toc *const toc = new (address) shm_toc{};

	SpinLockInit(&toc->st_lock);
	/* Parts begin where their distance from the table is aligned. */
	toc->st_total = BUFFERALIGN_DOWN(nbytes);
	toc->st_magic = magic;
	return toc;
}

shm_toc *
shm_toc_attach(uint64 magic, void *address)
{
	shm_toc *const toc = static_cast<shm_toc *>(address);

	return toc->st_magic == magic ? toc : nullptr;
}

void *
shm_toc_allocate(shm_toc *toc, Size nbytes)
{
	const Size size = BUFFERALIGN(nbytes);
	char *at = nullptr;

	SpinLockAcquire(&toc->st_lock);
	if (size >= nbytes && size <= toc->left())
	{
		toc->st_allocated += size;
		at = reinterpret_cast<char *>(toc) + (toc->st_total - toc->st_allocated);
	}
	SpinLockRelease(&toc->st_lock);
	if (at == nullptr)
		FromC([] { raise_out_of_memory(); });
	return at;
}

Size
shm_toc_freespace(shm_toc *toc)
{
	SpinLockAcquire(&toc->st_lock);

	const Size left = toc->left();

	SpinLockRelease(&toc->st_lock);
	return left;
}

void
shm_toc_insert(shm_toc *toc, uint64 key, void *address)
{
	SpinLockAcquire(&toc->st_lock);

	const uint32 count = toc->st_entries.load(std::memory_order_relaxed);
	const bool fits = toc->left() >= sizeof(TocEntry);

	if (fits)
	{
		toc->entries()[count] = {
			key, static_cast<uint64>(static_cast<char *>(address) - reinterpret_cast<char *>(toc))};
		/* release: pairs with shm_toc_lookup */
		toc->st_entries.store(count + 1, std::memory_order_release);
	}
	SpinLockRelease(&toc->st_lock);
	if (!fits)
		FromC([] { raise_out_of_memory(); });
}

void *(shm_toc_lookup) (shm_toc *toc, uint64 key, bool noError)
{
	/* acquire: pairs with shm_toc_insert */
	const uint32 count = toc->st_entries.load(std::memory_order_acquire);

	for (uint32 i = 0; i < count; i++)
	{
		if (toc->entries()[i].key == key)
			return reinterpret_cast<char *>(toc) + toc->entries()[i].offset;
	}
	if (!noError)
		FromC(
			[&]
			{
				Raise(Report(ERROR).msg("could not find key " UINT64_FORMAT " in shm TOC at %p",
										key, static_cast<void *>(toc)));
			});
	return nullptr;
}

Size
shm_toc_estimate(shm_toc_estimator *e)
{
	return FromC(
		[&]
		{
			const Size entries = MultiplyShmemSize(e->number_of_keys, sizeof(TocEntry));
			const Size size =
				AddShmemSize(AddShmemSize(sizeof(shm_toc), entries), e->space_for_chunks);

			return BUFFERALIGN(AddShmemSize(size, ALIGNOF_BUFFER));
		});
}
