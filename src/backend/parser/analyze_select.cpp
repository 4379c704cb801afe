/*
 * analyze_select.cpp
 *		SELECT and VALUES: target lists, ORDER BY, DISTINCT, LIMIT.
 *
 * Backends and workers.  FROM is in from.cpp, GROUP BY in group.cpp, UNION in set_operation.cpp.
 */
#include "parser/analyzer.h"

#include <algorithm>

namespace pg::parser
{

namespace
{

const char *
place_title(Place place)
{
	switch (place)
	{
		case Place::GroupBy: return "GROUP BY";
		case Place::DistinctOn: return "DISTINCT ON";
		default: return "ORDER BY";
	}
}

bool
is_set(const Expr &expr)
{
	return expr.kind == ExprKind::Function && expr.function->kind == FunctionKind::TableSource;
}

/* PostgreSQL walks through two sets in step: where both have the same rows, one will do. */
bool
is_same_set(const Expr &one, const Expr &other)
{
	return other.function->volatility != Volatility::Volatile && SameExpr(&one, &other);
}

/* The FROM item that the rows of a call come from; as_value: a row is one value. */
Rte *
add_set(Analyzer &analyzer, Query *query, Expr *call, bool as_value)
{
	Rte *rte = analyzer.make_rte(RteKind::Function, query);

	rte->call = call;
	analyzer.describe_row_source(rte, call->function->name, as_value);
	query->from.push_back(analyzer.make_from(rte));
	return rte;
}

} /* namespace */

Query *
Analyzer::select(const PgQuery__SelectStmt &stmt, Scope *parent, bool keep_unknown)
{
	std::vector<Cte *> ctes;
	bool recursive = false;

	if (stmt.with_clause != nullptr)
	{
		cte_frames_.emplace_back();
		with_clause(*stmt.with_clause, parent, ctes, false);
		recursive = stmt.with_clause->recursive;
	}
	Query *query;

	if (stmt.op != PG_QUERY__SET_OPERATION__SETOP_NONE &&
		stmt.op != PG_QUERY__SET_OPERATION__SET_OPERATION_UNDEFINED)
		query = set_operation(stmt, parent);
	else if (stmt.n_values_lists > 0)
		query = values_select(stmt, parent);
	else
		query = plain_select(stmt, parent, keep_unknown);
	if (stmt.with_clause != nullptr)
		cte_frames_.pop_back();
	query->ctes = std::move(ctes);
	query->recursive = recursive;
	return query;
}

Query *
Analyzer::plain_select(const PgQuery__SelectStmt &stmt, Scope *parent, bool keep_unknown)
{
	Query *query = make_query();
	Scope own;
	const PgQuery__SelectStmt *outer_windows = window_clause_;

	own.parent = parent;
	own.query = query;
	ScopeGuard guard(*this, &own);

	window_clause_ = &stmt;
	if (stmt.into_clause != nullptr)
		not_supported("SELECT INTO", stmt.into_clause->rel ? stmt.into_clause->rel->location : -1);
	from_clause(stmt.from_clause, stmt.n_from_clause, own);
	target_list(stmt.target_list, stmt.n_target_list, query->targets, Place::Select);
	if (stmt.where_clause != nullptr)
		query->where = coerce_to_boolean(expression(stmt.where_clause, Place::Where), "WHERE");
	if (stmt.having_clause != nullptr)
		query->having = coerce_to_boolean(expression(stmt.having_clause, Place::Having), "HAVING");
	sort_clause(stmt, query);
	group_clause(stmt, query);
	distinct_clause(stmt, query);
	limit_clause(stmt, query);
	if (!keep_unknown)
	{
		for (Target &target : query->targets)
			resolve_unknown(target.expr);
	}
	for (SortKey &key : query->sort)
		resolve_unknown(key.expr);
	for (Expr *&expr : query->group)
		resolve_unknown(expr);
	check_grouping(query);
	expand_set_returning(query);
	locking_clause(stmt, query);
	finish_outputs(query);
	window_clause_ = outer_windows;
	return query;
}

void
Analyzer::target_list(PgQuery__Node *const *nodes, size_t count, std::vector<Target> &targets,
					  Place place)
{
	PlaceGuard guard(*scope, place);

	for (size_t i = 0; i < count; i++)
	{
		const PgQuery__ResTarget &node = *nodes[i]->res_target;

		if (node.val->node_case == PG_QUERY__NODE__NODE_COLUMN_REF)
		{
			const PgQuery__ColumnRef &ref = *node.val->column_ref;

			if (ref.fields[ref.n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR)
			{
				expand_star(ref, targets);
				continue;
			}
		}
		if (node.val->node_case == PG_QUERY__NODE__NODE_A_INDIRECTION &&
			expand_fields(*node.val->a_indirection, targets))
			continue;
		Expr *expr = expression(node.val);

		if (expr->kind == ExprKind::Row)
			for (Expr *&part : expr->args)
				resolve_unknown(part);
		targets.push_back(
			{expr, node.name[0] != 0 ? std::string(node.name) : std::string(ColumnLabel(node.val)),
			 false});
	}
}

/* (row).*: a target for each of its fields; false when the node is something else. */
bool
Analyzer::expand_fields(const PgQuery__AIndirection &node, std::vector<Target> &targets)
{
	const size_t last = node.n_indirection - 1;

	if (node.indirection[last]->node_case != PG_QUERY__NODE__NODE_A_STAR)
		return false;
	Expr *row = indirection(node, last);

	if (Rte *const set = expand_set(row))
	{
		for (size_t i = 0; i < set->columns.size(); i++)
			targets.push_back({make_column(set, static_cast<int>(i), row->location),
							   std::string(set->columns[i].name), false});
		return true;
	}

	const RowShape *shape = row_shape(*row);
	const int location = scope_location(node.arg);

	if (shape == nullptr && row->type == kRecord)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("record type has not been registered"));
	if (shape == nullptr)
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("type %s is not composite", FormatType(row->type).c_str()));
	for (size_t i = 0; i < shape->size(); i++)
		targets.push_back({field(row, *shape, i, location), (*shape)[i].name, false});
	return true;
}

/*
 * The FROM item for the rows of a set-returning call whose columns a SELECT list names, (set(...)).* or (set(...)).column; null for
 * any other expression. The same call once more has the same rows.
 */
Rte *
Analyzer::expand_set(Expr *call)
{
	if (scope->place != Place::Select || !is_set(*call) ||
		(row_shape(*call) == nullptr && (call->function->stored || call->type != kRecord)))
		return nullptr;

	Query *const query = scope->query;

	if (query->expanded_set == nullptr)
		query->expanded_set = add_set(*this, query, call, false);
	else if (!is_same_set(*query->expanded_set->call, *call))
		not_supported("more than one set-returning function in a SELECT list", call->location);
	return query->expanded_set;
}

void
Analyzer::finish_outputs(Query *query)
{
	query->outputs.clear();
	for (const Target &target : query->targets)
	{
		if (target.junk)
			continue;
		Output &output = query->outputs.emplace_back();

		output.name = target.name;
		output.type = target.expr->type;
		output.typmod = target.expr->typmod;
		if (output.type == kRecord)
			output.row = row_shape(*target.expr);
		if (target.expr->kind != ExprKind::Column)
			continue;
		const Rte &rte = *target.expr->rte;

		if (rte.kind == RteKind::Relation)
		{
			output.table = rte.relation->oid;
			output.attnum = rte.columns[static_cast<size_t>(target.expr->column)].attnum;
		}
		else if (rte.kind == RteKind::Subquery && rte.query != nullptr)
		{
			const Output &inner = rte.query->outputs[static_cast<size_t>(target.expr->column)];

			output.table = inner.table;
			output.attnum = inner.attnum;
		}
	}
}

namespace
{

/* Turns the set-returning call below expr into a column of a new FROM item. */
void
replace_call(Analyzer &analyzer, Query *query, Expr *expr, Rte **set)
{
	for (Expr *arg : expr->args)
		replace_call(analyzer, query, arg, set);
	if (!is_set(*expr))
		return;
	if (query->expanded_set != nullptr || (*set != nullptr && !is_same_set(*(*set)->call, *expr)))
		analyzer.not_supported("more than one set-returning function in a SELECT list",
							   expr->location);
	if (*set == nullptr)
		*set = add_set(analyzer, query, analyzer.copy(*expr), true);
	if ((*set)->columns.size() != 1)
		analyzer.not_supported("a set-returning function of several columns in a SELECT list",
							   expr->location);

	Rte *const rte = *set;

	expr->kind = ExprKind::Column;
	expr->rte = rte;
	expr->column = 0;
	expr->type = rte->columns[0].type;
	expr->row = rte->columns[0].row;
	expr->function = nullptr;
	expr->args.clear();
}

} /* namespace */

bool
HasSet(const Expr *expr)
{
	return AnyExpr(
		expr, [](const Expr &part, void *) { return is_set(part); }, nullptr);
}

void
Analyzer::expand_set_returning(Query *query)
{
	Rte *set = query->expanded_set;

	for (Target &target : query->targets)
		replace_call(*this, query, target.expr, &set);
	if (set != nullptr && (query->has_group || query->has_aggregates || query->has_windows))
		not_supported("a set-returning function in a SELECT list with grouping",
					  set->call->location);
}

/* ORDER BY and GROUP BY 1, name or expression: the expression, and its place in the target list. */
Expr *
Analyzer::find_target(const PgQuery__Node *node, Query *query, Place place, int *position)
{
	*position = -1;
	const auto matching = [&](const Expr *expr)
	{
		for (size_t i = 0; i < query->targets.size(); i++)
		{
			if (SameExpr(query->targets[i].expr, expr))
				return static_cast<int>(i);
		}
		return -1;
	};

	if (node->node_case == PG_QUERY__NODE__NODE_COLUMN_REF && node->column_ref->n_fields == 1)
	{
		const PgQuery__ColumnRef &ref = *node->column_ref;
		const std::string_view name = StringOf(ref.fields[0]);

		/* In GROUP BY a column of the tables goes before an output name. */
		if (!name.empty() && !(place == Place::GroupBy && is_input_column(name, ref.location)))
		{
			for (size_t i = 0; i < query->targets.size(); i++)
			{
				if (query->targets[i].junk || query->targets[i].name != name)
					continue;
				if (*position >= 0 && !SameExpr(query->targets[static_cast<size_t>(*position)].expr,
												query->targets[i].expr))
					Raise(Report(ERROR, ERRCODE_AMBIGUOUS_COLUMN)
							  .msg("%s \"%s\" is ambiguous", place_title(place),
								   std::string(name).c_str())
							  .at(at(ref.location)));
				if (*position < 0)
					*position = static_cast<int>(i);
			}
			if (*position >= 0)
				return query->targets[static_cast<size_t>(*position)].expr;
		}
	}
	if (node->node_case == PG_QUERY__NODE__NODE_A_CONST)
	{
		const PgQuery__AConst &constant_node = *node->a_const;
		const int location = constant_node.location;

		fix_literal(location);
		if (constant_node.isnull || constant_node.val_case != PG_QUERY__A__CONST__VAL_IVAL)
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("non-integer constant in %s", place_title(place))
					  .at(at(location)));
		const int wanted = constant_node.ival->ival;

		if (wanted < 1 || wanted > static_cast<int>(query->targets.size()))
			Raise(Report(ERROR, ERRCODE_INVALID_COLUMN_REFERENCE)
					  .msg("%s position %d is not in select list", place_title(place), wanted)
					  .at(at(location)));
		*position = wanted - 1;
		return query->targets[static_cast<size_t>(*position)].expr;
	}
	Expr *expr = expression(node, place);

	*position = matching(expr);
	return *position >= 0 ? query->targets[static_cast<size_t>(*position)].expr : expr;
}

bool
Analyzer::is_input_column(std::string_view name, int location)
{
	for (const NameItem &item : scope->items)
	{
		bool ambiguous = false;

		if (item.columns_visible && item_column(item, name, location, &ambiguous) != nullptr)
			return true;
	}
	return false;
}

void
Analyzer::check_sortable(const Expr &expr)
{
	const TypeDef *const array = FindType(expr.type);
	/* Arrays have the order of their elements. */
	const Oid type = array != nullptr && array->category == 'A' && array->array_oid == 0
						 ? array->element_oid
						 : expr.type;
	const auto orders = [&](const OperatorDef *op)
	{
		return op->left == op->right &&
			   (op->left == type ||
				(FindCast(type, op->left) != nullptr && FindCast(type, op->left)->method == 'b' &&
				 FindCast(type, op->left)->context == 'i'));
	};

	if (type == kInt4 || type == kText || type == kInt8 || type == kUnknown ||
		type == kTimestamptz || (FindType(type) != nullptr && FindType(type)->kind == 'e'))
		return;
	if (!std::ranges::any_of(FindOperators("<"), orders))
		Raise(Report(ERROR, ERRCODE_UNDEFINED_FUNCTION)
				  .msg("could not identify an ordering operator for type %s",
					   FormatType(expr.type).c_str())
				  .hint("Use an explicit ordering operator or modify the query.")
				  .at(at(expr.location)));
}

/* query null: inside an aggregate or window, where only expressions count. */
SortKey
Analyzer::sort_key(const PgQuery__SortBy &node, Query *query)
{
	SortKey key;

	if (query != nullptr)
		key.expr = find_target(node.node, query, Place::OrderBy, &key.target);
	else
	{
		key.expr = expression(node.node);
		resolve_unknown(key.expr);
	}
	switch (node.sortby_dir)
	{
		case PG_QUERY__SORT_BY_DIR__SORTBY_DESC: key.descending = true; break;
		case PG_QUERY__SORT_BY_DIR__SORTBY_USING:
		{
			const std::string_view op =
				CatalogName(*this, node.use_op, node.n_use_op, node.location, "operator");

			if (op != "<" && op != ">")
				Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
						  .msg("operator %s is not a valid ordering operator",
							   std::string(op).c_str())
						  .hint("Ordering operators must be \"<\" or \">\" members of btree "
								"operator families.")
						  .at(at(node.location)));
			key.descending = op == ">";
			break;
		}
		default: break;
	}
	check_sortable(*key.expr);
	switch (node.sortby_nulls)
	{
		case PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST: key.nulls_first = true; break;
		case PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST: key.nulls_first = false; break;
		default: key.nulls_first = key.descending; break;
	}
	return key;
}

void
Analyzer::sort_clause(const PgQuery__SelectStmt &stmt, Query *query)
{
	PlaceGuard guard(*scope, Place::OrderBy);

	for (size_t i = 0; i < stmt.n_sort_clause; i++)
		query->sort.push_back(sort_key(*stmt.sort_clause[i]->sort_by, query));
}

void
Analyzer::distinct_clause(const PgQuery__SelectStmt &stmt, Query *query)
{
	if (stmt.n_distinct_clause == 0)
		return;
	/* Plain DISTINCT is a list of one empty node. */
	if (stmt.distinct_clause[0]->node_case == PG_QUERY__NODE__NODE__NOT_SET)
	{
		query->distinct = true;
		for (const SortKey &key : query->sort)
		{
			if (key.target < 0)
				Raise(Report(ERROR, ERRCODE_INVALID_COLUMN_REFERENCE)
						  .msg("for SELECT DISTINCT, ORDER BY expressions must appear in select "
							   "list")
						  .at(at(key.expr->location)));
		}
		return;
	}
	for (size_t i = 0; i < stmt.n_distinct_clause; i++)
	{
		int position;
		Expr *expr = find_target(stmt.distinct_clause[i], query, Place::DistinctOn, &position);

		resolve_unknown(expr);
		query->distinct_on.push_back(expr);
	}
	/* The sort must start with the DISTINCT ON expressions, in any order. */
	const auto is_distinct = [&](const Expr *expr)
	{
		return std::ranges::any_of(query->distinct_on,
								   [&](const Expr *on) { return SameExpr(on, expr); });
	};
	bool past = false;

	for (const SortKey &key : query->sort)
	{
		if (!is_distinct(key.expr))
			past = true;
		else if (past)
			Raise(Report(ERROR, ERRCODE_INVALID_COLUMN_REFERENCE)
					  .msg("SELECT DISTINCT ON expressions must match initial ORDER BY "
						   "expressions")
					  .at(at(key.expr->location)));
	}
	for (const Expr *on : query->distinct_on)
	{
		const bool sorted = std::ranges::any_of(query->sort, [&](const SortKey &key)
												{ return SameExpr(key.expr, on); });

		if (past && !sorted)
			Raise(Report(ERROR, ERRCODE_INVALID_COLUMN_REFERENCE)
					  .msg("SELECT DISTINCT ON expressions must match initial ORDER BY "
						   "expressions")
					  .at(at(on->location)));
	}
}

namespace
{

bool
reads_own_columns(const Expr *expr, Query *query)
{
	return AnyExprDeep(
		expr,
		[](const Expr &e, void *data)
		{ return e.kind == ExprKind::Column && e.rte->owner == static_cast<Query *>(data); },
		query);
}

} /* namespace */

void
Analyzer::limit_clause(const PgQuery__SelectStmt &stmt, Query *query)
{
	const auto bound = [&](const PgQuery__Node *node, Place place, const char *name, int sqlstate)
	{
		Expr *expr = expression(node, place);

		expr = coerce_to_specific(expr, kInt8, name);
		if (reads_own_columns(expr, query))
			Raise(Report(ERROR, ERRCODE_INVALID_COLUMN_REFERENCE)
					  .msg("argument of %s must not contain variables", name)
					  .at(at(expr->location)));
		if (expr->kind == ExprKind::Const && expr->value().kind == Value::Kind::Int &&
			expr->value().integer < 0)
			Raise(Report(ERROR, sqlstate).msg("%s must not be negative", name));
		return expr;
	};

	if (stmt.limit_option == PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_WITH_TIES)
		not_supported("FETCH FIRST ... WITH TIES", scope_location(stmt.limit_count));
	if (stmt.limit_offset != nullptr)
		query->offset = bound(stmt.limit_offset, Place::Offset, "OFFSET",
							  ERRCODE_INVALID_ROW_COUNT_IN_RESULT_OFFSET_CLAUSE);
	if (stmt.limit_count != nullptr)
		query->limit = bound(stmt.limit_count, Place::Limit, "LIMIT",
							 ERRCODE_INVALID_ROW_COUNT_IN_LIMIT_CLAUSE);
}

void
Analyzer::locking_clause(const PgQuery__SelectStmt &stmt, const Query *query)
{
	if (stmt.n_locking_clause == 0)
		return;
	const char *strength;

	switch (stmt.locking_clause[0]->locking_clause->strength)
	{
		case PG_QUERY__LOCK_CLAUSE_STRENGTH__LCS_FORKEYSHARE: strength = "FOR KEY SHARE"; break;
		case PG_QUERY__LOCK_CLAUSE_STRENGTH__LCS_FORSHARE: strength = "FOR SHARE"; break;
		case PG_QUERY__LOCK_CLAUSE_STRENGTH__LCS_FORNOKEYUPDATE:
			strength = "FOR NO KEY UPDATE";
			break;
		default: strength = "FOR UPDATE"; break;
	}
	for (size_t i = 0; i < stmt.n_locking_clause; i++)
		switch (stmt.locking_clause[i]->locking_clause->wait_policy)
		{
			case PG_QUERY__LOCK_WAIT_POLICY__LockWaitSkip: RaiseNotSupported("SKIP LOCKED"); break;
			case PG_QUERY__LOCK_WAIT_POLICY__LockWaitError: RaiseNotSupported("NOWAIT"); break;
			default: break;
		}

	const char *with = nullptr;

	if (query->kind == QueryKind::SetOperation)
		with = "UNION/INTERSECT/EXCEPT";
	else if (query->kind == QueryKind::Values)
		with = "VALUES";
	else if (query->distinct || !query->distinct_on.empty())
		with = "DISTINCT clause";
	else if (query->has_group)
		with = "GROUP BY clause";
	else if (query->having != nullptr)
		with = "HAVING clause";
	else if (query->has_aggregates)
		with = "aggregate functions";
	else if (query->has_windows)
		with = "window functions";
	if (with != nullptr)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg(query->kind == QueryKind::Values ? "%s cannot be applied to %s"
														: "%s is not allowed with %s",
					   strength, with));
	locks_rows = true;
}

Query *
Analyzer::values_select(const PgQuery__SelectStmt &stmt, Scope *parent)
{
	Query *query = make_query();
	Scope own;

	own.parent = parent;
	own.query = query;
	ScopeGuard guard(*this, &own);
	size_t width = 0;

	query->kind = QueryKind::Values;
	for (size_t i = 0; i < stmt.n_values_lists; i++)
	{
		const PgQuery__List &list = *stmt.values_lists[i]->list;
		std::vector<Expr *> row;

		for (size_t j = 0; j < list.n_items; j++)
			row.push_back(expression(list.items[j], Place::Values));
		if (i > 0 && row.size() != width)
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("VALUES lists must all be the same length")
					  .at(at(list.n_items > 0 ? scope_location(list.items[0]) : -1)));
		width = row.size();
		query->rows.push_back(std::move(row));
	}
	for (size_t j = 0; j < width; j++)
	{
		std::vector<Expr *> column;

		for (const std::vector<Expr *> &row : query->rows)
			column.push_back(row[j]);
		const Oid type = common_type(column, "VALUES");

		for (size_t i = 0; i < column.size(); i++)
			column[i] = query->rows[i][j] = coerce_to_common(column[i], type, "VALUES");
		Output &output = query->outputs.emplace_back();

		output.name = "column" + std::to_string(j + 1);
		output.type = type;
		output.typmod = common_typmod(column, type);
	}
	output_sort(stmt, query, "VALUES");
	limit_clause(stmt, query);
	locking_clause(stmt, query);
	return query;
}

} /* namespace pg::parser */
