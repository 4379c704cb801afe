/*
 * lower_dml.cpp
 *		INSERT, UPDATE and DELETE as one engine statement each.
 *
 * Backends and workers.  What one statement of the engine cannot do goes to lower_steps.cpp.
 */
#include "parser/lowering.h"

#include <algorithm>

namespace pg::parser
{

namespace
{

const ColumnInfo &
info_of(const Rte &target, int column)
{
	return target.relation->columns[static_cast<size_t>(column)];
}

} /* namespace */

std::string
RowIdName(const Rte &target)
{
	for (const ColumnInfo &column : target.relation->columns)
	{
		if (column.is_rowid && !column.dropped)
			return Quoted(column.physical);
	}
	for (const char *name : {"rowid", "_rowid_", "oid"})
	{
		const bool taken = std::ranges::any_of(target.relation->columns, [&](const ColumnInfo &c)
											   { return c.physical == name; });

		if (!taken)
			return name;
	}
	RaiseNotSupported("a table with columns named rowid, _rowid_ and oid");
}

/* The value of a column about to be written. */
void
Lowering::written_value(const Rte &target, int column, const Expr &value)
{
	const ColumnInfo &info = info_of(target, column);
	const bool guarded =
		info.is_rowid && !(value.kind == ExprKind::Const && !value.is_null_const());

	if (guarded)
		out_ += "pg_row_id(";
	expr(value);
	if (guarded)
	{
		out_ += ", ";
		constant(Value::Text(target.relation->name));
		out_ += ", ";
		constant(Value::Text(info.name));
		out_ += ')';
	}
}

void
Lowering::dml_target(const Rte &target)
{
	out_ += target.relation->physical;
	out_ += " AS ";
	out_ += target.engine_alias;
}

void
Lowering::insert_head(const DmlQuery &dml)
{
	out_ += "INSERT INTO ";
	dml_target(*dml.target);
	out_ += " (";
	for (size_t i = 0; i < dml.columns.size(); i++)
	{
		if (i > 0)
			out_ += ", ";
		out_ += dml.target->columns[static_cast<size_t>(dml.columns[i])].engine;
	}
	out_ += ") ";
}

void
Lowering::insert(const DmlQuery &dml)
{
	with_clause(dml.ctes, dml.recursive);
	insert_head(dml);
	if (dml.source->kind == QueryKind::Values)
	{
		out_ += "VALUES ";
		for (size_t i = 0; i < dml.source->rows.size(); i++)
		{
			const std::vector<Expr *> &row = dml.source->rows[i];

			out_ += i > 0 ? ", (" : "(";
			for (size_t j = 0; j < row.size(); j++)
			{
				if (j > 0)
					out_ += ", ";
				written_value(*dml.target, dml.columns[j], *row[j]);
			}
			out_ += ')';
		}
	}
	else
	{
		const bool guarded = std::ranges::any_of(dml.columns, [&](int column)
												 { return info_of(*dml.target, column).is_rowid; });

		/* "ON CONFLICT" after a join would be taken for its condition. */
		if (guarded || dml.on_conflict)
			insert_guarded(dml);
		else
			query(*dml.source, {});
	}
	on_conflict(dml);
	returning(dml);
}

/* The source's rows with a null rowid refused. */
void
Lowering::insert_guarded(const DmlQuery &dml)
{
	out_ += "SELECT ";
	for (size_t i = 0; i < dml.columns.size(); i++)
	{
		const ColumnInfo &info = info_of(*dml.target, dml.columns[i]);
		const bool guarded = info.is_rowid;

		if (i > 0)
			out_ += ", ";
		if (guarded)
			out_ += "pg_row_id(";
		out_ += 'c' + std::to_string(i + 1);
		if (guarded)
		{
			out_ += ", ";
			constant(Value::Text(dml.target->relation->name));
			out_ += ", ";
			constant(Value::Text(info.name));
			out_ += ')';
		}
	}
	out_ += " FROM (";
	query(*dml.source, {.named = true, .collated = false});
	out_ += ") WHERE 1";
}

/* ON CONFLICT (columns) WHERE ... */
void
Lowering::conflict_target(const DmlQuery &dml)
{
	out_ += " ON CONFLICT";
	for (size_t i = 0; i < dml.conflict_targets.size(); i++)
	{
		out_ += i > 0 ? ", " : " (";
		out_ += dml.conflict_targets[i];
	}
	if (!dml.conflict_targets.empty())
		out_ += ')';
	if (dml.conflict_predicate != nullptr)
	{
		out_ += " WHERE ";
		set_bare(dml.target);
		expr(*dml.conflict_predicate);
		set_bare(nullptr);
	}
}

void
Lowering::on_conflict(const DmlQuery &dml)
{
	if (!dml.on_conflict)
		return;
	conflict_target(dml);
	if (!dml.do_update)
	{
		out_ += " DO NOTHING";
		return;
	}
	out_ += " DO UPDATE SET ";
	for (size_t i = 0; i < dml.conflict_columns.size(); i++)
	{
		if (i > 0)
			out_ += ", ";
		out_ += dml.target->columns[static_cast<size_t>(dml.conflict_columns[i])].engine;
		out_ += " = ";
		written_value(*dml.target, dml.conflict_columns[i], *dml.conflict_values[i]);
	}
	if (dml.conflict_where != nullptr)
	{
		out_ += " WHERE ";
		expr(*dml.conflict_where);
	}
}

void
Lowering::update(const DmlQuery &dml)
{
	with_clause(dml.ctes, dml.recursive);
	out_ += "UPDATE ";
	dml_target(*dml.target);
	out_ += " SET ";
	for (size_t i = 0; i < dml.columns.size(); i++)
	{
		if (i > 0)
			out_ += ", ";
		out_ += dml.target->columns[static_cast<size_t>(dml.columns[i])].engine;
		out_ += " = ";
		written_value(*dml.target, dml.columns[i], *dml.values[i]);
	}
	from_clause(dml.frame->from);
	if (dml.where != nullptr)
	{
		out_ += " WHERE ";
		expr(*dml.where);
	}
	returning(dml);
}

void
Lowering::remove(const DmlQuery &dml)
{
	with_clause(dml.ctes, dml.recursive);
	out_ += "DELETE FROM ";
	dml_target(*dml.target);
	if (!dml.frame->from.empty())
	{
		out_ += " WHERE EXISTS (SELECT 1";
		from_clause(dml.frame->from);
	}
	if (dml.where != nullptr)
	{
		out_ += " WHERE ";
		expr(*dml.where);
	}
	if (!dml.frame->from.empty())
		out_ += ')';
	returning(dml);
}

void
Lowering::returning(const DmlQuery &dml)
{
	if (dml.returning.empty())
		return;
	/* The engine knows the target's columns there, but not its alias. */
	set_bare(dml.target);
	out_ += " RETURNING ";
	for (size_t i = 0; i < dml.returning.size(); i++)
	{
		if (i > 0)
			out_ += ", ";
		expr(*dml.returning[i].expr);
	}
	set_bare(nullptr);
}

/* ---- What an unlucky statement tried to write ---- */

/* The new values of every live column of an UPDATE, in order. */
void
Lowering::new_values(const DmlQuery &dml)
{
	bool first = true;

	for (size_t i = 0; i < dml.target->columns.size(); i++)
	{
		const RteColumn &column = dml.target->columns[i];

		if (column.dropped)
			continue;
		if (!first)
			out_ += ", ";
		first = false;
		const auto found = std::ranges::find(dml.columns, static_cast<int>(i));

		if (found != dml.columns.end())
			expr(*dml.values[static_cast<size_t>(found - dml.columns.begin())]);
		else
			out_ += dml.target->engine_alias + "." + column.engine;
	}
}

/* The rows of an INSERT in the order of the table's columns. */
void
Lowering::insert_rows(const DmlQuery &dml)
{
	bool first = true;

	out_ += "SELECT ";
	for (size_t i = 0; i < dml.target->columns.size(); i++)
	{
		if (dml.target->columns[i].dropped)
			continue;
		if (!first)
			out_ += ", ";
		first = false;
		const auto found = std::ranges::find(dml.columns, static_cast<int>(i));

		if (found != dml.columns.end())
			out_ += 'c' + std::to_string(found - dml.columns.begin() + 1);
		else
			out_ += "NULL";
	}
	out_ += " FROM (";
	query(*dml.source, {.named = true, .collated = false});
	out_ += ')';
}

void
Lowering::describe_target(const DmlQuery &dml, PlanStep *step)
{
	step->target = dml.target->relation->oid;
	for (const RteColumn &column : dml.target->columns)
	{
		if (!column.dropped)
			step->target_columns.push_back(column.attnum);
	}
}

std::string
Lowering::diagnosis(const DmlQuery &dml)
{
	Lowering other(analyzer_);

	if (dml.kind == StatementKind::Delete)
		return {};
	other.with_clause(dml.ctes, dml.recursive);
	if (dml.kind == StatementKind::Insert)
		other.insert_rows(dml);
	else
	{
		other.out_ += "SELECT ";
		other.new_values(dml);
		other.target_from(dml);
	}
	return other.take();
}

/* FROM target, items WHERE ... of an UPDATE or DELETE. */
void
Lowering::target_from(const DmlQuery &dml)
{
	out_ += " FROM ";
	dml_target(*dml.target);
	if (!dml.frame->from.empty())
	{
		std::string items;

		items.swap(out_);
		from_clause(dml.frame->from);
		items.swap(out_);
		out_ += ", " + items.substr(sizeof(" FROM ") - 1);
	}
	if (dml.where != nullptr)
	{
		out_ += " WHERE ";
		expr(*dml.where);
	}
}

void
Lowering::plan_dml(const DmlQuery &dml, Plan *plan)
{
	for (const Output &output : dml.outputs)
		plan->columns.push_back(
			{output.name, output.type, output.typmod, output.table, output.attnum});
	check_triggers(dml, false);
	if (!runs_natively(dml))
	{
		plan_steps(nullptr, &dml, plan);
		return;
	}
	switch (dml.kind)
	{
		case StatementKind::Insert: insert(dml); break;
		case StatementKind::Update: update(dml); break;
		default: remove(dml); break;
	}
	PlanStep &step = plan->steps.emplace_back();

	step.sql = take();
	step.counts = true;
	step.discards_rows = dml.returning.empty();
	step.diagnosis_sql = diagnosis(dml);
	describe_target(dml, &step);
}

} /* namespace pg::parser */
