/*
 * executor/tuple_store.cpp
 *		Tuplestores (utils/tuplestore.h): minimal tuples in a memory context, read through numbered pointers.
 *
 * Any process that runs module code.  The C++ part of a store is freed by a callback of its context,
 * so that one that nobody ended goes with the memory above it.
 */
#include "utils/tuplestore.h"

#include <memory>
#include <vector>

#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/memutils.h"
#include "utils/mmgr/memory.h"

/* A pointer stands before row `next`; at the end once a read has met it. */
struct Tuplestorestate
{
	struct Pointer
	{
		size_t next = 0;
		bool at_end = false;
	};

	MemoryContext context = nullptr;
	std::vector<MinimalTuple> rows;
	std::vector<Pointer> pointers{1};
	size_t active = 0;
	MemoryContextCallback at_deletion{};

	Pointer &current() { return pointers[active]; }
};

namespace pg
{
namespace
{

Tuplestorestate *
begin()
{
	auto store = std::make_unique<Tuplestorestate>();

	store->context =
		AllocSetContextCreate(CurrentMemoryContext, "tuplestore", ALLOCSET_DEFAULT_SIZES);
	store->at_deletion.func = [](void *argument)
	{ std::unique_ptr<Tuplestorestate>{static_cast<Tuplestorestate *>(argument)}; };
	store->at_deletion.arg = store.get();
	MemoryContextRegisterResetCallback(store->context, &store->at_deletion);
	return store.release();
}

/* Readers that met the end see what comes after it. */
void
add(Tuplestorestate *store, MinimalTuple row)
{
	store->rows.push_back(row);
	for (size_t i = 0; i < store->pointers.size(); i++)
		if (store->pointers[i].at_end)
			store->pointers[i] = {i == store->active ? store->rows.size() : store->rows.size() - 1,
								  i == store->active};
}

/* The row that a step in that direction gives, or null. */
MinimalTuple
step(Tuplestorestate *store, bool forward)
{
	Tuplestorestate::Pointer &at = store->current();

	if (forward)
	{
		if (at.next < store->rows.size())
			return store->rows[at.next++];
		at.at_end = true;
		return nullptr;
	}
	/* Backwards the row before the one last given; from the end, the last one. */
	if (at.at_end)
	{
		at.at_end = false;
		at.next = store->rows.size() + 1;
	}
	if (at.next < 2)
	{
		at.next = 0;
		return nullptr;
	}
	at.next--;
	return store->rows[at.next - 1];
}

} /* namespace */
} /* namespace pg */

Tuplestorestate *
tuplestore_begin_heap(bool, bool, int)
{
	return pg::FromC([] { return pg::begin(); });
}

void
tuplestore_set_eflags(Tuplestorestate *state, int)
{
	pg::FromC(
		[&]
		{
			if (!state->rows.empty())
				pg::Raise(pg::Report(ERROR).msg("too late to call tuplestore_set_eflags"));
		});
}

void
tuplestore_clear(Tuplestorestate *state)
{
	for (MinimalTuple row : state->rows)
		pfree(row);
	state->rows.clear();
	for (Tuplestorestate::Pointer &pointer : state->pointers)
		pointer = {};
}

void
tuplestore_end(Tuplestorestate *state)
{
	MemoryContextDelete(state->context);
}

void
tuplestore_puttupleslot(Tuplestorestate *state, TupleTableSlot *slot)
{
	pg::FromC(
		[&]
		{
			const pg::MemoryContextScope scope(state->context);

			pg::add(state, ExecCopySlotMinimalTuple(slot));
		});
}

void
tuplestore_puttuple(Tuplestorestate *state, HeapTuple tuple)
{
	pg::FromC(
		[&]
		{
			const pg::MemoryContextScope scope(state->context);

			pg::add(state, minimal_tuple_from_heap_tuple(tuple));
		});
}

void
tuplestore_putvalues(Tuplestorestate *state, TupleDesc tdesc, Datum *values, bool *isnull)
{
	pg::FromC(
		[&]
		{
			const pg::MemoryContextScope scope(state->context);

			pg::add(state, heap_form_minimal_tuple(tdesc, values, isnull));
		});
}

int
tuplestore_alloc_read_pointer(Tuplestorestate *state, int)
{
	return pg::FromC(
		[&]
		{
			state->pointers.push_back(state->pointers[0]);
			return static_cast<int>(state->pointers.size()) - 1;
		});
}

void
tuplestore_select_read_pointer(Tuplestorestate *state, int ptr)
{
	pg::FromC(
		[&]
		{
			if (ptr < 0 || static_cast<size_t>(ptr) >= state->pointers.size())
				pg::Raise(pg::Report(ERROR).msg("invalid read pointer %d of a tuplestore", ptr));
			state->active = static_cast<size_t>(ptr);
		});
}

void
tuplestore_copy_read_pointer(Tuplestorestate *state, int srcptr, int destptr)
{
	pg::FromC(
		[&]
		{
			state->pointers.at(static_cast<size_t>(destptr)) =
				state->pointers.at(static_cast<size_t>(srcptr));
		});
}

void
tuplestore_trim(Tuplestorestate *)
{
}

bool
tuplestore_in_memory(Tuplestorestate *)
{
	return true;
}

int64
tuplestore_tuple_count(Tuplestorestate *state)
{
	return static_cast<int64>(state->rows.size());
}

bool
tuplestore_ateof(Tuplestorestate *state)
{
	return state->current().at_end;
}

bool
tuplestore_gettupleslot(Tuplestorestate *state, bool forward, bool copy, TupleTableSlot *slot)
{
	return pg::FromC(
		[&]
		{
			MinimalTuple row = pg::step(state, forward);

			if (row == nullptr)
			{
				ExecClearTuple(slot);
				return false;
			}
			if (copy)
			{
				const pg::MemoryContextScope scope(slot->tts_mcxt);

				row = heap_copy_minimal_tuple(row);
			}
			ExecForceStoreMinimalTuple(row, slot, copy);
			return true;
		});
}

bool
tuplestore_advance(Tuplestorestate *state, bool forward)
{
	return pg::step(state, forward) != nullptr;
}

bool
tuplestore_skiptuples(Tuplestorestate *state, int64 ntuples, bool forward)
{
	while (ntuples-- > 0)
		if (pg::step(state, forward) == nullptr)
			return false;
	return true;
}

void
tuplestore_rescan(Tuplestorestate *state)
{
	state->current() = {};
}
