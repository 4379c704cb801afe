/*
 * tuplesort.h
 *		Sorting of rows. Rows are sorted by SQL here (ORDER BY): each function raises ERROR 0A000 with its name.
 */
#ifndef TUPLESORT_H
#define TUPLESORT_H

#include "postgres.h"

#include "access/htup.h"
#include "access/itup.h"
#include "access/tupdesc.h"
#include "executor/tuptable.h"
#include "fmgr.h"
#include "storage/dsm.h"
#include "utils/relcache.h"

PG_BEGIN_EXTERN_C

typedef struct Tuplesortstate Tuplesortstate;
typedef struct Sharedsort Sharedsort;
struct TupleTableSlot;

typedef struct SortCoordinateData
{
	bool isWorker;
	int nParticipants;
	Sharedsort *sharedsort;
} SortCoordinateData;

typedef SortCoordinateData *SortCoordinate;
typedef enum
{
	SORT_TYPE_STILL_IN_PROGRESS = 0,
	SORT_TYPE_TOP_N_HEAPSORT = 1 << 0,
	SORT_TYPE_QUICKSORT = 1 << 1,
	SORT_TYPE_EXTERNAL_SORT = 1 << 2,
	SORT_TYPE_EXTERNAL_MERGE = 1 << 3
} TuplesortMethod;

typedef enum
{
	SORT_SPACE_TYPE_DISK,
	SORT_SPACE_TYPE_MEMORY
} TuplesortSpaceType;

typedef struct TuplesortInstrumentation
{
	TuplesortMethod sortMethod;
	TuplesortSpaceType spaceType;
	int64 spaceUsed;
} TuplesortInstrumentation;

#define TUPLESORT_NONE 0
#define TUPLESORT_RANDOMACCESS (1 << 0)
#define TUPLESORT_ALLOWBOUNDED (1 << 1)

extern Tuplesortstate *tuplesort_begin_heap(TupleDesc tupDesc, int nkeys, AttrNumber *attNums,
											Oid *sortOperators, Oid *sortCollations,
											bool *nullsFirstFlags, int workMem,
											SortCoordinate coordinate, int sortopt);
extern Tuplesortstate *tuplesort_begin_cluster(TupleDesc tupDesc, Relation indexRel, int workMem,
											   SortCoordinate coordinate, int sortopt);
extern Tuplesortstate *tuplesort_begin_index_btree(Relation heapRel, Relation indexRel,
												   bool enforceUnique, bool uniqueNullsNotDistinct,
												   int workMem, SortCoordinate coordinate,
												   int sortopt);
extern Tuplesortstate *tuplesort_begin_datum(Oid datumType, Oid sortOperator, Oid sortCollation,
											 bool nullsFirstFlag, int workMem,
											 SortCoordinate coordinate, int sortopt);
extern void tuplesort_set_bound(Tuplesortstate *state, int64 bound);
extern bool tuplesort_used_bound(Tuplesortstate *state);
extern void tuplesort_puttupleslot(Tuplesortstate *state, struct TupleTableSlot *slot);
extern void tuplesort_putheaptuple(Tuplesortstate *state, HeapTuple tup);
extern void tuplesort_putdatum(Tuplesortstate *state, Datum val, bool isNull);
extern void tuplesort_performsort(Tuplesortstate *state);
extern bool tuplesort_gettupleslot(Tuplesortstate *state, bool forward, bool copy,
								   struct TupleTableSlot *slot, Datum *abbrev);
extern HeapTuple tuplesort_getheaptuple(Tuplesortstate *state, bool forward);
extern bool tuplesort_getdatum(Tuplesortstate *state, bool forward, Datum *val, bool *isNull,
							   Datum *abbrev);
extern bool tuplesort_skiptuples(Tuplesortstate *state, int64 ntuples, bool forward);
extern void tuplesort_end(Tuplesortstate *state);
extern void tuplesort_reset(Tuplesortstate *state);
extern void tuplesort_get_stats(Tuplesortstate *state, TuplesortInstrumentation *stats);
extern void tuplesort_rescan(Tuplesortstate *state);
extern void tuplesort_markpos(Tuplesortstate *state);
extern void tuplesort_restorepos(Tuplesortstate *state);

PG_END_EXTERN_C

#endif /* TUPLESORT_H */
