/*
 * executor/dest_receiver.cpp
 *		Rows on their way to receivers of modules and from them (C API: tcop/dest.h, executor/executor.h).
 *
 * Backends and workers, inside a transaction.
 */
#include "executor/dest_receiver.h"

#include "catalog/pg_type_d.h"
#include "executor/executor.h"
#include "executor/query_nodes.h"
#include "executor/tstoreReceiver.h"
#include "utils/adt/datum.h"
#include "utils/builtins.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"

namespace pg
{
namespace
{

/* ---- The server's, called from C ---- */

HookedReceiver &
hooked(DestReceiver *self)
{
	return *reinterpret_cast<HookedReceiver *>(self);
}

void
start_from_c(DestReceiver *self, int, TupleDesc desc)
{
	FromC(
		[&]
		{
			std::vector<ResultColumn> &columns = hooked(self).columns;

			columns.clear();
			for (int i = 0; i < desc->natts; i++)
			{
				const Form_pg_attribute att = TupleDescAttr(desc, i);
				ResultColumn &column = columns.emplace_back();

				column.name = NameStr(att->attname);
				column.type = att->atttypid;
				column.typmod = att->atttypmod;
			}
			hooked(self).receiver->start(columns);
		});
}

bool
row_from_c(TupleTableSlot *slot, DestReceiver *self)
{
	return FromC(
		[&]
		{
			const int count = slot->tts_tupleDescriptor->natts;
			std::vector<Value> values;
			std::vector<std::string> texts(static_cast<size_t>(count));

			slot_getallattrs(slot);
			for (int i = 0; i < count; i++)
				values.push_back(
					slot->tts_isnull[i]
						? Value::Null()
						: DatumToValue(TupleDescAttr(slot->tts_tupleDescriptor, i)->atttypid,
									   slot->tts_values[i], &texts[static_cast<size_t>(i)]));
			hooked(self).receiver->row(values);
			return hooked(self).receiver->wants_more();
		});
}

void
ignore_end(DestReceiver *)
{
}

struct OwnedReceiver
{
	HookedReceiver hooked; /* first, so that a DestReceiver leads here */
	std::unique_ptr<RowReceiver> owned;
};

void
destroy(DestReceiver *self)
{
	std::unique_ptr<OwnedReceiver>{reinterpret_cast<OwnedReceiver *>(self)};
}

/* ---- Into a tuplestore ---- */

struct StoreReceiver
{
	DestReceiver pub;
	Tuplestorestate *store;
};

bool
store_row(TupleTableSlot *slot, DestReceiver *self)
{
	tuplestore_puttupleslot(reinterpret_cast<StoreReceiver *>(self)->store, slot);
	return true;
}

void
begin_store(DestReceiver *, int, TupleDesc)
{
}

void
free_receiver(DestReceiver *self)
{
	pfree(self);
}

} /* namespace */

HookedReceiver
MakeHookedReceiver(RowReceiver &receiver, CommandDest dest)
{
	return {{row_from_c, start_from_c, ignore_end, ignore_end, dest}, &receiver, {}, {}};
}

DestReceiver *
MakeOwnedReceiver(std::unique_ptr<RowReceiver> receiver, CommandDest dest)
{
	auto made = std::make_unique<OwnedReceiver>();

	made->hooked = MakeHookedReceiver(*receiver, dest);
	made->hooked.pub.rDestroy = destroy;
	made->owned = std::move(receiver);
	return &made.release()->hooked.pub;
}

HookedReceiver *
HookedReceiverOf(DestReceiver *dest)
{
	return dest != nullptr && dest->receiveSlot == row_from_c ? &hooked(dest) : nullptr;
}

/* ---- A module's, called by the server ---- */

ModuleReceiver::ModuleReceiver(DestReceiver *dest, int operation, TupleDesc desc)
	: dest_(dest), operation_(operation), desc_(desc), context_(TopMemoryContext, "receiver"),
	  row_context_(TopMemoryContext, "row of a receiver")
{
}

void
ModuleReceiver::start(std::span<const ResultColumn> columns)
{
	{
		const MemoryContextScope scope(context_.get());

		if (desc_ == nullptr)
			desc_ = MakeTupleDesc(columns);
		slot_ = MakeSingleTupleTableSlot(desc_, &TTSOpsVirtual);
	}
	const MemoryContextScope scope(CurrentMemoryContext);

	ToC(dest_->rStartup, dest_, operation_, desc_);
}

void
ModuleReceiver::row(std::span<const Value> values)
{
	if (!wants_more_)
		return;
	ExecClearTuple(slot_);
	MemoryContextReset(row_context_.get());
	{
		const MemoryContextScope scope(row_context_.get());

		for (size_t i = 0; i < values.size(); i++)
		{
			slot_->tts_isnull[i] = values[i].is_null();
			slot_->tts_values[i] =
				values[i].is_null()
					? static_cast<Datum>(0)
					: ValueToDatum(TupleDescAttr(desc_, static_cast<int>(i))->atttypid, values[i]);
		}
	}
	ExecStoreVirtualTuple(slot_);

	const MemoryContextScope scope(CurrentMemoryContext);

	wants_more_ = ToC(dest_->receiveSlot, slot_, dest_);
}

void
ModuleReceiver::finish()
{
	if (slot_ == nullptr)
		return;

	const MemoryContextScope scope(CurrentMemoryContext);

	slot_ = nullptr;
	ToC(dest_->rShutdown, dest_);
}

RowsTo::RowsTo(DestReceiver *dest, int operation, TupleDesc desc) : hooked_(HookedReceiverOf(dest))
{
	if (dest == nullptr)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR).msg("there is no receiver for the rows"));
	if (hooked_ == nullptr)
		module_.emplace(dest, operation, desc);
}

RowReceiver &
RowsTo::receiver()
{
	return hooked_ != nullptr ? *hooked_->receiver : *module_;
}

void
RowsTo::finish()
{
	if (module_)
		module_->finish();
}

} /* namespace pg */

extern "C"
{
	DestReceiver *CreateTuplestoreDestReceiver(void)
	{
		auto *made = static_cast<pg::StoreReceiver *>(palloc0(sizeof(pg::StoreReceiver)));

		made->pub = {pg::store_row, pg::begin_store, pg::ignore_end, pg::free_receiver,
					 DestTuplestore};
		return &made->pub;
	}

	void SetTuplestoreDestReceiverParams(DestReceiver *self, Tuplestorestate *tStore, MemoryContext,
										 bool, TupleDesc target_tupdesc, const char *)
	{
		pg::FromC(
			[&]
			{
				Assert(self->mydest == DestTuplestore);
				if (target_tupdesc != nullptr)
					pg::RaiseNotSupported("bringing rows to the columns of a tuplestore");
				reinterpret_cast<pg::StoreReceiver *>(self)->store = tStore;
			});
	}

	/* These run on the caller's side: the receiver may be C. */

	TupOutputState *begin_tup_output_tupdesc(DestReceiver *dest, TupleDesc tupdesc,
											 const TupleTableSlotOps *tts_ops)
	{
		auto *state = static_cast<TupOutputState *>(palloc(sizeof(TupOutputState)));

		state->slot = MakeSingleTupleTableSlot(tupdesc, tts_ops);
		state->dest = dest;
		dest->rStartup(dest, CMD_SELECT, tupdesc);
		return state;
	}

	void do_tup_output(TupOutputState *tstate, Datum *values, bool *isnull)
	{
		TupleTableSlot *slot = tstate->slot;
		const auto count = static_cast<size_t>(slot->tts_tupleDescriptor->natts);

		ExecClearTuple(slot);
		memcpy(slot->tts_values, values, count * sizeof(Datum));
		memcpy(slot->tts_isnull, isnull, count * sizeof(bool));
		ExecStoreVirtualTuple(slot);
		(void) tstate->dest->receiveSlot(slot, tstate->dest);
		ExecClearTuple(slot);
	}

	void do_text_output_multiline(TupOutputState *tstate, const char *txt)
	{
		bool isnull = false;

		while (*txt != '\0')
		{
			const char *end = strchrnul(txt, '\n');
			Datum line =
				PointerGetDatum(cstring_to_text_with_len(txt, static_cast<int>(end - txt)));

			do_tup_output(tstate, &line, &isnull);
			pfree(DatumGetPointer(line));
			txt = *end == '\n' ? end + 1 : end;
		}
	}

	void end_tup_output(TupOutputState *tstate)
	{
		tstate->dest->rShutdown(tstate->dest);
		ExecDropSingleTupleTableSlot(tstate->slot);
		pfree(tstate);
	}
}
