/*
 * backendid.h
 *		Number of a process among those that take part in transactions, from 1.
 */
#ifndef BACKENDID_H
#define BACKENDID_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef int BackendId;

#define InvalidBackendId (-1)

extern PGDLLIMPORT BackendId MyBackendId;

PG_END_EXTERN_C

#endif /* BACKENDID_H */
