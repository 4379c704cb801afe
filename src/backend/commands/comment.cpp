/*
 * commands/comment.cpp
 *		COMMENT ON.
 *
 * Backends and workers inside a writing transaction.
 */
#include "catalog/write.h"
#include "commands/commands.h"
#include "commands/named_object.h"
#include "miscadmin.h"

namespace pg::commands
{
namespace
{

void
check_commented_owner(const NamedObject &object)
{
	if (object.class_id == kPgClassOid)
		CheckRelationOwner(object.object);
	else if (AllRights(object.class_id) != 0
				 ? !OwnsObject(object.class_id, object.object, GetUserId())
				 : !superuser())
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE).msg("must be owner of the object"));
}

} /* namespace */

std::string
RunComment(const Command &command)
{
	const PgQuery__CommentStmt &stmt = *command.node.comment_stmt;
	const std::optional<NamedObject> object = FindNamedObject(command, stmt.objtype, stmt.object);

	if (!object)
		return "COMMENT";

	const bool shared = object->home == Home::Shared;
	const std::string catalog = shared ? "pg_shdescription" : "pg_description";
	check_commented_owner(*object);

	const Value keys[] = {Value::Int(object->object), Value::Int(object->class_id),
						  Value::Int(object->sub_id)};

	RunEngine("DELETE FROM " + CatalogTable(object->home, catalog) +
				  " WHERE objoid = ?1 AND classoid = ?2" + (shared ? "" : " AND objsubid = ?3"),
			  std::span(keys).first(shared ? 2 : 3));
	if (stmt.comment[0] != '\0')
	{
		CatalogRow row(object->home, catalog);

		row.set("objoid", object->object).set("classoid", object->class_id);
		if (!shared)
			row.set("objsubid", object->sub_id);
		row.set("description", stmt.comment).insert();
	}
	CatalogChanged();
	return "COMMENT";
}

} /* namespace pg::commands */
