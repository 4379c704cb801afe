/*
 * tuptable.h
 *		Slots: one row, in whatever form it came, with its columns taken out on demand.
 *
 * A slot knows its columns (tts_tupleDescriptor) and what it holds: nothing (empty), an array of values (virtual), a heap
 * tuple or a minimal tuple. The columns up to tts_nvalid are in tts_values and tts_isnull. Whoever makes a slot drops it.
 * Any process that runs module code. Functions that cannot do what is asked of this kind of slot raise XX000.
 */
#ifndef TUPTABLE_H
#define TUPTABLE_H

#include "postgres.h"

#include "access/htup.h"
#include "access/htup_details.h"
#include "access/sysattr.h"
#include "access/tupdesc.h"
#include "nodes/nodes.h"
#include "storage/buf.h"

PG_BEGIN_EXTERN_C

/* tts_flags */
#define TTS_FLAG_EMPTY (1 << 1)
#define TTS_FLAG_SHOULDFREE (1 << 2) /* what it holds goes with it */
#define TTS_FLAG_SLOW (1 << 3)
#define TTS_FLAG_FIXED (1 << 4) /* the columns were given when it was made */
#define TTS_EMPTY(slot) (((slot)->tts_flags & TTS_FLAG_EMPTY) != 0)
#define TTS_SHOULDFREE(slot) (((slot)->tts_flags & TTS_FLAG_SHOULDFREE) != 0)
#define TTS_SLOW(slot) (((slot)->tts_flags & TTS_FLAG_SLOW) != 0)
#define TTS_FIXED(slot) (((slot)->tts_flags & TTS_FLAG_FIXED) != 0)

typedef struct TupleTableSlotOps TupleTableSlotOps;

typedef struct TupleTableSlot
{
	NodeTag type; /* T_Invalid: no node that anybody asks */
	uint16 tts_flags;
	AttrNumber tts_nvalid; /* columns that are taken out */
	const TupleTableSlotOps *tts_ops;
	TupleDesc tts_tupleDescriptor;
	Datum *tts_values;
	bool *tts_isnull;
	MemoryContext tts_mcxt; /* of the slot itself and of what it copies */
	ItemPointerData tts_tid;
	Oid tts_tableOid;
} TupleTableSlot;

#define FIELDNO_TUPLETABLESLOT_FLAGS 1
#define FIELDNO_TUPLETABLESLOT_NVALID 2
#define FIELDNO_TUPLETABLESLOT_TUPLEDESCRIPTOR 4
#define FIELDNO_TUPLETABLESLOT_VALUES 5
#define FIELDNO_TUPLETABLESLOT_ISNULL 6

/* What a kind of slot can do. get_* may be NULL: the kind has no such form; copy_* palloc in CurrentMemoryContext. */
struct TupleTableSlotOps
{
	size_t base_slot_size;
	void (*init)(TupleTableSlot *slot);
	void (*release)(TupleTableSlot *slot);
	void (*clear)(TupleTableSlot *slot);
	void (*getsomeattrs)(TupleTableSlot *slot, int natts);
	Datum (*getsysattr)(TupleTableSlot *slot, int attnum, bool *isnull);
	void (*materialize)(TupleTableSlot *slot);
	void (*copyslot)(TupleTableSlot *dstslot, TupleTableSlot *srcslot);
	HeapTuple (*get_heap_tuple)(TupleTableSlot *slot);
	MinimalTuple (*get_minimal_tuple)(TupleTableSlot *slot);
	HeapTuple (*copy_heap_tuple)(TupleTableSlot *slot);
	MinimalTuple (*copy_minimal_tuple)(TupleTableSlot *slot);
};

extern PGDLLIMPORT const TupleTableSlotOps TTSOpsVirtual;
extern PGDLLIMPORT const TupleTableSlotOps TTSOpsHeapTuple;
extern PGDLLIMPORT const TupleTableSlotOps TTSOpsMinimalTuple;
/* Rows are in no buffers here: slots of this kind hold heap tuples. */
extern PGDLLIMPORT const TupleTableSlotOps TTSOpsBufferHeapTuple;

#define TTS_IS_VIRTUAL(slot) ((slot)->tts_ops == &TTSOpsVirtual)
#define TTS_IS_HEAPTUPLE(slot) ((slot)->tts_ops == &TTSOpsHeapTuple)
#define TTS_IS_MINIMALTUPLE(slot) ((slot)->tts_ops == &TTSOpsMinimalTuple)
#define TTS_IS_BUFFERTUPLE(slot) ((slot)->tts_ops == &TTSOpsBufferHeapTuple)

typedef struct VirtualTupleTableSlot
{
	TupleTableSlot base;
	char *data; /* copies of the values, once it is materialized */
} VirtualTupleTableSlot;

typedef struct HeapTupleTableSlot
{
	TupleTableSlot base;
	HeapTuple tuple;
	uint32 off;
	HeapTupleData tupdata;
} HeapTupleTableSlot;

typedef struct BufferHeapTupleTableSlot
{
	HeapTupleTableSlot base;
	int buffer; /* none */
} BufferHeapTupleTableSlot;

typedef struct MinimalTupleTableSlot
{
	TupleTableSlot base;
	HeapTuple tuple; /* minhdr: the same row with a heap tuple's header */
	MinimalTuple mintuple;
	HeapTupleData minhdr;
	uint32 off;
} MinimalTupleTableSlot;

#define TupIsNull(slot) ((slot) == NULL || TTS_EMPTY(slot))

/* ---- Making and dropping. A slot is palloc'd in CurrentMemoryContext. ---- */
extern TupleTableSlot *MakeTupleTableSlot(TupleDesc tupleDesc, const TupleTableSlotOps *tts_ops);
extern TupleTableSlot *MakeSingleTupleTableSlot(TupleDesc tupdesc,
												const TupleTableSlotOps *tts_ops);
extern void ExecDropSingleTupleTableSlot(TupleTableSlot *slot);
/* Gives columns to a slot that was made without. */
extern void ExecSetSlotDescriptor(TupleTableSlot *slot, TupleDesc tupdesc);

/* ---- Storing; each returns the slot. The tuple must be there as long as the slot holds it, and goes with it if shouldFree. ---- */
extern TupleTableSlot *ExecStoreHeapTuple(HeapTuple tuple, TupleTableSlot *slot, bool shouldFree);
extern TupleTableSlot *ExecStoreMinimalTuple(MinimalTuple mtup, TupleTableSlot *slot,
											 bool shouldFree);
/* The same for a slot of any kind, which then gets the row in its own form. */
extern void ExecForceStoreHeapTuple(HeapTuple tuple, TupleTableSlot *slot, bool shouldFree);
extern void ExecForceStoreMinimalTuple(MinimalTuple mtup, TupleTableSlot *slot, bool shouldFree);
extern void ExecStoreHeapTupleDatum(Datum data, TupleTableSlot *slot);
/* The caller has filled tts_values and tts_isnull of an empty slot. */
extern TupleTableSlot *ExecStoreVirtualTuple(TupleTableSlot *slot);
extern TupleTableSlot *ExecStoreAllNullTuple(TupleTableSlot *slot);

/* ---- Fetching. *shouldFree: the result is a copy, the caller's to free. ---- */
extern HeapTuple ExecFetchSlotHeapTuple(TupleTableSlot *slot, bool materialize, bool *shouldFree);
extern MinimalTuple ExecFetchSlotMinimalTuple(TupleTableSlot *slot, bool *shouldFree);
extern Datum ExecFetchSlotHeapTupleDatum(TupleTableSlot *slot);

/* Slow paths of the functions below. */
extern void slot_getsomeattrs_int(TupleTableSlot *slot, int attnum);
extern void slot_getmissingattrs(TupleTableSlot *slot, int startAttNum, int lastAttNum);

static inline void
slot_getsomeattrs(TupleTableSlot *slot, int attnum)
{
	if (slot->tts_nvalid < attnum)
		slot_getsomeattrs_int(slot, attnum);
}

static inline void
slot_getallattrs(TupleTableSlot *slot)
{
	slot_getsomeattrs(slot, slot->tts_tupleDescriptor->natts);
}

/* Columns count from 1. */
static inline bool
slot_attisnull(TupleTableSlot *slot, int attnum)
{
	slot_getsomeattrs(slot, attnum);
	return slot->tts_isnull[attnum - 1];
}

static inline Datum
slot_getattr(TupleTableSlot *slot, int attnum, bool *isnull)
{
	slot_getsomeattrs(slot, attnum);
	*isnull = slot->tts_isnull[attnum - 1];
	return slot->tts_values[attnum - 1];
}

static inline Datum
slot_getsysattr(TupleTableSlot *slot, int attnum, bool *isnull)
{
	*isnull = false;
	if (attnum == TableOidAttributeNumber)
		return ObjectIdGetDatum(slot->tts_tableOid);
	if (attnum == SelfItemPointerAttributeNumber)
		return PointerGetDatum(&slot->tts_tid);
	return slot->tts_ops->getsysattr(slot, attnum, isnull);
}

static inline TupleTableSlot *
ExecClearTuple(TupleTableSlot *slot)
{
	slot->tts_ops->clear(slot);
	return slot;
}

/* Makes the slot independent of whoever owns what it holds. */
static inline void
ExecMaterializeSlot(TupleTableSlot *slot)
{
	slot->tts_ops->materialize(slot);
}

static inline HeapTuple
ExecCopySlotHeapTuple(TupleTableSlot *slot)
{
	return slot->tts_ops->copy_heap_tuple(slot);
}

static inline MinimalTuple
ExecCopySlotMinimalTuple(TupleTableSlot *slot)
{
	return slot->tts_ops->copy_minimal_tuple(slot);
}

static inline TupleTableSlot *
ExecCopySlot(TupleTableSlot *dstslot, TupleTableSlot *srcslot)
{
	dstslot->tts_ops->copyslot(dstslot, srcslot);
	return dstslot;
}

PG_END_EXTERN_C

#endif /* TUPTABLE_H */
