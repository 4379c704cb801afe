/*
 * commands/index_commands.cpp
 *		CREATE INDEX.
 *
 * Backends and workers inside a writing transaction.
 */
#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/pg_type_d.h"
#include "commands/commands.h"
#include "commands/expression_type.h"
#include "commands/named_object.h"
#include "commands/table_draft.h"
#include "parser/plan.h"
#include "utils/adt/registry.h"

namespace pg::commands
{
namespace
{

void
refuse_unsupported_index(const PgQuery__IndexStmt &stmt)
{
	const std::string_view method = stmt.access_method;

	if (method == "hash" || method == "gin" || method == "gist" || method == "spgist" ||
		method == "brin")
		RaiseNotSupported("index access method " + std::string(method));
	if (!method.empty() && method != "btree")
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
				  .msg("access method \"%s\" does not exist", stmt.access_method));
	if (stmt.n_index_including_params > 0)
		RaiseNotSupported("INCLUDE");
	if (stmt.nulls_not_distinct)
		RaiseNotSupported("NULLS NOT DISTINCT");
	if (stmt.table_space[0] != '\0' && std::string_view(stmt.table_space) != "pg_default")
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
				  .msg("tablespace \"%s\" does not exist", stmt.table_space));
	for (size_t i = 0; i < stmt.n_options; i++)
	{
		const std::string_view name = stmt.options[i]->def_elem->defname;

		if (name != "fillfactor" && name != "deduplicate_items")
			Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
					  .msg("unrecognized parameter \"%s\"", stmt.options[i]->def_elem->defname));
	}
}

RelationInfoPtr
table_to_index(const Command &command, const PgQuery__RangeVar &range)
{
	ObjectName name = NameOf(range);
	RelationInfoPtr relation;

	if (name.schema.empty() && !command.schema.empty())
		relation = FindRelation(command.schema, name.name);
	if (relation == nullptr)
		relation = FindRelation(name.schema, name.name);
	if (relation == nullptr)
		RaiseNoRelation(name);
	if (relation->kind != 'r')
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("cannot create index on relation \"%s\"", name.name.c_str())
				  .detail(relation->kind == 'v' ? "This operation is not supported for views."
												: "This operation is not supported for indexes."));
	if (relation->oid < kFirstNormalOid)
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied: \"%s\" is a system catalog", name.name.c_str()));
	CheckRelationOwner(relation->oid);
	return relation;
}

IndexKey
make_key(const RelationInfo &table, const PgQuery__IndexElem &element)
{
	IndexKey key;

	if (element.n_opclass > 0 || element.n_opclassopts > 0)
		RaiseNotSupported("an operator class");
	if (element.n_collation > 0)
		RaiseNotSupported("COLLATE in an index");
	key.descending = element.ordering == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
	key.nulls_first = element.nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_DEFAULT
						  ? key.descending
						  : element.nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST;
	if (element.expr == nullptr)
	{
		const ColumnInfo *const column = table.find_column(element.name);

		if (column == nullptr)
			Raise(Report(ERROR, ERRCODE_UNDEFINED_COLUMN)
					  .msg("column \"%s\" does not exist", element.name));
		key.attnum = column->attnum;
		key.name = column->name;
		key.type = column->type;
		key.typmod = column->typmod;
		return key;
	}
	key.expression_sql = DeparseNode(element.expr);
	/* One index expression among several must be told apart: "(a + b)" but "lower(a)". */
	if (element.expr->node_case != PG_QUERY__NODE__NODE_FUNC_CALL)
		key.expression_sql = "(" + key.expression_sql + ")";
	key.name = ExpressionColumnName(element.expr);
	key.type = TypeOfExpression(table, key.expression_sql);
	return key;
}

/* Each column of an index has a name of its own. */
void
make_names_unique(std::vector<IndexKey> *keys)
{
	for (size_t i = 1; i < keys->size(); i++)
	{
		const std::string base = (*keys)[i].name;
		int suffix = 0;

		for (size_t k = 0; k < i;)
		{
			if ((*keys)[k].name != (*keys)[i].name)
			{
				k++;
				continue;
			}
			(*keys)[i].name = base + std::to_string(++suffix);
			k = 0;
		}
	}
}

std::string
choose_name(const RelationInfo &table, const std::vector<IndexKey> &keys, NamesInUse *names)
{
	std::vector<std::string> parts;

	for (const IndexKey &key : keys)
		parts.push_back(key.name);
	return names->choose_relation(table.name, JoinColumnNames(parts), "idx", false);
}

} /* namespace */

std::string
RunCreateIndex(const Command &command)
{
	const PgQuery__IndexStmt &stmt = *command.node.index_stmt;

	if (stmt.concurrent)
		PreventInBlock("CREATE INDEX CONCURRENTLY");
	refuse_unsupported_index(stmt);

	const RelationInfoPtr table = table_to_index(command, *stmt.relation);
	NamesInUse names(table->schema);
	IndexDraft index;

	if (stmt.n_index_params > INDEX_MAX_KEYS)
		Raise(Report(ERROR, ERRCODE_TOO_MANY_COLUMNS)
				  .msg("cannot use more than %d columns in an index", INDEX_MAX_KEYS));
	for (size_t i = 0; i < stmt.n_index_params; i++)
		index.keys.push_back(make_key(*table, *stmt.index_params[i]->index_elem));
	make_names_unique(&index.keys);
	index.info.name = stmt.idxname;
	if (!index.info.name.empty())
	{
		const Target target{table->schema, table->schema_name, index.info.name,
							table->persistence == 't'};

		if (!CheckNameFree(target, stmt.if_not_exists))
			return "CREATE INDEX";
	}
	if (index.info.name.empty())
		index.info.name = choose_name(*table, index.keys, &names);
	if (stmt.where_clause != nullptr)
	{
		index.info.predicate_sql = DeparseNode(stmt.where_clause);
		LowerStored(index.info.predicate_sql, table.get(), BOOLOID, -1);
	}
	index.info.oid = NewOid();
	index.info.physical = table->schema_name + "." + index.info.name;
	index.info.unique = stmt.unique;
	CreateEngineIndex(*table, index);
	InsertIndex(*table, index);
	CatalogChanged();
	return "CREATE INDEX";
}

} /* namespace pg::commands */
