/*
 * capi_tuples.c
 *		Tuples as memory: headers, data column by column; rows of tables by the older names; codes of catalogs.
 */
#include "capi.h"

#include "access/genam.h"
#include "access/heapam.h"
#include "access/heaptoast.h"
#include "access/htup_details.h"
#include "access/sysattr.h"
#include "access/tupmacs.h"
#include "catalog/catalog.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/pg_aggregate_d.h"
#include "catalog/pg_class.h"
#include "catalog/pg_collation_d.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_opfamily_d.h"
#include "catalog/pg_type.h"
#include "commands/extension.h"
#include "commands/tablecmds.h"
#include "commands/vacuum.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/rel.h"
#include "utils/syscache.h"

/* ---- A tuple of all alignments ---- */

#define COLUMNS 5

typedef struct Row
{
	TupleDesc desc;
	Datum values[COLUMNS];
	bool nulls[COLUMNS];
	HeapTuple tuple;
} Row;

static Row
mixed_row(bool with_null)
{
	const Oid types[COLUMNS] = {BOOLOID, INT8OID, TEXTOID, INT2OID, FLOAT4OID};
	Row row;

	row.desc = CreateTemplateTupleDesc(COLUMNS);
	for (int i = 0; i < COLUMNS; i++)
	{
		TupleDescInitEntry(row.desc, (AttrNumber) (i + 1), psprintf("c%d", i + 1), types[i], -1, 0);
		row.nulls[i] = with_null && i == 1;
	}
	row.values[0] = BoolGetDatum(true);
	row.values[1] = Int64GetDatum(INT64CONST(1) << 40);
	row.values[2] = CStringGetTextDatum("some words");
	row.values[3] = Int16GetDatum(-7);
	row.values[4] = Float4GetDatum(0.5f);
	row.tuple = heap_form_tuple(row.desc, row.values, row.nulls);
	return row;
}

static bool
same_value(const Row *row, int column, Datum value)
{
	if (TupleDescAttr(row->desc, column)->attbyval)
		return value == row->values[column];
	return strcmp(TextDatumGetCString(value), TextDatumGetCString(row->values[column])) == 0;
}

CAPI_TEST(test_columns_of_a_tuple)
{
	for (int with_null = 0; with_null < 2; with_null++)
	{
		Row row = mixed_row(with_null != 0);
		bool isnull;

		CHECK(HeapTupleHasNulls(row.tuple) == (with_null != 0));
		CHECK(HeapTupleNoNulls(row.tuple) == (with_null == 0));
		for (int i = 0; i < COLUMNS; i++)
		{
			const Datum value = fastgetattr(row.tuple, i + 1, row.desc, &isnull);

			CHECK(isnull == row.nulls[i] && (isnull || same_value(&row, i, value)));
			CHECK(isnull || nocachegetattr(row.tuple, i + 1, row.desc) == value);
			if (with_null)
				CHECK(att_isnull(i, row.tuple->t_data->t_bits) == row.nulls[i]);
		}
		(void) getmissingattr(row.desc, 1, &isnull);
		CHECK(isnull);
	}
}

/* Reads the data as heap_deform_tuple does, and writes the same data by hand. */
CAPI_TEST(test_walk_through_the_data)
{
	Row row = mixed_row(false);
	const char *data = (char *) row.tuple->t_data + row.tuple->t_data->t_hoff;
	const Size size = heap_compute_data_size(row.desc, row.values, row.nulls);
	char *made = (char *) palloc0(size + 8);
	uintptr_t read = 0, written = 0;

	for (int i = 0; i < COLUMNS; i++)
	{
		Form_pg_attribute column = TupleDescAttr(row.desc, i);
		Datum value;

		read = att_align_pointer(read, column->attalign, column->attlen, data + read);
		value = fetchatt(column, data + read);
		CHECK(same_value(&row, i, value));
		CHECK(fetch_att(data + read, column->attbyval, column->attlen) == value);

		written = att_align_datum(written, column->attalign, column->attlen, value);
		if (column->attbyval)
			store_att_byval(made + written, value, column->attlen);
		else
			memcpy(made + written, DatumGetPointer(value), VARSIZE_ANY(DatumGetPointer(value)));
		written = att_addlength_datum(written, column->attlen, value);
		read = att_addlength_pointer(read, column->attlen, data + read);
		CHECK(read == written);
	}
	CHECK(read == size && memcmp(made, data, size) == 0);
	CHECK(att_align_nominal(9, TYPALIGN_CHAR) == 9 && att_align_nominal(9, TYPALIGN_SHORT) == 10);
	CHECK(att_align_nominal(9, TYPALIGN_INT) == 12 && att_align_nominal(9, TYPALIGN_DOUBLE) == 16);
	CHECK(att_addlength_pointer(5, -2, "word") == 10);
}

CAPI_TEST(test_headers_of_tuples)
{
	Row row = mixed_row(false), fixed;
	HeapTupleHeader header = row.tuple->t_data;
	Oid type = INT4OID;
	Datum number = Int32GetDatum(1);
	bool not_null = false;

	CHECK(HeapTupleHeaderGetNatts(header) == COLUMNS && HeapTupleHasVarWidth(row.tuple));
	CHECK(!HeapTupleAllFixed(row.tuple) && !HeapTupleHasExternal(row.tuple));
	CHECK(!HeapTupleIsHeapOnly(row.tuple));
	header->t_infomask2 |= HEAP_ONLY_TUPLE;
	CHECK(HeapTupleIsHeapOnly(row.tuple) && HeapTupleHeaderIsHeapOnly(header));
	HeapTupleHeaderSetNatts(header, 3);
	CHECK(HeapTupleHeaderGetNatts(header) == 3 && HeapTupleHeaderIsHeapOnly(header));

	fixed.desc = CreateTemplateTupleDesc(1);
	TupleDescInitEntry(fixed.desc, 1, "one", type, -1, 0);
	fixed.tuple = heap_form_tuple(fixed.desc, &number, &not_null);
	CHECK(HeapTupleAllFixed(fixed.tuple) && !HeapTupleHasVarWidth(fixed.tuple));
	header = fixed.tuple->t_data;
	HeapTupleHeaderSetDatumLength(header, fixed.tuple->t_len);
	HeapTupleHeaderSetTypeId(header, RECORDOID);
	HeapTupleHeaderSetTypMod(header, 12);
	CHECK(HeapTupleHeaderGetDatumLength(header) == fixed.tuple->t_len);
	CHECK(HeapTupleHeaderGetTypeId(header) == RECORDOID && HeapTupleHeaderGetTypMod(header) == 12);
	CHECK(BITMAPLEN(0) == 0 && BITMAPLEN(8) == 1 && BITMAPLEN(9) == 2);
}

CAPI_TEST(test_copies_of_tuples)
{
	Row row = mixed_row(true);
	HeapTuple copy = heap_copytuple(row.tuple);
	HeapTuple flat = toast_flatten_tuple(row.tuple, row.desc);
	HeapTupleHeader value;
	TupleDesc desc;
	bool replace[COLUMNS] = {false, true, false, false, false};
	bool isnull;

	CHECK(copy != row.tuple && copy->t_len == row.tuple->t_len);
	CHECK(memcmp(copy->t_data, row.tuple->t_data, copy->t_len) == 0);
	CHECK(same_value(&row, 2, fastgetattr(flat, 3, row.desc, &isnull)) && flat != row.tuple);
	CHECK(heap_copytuple(NULL) == NULL);

	row.nulls[1] = false;
	copy = heap_modify_tuple(row.tuple, row.desc, row.values, row.nulls, replace);
	for (int i = 0; i < COLUMNS; i++)
		CHECK(same_value(&row, i, fastgetattr(copy, i + 1, row.desc, &isnull)) && !isnull);

	value = (HeapTupleHeader) DatumGetPointer(heap_copy_tuple_as_datum(copy, row.desc));
	CHECK(HeapTupleHeaderGetDatumLength(value) == copy->t_len);
	CHECK(HeapTupleHeaderGetTypeId(value) == RECORDOID && HeapTupleHeaderGetTypMod(value) == -1);

	TupleDescAttr(row.desc, 0)->attnotnull = true;
	desc = CreateTupleDescCopy(row.desc);
	CHECK(desc->natts == COLUMNS && !TupleDescAttr(desc, 0)->attnotnull && desc->constr == NULL);
	TupleDescAttr(row.desc, 0)->attnotnull = false;
	CHECK(equalTupleDescs(row.desc, desc));

	copy->t_tableOid = 4711;
	ItemPointerSet(&copy->t_self, 3, 4);
	CHECK(DatumGetObjectId(heap_getsysattr(copy, TableOidAttributeNumber, desc, &isnull)) == 4711);
	CHECK(DatumGetPointer(heap_getsysattr(copy, SelfItemPointerAttributeNumber, desc, &isnull)) ==
			  (Pointer) &copy->t_self &&
		  !isnull);
}

/* ---- Rows of tables and catalogs ---- */

CAPI_TEST(test_rows_by_older_names)
{
	Relation relation =
		heap_openrv(makeRangeVar(NULL, pstrdup("capi_tuples"), -1), RowExclusiveLock);
	Datum values[2] = {Int32GetDatum(10), CStringGetTextDatum("ten")};
	bool nulls[2] = {false, false};
	HeapTuple tuple = heap_form_tuple(RelationGetDescr(relation), values, nulls);
	CatalogIndexState indexes = CatalogOpenIndexes(relation);
	ScanKeyData key;
	TableScanDesc scan;

	CHECK(heap_open(RelationGetRelid(relation), NoLock) == relation);
	CHECK_ERROR(ERRCODE_OBJECT_IN_USE, "cannot ALTER \"capi_tuples\" because it is being used",
				CheckTableNotInUse(relation, "ALTER"));
	heap_close(relation, NoLock);
	CheckTableNotInUse(relation, "ALTER");

	CatalogTupleInsert(relation, tuple);
	CommandCounterIncrement();
	values[1] = CStringGetTextDatum("tenth");
	CatalogTupleUpdateWithInfo(relation, &tuple->t_self,
							   heap_form_tuple(RelationGetDescr(relation), values, nulls), indexes);
	CatalogCloseIndexes(indexes);
	CommandCounterIncrement();
	ScanKeyEntryInitialize(&key, 0, 2, BTEqualStrategyNumber, TEXTOID, C_COLLATION_OID, F_TEXTEQ,
						   values[1]);
	CHECK(key.sk_subtype == TEXTOID && key.sk_collation == C_COLLATION_OID);
	scan = table_beginscan_catalog(relation, 1, &key);
	tuple = heap_getnext(scan, ForwardScanDirection);
	CHECK(tuple != NULL);
	simple_heap_delete(relation, &tuple->t_self);
	CHECK(heap_getnext(scan, ForwardScanDirection) == NULL);
	table_endscan(scan);
	heap_close(relation, RowExclusiveLock);
}

/* The ids of capi_tuples as they come, one digit each. */
static int
ids_in_order(ScanDirection direction)
{
	Relation relation =
		table_openrv(makeRangeVar(NULL, pstrdup("capi_tuples"), -1), AccessShareLock);
	Relation index = index_open(RelationGetPrimaryKeyIndex(relation), AccessShareLock);
	SysScanDesc scan = systable_beginscan_ordered(relation, index, NULL, 0, NULL);
	HeapTuple tuple;
	int ids = 0;

	while ((tuple = systable_getnext_ordered(scan, direction)) != NULL)
		ids = ids * 10 + *(int32 *) (void *) GETSTRUCT(tuple);
	systable_endscan_ordered(scan);
	index_close(index, AccessShareLock);
	table_close(relation, AccessShareLock);
	return ids;
}

CAPI_TEST(test_scan_in_order)
{
	CHECK(ids_in_order(ForwardScanDirection) == 123);
	CHECK(ids_in_order(BackwardScanDirection) == 321);
}

/* ---- Codes and numbers ---- */

CAPI_TEST(test_column_numbers)
{
	CHECK(AttributeNumberIsValid(1) && AttributeNumberIsValid(-1) && !AttributeNumberIsValid(0));
	CHECK(AttrNumberIsForUserDefinedAttr(1) && !AttrNumberIsForUserDefinedAttr(-1));
	CHECK(AttrNumberGetAttrOffset(1) == 0 && AttrOffsetGetAttrNumber(0) == 1);
}

CAPI_TEST(test_kinds_of_relations)
{
	const struct
	{
		char kind;
		bool storage, partitions, tablespace, access_method, row_type;
	} kinds[] = {
		{RELKIND_RELATION, true, false, true, true, true},
		{RELKIND_INDEX, true, false, true, false, false},
		{RELKIND_SEQUENCE, true, false, false, false, false},
		{RELKIND_TOASTVALUE, true, false, true, true, false},
		{RELKIND_VIEW, false, false, false, false, true},
		{RELKIND_MATVIEW, true, false, true, true, true},
		{RELKIND_COMPOSITE_TYPE, false, false, false, false, true},
		{RELKIND_FOREIGN_TABLE, false, false, false, false, true},
		{RELKIND_PARTITIONED_TABLE, false, true, true, false, true},
		{RELKIND_PARTITIONED_INDEX, false, true, true, false, false},
	};

	for (size_t i = 0; i < lengthof(kinds); i++)
	{
		CHECK(RELKIND_HAS_STORAGE(kinds[i].kind) == kinds[i].storage);
		CHECK(RELKIND_HAS_PARTITIONS(kinds[i].kind) == kinds[i].partitions);
		CHECK(RELKIND_HAS_TABLESPACE(kinds[i].kind) == kinds[i].tablespace);
		CHECK(RELKIND_HAS_TABLE_AM(kinds[i].kind) == kinds[i].access_method);
		CHECK(RELKIND_HAS_ROWTYPE(kinds[i].kind) == kinds[i].row_type);
	}
}

CAPI_TEST(test_kinds_of_types)
{
	const Oid first[] = {ANYELEMENTOID, ANYARRAYOID, ANYNONARRAYOID,
						 ANYENUMOID,	ANYRANGEOID, ANYMULTIRANGEOID};
	const Oid second[] = {ANYCOMPATIBLEOID, ANYCOMPATIBLEARRAYOID, ANYCOMPATIBLENONARRAYOID,
						  ANYCOMPATIBLERANGEOID, ANYCOMPATIBLEMULTIRANGEOID};
	const Oid types[] = {INT4ARRAYOID, INT4OID, NAMEOID};

	for (size_t i = 0; i < lengthof(first); i++)
		CHECK(IsPolymorphicType(first[i]) && IsPolymorphicTypeFamily1(first[i]) &&
			  !IsPolymorphicTypeFamily2(first[i]));
	for (size_t i = 0; i < lengthof(second); i++)
		CHECK(IsPolymorphicType(second[i]) && IsPolymorphicTypeFamily2(second[i]) &&
			  !IsPolymorphicTypeFamily1(second[i]));
	/* name has elements, but is no array. */
	for (size_t i = 0; i < lengthof(types); i++)
	{
		HeapTuple tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(types[i]));

		CHECK(IsTrueArrayType((Form_pg_type) GETSTRUCT(tuple)) == (types[i] == INT4ARRAYOID));
		CHECK(!IsPolymorphicType(types[i]));
		ReleaseSysCache(tuple);
	}
	CHECK(AGGKIND_IS_ORDERED_SET(AGGKIND_ORDERED_SET) &&
		  AGGKIND_IS_ORDERED_SET(AGGKIND_HYPOTHETICAL) && !AGGKIND_IS_ORDERED_SET(AGGKIND_NORMAL));
	CHECK(IsBooleanOpfamily(BOOL_BTREE_FAM_OID) && IsBooleanOpfamily(BOOL_HASH_FAM_OID));
	CHECK(!IsBooleanOpfamily(INTEGER_BTREE_FAM_OID));
}

/* Notes which relation was found before it was locked. */
static void
note_found(const RangeVar *relation, Oid found, Oid found_before, void *note)
{
	CHECK(strcmp(relation->relname, "capi_tuples") == 0 && !OidIsValid(found_before));
	*(Oid *) note = found;
}

CAPI_TEST(test_relations_by_name)
{
	RangeVar *name = makeRangeVar(NULL, pstrdup("capi_tuples"), -1);
	HeapTuple row;
	Form_pg_class relation;
	Oid noted = InvalidOid;
	const Oid found = RangeVarGetRelidExtended(name, AccessShareLock, 0, note_found, &noted);

	CHECK(OidIsValid(found) && noted == found);
	row = SearchSysCache1(RELOID, ObjectIdGetDatum(found));
	relation = (Form_pg_class) GETSTRUCT(row);
	CHECK(!IsSystemClass(found, relation) && IsSystemClass(RelationRelationId, relation));
	CHECK(!IsToastClass(relation));
	ReleaseSysCache(row);
	name->relname = pstrdup("no_such_table");
	CHECK(RangeVarGetRelidExtended(name, NoLock, RVR_MISSING_OK, NULL, NULL) == InvalidOid);

	CHECK(get_extension_schema(get_extension_oid("plpgsql", false)) == PG_CATALOG_NAMESPACE);
	CHECK(get_extension_schema(InvalidOid) == InvalidOid);
}

CAPI_TEST(test_vacuum_serves_interrupts)
{
	vacuum_delay_point();
	QueryCancelPending = true;
	InterruptPending = true;
	CHECK_ERROR(ERRCODE_QUERY_CANCELED, "canceling statement due to user request",
				vacuum_delay_point());
	CHECK(!QueryCancelPending);
}
