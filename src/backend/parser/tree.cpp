/*
 * tree.cpp
 *		Questions about expression and query trees.
 *
 * Backends and workers.  Changes nothing.
 */
#include "parser/analyzer.h"

namespace pg::parser
{

using Visit = bool (*)(const Expr &, void *);

namespace
{

bool
same_keys(const std::vector<SortKey> &a, const std::vector<SortKey> &b)
{
	if (a.size() != b.size())
		return false;
	for (size_t i = 0; i < a.size(); i++)
	{
		if (a[i].descending != b[i].descending || a[i].nulls_first != b[i].nulls_first ||
			!SameExpr(a[i].expr, b[i].expr))
			return false;
	}
	return true;
}

bool
same_args(const std::vector<Expr *> &a, const std::vector<Expr *> &b)
{
	if (a.size() != b.size())
		return false;
	for (size_t i = 0; i < a.size(); i++)
	{
		if (!SameExpr(a[i], b[i]))
			return false;
	}
	return true;
}

bool any_key(const std::vector<SortKey> &keys, Visit visit, void *data, bool deep);

bool
any_expr(const Expr *expr, Visit visit, void *data, bool deep)
{
	if (expr == nullptr)
		return false;
	if (visit(*expr, data))
		return true;
	for (const Expr *arg : expr->args)
	{
		if (any_expr(arg, visit, data, deep))
			return true;
	}
	if (any_expr(expr->filter, visit, data, deep) || any_key(expr->order, visit, data, deep))
		return true;
	if (expr->window != nullptr)
	{
		for (const Expr *part : expr->window->partition)
		{
			if (any_expr(part, visit, data, deep))
				return true;
		}
		if (any_key(expr->window->order, visit, data, deep))
			return true;
	}
	return deep && expr->query != nullptr && AnyExprOfQuery(expr->query, visit, data);
}

bool
any_key(const std::vector<SortKey> &keys, Visit visit, void *data, bool deep)
{
	for (const SortKey &key : keys)
	{
		if (any_expr(key.expr, visit, data, deep))
			return true;
	}
	return false;
}

bool
any_of(const std::vector<Expr *> &exprs, Visit visit, void *data)
{
	for (const Expr *expr : exprs)
	{
		if (any_expr(expr, visit, data, true))
			return true;
	}
	return false;
}

bool
any_from(const FromNode *node, Visit visit, void *data)
{
	if (node == nullptr)
		return false;
	if (node->rte == nullptr)
		return any_from(node->left, visit, data) || any_from(node->right, visit, data) ||
			   any_expr(node->on, visit, data, true);
	return any_expr(node->rte->call, visit, data, true) ||
		   (node->rte->query != nullptr && AnyExprOfQuery(node->rte->query, visit, data));
}

bool
from_reads(const FromNode *node, Oid relation)
{
	if (node->rte == nullptr)
		return from_reads(node->left, relation) || from_reads(node->right, relation);
	const Rte &rte = *node->rte;

	if (rte.relation != nullptr && rte.relation->oid == relation)
		return true;
	if (rte.cte != nullptr && rte.cte->query != nullptr && !rte.cte->self_reference)
		return QueryReads(rte.cte->query, relation);
	return rte.query != nullptr && QueryReads(rte.query, relation);
}

} /* namespace */

bool
SameExpr(const Expr *a, const Expr *b)
{
	if (a == b)
		return true;
	if (a == nullptr || b == nullptr)
		return false;
	if (a->kind != b->kind || a->type != b->type || a->number != b->number ||
		a->function != b->function || a->engine_name != b->engine_name || a->op != b->op ||
		a->negated != b->negated || a->distinct != b->distinct || a->star != b->star ||
		a->typmod != b->typmod)
		return false;
	if (a->query != nullptr || b->query != nullptr || a->window != nullptr || b->window != nullptr)
		return a->query == b->query && a->window == b->window && same_args(a->args, b->args);
	switch (a->kind)
	{
		case ExprKind::Const: return SameValue(a->value(), b->value());
		case ExprKind::Column: return a->rte == b->rte && a->column == b->column;
		default:
			return same_args(a->args, b->args) && SameExpr(a->filter, b->filter) &&
				   same_keys(a->order, b->order);
	}
}

bool
AnyExpr(const Expr *expr, Visit visit, void *data)
{
	return any_expr(expr, visit, data, false);
}

bool
AnyExprDeep(const Expr *expr, Visit visit, void *data)
{
	return any_expr(expr, visit, data, true);
}

bool
AnyExprOfQuery(const Query *query, Visit visit, void *data)
{
	for (const Target &target : query->targets)
	{
		if (any_expr(target.expr, visit, data, true))
			return true;
	}
	for (const std::vector<Expr *> &row : query->rows)
	{
		if (any_of(row, visit, data))
			return true;
	}
	for (const FromNode *node : query->from)
	{
		if (any_from(node, visit, data))
			return true;
	}
	if (any_expr(query->where, visit, data, true) || any_expr(query->having, visit, data, true) ||
		any_expr(query->limit, visit, data, true) || any_expr(query->offset, visit, data, true) ||
		any_of(query->group, visit, data) || any_of(query->distinct_on, visit, data) ||
		any_key(query->sort, visit, data, true))
		return true;
	for (const Cte *cte : query->ctes)
	{
		if (cte->query != nullptr && AnyExprOfQuery(cte->query, visit, data))
			return true;
	}
	return (query->left != nullptr && AnyExprOfQuery(query->left, visit, data)) ||
		   (query->right != nullptr && AnyExprOfQuery(query->right, visit, data));
}

bool
ContainsAggregate(const Expr *expr)
{
	return AnyExpr(
		expr, [](const Expr &e, void *) { return e.kind == ExprKind::Aggregate; }, nullptr);
}

bool
ContainsWindow(const Expr *expr)
{
	return AnyExpr(
		expr, [](const Expr &e, void *) { return e.kind == ExprKind::Window; }, nullptr);
}

bool
ContainsVolatile(const Expr *expr)
{
	return AnyExprDeep(
		expr,
		[](const Expr &e, void *)
		{ return e.function != nullptr && e.function->volatility == Volatility::Volatile; },
		nullptr);
}

bool
QueryIsVolatile(const Query *query)
{
	return AnyExprOfQuery(
		query,
		[](const Expr &e, void *)
		{ return e.function != nullptr && e.function->volatility == Volatility::Volatile; },
		nullptr);
}

bool
ContainsSubQuery(const Expr *expr)
{
	return AnyExpr(
		expr, [](const Expr &e, void *) { return e.query != nullptr; }, nullptr);
}

bool
QueryReads(const Query *query, Oid relation)
{
	for (const FromNode *node : query->from)
	{
		if (from_reads(node, relation))
			return true;
	}
	if ((query->left != nullptr && QueryReads(query->left, relation)) ||
		(query->right != nullptr && QueryReads(query->right, relation)))
		return true;
	/* AnyExprOfQuery reaches sub-queries of expressions; each is asked for its FROM items. */
	return AnyExprOfQuery(
		query,
		[](const Expr &e, void *data)
		{
			if (e.query == nullptr)
				return false;
			for (const FromNode *node : e.query->from)
			{
				if (from_reads(node, *static_cast<Oid *>(data)))
					return true;
			}
			return false;
		},
		&relation);
}

} /* namespace pg::parser */
