/*
 * set_operation.cpp
 *		UNION, INTERSECT, EXCEPT: one type per column, ORDER BY over the result.
 *
 * Backends and workers.
 */
#include "parser/analyzer.h"

#include <utility>

namespace pg::parser
{

namespace
{

const char *
operation_name(PgQuery__SetOperation operation)
{
	switch (operation)
	{
		case PG_QUERY__SET_OPERATION__SETOP_UNION: return "UNION";
		case PG_QUERY__SET_OPERATION__SETOP_INTERSECT: return "INTERSECT";
		default: return "EXCEPT";
	}
}

bool
is_bare_operation(const PgQuery__SelectStmt &stmt)
{
	return stmt.op != PG_QUERY__SET_OPERATION__SETOP_NONE && stmt.n_sort_clause == 0 &&
		   stmt.limit_count == nullptr && stmt.limit_offset == nullptr &&
		   stmt.with_clause == nullptr && stmt.n_locking_clause == 0;
}

/* What a column of an operand is, as an expression to find a common type with. */
Expr *
column_expr(Analyzer &analyzer, const Query &query, size_t column)
{
	if (query.kind == QueryKind::Select)
	{
		size_t seen = 0;

		for (const Target &target : query.targets)
		{
			if (!target.junk && seen++ == column)
				return target.expr;
		}
	}
	Expr *expr = analyzer.make(ExprKind::Column, query.outputs[column].type, -1);

	expr->typmod = query.outputs[column].typmod;
	return expr;
}

} /* namespace */

Query *
Analyzer::set_operand(const PgQuery__SelectStmt &stmt, Scope *parent)
{
	if (!is_bare_operation(stmt))
	{
		if (stmt.into_clause != nullptr)
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("INTO is only allowed on first SELECT of UNION/INTERSECT/EXCEPT")
					  .at(at(first_location(stmt))));
		return select(stmt, parent, true);
	}
	return combine(stmt, parent);
}

Query *
Analyzer::combine(const PgQuery__SelectStmt &stmt, Scope *parent)
{
	Query *query = make_query();

	query->kind = QueryKind::SetOperation;
	query->operation = stmt.op;
	query->all = stmt.all;
	Cte *recursive = std::exchange(recursive_cte_, nullptr);

	query->left = set_operand(*stmt.larg, parent);
	if (recursive != nullptr)
		start_recursion(recursive, query->left);
	query->right = set_operand(*stmt.rarg, parent);
	unify_columns(query, operation_name(stmt.op), *stmt.rarg);
	return query;
}

void
Analyzer::unify_columns(Query *query, const char *name, const PgQuery__SelectStmt &right)
{
	if (query->left->outputs.size() != query->right->outputs.size())
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("each %s query must have the same number of columns", name)
				  .at(at(first_location(right))));
	for (size_t i = 0; i < query->left->outputs.size(); i++)
	{
		const std::vector<Expr *> both{column_expr(*this, *query->left, i),
									   column_expr(*this, *query->right, i)};
		Output &output = query->outputs.emplace_back();

		output.name = query->left->outputs[i].name;
		output.type = common_type(both, name);
		output.typmod = common_typmod(both, output.type);
	}
	query->left = coerced_operand(query->left, query->outputs, name);
	query->right = coerced_operand(query->right, query->outputs, name);
}

/* The operand with its columns brought to the wanted types. */
Query *
Analyzer::coerced_operand(Query *query, const std::vector<Output> &wanted, const char *name)
{
	bool in_place = query->kind == QueryKind::Select;
	bool differs = false;

	for (size_t i = 0; i < wanted.size(); i++)
	{
		const bool differs_here = query->outputs[i].type != wanted[i].type;

		differs |= differs_here;
		/* A conversion below DISTINCT or ORDER BY could change what those do. */
		if (differs_here && query->outputs[i].type != kUnknown &&
			(query->distinct || !query->sort.empty() || !query->distinct_on.empty()))
			in_place = false;
	}
	if (!differs)
		return query;
	if (in_place)
	{
		size_t i = 0;

		for (Target &target : query->targets)
		{
			if (target.junk)
				continue;
			target.expr = coerce_to_common(target.expr, wanted[i++].type, name);
		}
		for (SortKey &key : query->sort)
		{
			if (key.target >= 0)
				key.expr = query->targets[static_cast<size_t>(key.target)].expr;
		}
		finish_outputs(query);
		return query;
	}
	Query *outer = make_query();
	Rte *rte = query_rte(query, outer);

	outer->from.push_back(make_from(rte));
	for (size_t i = 0; i < wanted.size(); i++)
		outer->targets.push_back(
			{coerce_to_common(make_column(rte, static_cast<int>(i), -1), wanted[i].type, name),
			 query->outputs[i].name, false});
	finish_outputs(outer);
	return outer;
}

Query *
Analyzer::set_operation(const PgQuery__SelectStmt &stmt, Scope *parent)
{
	Query *query = combine(stmt, parent);
	Scope own;

	own.parent = parent;
	own.query = query;
	ScopeGuard guard(*this, &own);

	output_sort(stmt, query, "UNION/INTERSECT/EXCEPT");
	limit_clause(stmt, query);
	locking_clause(stmt, query);
	return query;
}

/* ORDER BY where only output columns can be named. */
void
Analyzer::output_sort(const PgQuery__SelectStmt &stmt, Query *query, const char *what)
{
	if (stmt.n_sort_clause == 0)
		return;
	/* A throw-away target list lets the usual search find names and positions. */
	Query *names = make_query();
	Rte *rte = query_rte(query, names);

	for (size_t i = 0; i < query->outputs.size(); i++)
		names->targets.push_back(
			{make_column(rte, static_cast<int>(i), -1), query->outputs[i].name, false});
	Scope own;
	NameItem item;

	item.rte = rte;
	own.parent = scope->parent;
	own.query = names;
	own.items.push_back(item);
	ScopeGuard guard(*this, &own);
	PlaceGuard place(own, Place::OrderBy);

	for (size_t i = 0; i < stmt.n_sort_clause; i++)
	{
		const PgQuery__SortBy &node = *stmt.sort_clause[i]->sort_by;
		SortKey key = sort_key(node, names);

		if (key.target < 0)
			Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
					  .msg("invalid %s ORDER BY clause", what)
					  .detail("Only result column names can be used, not expressions or functions.")
					  .hint("Add the expression/function to every SELECT, or move the UNION into a "
							"FROM clause.")
					  .at(at(key.expr->location)));
		query->sort.push_back(key);
	}
}

} /* namespace pg::parser */
