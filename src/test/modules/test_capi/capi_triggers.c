/*
 * capi_triggers.c
 *		Triggers as a module sees them, and sets of numbers.
 */
#include "capi.h"

#include "access/htup_details.h"
#include "access/relation.h"
#include "access/sysattr.h"
#include "access/table.h"
#include "catalog/pg_trigger.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/tuplestore.h"

CAPI_TEST(test_bitmapset)
{
	Bitmapset *set = bms_make_singleton(3);
	Bitmapset *copy;
	int found = -1, sum = 0;

	set = bms_add_member(set, 200);
	set = bms_add_member(set, 64);
	copy = bms_copy(set);
	CHECK(set->nwords == 200 / BITS_PER_BITMAPWORD + 1);
	CHECK(bms_is_member(64, set) && !bms_is_member(65, set) && !bms_is_member(4000, set));
	CHECK(bms_num_members(set) == 3 && !bms_is_empty(set) && bms_equal(set, copy));
	while ((found = bms_next_member(set, found)) >= 0)
		sum += found;
	CHECK(found == -2 && sum == 267);
	set = bms_del_member(set, 64);
	CHECK(!bms_equal(set, copy) && bms_overlap(set, copy) && bms_num_members(set) == 2);
	set = bms_del_member(bms_del_member(set, 3), 200);
	CHECK(set == NULL && bms_is_empty(set) && bms_copy(NULL) == NULL && !bms_overlap(NULL, copy));
	bms_free(copy);
	bms_free(NULL);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "negative bitmapset member not allowed",
				(void) bms_is_member(-1, NULL));
}

CAPI_TEST(test_trigger_types)
{
	int16 type;

	TRIGGER_CLEAR_TYPE(type);
	TRIGGER_SETT_ROW(type);
	TRIGGER_SETT_BEFORE(type);
	TRIGGER_SETT_INSERT(type);
	TRIGGER_SETT_UPDATE(type);
	CHECK(TRIGGER_FOR_ROW(type) && TRIGGER_FOR_BEFORE(type) && !TRIGGER_FOR_AFTER(type) &&
		  !TRIGGER_FOR_INSTEAD(type));
	CHECK(TRIGGER_FOR_INSERT(type) && TRIGGER_FOR_UPDATE(type) && !TRIGGER_FOR_DELETE(type) &&
		  !TRIGGER_FOR_TRUNCATE(type));
	CHECK(TRIGGER_TYPE_MATCHES(type, TRIGGER_TYPE_ROW, TRIGGER_TYPE_BEFORE, TRIGGER_TYPE_UPDATE));
	CHECK(!TRIGGER_TYPE_MATCHES(type, TRIGGER_TYPE_ROW, TRIGGER_TYPE_AFTER, TRIGGER_TYPE_UPDATE));
	TRIGGER_CLEAR_TYPE(type);
	TRIGGER_SETT_STATEMENT(type);
	TRIGGER_SETT_AFTER(type);
	TRIGGER_SETT_DELETE(type);
	TRIGGER_SETT_TRUNCATE(type);
	TRIGGER_SETT_INSTEAD(type);
	CHECK(TRIGGER_FOR_INSTEAD(type) && TRIGGER_FOR_DELETE(type) && TRIGGER_FOR_TRUNCATE(type));
	CHECK(!TRIGGER_USES_TRANSITION_TABLE((char *) NULL));
}

/* What the trigger below was told last. */
static int calls;
static bool fits;

PG_FUNCTION_INFO_V1(capi_trigger);
Datum
capi_trigger(PG_FUNCTION_ARGS)
{
	TriggerData *data;
	TriggerEvent event;

	CHECK(CALLED_AS_TRIGGER(fcinfo));
	data = (TriggerData *) fcinfo->context;
	event = data->tg_event;
	calls++;
	fits = TRIGGER_FIRED_FOR_ROW(event) && !TRIGGER_FIRED_FOR_STATEMENT(event) &&
		   TRIGGER_FIRED_BEFORE(event) && !TRIGGER_FIRED_AFTER(event) &&
		   !TRIGGER_FIRED_INSTEAD(event) && TRIGGER_FIRED_BY_UPDATE(event) &&
		   !TRIGGER_FIRED_BY_INSERT(event) && !TRIGGER_FIRED_BY_DELETE(event) &&
		   !TRIGGER_FIRED_BY_TRUNCATE(event);
	fits = fits && data->tg_trigger->tgfoid == fcinfo->flinfo->fn_oid &&
		   data->tg_trigger->tgoid ==
			   get_trigger_oid(RelationGetRelid(data->tg_relation), "capi_trigger", false) &&
		   data->tg_trigger->tgenabled == TRIGGER_FIRES_ON_ORIGIN &&
		   data->tg_trigger->tgnattr == 1 && data->tg_trigger->tgattr[0] == 2 &&
		   data->tg_trigger->tgnargs == 2 && strcmp(data->tg_trigger->tgargs[1], "it's") == 0;
	fits = fits && bms_num_members(data->tg_updatedcols) == 1 &&
		   bms_is_member(2 - FirstLowInvalidHeapAttributeNumber, data->tg_updatedcols);
	fits = fits && data->tg_oldtable == NULL && data->tg_newtable == NULL &&
		   !TupIsNull(data->tg_trigslot) && !TupIsNull(data->tg_newslot) &&
		   ItemPointerIsValid(&data->tg_trigtuple->t_self);
	return PointerGetDatum(data->tg_newtuple);
}

CAPI_TEST(test_trigger_call)
{
	Oid table;
	Relation relation;

	SPI_connect();
	CHECK(SPI_execute("CREATE TABLE capi_triggered (a int, b text)", false, 0) == SPI_OK_UTILITY);
	SPI_execute("CREATE FUNCTION capi_trigger() RETURNS trigger AS 'test_capi' LANGUAGE c", false,
				0);
	SPI_execute("CREATE TRIGGER capi_trigger BEFORE UPDATE OF b ON capi_triggered FOR EACH ROW "
				"EXECUTE FUNCTION capi_trigger(1, 'it''s')",
				false, 0);
	SPI_execute("INSERT INTO capi_triggered VALUES (1, 'x'), (2, 'y')", false, 0);
	SPI_execute("UPDATE capi_triggered SET a = 3 WHERE a = 2", false, 0);
	calls = 0;
	CHECK(SPI_execute("UPDATE capi_triggered SET b = 'z'", false, 0) == SPI_OK_UPDATE);
	CHECK(SPI_processed == 2 && calls == 2 && fits);
	SPI_execute("SELECT 'capi_triggered'::regclass::oid", true, 0);
	table = DatumGetObjectId(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &fits));
	relation = table_open(table, NoLock);
	CHECK(strcmp(SPI_getrelname(relation), "capi_triggered") == 0 &&
		  strcmp(SPI_getnspname(relation), "public") == 0);
	CHECK(relation->trigdesc != NULL && relation->trigdesc->numtriggers == 1 &&
		  relation->trigdesc->trig_update_before_row && !relation->trigdesc->trig_insert_after_row);
	table_close(relation, NoLock);
	CHECK(get_trigger_oid(table, "nothing", true) == InvalidOid);
	CHECK_ERROR(ERRCODE_UNDEFINED_OBJECT,
				"trigger \"nothing\" for table \"capi_triggered\" does not exist",
				get_trigger_oid(table, "nothing", false));
	SPI_execute("DROP FUNCTION capi_trigger() CASCADE", false, 0);
	SPI_execute("DROP TABLE capi_triggered", false, 0);
	SPI_finish();
}

/* Adds what its statement changed to capi_sums, by the names that CREATE TRIGGER gave the transition tables. */
PG_FUNCTION_INFO_V1(capi_transition_trigger);
Datum
capi_transition_trigger(PG_FUNCTION_ARGS)
{
	static SPIPlanPtr kept;
	TriggerData *data = (TriggerData *) fcinfo->context;

	CHECK(data->tg_oldtable != NULL && data->tg_newtable != NULL);
	CHECK(SPI_connect() == SPI_OK_CONNECT);
	CHECK_ERROR(ERRCODE_UNDEFINED_TABLE, "relation \"newer\" does not exist",
				SPI_execute("SELECT * FROM newer", true, 0));
	CHECK(SPI_register_trigger_data(data) == SPI_OK_TD_REGISTER);
	CHECK(SPI_register_trigger_data(data) == SPI_ERROR_REL_DUPLICATE);
	CHECK(SPI_register_trigger_data(NULL) == SPI_ERROR_ARGUMENT);
	if (kept == NULL)
	{
		kept = SPI_prepare("INSERT INTO capi_sums SELECT (SELECT sum(a) FROM older), "
						   "sum(newer.a), max(newer.b) FROM newer",
						   0, NULL);
		CHECK(SPI_keepplan(kept) == 0);
	}
	CHECK(SPI_execute_plan(kept, NULL, NULL, false, 0) == SPI_OK_INSERT);
	CHECK(SPI_execute("SELECT 1 FROM newer n JOIN older o USING (a)", true, 0) == SPI_OK_SELECT &&
		  SPI_processed == 0);
	CHECK(SPI_finish() == SPI_OK_FINISH);
	return PointerGetDatum(NULL);
}

CAPI_TEST(test_transition_tables_by_name)
{
	SPI_connect();
	SPI_execute("CREATE TABLE capi_changed (a int, gone int, b text); "
				"ALTER TABLE capi_changed DROP COLUMN gone; "
				"CREATE TABLE capi_sums (old_sum int8, new_sum int8, greatest text); "
				"CREATE FUNCTION capi_transition_trigger() RETURNS trigger AS 'test_capi' "
				"LANGUAGE c; "
				"CREATE TRIGGER capi_changed AFTER UPDATE ON capi_changed "
				"REFERENCING OLD TABLE AS older NEW TABLE AS newer FOR EACH STATEMENT "
				"EXECUTE FUNCTION capi_transition_trigger()",
				false, 0);
	SPI_execute("INSERT INTO capi_changed VALUES (1, 'x'), (2, 'y')", false, 0);
	CHECK(SPI_execute("UPDATE capi_changed SET a = a + 10, b = b || '!'", false, 0) ==
		  SPI_OK_UPDATE);
	CHECK(SPI_execute("UPDATE capi_changed SET a = a + 100 WHERE a = 12", false, 0) ==
		  SPI_OK_UPDATE);
	SPI_execute("SELECT string_agg(old_sum || ' ' || new_sum || ' ' || greatest, ', ' "
				"ORDER BY old_sum) FROM capi_sums",
				true, 0);
	CHECK(strcmp(SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1),
				 "3 23 y!, 12 112 y!") == 0);
	SPI_execute("DROP TABLE capi_changed, capi_sums; DROP FUNCTION capi_transition_trigger()",
				false, 0);
	SPI_finish();
}

CAPI_TEST(test_rows_under_a_name)
{
	TupleDesc desc = CreateTemplateTupleDesc(2);
	Tuplestorestate *store = tuplestore_begin_heap(true, false, work_mem);
	EphemeralNamedRelationData rows;
	SPIPlanPtr plan;
	Oid argtype = INT4OID;

	TupleDescInitEntry(desc, 1, "number", INT4OID, -1, 0);
	TupleDescInitEntry(desc, 2, "word", TEXTOID, -1, 0);
	for (int i = 1; i <= 3; i++)
	{
		Datum values[2] = {Int32GetDatum(i), CStringGetTextDatum("word")};
		bool nulls[2] = {false, i == 2};

		tuplestore_putvalues(store, desc, values, nulls);
	}
	memset(&rows, 0, sizeof(rows));
	rows.md.name = pstrdup("given");
	rows.md.tupdesc = desc;
	rows.md.enrtype = ENR_NAMED_TUPLESTORE;
	rows.md.enrtuples = 3;
	rows.reldata = store;
	CHECK(SPI_register_relation(&rows) == SPI_ERROR_UNCONNECTED);
	SPI_connect();
	CHECK(SPI_register_relation(NULL) == SPI_ERROR_ARGUMENT);
	CHECK(SPI_register_relation(&rows) == SPI_OK_REL_REGISTER);
	CHECK(SPI_register_relation(&rows) == SPI_ERROR_REL_DUPLICATE);
	plan =
		SPI_prepare("SELECT sum(number), count(word) FROM given WHERE number <> $1", 1, &argtype);
	for (int i = 0; i < 2; i++)
	{
		Datum argument = Int32GetDatum(3);

		CHECK(SPI_execute_plan(plan, &argument, NULL, true, 0) == SPI_OK_SELECT);
		CHECK(strcmp(SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1), "3") == 0 &&
			  strcmp(SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 2), "1") == 0);
	}
	/* An inner connection does not know it. */
	SPI_connect();
	CHECK(SPI_unregister_relation("given") == SPI_ERROR_REL_NOT_FOUND);
	SPI_finish();
	/* Other columns under the same name. */
	CHECK(SPI_unregister_relation("given") == SPI_OK_REL_UNREGISTER);
	CHECK(SPI_unregister_relation("given") == SPI_ERROR_REL_NOT_FOUND);
	CHECK(SPI_unregister_relation(NULL) == SPI_ERROR_ARGUMENT);
	CHECK_ERROR(ERRCODE_UNDEFINED_TABLE, "relation \"given\" does not exist",
				SPI_execute("SELECT * FROM given", true, 0));
	rows.md.tupdesc = CreateTemplateTupleDesc(1);
	TupleDescInitEntry(rows.md.tupdesc, 1, "number", INT8OID, -1, 0);
	CHECK(SPI_register_relation(&rows) == SPI_OK_REL_REGISTER);
	{
		Datum argument = Int32GetDatum(3);

		CHECK_ERROR(ERRCODE_FEATURE_NOT_SUPPORTED, "other columns",
					SPI_execute_plan(plan, &argument, NULL, true, 0));
	}
	SPI_finish();
	CHECK(SPI_unregister_relation("given") == SPI_ERROR_UNCONNECTED);
	tuplestore_end(store);
}
