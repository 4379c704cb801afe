/*
 * array.h
 *		Arrays as C sees them.
 *
 * An array is one varlena, without pointers:
 *		header, int dims[ndim], int lower bounds[ndim], null bitmap (when dataoffset is not 0), elements
 * Elements follow one another in row-major order, each aligned as its type wants; null elements take no room, a set
 * bit of the bitmap means a value. An array without elements has ndim 0. Layout and names are PostgreSQL 15's. Arrays
 * in expanded form are never made here. elmlen, elmbyval and elmalign are pg_type's typlen, typbyval and typalign.
 *
 * Results are palloc'd in CurrentMemoryContext unless stated. Any process, unless stated.
 */
#ifndef ARRAY_H
#define ARRAY_H

#include "postgres.h"

#include "fmgr.h"

PG_BEGIN_EXTERN_C

#define MAXDIM 6
#define MaxArraySize ((Size) (MaxAllocSize / sizeof(Datum)))

typedef struct ArrayType
{
	int32 vl_len_;	  /* varlena header: only through VARSIZE and SET_VARSIZE */
	int ndim;		  /* number of dimensions, 0 when there are no elements */
	int32 dataoffset; /* where the elements begin, or 0 when there is no null bitmap */
	Oid elemtype;
} ArrayType;

/* What functions take that accept expanded arrays, too: here it is always the flat form. */
typedef union AnyArrayType
{
	ArrayType flt;
} AnyArrayType;

#define DatumGetArrayTypeP(X) ((ArrayType *) PG_DETOAST_DATUM(X))
#define DatumGetArrayTypePCopy(X) ((ArrayType *) PG_DETOAST_DATUM_COPY(X))
#define PG_GETARG_ARRAYTYPE_P(n) DatumGetArrayTypeP(PG_GETARG_DATUM(n))
#define PG_GETARG_ARRAYTYPE_P_COPY(n) DatumGetArrayTypePCopy(PG_GETARG_DATUM(n))
#define PG_RETURN_ARRAYTYPE_P(x) PG_RETURN_POINTER(x)
#define DatumGetAnyArrayP(X) ((AnyArrayType *) PG_DETOAST_DATUM(X))
#define PG_GETARG_ANY_ARRAY_P(n) DatumGetAnyArrayP(PG_GETARG_DATUM(n))

#define ARR_SIZE(a) VARSIZE(a)
#define ARR_NDIM(a) ((a)->ndim)
#define ARR_HASNULL(a) ((a)->dataoffset != 0)
#define ARR_ELEMTYPE(a) ((a)->elemtype)
#define ARR_DIMS(a) ((int *) (((char *) (a)) + sizeof(ArrayType)))
#define ARR_LBOUND(a) ((int *) (((char *) (a)) + sizeof(ArrayType) + sizeof(int) * ARR_NDIM(a)))
#define ARR_NULLBITMAP(a)                                                                 \
	(ARR_HASNULL(a)                                                                       \
		 ? (bits8 *) (((char *) (a)) + sizeof(ArrayType) + 2 * sizeof(int) * ARR_NDIM(a)) \
		 : (bits8 *) NULL)
#define ARR_OVERHEAD_NONULLS(ndims) MAXALIGN(sizeof(ArrayType) + 2 * sizeof(int) * (ndims))
#define ARR_OVERHEAD_WITHNULLS(ndims, nitems) \
	MAXALIGN(sizeof(ArrayType) + 2 * sizeof(int) * (ndims) + ((nitems) + 7) / 8)
#define ARR_DATA_OFFSET(a) \
	(ARR_HASNULL(a) ? (Size) (a)->dataoffset : ARR_OVERHEAD_NONULLS(ARR_NDIM(a)))
#define ARR_DATA_PTR(a) (((char *) (a)) + ARR_DATA_OFFSET(a))

#define AARR_NDIM(a) ARR_NDIM(&(a)->flt)
#define AARR_HASNULL(a) ARR_HASNULL(&(a)->flt)
#define AARR_ELEMTYPE(a) ARR_ELEMTYPE(&(a)->flt)
#define AARR_DIMS(a) ARR_DIMS(&(a)->flt)
#define AARR_LBOUND(a) ARR_LBOUND(&(a)->flt)

/*
 * Making arrays. elems is not changed; nulls may be NULL (none is null). The _md_ form takes dimensions and lower
 * bounds; ERROR 54000 for more than MAXDIM dimensions or too many elements. The builtin form knows the common types.
 */
extern ArrayType *construct_array(Datum *elems, int nelems, Oid elmtype, int elmlen, bool elmbyval,
								  char elmalign);
extern ArrayType *construct_array_builtin(Datum *elems, int nelems, Oid elmtype);
extern ArrayType *construct_md_array(Datum *elems, bool *nulls, int ndims, int *dims, int *lbs,
									 Oid elmtype, int elmlen, bool elmbyval, char elmalign);
extern ArrayType *construct_empty_array(Oid elmtype);

/*
 * The elements of an array as palloc'd Datums, which point into it where they are not passed by value. nullsp may be
 * NULL: then a null element raises ERROR 22004.
 */
extern void deconstruct_array(ArrayType *array, Oid elmtype, int elmlen, bool elmbyval,
							  char elmalign, Datum **elemsp, bool **nullsp, int *nelemsp);
extern void deconstruct_array_builtin(ArrayType *array, Oid elmtype, Datum **elemsp, bool **nullsp,
									  int *nelemsp);
extern bool array_contains_nulls(ArrayType *array);

/*
 * One element, by subscripts. Reading outside of the array gives null. Setting gives a new array; one dimension may
 * grow, others raise ERROR 2202E. arraytyplen is -1 (arrays of fixed length: ERROR 0A000).
 */
extern Datum array_get_element(Datum arraydatum, int nSubscripts, int *indx, int arraytyplen,
							   int elmlen, bool elmbyval, char elmalign, bool *isNull);
extern Datum array_set_element(Datum arraydatum, int nSubscripts, int *indx, Datum dataValue,
							   bool isNull, int arraytyplen, int elmlen, bool elmbyval,
							   char elmalign);
extern Datum array_ref(ArrayType *array, int nSubscripts, int *indx, int arraytyplen, int elmlen,
					   bool elmbyval, char elmalign, bool *isNull);
extern ArrayType *array_set(ArrayType *array, int nSubscripts, int *indx, Datum dataValue,
							bool isNull, int arraytyplen, int elmlen, bool elmbyval, char elmalign);

/* Number of elements, and their place in row-major order; ERROR 54000 for too many elements or bounds too large. */
extern int ArrayGetNItems(int ndim, const int *dims);
extern int ArrayGetOffset(int n, const int *dim, const int *lb, const int *indx);
extern void ArrayCheckBounds(int ndim, const int *dims, const int *lb);

/*
 * Collecting elements. A state is made by the first accumArrayResult (astate NULL) or by initArrayResult; with
 * subcontext true it has a memory context of its own, which makeArrayResult frees. Elements are copied. The Arr forms
 * stack arrays of equal shape to one of a dimension more (ERROR 2202E otherwise); the Any forms do what the type asks for.
 */
typedef struct ArrayBuildState
{
	MemoryContext mcontext;
	Datum *dvalues;
	bool *dnulls;
	int alen;	/* room */
	int nelems; /* used */
	Oid element_type;
	int16 typlen;
	bool typbyval;
	char typalign;
	bool private_cxt;
} ArrayBuildState;

typedef struct ArrayBuildStateArr
{
	ArrayBuildState *elements; /* of all arrays so far */
	int narrays;
	int ndims; /* of one of them */
	int dims[MAXDIM];
	int lbs[MAXDIM];
	Oid array_type;
	Oid element_type;
} ArrayBuildStateArr;

typedef struct ArrayBuildStateAny
{
	ArrayBuildState *scalarstate;
	ArrayBuildStateArr *arraystate;
} ArrayBuildStateAny;

extern ArrayBuildState *initArrayResult(Oid element_type, MemoryContext rcontext, bool subcontext);
extern ArrayBuildState *initArrayResultWithSize(Oid element_type, MemoryContext rcontext,
												bool subcontext, int initsize);
extern ArrayBuildState *accumArrayResult(ArrayBuildState *astate, Datum dvalue, bool disnull,
										 Oid element_type, MemoryContext rcontext);
extern Datum makeArrayResult(ArrayBuildState *astate, MemoryContext rcontext);
extern Datum makeMdArrayResult(ArrayBuildState *astate, int ndims, int *dims, int *lbs,
							   MemoryContext rcontext, bool release);
extern ArrayBuildStateArr *initArrayResultArr(Oid array_type, Oid element_type,
											  MemoryContext rcontext, bool subcontext);
extern ArrayBuildStateArr *accumArrayResultArr(ArrayBuildStateArr *astate, Datum dvalue,
											   bool disnull, Oid array_type,
											   MemoryContext rcontext);
extern Datum makeArrayResultArr(ArrayBuildStateArr *astate, MemoryContext rcontext, bool release);
extern ArrayBuildStateAny *initArrayResultAny(Oid input_type, MemoryContext rcontext,
											  bool subcontext);
extern ArrayBuildStateAny *accumArrayResultAny(ArrayBuildStateAny *astate, Datum dvalue,
											   bool disnull, Oid input_type,
											   MemoryContext rcontext);
extern Datum makeArrayResultAny(ArrayBuildStateAny *astate, MemoryContext rcontext, bool release);

/* What a function may keep of an element type between calls. */
typedef struct ArrayMetaState
{
	Oid element_type;
	int16 typlen;
	bool typbyval;
	char typalign;
	char typdelim;
	Oid typioparam;
	Oid typiofunc;
	FmgrInfo proc;
} ArrayMetaState;

/*
 * Walking through an array: element by element (slice_ndim 0), or in slices of so many of the last dimensions, each an
 * array. array_iterate is false at the end. mstate may be NULL. The array must live as long as the iterator.
 */
typedef struct ArrayIteratorData *ArrayIterator;

extern ArrayIterator array_create_iterator(ArrayType *arr, int slice_ndim, ArrayMetaState *mstate);
extern bool array_iterate(ArrayIterator iterator, Datum *value, bool *isnull);
extern void array_free_iterator(ArrayIterator iterator);

/* The integers of a cstring[] of type modifiers, palloc'd; ERROR 22P02, 2202E, 22004. */
extern int32 *ArrayGetIntegerTypmods(ArrayType *arr, int *n);

PG_END_EXTERN_C

#endif /* ARRAY_H */
