/*
 * sortsupport.h
 *		Comparisons for sorting.
 */
#ifndef SORTSUPPORT_H
#define SORTSUPPORT_H

#include "postgres.h"

#include "access/attnum.h"
#include "utils/relcache.h"

PG_BEGIN_EXTERN_C

typedef struct SortSupportData *SortSupport;

typedef struct SortSupportData
{
	MemoryContext ssup_cxt;
	Oid ssup_collation;
	bool ssup_reverse;
	bool ssup_nulls_first;
	AttrNumber ssup_attno;
	void *ssup_extra;
	int (*comparator)(Datum x, Datum y, SortSupport ssup);
	bool abbreviate;
	Datum (*abbrev_converter)(Datum original, SortSupport ssup);
	bool (*abbrev_abort)(int memtupcount, SortSupport ssup);
	int (*abbrev_full_comparator)(Datum x, Datum y, SortSupport ssup);
} SortSupportData;

/* The order of two values, nulls included. */
static inline int
ApplySortComparator(Datum datum1, bool isNull1, Datum datum2, bool isNull2, SortSupport ssup)
{
	int order;

	if (isNull1 || isNull2)
	{
		order = (int) isNull1 - (int) isNull2;
		return ssup->ssup_nulls_first ? -order : order;
	}
	order = ssup->comparator(datum1, datum2, ssup);
	return ssup->ssup_reverse ? (order < 0) - (order > 0) : order;
}

/* There are no operator classes to ask: ERROR 0A000. */
extern void PrepareSortSupportFromOrderingOp(Oid orderingOp, SortSupport ssup);
extern void PrepareSortSupportFromIndexRel(Relation indexRel, int16 strategy, SortSupport ssup);

PG_END_EXTERN_C

#endif /* SORTSUPPORT_H */
