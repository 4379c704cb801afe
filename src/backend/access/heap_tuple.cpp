/*
 * access/heap_tuple.cpp
 *		Tuples in PostgreSQL's layout: made, taken apart, copied (access/htup_details.h).
 *
 * Any process that runs module code.  A tuple is palloc'd as one chunk: HeapTupleData, then header,
 * null bitmap and data.
 */
#include "access/htup_details.h"

#include <cstring>

#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/memutils.h"

namespace pg
{
namespace
{

Size
data_size(TupleDesc desc, const Datum *values, const bool *isnull)
{
	Size size = 0;

	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);

		if (isnull[i])
			continue;
		if (att->attbyval)
			size = att_align_nominal(size, att->attalign) + static_cast<Size>(att->attlen);
		else
			size = att_addlength_datum(att_align_datum(size, att->attalign, att->attlen, values[i]),
									   att->attlen, values[i]);
	}
	return size;
}

/* Writes the columns' data and null bits; the memory is zeroed. */
void
fill(HeapTupleHeader header, TupleDesc desc, const Datum *values, const bool *isnull)
{
	char *const data = reinterpret_cast<char *>(header) + header->t_hoff;
	Size at = 0;

	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);

		if (isnull[i])
			continue;
		if (header->t_infomask & HEAP_HASNULL)
			header->t_bits[i / 8] |= static_cast<bits8>(1 << (i % 8));
		if (att->attlen < 0)
			header->t_infomask |= HEAP_HASVARWIDTH;
		if (att->attbyval)
		{
			at = att_align_nominal(at, att->attalign);
			store_att_byval(data + at, values[i], att->attlen);
			at += static_cast<Size>(att->attlen);
			continue;
		}
		at = att_align_datum(at, att->attalign, att->attlen, values[i]);

		const Size end = att_addlength_datum(at, att->attlen, values[i]);

		memcpy(data + at, DatumGetPointer(values[i]), end - at);
		at = end;
	}
}

HeapTuple
form_tuple(TupleDesc desc, const Datum *values, const bool *isnull)
{
	const int natts = desc->natts;
	bool has_null = false;

	if (natts > MaxTupleAttributeNumber)
		Raise(
			Report(ERROR, ERRCODE_TOO_MANY_COLUMNS)
				.msg("number of columns (%d) exceeds limit (%d)", natts, MaxTupleAttributeNumber));
	for (int i = 0; i < natts && !has_null; i++)
		has_null = isnull[i];

	const Size hoff =
		MAXALIGN(SizeofHeapTupleHeader + (has_null ? static_cast<Size>(BITMAPLEN(natts)) : 0));
	const Size length = hoff + data_size(desc, values, isnull);
	auto *tuple = static_cast<HeapTuple>(palloc0(HEAPTUPLESIZE + length));

	tuple->t_len = static_cast<uint32>(length);
	ItemPointerSetInvalid(&tuple->t_self);
	tuple->t_tableOid = InvalidOid;
	tuple->t_data =
		reinterpret_cast<HeapTupleHeader>(reinterpret_cast<char *>(tuple) + HEAPTUPLESIZE);
	HeapTupleHeaderSetDatumLength(tuple->t_data, length);
	HeapTupleHeaderSetTypeId(tuple->t_data, desc->tdtypeid);
	HeapTupleHeaderSetTypMod(tuple->t_data, desc->tdtypmod);
	ItemPointerSetInvalid(&tuple->t_data->t_ctid);
	HeapTupleHeaderSetNatts(tuple->t_data, natts);
	tuple->t_data->t_hoff = static_cast<uint8>(hoff);
	if (has_null)
		tuple->t_data->t_infomask |= HEAP_HASNULL;
	fill(tuple->t_data, desc, values, isnull);
	return tuple;
}

/* Walks the columns up to `wanted` (from 0) and returns its value; the column is there and not null. */
Datum
walk_to(HeapTuple tuple, int wanted, TupleDesc desc)
{
	HeapTupleHeader header = tuple->t_data;
	char *const data = reinterpret_cast<char *>(header) + header->t_hoff;
	const bool has_null = HeapTupleHasNulls(tuple);
	Size at = 0;

	for (int i = 0;; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);

		if (has_null && att_isnull(i, header->t_bits))
			continue;
		at = att->attbyval ? att_align_nominal(at, att->attalign)
						   : att_align_pointer(at, att->attalign, att->attlen, data + at);
		if (i == wanted)
			return fetchatt(att, data + at);
		at = att_addlength_pointer(at, att->attlen, data + at);
	}
}

void
deform_tuple(HeapTuple tuple, TupleDesc desc, Datum *values, bool *isnull)
{
	for (int i = 0; i < desc->natts; i++)
		values[i] = heap_getattr(tuple, i + 1, desc, &isnull[i]);
}

} /* namespace */
} /* namespace pg */

HeapTuple
heap_form_tuple(TupleDesc tupleDescriptor, Datum *values, bool *isnull)
{
	return pg::FromC([&] { return pg::form_tuple(tupleDescriptor, values, isnull); });
}

void
heap_deform_tuple(HeapTuple tuple, TupleDesc tupleDesc, Datum *values, bool *isnull)
{
	if (HeapTupleHeaderIsVersionedDatum(tuple->t_data))
		heap_datum_check(tuple->t_data, tupleDesc);
	pg::deform_tuple(tuple, tupleDesc, values, isnull);
}

void
heap_datum_check(HeapTupleHeader tup, TupleDesc)
{
	if (HeapTupleHeaderIsVersionedDatum(tup))
		pg::FromC([] { pg::RaiseNotSupported("a row of a version of its type"); });
}

/* A copy of a tuple with what change(values, nulls) makes of its columns; it keeps the tuple's identity. */
template <typename Change>
static HeapTuple
modified(HeapTuple tuple, TupleDesc desc, Change change)
{
	const Size count = static_cast<Size>(desc->natts);
	auto *values = static_cast<Datum *>(palloc(count * sizeof(Datum)));
	auto *nulls = static_cast<bool *>(palloc(count * sizeof(bool)));

	pg::deform_tuple(tuple, desc, values, nulls);
	change(values, nulls);

	HeapTuple result = pg::form_tuple(desc, values, nulls);

	result->t_self = tuple->t_self;
	result->t_data->t_ctid = tuple->t_data->t_ctid;
	result->t_tableOid = tuple->t_tableOid;
	pfree(values);
	pfree(nulls);
	return result;
}

HeapTuple
heap_modify_tuple(HeapTuple tuple, TupleDesc tupleDesc, Datum *replValues, bool *replIsnull,
				  bool *doReplace)
{
	const auto change = [&](Datum *values, bool *nulls)
	{
		for (int i = 0; i < tupleDesc->natts; i++)
			if (doReplace[i])
			{
				values[i] = replValues[i];
				nulls[i] = replIsnull[i];
			}
	};

	return pg::FromC([&] { return modified(tuple, tupleDesc, change); });
}

HeapTuple
heap_modify_tuple_by_cols(HeapTuple tuple, TupleDesc tupleDesc, int nCols, int *replCols,
						  Datum *replValues, bool *replIsnull)
{
	const auto change = [&](Datum *values, bool *nulls)
	{
		for (int i = 0; i < nCols; i++)
		{
			if (replCols[i] < 1 || replCols[i] > tupleDesc->natts)
				pg::Raise(pg::Report(ERROR).msg("invalid column number %d", replCols[i]));
			values[replCols[i] - 1] = replValues[i];
			nulls[replCols[i] - 1] = replIsnull[i];
		}
	};

	return pg::FromC([&] { return modified(tuple, tupleDesc, change); });
}

void
heap_copytuple_with_tuple(HeapTuple src, HeapTuple dest)
{
	*dest = *src;
	if (src->t_data == nullptr)
		return;
	dest->t_data = static_cast<HeapTupleHeader>(palloc(src->t_len));
	memcpy(static_cast<void *>(dest->t_data), src->t_data, src->t_len);
}

HeapTuple
heap_copytuple(HeapTuple tuple)
{
	if (!HeapTupleIsValid(tuple) || tuple->t_data == nullptr)
		return nullptr;

	auto *copy = static_cast<HeapTuple>(palloc(HEAPTUPLESIZE + tuple->t_len));

	*copy = *tuple;
	copy->t_data =
		reinterpret_cast<HeapTupleHeader>(reinterpret_cast<char *>(copy) + HEAPTUPLESIZE);
	memcpy(static_cast<void *>(copy->t_data), tuple->t_data, tuple->t_len);
	return copy;
}

void
heap_freetuple(HeapTuple htup)
{
	pfree(htup);
}

Datum
heap_copy_tuple_as_datum(HeapTuple tuple, TupleDesc tupleDesc)
{
	auto *copy = static_cast<HeapTupleHeader>(palloc(tuple->t_len));

	memcpy(static_cast<void *>(copy), tuple->t_data, tuple->t_len);
	HeapTupleHeaderSetDatumLength(copy, tuple->t_len);
	HeapTupleHeaderSetTypeId(copy, tupleDesc->tdtypeid);
	HeapTupleHeaderSetTypMod(copy, tupleDesc->tdtypmod);
	return PointerGetDatum(copy);
}

MinimalTuple
heap_form_minimal_tuple(TupleDesc tupleDescriptor, Datum *values, bool *isnull)
{
	return pg::FromC(
		[&]
		{
			HeapTuple tuple = pg::form_tuple(tupleDescriptor, values, isnull);
			MinimalTuple minimal = minimal_tuple_from_heap_tuple(tuple);

			pfree(tuple);
			return minimal;
		});
}

void
heap_free_minimal_tuple(MinimalTuple mtup)
{
	pfree(mtup);
}

MinimalTuple
heap_copy_minimal_tuple(MinimalTuple mtup)
{
	auto *copy = static_cast<MinimalTuple>(palloc(mtup->t_len));

	memcpy(static_cast<void *>(copy), mtup, mtup->t_len);
	return copy;
}

HeapTuple
heap_tuple_from_minimal_tuple(MinimalTuple mtup)
{
	const Size length = mtup->t_len + MINIMAL_TUPLE_OFFSET;
	auto *tuple = static_cast<HeapTuple>(palloc(HEAPTUPLESIZE + length));

	tuple->t_len = static_cast<uint32>(length);
	ItemPointerSetInvalid(&tuple->t_self);
	tuple->t_tableOid = InvalidOid;
	tuple->t_data =
		reinterpret_cast<HeapTupleHeader>(reinterpret_cast<char *>(tuple) + HEAPTUPLESIZE);
	memcpy(reinterpret_cast<char *>(tuple->t_data) + MINIMAL_TUPLE_OFFSET, mtup, mtup->t_len);
	memset(static_cast<void *>(tuple->t_data), 0, offsetof(HeapTupleHeaderData, t_infomask2));
	return tuple;
}

MinimalTuple
minimal_tuple_from_heap_tuple(HeapTuple htup)
{
	const Size length = htup->t_len - MINIMAL_TUPLE_OFFSET;
	auto *minimal = static_cast<MinimalTuple>(palloc(length));

	memcpy(static_cast<void *>(minimal),
		   reinterpret_cast<const char *>(htup->t_data) + MINIMAL_TUPLE_OFFSET, length);
	memset(minimal->mt_padding, 0, sizeof(minimal->mt_padding));
	minimal->t_len = static_cast<uint32>(length);
	return minimal;
}

Size
heap_compute_data_size(TupleDesc tupleDesc, Datum *values, bool *isnull)
{
	return pg::data_size(tupleDesc, values, isnull);
}

bool
heap_attisnull(HeapTuple tup, int attnum, TupleDesc)
{
	if (attnum > static_cast<int>(HeapTupleHeaderGetNatts(tup->t_data)))
		return true;
	return attnum > 0 && HeapTupleHasNulls(tup) && att_isnull(attnum - 1, tup->t_data->t_bits);
}

Datum
nocachegetattr(HeapTuple tup, int attnum, TupleDesc att)
{
	return pg::walk_to(tup, attnum - 1, att);
}

/* Columns that a tuple lacks are null: no description here carries a missing value. */
Datum
getmissingattr(TupleDesc, int, bool *isnull)
{
	*isnull = true;
	return 0;
}

Datum
heap_getsysattr(HeapTuple tup, int attnum, TupleDesc, bool *isnull)
{
	*isnull = false;
	if (attnum == TableOidAttributeNumber)
		return ObjectIdGetDatum(tup->t_tableOid);
	if (attnum == SelfItemPointerAttributeNumber)
		return PointerGetDatum(&tup->t_self);
	return pg::FromC([&]() -> Datum
					 { pg::RaiseNotSupported("system column number " + std::to_string(attnum)); });
}
