/*
 * tuplestore.h
 *		Tuplestores: rows kept in order, to be read again.
 *
 * Rows are copied in, into a memory context below the one that was current at begin; they stay in memory, so maxKBytes and
 * interXact mean nothing, and nothing is ever trimmed. Read pointers are numbered from 0, which is there from the beginning.
 * Any process that runs module code.
 */
#ifndef TUPLESTORE_H
#define TUPLESTORE_H

#include "postgres.h"

#include "executor/tuptable.h"

PG_BEGIN_EXTERN_C

typedef struct Tuplestorestate Tuplestorestate;

/* Empty. randomAccess: may be read backwards. Freed by tuplestore_end. */
extern Tuplestorestate *tuplestore_begin_heap(bool randomAccess, bool interXact, int maxKBytes);
/* What read pointer 0 may do: EXEC_FLAG_ bits. ERROR once there are rows. */
extern void tuplestore_set_eflags(Tuplestorestate *state, int eflags);
extern void tuplestore_clear(Tuplestorestate *state);
extern void tuplestore_end(Tuplestorestate *state);

extern void tuplestore_puttupleslot(Tuplestorestate *state, TupleTableSlot *slot);
extern void tuplestore_puttuple(Tuplestorestate *state, HeapTuple tuple);
extern void tuplestore_putvalues(Tuplestorestate *state, TupleDesc tdesc, Datum *values,
								 bool *isnull);
#define tuplestore_donestoring(state) ((void) 0)

/* Returns the new pointer's number; it stands where pointer 0 stands. */
extern int tuplestore_alloc_read_pointer(Tuplestorestate *state, int eflags);
/* ERROR XX000 for a number that there is not. */
extern void tuplestore_select_read_pointer(Tuplestorestate *state, int ptr);
extern void tuplestore_copy_read_pointer(Tuplestorestate *state, int srcptr, int destptr);
extern void tuplestore_trim(Tuplestorestate *state);
/* True, always. */
extern bool tuplestore_in_memory(Tuplestorestate *state);
extern int64 tuplestore_tuple_count(Tuplestorestate *state);
extern bool tuplestore_ateof(Tuplestorestate *state);

/* The next row into the slot, or the slot cleared and false. Without copy it stays valid while the store has it. */
extern bool tuplestore_gettupleslot(Tuplestorestate *state, bool forward, bool copy,
									TupleTableSlot *slot);
/* Move without fetching; false: the end was met. */
extern bool tuplestore_advance(Tuplestorestate *state, bool forward);
extern bool tuplestore_skiptuples(Tuplestorestate *state, int64 ntuples, bool forward);
extern void tuplestore_rescan(Tuplestorestate *state);

PG_END_EXTERN_C

#endif /* TUPLESTORE_H */
