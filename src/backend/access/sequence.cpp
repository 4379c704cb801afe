/*
 * sequence.cpp
 *		Values of sequences: nextval and its family.
 *
 * Backends and workers.  Values lie in records that no transaction guards (engine/sequences.h).  A
 * sequence that a transaction makes or restarts has no record of that epoch yet, and must have none if
 * the transaction fails; so until the commit its values lie here, in `own`, one layer for each level
 * of subtransactions that restarted it.  WriteOwnSequences then says in the catalog how far they went,
 * and the first to use the sequence afterwards makes the record from that.
 * Values of temporary sequences lie here always.
 */
#include "access/sequence.h"

#include <algorithm>
#include <map>

#include "access/transaction.h"
#include "access/xact.h"
#include "catalog/catalog_names.h"
#include "catalog/rights.h"
#include "catalog/write.h"
#include "common/int.h"
#include "miscadmin.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

/* What this session did with a sequence. */
struct Use
{
	bool given = false; /* currval has an answer */
	int64 last = 0;
	int64 fetched = 0; /* the last of what CACHE fetched: last != fetched means there is more */
	int64 increment = 1;
	uint64 epoch = 0; /* of the values that were fetched */
};
std::map<Oid, Use> uses;
Oid last_used = InvalidOid;

struct Layer
{
	int level; /* nest level of the transaction; 0: committed (temporary sequences) */
	SequenceState state;
};
std::map<Oid, std::vector<Layer>> own;
std::vector<std::pair<Oid, int>> dropped; /* with the level */

void
sequences_at_subtransaction_end(bool committed, int level)
{
	for (auto entry = own.begin(); entry != own.end();)
	{
		std::vector<Layer> &layers = entry->second;

		/* Another restart may get the epoch of one that is undone: nothing fetched from it may stay. */
		if (!committed)
			for (; !layers.empty() && layers.back().level >= level; layers.pop_back())
				ForgetFetchedValues(entry->first);
		else if (!layers.empty() && layers.back().level >= level)
		{
			layers.back().level = level - 1;
			if (layers.size() > 1 && layers[layers.size() - 2].level == level - 1)
				layers.erase(layers.end() - 2);
		}
		entry = layers.empty() ? own.erase(entry) : std::next(entry);
	}
	std::erase_if(dropped, [&](auto &drop) { return !committed && drop.second >= level; });
	for (auto &[oid, at] : dropped)
		at = std::min(at, level - 1);
}

void
forget_dropped(Oid oid) noexcept
{
	const bool is_temporary = own.erase(oid) > 0;

	uses.erase(oid);
	if (last_used == oid)
		last_used = InvalidOid;
	if (is_temporary || !HaveCurrentEngine())
		return;
	try
	{
		CurrentEngine().sync_visible();
		CurrentEngine().sequences().forget(oid);
	}
	catch (const PgError &error)
	{
		Report(LOG, error.sqlstate()).msg("%s", error.report.message.c_str()).emit();
	}
}

/* Temporary sequences keep their values; those of the others have been written. */
void
at_transaction_end(bool committed)
{
	for (auto entry = own.begin(); entry != own.end();)
	{
		std::vector<Layer> &layers = entry->second;

		if (committed)
			layers.erase(layers.begin(), layers.end() - 1);
		else
			for (; !layers.empty() && layers.back().level > 0; layers.pop_back())
				ForgetFetchedValues(entry->first);
		if (!layers.empty())
			layers.back().level = 0;

		const bool stays = !layers.empty() && layers.back().state.epoch == 0;

		entry = stays ? std::next(entry) : own.erase(entry);
	}

	const auto gone = std::move(dropped);

	dropped.clear();
	if (committed)
		for (const auto &[oid, level] : gone)
			forget_dropped(oid);
}

void
watch_for_sequences()
{
	static bool watching = false;

	if (watching)
		return;
	OnTransactionEnd(at_transaction_end);
	OnSubtransactionEnd(sequences_at_subtransaction_end);
	watching = true;
}

SequenceState
state_at_start(const SequenceInfo &sequence, int64 first, bool is_called, uint64 epoch)
{
	SequenceState state;

	state.last = state.reserved = first;
	state.increment = sequence.increment;
	state.epoch = epoch;
	state.is_called = is_called;
	return state;
}

/*
 * Runs the body on the values, wherever they lie.  A record of an earlier epoch, or none, starts as the
 * catalog says; its definition must be on disk before that is, or a crash would leave the record of a
 * restart that never was.  A later epoch than the catalog's: this statement sees an old catalog.
 */
void
with_state(const SequenceInfo &sequence, SequenceAccess access,
		   const std::function<SequenceWrite(SequenceState &)> &body)
{
	if (const auto mine = own.find(sequence.oid); mine != own.end())
	{
		body(mine->second.back().state);
		return;
	}
	/* A temporary sequence is not in `own` only after an error of ours. */
	if (sequence.temporary)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
				  .msg("temporary sequence %u has no values", sequence.oid));

	SequenceStore &store = CurrentEngine().sequences();

	store.with_record(sequence.oid, access,
					  [&](SequenceState &state, bool found)
					  {
						  const bool starts = !found || state.epoch < sequence.epoch;

						  if (starts)
							  state = state_at_start(sequence, sequence.first,
													 sequence.first_is_called, sequence.epoch);

						  const SequenceWrite wanted = body(state);

						  if (!starts || wanted == SequenceWrite::None)
							  return wanted;
						  CurrentEngine().sync_visible();
						  return SequenceWrite::Durable;
					  });
}

RelationInfoPtr
sequence_relation(Oid oid)
{
	RelationInfoPtr relation = FindRelation(oid);

	if (relation == nullptr)
		Raise(
			Report(ERROR, ERRCODE_UNDEFINED_TABLE).msg("relation with OID %u does not exist", oid));
	if (relation->kind != 'S')
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("\"%s\" is not a sequence", relation->name.c_str()));
	return relation;
}

SequencePtr
definition_of(const RelationInfo &relation)
{
	SequencePtr sequence = FindSequence(relation.oid);

	if (sequence == nullptr)
		Raise(Report(ERROR, ERRCODE_DATA_CORRUPTED)
				  .msg("sequence \"%s\" has no definition", relation.name.c_str()));
	return sequence;
}

/* Who may insert into the table may number the rows of its identity column. */
bool
numbers_rows_of_own(const RelationInfo &sequence)
{
	const std::optional<SequenceOwner> owner = OwnerOfSequence(sequence.oid);

	return owner && owner->identity &&
		   RightsHeld(kPgClassOid, owner->table, GetUserId(), ACL_INSERT | ACL_UPDATE) != 0;
}

bool
has_right(const RelationInfo &relation, AclMode any_of)
{
	return RightsHeld(kPgClassOid, relation.oid, GetUserId(), any_of) != 0;
}

[[noreturn]] void
raise_no_right(const RelationInfo &relation)
{
	Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
			  .msg("permission denied for sequence %s", relation.name.c_str()));
}

/* Any of the rights will do. */
void
check_right(const RelationInfo &relation, AclMode any_of)
{
	if (!has_right(relation, any_of))
		raise_no_right(relation);
}

void
refuse_write(const SequenceInfo &sequence, const char *function)
{
	if (sequence.temporary)
		return;
	RefuseIfReadOnly(function);
	RefuseDuringRecovery(function);
}

bool
is_beyond(int64 value, int64 limit, int64 increment)
{
	return increment > 0 ? value > limit : value < limit;
}

/* value + increment, at most the limit in that direction; saturated, so that nothing overflows. */
int64
stepped(int64 value, int64 increment, int64 steps, int64 limit)
{
	int64 distance, sum;

	if (pg_mul_s64_overflow(increment, steps, &distance) ||
		pg_add_s64_overflow(value, distance, &sum) || is_beyond(sum, limit, increment))
		return limit;
	return sum;
}

int64
limit_of(const SequenceInfo &sequence)
{
	return sequence.increment > 0 ? sequence.max : sequence.min;
}

/* False at the limit of a sequence that does not cycle. */
bool
advance(const SequenceInfo &sequence, int64 *value, bool *wrapped)
{
	int64 next;

	if (!pg_add_s64_overflow(*value, sequence.increment, &next) &&
		!is_beyond(next, limit_of(sequence), sequence.increment))
	{
		*value = next;
		return true;
	}
	if (!sequence.cycle)
		return false;
	*value = sequence.increment > 0 ? sequence.min : sequence.max;
	*wrapped = true;
	return true;
}

[[noreturn]] void
raise_limit(const RelationInfo &relation, const SequenceInfo &sequence)
{
	const char *const message = sequence.increment > 0
									? "nextval: reached maximum value of sequence \"%s\" (%lld)"
									: "nextval: reached minimum value of sequence \"%s\" (%lld)";

	Raise(Report(ERROR, ERRCODE_SEQUENCE_GENERATOR_LIMIT_EXCEEDED)
			  .msg(message, relation.name.c_str(), static_cast<long long>(limit_of(sequence))));
}

/* The last value that may still be given of a whole number of steps from `from`. */
int64
reserve_from(const SequenceInfo &sequence, int64 from, int ahead)
{
	const int64 bound = stepped(from, sequence.increment, ahead, limit_of(sequence));
	int64 distance;

	/* A bound that was cut to the limit need not be a step's end. */
	if (pg_sub_s64_overflow(bound, from, &distance))
		return from;
	return from + distance / sequence.increment * sequence.increment;
}

/* Takes as many values as CACHE says; the first is the answer. */
SequenceWrite
take(const RelationInfo &relation, const SequenceInfo &sequence, SequenceState &state, Use *use,
	 int ahead)
{
	const int64 before = state.reserved;
	bool durable = !state.is_called || state.increment != sequence.increment;
	int64 value = state.last;

	if (state.is_called && !advance(sequence, &value, &durable))
		raise_limit(relation, sequence);
	use->last = value;

	bool wraps = false;

	for (int64 more = sequence.cache - 1; more > 0; more--)
	{
		int64 next = value;

		/* A wrap ends what is fetched at once, so that the rest is one run of steps. */
		if (!advance(sequence, &next, &wraps) || wraps)
			break;
		value = next;
	}
	use->fetched = value;
	use->increment = sequence.increment;
	use->epoch = state.epoch;
	state.last = value;
	state.is_called = true;
	state.increment = sequence.increment;
	if (!durable && !is_beyond(value, before, sequence.increment))
		return SequenceWrite::Cached;
	state.reserved = reserve_from(sequence, value, ahead);
	return SequenceWrite::Durable;
}

/* A value that CACHE fetched before; false when there is none, or it is not of this run of values. */
bool
take_fetched(const SequenceInfo &sequence, Use *use)
{
	if (!use->given || use->last == use->fetched || use->epoch != sequence.epoch ||
		use->increment != sequence.increment)
		return false;
	use->last += use->increment;
	return true;
}

} /* namespace */

int64
NextSequenceValue(Oid oid, bool check_rights)
{
	const RelationInfoPtr relation = sequence_relation(oid);
	const SequencePtr sequence = definition_of(*relation);

	if (check_rights && !has_right(*relation, ACL_USAGE | ACL_UPDATE) &&
		!numbers_rows_of_own(*relation))
		raise_no_right(*relation);
	refuse_write(*sequence, "nextval()");

	Use use = uses[oid];

	if (!take_fetched(*sequence, &use))
	{
		const int ahead = CurrentEngine().sequences().reserve_ahead();

		with_state(*sequence, SequenceAccess::Use,
				   [&](SequenceState &state)
				   { return take(*relation, *sequence, state, &use, ahead); });
	}
	use.given = true;
	uses[oid] = use;
	last_used = oid;
	return use.last;
}

int64
CurrentSequenceValue(Oid oid)
{
	const RelationInfoPtr relation = sequence_relation(oid);
	const auto use = uses.find(oid);

	check_right(*relation, ACL_USAGE | ACL_SELECT);
	if (use == uses.end() || !use->second.given)
		Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
				  .msg("currval of sequence \"%s\" is not yet defined in this session",
					   relation->name.c_str()));
	return use->second.last;
}

int64
LastSequenceValue()
{
	const RelationInfoPtr relation = last_used != InvalidOid ? FindRelation(last_used) : nullptr;

	if (relation == nullptr)
		Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
				  .msg("lastval is not yet defined in this session"));
	check_right(*relation, ACL_USAGE | ACL_SELECT);
	return uses[last_used].last;
}

void
SetSequenceValue(Oid oid, int64 value, bool is_called)
{
	const RelationInfoPtr relation = sequence_relation(oid);
	const SequencePtr sequence = definition_of(*relation);

	check_right(*relation, ACL_UPDATE);
	refuse_write(*sequence, "setval()");
	if (value < sequence->min || value > sequence->max)
		Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE)
				  .msg("setval: value %lld is out of bounds for sequence \"%s\" (%lld..%lld)",
					   static_cast<long long>(value), relation->name.c_str(),
					   static_cast<long long>(sequence->min),
					   static_cast<long long>(sequence->max)));
	with_state(*sequence, SequenceAccess::Overwrite,
			   [&](SequenceState &state)
			   {
				   state.last = state.reserved = value;
				   state.increment = sequence->increment;
				   state.is_called = is_called;
				   return SequenceWrite::Durable;
			   });

	Use &use = uses[oid];

	if (is_called)
	{
		use.given = true;
		use.last = value;
	}
	use.fetched = use.last;
}

SequenceRow
ReadSequence(const SequenceInfo &sequence)
{
	SequenceRow row;

	with_state(sequence, SequenceAccess::Look,
			   [&](SequenceState &state)
			   {
				   int64 distance;

				   row.last = state.last;
				   row.is_called = state.is_called;
				   if (!pg_sub_s64_overflow(state.reserved, state.last, &distance))
					   row.log_count = distance / state.increment;
				   return SequenceWrite::None;
			   });
	return row;
}

void
StartSequence(const SequenceInfo &sequence, int64 first, bool is_called)
{
	const int level = GetCurrentTransactionNestLevel();
	std::vector<Layer> &layers = own[sequence.oid];
	const Layer layer{level, state_at_start(sequence, first, is_called, sequence.epoch)};

	watch_for_sequences();
	if (!layers.empty() && layers.back().level == level)
		layers.back() = layer;
	else
		layers.push_back(layer);
	ForgetFetchedValues(sequence.oid);
}

void
RestartSequence(const SequenceInfo &sequence, int64 first)
{
	SequenceInfo restarted = sequence;

	if (!sequence.temporary)
	{
		restarted.epoch++;
		SetSequenceStart(sequence.oid, restarted.epoch, first, false);
	}
	StartSequence(restarted, first, false);
}

void
EndSequence(const RelationInfo &sequence)
{
	watch_for_sequences();
	dropped.emplace_back(sequence.oid, GetCurrentTransactionNestLevel());
}

void
ForgetFetchedValues(Oid sequence)
{
	if (const auto use = uses.find(sequence); use != uses.end())
		use->second.fetched = use->second.last;
}

void
DiscardSequences()
{
	uses.clear();
	last_used = InvalidOid;
}

void
WriteOwnSequences()
{
	for (const auto &[oid, layers] : own)
	{
		const SequenceState &state = layers.back().state;
		const bool is_dropped = std::any_of(dropped.begin(), dropped.end(),
											[oid = oid](auto &drop) { return drop.first == oid; });

		if (layers.back().level > 0 && state.epoch != 0 && !is_dropped)
			SetSequenceStart(oid, state.epoch, state.last, state.is_called);
	}
}

} /* namespace pg */
