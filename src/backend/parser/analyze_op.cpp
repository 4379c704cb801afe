/*
 * analyze_op.cpp
 *		Operator expressions: comparisons of values and rows, IN, ANY, BETWEEN, IS DISTINCT FROM.
 *
 * Backends and workers.
 */
#include "parser/analyzer.h"

#include <algorithm>

namespace pg::parser
{

namespace
{

bool
is_expr_sub_link(const PgQuery__Node *node)
{
	return node->node_case == PG_QUERY__NODE__NODE_SUB_LINK &&
		   node->sub_link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK;
}

bool
is_row_constructor(const PgQuery__Node *node)
{
	return node != nullptr && node->node_case == PG_QUERY__NODE__NODE_ROW_EXPR;
}

/* The engine's own IN compares as these operators do. */
bool
is_plain_equality(const Expr &comparison)
{
	return comparison.kind == ExprKind::Operator && comparison.function->lowering != nullptr &&
		   std::string_view(comparison.function->lowering).starts_with("($1 = $2");
}

} /* namespace */

Expr *
Analyzer::a_expr(const PgQuery__AExpr &node)
{
	switch (node.kind)
	{
		case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
		case PG_QUERY__A__EXPR__KIND__AEXPR_LIKE:
		case PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE:
		case PG_QUERY__A__EXPR__KIND__AEXPR_SIMILAR: return operator_expr(node);
		case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY: return any_list(node, false);
		case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL: return any_list(node, true);
		case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
		case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
		{
			const bool negated = node.kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT;

			return distinct_expr(expression(node.lexpr), expression(node.rexpr), negated,
								 node.location);
		}
		case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
		{
			Expr *comparison =
				binary("=", expression(node.lexpr), expression(node.rexpr), node.location);

			if (comparison->type != kBool)
				Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
						  .msg("NULLIF requires = operator to yield boolean")
						  .at(at(node.location)));
			Expr *left = comparison->args[0];
			Expr *expr = make(ExprKind::NullIf, left->type, node.location);

			expr->typmod = left->typmod;
			expr->args = {left, comparison};
			return expr;
		}
		case PG_QUERY__A__EXPR__KIND__AEXPR_IN: return in_list(node);
		default: return between(node);
	}
}

Expr *
Analyzer::operator_expr(const PgQuery__AExpr &node)
{
	const std::string_view name =
		CatalogName(*this, node.name, node.n_name, node.location, "operator");

	if (node.lexpr == nullptr)
	{
		Expr *arg = expression(node.rexpr);

		/* A sign belongs to the number: -9223372036854775808 must be readable. */
		if (arg->kind == ExprKind::Const && name == "-" && arg->value().kind == Value::Kind::Int &&
			arg->type == kInt4 && arg->value().integer != INT32_MIN)
			return make_const(kInt4, Value::Int(-arg->value().integer), node.location);
		return prefix(name, arg, node.location);
	}
	if (is_row_constructor(node.lexpr) && is_expr_sub_link(node.rexpr))
	{
		PgQuery__SubLink link = *node.rexpr->sub_link;

		link.sub_link_type = PG_QUERY__SUB_LINK_TYPE__ROWCOMPARE_SUBLINK;
		link.testexpr = node.lexpr;
		link.n_oper_name = node.n_name;
		link.oper_name = node.name;
		link.location = node.location;
		return sub_link(link);
	}
	if (is_row_constructor(node.lexpr) && is_row_constructor(node.rexpr))
	{
		Expr *left = expression(node.lexpr);
		Expr *right = expression(node.rexpr);

		return row_comparison(name, left->args, right->args, node.location);
	}
	Expr *left = expression(node.lexpr);
	Expr *right = expression(node.rexpr);

	if (left->kind == ExprKind::Row || right->kind == ExprKind::Row)
		not_supported("comparison of a row with a value", node.location);
	return binary(name, left, right, node.location);
}

/* (a, b) < (c, d) and so on, spelt out field by field. */
Expr *
Analyzer::row_comparison(std::string_view name, const std::vector<Expr *> &left,
						 const std::vector<Expr *> &right, int location)
{
	if (left.size() != right.size())
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("unequal number of entries in row expressions")
				  .at(at(location)));
	if (left.empty())
		not_supported("comparison of rows of zero length", location);
	if (name == "!=")
		name = "<>";
	if (name == "=" || name == "<>")
	{
		std::vector<Expr *> parts;

		for (size_t i = 0; i < left.size(); i++)
			parts.push_back(
				coerce_to_boolean(binary(name, left[i], right[i], location), "row comparison"));
		if (parts.size() == 1)
			return parts[0];
		return make_bool(name == "=" ? ExprKind::And : ExprKind::Or, std::move(parts), location);
	}
	const bool known = name == "<" || name == "<=" || name == ">" || name == ">=";

	if (!known)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("could not determine interpretation of row comparison operator %s",
					   std::string(name).c_str())
				  .hint("Row comparison operators must be associated with btree operator families.")
				  .at(at(location)));
	const std::string_view strict = name.substr(0, 1);
	Expr *result = binary(name, left.back(), right.back(), location);

	for (size_t i = left.size() - 1; i-- > 0;)
	{
		Expr *before = binary(strict, left[i], right[i], location);
		Expr *equal = binary("=", left[i], right[i], location);

		result = make_bool(ExprKind::Or,
						   {before, make_bool(ExprKind::And, {equal, result}, location)}, location);
	}
	return result;
}

Expr *
Analyzer::distinct_expr(Expr *left, Expr *right, bool negated, int location)
{
	if (left->kind == ExprKind::Row && right->kind == ExprKind::Row)
	{
		if (left->args.size() != right->args.size())
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("unequal number of entries in row expressions")
					  .at(at(location)));
		std::vector<Expr *> parts;

		for (size_t i = 0; i < left->args.size(); i++)
			parts.push_back(distinct_expr(left->args[i], right->args[i], negated, location));
		return make_bool(negated ? ExprKind::And : ExprKind::Or, std::move(parts), location);
	}
	/* IS [NOT] DISTINCT FROM NULL is a null test. */
	for (const auto &[constant_side, other] : {std::pair{left, right}, std::pair{right, left}})
	{
		if (constant_side->is_unknown_const() && constant_side->is_null_const())
		{
			Expr *arg = other;

			resolve_unknown(arg);
			return make_bool(negated ? ExprKind::IsNull : ExprKind::IsNotNull, {arg}, location);
		}
	}
	Expr *comparison = binary("=", left, right, location);

	if (comparison->type != kBool)
		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("IS DISTINCT FROM requires = operator to yield boolean")
				  .at(at(location)));
	return make_bool(negated ? ExprKind::IsNotDistinct : ExprKind::IsDistinct, comparison->args,
					 location);
}

namespace
{

bool
has_column(const Expr *expr)
{
	return AnyExprDeep(
		expr, [](const Expr &e, void *) { return e.kind == ExprKind::Column; }, nullptr);
}

} /* namespace */

Expr *
Analyzer::in_list(const PgQuery__AExpr &node)
{
	const bool negated = StringOf(node.name[0]) == "<>";
	const PgQuery__List &list = *node.rexpr->list;
	Expr *left = expression(node.lexpr);
	std::vector<Expr *> elements, constants, parts;

	for (size_t i = 0; i < list.n_items; i++)
		elements.push_back(expression(list.items[i]));
	if (left->kind != ExprKind::Row)
	{
		for (Expr *element : elements)
		{
			if (!has_column(element) && element->kind != ExprKind::Row)
				constants.push_back(element);
		}
	}
	if (constants.size() > 1)
	{
		std::vector<Expr *> all{left};

		all.insert(all.end(), constants.begin(), constants.end());
		if (const Oid type = common_type(all, nullptr); type != 0)
		{
			for (Expr *&element : constants)
				element = coerce_to_common(element, type, "IN");
			std::erase_if(elements, [](Expr *element) { return !has_column(element); });
			Expr *first = binary("=", left, constants.front(), node.location);

			if (is_plain_equality(*first))
			{
				Expr *expr = make(ExprKind::InList, kBool, node.location);

				expr->negated = negated;
				expr->args = {first->args[0], first->args[1]};
				for (size_t i = 1; i < constants.size(); i++)
					expr->args.push_back(binary("=", left, constants[i], node.location)->args[1]);
				parts.push_back(expr);
			}
			else
				elements.insert(elements.begin(), constants.begin(), constants.end());
		}
	}
	for (Expr *element : elements)
	{
		Expr *part;

		if (left->kind == ExprKind::Row && element->kind == ExprKind::Row)
			part = row_comparison(negated ? "<>" : "=", left->args, element->args, node.location);
		else if (left->kind == ExprKind::Row || element->kind == ExprKind::Row)
			not_supported("comparison of a row with a value", node.location);
		else
			part = binary(negated ? "<>" : "=", left, element, node.location);
		parts.push_back(coerce_to_boolean(part, "IN"));
	}
	if (parts.size() == 1)
		return parts[0];
	return make_bool(negated ? ExprKind::And : ExprKind::Or, std::move(parts), node.location);
}

namespace
{

const PgQuery__AArrayExpr *
array_literal(const PgQuery__Node *node)
{
	if (node->node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR)
		return node->a_array_expr;
	return nullptr;
}

/* Equal values have equal texts: not so 1.0 and 1.00, or '1 day' and '24:00'. */
bool
equal_as_texts(Oid element)
{
	const TypeDef *const type = FindType(element);

	return type->collation == nullptr && type->storage != Storage::Real;
}

} /* namespace */

/* x op ANY (array) in general: as of a query that gives the elements, but that a null array gives null. */
Expr *
Analyzer::any_element(std::string_view name, Expr *left, Expr *array, bool all, int location)
{
	if (ContainsVolatile(array))
		not_supported("ANY or ALL of a volatile array", location);

	constexpr Oid kUnnest = 2331;
	Query *const query = make_query();
	Rte *const elements = make_rte(RteKind::Function, query);
	Rte *rte = nullptr;

	elements->call = make(ExprKind::Function, FindType(array->type)->element_oid, location);
	elements->call->function = FindFunction(kUnnest);
	elements->call->args = {array};
	describe_row_source(elements, "unnest");
	query->from.push_back(make_from(elements));
	query->targets.push_back({make_column(elements, 0, location), "unnest", false});
	finish_outputs(query);

	Expr *const found = make(all ? ExprKind::AllQuery : ExprKind::AnyQuery, kBool, location);

	found->args = {
		coerce_to_boolean(binary(name, left, sub_query_column(query, rte, 0, location), location),
						  all ? "ALL" : "ANY")};
	found->query = query;
	found->rte = rte;

	Expr *const is_null = make(ExprKind::IsNull, kBool, location);
	Expr *const result = make(ExprKind::Case, kBool, location);

	is_null->args = {array};
	result->args = {is_null, make_const(kBool, Value::Null(), -1), found};
	return result;
}

/* x op ANY (array): the elements of ARRAY[...] one by one, or membership in an array value. */
Expr *
Analyzer::any_list(const PgQuery__AExpr &node, bool all)
{
	const std::string_view name =
		CatalogName(*this, node.name, node.n_name, node.location, "operator");
	Expr *left = expression(node.lexpr);

	if (const PgQuery__AArrayExpr *array = array_literal(node.rexpr))
	{
		std::vector<Expr *> elements, parts;

		for (size_t i = 0; i < array->n_elements; i++)
			elements.push_back(expression(array->elements[i]));
		if (elements.empty())
			array_expr(*array, 0);
		const Oid type = common_type(elements, "ARRAY");

		/* Unknown literals alone take the left side's type. */
		const bool all_unknown = std::ranges::all_of(elements, [](const Expr *element)
													 { return element->type == kUnknown; });

		for (Expr *element : elements)
		{
			if (!all_unknown)
				element = coerce_to_common(element, type, "ARRAY");
			parts.push_back(
				coerce_to_boolean(binary(name, left, element, node.location), all ? "ALL" : "ANY"));
		}
		if (parts.size() == 1)
			return parts[0];
		return make_bool(all ? ExprKind::And : ExprKind::Or, std::move(parts), node.location);
	}
	Expr *right = expression(node.rexpr);

	if (right->type == kUnknown)
	{
		resolve_unknown(left);
		const TypeDef *element = FindType(left->type);

		if (element == nullptr || element->array_oid == 0)
			not_supported("an array of type " + FormatType(left->type), node.location);
		if (right->kind == ExprKind::Const)
		{
			right = copy(*right);
			right->type = element->array_oid;
		}
		else
			right =
				coerce(right, element->array_oid, -1, CoercionContext::Implicit, right->location);
	}
	const TypeDef *type = FindType(right->type);

	if (type == nullptr || type->element_oid == 0)
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("op ANY/ALL (array) requires array on right side")
				  .at(at(node.location)));
	const bool negated = name == "<>" || name == "!=";

	if (all != negated || (name != "=" && !negated) || !equal_as_texts(type->element_oid))
		return any_element(name, left, right, all, node.location);

	Expr *probe = left;

	if (left->type != type->element_oid)
		probe = coerce_to_common(left, type->element_oid, "ANY");
	Expr *as_text = make(ExprKind::ViaText, kText, left->location);
	Expr *expr = make(ExprKind::ArrayHas, kBool, node.location);

	as_text->args = {probe};
	expr->negated = negated;
	expr->args = {right, as_text};
	return expr;
}

Expr *
Analyzer::between(const PgQuery__AExpr &node)
{
	const bool negated = node.kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN ||
						 node.kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM;
	const bool symmetric = node.kind == PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM ||
						   node.kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM;
	const PgQuery__List &list = *node.rexpr->list;
	Expr *value = expression(node.lexpr);
	Expr *low = expression(list.items[0]);
	Expr *high = expression(list.items[1]);

	if (ContainsVolatile(value))
		not_supported("BETWEEN of a volatile expression", node.location);
	const auto inside = [&](Expr *from, Expr *to)
	{
		if (negated)
			return make_bool(
				ExprKind::Or,
				{binary("<", value, from, node.location), binary(">", value, to, node.location)},
				node.location);
		return make_bool(
			ExprKind::And,
			{binary(">=", value, from, node.location), binary("<=", value, to, node.location)},
			node.location);
	};

	if (!symmetric)
		return inside(low, high);
	return make_bool(negated ? ExprKind::And : ExprKind::Or, {inside(low, high), inside(high, low)},
					 node.location);
}

} /* namespace pg::parser */
