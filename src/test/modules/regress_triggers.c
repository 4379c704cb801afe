/*
 * regress_triggers.c
 *		Trigger functions in C: what they are told, and rows that they change.
 *
 * Builds for PostgreSQL 15 as well, so that expected outputs come from there.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/sysattr.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/rel.h"
#include "utils/timestamp.h"

PG_MODULE_MAGIC;

static TriggerData *
trigger_data(FunctionCallInfo fcinfo, const char *function)
{
	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR, (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
						errmsg("%s: not called by a trigger", function)));
	return (TriggerData *) fcinfo->context;
}

static const char *
operation(TriggerEvent event)
{
	if (TRIGGER_FIRED_BY_INSERT(event))
		return "INSERT";
	if (TRIGGER_FIRED_BY_UPDATE(event))
		return "UPDATE";
	if (TRIGGER_FIRED_BY_DELETE(event))
		return "DELETE";
	return TRIGGER_FIRED_BY_TRUNCATE(event) ? "TRUNCATE" : "nothing";
}

/* "a=1 b=x", or "-". */
static const char *
shown(HeapTuple tuple, TupleDesc desc)
{
	StringInfoData text;

	if (tuple == NULL)
		return "-";
	initStringInfo(&text);
	for (int i = 1; i <= desc->natts; i++)
	{
		char *value;

		if (TupleDescAttr(desc, i - 1)->attisdropped)
			continue;
		value = SPI_getvalue(tuple, desc, i);
		appendStringInfo(&text, "%s%s=%s", text.len > 0 ? " " : "", SPI_fname(desc, i),
						 value != NULL ? value : "null");
	}
	return text.data;
}

/* Tells all about its call; the row goes on. */
PG_FUNCTION_INFO_V1(trigger_report);
Datum
trigger_report(PG_FUNCTION_ARGS)
{
	TriggerData *data = trigger_data(fcinfo, "trigger_report");
	Trigger *trigger = data->tg_trigger;
	TupleDesc desc = RelationGetDescr(data->tg_relation);
	StringInfoData arguments;

	initStringInfo(&arguments);
	for (int i = 0; i < trigger->tgnargs; i++)
		appendStringInfo(&arguments, " %s", trigger->tgargs[i]);
	if (data->tg_updatedcols != NULL)
		for (int i = 1; i <= desc->natts; i++)
			if (bms_is_member(i - FirstLowInvalidHeapAttributeNumber, data->tg_updatedcols))
				appendStringInfo(&arguments, " set:%s", SPI_fname(desc, i));
	ereport(NOTICE, (errmsg("%s: %s %s %s on %s(%s): %s > %s", trigger->tgname,
							TRIGGER_FIRED_BEFORE(data->tg_event)  ? "BEFORE"
							: TRIGGER_FIRED_AFTER(data->tg_event) ? "AFTER"
																  : "?",
							operation(data->tg_event),
							TRIGGER_FIRED_FOR_ROW(data->tg_event)		  ? "ROW"
							: TRIGGER_FIRED_FOR_STATEMENT(data->tg_event) ? "STATEMENT"
																		  : "?",
							SPI_getrelname(data->tg_relation), arguments.data,
							shown(data->tg_trigtuple, desc), shown(data->tg_newtuple, desc))));
	if (TRIGGER_FIRED_FOR_STATEMENT(data->tg_event))
		return PointerGetDatum(NULL);
	return PointerGetDatum(data->tg_newtuple != NULL ? data->tg_newtuple : data->tg_trigtuple);
}

static HeapTuple
row_to_write(TriggerData *data)
{
	if (!TRIGGER_FIRED_FOR_ROW(data->tg_event) || !TRIGGER_FIRED_BEFORE(data->tg_event))
		ereport(ERROR, (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
						errmsg("must be fired before a row is written")));
	return TRIGGER_FIRED_BY_UPDATE(data->tg_event) ? data->tg_newtuple : data->tg_trigtuple;
}

/* The column that the trigger's argument `number` names, which has to be of that type. */
static int
column_argument(TriggerData *data, int number, Oid type)
{
	TupleDesc desc = RelationGetDescr(data->tg_relation);
	int column;

	if (number >= data->tg_trigger->tgnargs)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("the trigger has too few arguments")));
	column = SPI_fnumber(desc, data->tg_trigger->tgargs[number]);
	if (column <= 0)
		ereport(ERROR, (errcode(ERRCODE_UNDEFINED_COLUMN),
						errmsg("\"%s\" has no attribute \"%s\"", SPI_getrelname(data->tg_relation),
							   data->tg_trigger->tgargs[number])));
	if (SPI_gettypeid(desc, column) != type)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("attribute \"%s\" is of another type", data->tg_trigger->tgargs[number])));
	return column;
}

/* Stamps the row: the column that the argument names becomes a fixed time plus the old one's second. */
PG_FUNCTION_INFO_V1(trigger_stamp);
Datum
trigger_stamp(PG_FUNCTION_ARGS)
{
	TriggerData *data = trigger_data(fcinfo, "trigger_stamp");
	HeapTuple row = row_to_write(data);
	TupleDesc desc = RelationGetDescr(data->tg_relation);
	int column = column_argument(data, 0, TIMESTAMPTZOID);
	bool is_null;
	Datum stamp = SPI_getbinval(row, desc, column, &is_null);

	stamp = TimestampTzGetDatum((is_null ? 0 : DatumGetTimestampTz(stamp)) + USECS_PER_SEC);
	is_null = false;
	return PointerGetDatum(heap_modify_tuple_by_cols(row, desc, 1, &column, &stamp, &is_null));
}

/* Writes the user's name into the column that the argument names. */
PG_FUNCTION_INFO_V1(trigger_user);
Datum
trigger_user(PG_FUNCTION_ARGS)
{
	TriggerData *data = trigger_data(fcinfo, "trigger_user");
	HeapTuple row = row_to_write(data);
	int column = column_argument(data, 0, TEXTOID);
	Datum user = CStringGetTextDatum(GetUserNameFromId(GetUserId(), false));

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	row = SPI_modifytuple(data->tg_relation, row, 1, &column, &user, NULL);
	SPI_finish();
	return PointerGetDatum(row);
}

/* A null in the column that the argument names becomes one more than the largest number there. */
PG_FUNCTION_INFO_V1(trigger_number);
Datum
trigger_number(PG_FUNCTION_ARGS)
{
	TriggerData *data = trigger_data(fcinfo, "trigger_number");
	HeapTuple row = row_to_write(data);
	TupleDesc desc = RelationGetDescr(data->tg_relation);
	int column = column_argument(data, 0, INT4OID);
	bool is_null;
	Datum next;
	char *query;

	(void) SPI_getbinval(row, desc, column, &is_null);
	if (!is_null)
		return PointerGetDatum(row);
	SPI_connect();
	query = psprintf("SELECT coalesce(max(%s), 0) + 1 FROM %s",
					 quote_identifier(data->tg_trigger->tgargs[0]),
					 quote_qualified_identifier(SPI_getnspname(data->tg_relation),
												SPI_getrelname(data->tg_relation)));
	if (SPI_execute(query, false, 1) != SPI_OK_SELECT)
		elog(ERROR, "cannot number");
	next = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &is_null);
	row = SPI_modifytuple(data->tg_relation, row, 1, &column, &next, NULL);
	SPI_finish();
	return PointerGetDatum(row);
}

/* Counts the table's rows: what a trigger sees of the statement that fires it. */
PG_FUNCTION_INFO_V1(trigger_count);
Datum
trigger_count(PG_FUNCTION_ARGS)
{
	TriggerData *data = trigger_data(fcinfo, "trigger_count");

	SPI_connect();
	SPI_execute(psprintf("SELECT count(*) FROM %s",
						 quote_qualified_identifier(SPI_getnspname(data->tg_relation),
													SPI_getrelname(data->tg_relation))),
				false, 0);
	ereport(NOTICE, (errmsg("%s: %s rows", data->tg_trigger->tgname,
							SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1))));
	SPI_finish();
	if (TRIGGER_FIRED_FOR_STATEMENT(data->tg_event))
		return PointerGetDatum(NULL);
	return PointerGetDatum(data->tg_newtuple != NULL ? data->tg_newtuple : data->tg_trigtuple);
}

/* Lets nothing through. */
PG_FUNCTION_INFO_V1(trigger_skip);
Datum
trigger_skip(PG_FUNCTION_ARGS)
{
	(void) trigger_data(fcinfo, "trigger_skip");
	return PointerGetDatum(NULL);
}

/* Says null where it must not. */
PG_FUNCTION_INFO_V1(trigger_null);
Datum
trigger_null(PG_FUNCTION_ARGS)
{
	PG_RETURN_NULL();
}

/* A statement's trigger with a row to give. */
PG_FUNCTION_INFO_V1(trigger_value);
Datum
trigger_value(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(1);
}

/* Tells caches of other processes, as a table of a module's settings does. */
PG_FUNCTION_INFO_V1(trigger_invalidate);
Datum
trigger_invalidate(PG_FUNCTION_ARGS)
{
	TriggerData *data = trigger_data(fcinfo, "trigger_invalidate");

	CacheInvalidateRelcache(data->tg_relation);
	return PointerGetDatum(NULL);
}

/* The slots hold what the tuples do. */
PG_FUNCTION_INFO_V1(trigger_slots);
Datum
trigger_slots(PG_FUNCTION_ARGS)
{
	TriggerData *data = trigger_data(fcinfo, "trigger_slots");
	TupleTableSlot *slot =
		TRIGGER_FIRED_BY_UPDATE(data->tg_event) ? data->tg_newslot : data->tg_trigslot;
	bool is_null;
	Datum value = slot_getattr(slot, 1, &is_null);

	ereport(NOTICE, (errmsg("slot: %d", is_null ? -1 : DatumGetInt32(value))));
	return PointerGetDatum(data->tg_newtuple != NULL ? data->tg_newtuple : data->tg_trigtuple);
}
