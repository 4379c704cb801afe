/*
 * capi_rows.c
 *		Rows: descriptions, tuples, slots, tuplestores, and what functions ask of their calls.
 */
#include "capi.h"

#include "access/htup_details.h"
#include "access/relation.h"
#include "access/tupdesc.h"
#include "catalog/namespace.h"
#include "catalog/pg_collation_d.h"
#include "catalog/pg_type_d.h"
#include "executor/executor.h"
#include "executor/spi.h"
#include "executor/tuptable.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "nodes/value.h"
#include "utils/builtins.h"
#include "utils/rel.h"
#include "utils/tuplestore.h"
#include "utils/typcache.h"

static String *
name_node(const char *text)
{
	String *node = makeNode(String);

	node->sval = pstrdup(text);
	return node;
}

/* (number int4, word text) */
static TupleDesc
pair_columns(void)
{
	TupleDesc desc = CreateTemplateTupleDesc(2);

	TupleDescInitEntry(desc, 1, "number", INT4OID, -1, 0);
	TupleDescInitBuiltinEntry(desc, 2, "word", TEXTOID, -1, 0);
	TupleDescInitEntryCollation(desc, 2, DEFAULT_COLLATION_OID);
	return desc;
}

static HeapTuple
pair_tuple(TupleDesc desc, int number, const char *word)
{
	Datum values[2];
	bool nulls[2] = {false, false};

	values[0] = Int32GetDatum(number);
	nulls[1] = word == NULL;
	values[1] = word == NULL ? (Datum) 0 : CStringGetTextDatum(word);
	return heap_form_tuple(desc, values, nulls);
}

static bool
is_pair(TupleTableSlot *slot, int number, const char *word)
{
	bool isnull;

	if (DatumGetInt32(slot_getattr(slot, 1, &isnull)) != number || isnull)
		return false;
	if (slot_attisnull(slot, 2))
		return word == NULL;
	return word != NULL && strcmp(TextDatumGetCString(slot->tts_values[1]), word) == 0;
}

CAPI_TEST(test_row_descriptions)
{
	TupleDesc desc = pair_columns(), copy, record;
	Form_pg_attribute columns[2];

	copy = CreateTupleDescCopyConstr(desc);
	CHECK(equalTupleDescs(desc, copy) && TupleDescSize(desc) == TupleDescSize(copy));
	TupleDescCopyEntry(copy, 1, desc, 2);
	CHECK(TupleDescAttr(copy, 0)->atttypid == TEXTOID && TupleDescAttr(copy, 0)->attnum == 1);
	TupleDescCopy(copy, desc);
	CHECK(equalTupleDescs(desc, copy));
	FreeTupleDesc(copy);
	columns[0] = TupleDescAttr(desc, 1);
	columns[1] = TupleDescAttr(desc, 0);
	copy = CreateTupleDesc(2, columns);
	CHECK(TupleDescAttr(copy, 1)->atttypid == INT4OID);
	copy = BuildDescFromLists(list_make2(name_node("a"), name_node("b")),
							  list_make2_oid(INT4OID, TEXTOID), list_make2_int(-1, -1),
							  list_make2_oid(InvalidOid, DEFAULT_COLLATION_OID));
	CHECK(strcmp(NameStr(TupleDescAttr(copy, 1)->attname), "b") == 0);
	PinTupleDesc(copy);
	ReleaseTupleDesc(copy);

	CHECK(desc->tdtypmod == -1);
	BlessTupleDesc(desc);
	CHECK(desc->tdtypmod >= 0);
	record = lookup_rowtype_tupdesc(RECORDOID, desc->tdtypmod);
	CHECK(equalTupleDescs(record, desc));
	copy = pair_columns();
	assign_record_type_typmod(copy);
	CHECK(copy->tdtypmod == desc->tdtypmod);
	CHECK(lookup_rowtype_tupdesc_copy(RECORDOID, desc->tdtypmod) != record);
	CHECK(lookup_rowtype_tupdesc_domain(RECORDOID, desc->tdtypmod, true) == record);
	CHECK(lookup_rowtype_tupdesc_noerror(RECORDOID, 1000000, true) == NULL);
	CHECK_ERROR(ERRCODE_WRONG_OBJECT_TYPE, "has not been registered",
				lookup_rowtype_tupdesc(RECORDOID, -1));
	CHECK_ERROR(ERRCODE_WRONG_OBJECT_TYPE, "is not composite", lookup_rowtype_tupdesc(INT4OID, -1));
}

CAPI_TEST(test_row_tuples)
{
	TupleDesc desc = BlessTupleDesc(pair_columns());
	HeapTuple tuple = pair_tuple(desc, 7, "seven"), copy;
	HeapTupleData place;
	MinimalTuple minimal;
	AttInMetadata *input = TupleDescGetAttInMetadata(desc);
	char *texts[2];
	Datum values[2];
	bool nulls[2], isnull;
	int second = 2;

	heap_copytuple_with_tuple(tuple, &place);
	CHECK(place.t_len == tuple->t_len && place.t_data != tuple->t_data);
	values[0] = CStringGetTextDatum("eight");
	nulls[0] = false;
	copy = heap_modify_tuple_by_cols(tuple, desc, 1, &second, values, nulls);
	heap_deform_tuple(copy, desc, values, nulls);
	CHECK(strcmp(TextDatumGetCString(values[1]), "eight") == 0);
	CHECK(heap_compute_data_size(desc, values, nulls) ==
		  copy->t_len - (uint32) copy->t_data->t_hoff);
	minimal = minimal_tuple_from_heap_tuple(copy);
	heap_free_minimal_tuple(minimal);
	minimal = heap_form_minimal_tuple(desc, values, nulls);
	minimal = heap_copy_minimal_tuple(minimal);
	copy = heap_tuple_from_minimal_tuple(minimal);
	CHECK(strcmp(TextDatumGetCString(heap_getattr(copy, 2, desc, &isnull)), "eight") == 0);
	texts[0] = pstrdup("9");
	texts[1] = NULL;
	copy = BuildTupleFromCStrings(input, texts);
	CHECK(DatumGetInt32(heap_getattr(copy, 1, desc, &isnull)) == 9);
	CHECK(heap_attisnull(copy, 2, desc));
	CHECK(DatumGetPointer(HeapTupleGetDatum(copy)) == (Pointer) copy->t_data);
	CHECK(DatumGetInt32(GetAttributeByName(copy->t_data, "number", &isnull)) == 9);
	CHECK(GetAttributeByNum(copy->t_data, 2, &isnull) == 0 && isnull);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "does not exist",
				GetAttributeByName(copy->t_data, "nothing", &isnull));
	(void) GetAttributeByName(NULL, "number", &isnull);
	CHECK(isnull);
}

/* What each kind of slot can do. */
static void
check_slot(const TupleTableSlotOps *ops)
{
	TupleDesc desc = pair_columns();
	TupleTableSlot *slot = MakeSingleTupleTableSlot(desc, ops), *other;
	HeapTuple tuple = pair_tuple(desc, 1, "one");
	bool should_free, isnull;

	CHECK(TupIsNull(slot) && TTS_EMPTY(slot) && TTS_FIXED(slot));
	ExecForceStoreHeapTuple(tuple, slot, false);
	CHECK(!TupIsNull(slot) && is_pair(slot, 1, "one"));
	slot_getallattrs(slot);
	ExecMaterializeSlot(slot);
	heap_freetuple(tuple);
	CHECK(is_pair(slot, 1, "one"));
	CHECK(TTS_SHOULDFREE(slot) && !TTS_SLOW(slot));
	CHECK(ItemPointerIsValid((ItemPointer) DatumGetPointer(
			  slot_getsysattr(slot, SelfItemPointerAttributeNumber, &isnull))) == false);

	other = MakeTupleTableSlot(desc, &TTSOpsVirtual);
	ExecCopySlot(other, slot);
	CHECK(is_pair(other, 1, "one"));
	ExecCopySlot(slot, other);
	CHECK(is_pair(slot, 1, "one"));

	ExecForceStoreMinimalTuple(minimal_tuple_from_heap_tuple(pair_tuple(desc, 2, NULL)), slot,
							   true);
	CHECK(is_pair(slot, 2, NULL));
	tuple = ExecFetchSlotHeapTuple(slot, true, &should_free);
	CHECK(heap_attisnull(tuple, 2, desc));
	CHECK(ExecFetchSlotMinimalTuple(slot, &should_free) != NULL);
	tuple = ExecCopySlotHeapTuple(slot);
	CHECK(ExecCopySlotMinimalTuple(slot)->t_len + MINIMAL_TUPLE_OFFSET == tuple->t_len);

	ExecStoreHeapTupleDatum(HeapTupleGetDatum(pair_tuple(desc, 3, "three")), other);
	CHECK(is_pair(other, 3, "three"));
	CHECK(DatumGetPointer(ExecFetchSlotHeapTupleDatum(other)) != NULL);
	ExecStoreAllNullTuple(slot);
	CHECK(slot_attisnull(slot, 1) && slot_attisnull(slot, 2));
	ExecClearTuple(slot);
	slot->tts_values[0] = Int32GetDatum(4);
	slot->tts_values[1] = CStringGetTextDatum("four");
	slot->tts_isnull[0] = slot->tts_isnull[1] = false;
	ExecStoreVirtualTuple(slot);
	slot_getsomeattrs(slot, 2);
	ExecMaterializeSlot(slot);
	CHECK(is_pair(slot, 4, "four"));
	ExecDropSingleTupleTableSlot(slot);
	ExecDropSingleTupleTableSlot(other);
}

CAPI_TEST(test_row_slots)
{
	TupleDesc desc = pair_columns();
	TupleTableSlot *slot;
	bool isnull;

	check_slot(&TTSOpsVirtual);
	check_slot(&TTSOpsHeapTuple);
	check_slot(&TTSOpsBufferHeapTuple);
	check_slot(&TTSOpsMinimalTuple);

	slot = MakeTupleTableSlot(NULL, &TTSOpsHeapTuple);
	ExecSetSlotDescriptor(slot, desc);
	CHECK(TTS_IS_HEAPTUPLE(slot) && !TTS_IS_VIRTUAL(slot) && !TTS_IS_MINIMALTUPLE(slot) &&
		  !TTS_IS_BUFFERTUPLE(slot));
	ExecStoreHeapTuple(pair_tuple(desc, 5, "five"), slot, true);
	CHECK(is_pair(slot, 5, "five"));
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "invalid attribute number", slot_getsomeattrs_int(slot, 3));
	slot_getmissingattrs(slot, 0, 1);
	CHECK(slot->tts_isnull[0]);
	CHECK(DatumGetObjectId(slot_getsysattr(slot, TableOidAttributeNumber, &isnull)) == InvalidOid);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "wrong type of slot",
				ExecStoreMinimalTuple(NULL, slot, false));
	ExecDropSingleTupleTableSlot(slot);
}

CAPI_TEST(test_row_tuplestore)
{
	TupleDesc desc = pair_columns();
	Tuplestorestate *store = tuplestore_begin_heap(true, false, work_mem);
	TupleTableSlot *slot = MakeSingleTupleTableSlot(desc, &TTSOpsMinimalTuple);
	Datum values[2];
	bool nulls[2] = {false, true};
	int second;

	tuplestore_set_eflags(store, 0);
	tuplestore_puttuple(store, pair_tuple(desc, 1, "one"));
	values[0] = Int32GetDatum(2);
	tuplestore_putvalues(store, desc, values, nulls);
	ExecForceStoreHeapTuple(pair_tuple(desc, 3, "three"), slot, true);
	tuplestore_puttupleslot(store, slot);
	tuplestore_donestoring(store);
	CHECK(tuplestore_tuple_count(store) == 3 && tuplestore_in_memory(store));

	second = tuplestore_alloc_read_pointer(store, 0);
	CHECK(tuplestore_gettupleslot(store, true, false, slot) && is_pair(slot, 1, "one"));
	CHECK(tuplestore_gettupleslot(store, true, true, slot) && is_pair(slot, 2, NULL));
	CHECK(tuplestore_advance(store, true) && !tuplestore_ateof(store));
	CHECK(!tuplestore_gettupleslot(store, true, false, slot) && tuplestore_ateof(store));
	CHECK(TupIsNull(slot));
	CHECK(tuplestore_gettupleslot(store, false, false, slot) && is_pair(slot, 3, "three"));
	CHECK(tuplestore_gettupleslot(store, false, false, slot) && is_pair(slot, 2, NULL));
	tuplestore_select_read_pointer(store, second);
	CHECK(tuplestore_gettupleslot(store, true, false, slot) && is_pair(slot, 1, "one"));
	tuplestore_copy_read_pointer(store, second, 0);
	tuplestore_rescan(store);
	CHECK(tuplestore_skiptuples(store, 2, true) && !tuplestore_skiptuples(store, 2, true));
	tuplestore_trim(store);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "read pointer", tuplestore_select_read_pointer(store, 9));
	tuplestore_clear(store);
	CHECK(tuplestore_tuple_count(store) == 0);
	ExecDropSingleTupleTableSlot(slot);
	tuplestore_end(store);
}

CAPI_TEST(test_row_types)
{
	TupleDesc desc;
	Oid type;
	Relation relation;
	HeapTuple tuple, changed;
	Datum value;
	bool isnull;
	int first = 1;

	CHECK(SPI_connect() == SPI_OK_CONNECT);
	SPI_execute("CREATE TABLE IF NOT EXISTS capi_pairs (number int4, word text)", false, 0);
	desc = RelationNameGetTupleDesc("capi_pairs");
	CHECK(desc->natts == 2 && desc->tdtypeid != RECORDOID);
	type = desc->tdtypeid;
	CHECK(equalTupleDescs(TypeGetTupleDesc(type, NIL), lookup_rowtype_tupdesc(type, -1)));
	desc = TypeGetTupleDesc(INT4OID, list_make1(name_node("n")));
	CHECK(desc->natts == 1 && TupleDescAttr(desc, 0)->atttypid == INT4OID);
	CHECK_ERROR(ERRCODE_DATATYPE_MISMATCH, "alias", TypeGetTupleDesc(INT4OID, NIL));
	CHECK(get_func_result_type(2089, &type, &desc) == TYPEFUNC_SCALAR && type == TEXTOID);
	CHECK(get_func_result_name(2089) == NULL);
	CHECK(get_expr_result_type(NULL, &type, &desc) == TYPEFUNC_OTHER);
	CHECK(get_expr_result_tupdesc(NULL, true) == NULL);

	relation = relation_open(RelnameGetRelid("capi_pairs"), 0);
	tuple = pair_tuple(RelationGetDescr(relation), 1, "one");
	value = Int32GetDatum(8);
	changed = SPI_modifytuple(relation, tuple, 1, &first, &value, NULL);
	CHECK(DatumGetInt32(SPI_getbinval(changed, RelationGetDescr(relation), 1, &isnull)) == 8);
	first = 3;
	CHECK(SPI_modifytuple(relation, tuple, 1, &first, &value, NULL) == NULL);
	CHECK(SPI_result == SPI_ERROR_NOATTRIBUTE);
	CHECK(HeapTupleHeaderGetTypeId(SPI_returntuple(tuple, RelationGetDescr(relation))) ==
		  RelationGetRelid(relation));
	relation_close(relation, 0);
	SPI_finish();
}

/* Only a module's own row says of which version of its type it is. */
CAPI_TEST(test_versions_of_rows)
{
	TupleDesc desc = pair_columns();
	HeapTuple tuple = pair_tuple(desc, 5, "five");
	Datum values[2];
	bool nulls[2];

	heap_datum_check(tuple->t_data, desc);
	CHECK(!HeapTupleHeaderIsVersionedDatum(tuple->t_data));
	tuple->t_data->t_infomask |= HEAP_IS_DATUM;
	CHECK(!HeapTupleHeaderIsVersionedDatum(tuple->t_data));
	CHECK(DatumGetInt32(heap_getattr(tuple, 1, desc, &nulls[0])) == 5);
	ItemPointerSetOffsetNumber(&tuple->t_data->t_ctid, VersionedDatumOffsetNumber);
	CHECK(HeapTupleHeaderIsVersionedDatum(tuple->t_data));
	CHECK_ERROR(ERRCODE_FEATURE_NOT_SUPPORTED, "a row of a version of its type",
				heap_datum_check(tuple->t_data, desc));
	CHECK_ERROR(ERRCODE_FEATURE_NOT_SUPPORTED, "a row of a version of its type",
				(void) heap_getattr(tuple, 1, desc, &nulls[0]));
	CHECK_ERROR(ERRCODE_FEATURE_NOT_SUPPORTED, "a row of a version of its type",
				heap_deform_tuple(tuple, desc, values, nulls));
}
