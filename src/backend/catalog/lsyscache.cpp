/*
 * catalog/lsyscache.cpp
 *		The C API's small questions to the catalogs (utils/lsyscache.h).
 *
 * Backends and workers with a database, within a transaction.
 */
#include "postgres.h"

#include "utils/lsyscache.h"

#include "catalog/objects.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "catalog/sys_row.h"
#include "catalog/type_functions.h"
#include "catalog/write.h"
#include "utils/adt/registry.h"
#include "utils/adt/row_type.h"
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

/* Some types can be read and written as text only. */
void
require_binary(Oid type, Oid function, const char *direction)
{
	if (function == InvalidOid)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_FUNCTION)
				  .msg("no binary %s function available for type %s", direction,
					   FormatType(type).c_str()));
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
				const pg::RelationInfoPtr relation = FindRelation(relid);

				return relation == nullptr ? nullptr : pstrdup(relation->name.c_str());
			});
	}

	Oid get_rel_namespace(Oid relid)
	{
		return FromC(
			[&]
			{
				const pg::RelationInfoPtr relation = FindRelation(relid);

				return relation == nullptr ? InvalidOid : relation->schema;
			});
	}

	char get_rel_relkind(Oid relid)
	{
		return FromC(
			[&]
			{
				const pg::RelationInfoPtr relation = FindRelation(relid);

				return relation == nullptr ? '\0' : relation->kind;
			});
	}

	Oid get_relname_relid(const char *relname, Oid relnamespace)
	{
		return FromC(
			[&]
			{
				const std::optional<std::string> schema = SchemaName(relnamespace);
				const pg::RelationInfoPtr relation =
					schema ? FindRelation(*schema, relname) : nullptr;

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

	char *get_namespace_name_or_temp(Oid nspid)
	{
		return get_namespace_name(nspid);
	}

	/* A row type has the OID of its relation. */
	Oid get_rel_type_id(Oid relid)
	{
		return FromC([&] { return FindRowType(relid) != nullptr ? relid : InvalidOid; });
	}

	bool get_rel_relispartition(Oid)
	{
		return false;
	}

	Oid get_rel_tablespace(Oid relid)
	{
		return FromC(
			[&]
			{
				const SysRow<FormData_pg_class> row(RELOID, ObjectIdGetDatum(relid));

				return row ? row->reltablespace : InvalidOid;
			});
	}

	char get_rel_persistence(Oid relid)
	{
		return FromC(
			[&]
			{
				const pg::RelationInfoPtr relation = FindRelation(relid);

				if (relation == nullptr)
					Raise(Report(ERROR).msg("cache lookup failed for relation %u", relid));
				return relation->persistence;
			});
	}

	bool type_is_enum(Oid typid)
	{
		return get_typtype(typid) == TYPTYPE_ENUM;
	}

	bool type_is_range(Oid typid)
	{
		return get_typtype(typid) == TYPTYPE_RANGE;
	}

	bool type_is_multirange(Oid typid)
	{
		return get_typtype(typid) == TYPTYPE_MULTIRANGE;
	}

	bool get_typisdefined(Oid typid)
	{
		return FindType(typid) != nullptr;
	}

	Oid get_typ_typrelid(Oid typid)
	{
		return get_rel_type_id(typid);
	}

	Oid get_element_type(Oid typid)
	{
		const TypeDef *const type = FindType(typid);

		return type != nullptr && type->category == TYPCATEGORY_ARRAY ? type->element_oid
																	  : InvalidOid;
	}

	Oid get_array_type(Oid typid)
	{
		const TypeDef *const type = FindType(typid);

		return type == nullptr ? InvalidOid : type->array_oid;
	}

	Oid get_promoted_array_type(Oid typid)
	{
		const Oid array = get_array_type(typid);

		if (array != InvalidOid)
			return array;
		return get_element_type(typid) != InvalidOid ? typid : InvalidOid;
	}

	Oid get_base_element_type(Oid typid)
	{
		return get_element_type(typid);
	}

	Oid get_typcollation(Oid typid)
	{
		return FromC([&]
					 { return FindType(typid) == nullptr ? InvalidOid : TypeCollation(typid); });
	}

	bool type_is_collatable(Oid typid)
	{
		return get_typcollation(typid) != InvalidOid;
	}

	Oid get_typmodin(Oid typid)
	{
		return FromC(
			[&]
			{
				const SysRow<FormData_pg_type> row(TYPEOID, ObjectIdGetDatum(typid));

				return row ? row->typmodin : InvalidOid;
			});
	}

	char get_typstorage(Oid typid)
	{
		return FromC(
			[&]
			{
				const SysRow<FormData_pg_type> row(TYPEOID, ObjectIdGetDatum(typid));

				return row ? row->typstorage : TYPSTORAGE_PLAIN;
			});
	}

	void getTypeBinaryInputInfo(Oid type, Oid *typReceive, Oid *typIOParam)
	{
		FromC(
			[&]
			{
				const TypeDef &known = known_type(type);

				*typReceive = FunctionsOfType(known).receive;
				*typIOParam = io_parameter(known);
				require_binary(type, *typReceive, "input");
			});
	}

	void getTypeBinaryOutputInfo(Oid type, Oid *typSend, bool *typIsVarlena)
	{
		FromC(
			[&]
			{
				const TypeDef &known = known_type(type);

				*typSend = FunctionsOfType(known).send;
				*typIsVarlena = !known.by_value && known.len == -1;
				require_binary(type, *typSend, "output");
			});
	}

	void get_type_category_preferred(Oid typid, char *typcategory, bool *typispreferred)
	{
		FromC(
			[&]
			{
				const TypeDef &known = known_type(typid);

				*typcategory = known.category;
				*typispreferred = known.preferred;
			});
	}

	Oid getBaseType(Oid typid)
	{
		return typid;
	}

	Oid getBaseTypeAndTypmod(Oid typid, int32 *)
	{
		return typid;
	}

	void get_type_io_data(Oid typid, IOFuncSelector which_func, int16 *typlen, bool *typbyval,
						  char *typalign, char *typdelim, Oid *typioparam, Oid *func)
	{
		FromC(
			[&]
			{
				const TypeDef &known = known_type(typid);
				const TypeFunctions &functions = FunctionsOfType(known);

				*typlen = known.len;
				*typbyval = known.by_value;
				*typalign = known.align;
				*typdelim = ',';
				*typioparam = io_parameter(known);
				*func = which_func == IOFunc_input	   ? functions.input
						: which_func == IOFunc_output  ? functions.output
						: which_func == IOFunc_receive ? functions.receive
													   : functions.send;
			});
	}

	Oid getTypeIOParam(HeapTuple typeTuple)
	{
		const auto *const row = reinterpret_cast<Form_pg_type>(GETSTRUCT(typeTuple));

		return row->typelem != InvalidOid ? row->typelem : row->oid;
	}
}
