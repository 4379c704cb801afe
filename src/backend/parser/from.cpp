/*
 * from.cpp
 *		FROM: tables, views, sub-queries, functions, joins, and the names they make visible.
 *
 * Backends and workers.
 */
#include "access/transam.h"
#include "catalog/functions.h"
#include "catalog/pg_authid_d.h"
#include "catalog/pg_class_d.h"
#include "catalog/policies.h"
#include "nodes/parsenodes.h"
#include "parser/analyzer.h"
#include "parser/relations.h"
#include "utils/adt/text_bodies.h"

#include <algorithm>
#include <utility>

namespace pg::parser
{

namespace
{

constexpr int kMaxViewDepth = 32;

void
check_unique_names(const Analyzer &analyzer, const std::vector<NameItem> &items, size_t old_count)
{
	for (size_t i = old_count; i < items.size(); i++)
	{
		for (size_t j = 0; j < old_count; j++)
		{
			const bool clash = items[i].relation_visible && items[j].relation_visible &&
							   !items[i].name.empty() && items[i].name == items[j].name &&
							   (items[i].schema.empty() || items[i].schema == items[j].schema);

			if (clash)
				Raise(Report(ERROR, ERRCODE_DUPLICATE_ALIAS)
						  .msg("table name \"%s\" specified more than once",
							   std::string(items[i].name).c_str()));
		}
	}
	(void) analyzer;
}

} /* namespace */

void
Analyzer::from_clause(PgQuery__Node *const *nodes, size_t count, Scope &into)
{
	for (size_t i = 0; i < count; i++)
	{
		std::vector<NameItem> items;
		FromNode *node = from_item(nodes[i], into, items);
		const size_t old_count = into.items.size();

		into.items.insert(into.items.end(), items.begin(), items.end());
		check_unique_names(*this, into.items, old_count);
		into.query->from.push_back(node);
	}
}

FromNode *
Analyzer::from_item(const PgQuery__Node *node, Scope &into, std::vector<NameItem> &items)
{
	switch (node->node_case)
	{
		case PG_QUERY__NODE__NODE_RANGE_VAR: return from_relation(*node->range_var, into, items);
		case PG_QUERY__NODE__NODE_RANGE_SUBSELECT:
			return from_query(*node->range_subselect, into, items);
		case PG_QUERY__NODE__NODE_RANGE_FUNCTION:
			return from_function(*node->range_function, into, items);
		case PG_QUERY__NODE__NODE_JOIN_EXPR: return from_join(*node->join_expr, into, items);
		case PG_QUERY__NODE__NODE_RANGE_TABLE_SAMPLE:
			not_supported("TABLESAMPLE", node->range_table_sample->location);
		default: not_supported("this kind of FROM item", -1);
	}
}

Rte *
Analyzer::relation_rte(const RelationInfoPtr &relation, Query *owner)
{
	Rte *rte = make_rte(RteKind::Relation, owner);

	rte->relation = relation;
	rte->columns.reserve(relation->columns.size());
	for (const ColumnInfo &column : relation->columns)
	{
		RteColumn &added = rte->columns.emplace_back();

		added.name = column.name;
		added.engine = Quoted(column.physical);
		added.type = column.type;
		added.typmod = column.typmod;
		added.attnum = column.attnum;
		added.dropped = column.dropped;
		added.not_null = column.not_null;
	}
	return rte;
}

Rte *
Analyzer::query_rte(Query *query, Query *owner)
{
	Rte *rte = make_rte(RteKind::Subquery, owner);

	rte->query = query;
	for (size_t i = 0; i < query->outputs.size(); i++)
	{
		RteColumn &added = rte->columns.emplace_back();

		added.name = keep(query->outputs[i].name);
		added.engine = "c" + std::to_string(i + 1);
		added.type = query->outputs[i].type;
		added.row = query->outputs[i].row;
		added.typmod = query->outputs[i].typmod;
	}
	return rte;
}

/* Applies the column names of an alias. */
void
Analyzer::name_columns(Rte *rte, const PgQuery__Alias *alias, std::string_view name)
{
	if (alias == nullptr || alias->n_colnames == 0)
		return;
	size_t given = 0;

	for (RteColumn &column : rte->columns)
	{
		if (column.dropped || given == alias->n_colnames)
			continue;
		column.name = StringOf(alias->colnames[given++]);
	}
	if (given < alias->n_colnames)
		Raise(Report(ERROR, ERRCODE_INVALID_COLUMN_REFERENCE)
				  .msg("table \"%s\" has %d columns available but %d columns specified",
					   std::string(name).c_str(), static_cast<int>(given),
					   static_cast<int>(alias->n_colnames)));
}

namespace
{

/* A reference to a WITH query: one more entry on it. */
Rte *
cte_rte(Analyzer &analyzer, Cte *cte, Query *owner, int location)
{
	if (cte->in_progress && !cte->self_reference)
		Raise(Report(ERROR, ERRCODE_INVALID_RECURSION)
				  .msg("recursive reference to query \"%s\" must not appear within its "
					   "non-recursive term",
					   cte->name.c_str())
				  .at(analyzer.at(location)));
	cte->references++;
	if (cte->dml != nullptr && cte->dml->returning.empty())
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("WITH query \"%s\" does not have a RETURNING clause", cte->name.c_str())
				  .at(analyzer.at(location)));
	Rte *rte = analyzer.make_rte(RteKind::Cte, owner);

	rte->cte = cte;
	for (size_t i = 0; i < cte->outputs.size(); i++)
	{
		RteColumn &column = rte->columns.emplace_back();

		column.name = analyzer.keep(cte->outputs[i].name);
		column.engine = "c" + std::to_string(i + 1);
		column.type = cte->outputs[i].type;
		column.row = cte->outputs[i].row;
		column.typmod = cte->outputs[i].typmod;
	}
	return rte;
}

} /* namespace */

void
Analyzer::raise_no_relation(const PgQuery__RangeVar &node) const
{
	if (node.schemaname[0] != 0)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_TABLE)
				  .msg("relation \"%s.%s\" does not exist", node.schemaname, node.relname)
				  .at(at(node.location)));
	Raise(Report(ERROR, ERRCODE_UNDEFINED_TABLE)
			  .msg("relation \"%s\" does not exist", node.relname)
			  .at(at(node.location)));
}

namespace
{

/* A schema that the user may not look into is refused where the statement names it. */
RelationInfoPtr
looked_up(const Analyzer &analyzer, const PgQuery__RangeVar &node)
{
	try
	{
		return relation_lookup(node.schemaname, node.relname);
	}
	catch (PgError &error)
	{
		if (error.report.position == 0)
			error.report.at(analyzer.at(node.location));
		throw;
	}
}

} /* namespace */

FromNode *
Analyzer::from_relation(const PgQuery__RangeVar &node, Scope &into, std::vector<NameItem> &items)
{
	Rte *rte = nullptr;
	NameItem item;

	item.name = node.alias ? node.alias->aliasname : node.relname;
	if (node.schemaname[0] == 0)
	{
		if (Cte *cte = find_cte(node.relname))
			rte = cte_rte(*this, cte, into.query, node.location);
		else
			rte = transition_rte(node.relname, into.query);
	}
	if (rte == nullptr)
	{
		const RelationInfoPtr relation = looked_up(*this, node);

		if (relation == nullptr)
			raise_no_relation(node);
		if (relation->kind == 'i' || relation->kind == 'I')
			Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
					  .msg("cannot open relation \"%s\"", node.relname)
					  .detail("This operation is not supported for indexes.")
					  .at(at(node.location)));
		if (relation->kind == 'c')
			Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
					  .msg("cannot open relation \"%s\"", node.relname)
					  .detail("This operation is not supported for composite types.")
					  .at(at(node.location)));
		if (node.alias == nullptr)
			item.schema = relation->schema_name;
		kept_.push_back(relation);
		rte = relation_rte(relation, into.query);
		want_right(rte, ACL_SELECT);
		if (relation->kind == 'v' && !relation->is_row_source)
			rte->query = view_query(*relation);
		else if (relation->oid != open_table_ && PoliciesHold(*relation, rights_role_))
			rte->query = guarded_query(*relation);
		if (rte->query != nullptr)
		{
			for (size_t i = 0; i < rte->columns.size(); i++)
				rte->columns[i].engine = "c" + std::to_string(i + 1);
		}
	}
	name_columns(rte, node.alias, item.name);
	item.rte = rte;
	rte->name = item.name;
	items.push_back(item);
	return make_from(rte);
}

void
Analyzer::want_right(Rte *rte, AclMode right)
{
	if (rte->right < 0)
	{
		rte->right = static_cast<int>(rights.size());
		rights.push_back({RelationRelationId, rte->relation->oid, right, rights_role_});
	}
	rights[static_cast<size_t>(rte->right)].rights |= right;
}

/* The view's definition as a query of its own, out of sight of the query that uses it. */
Query *
Analyzer::view_query(const RelationInfo &view)
{
	if (++view_depth_ > kMaxViewDepth)
		Raise(Report(ERROR, ERRCODE_INVALID_OBJECT_DEFINITION)
				  .msg("infinite recursion detected in rules for relation \"%s\"",
					   view.name.c_str()));
	const auto statements = ParseStatements(view.view_sql);

	if (statements->size() != 1 ||
		statements->front().node->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
		Raise(Report(ERROR, ERRCODE_DATA_CORRUPTED)
				  .msg("definition of view \"%s\" is not a query", view.name.c_str()));

	Query *query = stored_query(
		view.view_sql, view.oid < FirstNormalObjectId ? BOOTSTRAP_SUPERUSERID : view.owner);

	view_depth_--;
	/* Columns added to the view's tables later are none of the view's. */
	return query;
}

/*
 * The rows of a table that its policies show.  The limit, which limits nothing, is a wall: the engine looks at conditions of the
 * query outside only for rows that have passed it.
 */
Query *
Analyzer::guarded_query(const RelationInfo &table)
{
	std::string sql = "SELECT ";

	for (size_t i = 0; i < table.columns.size(); i++)
		sql += (i == 0 ? "" : ", ") +
			   (table.columns[i].dropped ? "NULL" : IdentifierText(table.columns[i].name));
	sql += " FROM " + IdentifierText(table.schema_name) + "." + IdentifierText(table.name) +
		   " WHERE " + PolicyCondition(table, 'r') + " OFFSET 0";

	const Oid open_before = std::exchange(open_table_, table.oid);
	Query *query = stored_query(sql, rights_role_);

	open_table_ = open_before;
	return query;
}

/* A SELECT that catalogs keep, read with the rights of a role. */
Query *
Analyzer::stored_query(const std::string &sql, Oid role)
{
	const auto statements = ParseStatements(sql);

	kept_.push_back(statements->front().keep);

	std::vector<std::vector<Cte *>> frames;

	const Oid role_before = rights_role_;

	frames.swap(cte_frames_);
	stored_depth_++;
	rights_role_ = role;
	Query *query;
	{
		ScopeGuard guard(*this, nullptr);

		query = select(*statements->front().node->select_stmt, nullptr);
	}
	stored_depth_--;
	rights_role_ = role_before;
	frames.swap(cte_frames_);
	return query;
}

FromNode *
Analyzer::from_query(const PgQuery__RangeSubselect &node, Scope &into, std::vector<NameItem> &items)
{
	const PgQuery__SelectStmt &stmt = *node.subquery->select_stmt;

	if (node.lateral)
		not_supported("LATERAL", first_location(stmt));
	Query *query;
	{
		ScopeGuard guard(*this, into.parent);

		query = select(stmt, into.parent);
	}
	if (node.alias == nullptr)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg(stmt.n_values_lists > 0 ? "VALUES in FROM must have an alias"
											   : "subquery in FROM must have an alias")
				  .hint(stmt.n_values_lists > 0 ? "For example, FROM (VALUES ...) [AS] foo."
												: "For example, FROM (SELECT ...) [AS] foo.")
				  .at(at(first_location(stmt))));
	Rte *rte = query_rte(query, into.query);
	NameItem item;

	item.name = node.alias->aliasname;
	item.rte = rte;
	rte->name = item.name;
	name_columns(rte, node.alias, item.name);
	items.push_back(item);
	return make_from(rte);
}

/* Where a sub-query starts, as well as its tree tells. */
int
Analyzer::first_location(const PgQuery__SelectStmt &stmt)
{
	if (stmt.larg != nullptr)
		return first_location(*stmt.larg);
	if (stmt.n_target_list > 0)
		return stmt.target_list[0]->res_target->location;
	if (stmt.n_values_lists > 0 && stmt.values_lists[0]->list->n_items > 0)
		return scope_location(stmt.values_lists[0]->list->items[0]);
	return -1;
}

namespace
{

JoinKind
join_kind(PgQuery__JoinType type)
{
	switch (type)
	{
		case PG_QUERY__JOIN_TYPE__JOIN_LEFT: return JoinKind::Left;
		case PG_QUERY__JOIN_TYPE__JOIN_RIGHT: return JoinKind::Right;
		case PG_QUERY__JOIN_TYPE__JOIN_FULL: return JoinKind::Full;
		default: return JoinKind::Inner;
	}
}

void
mark_nullable(FromNode *node)
{
	if (node->rte != nullptr)
	{
		node->rte->nullable = true;
		return;
	}
	mark_nullable(node->left);
	mark_nullable(node->right);
}

} /* namespace */

FromNode *
Analyzer::from_join(const PgQuery__JoinExpr &node, Scope &into, std::vector<NameItem> &items)
{
	std::vector<NameItem> right_items;
	FromNode *left = from_item(node.larg, into, items);
	const size_t left_count = items.size();
	FromNode *right;
	{
		/* Functions on the right see the left side. */
		const size_t outer_count = into.items.size();

		into.items.insert(into.items.end(), items.begin(), items.end());
		right = from_item(node.rarg, into, right_items);
		into.items.resize(outer_count);
	}
	items.insert(items.end(), right_items.begin(), right_items.end());
	check_unique_names(*this, items, left_count);

	FromNode *join = make_join(join_kind(node.jointype), left, right);

	if (join->join == JoinKind::Left || join->join == JoinKind::Full)
		mark_nullable(right);
	if (join->join == JoinKind::Right || join->join == JoinKind::Full)
		mark_nullable(left);
	if (node.is_natural || node.n_using_clause > 0)
		join_using(node, join, items, left_count);
	else if (node.quals != nullptr)
	{
		Scope on;

		on.parent = into.parent;
		on.query = into.query;
		on.items = items;
		ScopeGuard guard(*this, &on);

		join->on = coerce_to_boolean(expression(node.quals, Place::JoinOn), "JOIN/ON");
	}
	if (node.alias != nullptr)
		alias_join(node, items);
	return join;
}

namespace
{

/* All visible columns of the items, in order. */
std::vector<NamedColumn>
visible_columns(Analyzer &analyzer, std::span<const NameItem> items)
{
	std::vector<NamedColumn> columns;

	for (const NameItem &item : items)
	{
		if (!item.columns_visible)
			continue;
		if (item.columns != nullptr)
		{
			columns.insert(columns.end(), item.columns->begin(), item.columns->end());
			continue;
		}
		for (size_t i = 0; i < item.rte->columns.size(); i++)
		{
			const RteColumn &column = item.rte->columns[i];

			if (!column.dropped)
				columns.push_back(
					{column.name, analyzer.make_column(item.rte, static_cast<int>(i), -1)});
		}
	}
	return columns;
}

const NamedColumn *
using_column(const Analyzer &analyzer, const std::vector<NamedColumn> &columns,
			 std::string_view name, const char *side)
{
	const NamedColumn *found = nullptr;

	for (const NamedColumn &column : columns)
	{
		if (column.name != name)
			continue;
		if (found != nullptr)
			Raise(Report(ERROR, ERRCODE_AMBIGUOUS_COLUMN)
					  .msg("common column name \"%s\" appears more than once in %s table",
						   std::string(name).c_str(), side));
		found = &column;
	}
	(void) analyzer;
	return found;
}

} /* namespace */

void
Analyzer::join_using(const PgQuery__JoinExpr &node, FromNode *join, std::vector<NameItem> &items,
					 size_t left_count)
{
	const std::vector<NamedColumn> left =
		visible_columns(*this, std::span(items).subspan(0, left_count));
	const std::vector<NamedColumn> right =
		visible_columns(*this, std::span(items).subspan(left_count));
	std::vector<std::string_view> names;

	for (size_t i = 0; i < node.n_using_clause; i++)
	{
		const std::string_view name = StringOf(node.using_clause[i]);

		if (std::ranges::find(names, name) != names.end())
			Raise(Report(ERROR, ERRCODE_DUPLICATE_COLUMN)
					  .msg("column name \"%s\" appears more than once in USING clause",
						   std::string(name).c_str()));
		names.push_back(name);
	}
	if (node.is_natural)
	{
		for (const NamedColumn &column : left)
		{
			if (using_column(*this, right, column.name, "right") != nullptr)
				names.push_back(column.name);
		}
	}
	std::vector<NamedColumn> *merged = make_columns();
	std::vector<Expr *> conditions;

	for (std::string_view name : names)
	{
		const NamedColumn *l = using_column(*this, left, name, "left");
		const NamedColumn *r = using_column(*this, right, name, "right");

		if (l == nullptr || r == nullptr)
			Raise(Report(ERROR, ERRCODE_UNDEFINED_COLUMN)
					  .msg("column \"%s\" specified in USING clause does not exist in %s table",
						   std::string(name).c_str(), l == nullptr ? "left" : "right"));
		conditions.push_back(binary("=", l->expr, r->expr, -1));
		const std::vector<Expr *> both{l->expr, r->expr};
		const Oid type = common_type(both, "JOIN/USING");
		Expr *left_value = coerce_to_common(l->expr, type, "JOIN/USING");
		Expr *right_value = coerce_to_common(r->expr, type, "JOIN/USING");
		Expr *value = left_value;

		if (join->join == JoinKind::Right)
			value = right_value;
		else if (join->join == JoinKind::Full)
		{
			value = make(ExprKind::Coalesce, type, -1);
			value->args = {left_value, right_value};
			value->typmod = common_typmod(value->args, type);
		}
		merged->push_back({name, value});
	}
	for (const std::vector<NamedColumn> *side : {&left, &right})
	{
		for (const NamedColumn &column : *side)
		{
			if (std::ranges::find(names, column.name) == names.end())
				merged->push_back(column);
		}
	}
	if (conditions.size() == 1)
		join->on = conditions[0];
	else if (!conditions.empty())
		join->on = make_bool(ExprKind::And, std::move(conditions), -1);
	/* Unqualified names go to the merged columns; the tables stay reachable by name. */
	for (NameItem &item : items)
		item.columns_visible = false;
	NameItem joined;

	joined.columns = merged;
	if (node.join_using_alias != nullptr)
		not_supported("an alias of JOIN USING", -1);
	items.push_back(joined);
}

/* (a JOIN b ...) AS j (x, y): only the alias is visible. */
void
Analyzer::alias_join(const PgQuery__JoinExpr &node, std::vector<NameItem> &items)
{
	std::vector<NamedColumn> *columns = make_columns();

	*columns = visible_columns(*this, items);
	if (node.alias->n_colnames > columns->size())
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("column alias list for \"%s\" has too many entries", node.alias->aliasname));
	for (size_t i = 0; i < node.alias->n_colnames; i++)
		(*columns)[i].name = StringOf(node.alias->colnames[i]);
	NameItem item;

	item.name = node.alias->aliasname;
	item.columns = columns;
	items = {item};
}

} /* namespace pg::parser */
