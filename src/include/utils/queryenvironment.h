/*
 * queryenvironment.h
 *		Names visible to one query alone. To modules a handle, NULL mostly.
 */
#ifndef QUERYENVIRONMENT_H
#define QUERYENVIRONMENT_H

#include "postgres.h"

#include "access/tupdesc.h"

PG_BEGIN_EXTERN_C

typedef struct QueryEnvironment QueryEnvironment;

PG_END_EXTERN_C

#endif /* QUERYENVIRONMENT_H */
