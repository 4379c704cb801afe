/*
 * catalog/lsyscache_objects.cpp
 *		utils/lsyscache.h: columns, functions, operators, constraints, indexes and other objects.
 *
 * Backends and workers with a database, within a transaction.  Each answer is a look-up in a system
 * cache; "cache lookup failed" is an internal error, as in PostgreSQL.
 */
#include "postgres.h"

#include <string>

#include "catalog/pg_attribute.h"
#include "catalog/pg_cast.h"
#include "catalog/pg_class.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_index.h"
#include "catalog/pg_language.h"
#include "catalog/pg_opclass.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_proc.h"
#include "catalog/sys_row.h"
#include "utils/adt/registry.h"
#include "utils/builtins.h"
#include "utils/error/wall.h"
#include "utils/lsyscache.h"

namespace pg
{
namespace
{

using Column = SysRow<FormData_pg_attribute>;
using Function = SysRow<FormData_pg_proc>;
using Operator = SysRow<FormData_pg_operator>;

[[noreturn]] void
raise_lookup_failed(const char *what, Oid oid)
{
	Raise(Report(ERROR).msg("cache lookup failed for %s %u", what, oid));
}

[[noreturn]] void
raise_no_column(Oid relid, AttrNumber attnum)
{
	Raise(Report(ERROR).msg("cache lookup failed for attribute %d of relation %u", attnum, relid));
}

/* A field of a row, or `none` when there is no row. */
template <typename Row, typename Field, typename Result>
Result
field_or(const Row &row, Field field, Result none)
{
	return row ? static_cast<Result>(field(row)) : none;
}

/* A field of the function; it must be there. */
template <typename Field>
auto
of_function(Oid oid, Field field)
{
	return FromC(
		[&]
		{
			const Function row(PROCOID, ObjectIdGetDatum(oid));

			if (!row)
				raise_lookup_failed("function", oid);
			return field(row);
		});
}

char *
name_copy(const NameData &name)
{
	return pstrdup(NameStr(name));
}

bool
index_flag(Oid index, bool (*field)(const SysRow<FormData_pg_index> &))
{
	return FromC(
		[&]
		{
			const SysRow<FormData_pg_index> row(INDEXRELID, ObjectIdGetDatum(index));

			if (!row)
				raise_lookup_failed("index", index);
			return field(row);
		});
}

} /* namespace */
} /* namespace pg */

using namespace pg;

/*
 * Columns
 */
char *
get_attname(Oid relid, AttrNumber attnum, bool missing_ok)
{
	return FromC(
		[&]() -> char *
		{
			const Column row(ATTNUM, ObjectIdGetDatum(relid), Int16GetDatum(attnum));

			if (row && !row->attisdropped)
				return name_copy(row->attname);
			if (!missing_ok)
				raise_no_column(relid, attnum);
			return nullptr;
		});
}

AttrNumber
get_attnum(Oid relid, const char *attname)
{
	return FromC(
		[&]
		{
			const Column row(ATTNAME, ObjectIdGetDatum(relid), CStringGetDatum(attname));

			return row && !row->attisdropped ? row->attnum : InvalidAttrNumber;
		});
}

Oid
get_atttype(Oid relid, AttrNumber attnum)
{
	return FromC(
		[&]
		{
			const Column row(ATTNUM, ObjectIdGetDatum(relid), Int16GetDatum(attnum));

			return field_or(
				row, [](const Column &r) { return r->atttypid; }, InvalidOid);
		});
}

void
get_atttypetypmodcoll(Oid relid, AttrNumber attnum, Oid *typid, int32 *typmod, Oid *collid)
{
	FromC(
		[&]
		{
			const Column row(ATTNUM, ObjectIdGetDatum(relid), Int16GetDatum(attnum));

			if (!row)
				raise_no_column(relid, attnum);
			*typid = row->atttypid;
			*typmod = row->atttypmod;
			*collid = row->attcollation;
		});
}

char
get_attgenerated(Oid relid, AttrNumber attnum)
{
	return FromC(
		[&]
		{
			const Column row(ATTNUM, ObjectIdGetDatum(relid), Int16GetDatum(attnum));

			if (!row)
				raise_no_column(relid, attnum);
			return row->attgenerated;
		});
}

/*
 * Functions
 */
char *
get_func_name(Oid funcid)
{
	return FromC(
		[&]() -> char *
		{
			const Function row(PROCOID, ObjectIdGetDatum(funcid));

			return row ? name_copy(row->proname) : nullptr;
		});
}

Oid
get_func_namespace(Oid funcid)
{
	return FromC(
		[&]
		{
			const Function row(PROCOID, ObjectIdGetDatum(funcid));

			return field_or(
				row, [](const Function &r) { return r->pronamespace; }, InvalidOid);
		});
}

Oid
get_func_rettype(Oid funcid)
{
	return of_function(funcid, [](const Function &row) { return row->prorettype; });
}

int
get_func_nargs(Oid funcid)
{
	return of_function(funcid, [](const Function &row) { return int(row->pronargs); });
}

Oid
get_func_signature(Oid funcid, Oid **argtypes, int *nargs)
{
	return of_function(funcid,
					   [&](const Function &row)
					   {
						   *nargs = row->pronargs;
						   *argtypes = static_cast<Oid *>(
							   palloc(static_cast<Size>(*nargs + 1) * sizeof(Oid)));
						   for (int i = 0; i < *nargs; i++)
							   (*argtypes)[i] = row->proargtypes.values[i];
						   return row->prorettype;
					   });
}

Oid
get_func_variadictype(Oid funcid)
{
	return of_function(funcid, [](const Function &row) { return row->provariadic; });
}

bool
get_func_retset(Oid funcid)
{
	return of_function(funcid, [](const Function &row) { return row->proretset; });
}

bool
func_strict(Oid funcid)
{
	return of_function(funcid, [](const Function &row) { return row->proisstrict; });
}

char
func_volatile(Oid funcid)
{
	return of_function(funcid, [](const Function &row) { return row->provolatile; });
}

char
func_parallel(Oid funcid)
{
	return of_function(funcid, [](const Function &row) { return row->proparallel; });
}

char
get_func_prokind(Oid funcid)
{
	return of_function(funcid, [](const Function &row) { return row->prokind; });
}

bool
get_func_leakproof(Oid funcid)
{
	return of_function(funcid, [](const Function &row) { return row->proleakproof; });
}

/*
 * Operators
 */
RegProcedure
get_opcode(Oid opno)
{
	return FromC(
		[&]
		{
			const Operator row(OPEROID, ObjectIdGetDatum(opno));

			return field_or(
				row, [](const Operator &r) { return r->oprcode; }, InvalidOid);
		});
}

char *
get_opname(Oid opno)
{
	return FromC(
		[&]() -> char *
		{
			const Operator row(OPEROID, ObjectIdGetDatum(opno));

			return row ? name_copy(row->oprname) : nullptr;
		});
}

Oid
get_op_rettype(Oid opno)
{
	return FromC(
		[&]
		{
			const Operator row(OPEROID, ObjectIdGetDatum(opno));

			return field_or(
				row, [](const Operator &r) { return r->oprresult; }, InvalidOid);
		});
}

void
op_input_types(Oid opno, Oid *lefttype, Oid *righttype)
{
	FromC(
		[&]
		{
			const Operator row(OPEROID, ObjectIdGetDatum(opno));

			if (!row)
				raise_lookup_failed("operator", opno);
			*lefttype = row->oprleft;
			*righttype = row->oprright;
		});
}

Oid
get_commutator(Oid opno)
{
	return FromC(
		[&]
		{
			const Operator row(OPEROID, ObjectIdGetDatum(opno));

			return field_or(
				row, [](const Operator &r) { return r->oprcom; }, InvalidOid);
		});
}

Oid
get_negator(Oid opno)
{
	return FromC(
		[&]
		{
			const Operator row(OPEROID, ObjectIdGetDatum(opno));

			return field_or(
				row, [](const Operator &r) { return r->oprnegate; }, InvalidOid);
		});
}

bool
op_strict(Oid opno)
{
	const RegProcedure function = get_opcode(opno);

	if (function == InvalidOid)
		FromC([&]() -> void { raise_lookup_failed("operator", opno); });
	return func_strict(function);
}

char
op_volatile(Oid opno)
{
	const RegProcedure function = get_opcode(opno);

	if (function == InvalidOid)
		FromC([&]() -> void { raise_lookup_failed("operator", opno); });
	return func_volatile(function);
}

Oid
get_opclass_family(Oid opclass)
{
	return FromC(
		[&]
		{
			const SysRow<FormData_pg_opclass> row(CLAOID, ObjectIdGetDatum(opclass));

			if (!row)
				raise_lookup_failed("opclass", opclass);
			return row->opcfamily;
		});
}

Oid
get_opclass_input_type(Oid opclass)
{
	return FromC(
		[&]
		{
			const SysRow<FormData_pg_opclass> row(CLAOID, ObjectIdGetDatum(opclass));

			if (!row)
				raise_lookup_failed("opclass", opclass);
			return row->opcintype;
		});
}

/*
 * Other objects
 */
Oid
get_cast_oid(Oid sourcetypeid, Oid targettypeid, bool missing_ok)
{
	return FromC(
		[&]
		{
			const SysRow<FormData_pg_cast> row(CASTSOURCETARGET, ObjectIdGetDatum(sourcetypeid),
											   ObjectIdGetDatum(targettypeid));

			if (!row && !missing_ok)
				Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
						  .msg("cast from type %s to type %s does not exist",
							   FormatType(sourcetypeid).c_str(), FormatType(targettypeid).c_str()));
			return row ? row->oid : InvalidOid;
		});
}

char *
get_collation_name(Oid colloid)
{
	return FromC(
		[&]() -> char *
		{
			const SysRow<FormData_pg_collation> row(COLLOID, ObjectIdGetDatum(colloid));

			return row ? name_copy(row->collname) : nullptr;
		});
}

bool
get_collation_isdeterministic(Oid colloid)
{
	return FromC(
		[&]
		{
			const SysRow<FormData_pg_collation> row(COLLOID, ObjectIdGetDatum(colloid));

			if (!row)
				raise_lookup_failed("collation", colloid);
			return row->collisdeterministic;
		});
}

char *
get_constraint_name(Oid conoid)
{
	return FromC(
		[&]() -> char *
		{
			const SysRow<FormData_pg_constraint> row(CONSTROID, ObjectIdGetDatum(conoid));

			return row ? name_copy(row->conname) : nullptr;
		});
}

Oid
get_constraint_index(Oid conoid)
{
	return FromC(
		[&]
		{
			const SysRow<FormData_pg_constraint> row(CONSTROID, ObjectIdGetDatum(conoid));
			const bool has_index =
				row && (row->contype == CONSTRAINT_PRIMARY || row->contype == CONSTRAINT_UNIQUE ||
						row->contype == CONSTRAINT_EXCLUSION);

			return has_index ? row->conindid : InvalidOid;
		});
}

char *
get_language_name(Oid langoid, bool missing_ok)
{
	return FromC(
		[&]() -> char *
		{
			const SysRow<FormData_pg_language> row(LANGOID, ObjectIdGetDatum(langoid));

			if (!row && !missing_ok)
				raise_lookup_failed("language", langoid);
			return row ? name_copy(row->lanname) : nullptr;
		});
}

bool
get_index_isreplident(Oid index_oid)
{
	return index_flag(index_oid, [](const auto &row) { return row->indisreplident; });
}

bool
get_index_isvalid(Oid index_oid)
{
	return index_flag(index_oid, [](const auto &row) { return row->indisvalid; });
}

bool
get_index_isclustered(Oid index_oid)
{
	return index_flag(index_oid, [](const auto &row) { return row->indisclustered; });
}

int
errdetail_relkind_not_supported(char relkind)
{
	static constexpr struct
	{
		char kind;
		const char *detail;
	} kDetails[] = {
		{RELKIND_RELATION, "This operation is not supported for tables."},
		{RELKIND_INDEX, "This operation is not supported for indexes."},
		{RELKIND_SEQUENCE, "This operation is not supported for sequences."},
		{RELKIND_TOASTVALUE, "This operation is not supported for TOAST tables."},
		{RELKIND_VIEW, "This operation is not supported for views."},
		{RELKIND_MATVIEW, "This operation is not supported for materialized views."},
		{RELKIND_COMPOSITE_TYPE, "This operation is not supported for composite types."},
		{RELKIND_FOREIGN_TABLE, "This operation is not supported for foreign tables."},
		{RELKIND_PARTITIONED_TABLE, "This operation is not supported for partitioned tables."},
		{RELKIND_PARTITIONED_INDEX, "This operation is not supported for partitioned indexes."}};

	for (const auto &row : kDetails)
		if (row.kind == relkind)
			return errdetail("%s", row.detail);
	return errdetail("This operation is not supported for relations of kind \"%c\".", relkind);
}
