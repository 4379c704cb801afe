/*
 * catalog/namespace.cpp
 *		Names to objects for modules (catalog/namespace.h, nodes/makefuncs.h, utils/regproc.h).
 *
 * Backends and workers with a database, within a transaction.
 */
#include "postgres.h"

#include "catalog/namespace.h"

#include "catalog/catalog_names.h"
#include "catalog/functions.h"
#include "catalog/namespace_internals.h"
#include "catalog/objects.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type_d.h"
#include "catalog/user_types.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "storage/lmgr.h"
#include "utils/adt/registry.h"
#include "utils/adt/regtypes.h"
#include "utils/adt/text_bodies.h"
#include "utils/builtins.h"
#include "utils/error/wall.h"
#include "utils/regproc.h"

namespace pg
{
namespace
{

String *
string_node(const std::string &text)
{
	String *const node = makeNode(String);

	node->sval = pstrdup(text.c_str());
	return node;
}

List *
string_list(const std::vector<std::string> &parts)
{
	List *list = NIL;

	for (const std::string &part : parts)
		list = lappend(list, string_node(part));
	return list;
}

std::string
list_text(List *names, bool quoted)
{
	std::string text;
	ListCell *cell;

	foreach (cell, names)
	{
		const char *const part = strVal(lfirst(cell));

		if (!text.empty())
			text += '.';
		text += quoted ? quote_identifier(part) : part;
	}
	return text;
}

[[noreturn]] void
raise_too_many_names(List *names)
{
	Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
			  .msg("improper qualified name (too many dotted names): %s",
				   list_text(names, false).c_str()));
}

void
check_database(const RangeVar &name)
{
	if (name.catalogname == nullptr)
		return;

	const std::optional<DatabaseInfo> database = FindDatabase(MyDatabaseId);

	if (!database || database->name != name.catalogname)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("cross-database references are not implemented: \"%s.%s.%s\"",
					   name.catalogname, name.schemaname != nullptr ? name.schemaname : "",
					   name.relname));
}

/* InvalidOid when there is none. */
Oid
find_named(const RangeVar &name, bool missing_ok)
{
	check_database(name);
	if (name.schemaname != nullptr && !FindSchema(name.schemaname))
	{
		if (missing_ok)
			return InvalidOid;
		RaiseNoSchema(name.schemaname);
	}

	const RelationInfoPtr found =
		FindRelation(name.schemaname != nullptr ? name.schemaname : "", name.relname);

	return found == nullptr ? InvalidOid : found->oid;
}

[[noreturn]] void
raise_no_relation(const RangeVar &name)
{
	const std::string schema =
		name.schemaname != nullptr ? std::string(name.schemaname) + "." : std::string();

	Raise(Report(ERROR, ERRCODE_UNDEFINED_TABLE)
			  .msg("relation \"%s%s\" does not exist", schema.c_str(), name.relname));
}

/* False when somebody else has a lock that conflicts and the caller does not want to wait. */
bool
lock_named(const RangeVar &name, Oid oid, LOCKMODE mode, uint32 flags)
{
	if (mode == NoLock)
		return true;
	if ((flags & (RVR_NOWAIT | RVR_SKIP_LOCKED)) == 0)
	{
		LockRelationOid(oid, mode);
		return true;
	}
	if (ConditionalLockRelationOid(oid, mode))
		return true;
	Report((flags & RVR_SKIP_LOCKED) != 0 ? DEBUG1 : ERROR, ERRCODE_LOCK_NOT_AVAILABLE)
		.msg("could not obtain lock on relation \"%s\"", name.relname)
		.emit();
	return false;
}

Oid
find_and_lock(const RangeVar &name, LOCKMODE mode, uint32 flags, RangeVarGetRelidCallback callback,
			  void *arg)
{
	const bool missing_ok = (flags & RVR_MISSING_OK) != 0;
	Oid former = InvalidOid;

	for (bool again = false;; again = true)
	{
		const uint64 generation = CatalogGeneration();
		const Oid found = find_named(name, missing_ok);

		/* Locked in the last round, and still what the name means. */
		if (again && found == former)
			return found;
		if (callback != nullptr)
			ToC(callback, &name, found, former, arg);
		if (again && former != InvalidOid && mode != NoLock)
			UnlockRelationOid(former, mode);
		if (found == InvalidOid && missing_ok)
			return InvalidOid;
		if (found == InvalidOid)
			raise_no_relation(name);
		if (!lock_named(name, found, mode, flags))
			return InvalidOid;
		if (mode == NoLock || CatalogGeneration() == generation)
			return found;
		former = found;
	}
}

Oid
schema_oid(const char *name, bool missing_ok)
{
	const std::optional<Oid> schema = FindSchema(name);

	if (!schema && !missing_ok)
		RaiseNoSchema(name);
	return schema.value_or(InvalidOid);
}

void
split_list(List *names, char **schema, char **object)
{
	*schema = nullptr;
	switch (list_length(names))
	{
		case 1: *object = strVal(linitial(names)); break;
		case 2:
			*schema = strVal(linitial(names));
			*object = strVal(lsecond(names));
			break;
		default: raise_too_many_names(names);
	}
}

std::string
with_schema(Oid schema, const std::string &quoted_name)
{
	return IdentifierText(SchemaName(schema).value_or("")) + "." + quoted_name;
}

/* SQL's own names of types stand alone, all others with their schema. */
std::string
qualified_type(Oid oid)
{
	const TypeDef *const type = FindType(oid);

	if (type == nullptr)
		return FormatType(oid);
	if (type->category == 'A' && type->element_oid != InvalidOid && type->name[0] == '_')
		return qualified_type(type->element_oid) + "[]";
	if (const RelationInfoPtr relation = FindRelation(oid))
		return with_schema(relation->schema, IdentifierText(relation->name));
	if (const UserTypePtr stored = FindUserType(oid))
		return with_schema(stored->schema, IdentifierText(stored->name));

	const bool is_sql_name = FormatType(oid) != IdentifierText(type->name) || oid == NUMERICOID ||
							 oid == INTERVALOID || oid == BITOID;

	return is_sql_name && oid != CHAROID ? FormatType(oid)
										 : with_schema(kPgCatalogOid, IdentifierText(type->name));
}

} /* namespace */

void
RaiseNoSchema(const char *name)
{
	Raise(Report(ERROR, ERRCODE_UNDEFINED_SCHEMA).msg("schema \"%s\" does not exist", name));
}

} /* namespace pg */

using pg::FromC;

/*
 * Relations by name
 */
Oid
RangeVarGetRelidExtended(const RangeVar *relation, LOCKMODE lockmode, uint32 flags,
						 RangeVarGetRelidCallback callback, void *callback_arg)
{
	return FromC([&]
				 { return pg::find_and_lock(*relation, lockmode, flags, callback, callback_arg); });
}

Oid
RangeVarGetCreationNamespace(const RangeVar *newRelation)
{
	return FromC(
		[&]
		{
			pg::check_database(*newRelation);
			if (newRelation->relpersistence == RELPERSISTENCE_TEMP)
				return pg::kTempSchemaOid;
			return newRelation->schemaname != nullptr
					   ? pg::schema_oid(newRelation->schemaname, false)
					   : pg::CreationSchema();
		});
}

Oid
RelnameGetRelid(const char *relname)
{
	return FromC(
		[&]
		{
			const pg::RelationInfoPtr found = pg::FindRelation("", relname);

			return found == nullptr ? InvalidOid : found->oid;
		});
}

bool
RelationIsVisible(Oid relid)
{
	return FromC([&] { return pg::RelationIsVisible(relid); });
}

/*
 * Types and functions
 */
Oid
TypenameGetTypidExtended(const char *typname, bool)
{
	/* All types are in pg_catalog; only their catalog names count here. */
	const pg::TypeDef *const type = pg::FindTypeByName(typname);

	return type != nullptr && strcmp(type->name, typname) == 0 ? type->oid : InvalidOid;
}

Oid
TypenameGetTypid(const char *typname)
{
	return TypenameGetTypidExtended(typname, true);
}

bool
TypeIsVisible(Oid typid)
{
	return pg::FindType(typid) != nullptr;
}

bool
FunctionIsVisible(Oid funcid)
{
	return FromC(
		[&]
		{
			const pg::FunctionPtr function = pg::FindAnyFunction(funcid);

			if (function == nullptr)
				pg::Raise(pg::Report(ERROR).msg("cache lookup failed for function %u", funcid));
			return pg::FunctionIsVisible(*function);
		});
}

/*
 * Schemas
 */
Oid
get_namespace_oid(const char *nspname, bool missing_ok)
{
	return FromC([&] { return pg::schema_oid(nspname, missing_ok); });
}

Oid
LookupExplicitNamespace(const char *nspname, bool missing_ok)
{
	return get_namespace_oid(nspname, missing_ok);
}

Oid
LookupNamespaceNoError(const char *nspname)
{
	return get_namespace_oid(nspname, true);
}

Oid
LookupCreationNamespace(const char *nspname)
{
	return get_namespace_oid(nspname, false);
}

Oid
QualifiedNameGetCreationNamespace(List *names, char **objname_p)
{
	return FromC(
		[&]
		{
			char *schema;

			pg::split_list(names, &schema, objname_p);
			return schema != nullptr ? pg::schema_oid(schema, false) : pg::CreationSchema();
		});
}

bool
isTempNamespace(Oid namespaceId)
{
	return namespaceId == pg::kTempSchemaOid;
}

bool
isTempToastNamespace(Oid)
{
	return false;
}

bool
isTempOrTempToastNamespace(Oid namespaceId)
{
	return isTempNamespace(namespaceId);
}

bool
isAnyTempNamespace(Oid namespaceId)
{
	return isTempNamespace(namespaceId);
}

bool
isOtherTempNamespace(Oid)
{
	return false;
}

List *
fetch_search_path(bool includeImplicit)
{
	return FromC(
		[&]
		{
			List *list = NIL;

			for (const Oid schema :
				 includeImplicit ? pg::EffectiveSearchPath() : pg::ExplicitSearchPath())
				list = lappend_oid(list, schema);
			return list;
		});
}

int
fetch_search_path_array(Oid *sarray, int sarray_len)
{
	return FromC(
		[&]
		{
			int count = 0;

			for (const Oid schema : pg::EffectiveSearchPath())
			{
				/* The temporary schema is no place to look for functions and the like. */
				if (schema == pg::kTempSchemaOid)
					continue;
				if (count < sarray_len)
					sarray[count] = schema;
				count++;
			}
			return count;
		});
}

/*
 * Names as lists
 */
void
DeconstructQualifiedName(List *names, char **nspname_p, char **objname_p)
{
	FromC([&] { pg::split_list(names, nspname_p, objname_p); });
}

RangeVar *
makeRangeVar(char *schemaname, char *relname, int location)
{
	return FromC(
		[&]
		{
			RangeVar *const name = makeNode(RangeVar);

			name->schemaname = schemaname;
			name->relname = relname;
			name->inh = true;
			name->relpersistence = RELPERSISTENCE_PERMANENT;
			name->location = location;
			return name;
		});
}

Alias *
makeAlias(const char *aliasname, List *colnames)
{
	return FromC(
		[&]
		{
			Alias *const alias = makeNode(Alias);

			alias->aliasname = pstrdup(aliasname);
			alias->colnames = colnames;
			return alias;
		});
}

RangeVar *
makeRangeVarFromNameList(List *names)
{
	return FromC(
		[&]
		{
			RangeVar *const name = makeRangeVar(nullptr, nullptr, -1);

			if (list_length(names) == 3)
			{
				name->catalogname = strVal(linitial(names));
				name->schemaname = strVal(lsecond(names));
				name->relname = strVal(lthird(names));
			}
			else if (list_length(names) == 1 || list_length(names) == 2)
				pg::split_list(names, &name->schemaname, &name->relname);
			else
				pg::Raise(pg::Report(ERROR, ERRCODE_SYNTAX_ERROR)
							  .msg("improper relation name (too many dotted names): %s",
								   pg::list_text(names, false).c_str()));
			return name;
		});
}

char *
NameListToString(List *names)
{
	return FromC([&] { return pstrdup(pg::list_text(names, false).c_str()); });
}

char *
NameListToQuotedString(List *names)
{
	return FromC([&] { return pstrdup(pg::list_text(names, true).c_str()); });
}

List *
stringToQualifiedNameList(const char *string)
{
	return FromC([&] { return pg::string_list(pg::SplitQualifiedName(string)); });
}

char *
format_procedure(Oid procedure_oid)
{
	return FromC(
		[&]
		{
			const pg::FunctionPtr function = pg::FindAnyFunction(procedure_oid);

			return pstrdup(function == nullptr ? std::to_string(procedure_oid).c_str()
											   : pg::ProcedureName(*function).c_str());
		});
}

char *
format_procedure_qualified(Oid procedure_oid)
{
	return FromC(
		[&]
		{
			const pg::FunctionPtr function = pg::FindAnyFunction(procedure_oid);

			if (function == nullptr)
				return pstrdup(std::to_string(procedure_oid).c_str());

			std::string text =
				pg::with_schema(function->schema, pg::IdentifierText(function->name)) + "(";

			for (size_t i = 0; i < function->args().size(); i++)
				text += (i > 0 ? "," : "") + pg::qualified_type(function->args()[i]);
			return pstrdup((text + ")").c_str());
		});
}
