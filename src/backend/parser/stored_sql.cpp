/*
 * stored_sql.cpp
 *		The SQL that catalogs keep: which stored functions it calls, and their schemas written out.
 *
 * Backends and workers, inside a transaction.  Relations are commands' business (StoredQuery).  Trees
 * are shared, so what is changed in one is put back before anybody else can see it.
 */
#include <algorithm>
#include <deque>

#include "catalog/functions.h"
#include "parser/lowering.h"
#include "parser/parse.h"
#include "parser/walk.h"

namespace pg
{

namespace
{

using parser::Analyzer;
using parser::FunctionUse;

/* Gives calls a schema for as long as it lives. */
class SchemaPatch
{
public:
	SchemaPatch() = default;
	~SchemaPatch()
	{
		for (const auto &[call, names, count] : undo_)
		{
			call->funcname = names;
			call->n_funcname = count;
		}
	}
	SchemaPatch(const SchemaPatch &) = delete;
	SchemaPatch &operator=(const SchemaPatch &) = delete;

	void qualify(const FunctionUse &use)
	{
		auto *const call = const_cast<PgQuery__FuncCall *>(use.call);

		if (call->n_funcname != 1)
			return;
		Name &name = names_.emplace_back();

		name.schema = SchemaName(use.function->schema).value_or("");
		pg_query__string__init(&name.string);
		pg_query__node__init(&name.node);
		name.string.sval = name.schema.data();
		name.node.node_case = PG_QUERY__NODE__NODE_STRING;
		name.node.string = &name.string;
		name.parts[0] = &name.node;
		name.parts[1] = call->funcname[0];
		undo_.push_back({call, call->funcname, call->n_funcname});
		call->funcname = name.parts;
		call->n_funcname = 2;
	}

private:
	struct Name
	{
		std::string schema;
		PgQuery__String string;
		PgQuery__Node node;
		PgQuery__Node *parts[2];
	};
	struct Undo
	{
		PgQuery__FuncCall *call;
		PgQuery__Node **names;
		size_t count;
	};

	std::deque<Name> names_;
	std::vector<Undo> undo_;
};

/* depth: of the uses that stand in the tree itself. */
StoredSql
written_out(const PgQuery__Node *tree, const Analyzer &analyzer, int depth)
{
	StoredSql stored;
	SchemaPatch patch;

	for (const FunctionUse &use : analyzer.function_uses)
	{
		if (use.depth != depth)
			continue;
		if (std::ranges::find(stored.functions, use.function->oid) == stored.functions.end())
			stored.functions.push_back(use.function->oid);
		patch.qualify(use);
	}
	if (!stored.functions.empty())
		stored.sql = DeparseNode(tree);
	return stored;
}

/* Does any call in the text bear the name of a stored function? Else there is nothing to do. */
bool
may_call_stored(const PgQuery__Node *tree)
{
	bool found = false;
	auto visit = [&found](ProtobufCMessage *message)
	{
		if (message->descriptor != &pg_query__func_call__descriptor)
			return;
		const auto *call = reinterpret_cast<const PgQuery__FuncCall *>(message);

		found = found || !FindProcs(parser::StringOf(call->funcname[call->n_funcname - 1])).empty();
	};

	parser::Walk(&const_cast<PgQuery__Node *>(tree)->base, visit);
	return found;
}

} /* namespace */

StoredSql
QualifyFunctions(const std::string &sql, const RelationInfo *relation)
{
	const auto statements = ParseStatements("SELECT " + sql);
	const PgQuery__Node *const tree =
		statements->front().node->select_stmt->target_list[0]->res_target->val;

	if (!may_call_stored(tree))
		return {sql, {}};

	Analyzer analyzer({}, {});
	parser::Scope scope;

	if (relation != nullptr)
		parser::OwnColumns(analyzer, scope, *relation);
	analyzer.stored_node(tree, &scope,
						 relation == nullptr ? parser::Place::ColumnDefault : parser::Place::Check);

	StoredSql stored = written_out(tree, analyzer, 1);

	if (stored.functions.empty())
		stored.sql = sql;
	return stored;
}

namespace
{

/* Constants show their type where the text alone does not tell it, operators their parentheses. */
std::string
shown(const PgQuery__Node *node, std::string sql, Oid type)
{
	const PgQuery__AConst *constant =
		node->node_case == PG_QUERY__NODE__NODE_A_CONST ? node->a_const : nullptr;

	if (node->node_case == PG_QUERY__NODE__NODE_A_EXPR)
		return "(" + sql + ")";
	if (constant == nullptr)
		return sql;
	if (sql.starts_with('-'))
		sql = "'" + sql + "'";
	if (constant->isnull || sql.starts_with('\'') || sql.starts_with("E'"))
		sql += "::" + FormatType(type);
	return sql;
}

} /* namespace */

StoredSql
ParameterDefault(const RawStatement &statement, const PgQuery__Node *expression, Oid type)
{
	const char *const start = statement.text.data() - statement.text_offset;
	const size_t length = static_cast<size_t>(statement.text_offset) + statement.text.size();
	Analyzer analyzer({start, length}, {});
	parser::Scope scope;
	const parser::ScopeGuard guard(analyzer, &scope);
	parser::Expr *const expr = analyzer.expression(expression, parser::Place::Other);

	if (!IsPolymorphic(type))
		analyzer.coerce_to_specific(expr, type, "DEFAULT");

	StoredSql stored = written_out(expression, analyzer, 0);

	if (stored.functions.empty())
		stored.sql = DeparseNode(expression);
	stored.sql = shown(expression, std::move(stored.sql), type);
	return stored;
}

StoredSql
QualifyFunctionsOfQuery(const std::string &sql)
{
	const auto statements = ParseStatements(sql);
	const PgQuery__Node *const tree = statements->front().node;

	if (!may_call_stored(tree))
		return {sql, {}};

	Analyzer analyzer(sql, {});

	analyzer.top_query(*tree->select_stmt);

	StoredSql stored = written_out(tree, analyzer, 0);

	if (stored.functions.empty())
		stored.sql = sql;
	return stored;
}

} /* namespace pg */
