/*
 * cte.cpp
 *		WITH: named queries, recursive ones, and data-modifying ones at the top level.
 *
 * Backends and workers.
 */
#include "parser/analyzer.h"

#include <utility>

namespace pg::parser
{

namespace
{

void
name_outputs(const Analyzer &analyzer, Cte *cte, const PgQuery__CommonTableExpr &node)
{
	if (node.n_aliascolnames > cte->outputs.size())
		Raise(Report(ERROR, ERRCODE_INVALID_COLUMN_REFERENCE)
				  .msg("WITH query \"%s\" has %d columns available but %d columns specified",
					   node.ctename, static_cast<int>(cte->outputs.size()),
					   static_cast<int>(node.n_aliascolnames))
				  .at(analyzer.at(node.location)));
	for (size_t i = 0; i < node.n_aliascolnames; i++)
		cte->outputs[i].name = StringOf(node.aliascolnames[i]);
}

} /* namespace */

/* The caller has pushed the frame that the names go to. */
void
Analyzer::with_clause(const PgQuery__WithClause &with, Scope *parent, std::vector<Cte *> &ctes,
					  bool top_level)
{
	Cte *outer_recursive = std::exchange(recursive_cte_, nullptr);
	const size_t frame = cte_frames_.size() - 1;

	for (size_t i = 0; i < with.n_ctes; i++)
	{
		const PgQuery__CommonTableExpr &node = *with.ctes[i]->common_table_expr;

		for (const Cte *other : cte_frames_[frame])
		{
			if (other->name == node.ctename)
				Raise(Report(ERROR, ERRCODE_DUPLICATE_ALIAS)
						  .msg("WITH query name \"%s\" specified more than once", node.ctename)
						  .at(at(node.location)));
		}
		Cte *cte = make_cte();

		cte->name = node.ctename;
		if (with.recursive)
			cte_frames_[frame].push_back(cte);
		analyze_cte(node, cte, parent, with.recursive, top_level);
		if (!with.recursive)
			cte_frames_[frame].push_back(cte);
		ctes.push_back(cte);
	}
	recursive_cte_ = outer_recursive;
}

void
Analyzer::analyze_cte(const PgQuery__CommonTableExpr &node, Cte *cte, Scope *parent, bool recursive,
					  bool top_level)
{
	if (node.search_clause != nullptr || node.cycle_clause != nullptr)
		not_supported("SEARCH and CYCLE", node.location);
	cte->materialized = node.ctematerialized == PG_QUERY__CTEMATERIALIZE__CTEMaterializeAlways;
	cte->not_materialized = node.ctematerialized == PG_QUERY__CTEMATERIALIZE__CTEMaterializeNever;
	ScopeGuard guard(*this, parent);

	if (node.ctequery->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
	{
		if (!top_level)
			Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
					  .msg("WITH clause containing a data-modifying statement must be at the top "
						   "level")
					  .at(at(node.location)));
		cte->in_progress = true;
		cte->dml = data_modifying(node.ctequery, parent, false);
		cte->in_progress = false;
		cte->outputs = cte->dml->outputs;
		cte->buffer = new_buffer();
		cte->dml->buffer = cte->buffer;
		dml_ctes.push_back(cte->dml);
		name_outputs(*this, cte, node);
		return;
	}
	cte->in_progress = recursive;
	cte->node = &node;
	if (recursive)
		recursive_cte_ = cte;
	cte->query = select(*node.ctequery->select_stmt, parent);
	recursive_cte_ = nullptr;
	cte->in_progress = false;
	if (cte->self_reference && cte->references > 0)
		finish_recursion(cte);
	else
	{
		cte->self_reference = false;
		cte->outputs = cte->query->outputs;
		name_outputs(*this, cte, node);
	}
	cte->references = 0;
	cte->volatile_query = QueryIsVolatile(cte->query);
}

/* The first term is known: from here on the name stands for the rows so far. */
void
Analyzer::start_recursion(Cte *cte, Query *first)
{
	size_t i = 0;

	if (first->kind == QueryKind::Select)
	{
		for (Target &target : first->targets)
			resolve_unknown(target.expr);
		finish_outputs(first);
	}
	cte->outputs = first->outputs;
	cte->self_reference = true;
	for (; cte->node != nullptr && i < cte->node->n_aliascolnames && i < cte->outputs.size(); i++)
		cte->outputs[i].name = StringOf(cte->node->aliascolnames[i]);
}

void
Analyzer::finish_recursion(Cte *cte)
{
	const Query &query = *cte->query;

	if (query.operation != PG_QUERY__SET_OPERATION__SETOP_UNION)
		Raise(Report(ERROR, ERRCODE_INVALID_RECURSION)
				  .msg("recursive query \"%s\" does not have the form non-recursive-term UNION "
					   "[ALL] recursive-term",
					   cte->name.c_str())
				  .at(at(cte->node->location)));
	if (!query.sort.empty())
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("ORDER BY in a recursive query is not implemented")
				  .at(at(cte->node->location)));
	if (query.offset != nullptr || query.limit != nullptr)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg(query.offset != nullptr ? "OFFSET in a recursive query is not implemented"
											   : "LIMIT in a recursive query is not implemented")
				  .at(at(cte->node->location)));
	for (size_t i = 0; i < cte->outputs.size(); i++)
	{
		if (cte->outputs[i].type != query.outputs[i].type)
			Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
					  .msg("recursive query \"%s\" column %d has type %s in non-recursive term but "
						   "type %s overall",
						   cte->name.c_str(), static_cast<int>(i + 1),
						   FormatType(cte->outputs[i].type).c_str(),
						   FormatType(query.outputs[i].type).c_str())
					  .hint("Cast the output of the non-recursive term to the correct type.")
					  .at(at(cte->node->location)));
	}
	/* The engine reads the recursive name once, directly in the FROM of the second term. */
	const Query *second = query.right;

	if (cte->references != 1 || second->kind != QueryKind::Select || second->has_aggregates ||
		second->has_group || second->distinct || !second->sort.empty())
		not_supported("this form of recursive query", cte->node->location);
	name_outputs(*this, cte, *cte->node);
}

} /* namespace pg::parser */
