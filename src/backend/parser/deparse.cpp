/*
 * deparse.cpp
 *		Parse trees back to SQL, for catalogs and for what shows their contents.
 *
 * Backends and workers.
 */
#include "parser/plan.h"

#include <algorithm>
#include <vector>

#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

#include "parser/walk.h"
#include "utils/error/report.h"

namespace pg
{

namespace
{

bool
is_statement(const PgQuery__Node *node)
{
	switch (node->node_case)
	{
		case PG_QUERY__NODE__NODE_SELECT_STMT:
		case PG_QUERY__NODE__NODE_INSERT_STMT:
		case PG_QUERY__NODE__NODE_UPDATE_STMT:
		case PG_QUERY__NODE__NODE_DELETE_STMT:
		case PG_QUERY__NODE__NODE_CREATE_STMT:
		case PG_QUERY__NODE__NODE_VIEW_STMT:
		case PG_QUERY__NODE__NODE_INDEX_STMT: return true;
		default: return false;
	}
}

std::string
deparse_statement(PgQuery__Node *node)
{
	PgQuery__RawStmt raw = PG_QUERY__RAW_STMT__INIT;
	PgQuery__RawStmt *raws[] = {&raw};
	PgQuery__ParseResult result = PG_QUERY__PARSE_RESULT__INIT;

	raw.stmt = node;
	result.version = PG_VERSION_NUM;
	result.n_stmts = 1;
	result.stmts = raws;
	std::vector<uint8_t> packed(pg_query__parse_result__get_packed_size(&result));
	PgQueryProtobuf protobuf{packed.size(), reinterpret_cast<char *>(packed.data())};

	pg_query__parse_result__pack(&result, packed.data());
	const PgQueryDeparseResult text = pg_query_deparse_protobuf(protobuf);
	const std::string sql = text.query ? text.query : "";
	const std::string error = text.error ? text.error->message : "";

	pg_query_free_deparse_result(text);
	if (!error.empty())
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
				  .msg("could not write out a parse tree: %s", error.c_str()));
	return sql;
}

std::string
deparse_expression(PgQuery__Node *node)
{
	constexpr std::string_view kHead = "SELECT ";
	PgQuery__ResTarget target = PG_QUERY__RES_TARGET__INIT;
	PgQuery__Node target_node = PG_QUERY__NODE__INIT;
	PgQuery__Node *targets[] = {&target_node};
	PgQuery__SelectStmt select = PG_QUERY__SELECT_STMT__INIT;
	PgQuery__Node statement = PG_QUERY__NODE__INIT;

	target.val = node;
	target_node.node_case = PG_QUERY__NODE__NODE_RES_TARGET;
	target_node.res_target = &target;
	select.n_target_list = 1;
	select.target_list = targets;
	select.op = PG_QUERY__SET_OPERATION__SETOP_NONE;
	select.limit_option = PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_DEFAULT;
	statement.node_case = PG_QUERY__NODE__NODE_SELECT_STMT;
	statement.select_stmt = &select;
	const std::string sql = deparse_statement(&statement);

	return sql.starts_with(kHead) ? sql.substr(kHead.size()) : sql;
}

/* Writes schemas into the tree's relation names, and takes them out again. */
class Qualifier
{
public:
	explicit Qualifier(PgQuery__Node *tree)
	{
		auto collect = [this](ProtobufCMessage *message)
		{
			if (message->descriptor == &pg_query__common_table_expr__descriptor)
				with_names_.emplace_back(
					reinterpret_cast<PgQuery__CommonTableExpr *>(message)->ctename);
		};
		auto qualify = [this](ProtobufCMessage *message)
		{
			if (message->descriptor == &pg_query__range_var__descriptor)
				add_schema(reinterpret_cast<PgQuery__RangeVar *>(message));
		};

		parser::Walk(&tree->base, collect);
		parser::Walk(&tree->base, qualify);
	}
	~Qualifier()
	{
		for (const auto &[range, schema] : changed_)
			range->schemaname = schema;
	}
	Qualifier(const Qualifier &) = delete;
	Qualifier &operator=(const Qualifier &) = delete;

private:
	void add_schema(PgQuery__RangeVar *range)
	{
		if (range->schemaname[0] != 0 ||
			std::ranges::find(with_names_, range->relname) != with_names_.end())
			return;
		const RelationInfoPtr relation = FindRelation({}, range->relname);

		if (relation == nullptr)
			return;
		kept_.push_back(relation);
		changed_.emplace_back(range, range->schemaname);
		range->schemaname = const_cast<char *>(relation->schema_name.c_str());
	}

	std::vector<std::string> with_names_;
	std::vector<RelationInfoPtr> kept_;
	std::vector<std::pair<PgQuery__RangeVar *, char *>> changed_;
};

} /* namespace */

std::string
DeparseNode(const PgQuery__Node *node)
{
	PgQuery__Node *tree = const_cast<PgQuery__Node *>(node);

	return is_statement(node) ? deparse_statement(tree) : deparse_expression(tree);
}

std::string
DeparseQualified(const PgQuery__Node *node)
{
	PgQuery__Node *tree = const_cast<PgQuery__Node *>(node);
	const Qualifier qualifier(tree);

	return DeparseNode(tree);
}

} /* namespace pg */
