/*
 * utils/adt/array_c.cpp
 *		Arrays for C: making, taking apart, one element, walking through (C API: utils/array.h).
 *
 * Any process that runs modules.  All work on the flat form; see the header for its layout.
 */
#include "utils/array.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "access/tupmacs.h"
#include "catalog/pg_type_d.h"
#include "utils/adt/array_c.h"
#include "utils/adt/registry.h"
#include "utils/error/wall.h"
#include "utils/memutils.h"

namespace pg
{

ElementType
ElementTypeOf(Oid type)
{
	const TypeDef *const def = FindType(type);

	if (def == nullptr)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR).msg("cache lookup failed for type %u", type));
	return {type, def->len, def->by_value, def->align};
}

namespace
{

[[noreturn]] void
raise_subscripts()
{
	Raise(Report(ERROR, ERRCODE_ARRAY_SUBSCRIPT_ERROR).msg("wrong number of array subscripts"));
}

/* Plain forms, since those that are short may be stored anywhere but aligned. */
Datum
plain_value(const ElementType &type, Datum value)
{
	return type.len == -1 ? PointerGetDatum(PG_DETOAST_DATUM(value)) : value;
}

/* Bytes of a value that is stored at offset, which is aligned. */
Size
stored_size(const ElementType &type, Size offset, Datum value)
{
	return type.len > 0 ? static_cast<Size>(type.len)
						: att_addlength_datum(offset, type.len, value) - offset;
}

/* Where the next value may begin. PostgreSQL counts the padding behind the last one, too. */
Size
end_of(const ElementType &type, Size offset, Datum value)
{
	return att_align_nominal(offset + stored_size(type, offset, value), type.align);
}

Size
store(const ElementType &type, char *base, Size offset, Datum value)
{
	if (type.by_value)
		store_att_byval(base + offset, value, type.len);
	else
		std::memcpy(base + offset, DatumGetPointer(value), stored_size(type, offset, value));
	return end_of(type, offset, value);
}

void
check_shape(int ndims, const int *dims, const int *lower)
{
	if (ndims < 0)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("invalid number of dimensions: %d", ndims));
	if (ndims > MAXDIM)
		Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
				  .msg("number of array dimensions (%d) exceeds the maximum allowed (%d)", ndims,
					   MAXDIM));
	ArrayCheckBounds(ndims, dims, lower);
}

} /* namespace */

ArrayType *
MakeArray(const ElementType &type, std::span<const Datum> values, const bool *nulls, int ndims,
		  const int *dims, const int *lower)
{
	check_shape(ndims, dims, lower);

	const int count = ArrayGetNItems(ndims, dims);
	const size_t items = static_cast<size_t>(count);
	const bool has_nulls =
		nulls != nullptr && std::find(nulls, nulls + count, true) != nulls + count;
	std::vector<Datum> plains(items);

	if (count <= 0)
		ndims = 0;

	const Size overhead = has_nulls ? ARR_OVERHEAD_WITHNULLS(static_cast<Size>(ndims), items)
									: ARR_OVERHEAD_NONULLS(static_cast<Size>(ndims));
	Size size = overhead;

	for (size_t i = 0; i < items; i++)
	{
		if (nulls != nullptr && nulls[i])
			continue;
		plains[i] = plain_value(type, values[i]);
		size = end_of(type, size, plains[i]);
		if (!AllocSizeIsValid(size))
			Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
					  .msg("array size exceeds the maximum allowed (%d)",
						   static_cast<int>(MaxAllocSize)));
	}

	auto *const array = static_cast<ArrayType *>(palloc0(size));

	SET_VARSIZE(array, size);
	array->ndim = ndims;
	array->dataoffset = has_nulls ? static_cast<int32>(overhead) : 0;
	array->elemtype = type.oid;
	std::copy_n(dims, ndims, ARR_DIMS(array));
	std::copy_n(lower, ndims, ARR_LBOUND(array));
	size = overhead;
	for (size_t i = 0; i < items; i++)
	{
		if (nulls != nullptr && nulls[i])
			continue;
		size = store(type, reinterpret_cast<char *>(array), size, plains[i]);
		if (has_nulls)
			ARR_NULLBITMAP(array)[i / 8] |= static_cast<bits8>(1 << (i % 8));
	}
	return array;
}

ArrayReader::ArrayReader(ArrayType *array, const ElementType &type)
	: array_(array), type_(type), count_(ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array))),
	  offset_(ARR_DATA_OFFSET(array))
{
}

bool
ArrayReader::next(Datum *value, bool *is_null)
{
	if (at_ >= count_)
		return false;
	const bits8 *const bitmap = ARR_NULLBITMAP(array_);
	char *const base = reinterpret_cast<char *>(array_);

	*is_null = bitmap != nullptr && att_isnull(at_, bitmap);
	at_++;
	*value = 0;
	if (*is_null)
		return true;

	const char *const start =
		base + att_align_pointer(offset_, type_.align, type_.len, base + offset_);

	*value = fetch_att(start, type_.by_value, type_.len);
	offset_ = att_addlength_pointer(static_cast<Size>(start - base), type_.len, start);
	return true;
}

} /* namespace pg */

using namespace pg;

/* ---- Making and taking apart ---- */

static ArrayType *
construct(const ElementType &type, Datum *elems, int nelems)
{
	const int lower = 1;

	return FromC(
		[&]
		{
			return MakeArray(type, {elems, static_cast<size_t>(nelems)}, nullptr,
							 nelems > 0 ? 1 : 0, &nelems, &lower);
		});
}

ArrayType *
construct_array(Datum *elems, int nelems, Oid elmtype, int elmlen, bool elmbyval, char elmalign)
{
	return construct({elmtype, static_cast<int16>(elmlen), elmbyval, elmalign}, elems, nelems);
}

ArrayType *
construct_array_builtin(Datum *elems, int nelems, Oid elmtype)
{
	const ElementType type = FromC([&] { return ElementTypeOf(elmtype); });

	return construct(type, elems, nelems);
}

ArrayType *
construct_md_array(Datum *elems, bool *nulls, int ndims, int *dims, int *lbs, Oid elmtype,
				   int elmlen, bool elmbyval, char elmalign)
{
	const ElementType type{elmtype, static_cast<int16>(elmlen), elmbyval, elmalign};

	return FromC(
		[&]
		{
			check_shape(ndims, dims, lbs);
			return MakeArray(type, {elems, static_cast<size_t>(ArrayGetNItems(ndims, dims))}, nulls,
							 ndims, dims, lbs);
		});
}

ArrayType *
construct_empty_array(Oid elmtype)
{
	auto *const array = static_cast<ArrayType *>(palloc0(sizeof(ArrayType)));

	SET_VARSIZE(array, sizeof(ArrayType));
	array->elemtype = elmtype;
	return array;
}

static void
deconstruct(ArrayType *array, const ElementType &type, Datum **elemsp, bool **nullsp, int *nelemsp)
{
	ArrayReader reader(array, type);
	const Size room = static_cast<Size>(std::max(reader.count(), 1));
	auto *const values = static_cast<Datum *>(palloc(room * sizeof(Datum)));
	bool *const nulls = nullsp == nullptr ? nullptr : static_cast<bool *>(palloc(room));
	bool is_null;

	for (int i = 0; reader.next(&values[i], &is_null); i++)
	{
		if (nulls != nullptr)
			nulls[i] = is_null;
		else if (is_null)
			Raise(Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED)
					  .msg("null array element not allowed in this context"));
	}
	*elemsp = values;
	if (nullsp != nullptr)
		*nullsp = nulls;
	*nelemsp = reader.count();
}

void
deconstruct_array(ArrayType *array, Oid elmtype, int elmlen, bool elmbyval, char elmalign,
				  Datum **elemsp, bool **nullsp, int *nelemsp)
{
	const ElementType type{elmtype, static_cast<int16>(elmlen), elmbyval, elmalign};

	FromC([&] { deconstruct(array, type, elemsp, nullsp, nelemsp); });
}

void
deconstruct_array_builtin(ArrayType *array, Oid elmtype, Datum **elemsp, bool **nullsp,
						  int *nelemsp)
{
	FromC([&] { deconstruct(array, ElementTypeOf(elmtype), elemsp, nullsp, nelemsp); });
}

bool
array_contains_nulls(ArrayType *array)
{
	const bits8 *const bitmap = ARR_NULLBITMAP(array);
	const int count = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));

	for (int i = 0; bitmap != nullptr && i < count; i++)
		if (att_isnull(i, bitmap))
			return true;
	return false;
}

/* ---- Shapes ---- */

int
ArrayGetNItems(int ndim, const int *dims)
{
	int64 count = ndim > 0 ? 1 : 0;

	for (int i = 0; i < ndim; i++)
	{
		count = dims[i] < 0 ? -1 : count * dims[i];
		if (count < 0 || count > static_cast<int64>(MaxArraySize))
			FromC(
				[]
				{
					Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
							  .msg("array size exceeds the maximum allowed (%d)",
								   static_cast<int>(MaxArraySize)));
				});
	}
	return static_cast<int>(count);
}

int
ArrayGetOffset(int n, const int *dim, const int *lb, const int *indx)
{
	int offset = 0;

	for (int i = 0; i < n; i++)
		offset = offset * dim[i] + indx[i] - lb[i];
	return offset;
}

void
ArrayCheckBounds(int ndim, const int *dims, const int *lb)
{
	for (int i = 0; i < ndim; i++)
	{
		int end;

		if (__builtin_add_overflow(dims[i], lb[i], &end))
			FromC(
				[&]
				{
					Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
							  .msg("array lower bound is too large: %d", lb[i]));
				});
	}
}

int32 *
ArrayGetIntegerTypmods(ArrayType *arr, int *n)
{
	return FromC(
		[&]
		{
			Datum *texts;

			if (ARR_ELEMTYPE(arr) != CSTRINGOID)
				Raise(Report(ERROR, ERRCODE_ARRAY_ELEMENT_ERROR)
						  .msg("typmod array must be type cstring[]"));
			if (ARR_NDIM(arr) != 1)
				Raise(Report(ERROR, ERRCODE_ARRAY_SUBSCRIPT_ERROR)
						  .msg("typmod array must be one-dimensional"));
			deconstruct(arr, ElementTypeOf(CSTRINGOID), &texts, nullptr, n);

			auto *const result =
				static_cast<int32 *>(palloc(static_cast<Size>(*n) * sizeof(int32)));

			for (int i = 0; i < *n; i++)
			{
				std::string scratch;

				result[i] = static_cast<int32>(
					ValueIn(INT4OID, DatumGetCString(texts[i]), -1, &scratch).integer);
			}
			return result;
		});
}

/* ---- One element ---- */

/* Place of an element, or -1 outside of the array. */
static int
place_in(ArrayType *array, int count, const int *indices)
{
	if (count != ARR_NDIM(array) || count <= 0)
		return -1;
	for (int i = 0; i < count; i++)
		if (indices[i] < ARR_LBOUND(array)[i] ||
			indices[i] >= ARR_LBOUND(array)[i] + ARR_DIMS(array)[i])
			return -1;
	return ArrayGetOffset(count, ARR_DIMS(array), ARR_LBOUND(array), indices);
}

static void
refuse_fixed_length(int arraytyplen)
{
	if (arraytyplen > 0)
		RaiseNotSupported("an element of an array of fixed length");
}

Datum
array_get_element(Datum arraydatum, int nSubscripts, int *indx, int arraytyplen, int elmlen,
				  bool elmbyval, char elmalign, bool *isNull)
{
	return FromC(
		[&]
		{
			refuse_fixed_length(arraytyplen);

			ArrayType *const array = DatumGetArrayTypeP(arraydatum);
			const int place = place_in(array, nSubscripts, indx);
			ArrayReader reader(
				array, {ARR_ELEMTYPE(array), static_cast<int16>(elmlen), elmbyval, elmalign});
			Datum value = 0;

			*isNull = true;
			for (int i = 0; i <= place; i++)
				reader.next(&value, isNull);
			return value;
		});
}

/* An array of one dimension that holds both its elements and the new place. */
static ArrayType *
set_growing(ArrayType *array, const ElementType &type, int index, Datum value, bool is_null)
{
	const int old_lower = ARR_NDIM(array) == 0 ? index : ARR_LBOUND(array)[0];
	const int old_count = ARR_NDIM(array) == 0 ? 0 : ARR_DIMS(array)[0];
	const int lower = std::min(old_lower, index);
	const int64 end = std::max<int64>(static_cast<int64>(old_lower) + old_count, index + int64{1});

	if (end - lower > static_cast<int64>(MaxArraySize))
		Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
				  .msg("array size exceeds the maximum allowed (%d)",
					   static_cast<int>(MaxArraySize)));

	const int count = static_cast<int>(end - lower);
	std::vector<Datum> values(static_cast<size_t>(count));
	const std::unique_ptr<bool[]> nulls(new bool[static_cast<size_t>(count)]);
	ArrayReader reader(array, type);

	std::fill_n(nulls.get(), count, true);
	for (int i = old_lower - lower; i < old_lower - lower + old_count; i++)
		reader.next(&values[static_cast<size_t>(i)], &nulls[static_cast<size_t>(i)]);
	values[static_cast<size_t>(index - lower)] = value;
	nulls[static_cast<size_t>(index - lower)] = is_null;
	return MakeArray(type, values, nulls.get(), 1, &count, &lower);
}

static ArrayType *
set_within(ArrayType *array, const ElementType &type, int place, Datum value, bool is_null)
{
	Datum *values;
	bool *nulls;
	int count;

	deconstruct(array, type, &values, &nulls, &count);
	values[place] = value;
	nulls[place] = is_null;
	return MakeArray(type, {values, static_cast<size_t>(count)}, nulls, ARR_NDIM(array),
					 ARR_DIMS(array), ARR_LBOUND(array));
}

static ArrayType *
set_array_element(ArrayType *array, const ElementType &type, int count, const int *indices,
				  Datum value, bool is_null)
{
	if (count <= 0 || count > MAXDIM || (ARR_NDIM(array) != 0 && ARR_NDIM(array) != count))
		raise_subscripts();
	if (const int place = place_in(array, count, indices); place >= 0)
		return set_within(array, type, place, value, is_null);
	if (count == 1)
		return set_growing(array, type, indices[0], value, is_null);
	if (ARR_NDIM(array) != 0)
		Raise(Report(ERROR, ERRCODE_ARRAY_SUBSCRIPT_ERROR).msg("array subscript out of range"));

	/* An empty array becomes one of this element. */
	const int ones[MAXDIM] = {1, 1, 1, 1, 1, 1};

	return MakeArray(type, {&value, 1}, &is_null, count, ones, indices);
}

Datum
array_set_element(Datum arraydatum, int nSubscripts, int *indx, Datum dataValue, bool isNull,
				  int arraytyplen, int elmlen, bool elmbyval, char elmalign)
{
	return FromC(
		[&]
		{
			refuse_fixed_length(arraytyplen);

			ArrayType *const array = DatumGetArrayTypeP(arraydatum);

			return PointerGetDatum(set_array_element(
				array, {ARR_ELEMTYPE(array), static_cast<int16>(elmlen), elmbyval, elmalign},
				nSubscripts, indx, dataValue, isNull));
		});
}

Datum
array_ref(ArrayType *array, int nSubscripts, int *indx, int arraytyplen, int elmlen, bool elmbyval,
		  char elmalign, bool *isNull)
{
	return array_get_element(PointerGetDatum(array), nSubscripts, indx, arraytyplen, elmlen,
							 elmbyval, elmalign, isNull);
}

ArrayType *
array_set(ArrayType *array, int nSubscripts, int *indx, Datum dataValue, bool isNull,
		  int arraytyplen, int elmlen, bool elmbyval, char elmalign)
{
	return DatumGetArrayTypeP(array_set_element(PointerGetDatum(array), nSubscripts, indx,
												dataValue, isNull, arraytyplen, elmlen, elmbyval,
												elmalign));
}

/* ---- Walking ---- */

struct ArrayIteratorData
{
	ElementType type;
	ArrayReader reader;
	ArrayType *array;
	int slice_dimensions;
	int slice_size; /* elements of one slice */
	Datum *values;	/* room for one slice */
	bool *nulls;
};

static_assert(std::is_trivially_destructible_v<ArrayIteratorData>);

static ElementType
type_told(ArrayType *array, const ArrayMetaState *mstate)
{
	if (mstate == nullptr)
		return ElementTypeOf(ARR_ELEMTYPE(array));
	return {ARR_ELEMTYPE(array), mstate->typlen, mstate->typbyval, mstate->typalign};
}

ArrayIterator
array_create_iterator(ArrayType *arr, int slice_ndim, ArrayMetaState *mstate)
{
	return FromC(
		[&]
		{
			if (slice_ndim < 0 || slice_ndim > ARR_NDIM(arr))
				Raise(Report(ERROR).msg("invalid arguments to array_create_iterator"));

			const ElementType type = type_told(arr, mstate);
			void *const memory = palloc(sizeof(ArrayIteratorData));
			auto *const iterator = new (memory) ArrayIteratorData{
				type, ArrayReader(arr, type), arr, slice_ndim, 1, nullptr, nullptr};

			if (slice_ndim > 0)
			{
				iterator->slice_size =
					ArrayGetNItems(slice_ndim, ARR_DIMS(arr) + ARR_NDIM(arr) - slice_ndim);

				const Size room = static_cast<Size>(iterator->slice_size);

				iterator->values = static_cast<Datum *>(palloc(room * sizeof(Datum)));
				iterator->nulls = static_cast<bool *>(palloc(room));
			}
			return iterator;
		});
}

bool
array_iterate(ArrayIterator iterator, Datum *value, bool *isnull)
{
	if (iterator->slice_dimensions == 0)
		return iterator->reader.next(value, isnull);
	return FromC(
		[&]
		{
			ArrayType *const array = iterator->array;
			const int first = ARR_NDIM(array) - iterator->slice_dimensions;

			for (int i = 0; i < iterator->slice_size; i++)
				if (!iterator->reader.next(&iterator->values[i], &iterator->nulls[i]))
					return false;
			if (iterator->slice_size == 0)
				return false;
			*isnull = false;
			*value = PointerGetDatum(MakeArray(
				iterator->type, {iterator->values, static_cast<size_t>(iterator->slice_size)},
				iterator->nulls, iterator->slice_dimensions, ARR_DIMS(array) + first,
				ARR_LBOUND(array) + first));
			return true;
		});
}

void
array_free_iterator(ArrayIterator iterator)
{
	if (iterator->values != nullptr)
	{
		pfree(iterator->values);
		pfree(iterator->nulls);
	}
	pfree(iterator);
}
