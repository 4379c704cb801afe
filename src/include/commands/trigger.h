/*
 * trigger.h
 *		What a trigger function in C is told, and what it answers.
 *
 * A trigger function takes no arguments and returns type trigger; the event is in fcinfo->context. Row-level: it returns the
 * tuple to go on with, which for BEFORE may be another than it was given (heap_modify_tuple), or NULL to leave the row as it is
 * and skip it; the result of AFTER is ignored. Statement-level: it returns NULL. It never sets fcinfo->isnull. Tuples and the
 * relation are good during the call. Backends and workers with a database, inside the statement that changes the table.
 */
#ifndef TRIGGER_H
#define TRIGGER_H

#include "postgres.h"

#include "access/htup.h"
#include "catalog/objectaddress.h"
#include "executor/tuptable.h"
#include "nodes/bitmapset.h"
#include "nodes/nodes.h"
#include "nodes/parsenodes.h"
#include "utils/rel.h"
#include "utils/reltrigger.h"
#include "utils/tuplestore.h"

PG_BEGIN_EXTERN_C

#define CALLED_AS_TRIGGER(fcinfo) \
	((fcinfo)->context != NULL && nodeTag((fcinfo)->context) == T_TriggerData)

typedef uint32 TriggerEvent;

typedef struct TriggerData
{
	NodeTag type; /* T_TriggerData */
	TriggerEvent tg_event;
	Relation tg_relation;
	HeapTuple
		tg_trigtuple; /* INSERT: the new row; UPDATE, DELETE: the old one; statement-level: NULL */
	HeapTuple tg_newtuple; /* UPDATE: the new row; else NULL */
	Trigger *tg_trigger;
	TupleTableSlot *tg_trigslot; /* tg_trigtuple in a slot */
	TupleTableSlot *tg_newslot;
	Tuplestorestate *tg_oldtable; /* the transition tables that it names; else NULL */
	Tuplestorestate *tg_newtable;
	/* UPDATE: columns that SET names, by attnum - FirstLowInvalidHeapAttributeNumber. */
	const Bitmapset *tg_updatedcols;
} TriggerData;

#define TRIGGER_EVENT_INSERT 0x00000000
#define TRIGGER_EVENT_DELETE 0x00000001
#define TRIGGER_EVENT_UPDATE 0x00000002
#define TRIGGER_EVENT_TRUNCATE 0x00000003
#define TRIGGER_EVENT_OPMASK 0x00000003
#define TRIGGER_EVENT_ROW 0x00000004
#define TRIGGER_EVENT_BEFORE 0x00000008
#define TRIGGER_EVENT_AFTER 0x00000000
#define TRIGGER_EVENT_INSTEAD 0x00000010
#define TRIGGER_EVENT_TIMINGMASK 0x00000018

#define TRIGGER_FIRED_BY_INSERT(event) (((event) &TRIGGER_EVENT_OPMASK) == TRIGGER_EVENT_INSERT)
#define TRIGGER_FIRED_BY_DELETE(event) (((event) &TRIGGER_EVENT_OPMASK) == TRIGGER_EVENT_DELETE)
#define TRIGGER_FIRED_BY_UPDATE(event) (((event) &TRIGGER_EVENT_OPMASK) == TRIGGER_EVENT_UPDATE)
#define TRIGGER_FIRED_BY_TRUNCATE(event) (((event) &TRIGGER_EVENT_OPMASK) == TRIGGER_EVENT_TRUNCATE)
#define TRIGGER_FIRED_FOR_ROW(event) ((event) &TRIGGER_EVENT_ROW)
#define TRIGGER_FIRED_FOR_STATEMENT(event) (!TRIGGER_FIRED_FOR_ROW(event))
#define TRIGGER_FIRED_BEFORE(event) (((event) &TRIGGER_EVENT_TIMINGMASK) == TRIGGER_EVENT_BEFORE)
#define TRIGGER_FIRED_AFTER(event) (((event) &TRIGGER_EVENT_TIMINGMASK) == TRIGGER_EVENT_AFTER)
#define TRIGGER_FIRED_INSTEAD(event) (((event) &TRIGGER_EVENT_TIMINGMASK) == TRIGGER_EVENT_INSTEAD)

/* pg_trigger.tgenabled */
#define TRIGGER_FIRES_ON_ORIGIN 'O'
#define TRIGGER_FIRES_ALWAYS 'A'
#define TRIGGER_FIRES_ON_REPLICA 'R'
#define TRIGGER_DISABLED 'D'

/* Of the table's trigger of that name. 42704 when there is none, unless missing_ok: InvalidOid. */
extern Oid get_trigger_oid(Oid relid, const char *trigname, bool missing_ok);

PG_END_EXTERN_C

#endif /* TRIGGER_H */
