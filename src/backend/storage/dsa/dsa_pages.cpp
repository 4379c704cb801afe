/*
 * dsa_pages.cpp
 *		Runs of pages in an area: finding, splitting and joining free ones.
 *
 * Under the area's lock.  Everything that may fail, which is mapping a segment, comes before the first change.
 */
#include "storage/dsa/dsa_layout.h"

namespace pg
{
namespace dsa
{

/* In the bin of its own length a run may be too short; looking at more than a few costs more than it saves. */
static constexpr int kLooks = 16;

/* No run is empty; written so that the compiler sees that the bin exists. */
static int
bin_of(uint32 pages)
{
	return std::bit_width(pages | 1) - 1;
}

void
Link(dsa_area *area, PageRef *head, PageRef ref)
{
	PageInfo *const info = InfoOf(area, ref);
	PageInfo *const next = *head != 0 ? InfoOf(area, *head) : nullptr;

	info->pi_prev = 0;
	info->pi_next = *head;
	if (next != nullptr)
		next->pi_prev = ref;
	*head = ref;
}

void
Unlink(dsa_area *area, PageRef *head, PageRef ref)
{
	PageInfo *const info = InfoOf(area, ref);
	PageInfo *const prev = info->pi_prev != 0 ? InfoOf(area, info->pi_prev) : nullptr;
	PageInfo *const next = info->pi_next != 0 ? InfoOf(area, info->pi_next) : nullptr;

	(prev != nullptr ? prev->pi_next : *head) = info->pi_next;
	if (next != nullptr)
		next->pi_prev = info->pi_prev;
	info->pi_prev = info->pi_next = 0;
}

static void
mark(PageInfo *first, uint32 pages, PageKind kind)
{
	first->pi_kind = kind;
	first->pi_pages = pages;
	first[pages - 1].pi_kind = kind;
	first[pages - 1].pi_pages = pages;
}

void
AddRun(dsa_area *area, PageRef ref, uint32 pages)
{
	Link(area, &area->control->dc_bins[bin_of(pages)], ref);
	mark(InfoOf(area, ref), pages, PageKind::Free);
}

static void
remove_run(dsa_area *area, PageRef ref, uint32 pages)
{
	Unlink(area, &area->control->dc_bins[bin_of(pages)], ref);
}

/* A free run that is long enough; 0 when there is none. */
static PageRef
find_run(dsa_area *area, uint32 pages)
{
	const PageRef *const bins = area->control->dc_bins;
	int bin = bin_of(pages);
	PageRef ref = bins[bin];

	for (int looks = 0; ref != 0 && looks < kLooks; looks++)
	{
		const PageInfo *info = InfoOf(area, ref);

		if (info->pi_pages >= pages)
			return ref;
		ref = info->pi_next;
	}
	while (++bin < kBins)
	{
		if (bins[bin] != 0)
			return bins[bin];
	}
	return 0;
}

static SegmentHead *
head_of(dsa_area *area, PageRef ref)
{
	return reinterpret_cast<SegmentHead *>(MappingOf(area, SegmentOf(ref)).base);
}

PageRef
TakePages(dsa_area *area, uint32 pages)
{
	PageRef ref = find_run(area, pages);

	if (ref == 0)
	{
		if (!AddSegment(area, pages))
			return 0;
		ref = find_run(area, pages);
	}

	PageInfo *const info = InfoOf(area, ref);
	const uint32 found = info->pi_pages;

	remove_run(area, ref, found);
	if (found > pages)
		AddRun(area, ref + pages, found - pages);
	mark(info, pages, PageKind::Inside);
	head_of(area, ref)->sh_free -= pages;
	return ref;
}

void
GivePages(dsa_area *area, PageRef ref, uint32 pages)
{
	SegmentHead *const head = head_of(area, ref);
	const PageInfo *info = InfoOf(area, ref);

	head->sh_free += pages;
	if (PageOf(ref) > head->sh_first && info[-1].pi_kind == PageKind::Free)
	{
		const uint32 before = info[-1].pi_pages;

		remove_run(area, ref - before, before);
		ref -= before;
		info -= before;
		pages += before;
	}
	if (PageOf(ref) + pages < head->sh_pages && info[pages].pi_kind == PageKind::Free)
	{
		const uint32 after = info[pages].pi_pages;

		remove_run(area, ref + pages, after);
		pages += after;
	}
	if (SegmentOf(ref) != 0 && head->sh_free == head->sh_pages - head->sh_first)
		DropSegment(area, SegmentOf(ref));
	else
		AddRun(area, ref, pages);
}

} // namespace dsa
} // namespace pg
