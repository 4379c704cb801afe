/*
 * capi_spi.c
 *		SQL from C: statements, plans, cursors, rows, memory, transactions.
 */
#include "capi.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

/* The value at this place of the last result, as text; NULL for null. */
static const char *
value_at(uint64 row, int column)
{
	CHECK(row < SPI_processed && SPI_tuptable != NULL && row < SPI_tuptable->numvals);
	return SPI_getvalue(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, column);
}

CAPI_TEST(test_spi_statements)
{
	Oid types[2] = {INT4OID, TEXTOID};
	Datum values[2];

	values[0] = Int32GetDatum(20);
	values[1] = 0;
	CHECK(SPI_connect() == SPI_OK_CONNECT);
	CHECK(SPI_exec("SELECT generate_series(1, 5)", 3) == SPI_OK_SELECT && SPI_processed == 3);
	CHECK(strcmp(value_at(2, 1), "3") == 0);
	CHECK(SPI_execute_with_args("SELECT $1 + 1, $2", 2, types, values, " n", true, 0) ==
		  SPI_OK_SELECT);
	CHECK(strcmp(value_at(0, 1), "21") == 0 && value_at(0, 2) == NULL);
	CHECK(SPI_finish() == SPI_OK_FINISH);

	CHECK(strcmp(SPI_result_code_string(SPI_OK_SELECT), "SPI_OK_SELECT") == 0);
	CHECK(strcmp(SPI_result_code_string(SPI_ERROR_UNCONNECTED), "SPI_ERROR_UNCONNECTED") == 0);
	CHECK(strcmp(SPI_result_code_string(4711), "Unrecognized SPI code 4711") == 0);
}

CAPI_TEST(test_spi_plans)
{
	Oid types[2] = {INT4OID, TEXTOID};
	Datum values[2];
	SPIPlanPtr plan, saved, none;
	SPIExecuteOptions options;
	ParamListInfo params;

	values[0] = Int32GetDatum(4);
	values[1] = CStringGetTextDatum("x");
	CHECK(SPI_connect_ext(0) == SPI_OK_CONNECT);
	plan = SPI_prepare("SELECT $1 * 10, $2 || 'y'", 2, types);
	CHECK(SPI_getargcount(plan) == 2 && SPI_getargtypeid(plan, 1) == TEXTOID);
	CHECK(SPI_getargtypeid(plan, 2) == InvalidOid && SPI_result == SPI_ERROR_ARGUMENT);
	CHECK(SPI_is_cursor_plan(plan) && SPI_plan_is_valid(plan));
	CHECK(SPI_execp(plan, values, NULL, 0) == SPI_OK_SELECT && strcmp(value_at(0, 1), "40") == 0);

	params = makeParamList(2);
	params->params[0].ptype = INT4OID;
	params->params[0].value = Int32GetDatum(5);
	params->params[1].ptype = TEXTOID;
	params->params[1].value = values[1];
	memset(&options, 0, sizeof(options));
	options.params = params;
	options.read_only = true;
	CHECK(SPI_execute_plan_extended(plan, &options) == SPI_OK_SELECT);
	CHECK(strcmp(value_at(0, 1), "50") == 0 && strcmp(value_at(0, 2), "xy") == 0);

	saved = SPI_saveplan(plan);
	CHECK(saved != NULL && saved != plan && SPI_freeplan(plan) == 0);
	none = SPI_prepare("INSERT INTO capi_rows VALUES (1, 'x')", 0, NULL);
	CHECK(!SPI_is_cursor_plan(none));
	CHECK(SPI_freeplan(NULL) == SPI_ERROR_ARGUMENT);
	CHECK(SPI_finish() == SPI_OK_FINISH);

	CHECK(SPI_connect() == SPI_OK_CONNECT); /* it outlives the connection */
	CHECK(SPI_execp(saved, values, NULL, 0) == SPI_OK_SELECT && strcmp(value_at(0, 1), "40") == 0);
	CHECK(SPI_freeplan(saved) == 0);
	CHECK(SPI_finish() == SPI_OK_FINISH);
}

CAPI_TEST(test_spi_rows)
{
	MemoryContext outside = CurrentMemoryContext;
	HeapTuple copy;
	TupleDesc desc;
	Datum number, words;
	char *memory;
	bool isnull;

	CHECK(SPI_connect() == SPI_OK_CONNECT);
	CHECK(SPI_execute("SELECT 7 AS seven, 'seven'::text AS word", true, 0) == SPI_OK_SELECT);
	desc = SPI_tuptable->tupdesc;
	CHECK(SPI_fnumber(desc, "word") == 2 && SPI_fnumber(desc, "none") == SPI_ERROR_NOATTRIBUTE);
	CHECK(strcmp(SPI_fname(desc, 1), "seven") == 0);
	CHECK(SPI_fname(desc, 3) == NULL && SPI_result == SPI_ERROR_NOATTRIBUTE);
	CHECK(strcmp(SPI_gettype(desc, 1), "int4") == 0 && SPI_gettypeid(desc, 2) == TEXTOID);
	CHECK(SPI_gettypeid(desc, 3) == InvalidOid && SPI_result == SPI_ERROR_NOATTRIBUTE);

	copy = SPI_copytuple(SPI_tuptable->vals[0]);
	number = SPI_datumTransfer(SPI_getbinval(copy, desc, 1, &isnull), true, 4);
	words = SPI_datumTransfer(SPI_getbinval(copy, desc, 2, &isnull), false, -1);
	memory = (char *) SPI_palloc(10);
	strcpy(memory, "kept");
	memory = (char *) SPI_repalloc(memory, 100000);
	SPI_freetuptable(SPI_tuptable);
	CHECK(SPI_finish() == SPI_OK_FINISH);

	/* All of it belongs to the caller. */
	CHECK(GetMemoryChunkContext(copy) == outside && GetMemoryChunkContext(memory) == outside);
	CHECK(GetMemoryChunkContext(DatumGetPointer(words)) == outside);
	CHECK(DatumGetInt32(number) == 7 && strcmp(TextDatumGetCString(words), "seven") == 0);
	CHECK(strcmp(memory, "kept") == 0);
	SPI_pfree(memory);
	SPI_freetuple(copy);
}

CAPI_TEST(test_spi_cursors_of_plans)
{
	Oid types[1] = {INT4OID};
	Datum values[1];
	SPIPlanPtr plan;
	Portal portal;

	values[0] = Int32GetDatum(3);
	CHECK(SPI_connect() == SPI_OK_CONNECT);
	plan = SPI_prepare("SELECT generate_series(1, $1)", 1, types);
	portal = SPI_cursor_open("capi_cursor", plan, values, NULL, true);
	CHECK(PortalIsValid(portal) && SPI_cursor_find("capi_cursor") == portal);
	SPI_cursor_fetch(portal, true, 2);
	CHECK(SPI_processed == 2 && strcmp(value_at(1, 1), "2") == 0);
	SPI_cursor_close(portal);
	CHECK(!PortalIsValid(SPI_cursor_find("capi_cursor")));
	portal = SPI_cursor_open_with_args(NULL, "SELECT $1 * 2", 1, types, values, NULL, true, 0);
	SPI_cursor_fetch(portal, true, FETCH_ALL);
	CHECK(SPI_processed == 1 && strcmp(value_at(0, 1), "6") == 0);
	SPI_cursor_close(portal);
	CHECK(SPI_finish() == SPI_OK_FINISH);
}

/* Macros of old sources, around calls that connect once more. */
CAPI_TEST(test_spi_of_old_sources)
{
	CHECK(SPI_connect() == SPI_OK_CONNECT);
	CHECK(SPI_exec("SELECT 1", 0) == SPI_OK_SELECT);
	SPI_push();
	CHECK(SPI_connect() == SPI_OK_CONNECT && SPI_exec("SELECT 2", 0) == SPI_OK_SELECT);
	CHECK(strcmp(value_at(0, 1), "2") == 0 && SPI_finish() == SPI_OK_FINISH);
	SPI_pop();
	CHECK(!SPI_push_conditional());
	SPI_pop_conditional(false);
	SPI_restore_connection();
	CHECK(SPI_processed == 1 && SPI_finish() == SPI_OK_FINISH);
	CHECK(SPI_finish() == SPI_ERROR_UNCONNECTED);
}

/* In an atomic context, as that of a SELECT, transactions cannot be ended. */
CAPI_TEST(test_spi_transactions_refused)
{
	static void (*const functions[])(void) = {SPI_commit, SPI_commit_and_chain, SPI_rollback,
											  SPI_rollback_and_chain};
	int i;

	CHECK(SPI_connect() == SPI_OK_CONNECT && !SPI_inside_nonatomic_context());
	SPI_start_transaction(); /* nothing to do */
	for (i = 0; i < (int) lengthof(functions); i++)
		CHECK_ERROR(ERRCODE_INVALID_TRANSACTION_TERMINATION, "invalid transaction termination",
					functions[i]());
	CHECK(SPI_finish() == SPI_OK_FINISH);
}
