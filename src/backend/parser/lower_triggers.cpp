/*
 * lower_triggers.cpp
 *		INSERT, UPDATE and DELETE on a table with triggers: rows in a buffer, written one by one.
 *
 * The executor's row writer runs what is made here (RowWrites in plan.h).  Backends and workers.
 */
#include <algorithm>

#include "catalog/triggers.h"
#include "parser/lowering.h"

namespace pg::parser
{

namespace
{

int
event_of(const DmlQuery &dml)
{
	switch (dml.kind)
	{
		case StatementKind::Insert: return TRIGGER_TYPE_INSERT;
		case StatementKind::Update: return TRIGGER_TYPE_UPDATE;
		default: return TRIGGER_TYPE_DELETE;
	}
}

std::string
quoted_text(std::string_view text)
{
	std::string literal = "'";

	for (const char c : text)
		literal.append(c == '\'' ? 2 : 1, c);
	return literal + "'";
}

/* ?number as the new value of a column; a null is no row number. */
std::string
placed_value(const Rte &target, size_t column, int number)
{
	const ColumnInfo &info = target.relation->columns[column];
	const std::string mark = "?" + std::to_string(number);

	if (!info.is_rowid)
		return mark;
	return "pg_row_id(" + mark + ", " + quoted_text(target.relation->name) + ", " +
		   quoted_text(info.name) + ")";
}

/*
 * A table whose triggers would have to fire for what a foreign key does to it, at any distance: the engine
 * does that by itself.  Null: there is none.
 */
RelationInfoPtr
bypassed_table(const RelationInfo &relation, bool removes, std::vector<Oid> *seen)
{
	if (std::ranges::find(*seen, relation.oid) != seen->end())
		return nullptr;
	seen->push_back(relation.oid);
	for (const Reference &reference : FindReferences(relation.oid))
	{
		const ConstraintInfo &key = reference.relation->constraints[reference.constraint];
		const char action = removes ? key.delete_action : key.update_action;
		const bool removed = removes && action == 'c';

		if (action == 'a' || action == 'r')
			continue;
		if (HasTriggersFor(*reference.relation,
						   removed ? TRIGGER_TYPE_DELETE : TRIGGER_TYPE_UPDATE))
			return reference.relation;
		if (RelationInfoPtr found = bypassed_table(*reference.relation, removed, seen))
			return found;
	}
	return nullptr;
}

/* Does it change what foreign keys may point to? */
bool
changes_keys(const DmlQuery &dml)
{
	const RelationInfo &relation = *dml.target->relation;
	const std::vector<int> &set =
		dml.kind == StatementKind::Insert ? dml.conflict_columns : dml.columns;

	if (dml.kind == StatementKind::Delete)
		return !relation.indexes.empty();
	return std::ranges::any_of(
		relation.indexes,
		[&](const TableIndex &index)
		{
			return index.unique &&
				   std::ranges::any_of(
					   set,
					   [&](int column)
					   {
						   return std::ranges::find(
									  index.columns,
									  relation.columns[static_cast<size_t>(column)].attnum) !=
								  index.columns.end();
					   });
		});
}

} /* namespace */

bool
FiresTriggers(const DmlQuery &dml)
{
	const RelationInfo &relation = *dml.target->relation;

	return !relation.triggers.empty() &&
		   (HasTriggersFor(relation, event_of(dml)) ||
			(dml.do_update && HasTriggersFor(relation, TRIGGER_TYPE_UPDATE)));
}

void
Lowering::check_triggers(const DmlQuery &dml, bool in_with) const
{
	std::vector<Oid> seen;
	const bool removes = dml.kind == StatementKind::Delete;

	if (changes_keys(dml) && AnyTriggers())
		if (const RelationInfoPtr table = bypassed_table(*dml.target->relation, removes, &seen))
			analyzer_.not_supported("a foreign key that changes table \"" + table->name +
										"\", which has triggers,",
									-1);
	if (!FiresTriggers(dml))
		return;
	if (in_with && !dml.returning.empty())
		analyzer_.not_supported("RETURNING in WITH for a table with triggers", -1);
	for (const Target &target : dml.returning)
		if (ContainsSubQuery(target.expr))
			analyzer_.not_supported("a sub-query in RETURNING for a table with triggers",
									target.expr->location);
}

/* Of UPDATE and DELETE: the columns as they are, then what SET makes of those it names. */
void
Lowering::old_and_new(const DmlQuery &dml)
{
	bool first = true;

	for (const RteColumn &column : dml.target->columns)
	{
		if (column.dropped)
			continue;
		out_ += (first ? "" : ", ") + dml.target->engine_alias + "." + column.engine;
		first = false;
	}
	for (const Expr *value : dml.values)
	{
		out_ += ", ";
		expr(*value);
	}
}

std::string
Lowering::fetch_row(const Rte &target) const
{
	std::string columns;

	for (const RteColumn &column : target.columns)
		if (!column.dropped)
			columns += (columns.empty() ? "" : ", ") + column.engine;
	return "SELECT " + columns + " FROM " + target.relation->physical + " WHERE " +
		   RowIdName(target) + " = ?1";
}

std::string
Lowering::row_insert(const DmlQuery &dml)
{
	std::string columns, values;
	int number = 0;

	for (size_t i = 0; i < dml.target->columns.size(); i++)
	{
		if (dml.target->columns[i].dropped)
			continue;
		columns += (columns.empty() ? "" : ", ") + dml.target->columns[i].engine;
		values += (values.empty() ? "" : ", ") + placed_value(*dml.target, i, ++number);
	}
	out_ += "INSERT INTO ";
	dml_target(*dml.target);
	out_ += " (" + columns + ") VALUES (" + values + ")";
	if (dml.on_conflict)
	{
		conflict_target(dml);
		out_ += " DO NOTHING";
	}
	out_ += " RETURNING " + RowIdName(*dml.target);
	return take();
}

std::string
Lowering::row_update(const Rte &target)
{
	std::string changes;
	int number = 0;

	for (size_t i = 0; i < target.columns.size(); i++)
		if (!target.columns[i].dropped)
			changes += (changes.empty() ? "" : ", ") + target.columns[i].engine + " = " +
					   placed_value(target, i, ++number);
	return "UPDATE " + target.relation->physical + " SET " + changes + " WHERE " +
		   RowIdName(target) + " = ?" + std::to_string(number + 1) + " RETURNING " +
		   RowIdName(target);
}

std::string
Lowering::row_delete(const Rte &target) const
{
	return "DELETE FROM " + target.relation->physical + " WHERE " + RowIdName(target) +
		   " = ?1 RETURNING ?1";
}

/* ON CONFLICT DO UPDATE: the row in the way of the proposed one, and what SET makes of it. */
void
Lowering::conflict_query(const DmlQuery &dml, RowWrites *writes)
{
	const Rte &target = *dml.target;
	const std::string alias = target.engine_alias + ".";
	std::string proposed;
	size_t place = 0;

	out_ += "SELECT ";
	if (dml.conflict_where != nullptr)
		expr(*dml.conflict_where);
	else
		out_ += '1';
	out_ += ", " + alias + RowIdName(target);
	for (const RteColumn &column : target.columns)
	{
		if (column.dropped)
			continue;
		out_ += ", " + alias + column.engine;
		proposed += (proposed.empty() ? "" : ", ") + BufferColumn(place++) + " AS " + column.engine;
	}
	for (const Expr *value : dml.conflict_values)
	{
		out_ += ", ";
		expr(*value);
	}
	out_ += " FROM " + target.relation->physical + " AS " + target.engine_alias + ", (SELECT " +
			proposed + " FROM pg_rows(" + std::to_string(writes->proposed_buffer) +
			")) AS excluded WHERE 1";
	for (const std::string &key : dml.conflict_targets)
	{
		out_ += " AND " + alias + key + " = excluded." + key;
		for (const RteColumn &column : target.columns)
			if (column.engine == key)
				collate(column.type);
	}
	if (dml.conflict_predicate != nullptr)
	{
		out_ += " AND ";
		expr(*dml.conflict_predicate);
	}
	writes->conflict_sql = take();
	for (const int column : dml.conflict_columns)
		writes->conflict_columns.push_back(
			target.relation->columns[static_cast<size_t>(column)].attnum);
	writes->conflict_write_sql = row_update(target);
}

void
Lowering::rows_step(const DmlQuery &dml, bool counts, Plan *plan)
{
	const Rte &target = *dml.target;
	auto writes = std::make_shared<RowWrites>();
	PlanStep step;

	writes->kind = dml.kind;
	writes->source_buffer = dml.source_buffer;
	if (!dml.returning.empty())
		writes->result_buffer = dml.buffer;
	if (dml.kind == StatementKind::Update)
		for (const int column : dml.columns)
			writes->set_columns.push_back(
				target.relation->columns[static_cast<size_t>(column)].attnum);
	writes->fetch_sql = fetch_row(target);
	writes->write_sql = dml.kind == StatementKind::Insert	? row_insert(dml)
						: dml.kind == StatementKind::Update ? row_update(target)
															: row_delete(target);
	if (dml.do_update)
	{
		writes->proposed_buffer = analyzer_.new_buffer();
		conflict_query(dml, writes.get());
	}
	writes->extras = static_cast<int>(ExtraColumnsOf(dml));
	step.role = PlanStep::Role::Rows;
	step.counts = counts;
	step.row_writes = std::move(writes);
	describe_target(dml, &step);
	plan->steps.push_back(std::move(step));
}

} /* namespace pg::parser */
