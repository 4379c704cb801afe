/*
 * pg_event_trigger.h
 *		Rows of the catalog pg_event_trigger: event triggers.
 */
#ifndef PG_EVENT_TRIGGER_H
#define PG_EVENT_TRIGGER_H

#include "postgres.h"

#include "catalog/pg_event_trigger_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_event_trigger
{
	Oid oid;
	NameData evtname;
	NameData evtevent;
	Oid evtowner;
	Oid evtfoid;
	char evtenabled;
} FormData_pg_event_trigger;

typedef FormData_pg_event_trigger *Form_pg_event_trigger;

PG_END_EXTERN_C

#endif /* PG_EVENT_TRIGGER_H */
