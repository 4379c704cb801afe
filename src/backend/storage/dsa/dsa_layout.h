/*
 * storage/dsa/dsa_layout.h
 *		What an area (utils/dsa.h) consists of: segments of pages, runs of pages, objects of size classes.
 *
 * An area has up to kMaxSegments segments.  Segment 0 begins with the DsaControl, the others with a SegmentHead; then
 * comes one PageInfo per page of the segment, then the pages.  Pages lie together in runs:
 *	 free	  in one of the area's bins by length; first and last page carry the length
 *	 large	  one object
 *	 span	  objects of one size class; in the list of its class while it has free ones
 * A run's first and last page are always marked, so that a run that becomes free finds free neighbours.
 *
 * Locks: a class's lock guards its list and all its spans; dc_lock guards all runs and the segments.  Order: class, then
 * area, then what dsm.cpp takes.  A page's kind and class are read without a lock by who owns an object on it.
 *
 * A segment that has become free as a whole is given back: its handle is cleared and dc_freed raised, under dc_lock.  A
 * process looks at dc_freed before it uses a mapping, and drops those whose handle has changed.
 */
#pragma once

#include <atomic>
#include <bit>

#include "postgres.h"

#include "storage/dsm.h"
#include "storage/lwlock.h"
#include "utils/dsa.h"

namespace pg
{
namespace dsa
{

inline constexpr Size kPageSize = 4096;
inline constexpr uint32 kMaxSegments = 1024;

/*
 * Size classes: 8, 16, ... 64, then four to each doubling, up to 8192.
 */
inline constexpr Size kLargestSmall = 8192;

constexpr int
ClassOf(Size size)
{
	if (size <= 64)
		return static_cast<int>((size - 1) / 8);

	const int log = std::bit_width(size - 1) - 1;

	return 8 + (log - 6) * 4 + static_cast<int>((size - 1) >> (log - 2) & 3);
}

constexpr Size
ClassSize(int number)
{
	if (number < 8)
		return static_cast<Size>(number + 1) * 8;

	const int doublings = (number - 8) / 4;

	return static_cast<Size>(16) * static_cast<Size>(4 + (number - 8) % 4 + 1) << doublings;
}

inline constexpr int kClasses = ClassOf(kLargestSmall) + 1;
static_assert(ClassSize(kClasses - 1) == kLargestSmall && ClassOf(1) == 0 && ClassSize(8) == 80);

/* Pages of a span. */
constexpr uint32
SpanPages(int number)
{
	return ClassSize(number) <= 512 ? 4 : 16;
}

constexpr uint16
SpanObjects(int number)
{
	return static_cast<uint16>(SpanPages(number) * kPageSize / ClassSize(number));
}

/* A page of the area: its segment in the upper half; 0 is none, since page 0 is never handed out. */
using PageRef = uint64;

constexpr PageRef
MakeRef(uint32 segment, uint32 page)
{
	return static_cast<PageRef>(segment) << 32 | page;
}
constexpr uint32
SegmentOf(PageRef ref)
{
	return static_cast<uint32>(ref >> 32);
}
constexpr uint32
PageOf(PageRef ref)
{
	return static_cast<uint32>(ref);
}

enum class PageKind : uint8_t
{
	None, /* never used */
	Free,
	Large,
	Span,
	Inside /* of a large object or a span: pi_pages is the distance to a span's first page */
};

struct PageInfo
{
	PageRef pi_prev, pi_next; /* in the bin or the class's list */
	uint32 pi_pages;		  /* of the run */
	uint16 pi_used;			  /* span: objects in use */
	uint16 pi_fresh;		  /* span: objects that have been in use; the next one never was */
	uint16
		pi_free; /* span: the first one that is free again, counted from 1; its first bytes have the next */
	PageKind pi_kind;
	uint8 pi_class;
};
static_assert(sizeof(PageInfo) == 32 && kClasses <= UINT8_MAX);

inline constexpr int kBins = 29; /* by the logarithm of the length */

struct SegmentHead
{
	uint32 sh_pages;
	uint32 sh_first; /* pages before it hold head and infos */
	uint32 sh_free;	 /* pages in free runs */
};

struct SizeClass
{
	LWLock lock;
	PageRef partial; /* spans with free objects; the first is used first */
};

struct DsaControl
{
	SegmentHead dc_head; /* of segment 0 */
	LWLock dc_lock;
	int dc_references; /* processes attached, plus one when pinned */
	bool dc_pinned;
	Size dc_total;
	Size dc_limit;
	Size dc_init_segment;
	Size dc_max_segment;
	std::atomic<uint64> dc_freed;
	PageRef dc_bins[kBins];
	SizeClass dc_classes[kClasses];
	std::atomic<dsm_handle> dc_handles[kMaxSegments]; /* 0: none; also for segment 0 in place */
};
static_assert(std::is_standard_layout_v<DsaControl> &&
			  std::is_trivially_destructible_v<DsaControl>);

/* How many pages a segment's head and infos take. */
constexpr uint32
FirstPage(Size head, Size pages)
{
	return static_cast<uint32>((CACHELINEALIGN(head) + pages * sizeof(PageInfo) + kPageSize - 1) /
							   kPageSize);
}

/* A segment as this process has it mapped. */
struct Mapping
{
	char *base; /* null: not mapped */
	PageInfo *infos;
	dsm_segment *segment; /* null: in place */
	dsm_handle handle;
};

/* An LWLock for the length of a scope. */
class Locked
{
public:
	explicit Locked(LWLock *lock) : lock_(lock) { LWLockAcquire(lock_, LW_EXCLUSIVE); }
	~Locked()
	{
		/* A callback that failed may have had all locks released. */
		if (LWLockHeldByMe(lock_))
			LWLockRelease(lock_);
	}
	Locked(const Locked &) = delete;
	Locked &operator=(const Locked &) = delete;

private:
	LWLock *lock_;
};

/*
 * dsa_segments.cpp
 */

/* The mapping of a segment, made if need be; ERROR XX000 when there is no such segment. */
Mapping &MappingOf(dsa_area *area, uint32 segment);
inline PageInfo *
InfoOf(dsa_area *area, PageRef ref)
{
	return &MappingOf(area, SegmentOf(ref)).infos[PageOf(ref)];
}
/* Makes a segment with a free run of at least so many pages; false when there may be none. Area lock held. */
bool AddSegment(dsa_area *area, uint32 pages);
/* Gives back a segment whose pages are all free, and in no bin. Area lock held. */
void DropSegment(dsa_area *area, uint32 segment);

/*
 * dsa_pages.cpp; area lock held.
 */

/* A run of so many pages, marked as nothing; 0 when there is none and none can be made. */
PageRef TakePages(dsa_area *area, uint32 pages);
/* Frees a run. May give back its segment. */
void GivePages(dsa_area *area, PageRef ref, uint32 pages);
/* Puts a free run into its bin. */
void AddRun(dsa_area *area, PageRef ref, uint32 pages);

/* Lists through pi_prev and pi_next. */
void Link(dsa_area *area, PageRef *head, PageRef ref);
void Unlink(dsa_area *area, PageRef *head, PageRef ref);

} /* namespace dsa */
} /* namespace pg */

/* In private memory. */
struct dsa_area
{
	pg::dsa::DsaControl *control;
	struct ResourceOwnerData *owner; /* of the mappings; null: pinned */
	uint64 seen_freed;
	uint32 highest; /* no segment above is mapped */
	pg::dsa::Mapping mappings[pg::dsa::kMaxSegments];
};
