/*
 * dsa_segments.cpp
 *		Segments of an area: mapping them here, making more, giving back what is free as a whole.
 *
 * Backends and workers with shared memory.
 */
#include <algorithm>

#include "storage/dsa/dsa_layout.h"
#include "utils/error/report.h"
#include "utils/resowner.h"

namespace pg
{
namespace dsa
{

namespace
{

/* The area's owner is the current one for the length of a scope: new mappings belong to it. */
class OwnerScope
{
public:
	explicit OwnerScope(const dsa_area *area) : former_(CurrentResourceOwner)
	{
		CurrentResourceOwner = area->owner;
	}
	~OwnerScope() { CurrentResourceOwner = former_; }
	OwnerScope(const OwnerScope &) = delete;
	OwnerScope &operator=(const OwnerScope &) = delete;

private:
	ResourceOwner former_;
};

} // namespace

/* Two of each size before the next is twice as large. */
static constexpr uint32 kSegmentsOfASize = 2;

static dsm_handle
handle_of(const dsa_area *area, uint32 segment)
{
	return area->control->dc_handles[segment].load(std::memory_order_acquire);
}

/* Drops mappings of segments that have been given back since the last look. */
static void
drop_freed(dsa_area *area)
{
	area->seen_freed = area->control->dc_freed.load(std::memory_order_acquire);
	for (uint32 i = 1; i <= area->highest; i++)
	{
		Mapping &mapping = area->mappings[i];

		if (mapping.base == nullptr || mapping.handle == handle_of(area, i))
			continue;

		dsm_segment *const segment = mapping.segment;

		mapping = {};
		dsm_detach(segment);
	}
}

static void
enter(dsa_area *area, uint32 number, dsm_segment *segment)
{
	char *const base = static_cast<char *>(dsm_segment_address(segment));

	area->mappings[number] = {
		base, reinterpret_cast<PageInfo *>(base + CACHELINEALIGN(sizeof(SegmentHead))), segment,
		dsm_segment_handle(segment)};
	area->highest = std::max(area->highest, number);
}

static void
map(dsa_area *area, uint32 number)
{
	const dsm_handle handle = handle_of(area, number);

	if (handle == DSM_HANDLE_INVALID)
		Raise(Report(ERROR).msg("dsa_area could not attach to a segment that has been freed"));

	const OwnerScope owner(area);
	dsm_segment *const segment = dsm_attach(handle);

	if (segment == nullptr)
		Raise(Report(ERROR).msg("dsa_area could not attach to segment"));
	enter(area, number, segment);
}

Mapping &
MappingOf(dsa_area *area, uint32 segment)
{
	if (segment >= kMaxSegments)
		Raise(Report(ERROR).msg("invalid DSA pointer"));
	/* acquire: pairs with DropSegment */
	if (unlikely(area->seen_freed != area->control->dc_freed.load(std::memory_order_acquire)))
		drop_freed(area);
	if (unlikely(area->mappings[segment].base == nullptr))
		map(area, segment);
	return area->mappings[segment];
}

/* Bytes of a segment with so many usable pages. */
static Size
size_for(uint32 usable)
{
	Size pages = usable;

	/* The infos of the pages take pages themselves. */
	while (pages - FirstPage(sizeof(SegmentHead), pages) < usable ||
		   pages < FirstPage(sizeof(SegmentHead), pages))
		pages = usable + FirstPage(sizeof(SegmentHead), pages);
	return pages * kPageSize;
}

/* How large a segment to make; 0 when the limits allow for none. */
static Size
choose_size(const dsa_area *area, uint32 number, uint32 usable)
{
	const DsaControl *control = area->control;
	const Size room =
		control->dc_total < control->dc_limit ? control->dc_limit - control->dc_total : 0;
	const Size needed = size_for(usable);
	const uint32 doublings = std::min(number / kSegmentsOfASize, 20u);
	Size size = std::min(control->dc_init_segment << doublings, control->dc_max_segment);

	size = std::max(std::min(size, room) / kPageSize * kPageSize, needed);
	return size > room || needed > DSA_MAX_SEGMENT_SIZE ? 0 : size;
}

static uint32
find_number(const dsa_area *area)
{
	uint32 number = 1;

	while (number < kMaxSegments && handle_of(area, number) != DSM_HANDLE_INVALID)
		number++;
	return number;
}

bool
AddSegment(dsa_area *area, uint32 pages)
{
	DsaControl *const control = area->control;
	const uint32 number = find_number(area);
	const Size size = number < kMaxSegments ? choose_size(area, number, pages) : 0;

	if (size == 0)
		return false;

	dsm_segment *segment;

	{
		const OwnerScope owner(area);

		segment = dsm_create(size, 0);
	}
	dsm_pin_segment(segment);
	enter(area, number, segment);

	const auto head = static_cast<SegmentHead *>(dsm_segment_address(segment));

	head->sh_pages = static_cast<uint32>(size / kPageSize);
	head->sh_first = FirstPage(sizeof(SegmentHead), head->sh_pages);
	head->sh_free = head->sh_pages - head->sh_first;
	control->dc_total += size;
	/* release: who finds the handle finds a complete segment */
	control->dc_handles[number].store(dsm_segment_handle(segment), std::memory_order_release);
	AddRun(area, MakeRef(number, head->sh_first), head->sh_free);
	return true;
}

void
DropSegment(dsa_area *area, uint32 number)
{
	DsaControl *const control = area->control;
	Mapping &mapping = area->mappings[number];
	const dsm_handle handle = mapping.handle;
	dsm_segment *const segment = mapping.segment;

	control->dc_total -= reinterpret_cast<SegmentHead *>(mapping.base)->sh_pages * kPageSize;
	mapping = {};
	control->dc_handles[number].store(DSM_HANDLE_INVALID, std::memory_order_release);
	/* release: pairs with MappingOf */
	control->dc_freed.fetch_add(1, std::memory_order_release);
	dsm_unpin_segment(handle);
	dsm_detach(segment);
}

} // namespace dsa
} // namespace pg
