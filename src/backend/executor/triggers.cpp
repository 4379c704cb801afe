/*
 * executor/triggers.cpp
 *		Which triggers fire, in which order, and their calls.
 *
 * Backends and workers with a database, between steps of the engine.
 */
#include "executor/triggers.h"
#include "executor/spi_relations.h"

#include <algorithm>

#include "access/heapam.h"
#include "access/nonatomic.h"
#include "access/sysattr.h"
#include "access/table.h"
#include "access/transaction.h"
#include "catalog/catalog_tuples.h"
#include "catalog/functions.h"
#include "catalog/languages.h"
#include "catalog/triggers.h"
#include "executor/routine_scope.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "parser/plan.h"
#include "pl/plpgsql/plpgsql.h"
#include "utils/adt/datum.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/fmgr/fmgr_events.h"
#include "utils/fmgr/loader.h"
#include "utils/mmgr/memory.h"
#include "utils/tuplestore.h"

namespace pg
{
namespace
{

int trigger_depth = 0;

class DepthMark
{
public:
	DepthMark() { trigger_depth++; }
	~DepthMark() { trigger_depth--; }
	DepthMark(const DepthMark &) = delete;
	DepthMark &operator=(const DepthMark &) = delete;
};

/* An open relation, for the time of a call. */
class OpenTable
{
public:
	explicit OpenTable(Oid oid) : relation_(table_open(oid, NoLock)) {}
	~OpenTable() { table_close(relation_, NoLock); }
	OpenTable(const OpenTable &) = delete;
	OpenTable &operator=(const OpenTable &) = delete;

	Relation get() const { return relation_; }

private:
	Relation relation_;
};

TriggerEvent
event_bits(const TriggerFiring &firing)
{
	TriggerEvent bits = firing.event.type == TRIGGER_TYPE_INSERT   ? TRIGGER_EVENT_INSERT
						: firing.event.type == TRIGGER_TYPE_DELETE ? TRIGGER_EVENT_DELETE
						: firing.event.type == TRIGGER_TYPE_UPDATE ? TRIGGER_EVENT_UPDATE
																   : TRIGGER_EVENT_TRUNCATE;

	if (firing.is_row())
		bits |= TRIGGER_EVENT_ROW;
	if (firing.is_before())
		bits |= TRIGGER_EVENT_BEFORE;
	return bits;
}

/* In CurrentMemoryContext. */
HeapTuple
form_tuple(const RelationInfo &table, TupleDesc desc, const TriggerRow &row, int64 place)
{
	std::vector<Datum> values(row.size());
	const auto nulls = std::make_unique<bool[]>(row.size());

	for (size_t i = 0; i < row.size(); i++)
	{
		nulls[i] = row[i].is_null();
		if (!nulls[i])
			values[i] = ValueToDatum(table.columns[i].type, row[i].get());
	}

	HeapTuple tuple = heap_form_tuple(desc, values.data(), nulls.get());

	tuple->t_tableOid = table.oid;
	if (place >= 0)
		tuple->t_self = tuple->t_data->t_ctid = RowPlace(place);
	return tuple;
}

TriggerRow
read_tuple(const RelationInfo &table, TupleDesc desc, HeapTuple tuple)
{
	TriggerRow row(table.columns.size());

	for (size_t i = 0; i < row.size(); i++)
	{
		std::string scratch;
		bool is_null;
		const Datum datum = heap_getattr(tuple, static_cast<int>(i) + 1, desc, &is_null);

		if (!is_null && !table.columns[i].dropped)
			row[i].set(ColumnValue(table.columns[i].type, datum, &scratch));
	}
	return row;
}

TupleTableSlot *
slot_of(Relation relation, HeapTuple tuple)
{
	if (tuple == nullptr)
		return nullptr;

	TupleTableSlot *const slot =
		MakeSingleTupleTableSlot(RelationGetDescr(relation), &TTSOpsHeapTuple);

	ExecStoreHeapTuple(tuple, slot, false);
	slot->tts_tableOid = tuple->t_tableOid;
	return slot;
}

Trigger *
find_trigger(Relation relation, Oid oid)
{
	for (int i = 0; relation->trigdesc != nullptr && i < relation->trigdesc->numtriggers; i++)
		if (relation->trigdesc->triggers[i].tgoid == oid)
			return &relation->trigdesc->triggers[i];
	Raise(Report(ERROR).msg("could not find trigger %u", oid));
}

Bitmapset *
column_set(std::span<const int16> attnums)
{
	Bitmapset *set = nullptr;

	for (const int16 attnum : attnums)
		set = bms_add_member(set, attnum - FirstLowInvalidHeapAttributeNumber);
	return set;
}

/* Of the triggers that run, innermost last. */
std::vector<const TransitionRows *> running_transitions;

class TransitionMark
{
public:
	explicit TransitionMark(const TransitionRows *rows) { running_transitions.push_back(rows); }
	~TransitionMark() { running_transitions.pop_back(); }
	TransitionMark(const TransitionMark &) = delete;
	TransitionMark &operator=(const TransitionMark &) = delete;
};

bool
names_transitions(const TriggerInfo &trigger)
{
	return !trigger.old_table.empty() || !trigger.new_table.empty();
}

[[noreturn]] void
raise_protocol(const char *message)
{
	Raise(Report(ERROR, ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED).msg("%s", message));
}

} /* namespace */

/* A trigger of a table, ready to be called as often as the statement needs it. */
class TriggerQueue::Site
{
public:
	Site(const RelationInfoPtr &table, const TriggerInfo &trigger)
		: table_(table),
		  proc_(trigger.function == kSuppressRedundantUpdates ? nullptr : ProcOf(trigger.function)),
		  kept_(TopMemoryContext, "trigger"), scratch_(TopMemoryContext, "trigger call")
	{
		if (!trigger.when_sql.empty())
			condition_ = CurrentEngine().prepare(LowerTriggerWhen(trigger.when_sql, *table));
		if (proc_ == nullptr)
			return;
		info_.fn_oid = trigger.function;
		events_.watch(&info_);
		if (proc_->language == kPlpgsqlLanguageOid)
			return;
		info_.fn_addr = LoadCallable(proc_->library.c_str(), proc_->source.c_str());
		info_.fn_strict = proc_->def.strict;
		info_.fn_mcxt = kept_.get();
	}

	/* WHEN; null is no. */
	bool holds(const TriggerRow *old_row, const TriggerRow *new_row)
	{
		if (condition_ == nullptr)
			return true;

		const int count = static_cast<int>(table_->columns.size());
		const int wanted = condition_->parameter_count();

		for (int i = 0; i < wanted; i++)
		{
			const TriggerRow *const row = i < count ? old_row : new_row;
			const auto column = static_cast<size_t>(i % count);

			condition_->bind(i, row != nullptr ? (*row)[column].get() : Value::Null());
		}
		const ResetScope reset(*condition_);

		return condition_->step() && condition_->column(0).integer != 0;
	}

	/* The row to go on with; none: leave it. */
	std::optional<TriggerRow> call(const TriggerFiring &firing)
	{
		const DepthMark mark;
		const NonatomicScope atomic(false);

		check_stack_depth();
		if (proc_ == nullptr)
			return suppress_redundant(firing);

		const TransitionMark transition(firing.transition);
		const RoutineScope routine(*proc_);

		return events_.around(
			[&]
			{
				return proc_->language == kPlpgsqlLanguageOid ? plpgsql::CallTrigger(*proc_, firing)
															  : call_c(firing);
			});
	}

private:
	/* An update that changes nothing is left alone. */
	static std::optional<TriggerRow> suppress_redundant(const TriggerFiring &firing)
	{
		const auto refuse = [](const char *when)
		{
			Raise(Report(ERROR, ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED)
					  .msg("suppress_redundant_updates_trigger: must be called %s", when));
		};

		if (firing.event.type != TRIGGER_TYPE_UPDATE)
			refuse("on update");
		if (!firing.is_before())
			refuse("before update");
		if (!firing.is_row())
			refuse("for each row");

		const TriggerRow &before = *firing.old_row, &after = *firing.new_row;
		const bool same = std::ranges::equal(before, after,
											 [](const Kept &a, const Kept &b)
											 { return SameValue(a.get(), b.get()); });

		return same ? std::nullopt : std::optional(after);
	}

	/* Rows as a tuplestore in CurrentMemoryContext; null where the trigger names no such table. */
	Tuplestorestate *transition_store(const std::string &name, const std::vector<TriggerRow> &rows,
									  TupleDesc desc) const
	{
		if (name.empty())
			return nullptr;

		Tuplestorestate *const store = tuplestore_begin_heap(true, false, work_mem);

		for (const TriggerRow &row : rows)
			tuplestore_puttuple(store, form_tuple(*table_, desc, row, -1));
		return store;
	}

	std::optional<TriggerRow> call_c(const TriggerFiring &firing)
	{
		LOCAL_FCINFO(fcinfo, 0);

		MemoryContextReset(scratch_.get());

		const MemoryContextScope scope(scratch_.get());
		const OpenTable table(table_->oid);
		Relation relation = table.get();
		TupleDesc desc = RelationGetDescr(relation);
		const bool is_update = firing.event.type == TRIGGER_TYPE_UPDATE;
		TriggerData data{};

		data.type = T_TriggerData;
		data.tg_event = event_bits(firing);
		data.tg_relation = relation;
		data.tg_trigger = find_trigger(relation, firing.trigger.oid);
		if (firing.old_row != nullptr)
			data.tg_trigtuple = form_tuple(*table_, desc, *firing.old_row, firing.old_place);
		if (firing.new_row != nullptr)
			(is_update ? data.tg_newtuple : data.tg_trigtuple) =
				form_tuple(*table_, desc, *firing.new_row, firing.new_place);
		data.tg_trigslot = slot_of(relation, data.tg_trigtuple);
		data.tg_newslot = slot_of(relation, data.tg_newtuple);
		if (firing.transition != nullptr)
		{
			data.tg_oldtable =
				transition_store(firing.trigger.old_table, firing.transition->old_rows, desc);
			data.tg_newtable =
				transition_store(firing.trigger.new_table, firing.transition->new_rows, desc);
		}
		if (is_update)
			data.tg_updatedcols = column_set(firing.event.set_columns);
		InitFunctionCallInfoData(*fcinfo, &info_, 0, InvalidOid, reinterpret_cast<fmNodePtr>(&data),
								 nullptr);

		const Datum result = ToC(info_.fn_addr, fcinfo);

		if (fcinfo->isnull)
			raise_protocol(
				("trigger function " + std::to_string(info_.fn_oid) + " returned null value")
					.c_str());

		HeapTuple given = is_update ? data.tg_newtuple : data.tg_trigtuple;
		auto *const tuple = reinterpret_cast<HeapTuple>(DatumGetPointer(result));

		CurrentMemoryContext = scratch_.get();
		if (tuple == nullptr)
			return std::nullopt;
		if (!firing.is_row())
			return TriggerRow();
		return tuple == given ? *firing.row() : read_tuple(*table_, desc, tuple);
	}

	const RelationInfoPtr table_;
	const ProcPtr proc_;
	const OwnedMemoryContext kept_, scratch_;
	std::unique_ptr<EngineStatement> condition_;
	FmgrInfo info_{};
	FmgrEvents events_; /* of info_ */
};

/* An AFTER trigger that was told to fire. */
struct TriggerQueue::Waiting
{
	RelationInfoPtr table;
	int type;
	std::vector<int16> set_columns;
	const TriggerInfo *trigger;				  /* of table */
	std::shared_ptr<const ChangedRow> change; /* null: of the statement */
};

TriggerQueue::TriggerQueue() = default;

TriggerQueue::~TriggerQueue() = default;

TriggerQueue::Site &
TriggerQueue::site(const RelationInfoPtr &table, const TriggerInfo &trigger)
{
	std::unique_ptr<Site> &found = sites_[trigger.oid];

	if (found == nullptr)
		found = std::make_unique<Site>(table, trigger);
	return *found;
}

/* Does it fire as its UPDATE OF and its WHEN say? */
bool
TriggerQueue::wants(const TableEvent &event, const TriggerInfo &trigger, const TriggerRow *old_row,
					const TriggerRow *new_row)
{
	if (event.type == TRIGGER_TYPE_UPDATE && !trigger.columns.empty() &&
		std::ranges::none_of(
			trigger.columns, [&](int16 attnum)
			{ return std::ranges::find(event.set_columns, attnum) != event.set_columns.end(); }))
		return false;
	return trigger.when_sql.empty() || site(event.table, trigger).holds(old_row, new_row);
}

void
TriggerQueue::before_statement(const TableEvent &event)
{
	for (const TriggerInfo &trigger : event.table->triggers)
		if (TriggerFires(trigger, TRIGGER_TYPE_STATEMENT, TRIGGER_TYPE_BEFORE, event.type) &&
			wants(event, trigger, nullptr, nullptr) &&
			site(event.table, trigger).call({event, trigger}))
			raise_protocol("BEFORE STATEMENT trigger cannot return a value");
}

bool
TriggerQueue::has_before_row(const TableEvent &event) const
{
	return std::ranges::any_of(
		event.table->triggers, [&](const TriggerInfo &trigger)
		{ return TriggerFires(trigger, TRIGGER_TYPE_ROW, TRIGGER_TYPE_BEFORE, event.type); });
}

bool
TriggerQueue::before_row(const TableEvent &event, const TriggerRow *old_row, int64 old_place,
						 TriggerRow *new_row)
{
	for (const TriggerInfo &trigger : event.table->triggers)
	{
		if (!TriggerFires(trigger, TRIGGER_TYPE_ROW, TRIGGER_TYPE_BEFORE, event.type) ||
			!wants(event, trigger, old_row, new_row))
			continue;

		const TriggerFiring firing{event, trigger, old_row, new_row, old_place};
		std::optional<TriggerRow> row = site(event.table, trigger).call(firing);

		if (!row)
			return false;
		if (new_row != nullptr)
			*new_row = std::move(*row);
	}
	return true;
}

void
TriggerQueue::after_row(const TableEvent &event, const ChangedRow &change)
{
	std::shared_ptr<const ChangedRow> kept;

	keep_transition(event, change);

	const TriggerRow *const old_row = change.old_row ? &*change.old_row : nullptr;
	const TriggerRow *const new_row = change.new_row ? &*change.new_row : nullptr;

	for (const TriggerInfo &trigger : event.table->triggers)
	{
		if (!TriggerFires(trigger, TRIGGER_TYPE_ROW, TRIGGER_TYPE_AFTER, event.type) ||
			!wants(event, trigger, old_row, new_row))
			continue;
		if (kept == nullptr)
			kept = std::make_shared<ChangedRow>(change);
		waiting_.push_back({event.table,
							event.type,
							{event.set_columns.begin(), event.set_columns.end()},
							&trigger,
							kept});
	}
}

/* For triggers that name transition tables, whether or not they want this row. */
void
TriggerQueue::keep_transition(const TableEvent &event, const ChangedRow &change)
{
	bool old_wanted = false, new_wanted = false;

	for (const TriggerInfo &trigger : event.table->triggers)
		if (names_transitions(trigger) &&
			TriggerFires(trigger, trigger.type & TRIGGER_TYPE_LEVEL_MASK, TRIGGER_TYPE_AFTER,
						 event.type))
		{
			old_wanted = old_wanted || !trigger.old_table.empty();
			new_wanted = new_wanted || !trigger.new_table.empty();
		}
	if (!old_wanted && !new_wanted)
		return;

	TransitionRows &rows = transitions_[{event.table->oid, event.type}];

	if (old_wanted && change.old_row)
		rows.old_rows.push_back(*change.old_row);
	if (new_wanted && change.new_row)
		rows.new_rows.push_back(*change.new_row);
}

void
TriggerQueue::after_statement(const TableEvent &event)
{
	for (const TriggerInfo &trigger : event.table->triggers)
		if (TriggerFires(trigger, TRIGGER_TYPE_STATEMENT, TRIGGER_TYPE_AFTER, event.type) &&
			wants(event, trigger, nullptr, nullptr))
			waiting_.push_back({event.table,
								event.type,
								{event.set_columns.begin(), event.set_columns.end()},
								&trigger,
								nullptr});
}

void
TriggerQueue::fire_after()
{
	for (const Waiting &waiting : waiting_)
	{
		const TableEvent event{waiting.table, waiting.type, waiting.set_columns};
		TriggerFiring firing{event, *waiting.trigger};

		if (const ChangedRow *const change = waiting.change.get())
		{
			firing.old_row = change->old_row ? &*change->old_row : nullptr;
			firing.new_row = change->new_row ? &*change->new_row : nullptr;
			firing.old_place = change->old_place;
			firing.new_place = change->new_place;
		}
		if (names_transitions(*waiting.trigger))
		{
			TransitionRows &rows = transitions_[{waiting.table->oid, waiting.type}];

			rows.table = waiting.table;
			firing.transition = &rows;
		}
		site(waiting.table, *waiting.trigger).call(firing);
	}
	waiting_.clear();
	transitions_.clear();
}

namespace
{

/* Column 0 stands for the whole row and is not read; those behind it are the table's. */
class TransitionCursor final : public RowCursor
{
public:
	TransitionCursor(const RelationInfo &table, const std::vector<TriggerRow> &rows) : rows_(rows)
	{
		for (size_t i = 0; i < table.columns.size(); i++)
			if (!table.columns[i].dropped)
				places_.push_back(i);
	}

	bool next() override { return ++at_ <= rows_.size(); }

	Value column(int i) override
	{
		const auto field = static_cast<size_t>(i);

		if (field == 0 || field > places_.size())
			return Value::Null();
		return rows_[at_ - 1][places_[field - 1]].get();
	}

private:
	const std::vector<TriggerRow> rows_;
	std::vector<size_t> places_;
	size_t at_ = 0;
};

} /* namespace */

std::unique_ptr<RowCursor>
OpenTransitionRows(std::span<const Value> args)
{
	if (args[0].bytes.starts_with('='))
		return OpenGivenRows(args[0].bytes);

	const TransitionRows *const rows =
		running_transitions.empty() ? nullptr : running_transitions.back();

	if (rows == nullptr)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR).msg("no trigger with transition tables runs"));
	return std::make_unique<TransitionCursor>(*rows->table, args[0].bytes == "o" ? rows->old_rows
																				 : rows->new_rows);
}

int
TriggerDepth()
{
	return trigger_depth;
}

} /* namespace pg */
