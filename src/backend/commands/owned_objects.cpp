/*
 * commands/owned_objects.cpp
 *		What roles own: DROP OWNED, REASSIGN OWNED, and what DROP ROLE has to know.
 *
 * Backends and workers inside a transaction.  There is no pg_shdepend: the catalogs themselves are
 * asked, those of other databases through an engine session of their own.
 */
#include "commands/owned_objects.h"
#include "catalog/user_types.h"

#include <algorithm>

#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/cluster.h"
#include "catalog/functions.h"
#include "catalog/rights.h"
#include "catalog/write.h"
#include "commands/commands.h"
#include "commands/dependency.h"
#include "commands/roles.h"
#include "miscadmin.h"
#include "utils/acl.h"

namespace pg::commands
{
namespace
{

struct OwningCatalog
{
	Home home;
	Oid class_id;
	const char *table, *oid, *owner, *acl, *condition;
};

constexpr OwningCatalog kCatalogs[] = {
	{Home::Main, kPgClassOid, "pg_class", "oid", "relowner", "relacl",
	 "relkind IN ('r', 'v', 'S', 'c')"},
	{Home::Main, kPgNamespaceOid, "pg_namespace", "oid", "nspowner", "nspacl", "1"},
	{Home::Main, kPgProcOid, "pg_proc_rows", "oid", "proowner", "proacl", "1"},
	{Home::Main, kPgTypeOid, "pg_type_rows", "oid", "typowner", "typacl", "1"},
	{Home::Shared, kPgDatabaseOid, "pg_database", "oid", "datdba", "datacl", "1"},
};

struct Found
{
	const OwningCatalog *catalog;
	Oid object;
	bool owned; /* else the role is named in its rights */
};

/* Objects of one kind of home that have to do with the role, as `session` sees them. */
std::vector<Found>
find_in(EngineSession &session, Home home, Oid role)
{
	std::vector<Found> found;
	const std::string grantee = StoredGranteePattern(role);
	const std::string grantor = StoredGrantorPattern(role);

	for (const OwningCatalog &catalog : kCatalogs)
	{
		if (catalog.home != home)
			continue;

		const std::string acl = std::string("coalesce(") + catalog.acl + ", '')";
		const std::unique_ptr<EngineStatement> rows =
			session.prepare(std::string("SELECT ") + catalog.oid + ", " + catalog.owner +
							" = ?1 FROM " + CatalogTable(home, catalog.table) + " WHERE " +
							catalog.condition + " AND (" + catalog.owner + " = ?1 OR instr(" + acl +
							", ?2) > 0 OR instr(" + acl + ", ?3) > 0) ORDER BY 1");

		rows->bind(0, Value::Int(role));
		rows->bind(1, Value::Text(grantee));
		rows->bind(2, Value::Text(grantor));
		while (rows->step())
			found.push_back({&catalog, static_cast<Oid>(rows->column(0).integer),
							 rows->column(1).integer != 0});
		rows->reset();
	}
	return found;
}

std::string
describe_found(const Found &found)
{
	const std::string description = DescribeObject(found.catalog->class_id, found.object);

	return description.empty() ? "object " + std::to_string(found.object) : description;
}

void
append_line(std::string *text, const std::string &line)
{
	*text += (text->empty() ? "" : "\n") + line;
}

/* How many objects another database has of the role. */
size_t
count_in(Oid database, Oid role)
{
	const std::unique_ptr<EngineSession> session = SqliteEngine().open(database, true);

	session->begin(SnapshotMode::PerStatement, true);

	const size_t count = find_in(*session, Home::Main, role).size();

	session->rollback();
	return count;
}

std::vector<Found>
find_here(Oid role)
{
	std::vector<Found> found = find_in(CurrentEngine(), Home::Shared, role);

	for (const Found &one : find_in(CurrentEngine(), Home::Main, role))
		found.push_back(one);
	std::stable_sort(found.begin(), found.end(),
					 [](const Found &a, const Found &b) { return a.object < b.object; });
	return found;
}

std::vector<RoleInfo>
roles_of(Node *const *nodes, size_t count, const char *what)
{
	std::vector<RoleInfo> roles;

	for (size_t i = 0; i < count; i++)
		roles.push_back(RoleInfoOf(*nodes[i]->role_spec));
	for (const RoleInfo &role : roles)
	{
		if (!has_privs_of_role(GetUserId(), role.oid))
			Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
					  .msg("permission denied to %s objects", what));
		if (role.oid < kFirstNormalOid)
			Raise(Report(ERROR, ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST)
					  .msg("cannot %s objects owned by role %s because they are required by the "
						   "database system",
						   what, role.name.c_str()));
	}
	return roles;
}

void
set_owner(const Found &found, Oid old_owner, Oid owner)
{
	const OwningCatalog &catalog = *found.catalog;
	const Value parameters[] = {Value::Int(found.object), Value::Int(owner)};

	RunEngine("UPDATE " + CatalogTable(catalog.home, catalog.table) + " SET " + catalog.owner +
				  " = ?2 WHERE " + catalog.oid + " = ?1",
			  parameters);
	ReplaceOwnerInRights(catalog.class_id, found.object, old_owner, owner);
}

/* What DROP OWNED drops: a database only loses the rights of the role. */
std::optional<DropObject>
to_drop(const Found &found)
{
	if (!found.owned)
		return std::nullopt;
	switch (found.catalog->class_id)
	{
		case kPgClassOid:
			if (RelationInfoPtr relation = FindRelation(found.object))
				return DropObject{DropObject::Kind::Relation, found.object, relation, ""};
			return std::nullopt;
		case kPgNamespaceOid:
			return DropObject{DropObject::Kind::Schema, found.object, nullptr,
							  SchemaName(found.object).value_or("")};
		case kPgProcOid: return FunctionObject(found.object);
		case kPgTypeOid: return TypeObject(found.object);
		default: return std::nullopt;
	}
}

} /* namespace */

std::string
DescribeOwned(Oid role)
{
	std::string text;

	for (const Found &found : find_here(role))
		append_line(&text, (found.owned ? "owner of " : "privileges for ") + describe_found(found));
	for (const DatabaseInfo &database : AllDatabases())
	{
		const size_t count = database.oid == MyDatabaseId ? 0 : count_in(database.oid, role);

		if (count > 0)
			append_line(&text, std::to_string(count) + (count == 1 ? " object" : " objects") +
								   " in database " + database.name);
	}
	return text;
}

std::string
RunDropOwned(const Command &command)
{
	const PgQuery__DropOwnedStmt &stmt = *command.node.drop_owned_stmt;
	std::vector<DropObject> objects;

	for (const RoleInfo &role : roles_of(stmt.roles, stmt.n_roles, "drop"))
		for (const Found &found : find_here(role.oid))
		{
			if (const std::optional<DropObject> object = to_drop(found))
				objects.push_back(*object);
			else
				RemoveRoleFromRights(found.catalog->class_id, found.object, role.oid);
		}
	SharedCatalogChanged();
	CatalogChanged();
	if (!objects.empty())
		DropWithDependents(objects, stmt.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE);
	return command.raw.tag;
}

std::string
RunReassignOwned(const Command &command)
{
	const PgQuery__ReassignOwnedStmt &stmt = *command.node.reassign_owned_stmt;
	const std::vector<RoleInfo> roles = roles_of(stmt.roles, stmt.n_roles, "reassign");
	const RoleInfo owner = RoleInfoOf(*stmt.newrole);

	if (!has_privs_of_role(GetUserId(), owner.oid))
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied to reassign objects"));
	for (const RoleInfo &role : roles)
		for (const Found &found : find_here(role.oid))
			if (found.owned)
				set_owner(found, role.oid, owner.oid);
	SharedCatalogChanged();
	CatalogChanged();
	return command.raw.tag;
}

} /* namespace pg::commands */
