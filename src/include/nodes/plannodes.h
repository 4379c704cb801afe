/*
 * plannodes.h
 *		Planned statements, as handles.
 */
#ifndef PLANNODES_H
#define PLANNODES_H

#include "postgres.h"

#include "nodes/nodes.h"

PG_BEGIN_EXTERN_C

typedef struct PlannedStmt PlannedStmt;

PG_END_EXTERN_C

#endif /* PLANNODES_H */
