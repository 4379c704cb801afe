/*
 * statement.cpp
 *		Whole statements, and expressions that the catalog keeps as SQL.
 *
 * Backends and workers, inside a transaction.
 */
#include "parser/lowering.h"
#include "parser/parse.h"
#include "parser/relations.h"

namespace pg::parser
{

RelationLookup relation_lookup = FindRelation;

Query *
Analyzer::top_query(const PgQuery__SelectStmt &stmt)
{
	if (stmt.with_clause == nullptr)
		return select(stmt, nullptr);
	/* Data-modifying queries are allowed in this WITH only. */
	std::vector<Cte *> ctes;
	PgQuery__SelectStmt rest = stmt;

	rest.with_clause = nullptr;
	cte_frames_.emplace_back();
	with_clause(*stmt.with_clause, nullptr, ctes, true);
	Query *query = select(rest, nullptr);

	query->ctes = std::move(ctes);
	query->recursive = stmt.with_clause->recursive;
	return query;
}

DmlQuery *
Analyzer::top_dml(const PgQuery__Node *node)
{
	return data_modifying(node, nullptr, true);
}

namespace
{

/* Does a query take other columns in place of its own, without a change of its rows? */
bool
takes_targets(const Query &query)
{
	return query.kind == QueryKind::Select &&
		   query.operation == PG_QUERY__SET_OPERATION__SETOP_NONE && !query.distinct &&
		   query.distinct_on.empty() && query.sort.empty() && !query.has_group;
}

} /* namespace */

Query *
Analyzer::with_result_types(Query *query)
{
	const std::vector<Oid> &types = names->result_types;
	const size_t count = query->outputs.size();
	bool fits = count == types.size();

	for (size_t i = 0; fits && i < count; i++)
		fits = query->outputs[i].type == types[i];
	if (fits || count != types.size() || !dml_ctes.empty())
		return query;
	if (!takes_targets(*query))
	{
		Query *outer = make_query();
		Rte *rte = query_rte(query, outer);

		outer->from.push_back(make_from(rte));
		for (size_t i = 0; i < count; i++)
			outer->targets.push_back(
				{make_column(rte, static_cast<int>(i), -1), query->outputs[i].name, false});
		query = outer;
	}
	for (size_t i = 0; i < count; i++)
		if (Expr *const expr =
				try_coerce(query->targets[i].expr, types[i], -1, CoercionContext::Assignment, -1))
			query->targets[i].expr = expr;
	finish_outputs(query);
	return query;
}

void
Analyzer::bring_returning_to_result_types(DmlQuery *dml)
{
	const std::vector<Oid> &types = names->result_types;

	if (dml->outputs.size() != types.size())
		return;
	for (size_t i = 0; i < types.size(); i++)
		if (Expr *const expr =
				try_coerce(dml->returning[i].expr, types[i], -1, CoercionContext::Assignment, -1))
		{
			dml->returning[i].expr = expr;
			dml->outputs[i].type = expr->type;
			dml->outputs[i].typmod = expr->typmod;
		}
}

/* The expression of "SELECT <sql>", which keeps its tree alive as long as this analyzer. */
Expr *
Analyzer::stored_expression(const std::string &sql, Scope *in, Place place)
{
	const auto statements = ParseStatements("SELECT " + sql);
	const PgQuery__SelectStmt &stmt = *statements->front().node->select_stmt;

	kept_.push_back(statements->front().keep);
	return stored_node(stmt.target_list[0]->res_target->val, in, place);
}

Expr *
Analyzer::stored_node(const PgQuery__Node *node, Scope *in, Place place)
{
	Scope own;

	if (in == nullptr)
		in = &own;
	ScopeGuard guard(*this, in);

	stored_depth_++;
	Expr *expr = expression(node, place);

	stored_depth_--;
	return expr;
}

/* Names of the relation's own columns, written without a qualifier. */
Rte *
OwnColumns(Analyzer &analyzer, Scope &scope, const RelationInfo &relation)
{
	const RelationInfoPtr borrowed(std::shared_ptr<void>(), &relation);
	Query *query = analyzer.make_query();
	Rte *rte = analyzer.relation_rte(borrowed, query);
	NameItem item;

	item.name = relation.name;
	item.rte = rte;
	rte->name = item.name;
	scope.query = query;
	scope.items.push_back(item);
	return rte;
}

} /* namespace pg::parser */

namespace pg
{

std::string
LowerExpression(const std::string &sql, const RelationInfo *relation, Oid type, int32 typmod)
{
	using namespace parser;

	Analyzer analyzer({}, {});
	Scope scope;
	Rte *rte = nullptr;
	const Place place = relation == nullptr ? Place::ColumnDefault : Place::Check;

	if (relation != nullptr)
		rte = OwnColumns(analyzer, scope, *relation);
	Expr *expr = analyzer.stored_expression(sql, &scope, place);

	if (ContainsSubQuery(expr))
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg(relation == nullptr ? "cannot use subquery in DEFAULT expression"
										   : "cannot use subquery in check constraint"));
	if (type == kBool && relation != nullptr)
		expr = analyzer.coerce_to_boolean(expr, "CHECK");
	else if (type != 0)
	{
		Expr *converted = analyzer.try_coerce(expr, type, typmod, CoercionContext::Assignment, -1);

		if (converted == nullptr)
			Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
					  .msg("default expression is of type %s but column is of type %s",
						   FormatType(expr->type).c_str(), FormatType(type).c_str())
					  .hint("You will need to rewrite or cast the expression."));
		expr = converted;
	}
	else
		analyzer.resolve_unknown(expr);
	Lowering lowering(analyzer);

	lowering.set_bare(rte);
	lowering.expr(*expr);
	return lowering.take();
}

} /* namespace pg */
