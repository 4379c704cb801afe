/*
 * dml.cpp
 *		UPDATE, DELETE, and what they share with INSERT: target, SET, RETURNING, assignment.
 *
 * Backends and workers.
 */
#include "catalog/policies.h"
#include "catalog/sequences.h"
#include "nodes/parsenodes.h"
#include "parser/analyzer.h"
#include "parser/relations.h"

#include <algorithm>

namespace pg::parser
{

DmlQuery *
Analyzer::data_modifying(const PgQuery__Node *node, Scope *parent, bool top_level)
{
	switch (node->node_case)
	{
		case PG_QUERY__NODE__NODE_INSERT_STMT: return insert(*node->insert_stmt, parent, top_level);
		case PG_QUERY__NODE__NODE_UPDATE_STMT: return update(*node->update_stmt, parent, top_level);
		case PG_QUERY__NODE__NODE_DELETE_STMT: return remove(*node->delete_stmt, parent, top_level);
		default: not_supported("this statement in WITH", -1);
	}
}

/* The WITH of a data-modifying statement; the frame stays until the statement is analyzed. */
void
Analyzer::dml_with(const PgQuery__WithClause *with, Scope *parent, bool top_level, DmlQuery *dml)
{
	cte_frames_.emplace_back();
	if (with == nullptr)
		return;
	dml->recursive = with->recursive;
	with_clause(*with, parent, dml->ctes, top_level);
}

namespace
{

/* What of the target's kind forbids the statement. */
void
check_target(const Analyzer &analyzer, const RelationInfo &relation, const char *verb, int location)
{
	const std::string name = relation.name;

	switch (relation.kind)
	{
		case 'r':
		case 'p': break;
		case 'v':
		{
			const char *preposition = verb[0] == 'i' ? " into" : verb[0] == 'd' ? " from" : "";

			if (!relation.is_system && !relation.is_row_source)
				analyzer.not_supported(std::string(verb) + preposition + " a view", location);
			Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
					  .msg("cannot %s%s view \"%s\"", verb, preposition, name.c_str())
					  .detail("Views that do not select from a single table or view are not "
							  "automatically updatable."));
		}
		case 'S':
			Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
					  .msg("cannot change sequence \"%s\"", name.c_str()));
		default:
			Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
					  .msg("cannot open relation \"%s\"", name.c_str())
					  .at(analyzer.at(location)));
	}
	if (relation.is_system || relation.is_row_source)
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied: \"%s\" is a system catalog", name.c_str()));
}

} /* namespace */

void
Analyzer::dml_target(DmlQuery *dml, const PgQuery__RangeVar &range, Scope &into, const char *verb)
{
	if (range.schemaname[0] == 0)
	{
		if (const Cte *cte = find_cte(range.relname))
			Raise(Report(ERROR, ERRCODE_UNDEFINED_TABLE)
					  .msg("relation \"%s\" cannot be the target of a modifying statement",
						   cte->name.c_str()));
	}
	const RelationInfoPtr relation = relation_lookup(range.schemaname, range.relname);

	if (relation == nullptr)
		raise_no_relation(range);
	check_target(*this, *relation, verb, range.location);
	if (verb[0] != 'd' && PoliciesHold(*relation, rights_role_))
		not_supported(std::string("this statement (") + verb +
						  ") on a table with row-level security that holds for the user",
					  range.location);
	kept_.push_back(relation);
	dml->frame = make_query();
	dml->target = relation_rte(relation, dml->frame);
	want_right(dml->target, verb[0] == 'i' ? ACL_INSERT : verb[0] == 'u' ? ACL_UPDATE : ACL_DELETE);
	NameItem item;

	item.name = range.alias ? range.alias->aliasname : range.relname;
	if (range.alias == nullptr)
		item.schema = relation->schema_name;
	item.rte = dml->target;
	dml->target->name = item.name;
	into.query = dml->frame;
	into.items.push_back(item);
}

int
Analyzer::target_column(const Rte &target, const char *name, int location)
{
	for (size_t i = 0; i < target.columns.size(); i++)
	{
		if (!target.columns[i].dropped && target.relation->columns[i].name == name)
			return static_cast<int>(i);
	}
	Raise(Report(ERROR, ERRCODE_UNDEFINED_COLUMN)
			  .msg("column \"%s\" of relation \"%s\" does not exist", name,
				   target.relation->name.c_str())
			  .at(at(location)));
}

Expr *
Analyzer::assign(Expr *expr, const ColumnInfo &column, int location)
{
	Expr *result =
		try_coerce(expr, column.type, column.typmod, CoercionContext::Assignment, expr->location);

	if (result == nullptr)
		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("column \"%s\" is of type %s but expression is of type %s",
					   column.name.c_str(), FormatType(column.type).c_str(),
					   FormatType(expr->type).c_str())
				  .hint("You will need to rewrite or cast the expression.")
				  .at(at(expr->location >= 0 ? expr->location : location)));
	return result;
}

/* The column's default, converted; null constant where it has none. */
Expr *
Analyzer::column_default(const Rte &target, int column, int location)
{
	const ColumnInfo &info = target.relation->columns[static_cast<size_t>(column)];

	const std::string sql = info.identity != 0 ? NextvalSql(info.sequence) : info.default_sql;

	if (sql.empty())
		return make_const(info.type, Value::Null(), location);
	Expr *expr = stored_expression(sql, nullptr, Place::ColumnDefault);

	return assign(expr, info, location);
}

/* ---- SET ---- */

/* The value of one item: an expression, DEFAULT, or a field of a row or sub-query. */
Expr *
Analyzer::set_value(const PgQuery__Node *value, SetSource *shared, int location)
{
	if (value->node_case != PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF)
		return value->node_case == PG_QUERY__NODE__NODE_SET_TO_DEFAULT
				   ? make(ExprKind::Default, kUnknown, location)
				   : expression(value, Place::UpdateSource);
	const PgQuery__MultiAssignRef &ref = *value->multi_assign_ref;
	const size_t field = static_cast<size_t>(ref.colno - 1);

	if (ref.source->node_case == PG_QUERY__NODE__NODE_ROW_EXPR)
	{
		const PgQuery__RowExpr &row = *ref.source->row_expr;

		if (row.n_args != static_cast<size_t>(ref.ncolumns))
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("number of columns does not match number of values")
					  .at(at(row.location)));
		return set_value(row.args[field], shared, location);
	}
	if (ref.source->node_case != PG_QUERY__NODE__NODE_SUB_LINK)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("source for a multiple-column UPDATE item must be a sub-SELECT or ROW() "
					   "expression")
				  .at(at(scope_location(ref.source))));
	const PgQuery__SubLink &link = *ref.source->sub_link;

	if (field == 0)
	{
		PlaceGuard guard(*scope, Place::UpdateSource);

		shared->query = select(*link.subselect->select_stmt, scope);
		if (shared->query->outputs.size() != static_cast<size_t>(ref.ncolumns))
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("number of columns does not match number of values")
					  .at(at(link.location)));
		if (QueryIsVolatile(shared->query))
			not_supported("a volatile sub-query for several columns", link.location);
	}
	const Output &output = shared->query->outputs[field];
	Expr *expr = make(ExprKind::ScalarQuery, output.type, link.location);

	expr->typmod = output.typmod;
	expr->query = shared->query;
	expr->number = static_cast<int>(field);
	return expr;
}

/* kind: the clause's name in errors. */
void
Analyzer::set_clause(PgQuery__Node *const *nodes, size_t count, const Rte &target,
					 std::vector<int> &columns, std::vector<Expr *> &values)
{
	SetSource shared;

	for (size_t i = 0; i < count; i++)
	{
		const PgQuery__ResTarget &node = *nodes[i]->res_target;

		Expr *value = set_value(node.val, &shared, node.location);
		const int column = target_column(target, node.name, node.location);
		const ColumnInfo &info = target.relation->columns[static_cast<size_t>(column)];

		const auto before = std::ranges::find(columns, column);

		if (node.n_indirection > 0)
		{
			Expr *const old = before != columns.end()
								  ? values[static_cast<size_t>(before - columns.begin())]
								  : make_column(const_cast<Rte *>(&target), column, node.location);
			Expr *const changed = assign_subscripts(old, node, value);

			if (before != columns.end())
				values[static_cast<size_t>(before - columns.begin())] = changed;
			else
				columns.push_back(column), values.push_back(changed);
			continue;
		}
		if (before != columns.end())
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("multiple assignments to same column \"%s\"", node.name));
		if (info.identity == 'a' && value->kind != ExprKind::Default)
			Raise(Report(ERROR, ERRCODE_GENERATED_ALWAYS)
					  .msg("column \"%s\" can only be updated to DEFAULT", node.name)
					  .detail("Column \"%s\" is an identity column defined as GENERATED ALWAYS.",
							  node.name));
		value = value->kind == ExprKind::Default ? column_default(target, column, node.location)
												 : assign(value, info, node.location);
		columns.push_back(column);
		values.push_back(value);
	}
}

/* ---- RETURNING ---- */

void
Analyzer::returning_clause(DmlQuery *dml, PgQuery__Node *const *nodes, size_t count)
{
	if (count == 0)
		return;
	target_list(nodes, count, dml->returning, Place::Returning);
	Query *outputs = make_query();

	for (Target &target : dml->returning)
		resolve_unknown(target.expr);
	outputs->targets = dml->returning;
	finish_outputs(outputs);
	dml->outputs = outputs->outputs;
}

/* ---- Statements ---- */

DmlQuery *
Analyzer::update(const PgQuery__UpdateStmt &stmt, Scope *parent, bool top_level)
{
	DmlQuery *dml = make_dml();
	Scope own;

	dml->kind = StatementKind::Update;
	own.parent = parent;
	dml_with(stmt.with_clause, parent, top_level, dml);
	ScopeGuard guard(*this, &own);

	dml_target(dml, *stmt.relation, own, "update");
	from_clause(stmt.from_clause, stmt.n_from_clause, own);
	if (stmt.where_clause != nullptr)
		dml->where = coerce_to_boolean(expression(stmt.where_clause, Place::Where), "WHERE");
	returning_clause(dml, stmt.returning_list, stmt.n_returning_list);
	/* FROM items do not hide the target's columns on the left of "=". */
	set_clause(stmt.target_list, stmt.n_target_list, *dml->target, dml->columns, dml->values);
	cte_frames_.pop_back();
	return dml;
}

DmlQuery *
Analyzer::remove(const PgQuery__DeleteStmt &stmt, Scope *parent, bool top_level)
{
	DmlQuery *dml = make_dml();
	Scope own;

	dml->kind = StatementKind::Delete;
	own.parent = parent;
	dml_with(stmt.with_clause, parent, top_level, dml);
	ScopeGuard guard(*this, &own);

	dml_target(dml, *stmt.relation, own, "delete");
	from_clause(stmt.using_clause, stmt.n_using_clause, own);
	if (stmt.where_clause != nullptr)
		dml->where = coerce_to_boolean(expression(stmt.where_clause, Place::Where), "WHERE");
	if (PoliciesHold(*dml->target->relation, rights_role_))
		guard_deletion(dml);
	returning_clause(dml, stmt.returning_list, stmt.n_returning_list);
	cte_frames_.pop_back();
	return dml;
}

/* Rows that policies hide are not there for the statement's own condition, which is looked at second. */
void
Analyzer::guard_deletion(DmlQuery *dml)
{
	const RelationInfo &table = *dml->target->relation;
	const std::string sql =
		PolicyCondition(table, 'd') + " AND (" + PolicyCondition(table, 'r') + ")";
	Scope own;
	NameItem item;

	item.rte = dml->target;
	item.name = dml->target->name;
	own.query = dml->frame;
	own.items.push_back(item);

	Expr *const shown = coerce_to_boolean(stored_expression(sql, &own, Place::Where), "USING");

	if (dml->where == nullptr)
	{
		dml->where = shown;
		return;
	}

	Expr *const guarded = make(ExprKind::Case, kBool, dml->where->location);

	guarded->args = {shown, dml->where, make_const(kBool, Value::Bool(false), -1)};
	dml->where = guarded;
}

} /* namespace pg::parser */
