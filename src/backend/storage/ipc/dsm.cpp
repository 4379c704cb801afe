/*
 * dsm.cpp
 *		Dynamic shared memory: making, attaching, pinning and leaving segments.
 *
 * Children with shared memory.  Which segments there are stands in the main shared mapping (dsm_places.h), guarded by
 * DynamicSharedMemoryControlLock, a leaf; the memory is dsm_memory.h.  Allotting and freeing memory takes long and
 * happens outside of the lock, on a slot that nobody else finds.
 *
 * A process enters a segment into its own list before anything can fail, so that every way out, an error, FATAL
 * or the end of the process, gives back its reference.
 */
#include "storage/dsm.h"

#include <algorithm>
#include <cerrno>
#include <random>
#include <vector>

#include "miscadmin.h"
#include "storage/ipc/dsm_internals.h"
#include "storage/ipc/dsm_memory.h"
#include "storage/ipc/dsm_places.h"
#include "storage/ipc/interrupts.h"
#include "storage/lmgr/proc_internals.h"
#include "storage/lwlock.h"
#include "utils/error/wall.h"
#include "utils/guc.h"
#include "utils/resowner.h"

struct dsm_segment
{
	struct DetachCallback
	{
		on_dsm_detach_callback function;
		Datum arg;
	};

	ResourceOwner owner; /* null: pinned here */
	dsm_handle handle;
	pg::DsmSlot *slot; /* null: the mapping does not count (reset_on_dsm_detach) */
	size_t page;
	size_t pages;
	Size size;
	bool mapped;
	std::vector<DetachCallback> callbacks;
};

namespace pg
{

/* As many as PostgreSQL has. */
static constexpr int kFixedSlots = 64;
static constexpr int kSlotsPerProcess = 5;

static DsmPlaces *places = nullptr;

/* This process's mappings, oldest first. Made on first use: the server has no dynamic global constructors. */
static std::vector<dsm_segment *> &
mappings()
{
	static std::vector<dsm_segment *> *const all = new std::vector<dsm_segment *>;

	return *all;
}

namespace
{

/* DynamicSharedMemoryControlLock for the length of a scope. */
class ControlLock
{
public:
	ControlLock() { LWLockAcquire(DynamicSharedMemoryControlLock, LW_EXCLUSIVE); }
	~ControlLock() { LWLockRelease(DynamicSharedMemoryControlLock); }
	ControlLock(const ControlLock &) = delete;
	ControlLock &operator=(const ControlLock &) = delete;
};

} // namespace

void
RequireSharedMemory()
{
	if (!HaveSharedMemory() || MyProc == nullptr)
		Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
				  .msg(HaveSharedMemory() && !IsUnderPostmaster
						   ? "the postmaster cannot use dynamic shared memory"
						   : "this process has no shared memory"));
}

/* One reference less. Whoever gives back the last one frees the memory. */
static void
give_back(DsmSlot *slot)
{
	{
		const ControlLock lock;

		if (--slot->ds_refs > 0)
			return;
	}
	FreeDsmMemory(slot->ds_page * DsmPageSize(), slot->ds_pages * DsmPageSize());

	const ControlLock lock;

	GiveDsmPlace(places, slot);
}

/* At an error or the owner's end: detaches what belonged to the owner. */
static void
release_owned(ResourceReleasePhase phase, bool is_commit, bool, void *)
{
	FromC(
		[&]
		{
			if (phase != RESOURCE_RELEASE_BEFORE_LOCKS)
				return;

			const auto owned = [](const dsm_segment *segment)
			{ return segment->owner == CurrentResourceOwner; };

			for (;;)
			{
				const auto last = std::find_if(mappings().rbegin(), mappings().rend(), owned);

				if (last == mappings().rend())
					return;
				if (is_commit)
					Report(WARNING)
						.msg("dynamic shared memory leak: segment %u still referenced",
							 (*last)->handle)
						.emit();
				dsm_detach(*last);
			}
		});
}

static void
own(dsm_segment *segment, ResourceOwner owner)
{
	static bool registered = false;

	if (owner != nullptr && !registered)
	{
		RegisterResourceReleaseCallback(release_owned, nullptr);
		registered = true;
	}
	segment->owner = owner;
}

/* The entry in this process's list of a slot that it has a reference to; not yet mapped. */
static dsm_segment *
enter(DsmSlot *slot)
{
	const auto segment = new dsm_segment{.owner = nullptr,
										 .handle = slot->ds_handle,
										 .slot = slot,
										 .page = slot->ds_page,
										 .pages = slot->ds_pages,
										 .size = slot->ds_size,
										 .mapped = false,
										 .callbacks = {}};

	mappings().push_back(segment);
	own(segment, CurrentResourceOwner);
	return segment;
}

[[noreturn]] static void
raise_memory_error(const char *what, dsm_handle handle, Size size)
{
	Report report(ERROR, ERRCODE_OUT_OF_MEMORY);

	if (errno != EFBIG && errno != ENOMEM)
		report.code_for_file_access();
	if (size > 0)
		Raise(report.msg("could not %s shared memory segment \"/PostgreSQL.%u\" to %zu bytes: %m",
						 what, handle, size));
	Raise(report.msg("could not %s shared memory segment \"/PostgreSQL.%u\": %m", what, handle));
}

static size_t
offset_of(const dsm_segment *segment)
{
	return segment->page * DsmPageSize();
}

static size_t
length_of(const dsm_segment *segment)
{
	return segment->pages * DsmPageSize();
}

static void
map(dsm_segment *segment)
{
	errno = MapDsmMemory(offset_of(segment), length_of(segment));
	if (errno != 0)
		raise_memory_error("map", segment->handle, 0);
	segment->mapped = true;
}

static void
allot(const dsm_segment *segment)
{
	for (;;)
	{
		errno = AllotDsmMemory(offset_of(segment), length_of(segment));
		if (errno == 0)
			return;
		if (errno != EINTR)
			raise_memory_error("resize", segment->handle, segment->size);
		CheckForInterrupts();
	}
}

/* A slot for a new segment, and its entry; null when there are too many and flags allow for it. */
static dsm_segment *
take_slot(Size size, int flags)
{
	PlaceError error;
	DsmSlot *slot;

	mappings().reserve(mappings().size() + 1);
	{
		const ControlLock lock;

		slot = TakeDsmPlace(places, (size - 1) / DsmPageSize() + 1, &error);
		if (slot != nullptr)
			slot->ds_size = size;
	}
	switch (error)
	{
		case PlaceError::None: return enter(slot);
		case PlaceError::NoSlot:
			if (flags & DSM_CREATE_NULL_IF_MAXSEGMENTS)
				return nullptr;
			Raise(Report(ERROR, ERRCODE_INSUFFICIENT_RESOURCES)
					  .msg("too many dynamic shared memory segments"));
		case PlaceError::NoRoom:
			Raise(Report(ERROR, ERRCODE_OUT_OF_MEMORY)
					  .msg("out of shared memory")
					  .detail("There is no room for a dynamic shared memory segment of %zu bytes.",
							  size));
	}
	pg_unreachable();
}

/* Does `work` on a new entry; when it fails the entry is gone. */
template <typename Work>
static dsm_segment *
or_detach(dsm_segment *segment, Work work)
{
	try
	{
		work(segment);
		return segment;
	}
	catch (...)
	{
		dsm_detach(segment);
		throw;
	}
}

static dsm_segment *
create(Size size, int flags)
{
	RequireSharedMemory();

	/* An empty list that a module copies into a segment is no reason to fail. */
	dsm_segment *const segment = take_slot(std::max<Size>(size, 1), flags);

	if (segment == nullptr)
		return nullptr;
	return or_detach(segment,
					 [](dsm_segment *made)
					 {
						 allot(made);
						 map(made);
						 /* Memory that is kept at hand was used before. */
						 if (min_dynamic_shared_memory > 0)
							 memset(dsm_segment_address(made), 0, made->size);
					 });
}

static dsm_segment *
attach(dsm_handle handle)
{
	RequireSharedMemory();
	if (dsm_find_mapping(handle) != nullptr)
		Raise(Report(ERROR).msg("can't attach the same segment more than once"));
	mappings().reserve(mappings().size() + 1);

	DsmSlot *slot;

	{
		const ControlLock lock;

		slot = FindDsmPlace(places, handle);
		if (slot == nullptr)
			return nullptr;
		slot->ds_refs++;
	}
	return or_detach(enter(slot), map);
}

/* Pops before it calls: one that fails is not called again. */
static void
run_callbacks(dsm_segment *segment)
{
	while (!segment->callbacks.empty())
	{
		const dsm_segment::DetachCallback callback = segment->callbacks.back();

		segment->callbacks.pop_back();
		ToC(callback.function, segment, callback.arg);
	}
}

static void
detach(dsm_segment *segment)
{
	{
		const InterruptHoldoff holdoff;

		run_callbacks(segment);
	}
	std::erase(mappings(), segment);
	if (segment->mapped)
		UnmapDsmMemory(offset_of(segment), length_of(segment));

	DsmSlot *const slot = segment->slot;

	delete segment;
	if (slot != nullptr)
		give_back(slot);
}

static void
detach_all()
{
	while (!mappings().empty())
	{
		try
		{
			detach(mappings().back());
		}
		catch (const PgError &error)
		{
			/* Its callback is gone, so the next round gets further. */
			EmitCaught(error);
		}
	}
}

/* handle comes from anywhere. Returns the slot when its last reference is gone. */
static DsmSlot *
take_pin_away(dsm_handle handle)
{
	const ControlLock lock;
	DsmSlot *const slot = FindDsmPlace(places, handle);

	if (slot == nullptr)
		Raise(Report(ERROR).msg("cannot unpin unknown segment handle"));
	if (!slot->ds_pinned)
		Raise(Report(ERROR).msg("cannot unpin a segment that is not pinned"));
	slot->ds_pinned = false;
	return slot;
}

/*
 * Area and settings
 */

static int
slot_count()
{
	return kFixedSlots + kSlotsPerProcess * ProcSlotCount();
}

static void
init_places(void *at)
{
	OpenDsmMemory();
	places = static_cast<DsmPlaces *>(at);
	InitDsmPlaces(places, slot_count(), DsmRangeSize() / DsmPageSize(), std::random_device()());
}

static constexpr ShmemArea dsm_areas[] = {
	{"DSM Control", [] { return DsmPlacesSize(slot_count()); }, init_places},
};
const std::span<const ShmemArea> kDsmAreas = dsm_areas;

static const config_enum_entry type_options[] = {{"posix", DSM_IMPL_POSIX, false},
												 {"mmap", DSM_IMPL_MMAP, false},
												 {nullptr, 0, false}};

static constexpr SettingDef dsm_settings[] = {
	{"dynamic_shared_memory_type", PGC_POSTMASTER, SettingGroup::ResourceMemory,
	 "Selects the dynamic shared memory implementation used.",
	 EnumSetting{.variable = &dynamic_shared_memory_type,
				 .boot = DEFAULT_DYNAMIC_SHARED_MEMORY_TYPE,
				 .options = type_options}},
	{"min_dynamic_shared_memory", PGC_POSTMASTER, SettingGroup::ResourceMemory,
	 "Amount of dynamic shared memory reserved at startup.",
	 IntSetting{&min_dynamic_shared_memory, 0, 0, MAX_KILOBYTES / 1024}, GUC_UNIT_MB},
};
const SettingSpan kDsmSettings = dsm_settings;

} // namespace pg

using namespace pg;

dsm_segment *(dsm_create) (Size size, int flags)
{
	return FromC([&] { return create(size, flags); });
}

dsm_segment *
dsm_attach(dsm_handle h)
{
	return FromC([&] { return attach(h); });
}

void
dsm_detach(dsm_segment *seg)
{
	FromC([&] { detach(seg); });
}

void
dsm_pin_mapping(dsm_segment *seg)
{
	own(seg, nullptr);
}

void
dsm_unpin_mapping(dsm_segment *seg)
{
	FromC([&] { own(seg, CurrentResourceOwner); });
}

void
dsm_pin_segment(dsm_segment *seg)
{
	FromC(
		[&]
		{
			const ControlLock lock;

			if (seg->slot->ds_pinned)
				Raise(Report(ERROR).msg("cannot pin a segment that is already pinned"));
			seg->slot->ds_pinned = true;
			seg->slot->ds_refs++;
		});
}

void
dsm_unpin_segment(dsm_handle handle)
{
	FromC(
		[&]
		{
			RequireSharedMemory();
			give_back(take_pin_away(handle));
		});
}

dsm_segment *
dsm_find_mapping(dsm_handle handle)
{
	for (dsm_segment *segment : mappings())
	{
		if (segment->handle == handle)
			return segment;
	}
	return nullptr;
}

void *
dsm_segment_address(dsm_segment *seg)
{
	return DsmBase() + offset_of(seg);
}

Size
dsm_segment_map_length(dsm_segment *seg)
{
	return seg->size;
}

dsm_handle
dsm_segment_handle(dsm_segment *seg)
{
	return seg->handle;
}

void
on_dsm_detach(dsm_segment *seg, on_dsm_detach_callback function, Datum arg)
{
	FromC([&] { seg->callbacks.push_back({function, arg}); });
}

void
cancel_on_dsm_detach(dsm_segment *seg, on_dsm_detach_callback function, Datum arg)
{
	const auto latest = std::find_if(seg->callbacks.rbegin(), seg->callbacks.rend(),
									 [&](const dsm_segment::DetachCallback &entry)
									 { return entry.function == function && entry.arg == arg; });

	if (latest != seg->callbacks.rend())
		seg->callbacks.erase(std::next(latest).base());
}

void
reset_on_dsm_detach(void)
{
	for (dsm_segment *segment : mappings())
	{
		segment->callbacks.clear();
		segment->slot = nullptr;
	}
}

void
dsm_backend_shutdown(void)
{
	detach_all();
}

void
dsm_detach_all(void)
{
	detach_all();
}
