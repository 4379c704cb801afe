/*
 * event_trigger.h
 *		What a function finds that is called as an event trigger. None are: CALLED_AS_EVENT_TRIGGER is false.
 */
#ifndef EVENT_TRIGGER_H
#define EVENT_TRIGGER_H

#include "postgres.h"

#include "catalog/objectaddress.h"
#include "nodes/parsenodes.h"
#include "tcop/cmdtag.h"

PG_BEGIN_EXTERN_C

typedef struct EventTriggerData
{
	NodeTag type;
	const char *event;
	Node *parsetree;
	CommandTag tag;
} EventTriggerData;

#define CALLED_AS_EVENT_TRIGGER(fcinfo) \
	((fcinfo)->context != NULL && IsA((fcinfo)->context, EventTriggerData))

PG_END_EXTERN_C

#endif /* EVENT_TRIGGER_H */
