/*
 * catalog/lsyscache.cpp
 *		The C API's small questions to the catalogs (utils/lsyscache.h).
 *
 * Backends and workers with a database, within a transaction.
 */
#include "postgres.h"

#include "utils/lsyscache.h"

#include "catalog/catalog.h"
#include "catalog/pg_type_d.h"
#include "catalog/type_functions.h"
#include "utils/adt/registry.h"
#include "utils/error/wall.h"
#include "utils/palloc.h"

namespace pg
{
namespace
{

const TypeDef &
known_type(Oid oid)
{
	const TypeDef *const type = FindType(oid);

	if (type == nullptr)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR).msg("cache lookup failed for type %u", oid));
	return *type;
}

/* Elements are what an array's functions are told of; all others are told of themselves. */
Oid
io_parameter(const TypeDef &type)
{
	return type.element_oid != InvalidOid ? type.element_oid : type.oid;
}

} /* namespace */
} /* namespace pg */

using namespace pg;

extern "C"
{
	char *get_rel_name(Oid relid)
	{
		return FromC(
			[&]() -> char *
			{
				const RelationPtr relation = FindRelation(relid);

				return relation == nullptr ? nullptr : pstrdup(relation->name.c_str());
			});
	}

	Oid get_rel_namespace(Oid relid)
	{
		return FromC(
			[&]
			{
				const RelationPtr relation = FindRelation(relid);

				return relation == nullptr ? InvalidOid : relation->schema;
			});
	}

	char get_rel_relkind(Oid relid)
	{
		return FromC(
			[&]
			{
				const RelationPtr relation = FindRelation(relid);

				return relation == nullptr ? '\0' : relation->kind;
			});
	}

	Oid get_relname_relid(const char *relname, Oid relnamespace)
	{
		return FromC(
			[&]
			{
				const std::optional<std::string> schema = SchemaName(relnamespace);
				const RelationPtr relation = schema ? FindRelation(*schema, relname) : nullptr;

				return relation == nullptr ? InvalidOid : relation->oid;
			});
	}

	char *get_namespace_name(Oid nspid)
	{
		return FromC(
			[&]() -> char *
			{
				const std::optional<std::string> name = SchemaName(nspid);

				return name ? pstrdup(name->c_str()) : nullptr;
			});
	}

	char get_typtype(Oid typid)
	{
		const TypeDef *const type = FindType(typid);

		return type == nullptr ? '\0' : type->kind;
	}

	bool type_is_rowtype(Oid typid)
	{
		return typid == RECORDOID || get_typtype(typid) == 'c';
	}

	int16 get_typlen(Oid typid)
	{
		return FromC([&] { return known_type(typid).len; });
	}

	bool get_typbyval(Oid typid)
	{
		return FromC([&] { return known_type(typid).by_value; });
	}

	void get_typlenbyval(Oid typid, int16 *typlen, bool *typbyval)
	{
		char align;

		get_typlenbyvalalign(typid, typlen, typbyval, &align);
	}

	void get_typlenbyvalalign(Oid typid, int16 *typlen, bool *typbyval, char *typalign)
	{
		FromC(
			[&]
			{
				const TypeDef &type = known_type(typid);

				*typlen = type.len;
				*typbyval = type.by_value;
				*typalign = type.align;
			});
	}

	void getTypeInputInfo(Oid type, Oid *typInput, Oid *typIOParam)
	{
		FromC(
			[&]
			{
				const TypeDef &known = known_type(type);

				*typInput = FunctionsOfType(known).input;
				*typIOParam = io_parameter(known);
			});
	}

	void getTypeOutputInfo(Oid type, Oid *typOutput, bool *typIsVarlena)
	{
		FromC(
			[&]
			{
				const TypeDef &known = known_type(type);

				*typOutput = FunctionsOfType(known).output;
				*typIsVarlena = !known.by_value && known.len == -1;
			});
	}
}
