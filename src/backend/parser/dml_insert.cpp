/*
 * dml_insert.cpp
 *		INSERT: columns, rows, defaults, ON CONFLICT.
 *
 * Backends and workers.
 */
#include "parser/analyzer.h"

#include <algorithm>

namespace pg::parser
{

DmlQuery *
Analyzer::insert(const PgQuery__InsertStmt &stmt, Scope *parent, bool top_level)
{
	DmlQuery *dml = make_dml();
	Scope own;

	dml->kind = StatementKind::Insert;
	own.parent = parent;
	dml_with(stmt.with_clause, parent, top_level, dml);
	ScopeGuard guard(*this, &own);

	dml_target(dml, *stmt.relation, own, "insert");
	insert_columns(dml, stmt);
	insert_source(dml, stmt, parent);
	if (stmt.on_conflict_clause != nullptr &&
		stmt.on_conflict_clause->action > PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_NONE)
		on_conflict(dml, *stmt.on_conflict_clause, own);
	returning_clause(dml, stmt.returning_list, stmt.n_returning_list);
	cte_frames_.pop_back();
	return dml;
}

void
Analyzer::insert_columns(DmlQuery *dml, const PgQuery__InsertStmt &stmt)
{
	const Rte &target = *dml->target;

	for (size_t i = 0; i < stmt.n_cols; i++)
	{
		const PgQuery__ResTarget &node = *stmt.cols[i]->res_target;

		if (node.n_indirection > 0)
			not_supported("assignment to a part of a column", node.location);
		const int column = target_column(target, node.name, node.location);

		if (std::ranges::find(dml->columns, column) != dml->columns.end())
			Raise(Report(ERROR, ERRCODE_DUPLICATE_COLUMN)
					  .msg("column \"%s\" specified more than once", node.name)
					  .at(at(node.location)));
		dml->columns.push_back(column);
	}
	for (size_t i = 0; stmt.n_cols == 0 && i < target.columns.size(); i++)
	{
		if (!target.columns[i].dropped)
			dml->columns.push_back(static_cast<int>(i));
	}
}

namespace
{

const ColumnInfo &
column_info(const DmlQuery &dml, size_t position)
{
	return dml.target->relation->columns[static_cast<size_t>(dml.columns[position])];
}

/* A value for an identity column GENERATED ALWAYS must be asked for. */
void
check_identity(const Analyzer &analyzer, const ColumnInfo &column, const PgQuery__InsertStmt &stmt,
			   int location)
{
	if (column.identity != 'a' ||
		stmt.override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_SYSTEM_VALUE)
		return;
	if (stmt.override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_USER_VALUE)
		analyzer.not_supported("OVERRIDING USER VALUE", location);
	Raise(Report(ERROR, ERRCODE_GENERATED_ALWAYS)
			  .msg("cannot insert a non-DEFAULT value into column \"%s\"", column.name.c_str())
			  .detail("Column \"%s\" is an identity column defined as GENERATED ALWAYS.",
					  column.name.c_str())
			  .hint("Use OVERRIDING SYSTEM VALUE to override."));
}

/* "r.*" of a record variable among the values. */
bool
is_star(const PgQuery__Node &node)
{
	return node.node_case == PG_QUERY__NODE__NODE_COLUMN_REF && node.column_ref->n_fields > 1 &&
		   node.column_ref->fields[node.column_ref->n_fields - 1]->node_case ==
			   PG_QUERY__NODE__NODE_A_STAR;
}

bool
is_plain_values(const PgQuery__SelectStmt &stmt)
{
	return stmt.n_values_lists > 0 && stmt.n_sort_clause == 0 && stmt.limit_count == nullptr &&
		   stmt.limit_offset == nullptr && stmt.with_clause == nullptr &&
		   stmt.n_locking_clause == 0;
}

} /* namespace */

/* Too many or too few values for the columns. */
void
Analyzer::check_insert_width(DmlQuery *dml, const PgQuery__InsertStmt &stmt, size_t width,
							 int surplus_location)
{
	if (width > dml->columns.size())
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("INSERT has more expressions than target columns")
				  .at(at(surplus_location)));
	if (width < dml->columns.size())
	{
		if (stmt.n_cols > 0)
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("INSERT has more target columns than expressions")
					  .at(at(stmt.cols[width]->res_target->location)));
		dml->columns.resize(width);
	}
}

void
Analyzer::insert_values(DmlQuery *dml, const PgQuery__InsertStmt &stmt, Scope *parent)
{
	const PgQuery__SelectStmt &values = *stmt.select_stmt->select_stmt;
	Query *query = dml->source;
	Scope own;
	const bool single = values.n_values_lists == 1;

	own.parent = parent;
	own.query = query;
	ScopeGuard guard(*this, &own);

	for (size_t i = 0; i < values.n_values_lists; i++)
	{
		const PgQuery__List &list = *values.values_lists[i]->list;
		std::vector<Expr *> row;

		if (i > 0 && list.n_items != values.values_lists[0]->list->n_items)
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("VALUES lists must all be the same length")
					  .at(at(list.n_items > 0 ? scope_location(list.items[0]) : -1)));
		for (size_t j = 0; j < list.n_items; j++)
		{
			const PgQuery__Node *node = list.items[j];

			if (node->node_case == PG_QUERY__NODE__NODE_SET_TO_DEFAULT)
				row.push_back(make(ExprKind::Default, kUnknown, node->set_to_default->location));
			else if (is_star(*node))
			{
				std::vector<Target> targets;

				expand_star(*node->column_ref, targets);
				for (const Target &target : targets)
					row.push_back(target.expr);
			}
			else
				row.push_back(expression(node, single ? Place::ValuesSingle : Place::Values));
		}
		if (i == 0)
			check_insert_width(dml, stmt, row.size(),
							   row.size() > dml->columns.size() ? row[dml->columns.size()]->location
																: -1);
		for (size_t j = 0; j < row.size(); j++)
		{
			const ColumnInfo &column = column_info(*dml, j);

			if (row[j]->kind == ExprKind::Default)
				row[j] = column_default(*dml->target, dml->columns[j], row[j]->location);
			else
			{
				check_identity(*this, column, stmt, row[j]->location);
				row[j] = assign(row[j], column, row[j]->location);
			}
		}
		query->rows.push_back(std::move(row));
	}
	if (single && std::ranges::any_of(query->rows[0], HasSet))
		select_values(query);
}

/* VALUES of one row with a set in it: a SELECT of as many rows as the set has. */
void
Analyzer::select_values(Query *query)
{
	query->kind = QueryKind::Select;
	for (Expr *expr : query->rows[0])
		query->targets.push_back({expr, "", false});
	query->rows.clear();
	expand_set_returning(query);
	finish_outputs(query);
}

/* The rows of a SELECT, with the columns brought to the target's types. */
void
Analyzer::insert_select(DmlQuery *dml, const PgQuery__InsertStmt &stmt, Scope *parent)
{
	Query *query;
	{
		ScopeGuard guard(*this, parent);

		query = select(*stmt.select_stmt->select_stmt, parent, true);
	}
	const size_t width = query->outputs.size();
	int surplus = -1;

	if (width > dml->columns.size() && query->kind == QueryKind::Select)
		surplus = query->targets[dml->columns.size()].expr->location;
	check_insert_width(dml, stmt, width, surplus);
	const bool in_place = query->kind == QueryKind::Select && !query->distinct &&
						  query->distinct_on.empty() && query->sort.empty();

	if (!in_place)
	{
		Query *outer = make_query();
		Rte *rte = query_rte(query, outer);

		outer->from.push_back(make_from(rte));
		for (size_t i = 0; i < width; i++)
		{
			/* A literal is still to be read as the column's type. */
			Expr *expr = make_column(rte, static_cast<int>(i), -1);

			if (query->kind == QueryKind::Select)
			{
				if (query->targets[i].expr->is_unknown_const())
					expr = query->targets[i].expr;
				else
					resolve_unknown(query->targets[i].expr);
				expr->location = query->targets[i].expr->location;
			}
			outer->targets.push_back({expr, query->outputs[i].name, false});
		}
		finish_outputs(query);
		query = outer;
	}
	for (size_t i = 0; i < width; i++)
	{
		const ColumnInfo &column = column_info(*dml, i);
		Expr *&expr = query->targets[i].expr;

		check_identity(*this, column, stmt, expr->location);
		expr = assign(expr, column, expr->location);
	}
	finish_outputs(query);
	dml->source = query;
}

void
Analyzer::insert_source(DmlQuery *dml, const PgQuery__InsertStmt &stmt, Scope *parent)
{
	dml->source = make_query();
	dml->source->kind = QueryKind::Values;
	if (stmt.select_stmt == nullptr)
	{
		dml->columns.clear();
		dml->source->rows.emplace_back();
	}
	else if (is_plain_values(*stmt.select_stmt->select_stmt))
		insert_values(dml, stmt, parent);
	else
		insert_select(dml, stmt, parent);
	add_insert_defaults(dml);
	if (dml->source->kind == QueryKind::Values)
	{
		dml->source->outputs.clear();
		for (size_t i = 0; i < dml->columns.size(); i++)
		{
			const ColumnInfo &column = column_info(*dml, i);

			dml->source->outputs.push_back({column.name, column.type, column.typmod, 0, 0});
		}
	}
}

/* Columns that the statement leaves out and that get more than a null. */
void
Analyzer::add_insert_defaults(DmlQuery *dml)
{
	const RelationInfo &relation = *dml->target->relation;

	for (size_t i = 0; i < relation.columns.size(); i++)
	{
		const ColumnInfo &column = relation.columns[i];
		const int index = static_cast<int>(i);

		if (column.dropped || std::ranges::find(dml->columns, index) != dml->columns.end())
			continue;
		/* A rowid left out would be generated by the engine. */
		if (column.default_sql.empty() && column.identity == 0 && !column.is_rowid)
			continue;
		dml->columns.push_back(index);
		if (dml->source->kind == QueryKind::Values)
		{
			for (std::vector<Expr *> &row : dml->source->rows)
				row.push_back(column_default(*dml->target, index, -1));
		}
		else
			dml->source->targets.push_back(
				{column_default(*dml->target, index, -1), column.name, false});
	}
	if (dml->source->kind == QueryKind::Select)
		finish_outputs(dml->source);
	/* The engine wants at least one column. */
	for (size_t i = 0; dml->columns.empty() && i < relation.columns.size(); i++)
	{
		if (relation.columns[i].dropped)
			continue;
		dml->columns.push_back(static_cast<int>(i));
		for (std::vector<Expr *> &row : dml->source->rows)
			row.push_back(make_const(relation.columns[i].type, Value::Null(), -1));
	}
}

/* ---- ON CONFLICT ---- */

namespace
{

bool
same_set(std::vector<int16> a, std::vector<int16> b)
{
	std::ranges::sort(a);
	std::ranges::sort(b);
	return a == b;
}

/* Is there a unique constraint or index over exactly these columns? */
bool
has_arbiter(const RelationInfo &relation, const std::vector<int16> &columns, bool has_predicate)
{
	for (const ConstraintInfo &constraint : relation.constraints)
	{
		if ((constraint.type == 'p' || constraint.type == 'u') &&
			same_set(constraint.columns, columns))
			return true;
	}
	for (const TableIndex &index : relation.indexes)
	{
		if (index.unique && same_set(index.columns, columns) &&
			(index.predicate_sql.empty() || has_predicate))
			return true;
	}
	return false;
}

} /* namespace */

void
Analyzer::conflict_target(DmlQuery *dml, const PgQuery__InferClause &infer)
{
	const RelationInfo &relation = *dml->target->relation;
	std::vector<int16> columns;

	if (infer.conname[0] != 0)
	{
		for (const ConstraintInfo &constraint : relation.constraints)
		{
			if (constraint.name == infer.conname &&
				(constraint.type == 'p' || constraint.type == 'u'))
				columns = constraint.columns;
		}
		if (columns.empty())
			Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
					  .msg("constraint \"%s\" for table \"%s\" does not exist", infer.conname,
						   relation.name.c_str()));
	}
	for (size_t i = 0; i < infer.n_index_elems; i++)
	{
		const PgQuery__IndexElem &element = *infer.index_elems[i]->index_elem;

		if (element.name[0] == 0)
			not_supported("an expression in ON CONFLICT", infer.location);
		const int column = target_column(*dml->target, element.name, infer.location);

		columns.push_back(relation.columns[static_cast<size_t>(column)].attnum);
	}
	if (infer.where_clause != nullptr)
		dml->conflict_predicate =
			coerce_to_boolean(expression(infer.where_clause, Place::IndexPredicate), "WHERE");
	if (!has_arbiter(relation, columns, infer.where_clause != nullptr))
		Raise(Report(ERROR, ERRCODE_INVALID_COLUMN_REFERENCE)
				  .msg("there is no unique or exclusion constraint matching the ON CONFLICT "
					   "specification"));
	for (int16 attnum : columns)
	{
		for (const RteColumn &column : dml->target->columns)
		{
			if (column.attnum == attnum)
				dml->conflict_targets.push_back(column.engine);
		}
	}
}

void
Analyzer::on_conflict(DmlQuery *dml, const PgQuery__OnConflictClause &clause, Scope &own)
{
	dml->on_conflict = true;
	dml->do_update = clause.action == PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_UPDATE;
	if (clause.infer != nullptr)
		conflict_target(dml, *clause.infer);
	else if (dml->do_update)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("ON CONFLICT DO UPDATE requires inference specification or constraint name")
				  .hint("For example, ON CONFLICT (column_name).")
				  .at(at(clause.location)));
	if (!dml->do_update)
		return;
	NameItem item;

	dml->excluded = relation_rte(dml->target->relation, dml->frame);
	dml->excluded->engine_alias = "excluded";
	dml->excluded->name = "excluded";
	item.name = "excluded";
	item.rte = dml->excluded;
	own.items.push_back(item);
	set_clause(clause.target_list, clause.n_target_list, *dml->target, dml->conflict_columns,
			   dml->conflict_values);
	if (clause.where_clause != nullptr)
		dml->conflict_where =
			coerce_to_boolean(expression(clause.where_clause, Place::Where), "WHERE");
	own.items.pop_back();
}

} /* namespace pg::parser */
