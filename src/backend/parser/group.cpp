/*
 * group.cpp
 *		GROUP BY and the rule that what is neither grouped nor aggregated may not be used.
 *
 * Backends and workers.
 */
#include "parser/analyzer.h"

#include <algorithm>

namespace pg::parser
{

void
Analyzer::group_clause(const PgQuery__SelectStmt &stmt, Query *query)
{
	if (stmt.n_group_clause == 0)
		return;
	query->has_group = true;
	for (size_t i = 0; i < stmt.n_group_clause; i++)
	{
		const PgQuery__Node *node = stmt.group_clause[i];

		if (node->node_case == PG_QUERY__NODE__NODE_GROUPING_SET)
			not_supported("GROUPING SETS, ROLLUP and CUBE", node->grouping_set->location);
		std::vector<const PgQuery__Node *> parts{node};

		/* GROUP BY (a, b) is GROUP BY a, b. */
		if (node->node_case == PG_QUERY__NODE__NODE_ROW_EXPR &&
			node->row_expr->row_format == PG_QUERY__COERCION_FORM__COERCE_IMPLICIT_CAST)
			parts.assign(node->row_expr->args, node->row_expr->args + node->row_expr->n_args);
		for (const PgQuery__Node *part : parts)
		{
			int position;
			Expr *expr = find_target(part, query, Place::GroupBy, &position);

			if (ContainsAggregate(expr))
				Raise(Report(ERROR, ERRCODE_GROUPING_ERROR)
						  .msg("aggregate functions are not allowed in GROUP BY")
						  .at(at(expr->location)));
			if (ContainsWindow(expr))
				Raise(Report(ERROR, ERRCODE_WINDOWING_ERROR)
						  .msg("window functions are not allowed in GROUP BY")
						  .at(at(expr->location)));
			query->group.push_back(expr);
		}
	}
}

namespace
{

/* The walk of one query's expressions, into sub-queries too. */
struct GroupCheck
{
	const Analyzer &analyzer;
	const Query &query;

	bool grouped(const Expr *expr) const
	{
		return std::ranges::any_of(query.group,
								   [&](const Expr *group) { return SameExpr(group, expr); });
	}

	/* The primary key of its table is grouped, so the column has one value in each group. */
	bool depends_on_key(const Rte &rte) const
	{
		if (rte.kind != RteKind::Relation || rte.relation == nullptr)
			return false;
		for (const ConstraintInfo &constraint : rte.relation->constraints)
		{
			if (constraint.type != 'p')
				continue;
			return std::ranges::all_of(
				constraint.columns,
				[&](int16 attnum)
				{
					return std::ranges::any_of(
						query.group,
						[&](const Expr *group)
						{
							return group->kind == ExprKind::Column && group->rte == &rte &&
								   rte.columns[static_cast<size_t>(group->column)].attnum == attnum;
						});
				});
		}
		return false;
	}

	void column(const Expr &expr, bool in_sub_query) const
	{
		if (expr.rte->owner != &query || depends_on_key(*expr.rte))
			return;
		const std::string name =
			std::string(expr.rte->name) + "." +
			std::string(expr.rte->columns[static_cast<size_t>(expr.column)].name);

		if (in_sub_query)
			Raise(Report(ERROR, ERRCODE_GROUPING_ERROR)
					  .msg("subquery uses ungrouped column \"%s\" from outer query", name.c_str())
					  .at(analyzer.at(expr.location)));
		Raise(
			Report(ERROR, ERRCODE_GROUPING_ERROR)
				.msg("column \"%s\" must appear in the GROUP BY clause or be used in an aggregate "
					 "function",
					 name.c_str())
				.at(analyzer.at(expr.location)));
	}

	void expr(const Expr *expr) const
	{
		if (expr == nullptr || expr->kind == ExprKind::Aggregate || grouped(expr))
			return;
		if (expr->kind == ExprKind::Column)
			column(*expr, false);
		for (const Expr *arg : expr->args)
			this->expr(arg);
		if (expr->window != nullptr)
		{
			for (const Expr *part : expr->window->partition)
				this->expr(part);
			for (const SortKey &key : expr->window->order)
				this->expr(key.expr);
		}
		if (expr->query != nullptr)
			sub_query(expr->query);
	}

	void sub_query(const Query *inner) const
	{
		AnyExprOfQuery(
			inner,
			[](const Expr &e, void *data)
			{
				const GroupCheck &check = *static_cast<const GroupCheck *>(data);

				if (e.kind == ExprKind::Column && !check.grouped(&e))
					check.column(e, true);
				return false;
			},
			const_cast<GroupCheck *>(this));
	}
};

} /* namespace */

void
Analyzer::check_grouping(Query *query)
{
	if (!query->has_group && !query->has_aggregates && query->having == nullptr)
		return;
	const GroupCheck check{*this, *query};

	for (const Target &target : query->targets)
		check.expr(target.expr);
	check.expr(query->having);
	for (const SortKey &key : query->sort)
		check.expr(key.expr);
	for (const Expr *on : query->distinct_on)
		check.expr(on);
}

} /* namespace pg::parser */
