/*
 * proclist_types.h
 *		Links of lists whose members are processes, by their number in ProcGlobal->allProcs.
 */
#ifndef PROCLIST_TYPES_H
#define PROCLIST_TYPES_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

/* Both 0 when the process is in no list; otherwise a number or INVALID_PGPROCNO at the ends. */
typedef struct proclist_node
{
	int next;
	int prev;
} proclist_node;

typedef struct proclist_head
{
	int head;
	int tail;
} proclist_head;

PG_END_EXTERN_C

#endif /* PROCLIST_TYPES_H */
