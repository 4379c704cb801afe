/*
 * catalog/object_lookups.cpp
 *		Databases, extensions, tablespaces and kinds of relation, for modules.
 *
 * commands/dbcommands.h, commands/extension.h, commands/tablespace.h, catalog/catalog.h and
 * catalog/objectaddress.h.  Backends and workers with a database, within a transaction.
 */
#include "postgres.h"

#include "catalog/catalog.h"
#include "catalog/catalog_names.h"
#include "catalog/cluster.h"
#include "catalog/describe.h"
#include "catalog/extension.h"
#include "catalog/objectaddress.h"
#include "catalog/objects.h"
#include "catalog/pg_authid_d.h"
#include "catalog/pg_class.h"
#include "catalog/pg_database_d.h"
#include "catalog/pg_namespace_d.h"
#include "catalog/pg_proc_d.h"
#include "catalog/system_relations.h"
#include "commands/dbcommands.h"
#include "commands/extension.h"
#include "commands/tablespace.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/error/wall.h"
#include "utils/lsyscache.h"
#include "utils/regproc.h"
#include "utils/rel.h"

const ObjectAddress InvalidObjectAddress = {InvalidOid, InvalidOid, 0};

namespace pg
{
namespace
{

constexpr struct
{
	Oid oid;
	const char *name;
} kTablespaces[] = {{kDefaultTablespaceOid, "pg_default"}, {kGlobalTablespaceOid, "pg_global"}};

/* The OID of what was found; when nothing was, InvalidOid or an error. */
template <typename Info>
Oid
oid_or_raise(const std::optional<Info> &found, bool missing_ok, int sqlstate, const char *what,
			 const char *name)
{
	if (!found && !missing_ok)
		Raise(Report(ERROR, sqlstate).msg("%s \"%s\" does not exist", what, name));
	return found ? found->oid : InvalidOid;
}

template <typename Info>
char *
name_or_null(const std::optional<Info> &found)
{
	return found ? pstrdup(found->name.c_str()) : nullptr;
}

std::string
qualified(Oid schema, const char *name)
{
	return quote_qualified_identifier(get_namespace_name(schema), name);
}

std::string
quoted_or_empty(const char *name)
{
	return name != nullptr ? quote_identifier(name) : "";
}

std::string
identity_of_relation(Oid oid, int column)
{
	const char *const name = get_rel_name(oid);

	if (name == nullptr)
		return "";

	const std::string relation = qualified(get_rel_namespace(oid), name);

	if (column == 0)
		return relation;

	const char *const field = get_attname(oid, static_cast<AttrNumber>(column), true);

	return field != nullptr ? relation + "." + quote_identifier(field) : "";
}

/* Empty: there is no such object. */
std::string
identity_of(const ObjectAddress &object)
{
	const Oid oid = object.objectId;

	switch (object.classId)
	{
		case RelationRelationId: return identity_of_relation(oid, object.objectSubId);
		case ProcedureRelationId:
			return get_func_name(oid) != nullptr ? format_procedure_qualified(oid) : "";
		case NamespaceRelationId: return quoted_or_empty(get_namespace_name(oid));
		case AuthIdRelationId: return quoted_or_empty(GetUserNameFromId(oid, true));
		case DatabaseRelationId: return quoted_or_empty(get_database_name(oid));
		default:
			RaiseNotSupported(
				("identity of an object of catalog " + std::to_string(object.classId)).c_str());
	}
}

/* An empty text says that there is no such object. */
char *
text_or_raise(const std::string &text, const ObjectAddress &object, bool missing_ok)
{
	if (!text.empty())
		return pstrdup(text.c_str());
	if (!missing_ok)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
				  .msg("cache lookup failed for object %u of catalog %u", object.objectId,
					   object.classId));
	return nullptr;
}

bool
is_shared(Oid relation)
{
	for (const SystemRelation &def : SystemRelations())
		if (def.oid == relation)
			return def.where == SystemRelation::Where::Shared;
	return false;
}

} /* namespace */
} /* namespace pg */

using pg::FromC;

/*
 * Databases
 */
Oid
get_database_oid(const char *dbname, bool missing_ok)
{
	return FromC(
		[&]
		{
			return pg::oid_or_raise(pg::FindDatabase(dbname), missing_ok,
									ERRCODE_UNDEFINED_DATABASE, "database", dbname);
		});
}

char *
get_database_name(Oid dbid)
{
	return FromC([&] { return pg::name_or_null(pg::FindDatabase(dbid)); });
}

bool
have_createdb_privilege(void)
{
	return FromC(
		[]
		{
			const std::optional<pg::RoleInfo> role = pg::FindRole(GetUserId());

			return role && (role->superuser || role->create_db);
		});
}

/*
 * Extensions
 */
Oid
get_extension_oid(const char *extname, bool missing_ok)
{
	return FromC(
		[&]
		{
			return pg::oid_or_raise(pg::FindExtension(extname), missing_ok,
									ERRCODE_UNDEFINED_OBJECT, "extension", extname);
		});
}

char *
get_extension_name(Oid ext_oid)
{
	return FromC([&] { return pg::name_or_null(pg::FindExtension(ext_oid)); });
}

Oid
get_extension_schema(Oid ext_oid)
{
	return FromC(
		[&]
		{
			const std::optional<pg::ExtensionInfo> extension = pg::FindExtension(ext_oid);

			return extension ? extension->schema : InvalidOid;
		});
}

/*
 * Tablespaces
 */
Oid
get_tablespace_oid(const char *tablespacename, bool missing_ok)
{
	for (const auto &tablespace : pg::kTablespaces)
		if (strcmp(tablespace.name, tablespacename) == 0)
			return tablespace.oid;
	if (!missing_ok)
		FromC(
			[&]
			{
				pg::Raise(pg::Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
							  .msg("tablespace \"%s\" does not exist", tablespacename));
			});
	return InvalidOid;
}

char *
get_tablespace_name(Oid spc_oid)
{
	return FromC(
		[&]() -> char *
		{
			for (const auto &tablespace : pg::kTablespaces)
				if (tablespace.oid == spc_oid)
					return pstrdup(tablespace.name);
			return nullptr;
		});
}

Oid
GetDefaultTablespace(char, bool)
{
	return InvalidOid;
}

/*
 * What belongs to the system
 */
bool
IsCatalogRelationOid(Oid relid)
{
	return relid < pg::kFirstNormalOid;
}

bool
IsCatalogRelation(Relation relation)
{
	return IsCatalogRelationOid(RelationGetRelid(relation));
}

bool
IsSystemClass(Oid relid, Form_pg_class reltuple)
{
	return IsCatalogRelationOid(relid) || IsToastClass(reltuple);
}

bool
IsSystemRelation(Relation relation)
{
	return IsSystemClass(RelationGetRelid(relation), relation->rd_rel);
}

bool
IsCatalogNamespace(Oid namespaceId)
{
	return namespaceId == PG_CATALOG_NAMESPACE;
}

bool
IsSharedRelation(Oid relationId)
{
	return pg::is_shared(relationId);
}

bool
IsToastRelation(Relation)
{
	return false;
}

bool
IsToastClass(Form_pg_class)
{
	return false;
}

bool
IsToastNamespace(Oid)
{
	return false;
}

bool
IsReservedName(const char *name)
{
	return strncmp(name, "pg_", 3) == 0;
}

bool
IsPinnedObject(Oid classId, Oid objectId)
{
	if (classId == NamespaceRelationId && objectId == PG_PUBLIC_NAMESPACE)
		return false;
	return objectId < pg::kFirstNormalOid;
}

char *
getObjectIdentity(const ObjectAddress *object, bool missing_ok)
{
	return FromC([&] { return pg::text_or_raise(pg::identity_of(*object), *object, missing_ok); });
}

char *
getObjectDescription(const ObjectAddress *object, bool missing_ok)
{
	return FromC(
		[&]
		{
			return pg::text_or_raise(
				pg::DescribeObject(object->classId, object->objectId, object->objectSubId), *object,
				missing_ok);
		});
}

ObjectType
get_relkind_objtype(char relkind)
{
	switch (relkind)
	{
		case RELKIND_INDEX:
		case RELKIND_PARTITIONED_INDEX: return OBJECT_INDEX;
		case RELKIND_SEQUENCE: return OBJECT_SEQUENCE;
		case RELKIND_VIEW: return OBJECT_VIEW;
		case RELKIND_MATVIEW: return OBJECT_MATVIEW;
		case RELKIND_FOREIGN_TABLE: return OBJECT_FOREIGN_TABLE;
		default: return OBJECT_TABLE;
	}
}
