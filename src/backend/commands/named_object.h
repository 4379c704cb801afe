/*
 * commands/named_object.h
 *		An object of any kind, as a statement names it.
 *
 * Backends and workers inside a transaction.
 */
#pragma once

#include <optional>

#include "catalog/write.h"
#include "commands/tree.h"

namespace pg::commands
{

struct NamedObject
{
	Home home;
	Oid class_id;
	Oid object;
	int sub_id = 0; /* a column's number */
};

/* What a name in a statement means; 42P01 when there is no such relation. */
RelationInfoPtr RelationNamed(const ObjectName &name);
/* The same, with IF EXISTS: null after a NOTICE. */
RelationInfoPtr RelationNamed(const ObjectName &name, bool missing_ok);
[[noreturn]] void RaiseNoRelation(const ObjectName &name);

/*
 * Raises what says that it is not there or of another kind, and 0A000 for kinds that are not there at all.  A
 * database that is not there is null after a WARNING, as COMMENT wants it.
 */
std::optional<NamedObject> FindNamedObject(const Command &command, PgQuery__ObjectType type,
										   const Node *node);

} /* namespace pg::commands */
