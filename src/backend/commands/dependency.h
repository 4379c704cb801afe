/*
 * commands/dependency.h
 *		What depends on what, and dropping it together.
 *
 * Backends and workers inside a transaction.
 */
#pragma once

#include <string>
#include <vector>

#include "catalog/describe.h"
#include "commands/tree.h"

namespace pg::commands
{

struct DropObject
{
	enum class Kind : uint8_t
	{
		Relation,	/* table or view */
		Index,		/* of `relation` */
		Constraint, /* of `relation` */
		Default,	/* of column `name` of `relation` */
		Trigger,	/* of `relation` */
		Function,
		Type, /* without columns; row types are Relations */
		Schema,
		Extension
	};

	Kind kind;
	Oid oid;
	RelationInfoPtr relation;
	std::string name; /* of what is not a relation; a function's with its argument types */

	bool operator==(const DropObject &other) const
	{
		return kind == other.kind && oid == other.oid;
	}
};

/* "view v", "constraint c on table s.t": qualified where the search path does not find it. */
std::string Describe(const DropObject &object);

/*
 * Drops the objects and, with cascade, what depends on them, with PostgreSQL's notices.  Raises 2BP01
 * when something depends on them and cascade is false; `what` then names the command's object(s).
 */
void DropWithDependents(const std::vector<DropObject> &objects, bool cascade);

/* A function that the database keeps. */
DropObject FunctionObject(Oid oid);
/* A type of catalog/user_types.h. */
DropObject TypeObject(Oid oid);

/* Whether SQL that the catalogs keep names the object: texts of views, defaults, checks and the like, which stay as they are. */
bool IsNamedInTexts(Oid class_id, Oid object);

/* The table that an index is on; null when there is none. */
RelationInfoPtr TableOfIndex(Oid index);

/* Views that read the relation, directly. */
std::vector<RelationInfoPtr> DependentViews(Oid relation);

} /* namespace pg::commands */
