/*
 * commands/extension_contents.cpp
 *		ALTER EXTENSION ... ADD and DROP: members by hand.
 *
 * Backends and workers inside a writing transaction.
 */
#include "catalog/catalog_names.h"
#include "catalog/describe.h"
#include "catalog/extension.h"
#include "catalog/functions.h"
#include "catalog/user_types.h"
#include "commands/commands.h"
#include "commands/named_object.h"

namespace pg::commands
{
namespace
{

void
add(const ExtensionInfo &extension, const NamedObject &object)
{
	const std::string description = DescribeObject(object.class_id, object.object);

	if (const Oid other = ExtensionOf(object.class_id, object.object); other != InvalidOid)
		Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
				  .msg("%s is already a member of extension \"%s\"", description.c_str(),
					   FindExtension(other)->name.c_str()));
	if (object.class_id == kPgNamespaceOid && object.object == extension.schema)
		Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
				  .msg("cannot add schema \"%s\" to extension \"%s\" because the schema contains "
					   "the extension",
					   SchemaName(object.object).value_or("").c_str(), extension.name.c_str()));
	AddExtensionMember(extension.oid, object.class_id, object.object);
}

void
drop(const ExtensionInfo &extension, const NamedObject &object)
{
	const std::string description = DescribeObject(object.class_id, object.object);

	if (ExtensionOf(object.class_id, object.object) != extension.oid)
		Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
				  .msg("%s is not a member of extension \"%s\"", description.c_str(),
					   extension.name.c_str()));
	RemoveExtensionMember(extension.oid, object.class_id, object.object);
}

} /* namespace */

std::string
RunAlterExtensionContents(const Command &command)
{
	const PgQuery__AlterExtensionContentsStmt &stmt = *command.node.alter_extension_contents_stmt;
	const std::optional<ExtensionInfo> extension = FindExtension(stmt.extname);

	if (!extension)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
				  .msg("extension \"%s\" does not exist", stmt.extname));

	const NamedObject object = FindNamedObject(command, stmt.objtype, stmt.object).value();

	if (stmt.action > 0)
		add(*extension, object);
	else
		drop(*extension, object);
	CatalogChanged();
	return "ALTER EXTENSION";
}

} /* namespace pg::commands */
