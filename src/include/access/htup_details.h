/*
 * htup_details.h
 *		The layout of tuples, and how to make them and take them apart.
 *
 * A tuple is a header, a bitmap of nulls when there are any, padding, and the columns' data from t_hoff on, each aligned
 * for its type. The layout is PostgreSQL 15's. Tuples that Postroom hands out carry no transaction data.
 */
#ifndef HTUP_DETAILS_H
#define HTUP_DETAILS_H

#include "postgres.h"

#include "access/htup.h"
#include "access/sysattr.h"
#include "access/transam.h"
#include "access/tupdesc.h"
#include "access/tupmacs.h"
#include "fmgr.h"
#include "storage/bufpage.h"

PG_BEGIN_EXTERN_C

#define MaxTupleAttributeNumber 1664
#define MaxHeapAttributeNumber 1600

typedef struct HeapTupleFields
{
	TransactionId t_xmin;
	TransactionId t_xmax;
	union
	{
		CommandId t_cid;
		TransactionId t_xvac;
	} t_field3;
} HeapTupleFields;

/* For a row that is itself a value. The length is a varlena header. */
typedef struct DatumTupleFields
{
	int32 datum_len_;
	int32 datum_typmod;
	Oid datum_typeid;
} DatumTupleFields;

struct HeapTupleHeaderData
{
	union
	{
		HeapTupleFields t_heap;
		DatumTupleFields t_datum;
	} t_choice;
	ItemPointerData t_ctid;
	uint16 t_infomask2; /* number of columns in the lowest 11 bits */
	uint16 t_infomask;
	uint8 t_hoff; /* where the data begins */
	bits8 t_bits[FLEXIBLE_ARRAY_MEMBER];
};

#define FIELDNO_HEAPTUPLEHEADERDATA_INFOMASK2 2
#define FIELDNO_HEAPTUPLEHEADERDATA_INFOMASK 3
#define FIELDNO_HEAPTUPLEHEADERDATA_HOFF 4
#define FIELDNO_HEAPTUPLEHEADERDATA_BITS 5
#define SizeofHeapTupleHeader offsetof(HeapTupleHeaderData, t_bits)

/* t_infomask */
#define HEAP_HASNULL 0x0001
#define HEAP_HASVARWIDTH 0x0002
#define HEAP_HASEXTERNAL 0x0004
#define HEAP_XMIN_COMMITTED 0x0100
#define HEAP_XMIN_INVALID 0x0200
#define HEAP_XMIN_FROZEN 0x0300
#define HEAP_XMAX_COMMITTED 0x0400
#define HEAP_XMAX_INVALID 0x0800
#define HEAP_IS_DATUM (HEAP_XMAX_COMMITTED | HEAP_XMAX_INVALID)
#define HEAP_UPDATED 0x2000
#define HEAP_HOT_UPDATED 0x4000 /* in t_infomask2, as the next one */
#define HEAP_ONLY_TUPLE 0x8000

/* t_infomask2 */
#define HEAP_NATTS_MASK 0x07FF

#define HeapTupleHeaderGetNatts(tup) ((tup)->t_infomask2 & HEAP_NATTS_MASK)
#define HeapTupleHeaderSetNatts(tup, natts) \
	((tup)->t_infomask2 = (uint16) (((tup)->t_infomask2 & ~HEAP_NATTS_MASK) | (natts)))
#define HeapTupleHeaderIsHeapOnly(tup) (((tup)->t_infomask2 & HEAP_ONLY_TUPLE) != 0)
#define HeapTupleHeaderGetDatumLength(tup) VARSIZE(tup)
#define HeapTupleHeaderSetDatumLength(tup, len) SET_VARSIZE(tup, len)
#define HeapTupleHeaderGetTypeId(tup) ((tup)->t_choice.t_datum.datum_typeid)
#define HeapTupleHeaderSetTypeId(tup, typeid) ((tup)->t_choice.t_datum.datum_typeid = (typeid))
#define HeapTupleHeaderGetTypMod(tup) ((tup)->t_choice.t_datum.datum_typmod)
#define HeapTupleHeaderSetTypMod(tup, typmod) ((tup)->t_choice.t_datum.datum_typmod = (typmod))

/* Rows as values: marked as such, and as of a version of their type (see heap_datum_check). */
static inline bool
HeapTupleHeaderIsVersionedDatum(const HeapTupleHeaderData *tup)
{
	return (tup->t_infomask & HEAP_IS_DATUM) == HEAP_IS_DATUM &&
		   ItemPointerGetOffsetNumberNoCheck(&tup->t_ctid) == VersionedDatumOffsetNumber;
}

/* A tuple without what only stored ones need: the header's beginning is another, the data the same. */
#define MINIMAL_TUPLE_OFFSET                                                           \
	((offsetof(HeapTupleHeaderData, t_infomask2) - sizeof(uint32)) / MAXIMUM_ALIGNOF * \
	 MAXIMUM_ALIGNOF)
#define MINIMAL_TUPLE_PADDING \
	((offsetof(HeapTupleHeaderData, t_infomask2) - sizeof(uint32)) % MAXIMUM_ALIGNOF)
#define MINIMAL_TUPLE_DATA_OFFSET offsetof(MinimalTupleData, t_infomask2)

struct MinimalTupleData
{
	uint32 t_len;
	char mt_padding[MINIMAL_TUPLE_PADDING];
	uint16 t_infomask2;
	uint16 t_infomask;
	uint8 t_hoff;
	bits8 t_bits[FLEXIBLE_ARRAY_MEMBER];
};

#define SizeofMinimalTupleHeader offsetof(MinimalTupleData, t_bits)

/* Arguments and results of functions that are rows, as fmgr.h has them for other types. */
#define DatumGetHeapTupleHeader(X) ((HeapTupleHeader) PG_DETOAST_DATUM(X))
#define DatumGetHeapTupleHeaderCopy(X) ((HeapTupleHeader) PG_DETOAST_DATUM_COPY(X))
#define PG_GETARG_HEAPTUPLEHEADER(n) DatumGetHeapTupleHeader(PG_GETARG_DATUM(n))
#define PG_GETARG_HEAPTUPLEHEADER_COPY(n) DatumGetHeapTupleHeaderCopy(PG_GETARG_DATUM(n))
#define PG_RETURN_HEAPTUPLEHEADER(x) return HeapTupleHeaderGetDatum(x)

#define BITMAPLEN(NATTS) (((int) (NATTS) + 7) / 8)
#define MaxAttrSize (10 * 1024 * 1024)

/* The data of a tuple as a C struct of fixed-width columns. */
#define GETSTRUCT(TUP) ((char *) ((TUP)->t_data) + (TUP)->t_data->t_hoff)

#define HeapTupleIsHeapOnly(tuple) HeapTupleHeaderIsHeapOnly((tuple)->t_data)
#define HeapTupleHasNulls(tuple) (((tuple)->t_data->t_infomask & HEAP_HASNULL) != 0)
#define HeapTupleNoNulls(tuple) (((tuple)->t_data->t_infomask & HEAP_HASNULL) == 0)
#define HeapTupleHasVarWidth(tuple) (((tuple)->t_data->t_infomask & HEAP_HASVARWIDTH) != 0)
#define HeapTupleAllFixed(tuple) (((tuple)->t_data->t_infomask & HEAP_HASVARWIDTH) == 0)
#define HeapTupleHasExternal(tuple) (((tuple)->t_data->t_infomask & HEAP_HASEXTERNAL) != 0)

/* A tuple from one value and one null mark per column, palloc'd as one chunk; freed by heap_freetuple. ERROR 54011 when
 * there are more than MaxTupleAttributeNumber columns. */
extern HeapTuple heap_form_tuple(TupleDesc tupleDescriptor, Datum *values, bool *isnull);
/* A row that is a value may say with which version of its type it was made, as in PostgreSQL from 15.19 on; of types here
 * there are none. ERROR 0A000 for a row that says so, which has to be a module's own. */
extern void heap_datum_check(HeapTupleHeader tup, TupleDesc tupleDesc);
/* The reverse, into arrays of tupleDesc->natts; pointers lead into the tuple. */
extern void heap_deform_tuple(HeapTuple tuple, TupleDesc tupleDesc, Datum *values, bool *isnull);
/* A copy in which the columns marked in doReplace have new values. */
extern HeapTuple heap_modify_tuple(HeapTuple tuple, TupleDesc tupleDesc, Datum *replValues,
								   bool *replIsnull, bool *doReplace);
/* The same for columns given by their numbers. */
extern HeapTuple heap_modify_tuple_by_cols(HeapTuple tuple, TupleDesc tupleDesc, int nCols,
										   int *replCols, Datum *replValues, bool *replIsnull);
extern HeapTuple heap_copytuple(HeapTuple tuple);
/* Fills dest, whose data is palloc'd. */
extern void heap_copytuple_with_tuple(HeapTuple src, HeapTuple dest);
extern void heap_freetuple(HeapTuple htup);
/* A row as a value of composite type. */
extern Datum heap_copy_tuple_as_datum(HeapTuple tuple, TupleDesc tupleDesc);
/* Minimal tuples, palloc'd. */
extern MinimalTuple heap_form_minimal_tuple(TupleDesc tupleDescriptor, Datum *values, bool *isnull);
extern void heap_free_minimal_tuple(MinimalTuple mtup);
extern MinimalTuple heap_copy_minimal_tuple(MinimalTuple mtup);
extern HeapTuple heap_tuple_from_minimal_tuple(MinimalTuple mtup);
extern MinimalTuple minimal_tuple_from_heap_tuple(HeapTuple htup);
/* Bytes of the columns' data, as it lies in a tuple. */
extern Size heap_compute_data_size(TupleDesc tupleDesc, Datum *values, bool *isnull);
extern bool heap_attisnull(HeapTuple tup, int attnum, TupleDesc tupleDesc);

/* The slow paths of heap_getattr: columns behind nulls or values of variable length; columns that the tuple does not have;
 * system columns. */
extern Datum nocachegetattr(HeapTuple tup, int attnum, TupleDesc att);
extern Datum getmissingattr(TupleDesc tupleDesc, int attnum, bool *isnull);
extern Datum heap_getsysattr(HeapTuple tup, int attnum, TupleDesc tupleDesc, bool *isnull);

/* Column attnum (from 1; below 0: system column). The result leads into the tuple. */
static inline Datum
fastgetattr(HeapTuple tup, int attnum, TupleDesc tupleDesc, bool *isnull)
{
	Form_pg_attribute att = TupleDescAttr(tupleDesc, attnum - 1);

	*isnull = HeapTupleHasNulls(tup) && att_isnull(attnum - 1, tup->t_data->t_bits);
	if (*isnull)
		return (Datum) 0;
	if (HeapTupleNoNulls(tup) && att->attcacheoff >= 0)
		return fetchatt(att, GETSTRUCT(tup) + att->attcacheoff);
	return nocachegetattr(tup, attnum, tupleDesc);
}

static inline Datum
heap_getattr(HeapTuple tup, int attnum, TupleDesc tupleDesc, bool *isnull)
{
	if (HeapTupleHeaderIsVersionedDatum(tup->t_data))
		heap_datum_check(tup->t_data, tupleDesc);
	if (attnum <= 0)
		return heap_getsysattr(tup, attnum, tupleDesc, isnull);
	if (attnum > (int) HeapTupleHeaderGetNatts(tup->t_data))
		return getmissingattr(tupleDesc, attnum, isnull);
	return fastgetattr(tup, attnum, tupleDesc, isnull);
}

PG_END_EXTERN_C

#endif /* HTUP_DETAILS_H */
