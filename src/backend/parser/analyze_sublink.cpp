/*
 * analyze_sublink.cpp
 *		Sub-queries in expressions: EXISTS, scalar, IN, ANY, ALL, row comparison, ARRAY.
 *
 * Backends and workers.
 */
#include "parser/analyzer.h"

namespace pg::parser
{

/* Column `column` of a sub-query, through one entry made at first use. */
Expr *
Analyzer::sub_query_column(Query *query, Rte *&rte, int column, int location)
{
	if (rte == nullptr)
		rte = query_rte(query, nullptr);
	return make_column(rte, column, location);
}

Expr *
Analyzer::sub_link(const PgQuery__SubLink &node)
{
	Query *query = select(*node.subselect->select_stmt, scope);
	Expr *expr;

	switch (node.sub_link_type)
	{
		case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK:
			expr = make(ExprKind::Exists, kBool, node.location);
			expr->query = query;
			return expr;
		case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK:
		case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK:
		{
			const bool array = node.sub_link_type == PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK;

			if (query->outputs.size() != 1)
				Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
						  .msg("subquery must return only one column")
						  .at(at(node.location)));
			const Output &output = query->outputs[0];

			if (!array)
			{
				expr = make(ExprKind::ScalarQuery, output.type, node.location);
				expr->typmod = output.typmod;
				expr->query = query;
				return expr;
			}
			const TypeDef *type = FindType(output.type);

			if (type == nullptr || type->array_oid == 0)
				not_supported("ARRAY of " + FormatType(output.type), node.location);
			expr = make(ExprKind::ArrayQuery, type->array_oid, node.location);
			expr->query = query;
			Expr *element = make(ExprKind::ViaText, kText, node.location);

			element->args = {sub_query_column(query, expr->rte, 0, node.location)};
			expr->args = {element};
			return expr;
		}
		case PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK:
		case PG_QUERY__SUB_LINK_TYPE__ALL_SUBLINK:
		case PG_QUERY__SUB_LINK_TYPE__ROWCOMPARE_SUBLINK: return quantified(node, query);
		default: not_supported("this kind of sub-query", node.location);
	}
}

Expr *
Analyzer::quantified(const PgQuery__SubLink &node, Query *query)
{
	const std::string_view name =
		node.n_oper_name == 0
			? std::string_view("=")
			: CatalogName(*this, node.oper_name, node.n_oper_name, node.location, "operator");
	Expr *left = expression(node.testexpr);
	std::vector<Expr *> lefts =
		left->kind == ExprKind::Row ? left->args : std::vector<Expr *>{left};
	std::vector<Expr *> rights;
	Rte *rte = nullptr;

	if (lefts.size() < query->outputs.size())
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("subquery has too many columns")
				  .at(at(node.location)));
	if (lefts.size() > query->outputs.size())
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("subquery has too few columns")
				  .at(at(node.location)));
	for (size_t i = 0; i < query->outputs.size(); i++)
		rights.push_back(sub_query_column(query, rte, static_cast<int>(i), node.location));
	Expr *comparison =
		coerce_to_boolean(row_comparison(name, lefts, rights, node.location), "row comparison");
	ExprKind kind = ExprKind::CompareQuery;

	if (node.sub_link_type == PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK)
		kind = ExprKind::AnyQuery;
	else if (node.sub_link_type == PG_QUERY__SUB_LINK_TYPE__ALL_SUBLINK)
		kind = ExprKind::AllQuery;
	const bool plain =
		comparison->kind == ExprKind::Operator && comparison->function->lowering != nullptr &&
		comparison->args[1]->rte == rte && comparison->args[1]->kind == ExprKind::Column;
	const std::string_view lowering = plain ? comparison->function->lowering : "";

	/* The engine's IN does the common cases, and can use an index. */
	if ((kind == ExprKind::AnyQuery && lowering.starts_with("($1 = $2")) ||
		(kind == ExprKind::AllQuery && lowering.starts_with("($1 <> $2")))
	{
		Expr *in = make(ExprKind::InQuery, kBool, node.location);

		in->negated = kind == ExprKind::AllQuery;
		in->query = query;
		in->args = {comparison->args[0]};
		return in;
	}
	Expr *expr = make(kind, kBool, node.location);

	expr->query = query;
	expr->rte = rte;
	expr->args = {comparison};
	return expr;
}

} /* namespace pg::parser */
