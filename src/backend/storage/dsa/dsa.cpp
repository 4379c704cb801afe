/*
 * dsa.cpp
 *		Dynamic shared areas: objects of size classes, large objects, and the area's life.
 *
 * Backends and workers with shared memory.  Layout and locks: dsa_layout.h.
 */
#include "utils/dsa.h"

#include <algorithm>
#include <cstring>
#include <new>

#include "storage/dsa/dsa_layout.h"
#include "storage/ipc/dsm_internals.h"
#include "utils/error/wall.h"
#include "utils/memutils.h"
#include "utils/resowner.h"

namespace pg
{

using namespace dsa;

static dsa_pointer
pointer_to(PageRef ref, Size offset)
{
	return static_cast<dsa_pointer>(SegmentOf(ref)) << DSA_OFFSET_WIDTH |
		   (static_cast<dsa_pointer>(PageOf(ref)) * kPageSize + offset);
}

static uint32
segment_of(dsa_pointer pointer)
{
	return static_cast<uint32>(pointer >> DSA_OFFSET_WIDTH);
}

static Size
offset_of(dsa_pointer pointer)
{
	return pointer & (DSA_MAX_SEGMENT_SIZE - 1);
}

static char *
page_address(dsa_area *area, PageRef ref)
{
	return MappingOf(area, SegmentOf(ref)).base + PageOf(ref) * kPageSize;
}

/*
 * Small objects
 */

/* A new span of a class, first in its list; 0 when there is no memory. Class lock held. */
static PageRef
add_span(dsa_area *area, int number)
{
	const uint32 pages = SpanPages(number);
	PageRef ref;

	{
		const Locked lock(&area->control->dc_lock);

		ref = TakePages(area, pages);
	}
	if (ref == 0)
		return 0;

	PageInfo *const info = InfoOf(area, ref);

	for (uint32 i = 1; i < pages; i++)
	{
		info[i].pi_kind = PageKind::Inside;
		info[i].pi_pages = i;
	}
	info->pi_kind = PageKind::Span;
	info->pi_class = static_cast<uint8>(number);
	info->pi_used = info->pi_fresh = info->pi_free = 0;
	Link(area, &area->control->dc_classes[number].partial, ref);
	return ref;
}

/* The link that a free object holds. */
static uint16
read_link(const char *object)
{
	uint16 link;

	memcpy(&link, object, sizeof(link));
	return link;
}

static dsa_pointer
allocate_small(dsa_area *area, Size size)
{
	const int number = ClassOf(size);
	SizeClass &size_class = area->control->dc_classes[number];
	const Locked lock(&size_class.lock);
	const PageRef ref = size_class.partial != 0 ? size_class.partial : add_span(area, number);

	if (ref == 0)
		return InvalidDsaPointer;

	PageInfo *const info = InfoOf(area, ref);

	if (info->pi_used + 1 == SpanObjects(number))
		Unlink(area, &size_class.partial, ref);
	info->pi_used++;
	if (info->pi_free == 0)
		return pointer_to(ref, info->pi_fresh++ * ClassSize(number));

	const Size offset = (info->pi_free - 1u) * ClassSize(number);

	info->pi_free = read_link(page_address(area, ref) + offset);
	return pointer_to(ref, offset);
}

/* Class lock held. An empty span is kept only when it is the last one with room. */
static void
give_span_if_empty(dsa_area *area, PageRef ref, bool keep_last)
{
	const PageInfo *info = InfoOf(area, ref);
	SizeClass &size_class = area->control->dc_classes[info->pi_class];

	if (info->pi_used > 0 || (keep_last && info->pi_prev == 0 && info->pi_next == 0))
		return;

	const uint32 pages = SpanPages(info->pi_class);

	Unlink(area, &size_class.partial, ref);

	const Locked lock(&area->control->dc_lock);

	GivePages(area, ref, pages);
}

[[noreturn]] static void
raise_not_allocated(dsa_pointer pointer)
{
	Raise(Report(ERROR).msg("DSA pointer " DSA_POINTER_FORMAT " is not allocated", pointer));
}

static void
free_small(dsa_area *area, PageRef ref, dsa_pointer pointer)
{
	PageInfo *const info = InfoOf(area, ref);
	const int number = info->pi_class;
	SizeClass &size_class = area->control->dc_classes[number];
	const Locked lock(&size_class.lock);
	const Size offset = offset_of(pointer) - PageOf(ref) * kPageSize;
	const Size index = offset / ClassSize(number);

	if (offset % ClassSize(number) != 0 || index >= info->pi_fresh || info->pi_used == 0)
		raise_not_allocated(pointer);
	if (info->pi_used == SpanObjects(number))
		Link(area, &size_class.partial, ref);
	memcpy(page_address(area, ref) + offset, &info->pi_free, sizeof(info->pi_free));
	info->pi_free = static_cast<uint16>(index + 1);
	info->pi_used--;
	give_span_if_empty(area, ref, true);
}

/*
 * Large objects
 */

static dsa_pointer
allocate_large(dsa_area *area, Size size)
{
	const Size pages = (size - 1) / kPageSize + 1;

	if (pages >= DSA_MAX_SEGMENT_SIZE / kPageSize)
		return InvalidDsaPointer;

	const Locked lock(&area->control->dc_lock);
	const PageRef ref = TakePages(area, static_cast<uint32>(pages));

	if (ref == 0)
		return InvalidDsaPointer;

	PageInfo *const info = InfoOf(area, ref);

	info->pi_kind = PageKind::Large;
	info->pi_pages = static_cast<uint32>(pages);
	return pointer_to(ref, 0);
}

static void
free_large(dsa_area *area, PageRef ref, dsa_pointer pointer)
{
	if (offset_of(pointer) % kPageSize != 0)
		raise_not_allocated(pointer);

	const Locked lock(&area->control->dc_lock);

	GivePages(area, ref, InfoOf(area, ref)->pi_pages);
}

/*
 * Both
 */

/* Shortage that the caller does not want to hear of as an error. */
static bool
is_shortage(const PgError &error)
{
	return ERRCODE_TO_CATEGORY(error.sqlstate()) ==
		   ERRCODE_TO_CATEGORY(ERRCODE_INSUFFICIENT_RESOURCES);
}

static dsa_pointer
try_allocate(dsa_area *area, Size size, bool no_error)
{
	try
	{
		return size <= kLargestSmall ? allocate_small(area, std::max<Size>(size, 1))
									 : allocate_large(area, size);
	}
	catch (const PgError &error)
	{
		if (!no_error || !is_shortage(error))
			throw;
		return InvalidDsaPointer;
	}
}

static dsa_pointer
allocate(dsa_area *area, Size size, int flags)
{
	if (!((flags & DSA_ALLOC_HUGE) ? AllocHugeSizeIsValid(size) : AllocSizeIsValid(size)))
		Raise(Report(ERROR).msg("invalid DSA memory alloc request size %zu", size));

	const dsa_pointer pointer = try_allocate(area, size, flags & DSA_ALLOC_NO_OOM);

	if (pointer == InvalidDsaPointer && !(flags & DSA_ALLOC_NO_OOM))
		Raise(Report(ERROR, ERRCODE_OUT_OF_MEMORY)
				  .msg("out of memory")
				  .detail("Failed on DSA request of size %zu.", size));
	if (pointer != InvalidDsaPointer && (flags & DSA_ALLOC_ZERO))
		memset(dsa_get_address(area, pointer), 0, size);
	return pointer;
}

static void
free_object(dsa_area *area, dsa_pointer pointer)
{
	const Mapping &mapping = MappingOf(area, segment_of(pointer));
	const auto head = reinterpret_cast<const SegmentHead *>(mapping.base);
	const Size page = offset_of(pointer) / kPageSize;

	if (page < head->sh_first || page >= head->sh_pages)
		raise_not_allocated(pointer);

	PageRef ref = MakeRef(segment_of(pointer), static_cast<uint32>(page));
	const PageInfo *info = &mapping.infos[page];

	if (info->pi_kind == PageKind::Inside && info->pi_pages <= page)
	{
		ref -= info->pi_pages;
		info -= info->pi_pages;
		if (info->pi_kind != PageKind::Span)
			raise_not_allocated(pointer);
	}
	switch (info->pi_kind)
	{
		case PageKind::Span: free_small(area, ref, pointer); return;
		case PageKind::Large: free_large(area, ref, pointer); return;
		case PageKind::None:
		case PageKind::Free:
		case PageKind::Inside: raise_not_allocated(pointer);
	}
}

static void
trim(dsa_area *area)
{
	for (SizeClass &size_class : area->control->dc_classes)
	{
		const Locked lock(&size_class.lock);

		for (PageRef ref = size_class.partial, next; ref != 0; ref = next)
		{
			next = InfoOf(area, ref)->pi_next;
			give_span_if_empty(area, ref, false);
		}
	}
}

/*
 * Life of an area
 */

static DsaControl *
init_control(void *place, Size size, int tranche, Size init_segment, Size max_segment)
{
	DsaControl *const control = new (place) DsaControl{};

	LWLockInitialize(&control->dc_lock, tranche);
	for (SizeClass &size_class : control->dc_classes)
		LWLockInitialize(&size_class.lock, tranche);
	control->dc_references = 1;
	control->dc_total = size;
	control->dc_limit = SIZE_MAX;
	control->dc_init_segment = std::max(init_segment, DSA_MIN_SEGMENT_SIZE);
	control->dc_max_segment =
		std::clamp(max_segment, control->dc_init_segment, DSA_MAX_SEGMENT_SIZE);
	control->dc_head.sh_pages = static_cast<uint32>(size / kPageSize);
	control->dc_head.sh_first = FirstPage(sizeof(DsaControl), control->dc_head.sh_pages);
	control->dc_head.sh_free = control->dc_head.sh_pages - control->dc_head.sh_first;
	memset(static_cast<char *>(place) + CACHELINEALIGN(sizeof(DsaControl)), 0,
		   control->dc_head.sh_pages * sizeof(PageInfo));
	return control;
}

/* This process's handle. segment null: in place. */
static dsa_area *
make_area(void *place, dsm_segment *segment)
{
	char *const base = static_cast<char *>(place);
	const auto area = static_cast<dsa_area *>(palloc0(sizeof(dsa_area)));

	area->control = static_cast<DsaControl *>(place);
	area->owner = CurrentResourceOwner;
	area->seen_freed = area->control->dc_freed.load(std::memory_order_acquire);
	area->mappings[0] = {base,
						 reinterpret_cast<PageInfo *>(base + CACHELINEALIGN(sizeof(DsaControl))),
						 segment, area->control->dc_handles[0].load(std::memory_order_relaxed)};
	return area;
}

static void
add_first_run(dsa_area *area)
{
	const SegmentHead &head = area->control->dc_head;
	const Locked lock(&area->control->dc_lock);

	if (head.sh_free > 0)
		AddRun(area, MakeRef(0, head.sh_first), head.sh_free);
}

static void
release_at_detach(dsm_segment *segment, void *place)
{
	if (segment != nullptr)
		on_dsm_detach(segment, dsa_on_dsm_detach_release_in_place, PointerGetDatum(place));
}

static dsa_area *
create_area(int tranche, Size init_segment, Size max_segment)
{
	const Size size = std::max(init_segment, DSA_MIN_SEGMENT_SIZE) / kPageSize * kPageSize;
	dsm_segment *const segment = dsm_create(size, 0);
	void *const place = dsm_segment_address(segment);

	dsm_pin_segment(segment);

	DsaControl *const control = init_control(place, size, tranche, init_segment, max_segment);

	control->dc_handles[0].store(dsm_segment_handle(segment), std::memory_order_release);
	release_at_detach(segment, place);

	dsa_area *const area = make_area(place, segment);

	add_first_run(area);
	return area;
}

static dsa_area *
create_in_place(void *place, Size size, int tranche, dsm_segment *segment, Size init_segment,
				Size max_segment)
{
	RequireSharedMemory();
	if (size < dsa_minimum_size())
		Raise(Report(ERROR).msg("dsa_area space must be at least %zu, but %zu provided",
								dsa_minimum_size(), size));
	init_control(place, size / kPageSize * kPageSize, tranche, init_segment, max_segment);
	release_at_detach(segment, place);

	dsa_area *const area = make_area(place, nullptr);

	add_first_run(area);
	return area;
}

[[noreturn]] static void
raise_gone()
{
	Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
			  .msg("could not attach to dynamic shared area"));
}

static dsa_area *
attach_in_place(void *place, dsm_segment *segment, bool in_place)
{
	DsaControl *const control = static_cast<DsaControl *>(place);

	RequireSharedMemory();
	{
		const Locked lock(&control->dc_lock);

		if (control->dc_references == 0)
			raise_gone();
		control->dc_references++;
	}
	release_at_detach(segment, place);
	return make_area(place, in_place ? nullptr : segment);
}

static dsa_area *
attach(dsa_handle handle)
{
	dsm_segment *const segment = dsm_attach(handle);

	if (segment == nullptr)
		raise_gone();
	try
	{
		return attach_in_place(dsm_segment_address(segment), segment, false);
	}
	catch (const PgError &)
	{
		dsm_detach(segment);
		throw;
	}
}

/* One reference less; the last one unpins all segments. */
static void
release(DsaControl *control)
{
	const Locked lock(&control->dc_lock);

	Assert(control->dc_references > 0);
	if (--control->dc_references > 0)
		return;
	for (std::atomic<dsm_handle> &slot : control->dc_handles)
	{
		if (const dsm_handle handle = slot.load(std::memory_order_relaxed))
			dsm_unpin_segment(handle);
	}
}

/* The first segment last: its end releases the area. */
static void
detach(dsa_area *area)
{
	for (uint32 i = area->highest + 1; i-- > 0;)
	{
		dsm_segment *const segment = area->mappings[i].segment;

		area->mappings[i] = {};
		if (segment != nullptr)
			dsm_detach(segment);
	}
	pfree(area);
}

static void
dump_area(dsa_area *area)
{
	DsaControl *const control = area->control;
	const Locked lock(&control->dc_lock);

	fprintf(stderr, "dsa_area: %zu bytes in segments, %d references%s\n", control->dc_total,
			control->dc_references, control->dc_pinned ? ", pinned" : "");
	for (uint32 i = 0; i < kMaxSegments; i++)
	{
		if (i > 0 && control->dc_handles[i].load(std::memory_order_relaxed) == DSM_HANDLE_INVALID)
			continue;

		const auto head = reinterpret_cast<const SegmentHead *>(MappingOf(area, i).base);

		fprintf(stderr, "  segment %u: %u pages, %u free\n", i, head->sh_pages, head->sh_free);
	}
}

} // namespace pg

using namespace pg;

dsa_area *
dsa_create_ext(int tranche_id, size_t init_segment_size, size_t max_segment_size)
{
	return FromC([&] { return create_area(tranche_id, init_segment_size, max_segment_size); });
}

dsa_area *
dsa_create_in_place_ext(void *place, size_t size, int tranche_id, dsm_segment *segment,
						size_t init_segment_size, size_t max_segment_size)
{
	return FromC(
		[&] {
			return create_in_place(place, size, tranche_id, segment, init_segment_size,
								   max_segment_size);
		});
}

dsa_area *
dsa_attach(dsa_handle handle)
{
	return FromC([&] { return attach(handle); });
}

dsa_area *
dsa_attach_in_place(void *place, dsm_segment *segment)
{
	return FromC([&] { return attach_in_place(place, segment, true); });
}

size_t
dsa_minimum_size(void)
{
	Size pages = 1;

	while (FirstPage(sizeof(DsaControl), pages) > pages)
		pages++;
	return pages * kPageSize;
}

void
dsa_release_in_place(void *place)
{
	FromC([&] { release(static_cast<DsaControl *>(place)); });
}

void
dsa_on_dsm_detach_release_in_place(dsm_segment *, Datum place)
{
	dsa_release_in_place(DatumGetPointer(place));
}

void
dsa_on_shmem_exit_release_in_place(int, Datum place)
{
	dsa_release_in_place(DatumGetPointer(place));
}

void
dsa_pin_mapping(dsa_area *area)
{
	area->owner = nullptr;
	for (uint32 i = 0; i <= area->highest; i++)
	{
		if (area->mappings[i].segment != nullptr)
			dsm_pin_mapping(area->mappings[i].segment);
	}
}

void
dsa_detach(dsa_area *area)
{
	FromC([&] { detach(area); });
}

void
dsa_pin(dsa_area *area)
{
	FromC(
		[&]
		{
			const Locked lock(&area->control->dc_lock);

			if (area->control->dc_pinned)
				Raise(Report(ERROR).msg("dsa_area already pinned"));
			area->control->dc_pinned = true;
			area->control->dc_references++;
		});
}

void
dsa_unpin(dsa_area *area)
{
	FromC(
		[&]
		{
			const Locked lock(&area->control->dc_lock);

			if (!area->control->dc_pinned)
				Raise(Report(ERROR).msg("dsa_area not pinned"));
			area->control->dc_pinned = false;
			area->control->dc_references--;
		});
}

dsa_handle
dsa_get_handle(dsa_area *area)
{
	return area->control->dc_handles[0].load(std::memory_order_relaxed);
}

void
dsa_set_size_limit(dsa_area *area, size_t limit)
{
	FromC(
		[&]
		{
			const Locked lock(&area->control->dc_lock);

			area->control->dc_limit = limit;
		});
}

size_t
dsa_get_total_size(dsa_area *area)
{
	return FromC(
		[&]
		{
			const Locked lock(&area->control->dc_lock);

			return area->control->dc_total;
		});
}

dsa_pointer
dsa_allocate_extended(dsa_area *area, size_t size, int flags)
{
	return FromC([&] { return allocate(area, size, flags); });
}

void
dsa_free(dsa_area *area, dsa_pointer dp)
{
	FromC([&] { free_object(area, dp); });
}

void *
dsa_get_address(dsa_area *area, dsa_pointer dp)
{
	if (!DsaPointerIsValid(dp))
		return nullptr;
	return FromC([&] { return MappingOf(area, segment_of(dp)).base + offset_of(dp); });
}

void
dsa_trim(dsa_area *area)
{
	FromC([&] { trim(area); });
}

void
dsa_dump(dsa_area *area)
{
	FromC([&] { dump_area(area); });
}
