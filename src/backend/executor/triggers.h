/*
 * executor/triggers.h
 *		Fires the triggers of one statement.
 *
 * The order of events is in this folder's README.  Backends and workers with a database, inside a
 * writing transaction, between steps of the engine.
 */
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "catalog/objects.h"
#include "catalog/pg_trigger.h"
#include "commands/trigger.h"
#include "engine/function.h"
#include "engine/kept.h"

namespace pg
{

/* A row of a table: one value for each column, null for dropped ones. */
using TriggerRow = std::vector<Kept>;

/* What happens to a table. Attnums of SET where it is an UPDATE. */
struct TableEvent
{
	RelationInfoPtr table;
	int type = 0; /* TRIGGER_TYPE_INSERT and the like */
	std::span<const int16> set_columns = {};
};

/* All rows that a statement changed in a table by one event: what transition tables show. */
struct TransitionRows
{
	RelationInfoPtr table;
	std::vector<TriggerRow> old_rows, new_rows;
};

/* pg_transition_rows(which): those of the trigger that runs, 'o' old or 'n' new, or given rows; parser/plan.h has the name. */
std::unique_ptr<RowCursor> OpenTransitionRows(std::span<const Value> args);

/* What a trigger is told. The rows are null where there are none. */
struct TriggerFiring
{
	const TableEvent &event;
	const TriggerInfo &trigger;
	const TriggerRow *old_row = nullptr, *new_row = nullptr;
	int64 old_place = -1, new_place = -1;		/* rowids; -1: none yet */
	const TransitionRows *transition = nullptr; /* of a trigger that names transition tables */

	bool is_row() const { return (trigger.type & TRIGGER_TYPE_ROW) != 0; }
	bool is_before() const { return (trigger.type & TRIGGER_TYPE_BEFORE) != 0; }
	/* What AFTER and the others call a row that goes on. */
	const TriggerRow *row() const { return new_row != nullptr ? new_row : old_row; }
};

/* Rows and their places, as AFTER triggers are told of them. */
struct ChangedRow
{
	std::optional<TriggerRow> old_row, new_row;
	int64 old_place = -1, new_place = -1;
};

/*
 * The triggers of one statement: BEFORE ones are called at once, AFTER ones wait for fire_after(), which
 * is called when all tables have been changed.  Raises what the functions raise.
 */
class TriggerQueue
{
public:
	TriggerQueue();
	~TriggerQueue();
	TriggerQueue(const TriggerQueue &) = delete;
	TriggerQueue &operator=(const TriggerQueue &) = delete;

	void before_statement(const TableEvent &event);
	bool has_before_row(const TableEvent &event) const;
	/* *new_row (null for DELETE) may be changed; false: the row is to be left alone. */
	bool before_row(const TableEvent &event, const TriggerRow *old_row, int64 old_place,
					TriggerRow *new_row);
	void after_row(const TableEvent &event, const ChangedRow &change);
	void after_statement(const TableEvent &event);
	void fire_after();

private:
	class Site;
	struct Waiting;

	Site &site(const RelationInfoPtr &table, const TriggerInfo &trigger);
	bool wants(const TableEvent &event, const TriggerInfo &trigger, const TriggerRow *old_row,
			   const TriggerRow *new_row);

	void keep_transition(const TableEvent &event, const ChangedRow &change);

	std::map<Oid, std::unique_ptr<Site>> sites_;
	std::map<std::pair<Oid, int>, TransitionRows> transitions_; /* by table and event */
	std::vector<Waiting> waiting_;
};

/* How deep in triggers this process is: pg_trigger_depth(). */
int TriggerDepth();

} /* namespace pg */
