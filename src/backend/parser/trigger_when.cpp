/*
 * trigger_when.cpp
 *		WHEN of a trigger: a condition over the old and the new row of a table.
 *
 * Backends and workers, inside a transaction.
 */
#include "catalog/pg_trigger.h"
#include "parser/lowering.h"
#include "parser/parse.h"

namespace pg
{

namespace
{

using namespace parser;

struct Rows
{
	Rte *old_row, *new_row;
};

Rte *
add_row(Analyzer &analyzer, Scope &scope, const RelationInfo &relation, const char *name)
{
	const RelationInfoPtr borrowed(std::shared_ptr<void>(), &relation);
	Rte *rte = analyzer.relation_rte(borrowed, scope.query);
	NameItem item;

	rte->name = name;
	item.name = name;
	item.rte = rte;
	scope.items.push_back(item);
	return rte;
}

Rows
add_rows(Analyzer &analyzer, Scope &scope, const RelationInfo &relation)
{
	scope.query = analyzer.make_query();

	Rte *const old_row = add_row(analyzer, scope, relation, "old");

	return {old_row, add_row(analyzer, scope, relation, "new")};
}

[[noreturn]] void
raise_reference(const Analyzer &analyzer, const char *message, int location)
{
	Raise(Report(ERROR, ERRCODE_INVALID_OBJECT_DEFINITION)
			  .msg("%s", message)
			  .at(analyzer.at(location)));
}

struct References
{
	const Analyzer &analyzer;
	const Rows &rows;
	int type;
};

/* What a trigger of that type cannot look at. */
bool
check_reference(const Expr &expr, void *data)
{
	const References &references = *static_cast<const References *>(data);
	const int type = references.type;

	if (expr.kind != ExprKind::Column)
		return false;
	if (!TRIGGER_FOR_ROW(type))
		raise_reference(references.analyzer,
						"statement trigger's WHEN condition cannot reference column values",
						expr.location);
	if (expr.rte == references.rows.old_row && TRIGGER_FOR_INSERT(type))
		raise_reference(references.analyzer,
						"INSERT trigger's WHEN condition cannot reference OLD values",
						expr.location);
	if (expr.rte == references.rows.new_row && TRIGGER_FOR_DELETE(type))
		raise_reference(references.analyzer,
						"DELETE trigger's WHEN condition cannot reference NEW values",
						expr.location);
	return false;
}

} /* namespace */

StoredSql
CheckTriggerWhen(const RawStatement &statement, const PgQuery__Node *condition,
				 const RelationInfo &relation, int type)
{
	const char *const start = statement.text.data() - statement.text_offset;
	const size_t length = static_cast<size_t>(statement.text_offset) + statement.text.size();
	Analyzer analyzer({start, length}, {});
	Scope scope;
	const Rows rows = add_rows(analyzer, scope, relation);
	const ScopeGuard guard(analyzer, &scope);
	Expr *const expr =
		analyzer.coerce_to_boolean(analyzer.expression(condition, Place::TriggerWhen), "WHEN");

	if (ContainsSubQuery(expr))
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("cannot use subquery in trigger WHEN condition")
				  .at(analyzer.at(expr->location)));

	References references{analyzer, rows, type};

	AnyExprDeep(expr, check_reference, &references);
	return WrittenOut(condition, analyzer);
}

std::string
LowerTriggerWhen(const std::string &sql, const RelationInfo &relation)
{
	Analyzer analyzer({}, {});
	Scope scope;
	const Rows rows = add_rows(analyzer, scope, relation);
	const size_t count = relation.columns.size();

	for (size_t i = 0; i < count; i++)
	{
		rows.old_row->redirected.push_back("?" + std::to_string(i + 1));
		rows.new_row->redirected.push_back("?" + std::to_string(count + i + 1));
	}

	Expr *const expr = analyzer.coerce_to_boolean(
		analyzer.stored_expression(sql, &scope, Place::TriggerWhen), "WHEN");
	Lowering lowering(analyzer);

	lowering.text("SELECT ");
	lowering.expr(*expr);
	return lowering.take();
}

} /* namespace pg */
