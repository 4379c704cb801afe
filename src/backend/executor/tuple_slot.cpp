/*
 * executor/tuple_slot.cpp
 *		Slots: the three forms in which they hold a row (executor/tuptable.h).
 *
 * Any process that runs module code.  What a kind of slot does is in its table of functions; the rest
 * is the same for all.  Columns of tuples are always taken out from the first on.
 */
#include "executor/tuptable.h"

#include <cstring>

#include "access/tableam.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/memutils.h"
#include "utils/mmgr/memory.h"
#include "utils/rel.h"

namespace pg
{
namespace
{

VirtualTupleTableSlot *
as_virtual(TupleTableSlot *slot)
{
	return reinterpret_cast<VirtualTupleTableSlot *>(slot);
}

HeapTupleTableSlot *
as_heap(TupleTableSlot *slot)
{
	return reinterpret_cast<HeapTupleTableSlot *>(slot);
}

MinimalTupleTableSlot *
as_minimal(TupleTableSlot *slot)
{
	return reinterpret_cast<MinimalTupleTableSlot *>(slot);
}

void
mark_empty(TupleTableSlot *slot)
{
	slot->tts_nvalid = 0;
	slot->tts_flags = static_cast<uint16>((slot->tts_flags | TTS_FLAG_EMPTY) &
										  ~(TTS_FLAG_SHOULDFREE | TTS_FLAG_SLOW));
	ItemPointerSetInvalid(&slot->tts_tid);
}

void
mark_full(TupleTableSlot *slot, bool should_free)
{
	slot->tts_nvalid = 0;
	slot->tts_flags =
		static_cast<uint16>(slot->tts_flags & ~(TTS_FLAG_EMPTY | TTS_FLAG_SHOULDFREE));
	if (should_free)
		slot->tts_flags |= TTS_FLAG_SHOULDFREE;
}

[[noreturn]] void
raise_kind(const char *what)
{
	Raise(Report(ERROR).msg("%s", what));
}

/* Columns of a tuple up to natts. */
void
take_columns(TupleTableSlot *slot, HeapTuple tuple, int natts)
{
	const int there = static_cast<int>(HeapTupleHeaderGetNatts(tuple->t_data));

	for (int i = slot->tts_nvalid; i < natts && i < there; i++)
		slot->tts_values[i] =
			heap_getattr(tuple, i + 1, slot->tts_tupleDescriptor, &slot->tts_isnull[i]);
	if (natts > there)
		slot_getmissingattrs(slot, std::max<int>(slot->tts_nvalid, there), natts);
	slot->tts_nvalid = static_cast<AttrNumber>(natts);
}

/* ---- Virtual ---- */

void
virtual_init(TupleTableSlot *)
{
}

void
virtual_clear(TupleTableSlot *slot)
{
	if (TTS_SHOULDFREE(slot))
		pfree(as_virtual(slot)->data);
	as_virtual(slot)->data = nullptr;
	mark_empty(slot);
}

void
virtual_get(TupleTableSlot *, int)
{
	FromC(
		[]
		{ raise_kind("getsomeattrs is not required to be called on a virtual tuple table slot"); });
}

Datum
no_system_column(TupleTableSlot *, int, bool *)
{
	return FromC(
		[]() -> Datum
		{
			Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
					  .msg("cannot retrieve a system column in this context"));
		});
}

/* Copies the values that lie elsewhere into one chunk of the slot's own. */
void
virtual_materialize(TupleTableSlot *slot)
{
	TupleDesc desc = slot->tts_tupleDescriptor;
	Size size = 0;
	const auto lies_elsewhere = [&](int i)
	{ return !TupleDescAttr(desc, i)->attbyval && !slot->tts_isnull[i]; };
	const auto place = [&](Size at, int i)
	{ return att_align_nominal(at, TupleDescAttr(desc, i)->attalign); };

	if (TTS_SHOULDFREE(slot))
		return;
	for (int i = 0; i < desc->natts; i++)
		if (lies_elsewhere(i))
			size = att_addlength_datum(place(size, i), TupleDescAttr(desc, i)->attlen,
									   slot->tts_values[i]);
	if (size == 0)
		return;

	char *const data = static_cast<char *>(MemoryContextAlloc(slot->tts_mcxt, size));
	Size at = 0;

	for (int i = 0; i < desc->natts; i++)
	{
		if (!lies_elsewhere(i))
			continue;
		at = place(at, i);

		const Size end =
			att_addlength_datum(at, TupleDescAttr(desc, i)->attlen, slot->tts_values[i]);

		memcpy(data + at, DatumGetPointer(slot->tts_values[i]), end - at);
		slot->tts_values[i] = PointerGetDatum(data + at);
		at = end;
	}
	as_virtual(slot)->data = data;
	slot->tts_flags |= TTS_FLAG_SHOULDFREE;
}

void
virtual_copy(TupleTableSlot *to, TupleTableSlot *from)
{
	const auto count = static_cast<size_t>(from->tts_tupleDescriptor->natts);

	ExecClearTuple(to);
	slot_getallattrs(from);
	memcpy(to->tts_values, from->tts_values, count * sizeof(Datum));
	memcpy(to->tts_isnull, from->tts_isnull, count * sizeof(bool));
	ExecStoreVirtualTuple(to);
	virtual_materialize(to);
}

HeapTuple
virtual_copy_heap(TupleTableSlot *slot)
{
	return heap_form_tuple(slot->tts_tupleDescriptor, slot->tts_values, slot->tts_isnull);
}

MinimalTuple
virtual_copy_minimal(TupleTableSlot *slot)
{
	return heap_form_minimal_tuple(slot->tts_tupleDescriptor, slot->tts_values, slot->tts_isnull);
}

/* ---- Heap tuples ---- */

void
heap_clear(TupleTableSlot *slot)
{
	if (TTS_SHOULDFREE(slot))
		heap_freetuple(as_heap(slot)->tuple);
	as_heap(slot)->tuple = nullptr;
	as_heap(slot)->off = 0;
	mark_empty(slot);
}

void
heap_get(TupleTableSlot *slot, int natts)
{
	take_columns(slot, as_heap(slot)->tuple, natts);
}

Datum
heap_system_column(TupleTableSlot *slot, int attnum, bool *isnull)
{
	if (as_heap(slot)->tuple == nullptr)
		return no_system_column(slot, attnum, isnull);
	return heap_getsysattr(as_heap(slot)->tuple, attnum, slot->tts_tupleDescriptor, isnull);
}

void
heap_hold(TupleTableSlot *slot, HeapTuple tuple, bool should_free)
{
	heap_clear(slot);
	as_heap(slot)->tuple = tuple;
	mark_full(slot, should_free);
	slot->tts_tid = tuple->t_self;
	if (OidIsValid(tuple->t_tableOid))
		slot->tts_tableOid = tuple->t_tableOid;
}

/* The slot's own copy: of the tuple that it has, or of the values that the caller wrote into it. */
void
heap_materialize(TupleTableSlot *slot)
{
	if (TTS_SHOULDFREE(slot))
		return;

	const MemoryContextScope scope(slot->tts_mcxt);
	HeapTuple copy =
		as_heap(slot)->tuple != nullptr
			? heap_copytuple(as_heap(slot)->tuple)
			: heap_form_tuple(slot->tts_tupleDescriptor, slot->tts_values, slot->tts_isnull);

	as_heap(slot)->tuple = copy;
	slot->tts_nvalid = 0;
	slot->tts_flags |= TTS_FLAG_SHOULDFREE;
}

HeapTuple
heap_of(TupleTableSlot *slot)
{
	if (as_heap(slot)->tuple == nullptr)
		heap_materialize(slot);
	return as_heap(slot)->tuple;
}

void
heap_copy(TupleTableSlot *to, TupleTableSlot *from)
{
	HeapTuple tuple;
	{
		const MemoryContextScope scope(to->tts_mcxt);

		tuple = ExecCopySlotHeapTuple(from);
	}
	heap_hold(to, tuple, true);
}

HeapTuple
heap_copy_heap(TupleTableSlot *slot)
{
	return heap_copytuple(heap_of(slot));
}

MinimalTuple
heap_copy_minimal(TupleTableSlot *slot)
{
	return minimal_tuple_from_heap_tuple(heap_of(slot));
}

/* ---- Minimal tuples ---- */

void
minimal_clear(TupleTableSlot *slot)
{
	if (TTS_SHOULDFREE(slot))
		heap_free_minimal_tuple(as_minimal(slot)->mintuple);
	as_minimal(slot)->mintuple = nullptr;
	as_minimal(slot)->off = 0;
	mark_empty(slot);
}

void
minimal_init(TupleTableSlot *slot)
{
	as_minimal(slot)->tuple = &as_minimal(slot)->minhdr;
}

void
minimal_point(TupleTableSlot *slot, MinimalTuple tuple)
{
	MinimalTupleTableSlot &own = *as_minimal(slot);

	own.mintuple = tuple;
	own.minhdr.t_len = tuple->t_len + MINIMAL_TUPLE_OFFSET;
	own.minhdr.t_data =
		reinterpret_cast<HeapTupleHeader>(reinterpret_cast<char *>(tuple) - MINIMAL_TUPLE_OFFSET);
}

void
minimal_hold(TupleTableSlot *slot, MinimalTuple tuple, bool should_free)
{
	minimal_clear(slot);
	mark_full(slot, should_free);
	minimal_point(slot, tuple);
}

void
minimal_get(TupleTableSlot *slot, int natts)
{
	take_columns(slot, as_minimal(slot)->tuple, natts);
}

void
minimal_materialize(TupleTableSlot *slot)
{
	if (TTS_SHOULDFREE(slot))
		return;

	const MemoryContextScope scope(slot->tts_mcxt);
	MinimalTuple const own = as_minimal(slot)->mintuple;

	minimal_point(slot, own != nullptr
							? heap_copy_minimal_tuple(own)
							: heap_form_minimal_tuple(slot->tts_tupleDescriptor, slot->tts_values,
													  slot->tts_isnull));
	slot->tts_nvalid = 0;
	slot->tts_flags |= TTS_FLAG_SHOULDFREE;
}

MinimalTuple
minimal_of(TupleTableSlot *slot)
{
	if (as_minimal(slot)->mintuple == nullptr)
		minimal_materialize(slot);
	return as_minimal(slot)->mintuple;
}

void
minimal_copy(TupleTableSlot *to, TupleTableSlot *from)
{
	MinimalTuple tuple;
	{
		const MemoryContextScope scope(to->tts_mcxt);

		tuple = ExecCopySlotMinimalTuple(from);
	}
	minimal_hold(to, tuple, true);
}

HeapTuple
minimal_copy_heap(TupleTableSlot *slot)
{
	return heap_tuple_from_minimal_tuple(minimal_of(slot));
}

MinimalTuple
minimal_copy_minimal(TupleTableSlot *slot)
{
	return heap_copy_minimal_tuple(minimal_of(slot));
}

/* ---- All kinds ---- */

TupleTableSlot *
make_slot(TupleDesc desc, const TupleTableSlotOps *ops)
{
	const Size base = MAXALIGN(ops->base_slot_size);
	const Size count = desc != nullptr ? static_cast<Size>(desc->natts) : 0;
	auto *const slot = static_cast<TupleTableSlot *>(
		palloc0(base + MAXALIGN(count * sizeof(Datum)) + count * sizeof(bool)));

	slot->tts_ops = ops;
	slot->tts_flags = TTS_FLAG_EMPTY;
	slot->tts_tupleDescriptor = desc;
	slot->tts_mcxt = CurrentMemoryContext;
	ItemPointerSetInvalid(&slot->tts_tid);
	if (desc != nullptr)
	{
		char *const data = reinterpret_cast<char *>(slot);

		slot->tts_flags |= TTS_FLAG_FIXED;
		slot->tts_values = reinterpret_cast<Datum *>(data + base);
		slot->tts_isnull = reinterpret_cast<bool *>(data + base + MAXALIGN(count * sizeof(Datum)));
	}
	ops->init(slot);
	return slot;
}

TupleTableSlot *
store_columns(TupleTableSlot *slot, HeapTuple tuple)
{
	ExecClearTuple(slot);
	heap_deform_tuple(tuple, slot->tts_tupleDescriptor, slot->tts_values, slot->tts_isnull);
	return ExecStoreVirtualTuple(slot);
}

} /* namespace */
} /* namespace pg */

const TupleTableSlotOps TTSOpsVirtual = {sizeof(VirtualTupleTableSlot),
										 pg::virtual_init,
										 pg::virtual_init,
										 pg::virtual_clear,
										 pg::virtual_get,
										 pg::no_system_column,
										 pg::virtual_materialize,
										 pg::virtual_copy,
										 nullptr,
										 nullptr,
										 pg::virtual_copy_heap,
										 pg::virtual_copy_minimal};

const TupleTableSlotOps TTSOpsHeapTuple = {sizeof(HeapTupleTableSlot),
										   pg::virtual_init,
										   pg::virtual_init,
										   pg::heap_clear,
										   pg::heap_get,
										   pg::heap_system_column,
										   pg::heap_materialize,
										   pg::heap_copy,
										   pg::heap_of,
										   nullptr,
										   pg::heap_copy_heap,
										   pg::heap_copy_minimal};

const TupleTableSlotOps TTSOpsBufferHeapTuple = {sizeof(BufferHeapTupleTableSlot),
												 pg::virtual_init,
												 pg::virtual_init,
												 pg::heap_clear,
												 pg::heap_get,
												 pg::heap_system_column,
												 pg::heap_materialize,
												 pg::heap_copy,
												 pg::heap_of,
												 nullptr,
												 pg::heap_copy_heap,
												 pg::heap_copy_minimal};

const TupleTableSlotOps TTSOpsMinimalTuple = {sizeof(MinimalTupleTableSlot),
											  pg::minimal_init,
											  pg::virtual_init,
											  pg::minimal_clear,
											  pg::minimal_get,
											  pg::no_system_column,
											  pg::minimal_materialize,
											  pg::minimal_copy,
											  nullptr,
											  pg::minimal_of,
											  pg::minimal_copy_heap,
											  pg::minimal_copy_minimal};

TupleTableSlot *
MakeTupleTableSlot(TupleDesc tupleDesc, const TupleTableSlotOps *tts_ops)
{
	return pg::FromC([&] { return pg::make_slot(tupleDesc, tts_ops); });
}

TupleTableSlot *
MakeSingleTupleTableSlot(TupleDesc tupdesc, const TupleTableSlotOps *tts_ops)
{
	return MakeTupleTableSlot(tupdesc, tts_ops);
}

TupleTableSlot *
table_slot_create(Relation rel, List **reglist)
{
	return pg::FromC(
		[&]
		{
			TupleTableSlot *const slot = pg::make_slot(RelationGetDescr(rel), &TTSOpsHeapTuple);

			if (reglist != nullptr)
				*reglist = lappend(*reglist, slot);
			return slot;
		});
}

void
ExecDropSingleTupleTableSlot(TupleTableSlot *slot)
{
	ExecClearTuple(slot);
	slot->tts_ops->release(slot);
	if (!TTS_FIXED(slot) && slot->tts_values != nullptr)
	{
		pfree(slot->tts_values);
		pfree(slot->tts_isnull);
	}
	pfree(slot);
}

void
ExecSetSlotDescriptor(TupleTableSlot *slot, TupleDesc tupdesc)
{
	pg::FromC(
		[&]
		{
			const Size count = static_cast<Size>(tupdesc->natts);

			if (TTS_FIXED(slot))
				pg::raise_kind("the columns of this slot are fixed");
			ExecClearTuple(slot);
			if (slot->tts_values != nullptr)
			{
				pfree(slot->tts_values);
				pfree(slot->tts_isnull);
			}
			slot->tts_tupleDescriptor = tupdesc;
			slot->tts_values =
				static_cast<Datum *>(MemoryContextAlloc(slot->tts_mcxt, count * sizeof(Datum)));
			slot->tts_isnull =
				static_cast<bool *>(MemoryContextAlloc(slot->tts_mcxt, count * sizeof(bool)));
		});
}

TupleTableSlot *
ExecStoreHeapTuple(HeapTuple tuple, TupleTableSlot *slot, bool shouldFree)
{
	return pg::FromC(
		[&]
		{
			if (!TTS_IS_HEAPTUPLE(slot) && !TTS_IS_BUFFERTUPLE(slot))
				pg::raise_kind("trying to store a heap tuple into wrong type of slot");
			pg::heap_hold(slot, tuple, shouldFree);
			return slot;
		});
}

TupleTableSlot *
ExecStoreMinimalTuple(MinimalTuple mtup, TupleTableSlot *slot, bool shouldFree)
{
	return pg::FromC(
		[&]
		{
			if (!TTS_IS_MINIMALTUPLE(slot))
				pg::raise_kind("trying to store a minimal tuple into wrong type of slot");
			pg::minimal_hold(slot, mtup, shouldFree);
			return slot;
		});
}

void
ExecForceStoreHeapTuple(HeapTuple tuple, TupleTableSlot *slot, bool shouldFree)
{
	if (TTS_IS_HEAPTUPLE(slot) || TTS_IS_BUFFERTUPLE(slot))
	{
		ExecStoreHeapTuple(tuple, slot, shouldFree);
		return;
	}
	pg::FromC(
		[&]
		{
			pg::store_columns(slot, tuple);
			ExecMaterializeSlot(slot);
			if (shouldFree)
				heap_freetuple(tuple);
		});
}

void
ExecForceStoreMinimalTuple(MinimalTuple mtup, TupleTableSlot *slot, bool shouldFree)
{
	if (TTS_IS_MINIMALTUPLE(slot))
	{
		ExecStoreMinimalTuple(mtup, slot, shouldFree);
		return;
	}
	pg::FromC(
		[&]
		{
			HeapTuple tuple;
			{
				const pg::MemoryContextScope scope(slot->tts_mcxt);

				tuple = heap_tuple_from_minimal_tuple(mtup);
			}
			ExecForceStoreHeapTuple(tuple, slot, true);
			if (shouldFree)
				heap_free_minimal_tuple(mtup);
		});
}

void
ExecStoreHeapTupleDatum(Datum data, TupleTableSlot *slot)
{
	HeapTupleData tuple;

	tuple.t_data = reinterpret_cast<HeapTupleHeader>(DatumGetPointer(data));
	tuple.t_len = HeapTupleHeaderGetDatumLength(tuple.t_data);
	tuple.t_tableOid = InvalidOid;
	ItemPointerSetInvalid(&tuple.t_self);
	pg::store_columns(slot, &tuple);
}

TupleTableSlot *
ExecStoreVirtualTuple(TupleTableSlot *slot)
{
	slot->tts_flags = static_cast<uint16>(slot->tts_flags & ~TTS_FLAG_EMPTY);
	slot->tts_nvalid = static_cast<AttrNumber>(slot->tts_tupleDescriptor->natts);
	return slot;
}

TupleTableSlot *
ExecStoreAllNullTuple(TupleTableSlot *slot)
{
	const auto count = static_cast<size_t>(slot->tts_tupleDescriptor->natts);

	ExecClearTuple(slot);
	memset(slot->tts_values, 0, count * sizeof(Datum));
	memset(slot->tts_isnull, true, count * sizeof(bool));
	return ExecStoreVirtualTuple(slot);
}

HeapTuple
ExecFetchSlotHeapTuple(TupleTableSlot *slot, bool materialize, bool *shouldFree)
{
	const bool own = slot->tts_ops->get_heap_tuple != nullptr;

	if (materialize)
		ExecMaterializeSlot(slot);
	if (shouldFree != nullptr)
		*shouldFree = !own;
	return own ? slot->tts_ops->get_heap_tuple(slot) : slot->tts_ops->copy_heap_tuple(slot);
}

MinimalTuple
ExecFetchSlotMinimalTuple(TupleTableSlot *slot, bool *shouldFree)
{
	const bool own = slot->tts_ops->get_minimal_tuple != nullptr;

	if (shouldFree != nullptr)
		*shouldFree = !own;
	return own ? slot->tts_ops->get_minimal_tuple(slot) : slot->tts_ops->copy_minimal_tuple(slot);
}

Datum
ExecFetchSlotHeapTupleDatum(TupleTableSlot *slot)
{
	bool should_free;
	HeapTuple tuple = ExecFetchSlotHeapTuple(slot, false, &should_free);
	const Datum result = heap_copy_tuple_as_datum(tuple, slot->tts_tupleDescriptor);

	if (should_free)
		heap_freetuple(tuple);
	return result;
}

void
slot_getsomeattrs_int(TupleTableSlot *slot, int attnum)
{
	pg::FromC(
		[&]
		{
			if (attnum > slot->tts_tupleDescriptor->natts)
				pg::Raise(pg::Report(ERROR).msg("invalid attribute number %d", attnum));
			slot->tts_ops->getsomeattrs(slot, attnum);
		});
}

/* Columns that a tuple lacks are null: no description here carries a missing value. */
void
slot_getmissingattrs(TupleTableSlot *slot, int startAttNum, int lastAttNum)
{
	for (int i = startAttNum; i < lastAttNum; i++)
	{
		slot->tts_values[i] = 0;
		slot->tts_isnull[i] = true;
	}
}
