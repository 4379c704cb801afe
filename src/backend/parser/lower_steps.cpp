/*
 * lower_steps.cpp
 *		Statements that take several engine statements: data-modifying WITH, wide RETURNING.
 *
 * Every Buffer step reads the state before the statement; only then Apply steps change tables by
 * rowid, in the order of the WITH list with the main statement last; the Final step reads buffers.
 * A buffer of rows to change holds the rowid (not for INSERT), then every live column of the target
 * as it will be (for DELETE: was), then what RETURNING needs of other FROM items.
 */
#include "parser/lowering.h"

#include <algorithm>

namespace pg::parser
{

namespace
{

std::string
buffer_alias(int buffer)
{
	return "b" + std::to_string(buffer);
}

std::string
buffer_rows(int buffer)
{
	return "pg_rows(" + std::to_string(buffer) + ")";
}

/* Columns of FROM items that RETURNING reads. */
struct ExtraColumns
{
	const DmlQuery *dml;
	std::vector<std::pair<Rte *, size_t>> columns;

	void add(const Expr &expr)
	{
		if (expr.kind != ExprKind::Column || expr.rte == dml->target ||
			expr.rte->owner != dml->frame)
			return;
		const std::pair<Rte *, size_t> key{expr.rte, static_cast<size_t>(expr.column)};

		if (std::ranges::find(columns, key) == columns.end())
			columns.push_back(key);
	}
};

ExtraColumns
extra_columns(const DmlQuery &dml)
{
	ExtraColumns extra{&dml, {}};

	for (const Target &target : dml.returning)
		AnyExprDeep(
			target.expr,
			[](const Expr &e, void *data)
			{
				static_cast<ExtraColumns *>(data)->add(e);
				return false;
			},
			&extra);
	return extra;
}

bool
correlated_with_target(const Expr *expr, const DmlQuery &dml)
{
	return AnyExprDeep(
		expr,
		[](const Expr &e, void *data)
		{
			const DmlQuery &query = *static_cast<const DmlQuery *>(data);

			return e.query != nullptr && QueryReads(e.query, query.target->relation->oid);
		},
		const_cast<DmlQuery *>(&dml));
}

} /* namespace */

size_t
ExtraColumnsOf(const DmlQuery &dml)
{
	return extra_columns(dml).columns.size();
}

bool
Lowering::runs_natively(const DmlQuery &dml) const
{
	if (!analyzer_.dml_ctes.empty() || FiresTriggers(dml))
		return false;
	for (const Target &target : dml.returning)
	{
		if (ContainsSubQuery(target.expr))
			return false;
	}
	if (!extra_columns(dml).columns.empty())
		return false;
	/* The engine would show a sub-query the rows changed so far. */
	if (dml.kind == StatementKind::Update)
		return std::ranges::none_of(dml.values, [&](const Expr *value)
									{ return correlated_with_target(value, dml); });
	return true;
}

/* Computes the rows to change into the statement's buffer. */
void
Lowering::buffer_step(DmlQuery &dml, const std::vector<Cte *> &ctes, bool recursive, Plan *plan)
{
	const ExtraColumns extra = extra_columns(dml);
	std::vector<Cte *> all = ctes;

	for (Cte *own : dml.ctes)
	{
		if (std::ranges::find(all, own) == all.end())
			all.push_back(own);
	}
	with_clause(all, recursive || dml.recursive);
	if (dml.kind == StatementKind::Insert)
	{
		if (dml.on_conflict && !dml.returning.empty() && dml.source_buffer < 0)
			analyzer_.not_supported("RETURNING of INSERT ... ON CONFLICT here", -1);
		insert_buffer(dml);
	}
	else
	{
		out_ += "SELECT ";
		out_ += dml.target->engine_alias + "." + RowIdName(*dml.target) + ", ";
		if (dml.source_buffer >= 0)
			old_and_new(dml);
		else
			new_values(dml);
		for (const auto &[rte, column] : extra.columns)
			out_ += ", " + rte->engine_alias + "." + rte->columns[column].engine;
		target_from(dml);
		/* One change for each row, however many FROM rows match it. */
		if (!dml.frame->from.empty())
			out_ += " GROUP BY " + dml.target->engine_alias + "." + RowIdName(*dml.target);
	}
	PlanStep &step = plan->steps.emplace_back();

	step.role = PlanStep::Role::Buffer;
	step.buffer = dml.source_buffer >= 0 ? dml.source_buffer : dml.buffer;
	step.sql = take();
	plan_redirects(dml, extra.columns);
}

/* The new rows in the order of the table's columns; generated rowids are numbered here. */
void
Lowering::insert_buffer(const DmlQuery &dml)
{
	bool first = true;

	out_ += "SELECT ";
	for (size_t i = 0; i < dml.target->columns.size(); i++)
	{
		const ColumnInfo &info = dml.target->relation->columns[i];

		if (info.dropped)
			continue;
		if (!first)
			out_ += ", ";
		first = false;
		const auto found = std::ranges::find(dml.columns, static_cast<int>(i));
		const std::string column = found != dml.columns.end()
									   ? 'c' + std::to_string(found - dml.columns.begin() + 1)
									   : std::string("NULL");

		out_ += column;
	}
	out_ += " FROM (";
	query(*dml.source, {.named = true, .collated = false});
	out_ += ')';
}

/* Remembers where RETURNING finds each column in the buffer. */
void
Lowering::plan_redirects(DmlQuery &dml, const std::vector<std::pair<Rte *, size_t>> &extra)
{
	const std::string alias = buffer_alias(dml.buffer) + ".";
	size_t next = dml.kind == StatementKind::Insert ? 0 : 1;
	std::vector<std::string> target(dml.target->columns.size());

	for (size_t i = 0; i < target.size(); i++)
	{
		if (!dml.target->columns[i].dropped)
			target[i] = alias + BufferColumn(next++);
	}
	dml.redirects.emplace_back(dml.target, std::move(target));
	for (const auto &[rte, column] : extra)
	{
		auto found = std::ranges::find_if(dml.redirects,
										  [&](const auto &entry) { return entry.first == rte; });

		if (found == dml.redirects.end())
		{
			dml.redirects.emplace_back(rte, std::vector<std::string>(rte->columns.size()));
			found = dml.redirects.end() - 1;
		}
		found->second[column] = alias + BufferColumn(next++);
	}
}

/* RETURNING as a query over the statement's buffer, columns c1, c2, ... */
void
Lowering::returning_query(const DmlQuery &dml)
{
	for (const auto &[rte, columns] : dml.redirects)
		rte->redirected = columns;
	out_ += "SELECT ";
	for (size_t i = 0; i < dml.returning.size(); i++)
	{
		if (i > 0)
			out_ += ", ";
		expr(*dml.returning[i].expr);
		out_ += " AS c" + std::to_string(i + 1);
	}
	out_ += " FROM " + buffer_rows(dml.buffer) + " AS " + buffer_alias(dml.buffer);
	for (const auto &[rte, columns] : dml.redirects)
		rte->redirected.clear();
}

void
Lowering::apply_step(const DmlQuery &dml, bool counts, Plan *plan)
{
	if (dml.source_buffer >= 0)
		return rows_step(dml, counts, plan);

	const std::string rows = buffer_rows(dml.buffer);
	const std::string alias = dml.target->engine_alias;
	const std::string row_id = RowIdName(*dml.target);
	PlanStep step;
	/* Position in the buffer of each live column. */
	std::vector<size_t> position(dml.target->columns.size());
	size_t next = dml.kind == StatementKind::Insert ? 0 : 1;
	std::string all;

	for (size_t i = 0; i < position.size(); i++)
	{
		if (dml.target->columns[i].dropped)
			continue;
		position[i] = next++;
		all += (all.empty() ? "" : ", ") + BufferColumn(position[i]);
	}
	switch (dml.kind)
	{
		case StatementKind::Delete:
			out_ += "DELETE FROM ";
			dml_target(*dml.target);
			out_ += " WHERE " + alias + "." + row_id + " IN (SELECT c0 FROM " + rows + ")";
			break;
		case StatementKind::Update:
			out_ += "UPDATE ";
			dml_target(*dml.target);
			out_ += " SET ";
			for (size_t i = 0; i < dml.columns.size(); i++)
			{
				const size_t column = static_cast<size_t>(dml.columns[i]);

				out_ += (i > 0 ? ", " : "") + dml.target->columns[column].engine + " = ";
				written_buffer(*dml.target, dml.columns[i],
							   buffer_alias(dml.buffer) + "." + BufferColumn(position[column]));
			}
			out_ += " FROM " + rows + " AS " + buffer_alias(dml.buffer) + " WHERE " + alias + "." +
					row_id + " = " + buffer_alias(dml.buffer) + ".c0";
			break;
		default:
			insert_head(dml);
			out_ += "SELECT ";
			for (size_t i = 0; i < dml.columns.size(); i++)
			{
				if (i > 0)
					out_ += ", ";
				written_buffer(*dml.target, dml.columns[i],
							   BufferColumn(position[static_cast<size_t>(dml.columns[i])]));
			}
			out_ += " FROM " + rows + " WHERE 1";
			on_conflict(dml);
			break;
	}
	step.role = PlanStep::Role::Apply;
	step.sql = take();
	step.counts = counts;
	if (dml.kind != StatementKind::Delete)
		step.diagnosis_sql = "SELECT " + all + " FROM " + rows;
	describe_target(dml, &step);
	plan->steps.push_back(std::move(step));
}

void
Lowering::written_buffer(const Rte &target, int column, const std::string &text)
{
	const ColumnInfo &info = target.relation->columns[static_cast<size_t>(column)];

	if (!info.is_rowid)
	{
		out_ += text;
		return;
	}
	out_ += "pg_row_id(" + text + ", ";
	constant(Value::Text(target.relation->name));
	out_ += ", ";
	constant(Value::Text(info.name));
	out_ += ')';
}

/* The main statement is a query or a DML; the other is null. */
void
Lowering::plan_steps(const Query *main_query, const DmlQuery *main_dml, Plan *plan)
{
	DmlQuery *last = const_cast<DmlQuery *>(main_dml);
	const std::vector<Cte *> &ctes = main_query ? main_query->ctes : main_dml->ctes;
	const bool recursive = main_query ? main_query->recursive : main_dml->recursive;
	int result_buffer = -1;

	/* Sub-statements were collected in the order of the WITH list. */
	for (size_t i = 0; i < analyzer_.dml_ctes.size(); i++)
	{
		std::vector<Cte *> before;

		/* Each sees the names before it. */
		for (Cte *cte : ctes)
		{
			if (cte->dml == analyzer_.dml_ctes[i])
				break;
			before.push_back(cte);
		}
		check_triggers(*analyzer_.dml_ctes[i], true);
		if (FiresTriggers(*analyzer_.dml_ctes[i]))
			analyzer_.dml_ctes[i]->source_buffer = analyzer_.new_buffer();
		buffer_step(*analyzer_.dml_ctes[i], before, recursive, plan);
	}
	if (last != nullptr)
	{
		last->buffer = analyzer_.new_buffer();
		if (FiresTriggers(*last))
			last->source_buffer = analyzer_.new_buffer();
		buffer_step(*last, ctes, recursive, plan);
	}
	const bool early_returning =
		last != nullptr && std::ranges::any_of(last->returning, [](const Target &target)
											   { return ContainsSubQuery(target.expr); });

	if (main_query != nullptr || early_returning)
	{
		result_buffer = analyzer_.new_buffer();
		if (main_query != nullptr)
			query(*main_query, {});
		else
		{
			with_clause(ctes, recursive);
			returning_query(*last);
		}
		PlanStep &step = plan->steps.emplace_back();

		step.role = PlanStep::Role::Buffer;
		step.buffer = result_buffer;
		step.sql = take();
	}
	for (const DmlQuery *dml : analyzer_.dml_ctes)
		apply_step(*dml, false, plan);
	if (last != nullptr)
		apply_step(*last, true, plan);
	if (main_query != nullptr)
		for (const Output &output : main_query->outputs)
			plan->columns.push_back(
				{output.name, output.type, output.typmod, output.table, output.attnum});
	if (plan->columns.empty() && main_query == nullptr)
		return;
	if (result_buffer >= 0)
	{
		out_ += "SELECT ";
		for (size_t i = 0; i < std::max<size_t>(plan->columns.size(), 1); i++)
			out_ += (i > 0 ? ", " : "") + BufferColumn(i);
		out_ += " FROM " + buffer_rows(result_buffer);
	}
	else
		returning_query(*last);
	PlanStep &final = plan->steps.emplace_back();

	final.sql = take();
	final.counts = main_query != nullptr;
}

} /* namespace pg::parser */
