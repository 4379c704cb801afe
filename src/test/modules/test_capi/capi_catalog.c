/*
 * capi_catalog.c
 *		Catalogs: system caches, scans, names, privileges, locks, settings, other sessions.
 */
#include "capi.h"

#include "access/genam.h"
#include "access/heapam.h"
#include "access/htup_details.h"
#include "access/relation.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/catalog.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/objectaddress.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_class.h"
#include "catalog/pg_database.h"
#include "catalog/pg_language_d.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_tablespace_d.h"
#include "catalog/pg_type.h"
#include "commands/dbcommands.h"
#include "commands/extension.h"
#include "commands/sequence.h"
#include "commands/tablespace.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "pgstat.h"
#include "storage/lmgr.h"
#include "storage/lock.h"
#include "storage/proc.h"
#include "storage/procarray.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/catcache.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/regproc.h"
#include "utils/rel.h"
#include "utils/syscache.h"

/* OIDs of PostgreSQL's functions and operators. */
#define INT4PL_OID 177
#define SET_CONFIG_OID 2078
#define LENGTH_TEXT_OID 1317
#define INT4EQ_OPERATOR 96
#define INT4LT_OPERATOR 97

/*
 * System caches
 */
CAPI_TEST(test_syscache_role)
{
	HeapTuple tuple = SearchSysCache1(AUTHOID, ObjectIdGetDatum(BOOTSTRAP_SUPERUSERID));
	Form_pg_authid role;
	char *name;
	bool isnull;

	CHECK(HeapTupleIsValid(tuple));
	role = (Form_pg_authid) GETSTRUCT(tuple);
	CHECK(role->oid == BOOTSTRAP_SUPERUSERID);
	CHECK(role->rolsuper && role->rolcanlogin && role->rolconnlimit == -1);
	name = pstrdup(NameStr(role->rolname));
	(void) SysCacheGetAttr(AUTHOID, tuple, Anum_pg_authid_rolpassword, &isnull);
	CHECK(isnull);
	ReleaseSysCache(tuple);

	CHECK(GetSysCacheOid1(AUTHNAME, Anum_pg_authid_oid, CStringGetDatum(name)) ==
		  BOOTSTRAP_SUPERUSERID);
	CHECK(strcmp(GetUserNameFromId(BOOTSTRAP_SUPERUSERID, false), name) == 0);
	CHECK(get_role_oid(name, false) == BOOTSTRAP_SUPERUSERID);
	CHECK(SearchSysCache1(AUTHNAME, CStringGetDatum("nobody_at_all")) == NULL);
	CHECK(!SearchSysCacheExists1(AUTHOID, ObjectIdGetDatum(4711)));
}

CAPI_TEST(test_syscache_database)
{
	HeapTuple tuple = SearchSysCache1(DATABASEOID, ObjectIdGetDatum(MyDatabaseId));
	Form_pg_database database = (Form_pg_database) GETSTRUCT(tuple);

	CHECK(database->oid == MyDatabaseId && database->datallowconn && !database->datistemplate);
	CHECK(strcmp(NameStr(database->datname), get_database_name(MyDatabaseId)) == 0);
	CHECK(get_database_oid(NameStr(database->datname), false) == MyDatabaseId);
	CHECK(TextDatumGetCString(
			  SysCacheGetAttrNotNull(DATABASEOID, tuple, Anum_pg_database_datcollate))[0] != '\0');
	ReleaseSysCache(tuple);
	CHECK(get_database_name(4711) == NULL);
	CHECK(get_database_oid("nowhere", true) == InvalidOid);
	CHECK_ERROR(ERRCODE_UNDEFINED_DATABASE, "database \"nowhere\" does not exist",
				get_database_oid("nowhere", false));
	CHECK(have_createdb_privilege());
}

CAPI_TEST(test_syscache_relation_and_columns)
{
	HeapTuple tuple = SearchSysCache2(RELNAMENSP, CStringGetDatum("pg_class"),
									  ObjectIdGetDatum(PG_CATALOG_NAMESPACE));
	HeapTuple copy;
	Form_pg_class relation = (Form_pg_class) GETSTRUCT(tuple);
	Form_pg_attribute column;

	CHECK(relation->oid == RelationRelationId && relation->relkind == RELKIND_RELATION);
	CHECK(relation->relnatts == Natts_pg_class);
	ReleaseSysCache(tuple);

	copy = SearchSysCacheCopy1(RELOID, ObjectIdGetDatum(RelationRelationId));
	CHECK(strcmp(NameStr(((Form_pg_class) GETSTRUCT(copy))->relname), "pg_class") == 0);
	heap_freetuple(copy);
	CHECK(SearchSysCacheExists2(RELNAMENSP, CStringGetDatum("pg_class"),
								ObjectIdGetDatum(PG_CATALOG_NAMESPACE)));

	tuple = SearchSysCache2(ATTNUM, ObjectIdGetDatum(RelationRelationId),
							Int16GetDatum(Anum_pg_class_relkind));
	column = (Form_pg_attribute) GETSTRUCT(tuple);
	CHECK(strcmp(NameStr(column->attname), "relkind") == 0 && column->atttypid == CHAROID);
	ReleaseSysCache(tuple);
	tuple = SearchSysCacheAttName(RelationRelationId, "relname");
	CHECK(((Form_pg_attribute) GETSTRUCT(tuple))->attnum == Anum_pg_class_relname);
	ReleaseSysCache(tuple);
	tuple = SearchSysCacheAttNum(RelationRelationId, 1);
	CHECK(strcmp(NameStr(((Form_pg_attribute) GETSTRUCT(tuple))->attname), "oid") == 0);
	ReleaseSysCache(tuple);
	heap_freetuple(SearchSysCacheCopyAttName(RelationRelationId, "relname"));
	heap_freetuple(SearchSysCacheCopyAttNum(RelationRelationId, 1));
	CHECK(SearchSysCacheExistsAttName(RelationRelationId, "relname"));
	CHECK(!SearchSysCacheExistsAttName(RelationRelationId, "nocolumn"));
	CHECK(RelationHasSysCache(RelationRelationId) && RelationSupportsSysCache(TypeRelationId));
}

CAPI_TEST(test_syscache_type_function_operator)
{
	HeapTuple tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(INT4OID));
	Form_pg_type type = (Form_pg_type) GETSTRUCT(tuple);
	Form_pg_proc function;
	Form_pg_operator op;
	oidvector *args;

	CHECK(type->typlen == 4 && type->typbyval && type->typalign == TYPALIGN_INT);
	CHECK(type->typarray == INT4ARRAYOID && type->typtype == TYPTYPE_BASE);
	ReleaseSysCache(tuple);
	CHECK(GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum("text"),
						  ObjectIdGetDatum(PG_CATALOG_NAMESPACE)) == TEXTOID);

	tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(INT4PL_OID));
	function = (Form_pg_proc) GETSTRUCT(tuple);
	CHECK(strcmp(NameStr(function->proname), "int4pl") == 0 && function->prorettype == INT4OID);
	CHECK(function->pronargs == 2 && function->proargtypes.dim1 == 2);
	CHECK(function->proargtypes.values[0] == INT4OID && function->proargtypes.values[1] == INT4OID);
	args = (oidvector *) palloc(VARSIZE(&function->proargtypes));
	memcpy(args, &function->proargtypes, VARSIZE(&function->proargtypes));
	ReleaseSysCache(tuple);
	tuple = SearchSysCache3(PROCNAMEARGSNSP, CStringGetDatum("int4pl"), PointerGetDatum(args),
							ObjectIdGetDatum(PG_CATALOG_NAMESPACE));
	CHECK(HeapTupleIsValid(tuple));
	ReleaseSysCache(tuple);

	tuple = SearchSysCache4(OPERNAMENSP, CStringGetDatum("="), ObjectIdGetDatum(INT4OID),
							ObjectIdGetDatum(INT4OID), ObjectIdGetDatum(PG_CATALOG_NAMESPACE));
	op = (Form_pg_operator) GETSTRUCT(tuple);
	CHECK(op->oid == INT4EQ_OPERATOR && op->oprresult == BOOLOID);
	ReleaseSysCache(tuple);
}

CAPI_TEST(test_syscache_list)
{
	CatCList *list = SearchSysCacheList1(PROCNAMEARGSNSP, CStringGetDatum("length"));
	bool found = false;
	int i;

	CHECK(list->n_members >= 1);
	for (i = 0; i < list->n_members; i++)
	{
		Form_pg_proc row = (Form_pg_proc) GETSTRUCT(&list->members[i]->tuple);

		CHECK(strcmp(NameStr(row->proname), "length") == 0);
		found = found || row->oid == LENGTH_TEXT_OID;
	}
	CHECK(found);
	ReleaseCatCacheList(list);
	CHECK(CacheMemoryContext != NULL);
}

static int relcache_calls, syscache_calls;
static bool told_of_opened;

static void
on_relation(Datum arg, Oid relid)
{
	relcache_calls += DatumGetInt32(arg);
	told_of_opened = told_of_opened || relid == RelationRelationId;
}

static void
on_row(Datum arg, int cacheid, uint32 hashvalue)
{
	(void) hashvalue;
	if (cacheid == RELOID)
		syscache_calls += DatumGetInt32(arg);
}

CAPI_TEST(test_invalidation_callbacks)
{
	static bool registered = false;

	if (!registered)
	{
		CacheRegisterRelcacheCallback(on_relation, Int32GetDatum(1));
		CacheRegisterSyscacheCallback(RELOID, on_row, Int32GetDatum(1));
		registered = true;
	}
	relcache_calls = syscache_calls = 0;
	InvalidateSystemCaches();
	CHECK(relcache_calls > 0 && syscache_calls > 0);
	relation_close(relation_open(RelationRelationId, NoLock), NoLock);
	relcache_calls = 0;
	told_of_opened = false;
	CacheInvalidateRelcacheByRelid(RelationRelationId);
	CommandCounterIncrement();
	AcceptInvalidationMessages();
	CHECK(relcache_calls > 0 && told_of_opened);
	CHECK(GetSysCacheHashValue1(RELOID, ObjectIdGetDatum(1)) !=
		  GetSysCacheHashValue1(RELOID, ObjectIdGetDatum(2)));
}

/*
 * Small questions
 */
CAPI_TEST(test_lsyscache_relations)
{
	Oid typid, collid;
	int32 typmod;

	CHECK(strcmp(get_rel_name(RelationRelationId), "pg_class") == 0);
	CHECK(get_rel_name(4711) == NULL);
	CHECK(get_rel_namespace(RelationRelationId) == PG_CATALOG_NAMESPACE);
	CHECK(get_rel_relkind(RelationRelationId) == RELKIND_RELATION);
	CHECK(get_relname_relid("pg_class", PG_CATALOG_NAMESPACE) == RelationRelationId);
	CHECK(get_relname_relid("pg_klass", PG_CATALOG_NAMESPACE) == InvalidOid);
	CHECK(get_rel_tablespace(DatabaseRelationId) == GLOBALTABLESPACE_OID);
	CHECK(get_rel_persistence(RelationRelationId) == RELPERSISTENCE_PERMANENT);
	CHECK(!get_rel_relispartition(RelationRelationId));
	CHECK(strcmp(get_attname(RelationRelationId, Anum_pg_class_relname, false), "relname") == 0);
	CHECK(get_attname(RelationRelationId, 99, true) == NULL);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "cache lookup failed for attribute 99 of relation 1259",
				get_attname(RelationRelationId, 99, false));
	CHECK(get_attnum(RelationRelationId, "relkind") == Anum_pg_class_relkind);
	CHECK(get_attnum(RelationRelationId, "nocolumn") == InvalidAttrNumber);
	CHECK(get_atttype(RelationRelationId, Anum_pg_class_relname) == NAMEOID);
	get_atttypetypmodcoll(RelationRelationId, Anum_pg_class_relnatts, &typid, &typmod, &collid);
	CHECK(typid == INT2OID && typmod == -1 && collid == InvalidOid);
	CHECK(get_attgenerated(RelationRelationId, 1) == '\0');
}

CAPI_TEST(test_lsyscache_types)
{
	Oid function, parameter;
	int16 len;
	bool byval, varlena, preferred;
	char align, category, delim;
	int32 typmod = 5;

	CHECK(get_typlen(INT8OID) == 8 && get_typbyval(INT8OID));
	get_typlenbyval(TEXTOID, &len, &byval);
	CHECK(len == -1 && !byval);
	get_typlenbyvalalign(FLOAT8OID, &len, &byval, &align);
	CHECK(len == 8 && byval && align == TYPALIGN_DOUBLE);
	getTypeInputInfo(INT4OID, &function, &parameter);
	CHECK(function == 42 && parameter == INT4OID);
	getTypeOutputInfo(TEXTOID, &function, &varlena);
	CHECK(function == 47 && varlena);
	getTypeBinaryInputInfo(INT4OID, &function, &parameter);
	CHECK(function != InvalidOid);
	getTypeBinaryOutputInfo(INT4OID, &function, &varlena);
	CHECK(function != InvalidOid && !varlena);
	get_type_io_data(INT4OID, IOFunc_output, &len, &byval, &align, &delim, &parameter, &function);
	CHECK(len == 4 && byval && align == TYPALIGN_INT && delim == ',' && parameter == INT4OID);
	get_type_category_preferred(TEXTOID, &category, &preferred);
	CHECK(category == TYPCATEGORY_STRING && preferred);
	CHECK(get_typtype(RECORDOID) == TYPTYPE_PSEUDO && type_is_rowtype(RECORDOID));
	CHECK(get_element_type(INT4ARRAYOID) == INT4OID && get_array_type(INT4OID) == INT4ARRAYOID);
	CHECK(type_is_array(INT4ARRAYOID) && type_is_array_domain(INT4ARRAYOID));
	CHECK(get_promoted_array_type(INT4OID) == INT4ARRAYOID);
	CHECK(get_base_element_type(INT4ARRAYOID) == INT4OID);
	CHECK(getBaseType(INT4OID) == INT4OID && getBaseTypeAndTypmod(INT4OID, &typmod) == INT4OID);
	CHECK(!type_is_enum(INT4OID) && !type_is_range(INT4OID) && !type_is_multirange(INT4OID));
	CHECK(get_typisdefined(INT4OID) && get_typ_typrelid(INT4OID) == InvalidOid);
	CHECK(type_is_collatable(TEXTOID) && get_typcollation(INT4OID) == InvalidOid);
	CHECK(get_typmodin(VARCHAROID) != InvalidOid && TypeIsToastable(TEXTOID));
	CHECK(get_typstorage(INT4OID) == TYPSTORAGE_PLAIN);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "cache lookup failed for type 4711", get_typlen(4711));
}

CAPI_TEST(test_lsyscache_functions_and_operators)
{
	Oid left, right, *argtypes;
	int nargs;

	CHECK(strcmp(get_func_name(INT4PL_OID), "int4pl") == 0 && get_func_name(4711) == NULL);
	CHECK(get_func_namespace(INT4PL_OID) == PG_CATALOG_NAMESPACE);
	CHECK(get_func_rettype(INT4PL_OID) == INT4OID && get_func_nargs(INT4PL_OID) == 2);
	CHECK(get_func_signature(INT4PL_OID, &argtypes, &nargs) == INT4OID);
	CHECK(nargs == 2 && argtypes[0] == INT4OID);
	CHECK(func_strict(INT4PL_OID) && func_volatile(INT4PL_OID) == PROVOLATILE_IMMUTABLE);
	CHECK(!get_func_retset(INT4PL_OID) && get_func_prokind(INT4PL_OID) == PROKIND_FUNCTION);
	CHECK(get_func_variadictype(INT4PL_OID) == InvalidOid && func_parallel(INT4PL_OID) == 's');
	CHECK(!get_func_leakproof(INT4PL_OID));
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "cache lookup failed for function 4711",
				get_func_rettype(4711));

	CHECK(strcmp(get_func_name(get_opcode(INT4EQ_OPERATOR)), "int4eq") == 0);
	CHECK(strcmp(get_opname(INT4LT_OPERATOR), "<") == 0 && get_opname(4711) == NULL);
	CHECK(get_op_rettype(INT4EQ_OPERATOR) == BOOLOID);
	op_input_types(INT4EQ_OPERATOR, &left, &right);
	CHECK(left == INT4OID && right == INT4OID);
	CHECK(get_commutator(INT4EQ_OPERATOR) == INT4EQ_OPERATOR);
	CHECK(strcmp(get_opname(get_negator(INT4EQ_OPERATOR)), "<>") == 0);
	CHECK(op_strict(INT4EQ_OPERATOR) && op_volatile(INT4EQ_OPERATOR) == PROVOLATILE_IMMUTABLE);
	CHECK(get_cast_oid(INT4OID, INT8OID, false) != InvalidOid);
	CHECK(get_cast_oid(INT4OID, DATEOID, true) == InvalidOid);
	CHECK_ERROR(ERRCODE_UNDEFINED_OBJECT, "cast from type integer to type date does not exist",
				get_cast_oid(INT4OID, DATEOID, false));
	CHECK(strcmp(get_language_name(ClanguageId, false), "c") == 0);
	CHECK(get_language_name(4711, true) == NULL);
	CHECK(strcmp(format_procedure(INT4PL_OID), "int4pl(integer,integer)") == 0);
	CHECK(strcmp(format_procedure_qualified(SET_CONFIG_OID),
				 "pg_catalog.set_config(pg_catalog.text,pg_catalog.text,boolean)") == 0);
	CHECK(strcmp(format_procedure_qualified(INT4PL_OID), "pg_catalog.int4pl(integer,integer)") ==
		  0);
}

/*
 * Names
 */
CAPI_TEST(test_names)
{
	RangeVar *name = makeRangeVar(pstrdup("pg_catalog"), pstrdup("pg_class"), -1);
	List *names = stringToQualifiedNameList("pg_catalog.\"pg_class\"");
	char *schema, *object;
	Oid path[8];

	CHECK(RangeVarGetRelid(name, NoLock, false) == RelationRelationId);
	name->schemaname = NULL;
	CHECK(RangeVarGetRelid(name, NoLock, false) == RelationRelationId);
	name->relname = pstrdup("no_such_table");
	CHECK(RangeVarGetRelid(name, AccessShareLock, true) == InvalidOid);
	CHECK_ERROR(ERRCODE_UNDEFINED_TABLE, "relation \"no_such_table\" does not exist",
				RangeVarGetRelid(name, AccessShareLock, false));
	CHECK(list_length(names) == 2);
	DeconstructQualifiedName(names, &schema, &object);
	CHECK(strcmp(schema, "pg_catalog") == 0 && strcmp(object, "pg_class") == 0);
	CHECK(RangeVarGetRelid(makeRangeVarFromNameList(names), NoLock, false) == RelationRelationId);
	CHECK(strcmp(NameListToString(names), "pg_catalog.pg_class") == 0);
	CHECK(strcmp(NameListToQuotedString(names), "pg_catalog.pg_class") == 0);
	CHECK(strcmp(makeAlias("a", NIL)->aliasname, "a") == 0);

	CHECK(get_namespace_oid("public", false) == PG_PUBLIC_NAMESPACE);
	CHECK(LookupExplicitNamespace("pg_catalog", true) == PG_CATALOG_NAMESPACE);
	CHECK(LookupNamespaceNoError("nowhere") == InvalidOid);
	CHECK(LookupCreationNamespace("public") == PG_PUBLIC_NAMESPACE);
	CHECK_ERROR(ERRCODE_UNDEFINED_SCHEMA, "schema \"nowhere\" does not exist",
				get_namespace_oid("nowhere", false));
	CHECK(strcmp(get_namespace_name(PG_PUBLIC_NAMESPACE), "public") == 0);
	CHECK(get_namespace_name_or_temp(PG_CATALOG_NAMESPACE) != NULL);
	CHECK(RelnameGetRelid("pg_class") == RelationRelationId &&
		  RelationIsVisible(RelationRelationId));
	CHECK(TypenameGetTypid("int4") == INT4OID && TypeIsVisible(INT4OID));
	CHECK(TypenameGetTypidExtended("nosuchtype", false) == InvalidOid);
	CHECK(FunctionIsVisible(INT4PL_OID));
	CHECK(list_member_oid(fetch_search_path(false), PG_PUBLIC_NAMESPACE));
	CHECK(!list_member_oid(fetch_search_path(false), PG_CATALOG_NAMESPACE));
	CHECK(linitial_oid(fetch_search_path(true)) == PG_CATALOG_NAMESPACE);
	CHECK(fetch_search_path_array(path, 8) >= 2 && path[0] == PG_CATALOG_NAMESPACE);
	CHECK(strstr(namespace_search_path, "public") != NULL);
	CHECK(RangeVarGetCreationNamespace(name) == PG_PUBLIC_NAMESPACE);
	names = stringToQualifiedNameList("public.x");
	CHECK(QualifiedNameGetCreationNamespace(names, &object) == PG_PUBLIC_NAMESPACE);
	CHECK(!isTempNamespace(PG_PUBLIC_NAMESPACE) && !isAnyTempNamespace(PG_PUBLIC_NAMESPACE));
	CHECK(!isTempToastNamespace(PG_PUBLIC_NAMESPACE) && !isOtherTempNamespace(PG_PUBLIC_NAMESPACE));
	CHECK(!isTempOrTempToastNamespace(PG_PUBLIC_NAMESPACE));
}

CAPI_TEST(test_objects)
{
	ObjectAddress address;

	ObjectAddressSet(address, RelationRelationId, TypeRelationId);
	CHECK(address.objectSubId == 0 && InvalidObjectAddress.classId == InvalidOid);
	ObjectAddressSubSet(address, RelationRelationId, TypeRelationId, 3);
	CHECK(address.objectSubId == 3);
	CHECK(get_relkind_objtype(RELKIND_VIEW) == OBJECT_VIEW);
	CHECK(IsCatalogRelationOid(RelationRelationId) && !IsCatalogRelationOid(16384));
	CHECK(IsCatalogNamespace(PG_CATALOG_NAMESPACE) && IsSharedRelation(DatabaseRelationId));
	CHECK(!IsSharedRelation(RelationRelationId) && !IsToastNamespace(PG_CATALOG_NAMESPACE));
	CHECK(IsReservedName("pg_x") && !IsReservedName("x"));
	CHECK(IsPinnedObject(RelationRelationId, RelationRelationId));
	CHECK(!IsPinnedObject(NamespaceRelationId, PG_PUBLIC_NAMESPACE));
	CHECK(strcmp(get_tablespace_name(DEFAULTTABLESPACE_OID), "pg_default") == 0);
	CHECK(get_tablespace_oid("pg_global", false) == GLOBALTABLESPACE_OID);
	CHECK(get_tablespace_oid("nowhere", true) == InvalidOid);
	CHECK(GetDefaultTablespace(RELPERSISTENCE_PERMANENT, false) == InvalidOid);
	CHECK(get_extension_oid("no_such", true) == InvalidOid && get_extension_name(4711) == NULL);
	CHECK_ERROR(ERRCODE_UNDEFINED_OBJECT, "extension \"no_such\" does not exist",
				get_extension_oid("no_such", false));
	CHECK(!creating_extension && CurrentExtensionObject == InvalidOid);
}

CAPI_TEST(test_sequences)
{
	Oid sequence =
		DatumGetObjectId(DirectFunctionCall1(to_regclass, CStringGetTextDatum("capi_sequence")));
	int64 value = nextval_internal(sequence, true);

	CHECK(nextval_internal(sequence, false) == value + 1);
	CHECK(DatumGetInt64(DirectFunctionCall1(nextval_oid, ObjectIdGetDatum(sequence))) == value + 2);
	CHECK(DatumGetInt64(DirectFunctionCall1(currval_oid, ObjectIdGetDatum(sequence))) == value + 2);
	CHECK_ERROR(ERRCODE_WRONG_OBJECT_TYPE, "\"capi_rows\" is not a sequence",
				nextval_internal(DatumGetObjectId(DirectFunctionCall1(
									 to_regclass, CStringGetTextDatum("capi_rows"))),
								 true));
}

/*
 * Rights
 */
CAPI_TEST(test_rights)
{
	Oid me = GetUserId();
	bool is_missing = false;

	CHECK(superuser() && superuser_arg(me) && has_rolreplication(me));
	CHECK(pg_class_aclcheck(RelationRelationId, me, ACL_SELECT) == ACLCHECK_OK);
	CHECK_ERROR(ERRCODE_UNDEFINED_TABLE, "relation with OID 4711 does not exist",
				pg_class_aclcheck(4711, me, ACL_SELECT));
	CHECK(pg_class_aclcheck_ext(4711, me, ACL_SELECT, &is_missing) != ACLCHECK_OK && is_missing);
	CHECK(pg_class_aclmask(RelationRelationId, me, ACL_SELECT, ACLMASK_ALL) == ACL_SELECT);
	CHECK(pg_attribute_aclcheck(RelationRelationId, 1, me, ACL_SELECT) == ACLCHECK_OK);
	CHECK(pg_attribute_aclcheck_all(RelationRelationId, me, ACL_SELECT, ACLMASK_ANY) ==
		  ACLCHECK_OK);
	CHECK(pg_database_aclcheck(MyDatabaseId, me, ACL_ALL_RIGHTS_DATABASE) == ACLCHECK_OK);
	CHECK(pg_namespace_aclcheck(PG_PUBLIC_NAMESPACE, me, ACL_USAGE) == ACLCHECK_OK);
	CHECK(pg_proc_aclcheck(INT4PL_OID, me, ACL_EXECUTE) == ACLCHECK_OK);
	CHECK(pg_type_aclcheck(INT4OID, me, ACL_USAGE) == ACLCHECK_OK);
	CHECK(pg_tablespace_aclcheck(DEFAULTTABLESPACE_OID, me, ACL_CREATE) == ACLCHECK_OK);
	CHECK(pg_class_ownercheck(RelationRelationId, me) && pg_database_ownercheck(MyDatabaseId, me));
	CHECK(has_privs_of_role(me, me) && is_member_of_role(me, BOOTSTRAP_SUPERUSERID));
	CHECK(has_createrole_privilege(me) && has_bypassrls_privilege(me));
	check_is_member_of_role(me, BOOTSTRAP_SUPERUSERID);
	aclcheck_error(ACLCHECK_OK, OBJECT_TABLE, "x");
	CHECK_ERROR(ERRCODE_INSUFFICIENT_PRIVILEGE, "permission denied for table x",
				aclcheck_error(ACLCHECK_NO_PRIV, OBJECT_TABLE, "x"));
	CHECK_ERROR(ERRCODE_INSUFFICIENT_PRIVILEGE, "must be owner of schema x",
				aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_SCHEMA, "x"));
	CHECK_ERROR(ERRCODE_INSUFFICIENT_PRIVILEGE, "must be owner of relation x",
				aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_COLUMN, "x"));
	CHECK_ERROR(ERRCODE_INSUFFICIENT_PRIVILEGE,
				"permission denied for column \"c\" of relation \"t\"",
				aclcheck_error_col(ACLCHECK_NO_PRIV, OBJECT_COLUMN, "t", "c"));
	CHECK_ERROR(ERRCODE_INSUFFICIENT_PRIVILEGE, "permission denied for type integer",
				aclcheck_error_type(ACLCHECK_NO_PRIV, INT4ARRAYOID));
	CHECK(get_role_oid_or_public("public") == ACL_ID_PUBLIC);
	CHECK_ERROR(ERRCODE_UNDEFINED_OBJECT, "role \"nobody_at_all\" does not exist",
				get_role_oid("nobody_at_all", false));
}

/*
 * Open relations and scans. capi_catalog.sql makes the table.
 */
CAPI_TEST(test_becoming_a_role)
{
	Oid me = GetUserId();
	Oid other = get_role_oid("pg_monitor", false);
	Oid saved;
	int context;

	CHECK(GetCurrentRoleId() == InvalidOid);
	SetCurrentRoleId(other, false);
	CHECK(GetUserId() == other && GetOuterUserId() == other && GetSessionUserId() == me);
	CHECK(GetCurrentRoleId() == other && !superuser());
	CHECK(strcmp(GetConfigOption("is_superuser", false, false), "off") == 0);
	SetCurrentRoleId(InvalidOid, true);
	CHECK(GetUserId() == me && GetCurrentRoleId() == InvalidOid && superuser());
	CHECK(strcmp(GetConfigOption("is_superuser", false, false), "on") == 0);
	SetSessionAuthorization(other, false);
	CHECK(GetSessionUserId() == other && GetAuthenticatedUserId() == me);
	SetSessionAuthorization(me, true);
	CHECK(GetUserId() == me);

	GetUserIdAndSecContext(&saved, &context);
	SetUserIdAndSecContext(other, context | SECURITY_LOCAL_USERID_CHANGE);
	CHECK(InLocalUserIdChange() && !InSecurityRestrictedOperation() && !InNoForceRLSOperation());
	SetUserIdAndSecContext(saved, context);
	CHECK(!InLocalUserIdChange());
}

CAPI_TEST(test_open_relations)
{
	Relation relation = table_open(RelationRelationId, AccessShareLock);
	RangeVar *name = makeRangeVar(NULL, pstrdup("capi_rows"), -1);
	Relation mine, index;

	CHECK(RelationGetRelid(relation) == RelationRelationId && RelationIsValid(relation));
	CHECK(strcmp(RelationGetRelationName(relation), "pg_class") == 0);
	CHECK(RelationGetDescr(relation)->natts == Natts_pg_class);
	CHECK(RelationGetNamespace(relation) == PG_CATALOG_NAMESPACE);
	CHECK(RelationGetForm(relation)->relkind == RELKIND_RELATION);
	CHECK(IsCatalogRelation(relation) && IsSystemRelation(relation) && !IsToastRelation(relation));
	CHECK(RelationIsPermanent(relation) && RelationIsPopulated(relation));
	CHECK(CheckRelationLockedByMe(relation, AccessShareLock, false));
	table_close(relation, AccessShareLock);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "could not open relation with OID 4711",
				relation_open(4711, AccessShareLock));
	CHECK(try_relation_open(4711, AccessShareLock) == NULL && try_table_open(4711, NoLock) == NULL);
	CHECK(RelationIdGetRelation(4711) == NULL);

	mine = table_openrv(name, RowExclusiveLock);
	CHECK(RelationGetDescr(mine)->natts == 2 && RelationGetNumberOfAttributes(mine) == 2);
	CHECK(strcmp(NameStr(TupleDescAttr(RelationGetDescr(mine), 1)->attname), "name") == 0);
	CHECK(list_length(RelationGetIndexList(mine)) == 2);
	CHECK(RelationGetPrimaryKeyIndex(mine) != InvalidOid);
	CHECK(RelationGetReplicaIndex(mine) == RelationGetPrimaryKeyIndex(mine));
	LockRelation(mine, ShareLock);
	CHECK(ConditionalLockRelation(mine, ShareLock) && !LockHasWaitersRelation(mine, ShareLock));
	UnlockRelation(mine, ShareLock);
	UnlockRelation(mine, ShareLock);
	index = index_open(get_relname_relid("capi_rows_name", PG_PUBLIC_NAMESPACE), AccessShareLock);
	CHECK(index->rd_index->indrelid == RelationGetRelid(mine));
	CHECK(index->rd_opfamily == NULL && index->rd_opcintype == NULL);
	CHECK(mine->rd_replidindex == RelationGetReplicaIndex(mine));
	CHECK(IndexRelationGetNumberOfKeyAttributes(index) == 1);
	CHECK(IndexRelationGetNumberOfAttributes(index) == 1);
	CHECK_ERROR(ERRCODE_WRONG_OBJECT_TYPE, "cannot open relation \"capi_rows_name\"",
				table_open(RelationGetRelid(index), NoLock));
	index_close(index, AccessShareLock);
	table_close(mine, NoLock);
	name->relname = pstrdup("no_such_table");
	CHECK(table_openrv_extended(name, NoLock, true) == NULL);
	CHECK(relation_openrv_extended(name, NoLock, true) == NULL);
	CHECK_ERROR(ERRCODE_UNDEFINED_TABLE, "relation \"no_such_table\" does not exist",
				relation_openrv(name, NoLock));
}

CAPI_TEST(test_catalog_scan)
{
	Relation relation = table_open(NamespaceRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple tuple;

	ScanKeyInit(&key, Anum_pg_namespace_nspname, BTEqualStrategyNumber, F_NAMEEQ,
				CStringGetDatum("public"));
	scan = systable_beginscan(relation, NamespaceNameIndexId, true, NULL, 1, &key);
	tuple = systable_getnext(scan);
	CHECK(HeapTupleIsValid(tuple) && systable_recheck_tuple(scan, tuple));
	CHECK(((Form_pg_namespace) GETSTRUCT(tuple))->oid == PG_PUBLIC_NAMESPACE);
	CHECK(tuple->t_tableOid == NamespaceRelationId);
	CHECK(systable_getnext(scan) == NULL);
	systable_endscan(scan);

	ScanKeyInit(&key, Anum_pg_namespace_oid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(4711));
	scan = systable_beginscan(relation, NamespaceOidIndexId, true, NULL, 1, &key);
	CHECK(systable_getnext(scan) == NULL);
	systable_endscan(scan);
	ScanKeyInit(&key, Anum_pg_namespace_oid, BTEqualStrategyNumber, F_INT4PL, ObjectIdGetDatum(1));
	CHECK_ERROR(ERRCODE_FEATURE_NOT_SUPPORTED, "a scan key with function 177",
				systable_beginscan(relation, InvalidOid, false, NULL, 1, &key));
	table_close(relation, AccessShareLock);
}

static int
sum_of_rows(Relation relation, int nkeys, ScanKey keys)
{
	TableScanDesc scan = table_beginscan(relation, NULL, nkeys, keys);
	HeapTuple tuple;
	int sum = 0;

	while ((tuple = heap_getnext(scan, ForwardScanDirection)) != NULL)
	{
		bool isnull;

		sum += DatumGetInt32(heap_getattr(tuple, 1, RelationGetDescr(relation), &isnull));
	}
	table_endscan(scan);
	return sum;
}

CAPI_TEST(test_rows_of_a_table)
{
	Relation relation =
		table_openrv(makeRangeVar(NULL, pstrdup("capi_rows"), -1), RowExclusiveLock);
	Datum values[2];
	bool nulls[2] = {false, false};
	HeapTuple one, two, ten;
	ScanKeyData key;
	TableScanDesc scan;

	values[0] = Int32GetDatum(1);
	values[1] = CStringGetTextDatum("one");
	one = heap_form_tuple(RelationGetDescr(relation), values, nulls);
	simple_heap_insert(relation, one);
	CHECK(ItemPointerIsValid(&one->t_self));
	values[0] = Int32GetDatum(2);
	values[1] = CStringGetTextDatum("two");
	two = heap_form_tuple(RelationGetDescr(relation), values, nulls);
	CatalogTupleInsertWithInfo(relation, two, CatalogOpenIndexes(relation));
	CHECK(sum_of_rows(relation, 0, NULL) == 3);
	ScanKeyInit(&key, 2, BTEqualStrategyNumber, F_TEXTEQ, CStringGetTextDatum("two"));
	CHECK(sum_of_rows(relation, 1, &key) == 2);
	ScanKeyInit(&key, 1, BTLessStrategyNumber, F_INT4LT, Int32GetDatum(2));
	CHECK(sum_of_rows(relation, 1, &key) == 1);

	values[0] = Int32GetDatum(10);
	ten = heap_form_tuple(RelationGetDescr(relation), values, nulls);
	simple_heap_update(relation, &one->t_self, ten);
	CHECK(sum_of_rows(relation, 0, NULL) == 12);
	scan = table_beginscan_catalog(relation, 0, NULL);
	CatalogTupleDelete(relation, &two->t_self);
	CHECK(heap_getnext(scan, ForwardScanDirection) != NULL);
	table_rescan(scan, NULL);
	CHECK(heap_getnext(scan, ForwardScanDirection) != NULL);
	CHECK(heap_getnext(scan, ForwardScanDirection) == NULL);
	heap_endscan(scan);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "tuple concurrently deleted",
				simple_heap_delete(relation, &two->t_self));
	CatalogTupleUpdate(relation, &ten->t_self, ten);
	simple_heap_delete(relation, &ten->t_self);
	CHECK(sum_of_rows(relation, 0, NULL) == 0);
	table_close(relation, RowExclusiveLock);

	relation = table_open(RelationRelationId, AccessShareLock);
	CHECK_ERROR(ERRCODE_FEATURE_NOT_SUPPORTED, "\"pg_class\"",
				simple_heap_delete(relation, &one->t_self));
	table_close(relation, AccessShareLock);
}

/*
 * Locks
 */
CAPI_TEST(test_lock_counts)
{
	LOCKTAG tag;
	StringInfoData text;

	SET_LOCKTAG_ADVISORY(tag, MyDatabaseId, 0, 4711, 1);
	CHECK(LockAcquire(&tag, ExclusiveLock, false, false) == LOCKACQUIRE_OK);
	CHECK(LockAcquire(&tag, ExclusiveLock, true, true) == LOCKACQUIRE_ALREADY_HELD);
	CHECK(LockHeldByMe(&tag, ExclusiveLock));
	CHECK(!LockHasWaiters(&tag, ExclusiveLock, true) && LockWaiterCount(&tag) == 0);
	CHECK(LockRelease(&tag, ExclusiveLock, true));
	CHECK(LockRelease(&tag, ExclusiveLock, false));
	CHECK(!LockRelease(&tag, ExclusiveLock, false));
	LockReleaseSession(USER_LOCKMETHOD);

	initStringInfo(&text);
	DescribeLockTag(&text, &tag);
	CHECK(strstr(text.data, "advisory lock [") == text.data);
	CHECK(strcmp(GetLockmodeName(DEFAULT_LOCKMETHOD, ShareLock), "ShareLock") == 0);
	CHECK(strcmp(GetLockNameFromTagType(LOCKTAG_TUPLE), "tuple") == 0);
	CHECK(strcmp(LockTagTypeNames[LOCKTAG_LAST_TYPE], "advisory") == 0);
	CHECK(DoLockModesConflict(RowExclusiveLock, ShareLock));
	CHECK(!DoLockModesConflict(AccessShareLock, ExclusiveLock));
	CHECK(LockTagHashCode(&tag) == LockTagHashCode(&tag) && max_locks_per_xact >= 10);
}

CAPI_TEST(test_relation_locks)
{
	LockData *locks;
	int i, found = 0;

	LockRelationOid(TypeRelationId, ShareLock);
	CHECK(ConditionalLockRelationOid(TypeRelationId, AccessExclusiveLock));
	CHECK(CheckRelationOidLockedByMe(TypeRelationId, RowExclusiveLock, true));
	locks = GetLockStatusData();
	for (i = 0; i < locks->nelements; i++)
		if (locks->locks[i].pid == MyProcPid &&
			locks->locks[i].locktag.locktag_type == LOCKTAG_RELATION &&
			locks->locks[i].locktag.locktag_field2 == TypeRelationId)
			found |= locks->locks[i].holdMask;
	CHECK((found & LOCKBIT_ON(ShareLock)) && (found & LOCKBIT_ON(AccessExclusiveLock)));
	UnlockRelationOid(TypeRelationId, ShareLock);
	UnlockRelationOid(TypeRelationId, AccessExclusiveLock);
	LockDatabaseObject(ProcedureRelationId, INT4PL_OID, 0, AccessShareLock);
	CHECK(ConditionalLockDatabaseObject(ProcedureRelationId, INT4PL_OID, 0, AccessShareLock));
	UnlockDatabaseObject(ProcedureRelationId, INT4PL_OID, 0, AccessShareLock);
	UnlockDatabaseObject(ProcedureRelationId, INT4PL_OID, 0, AccessShareLock);
	LockSharedObject(DatabaseRelationId, MyDatabaseId, 0, RowShareLock);
	UnlockSharedObject(DatabaseRelationId, MyDatabaseId, 0, RowShareLock);
	LockSharedObjectForSession(DatabaseRelationId, 4711, 0, RowShareLock);
	UnlockSharedObjectForSession(DatabaseRelationId, 4711, 0, RowShareLock);
}

/*
 * Other processes
 */
CAPI_TEST(test_backend_snapshot)
{
	bool found = false;
	int i, count;

	pgstat_clear_snapshot();
	count = pgstat_fetch_stat_numbackends();
	CHECK(count >= 1);
	for (i = 1; i <= count; i++)
	{
		LocalPgBackendStatus *local = pgstat_fetch_stat_local_beentry(i);
		PgBackendStatus *entry = pgstat_fetch_stat_beentry(i);

		CHECK(entry == &local->backendStatus);
		if (entry->st_procpid != MyProcPid)
			continue;
		found = true;
		CHECK(entry->st_backendType == B_BACKEND && entry->st_databaseid == MyDatabaseId);
		CHECK(entry->st_userid == GetUserId() && entry->st_state == STATE_RUNNING);
		CHECK(strstr(pgstat_clip_activity(entry->st_activity_raw), "test_backend_snapshot") !=
			  NULL);
		CHECK(entry->st_appname != NULL && entry->st_clientaddr.salen > 0);
		CHECK(entry->st_proc_start_timestamp <= entry->st_activity_start_timestamp);
	}
	CHECK(found);
	CHECK(strstr(pgstat_get_backend_current_activity(MyProcPid, true), "test_backend") != NULL);
	CHECK(pgstat_fetch_stat_beentry(0) == NULL);
	pgstat_clear_backend_activity_snapshot();
}

CAPI_TEST(test_process_walk)
{
	PGPROC *mine = BackendPidGetProc(MyProcPid);
	bool found = false;
	uint32 i;

	CHECK(mine == MyProc && mine->databaseId == MyDatabaseId && mine->roleId == GetUserId());
	for (i = 0; i < ProcGlobal->allProcCount; i++)
		found = found || (ProcGlobal->allProcs[i].pid == MyProcPid &&
						  GetPGProcByNumber(i) == &ProcGlobal->allProcs[i]);
	CHECK(found);
	CHECK(mine->lockGroupLeader == NULL && IsBackendPid(MyProcPid));
	CHECK(BackendPidGetProcWithLock(MyProcPid) == mine && AuxiliaryPidGetProc(MyProcPid) == NULL);
	CHECK(CountDBBackends(MyDatabaseId) >= 1 && CountDBConnections(MyDatabaseId) >= 1);
	CHECK(CountUserBackends(GetUserId()) >= 1 && MinimumActiveBackends(0));
}
