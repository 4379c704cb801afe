/*
 * toasting.h
 *		Tables for values outside of their row. There are none: each function raises ERROR 0A000 with its name.
 */
#ifndef TOASTING_H
#define TOASTING_H

#include "postgres.h"

#include "nodes/parsenodes.h"
#include "storage/lock.h"

PG_BEGIN_EXTERN_C

extern void NewRelationCreateToastTable(Oid relOid, Datum reloptions);
extern void NewHeapCreateToastTable(Oid relOid, Datum reloptions, LOCKMODE lockmode,
									Oid OIDOldToast);
extern void AlterTableCreateToastTable(Oid relOid, Datum reloptions, LOCKMODE lockmode);

PG_END_EXTERN_C

#endif /* TOASTING_H */
