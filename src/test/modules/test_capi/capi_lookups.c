/*
 * capi_lookups.c
 *		Look-ups in catalogs: caches with several keys, small questions, news of changes, open relations, snapshots.
 */
#include "capi.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/pg_class.h"
#include "catalog/pg_collation_d.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/catcache.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/sortsupport.h"
#include "utils/syscache.h"

#define INT4PL_OID 177
#define INT4EQ_OPERATOR 96
#define INT4_BTREE_OPCLASS 1978

/* The one value of the query's one row. */
static Oid
queried_oid(const char *query)
{
	bool isnull = true;
	Oid result;

	SPI_connect();
	CHECK(SPI_execute(query, true, 1) == SPI_OK_SELECT && SPI_processed == 1);
	result =
		DatumGetObjectId(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull));
	CHECK(!isnull);
	SPI_finish();
	return result;
}

/* ---- System caches ---- */

/* The four keys of OPERNAMENSP, and the three of PROCNAMEARGSNSP. */
#define EQUALS CStringGetDatum("=")
#define INT4_TYPE ObjectIdGetDatum(INT4OID)
#define PG_CATALOG ObjectIdGetDatum(PG_CATALOG_NAMESPACE)
#define PLUS CStringGetDatum("int4pl")

static Datum
two_ints(void)
{
	HeapTuple tuple = SearchSysCache(PROCOID, ObjectIdGetDatum(INT4PL_OID), 0, 0, 0);
	oidvector *args = &((Form_pg_proc) GETSTRUCT(tuple))->proargtypes;
	Datum copy = PointerGetDatum(memcpy(palloc(VARSIZE(args)), args, VARSIZE(args)));

	ReleaseSysCache(tuple);
	return copy;
}

CAPI_TEST(test_caches_with_several_keys)
{
	const Datum args = two_ints();
	HeapTuple found[3];
	int i;

	found[0] = SearchSysCacheCopy3(PROCNAMEARGSNSP, PLUS, args, PG_CATALOG);
	found[1] = SearchSysCacheCopy(PROCOID, ObjectIdGetDatum(INT4PL_OID), 0, 0, 0);
	found[2] = SearchSysCacheCopy4(OPERNAMENSP, EQUALS, INT4_TYPE, INT4_TYPE, PG_CATALOG);
	for (i = 0; i < 3; i++)
		CHECK(HeapTupleIsValid(found[i]));
	CHECK(((Form_pg_proc) GETSTRUCT(found[0]))->oid == INT4PL_OID);
	CHECK(((Form_pg_operator) GETSTRUCT(found[2]))->oid == INT4EQ_OPERATOR);
	for (i = 0; i < 3; i++)
		heap_freetuple(found[i]); /* they are copies */
	CHECK(SearchSysCacheCopy2(RELNAMENSP, CStringGetDatum("no_such"), PG_CATALOG) == NULL);

	CHECK(SearchSysCacheExists(PROCOID, ObjectIdGetDatum(INT4PL_OID), 0, 0, 0));
	CHECK(SearchSysCacheExists3(PROCNAMEARGSNSP, PLUS, args, PG_CATALOG));
	CHECK(SearchSysCacheExists4(OPERNAMENSP, EQUALS, INT4_TYPE, INT4_TYPE, PG_CATALOG));
	CHECK(!SearchSysCacheExists4(OPERNAMENSP, EQUALS, INT4_TYPE, INT4_TYPE,
								 ObjectIdGetDatum(PG_PUBLIC_NAMESPACE)));

	CHECK(GetSysCacheOid(RELNAMENSP, Anum_pg_class_oid, CStringGetDatum("pg_type"), PG_CATALOG, 0,
						 0) == TypeRelationId);
	CHECK(GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid, PLUS, args, PG_CATALOG) == INT4PL_OID);
	CHECK(GetSysCacheOid4(OPERNAMENSP, Anum_pg_operator_oid, EQUALS, INT4_TYPE, INT4_TYPE,
						  PG_CATALOG) == INT4EQ_OPERATOR);
}

CAPI_TEST(test_lists_of_caches)
{
	const Datum args = two_ints();
	CatCList *lists[4];
	int i, j;

	lists[0] = SearchSysCacheList(PROCNAMEARGSNSP, 1, PLUS, 0, 0);
	lists[1] = SearchSysCacheList2(PROCNAMEARGSNSP, PLUS, args);
	lists[2] = SearchSysCacheList2(OPERNAMENSP, EQUALS, INT4_TYPE);
	lists[3] = SearchSysCacheList3(OPERNAMENSP, EQUALS, INT4_TYPE, INT4_TYPE);
	CHECK(lists[0]->n_members == 1 && lists[1]->n_members == 1);
	CHECK(lists[2]->n_members == 3 && lists[3]->n_members == 1); /* int4 = int2, int4, int8 */
	for (i = 0; i < 4; i++)
	{
		bool found = false;

		for (j = 0; j < lists[i]->n_members; j++)
		{
			HeapTuple tuple = &lists[i]->members[j]->tuple;

			found =
				found || (i < 2 ? ((Form_pg_proc) GETSTRUCT(tuple))->oid == INT4PL_OID
								: ((Form_pg_operator) GETSTRUCT(tuple))->oid == INT4EQ_OPERATOR);
		}
		CHECK(found);
		ReleaseSysCacheList(lists[i]);
	}
}

CAPI_TEST(test_hash_values_of_caches)
{
	const Datum args = two_ints();
	const Datum oid = ObjectIdGetDatum(INT4PL_OID);

	CHECK(GetSysCacheHashValue(PROCOID, oid, 0, 0, 0) == GetSysCacheHashValue1(PROCOID, oid));
	CHECK(GetSysCacheHashValue1(PROCOID, oid) !=
		  GetSysCacheHashValue1(PROCOID, ObjectIdGetDatum(4711)));
	CHECK(GetSysCacheHashValue2(RELNAMENSP, PLUS, PG_CATALOG) ==
		  GetSysCacheHashValue2(RELNAMENSP, PLUS, PG_CATALOG));
	CHECK(GetSysCacheHashValue2(RELNAMENSP, PLUS, PG_CATALOG) !=
		  GetSysCacheHashValue2(RELNAMENSP, EQUALS, PG_CATALOG));
	CHECK(GetSysCacheHashValue3(PROCNAMEARGSNSP, PLUS, args, PG_CATALOG) ==
		  GetSysCacheHashValue3(PROCNAMEARGSNSP, PLUS, two_ints(), PG_CATALOG));
	CHECK(GetSysCacheHashValue4(OPERNAMENSP, EQUALS, INT4_TYPE, INT4_TYPE, PG_CATALOG) !=
		  GetSysCacheHashValue4(OPERNAMENSP, EQUALS, INT4_TYPE, INT4_TYPE, oid));
}

/* ---- Small questions ---- */

CAPI_TEST(test_small_questions)
{
	const Oid constraint = queried_oid(
		"SELECT oid FROM pg_constraint WHERE conrelid = 'capi_rows'::regclass AND contype = 'p'");
	const Oid index = get_relname_relid("capi_rows_pkey", PG_PUBLIC_NAMESPACE);
	const Oid table = get_relname_relid("capi_rows", PG_PUBLIC_NAMESPACE);
	HeapTuple types[2];

	CHECK(strcmp(get_constraint_name(constraint), "capi_rows_pkey") == 0);
	CHECK(get_constraint_index(constraint) == index && index != InvalidOid);
	CHECK(get_constraint_name(4711) == NULL && get_constraint_index(4711) == InvalidOid);
	CHECK(get_index_isvalid(index) && !get_index_isclustered(index) &&
		  !get_index_isreplident(index));
	CHECK(get_typ_typrelid(get_rel_type_id(table)) == table &&
		  get_rel_type_id(index) == InvalidOid);
	CHECK(strcmp(get_collation_name(C_COLLATION_OID), "C") == 0 &&
		  get_collation_name(4711) == NULL);
	CHECK(get_collation_isdeterministic(C_COLLATION_OID));

	types[0] = SearchSysCache1(TYPEOID, ObjectIdGetDatum(INT4ARRAYOID));
	types[1] = SearchSysCache1(TYPEOID, ObjectIdGetDatum(INT4OID));
	CHECK(getTypeIOParam(types[0]) == INT4OID && getTypeIOParam(types[1]) == INT4OID);
	ReleaseSysCache(types[0]);
	ReleaseSysCache(types[1]);

	CHECK_ERROR(ERRCODE_FEATURE_NOT_SUPPORTED, "not supported",
				(void) get_opclass_family(INT4_BTREE_OPCLASS));
	CHECK_ERROR(ERRCODE_FEATURE_NOT_SUPPORTED, "not supported",
				(void) get_opclass_input_type(INT4_BTREE_OPCLASS));
}

/* ---- News of changes ---- */

static int relcache_news, syscache_news;

static void
hear_of_relation(Datum arg, Oid relid)
{
	(void) relid;
	relcache_news += DatumGetInt32(arg);
}

static void
hear_of_type(Datum arg, int cacheid, uint32 hashvalue)
{
	(void) hashvalue;
	if (cacheid == TYPEOID)
		syscache_news += DatumGetInt32(arg);
}

/* Callbacks are called at once, or as in PostgreSQL at the end of the command. */
static bool
heard_of(int *news)
{
	int count;

	(void) GetCurrentCommandId(true);
	CommandCounterIncrement();
	AcceptInvalidationMessages();
	count = *news;
	*news = 0;
	return count > 0;
}

CAPI_TEST(test_news_of_changes)
{
	Relation relation = table_open(TypeRelationId, AccessShareLock);
	HeapTuple of_class = SearchSysCacheCopy1(RELOID, ObjectIdGetDatum(TypeRelationId));
	HeapTuple of_type = SearchSysCacheCopy1(TYPEOID, ObjectIdGetDatum(INT4OID));

	CacheRegisterRelcacheCallback(hear_of_relation, Int32GetDatum(1));
	CacheRegisterSyscacheCallback(TYPEOID, hear_of_type, Int32GetDatum(1));
	CallSyscacheCallbacks(TYPEOID, 7);
	CHECK(syscache_news == 1);
	CallSyscacheCallbacks(RELOID, 7);
	CHECK(syscache_news == 1);

	relcache_news = 0;
	CacheInvalidateRelcache(relation);
	CHECK(heard_of(&relcache_news));
	CacheInvalidateRelcacheByTuple(of_class);
	CHECK(heard_of(&relcache_news));
	CacheInvalidateRelcacheAll();
	CHECK(heard_of(&relcache_news));
	syscache_news = 0;
	CacheInvalidateHeapTuple(relation, of_type, NULL);
	CHECK(heard_of(&syscache_news));
	CacheInvalidateCatalog(TypeRelationId);
	CHECK(heard_of(&syscache_news));
	table_close(relation, AccessShareLock);
}

/* ---- Open relations ---- */

CAPI_TEST(test_where_relations_are)
{
	Relation relation =
		table_open(get_relname_relid("capi_rows", PG_PUBLIC_NAMESPACE), AccessShareLock);
	Relation again = RelationIdGetRelation(RelationGetRelid(relation));

	CHECK(criticalRelcachesBuilt && criticalSharedRelcachesBuilt);
	CHECK(!RelationHasReferenceCountZero(relation));
	CHECK(RelationGetRelid(again) == RelationGetRelid(relation));
	RelationClose(again);
	RelationCloseSmgrByOid(RelationGetRelid(relation));
	CHECK(!RelationIsMapped(relation) && RelationIsScannable(relation) &&
		  RelationNeedsWAL(relation));
	CHECK(!RelationUsesLocalBuffers(relation) && !RELATION_IS_LOCAL(relation) &&
		  !RELATION_IS_OTHER_TEMP(relation));
	CHECK_ERROR(ERRCODE_FEATURE_NOT_SUPPORTED, "not supported", RelationOpenSmgr(relation));
	table_close(relation, AccessShareLock);

	relation = table_open(queried_oid("SELECT capi_make_temporary()"), AccessShareLock);
	CHECK(RelationUsesLocalBuffers(relation) && RELATION_IS_LOCAL(relation) &&
		  !RELATION_IS_OTHER_TEMP(relation));
	CHECK(!RelationNeedsWAL(relation));
	table_close(relation, AccessShareLock);
}

/* ---- Snapshots, order ---- */

CAPI_TEST(test_snapshots)
{
	Snapshot outer, kept;

	PushActiveSnapshot(GetTransactionSnapshot());
	outer = GetActiveSnapshot();
	kept = RegisterSnapshot(GetLatestSnapshot());
	CHECK(outer != NULL && kept != NULL);
	PushCopiedSnapshot(kept);
	CHECK(GetActiveSnapshot() != outer);
	UpdateActiveSnapshotCommandId();
	PopActiveSnapshot();
	CHECK(GetActiveSnapshot() == outer);
	PopActiveSnapshot();
	UnregisterSnapshot(kept);
	InvalidateCatalogSnapshotConditionally();
	CHECK(TransactionIdIsNormal(TransactionXmin) && TransactionIdIsNormal(RecentXmin));
	CHECK(SnapshotAny == &SnapshotAnyData);
}

static int
compare_ints(Datum x, Datum y, SortSupport ssup)
{
	const int32 left = DatumGetInt32(x);
	const int32 right = DatumGetInt32(y);

	(void) ssup;
	return (left > right) - (left < right);
}

CAPI_TEST(test_order_of_values)
{
	SortSupportData ssup;

	memset(&ssup, 0, sizeof(ssup));
	ssup.comparator = compare_ints;
	CHECK(ApplySortComparator(Int32GetDatum(1), false, Int32GetDatum(2), false, &ssup) < 0);
	CHECK(ApplySortComparator(Int32GetDatum(1), false, 0, true, &ssup) < 0);
	CHECK(ApplySortComparator(0, true, 0, true, &ssup) == 0);
	ssup.ssup_nulls_first = true;
	CHECK(ApplySortComparator(Int32GetDatum(1), false, 0, true, &ssup) > 0);
	ssup.ssup_reverse = true;
	CHECK(ApplySortComparator(Int32GetDatum(1), false, Int32GetDatum(2), false, &ssup) > 0);
	CHECK(ApplySortComparator(0, true, Int32GetDatum(2), false, &ssup) < 0);
}
