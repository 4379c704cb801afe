/*
 * commands/type_commands.cpp
 *		CREATE TYPE name AS (...): a relation without rows, whose row type is the type.
 *
 * Backends and workers inside a writing transaction.
 */
#include "catalog/catalog_names.h"
#include "commands/commands.h"
#include "commands/table_draft.h"
#include "parser/plan.h"
#include "utils/adt/registry.h"

namespace pg::commands
{
namespace
{

void
check_free(const Target &target)
{
	if (FindTypeByName(target.name) != nullptr && target.schema_name == "pg_catalog")
		Raise(Report(ERROR, ERRCODE_DUPLICATE_OBJECT)
				  .msg("type \"%s\" already exists", target.name.c_str()));

	const RelationInfoPtr taken = FindRelation(target.schema_name, target.name);

	if (taken != nullptr && taken->kind == 'c')
		Raise(Report(ERROR, ERRCODE_DUPLICATE_OBJECT)
				  .msg("type \"%s\" already exists", target.name.c_str()));
	CheckNameFree(target, false);
}

/* Errors about types have no position here. */
TypeRef
column_type(const PgQuery__ColumnDef &column)
{
	try
	{
		return ResolveTypeName(column.type_name);
	}
	catch (PgError &error)
	{
		error.report.position = 0;
		throw;
	}
}

} /* namespace */

std::string
RunCreateCompositeType(const Command &command)
{
	const PgQuery__CompositeTypeStmt &stmt = *command.node.composite_type_stmt;
	const Target target = ResolveTarget(command, *stmt.typevar);
	TableDraft draft;

	check_free(target);
	StartRelation(&draft.relation, target, 'c');
	for (size_t i = 0; i < stmt.n_coldeflist; i++)
	{
		const PgQuery__ColumnDef &column = *stmt.coldeflist[i]->column_def;
		const TypeRef type = column_type(column);

		AddColumn(&draft, column.colname, type.type, type.typmod);
	}
	InsertRelation(draft.relation);
	CatalogChanged();
	return "CREATE TYPE";
}

} /* namespace pg::commands */
