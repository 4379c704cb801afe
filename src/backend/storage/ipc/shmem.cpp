/*
 * shmem.cpp
 *		The one shared mapping: making it, carving it up, finding areas by name.
 *
 * The postmaster makes it before its first fork; children inherit it at the same address.  Nothing is
 * ever given back: the mapping is dropped as a whole after a crash.  The postmaster takes the index
 * lock only while it is alone, that is before the first fork of a cycle.
 */
#include "storage/ipc/shmem_internals.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <new>

#include "miscadmin.h"
#include "storage/ipc.h"
#include "storage/ipc/dsm_memory.h"
#include "storage/ipc/shmem_size.h"
#include "storage/lmgr/proc_internals.h"
#include "storage/shmem.h"
#include "storage/spin.h"
#include "utils/error/wall.h"

shmem_startup_hook_type shmem_startup_hook = nullptr;
shmem_request_hook_type shmem_request_hook = nullptr;
bool process_shmem_requests_in_progress = false;

namespace pg
{

/* Room beyond what was asked for: modules forget alignment and their smaller needs. */
static constexpr size_t kSlack = 100000;
static constexpr int kIndexEntries = 256;

/* One named area. An entry below sh_entries is complete and never changes again. */
struct IndexEntry
{
	char sx_name[SHMEM_INDEX_KEYSIZE];
	size_t sx_offset;
	size_t sx_size;
};

/* At the start of the mapping. sh_lock guards the index; sh_used is taken without it. */
struct ShmemHeader
{
	size_t sh_size;
	std::atomic<size_t> sh_used;
	slock_t sh_lock;
	int sh_entries;
	IndexEntry sh_index[kIndexEntries];
};
static_assert(std::atomic<size_t>::is_always_lock_free);
static_assert(std::is_standard_layout_v<ShmemHeader>);

static ShmemHeader *header = nullptr;
static size_t mapped_size = 0;
static size_t requested_by_modules = 0;
static bool requests_done = false;

bool
HaveSharedMemory()
{
	return header != nullptr;
}

size_t
AddShmemSize(size_t a, size_t b)
{
	size_t sum;

	if (__builtin_add_overflow(a, b, &sum))
		Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
				  .msg("requested shared memory size overflows size_t"));
	return sum;
}

size_t
MultiplyShmemSize(size_t a, size_t b)
{
	size_t product;

	if (__builtin_mul_overflow(a, b, &product))
		Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
				  .msg("requested shared memory size overflows size_t"));
	return product;
}

/* Cache-line aligned bytes from the mapping, zeroed; null when it is used up. Any process. */
static void *
carve(size_t size)
{
	size_t used = header->sh_used.load(std::memory_order_relaxed);

	do
	{
		if (size > header->sh_size - used)
			return nullptr;
		size = CACHELINEALIGN(size);
		if (size > header->sh_size - used)
			return nullptr;
	} while (!header->sh_used.compare_exchange_weak(used, used + size, std::memory_order_relaxed));
	return reinterpret_cast<char *>(header) + used;
}

static void *
at_offset(size_t offset)
{
	return reinterpret_cast<char *>(header) + offset;
}

/* Caller holds sh_lock. */
static const IndexEntry *
find_entry(const char *name)
{
	for (int i = 0; i < header->sh_entries; i++)
	{
		if (strncmp(header->sh_index[i].sx_name, name, SHMEM_INDEX_KEYSIZE - 1) == 0)
			return &header->sh_index[i];
	}
	return nullptr;
}

enum class Claim
{
	Made,
	Found,
	WrongSize,
	IndexFull,
	NoRoom
};

/* Finds or makes the area `name`. On WrongSize *found_size is the size it has. Holds sh_lock, so never raises. */
static Claim
claim_area(const char *name, size_t size, void **at, size_t *found_size)
{
	Claim outcome = Claim::Made;

	SpinLockAcquire(&header->sh_lock);
	if (const IndexEntry *entry = find_entry(name))
	{
		*at = at_offset(entry->sx_offset);
		*found_size = entry->sx_size;
		outcome = entry->sx_size == size ? Claim::Found : Claim::WrongSize;
	}
	else if (header->sh_entries == kIndexEntries)
		outcome = Claim::IndexFull;
	else if ((*at = carve(size)) == nullptr)
		outcome = Claim::NoRoom;
	else
	{
		IndexEntry &fresh = header->sh_index[header->sh_entries++];

		strlcpy(fresh.sx_name, name, sizeof(fresh.sx_name));
		fresh.sx_offset = static_cast<char *>(*at) - reinterpret_cast<char *>(header);
		fresh.sx_size = size;
	}
	SpinLockRelease(&header->sh_lock);
	return outcome;
}

/* ShmemInitStruct for C++; raises what shmem.h says. */
static void *
init_struct(const char *name, size_t size, bool *found)
{
	void *at = nullptr;
	size_t found_size = 0;

	if (header == nullptr)
		Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
				  .msg("this process has no shared memory"));
	switch (claim_area(name, size, &at, &found_size))
	{
		case Claim::Made: *found = false; return at;
		case Claim::Found: *found = true; return at;
		case Claim::WrongSize:
			Raise(Report(ERROR).msg("ShmemIndex entry size is wrong for data structure \"%s\": "
									"expected %zu, actual %zu",
									name, size, found_size));
		case Claim::IndexFull:
			Raise(Report(ERROR, ERRCODE_OUT_OF_MEMORY)
					  .msg("could not create ShmemIndex entry for data structure \"%s\"", name));
		case Claim::NoRoom:
			Raise(
				Report(ERROR, ERRCODE_OUT_OF_MEMORY)
					.msg("not enough shared memory for data structure \"%s\" (%zu bytes requested)",
						 name, size));
	}
	pg_unreachable();
}

void
RunShmemRequests()
{
	if (requests_done)
		return;
	requests_done = true;
	MaxBackends = ProcSlotCount();
	if (shmem_request_hook == nullptr)
		return;
	process_shmem_requests_in_progress = true;
	ToC(shmem_request_hook);
	process_shmem_requests_in_progress = false;
}

static size_t
total_size(std::span<const ShmemArea> areas)
{
	size_t total = AddShmemSize(CACHELINEALIGN(sizeof(ShmemHeader)), kSlack);

	for (const ShmemArea &area : areas)
		total = AddShmemSize(total, CACHELINEALIGN(area.size()));
	total = AddShmemSize(total, requested_by_modules);
	const size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));

	return AddShmemSize(total, page - 1) / page * page;
}

static void
map_memory(size_t size)
{
	void *at = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED)
		Raise(
			Report(FATAL)
				.msg("could not map anonymous shared memory: %m")
				.hint(
					"This error usually means that PostgreSQL's request for a shared memory "
					"segment exceeded available memory, swap space, or huge pages. To reduce the "
					"request size (currently %zu bytes), reduce PostgreSQL's shared memory usage, "
					"perhaps by reducing max_connections.",
					size));
	mapped_size = size;
	header = new (at) ShmemHeader{};
	header->sh_size = size;
	header->sh_used.store(CACHELINEALIGN(sizeof(ShmemHeader)), std::memory_order_relaxed);
	SpinLockInit(&header->sh_lock);
}

void
CreateSharedMemory(std::span<const ShmemArea> areas)
{
	Assert(header == nullptr);
	RunShmemRequests();
	map_memory(total_size(areas));
	for (const ShmemArea &area : areas)
	{
		bool found;
		void *at = init_struct(area.name, area.size(), &found);

		if (found)
			Raise(Report(FATAL).msg("shared memory area \"%s\" is declared twice", area.name));
		area.init(at);
	}
	if (shmem_startup_hook != nullptr)
		ToC(shmem_startup_hook);
}

void
DetachSharedMemory()
{
	if (header == nullptr)
		return;
	CloseDsmMemory();
	munmap(header, mapped_size);
	header = nullptr;
	mapped_size = 0;
}

int
SnapshotShmemAreas(ShmemAreaInfo *out, int max)
{
	int count = 0;

	if (header == nullptr)
		return 0;
	SpinLockAcquire(&header->sh_lock);
	for (; count < header->sh_entries && count < max; count++)
	{
		const IndexEntry &entry = header->sh_index[count];

		memcpy(out[count].name, entry.sx_name, sizeof(out[count].name));
		out[count].offset = entry.sx_offset;
		out[count].size = entry.sx_size;
		out[count].allocated_size = CACHELINEALIGN(entry.sx_size);
	}
	SpinLockRelease(&header->sh_lock);
	return count;
}

} // namespace pg

using namespace pg;

void
RequestAddinShmemSpace(Size size)
{
	FromC(
		[&]
		{
			if (!process_shmem_requests_in_progress &&
				!process_shared_preload_libraries_in_progress)
				Raise(Report(FATAL).msg(
					"cannot request additional shared memory outside shmem_request_hook"));
			requested_by_modules = AddShmemSize(requested_by_modules, size);
		});
}

void *
ShmemInitStruct(const char *name, Size size, bool *foundPtr)
{
	return FromC([&] { return init_struct(name, size, foundPtr); });
}

void *
ShmemAllocNoError(Size size)
{
	return header == nullptr ? nullptr : carve(size);
}

void *
ShmemAlloc(Size size)
{
	void *at = ShmemAllocNoError(size);

	if (at != nullptr)
		return at;
	FromC(
		[&]
		{
			Raise(Report(ERROR, ERRCODE_OUT_OF_MEMORY)
					  .msg("out of shared memory (%zu bytes requested)", size));
		});
	return nullptr;
}

bool
ShmemAddrIsValid(const void *addr)
{
	const char *start = reinterpret_cast<const char *>(header);

	return header != nullptr && addr >= start && addr < start + header->sh_size;
}
