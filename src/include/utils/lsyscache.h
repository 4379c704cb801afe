/*
 * lsyscache.h
 *		Small questions to the catalogs.
 *
 * Processes with a database connection, within a transaction. Text results are palloc'd.
 */
#ifndef LSYSCACHE_H
#define LSYSCACHE_H

#include "postgres.h"

#include "access/attnum.h"
#include "access/htup.h"
#include "nodes/pg_list.h"

PG_BEGIN_EXTERN_C

/* Unknown objects: NULL, InvalidOid or '\0'. */
extern char *get_rel_name(Oid relid);
extern Oid get_rel_namespace(Oid relid);
extern char get_rel_relkind(Oid relid);
extern Oid get_relname_relid(const char *relname, Oid relnamespace);
extern char *get_namespace_name(Oid nspid);
extern char *get_namespace_name_or_temp(Oid nspid);
extern Oid get_rel_type_id(Oid relid);
extern bool get_rel_relispartition(Oid relid);
extern Oid get_rel_tablespace(Oid relid);
extern char get_rel_persistence(Oid relid);
extern char get_typtype(Oid typid);
extern bool type_is_rowtype(Oid typid);
extern bool type_is_enum(Oid typid);
extern bool type_is_range(Oid typid);
extern bool type_is_multirange(Oid typid);
extern bool get_typisdefined(Oid typid);
extern Oid get_typ_typrelid(Oid typid);
/* The elements of an array type, the array type of an element; InvalidOid when there is none. */
extern Oid get_element_type(Oid typid);
extern Oid get_array_type(Oid typid);
extern Oid get_promoted_array_type(Oid typid);
extern Oid get_base_element_type(Oid typid);
extern Oid get_typcollation(Oid typid);
extern bool type_is_collatable(Oid typid);
extern Oid get_typmodin(Oid typid);
extern char get_typstorage(Oid typid);
#define type_is_array(typid) (get_element_type(typid) != InvalidOid)
#define type_is_array_domain(typid) (get_base_element_type(typid) != InvalidOid)
#define TypeIsToastable(typid) (get_typstorage(typid) != TYPSTORAGE_PLAIN)

/* Columns. get_attname raises XX000 unless missing_ok; get_attnum gives 0, get_atttype InvalidOid; the last two raise. */
extern char *get_attname(Oid relid, AttrNumber attnum, bool missing_ok);
extern AttrNumber get_attnum(Oid relid, const char *attname);
extern Oid get_atttype(Oid relid, AttrNumber attnum);
extern void get_atttypetypmodcoll(Oid relid, AttrNumber attnum, Oid *typid, int32 *typmod,
								  Oid *collid);
extern char get_attgenerated(Oid relid, AttrNumber attnum);

/* Functions. Unknown: NULL and InvalidOid for the first two, ERROR XX000 for the others. */
extern char *get_func_name(Oid funcid);
extern Oid get_func_namespace(Oid funcid);
extern Oid get_func_rettype(Oid funcid);
extern int get_func_nargs(Oid funcid);
/* Returns the result's type; *argtypes is palloc'd. */
extern Oid get_func_signature(Oid funcid, Oid **argtypes, int *nargs);
extern Oid get_func_variadictype(Oid funcid);
extern bool get_func_retset(Oid funcid);
extern bool func_strict(Oid funcid);
extern char func_volatile(Oid funcid);
extern char func_parallel(Oid funcid);
extern char get_func_prokind(Oid funcid);
extern bool get_func_leakproof(Oid funcid);

/* Operators. Unknown: InvalidOid or NULL; op_ functions raise XX000. */
extern RegProcedure get_opcode(Oid opno);
extern char *get_opname(Oid opno);
extern Oid get_op_rettype(Oid opno);
extern Oid get_commutator(Oid opno);
extern Oid get_negator(Oid opno);
extern void op_input_types(Oid opno, Oid *lefttype, Oid *righttype);
extern bool op_strict(Oid opno);
extern char op_volatile(Oid opno);
/* There are no operator families: ERROR 0A000. */
extern Oid get_opfamily_member(Oid opfamily, Oid lefttype, Oid righttype, int16 strategy);
extern Oid get_opfamily_proc(Oid opfamily, Oid lefttype, Oid righttype, int16 procnum);
extern Oid get_opclass_family(Oid opclass);
extern Oid get_opclass_input_type(Oid opclass);

/* Other objects: NULL or InvalidOid when unknown; with missing_ok false, and for indexes, an ERROR. */
extern Oid get_cast_oid(Oid sourcetypeid, Oid targettypeid, bool missing_ok);
extern char *get_collation_name(Oid colloid);
extern bool get_collation_isdeterministic(Oid colloid);
extern char *get_constraint_name(Oid conoid);
extern Oid get_constraint_index(Oid conoid);
extern char *get_language_name(Oid langoid, bool missing_ok);
extern bool get_index_isreplident(Oid index_oid);
extern bool get_index_isvalid(Oid index_oid);
extern bool get_index_isclustered(Oid index_oid);

/* Unknown types: ERROR XX000. */
extern int16 get_typlen(Oid typid);
extern bool get_typbyval(Oid typid);
extern void get_typlenbyval(Oid typid, int16 *typlen, bool *typbyval);
extern void get_typlenbyvalalign(Oid typid, int16 *typlen, bool *typbyval, char *typalign);
extern void getTypeInputInfo(Oid type, Oid *typInput, Oid *typIOParam);
extern void getTypeOutputInfo(Oid type, Oid *typOutput, bool *typIsVarlena);
extern void getTypeBinaryInputInfo(Oid type, Oid *typReceive, Oid *typIOParam);
extern void getTypeBinaryOutputInfo(Oid type, Oid *typSend, bool *typIsVarlena);
extern void get_type_category_preferred(Oid typid, char *typcategory, bool *typispreferred);
/* There are no domains: the type itself. */
extern Oid getBaseType(Oid typid);
extern Oid getBaseTypeAndTypmod(Oid typid, int32 *typmod);

typedef enum IOFuncSelector
{
	IOFunc_input,
	IOFunc_output,
	IOFunc_receive,
	IOFunc_send
} IOFuncSelector;

/* All that is needed to call one of the four functions of a type. */
extern void get_type_io_data(Oid typid, IOFuncSelector which_func, int16 *typlen, bool *typbyval,
							 char *typalign, char *typdelim, Oid *typioparam, Oid *func);
/* The same for a row of pg_type. */
extern Oid getTypeIOParam(HeapTuple typeTuple);

PG_END_EXTERN_C

#endif /* LSYSCACHE_H */
