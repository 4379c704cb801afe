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
#include "commands/trigger.h"
#include "executor/spi.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

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
