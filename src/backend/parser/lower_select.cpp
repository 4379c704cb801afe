/*
 * lower_select.cpp
 *		Queries as engine SQL: SELECT, VALUES, set operations, WITH, FROM.
 *
 * Backends and workers.
 */
#include "parser/lowering.h"

namespace pg::parser
{

namespace
{

bool
has_tail(const Query &query)
{
	return !query.sort.empty() || query.limit != nullptr || query.offset != nullptr;
}

bool
is_null_limit(const Expr *limit)
{
	return limit == nullptr || limit->is_null_const();
}

/* A right or full join, which may not get other FROM items into its left side. */
bool
reaches_left(const FromNode &node)
{
	if (node.rte != nullptr)
		return false;
	return node.join == JoinKind::Right || node.join == JoinKind::Full ||
		   reaches_left(*node.left) || reaches_left(*node.right);
}

bool
never_null(const Expr &expr)
{
	return expr.kind == ExprKind::Column && !expr.rte->nullable &&
		   expr.rte->kind == RteKind::Relation && expr.rte->query == nullptr &&
		   expr.rte->columns[static_cast<size_t>(expr.column)].not_null;
}

} /* namespace */

void
Lowering::query(const Query &q, ColumnStyle style)
{
	with_clause(q.ctes, q.recursive);
	switch (q.kind)
	{
		case QueryKind::Select: select(q, style); return;
		case QueryKind::SetOperation: set_operation(q, style); return;
		case QueryKind::Values: values(q, style); return;
	}
}

void
Lowering::with_clause(const std::vector<Cte *> &ctes, bool recursive)
{
	bool first = true;

	for (const Cte *cte : ctes)
	{
		if (cte->query == nullptr)
			continue;
		if (first)
			out_ += recursive ? "WITH RECURSIVE " : "WITH ";
		else
			out_ += ", ";
		first = false;
		out_ += cte->engine_name;
		out_ += '(';
		for (size_t i = 0; i < cte->outputs.size(); i++)
		{
			if (i > 0)
				out_ += ", ";
			out_ += 'c' + std::to_string(i + 1);
		}
		out_ += cte->outputs.empty() ? "c1)" : ")";
		if (cte->materialized || cte->volatile_query)
			out_ += " AS MATERIALIZED (";
		else if (cte->not_materialized)
			out_ += " AS NOT MATERIALIZED (";
		else
			out_ += " AS (";
		query(*cte->query, {});
		out_ += ')';
	}
	if (!first)
		out_ += ' ';
}

void
Lowering::select(const Query &q, ColumnStyle style)
{
	if (!q.distinct_on.empty())
	{
		distinct_on(q, style);
		return;
	}
	select_core(q, style);
	sort_clause(q.sort);
	limit_clause(q);
}

/* Up to HAVING. */
void
Lowering::select_core(const Query &q, ColumnStyle style)
{
	size_t number = 0;

	out_ += q.distinct ? "SELECT DISTINCT " : "SELECT ";
	for (const Target &target : q.targets)
	{
		if (number++ > 0)
			out_ += ", ";
		expr(*target.expr);
		if (q.distinct || style.collated)
			collate(target.expr->type);
		if (style.named)
			out_ += " AS c" + std::to_string(number);
	}
	if (number == 0)
		out_ += style.named ? "1 AS c1" : "1";
	from_clause(q.from);
	if (q.where != nullptr)
	{
		out_ += " WHERE ";
		expr(*q.where);
	}
	if (q.has_group)
	{
		out_ += " GROUP BY ";
		for (size_t i = 0; i < q.group.size(); i++)
		{
			if (i > 0)
				out_ += ", ";
			key(*q.group[i]);
			collate(q.group[i]->type);
		}
	}
	if (q.having != nullptr)
	{
		if (!q.has_group && !q.has_aggregates)
			analyzer_.not_supported("HAVING without GROUP BY and aggregates", q.having->location);
		out_ += " HAVING ";
		expr(*q.having);
	}
}

/* A one-column query that raises 21000 at its second row. */
void
Lowering::single_select(const Query &q)
{
	const bool direct = q.kind == QueryKind::Select && !q.distinct && q.distinct_on.empty() &&
						!q.has_group && !q.has_aggregates && !q.has_windows && q.limit == nullptr &&
						q.offset == nullptr && q.ctes.empty() && q.targets.size() == 1;

	if (!direct)
	{
		out_ += "SELECT pg_single(c1) FROM (";
		query(q, {.named = true, .collated = false});
		out_ += ')';
		return;
	}
	out_ += "SELECT pg_single(";
	expr(*q.targets[0].expr);
	out_ += ')';
	from_clause(q.from);
	if (q.where != nullptr)
	{
		out_ += " WHERE ";
		expr(*q.where);
	}
}

/* The first row of each group of equal DISTINCT ON values, in the order of ORDER BY. */
void
Lowering::distinct_on(const Query &q, ColumnStyle style)
{
	const size_t width = q.targets.size();

	if (q.has_group || q.has_aggregates || q.has_windows)
		analyzer_.not_supported("DISTINCT ON with grouping", q.distinct_on[0]->location);
	out_ += "SELECT ";
	for (size_t i = 1; i <= width; i++)
	{
		if (i > 1)
			out_ += ", ";
		out_ += 'c' + std::to_string(i);
		if (style.collated)
			collate(q.targets[i - 1].expr->type);
		if (style.named)
			out_ += " AS c" + std::to_string(i);
	}
	/* The core's own columns follow the number and the sort keys. */
	std::string before;

	before.swap(out_);
	select_core(q, {.named = true, .collated = false});
	before.swap(out_);
	const std::string core = before.substr(sizeof("SELECT ") - 1);

	out_ += " FROM (SELECT row_number() OVER (";
	for (size_t i = 0; i < q.distinct_on.size(); i++)
	{
		out_ += i > 0 ? ", " : "PARTITION BY ";
		expr(*q.distinct_on[i]);
		collate(q.distinct_on[i]->type);
	}
	std::vector<SortKey> keys;

	for (const SortKey &key : q.sort)
	{
		keys.push_back(key);
		keys.back().target = -1;
	}
	sort_clause(keys);
	out_ += ") AS rn, ";
	for (size_t i = 0; i < q.sort.size(); i++)
	{
		expr(*q.sort[i].expr);
		out_ += " AS k" + std::to_string(i + 1) + ", ";
	}
	out_ += core + ") WHERE rn = 1";
	for (size_t i = 0; i < q.sort.size(); i++)
	{
		out_ += i > 0 ? ", " : " ORDER BY ";
		out_ += 'k' + std::to_string(i + 1);
		collate(q.sort[i].expr->type);
		out_ += q.sort[i].descending ? " DESC" : " ASC";
		out_ += q.sort[i].nulls_first ? " NULLS FIRST" : " NULLS LAST";
	}
	limit_clause(q);
}

/* ---- Set operations ---- */

void
Lowering::operand(const Query &q, bool left, ColumnStyle style)
{
	const bool bare = q.ctes.empty() && !has_tail(q) && q.distinct_on.empty();
	const bool bag = q.kind == QueryKind::SetOperation && q.all &&
					 q.operation != PG_QUERY__SET_OPERATION__SETOP_UNION;

	if (bare && !bag &&
		(q.kind == QueryKind::Select || (left && q.kind == QueryKind::SetOperation)))
	{
		query(q, style);
		return;
	}
	out_ += "SELECT * FROM (";
	query(q, {.named = true, .collated = style.collated});
	out_ += ')';
}

void
Lowering::set_operation(const Query &q, ColumnStyle style)
{
	if (q.all && q.operation != PG_QUERY__SET_OPERATION__SETOP_UNION)
	{
		bag_operation(q, style);
		return;
	}
	const ColumnStyle inner{.named = style.named, .collated = style.collated || !q.all};

	operand(*q.left, true, inner);
	switch (q.operation)
	{
		case PG_QUERY__SET_OPERATION__SETOP_UNION: out_ += q.all ? " UNION ALL " : " UNION "; break;
		case PG_QUERY__SET_OPERATION__SETOP_INTERSECT: out_ += " INTERSECT "; break;
		default: out_ += " EXCEPT "; break;
	}
	operand(*q.right, false, inner);
	sort_clause(q.sort);
	limit_clause(q);
}

/* Columns c1.. of the operand with the number of each row among its equals. */
void
Lowering::numbered_operand(const Query &one, const Query &q)
{
	out_ += "SELECT ";
	for (size_t i = 1; i <= q.outputs.size(); i++)
	{
		out_ += 'c' + std::to_string(i);
		collate(q.outputs[i - 1].type);
		out_ += " AS c" + std::to_string(i) + ", ";
	}
	out_ += "row_number() OVER (";
	for (size_t i = 1; i <= q.outputs.size(); i++)
	{
		out_ += i > 1 ? ", " : "PARTITION BY ";
		out_ += 'c' + std::to_string(i);
		collate(q.outputs[i - 1].type);
	}
	out_ += ") AS rn FROM (";
	query(one, {.named = true, .collated = false});
	out_ += ')';
}

/* INTERSECT ALL and EXCEPT ALL: equal rows are told apart by their number. */
void
Lowering::bag_operation(const Query &q, ColumnStyle style)
{
	out_ += "SELECT ";
	for (size_t i = 1; i <= q.outputs.size(); i++)
	{
		if (i > 1)
			out_ += ", ";
		out_ += 'c' + std::to_string(i);
		if (style.collated)
			collate(q.outputs[i - 1].type);
		if (style.named)
			out_ += " AS c" + std::to_string(i);
	}
	out_ += " FROM (";
	numbered_operand(*q.left, q);
	out_ += q.operation == PG_QUERY__SET_OPERATION__SETOP_INTERSECT ? " INTERSECT " : " EXCEPT ";
	numbered_operand(*q.right, q);
	out_ += ')';
	sort_clause(q.sort);
	limit_clause(q);
}

void
Lowering::values(const Query &q, ColumnStyle style)
{
	const bool wrapped = style.named || style.collated || has_tail(q);

	if (wrapped)
	{
		out_ += "SELECT ";
		for (size_t i = 1; i <= q.outputs.size(); i++)
		{
			if (i > 1)
				out_ += ", ";
			out_ += "column" + std::to_string(i);
			if (style.collated)
				collate(q.outputs[i - 1].type);
			if (style.named)
				out_ += " AS c" + std::to_string(i);
		}
		out_ += " FROM (";
	}
	out_ += "VALUES ";
	for (size_t i = 0; i < q.rows.size(); i++)
	{
		out_ += i > 0 ? ", (" : "(";
		joined(q.rows[i], ", ");
		out_ += ')';
	}
	if (wrapped)
	{
		out_ += ')';
		sort_clause(q.sort);
		limit_clause(q);
	}
}

/* ---- FROM ---- */

void
Lowering::from_clause(const std::vector<FromNode *> &from)
{
	for (size_t i = 0; i < from.size(); i++)
	{
		const bool parenthesised = i > 0 && reaches_left(*from[i]);

		out_ += i > 0 ? ", " : " FROM ";
		if (parenthesised)
			out_ += '(';
		from_item(*from[i]);
		if (parenthesised)
			out_ += ')';
	}
}

void
Lowering::from_item(const FromNode &node)
{
	if (node.rte != nullptr)
	{
		from_leaf(*node.rte);
		return;
	}
	from_item(*node.left);
	switch (node.join)
	{
		case JoinKind::Inner: out_ += " JOIN "; break;
		case JoinKind::Left: out_ += " LEFT JOIN "; break;
		case JoinKind::Right: out_ += " RIGHT JOIN "; break;
		case JoinKind::Full: out_ += " FULL JOIN "; break;
	}
	const bool nested = node.right->rte == nullptr;

	if (nested)
		out_ += '(';
	from_item(*node.right);
	if (nested)
		out_ += ')';
	out_ += " ON ";
	if (node.on != nullptr)
		expr(*node.on);
	else
		out_ += '1';
}

void
Lowering::from_leaf(const Rte &rte)
{
	if (rte.query != nullptr)
	{
		out_ += '(';
		query(*rte.query, {.named = true, .collated = false});
		out_ += ')';
	}
	else if (rte.kind == RteKind::Cte && rte.cte->dml != nullptr)
	{
		out_ += '(';
		returning_query(*rte.cte->dml);
		out_ += ')';
	}
	else if (rte.kind == RteKind::Cte)
		out_ += rte.cte->engine_name;
	else if (rte.kind == RteKind::Function)
	{
		out_ += Quoted(rte.source->name);
		out_ += '(';
		const bool is_json = std::string_view(rte.source->name) == kJsonRowsName;

		if (is_json || std::string_view(rte.source->name) == kCallRowsName)
		{
			if (!is_json)
				check_c_forms(*rte.call);
			signature(*rte.call);
			out_ += rte.call->args.empty() ? "" : ", ";
		}
		joined(rte.call->args, ", ");
		/* Rows of an array have a type that only the call knows. */
		if (rte.call->function->result == kAnyElement && !is_json)
			out_ += ", " + std::to_string(rte.call->type);
		out_ += ')';
	}
	else
		out_ += rte.relation->physical;
	out_ += " AS ";
	out_ += rte.engine_alias;
}

/* ---- ORDER BY, LIMIT ---- */

/* An expression to sort or group by. A bare number would be a position, where a constant orders nothing. */
void
Lowering::key(const Expr &node)
{
	const size_t begin = out_.size();

	expr(node);
	if (out_.find_first_not_of("0123456789()+- ", begin) == std::string::npos)
		out_.replace(begin, std::string::npos, "NULL");
}

void
Lowering::sort_key(const SortKey &key)
{
	if (key.target >= 0)
		out_ += std::to_string(key.target + 1);
	else
		this->key(*key.expr);
	collate(key.expr->type);
	if (key.descending)
		out_ += " DESC";
	if (!never_null(*key.expr))
		out_ += key.nulls_first ? " NULLS FIRST" : " NULLS LAST";
}

void
Lowering::sort_clause(const std::vector<SortKey> &keys)
{
	bool first = true;

	for (const SortKey &key : keys)
	{
		/* A constant orders nothing, and a number would be a position. */
		if (key.target < 0 && key.expr->kind == ExprKind::Const)
			continue;
		out_ += first ? " ORDER BY " : ", ";
		first = false;
		sort_key(key);
	}
}

void
Lowering::limit_value(const Expr &value, const char *function)
{
	if (value.kind == ExprKind::Const)
	{
		expr(value);
		return;
	}
	out_ += function;
	out_ += '(';
	expr(value);
	out_ += ')';
}

void
Lowering::limit_clause(const Query &q)
{
	const bool no_offset = is_null_limit(q.offset);

	if (is_null_limit(q.limit) && no_offset)
		return;
	out_ += " LIMIT ";
	if (is_null_limit(q.limit))
		out_ += "-1";
	else
		limit_value(*q.limit, "pg_limit");
	if (no_offset)
		return;
	out_ += " OFFSET ";
	limit_value(*q.offset, "pg_offset");
}

} /* namespace pg::parser */
