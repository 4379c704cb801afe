/*
 * typcache.h
 *		Row types by OID and number.
 *
 * Processes with a database connection, within a transaction.
 */
#ifndef TYPCACHE_H
#define TYPCACHE_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "fmgr.h"
#include "utils/dsa.h"

PG_BEGIN_EXTERN_C

/*
 * The columns of a composite type, or of the record type that BlessTupleDesc gave a number (typmod). Valid for the process's
 * life; ReleaseTupleDesc gives it back. ERROR 42809 for what is no row type or was never registered; with noError NULL.
 */
extern TupleDesc lookup_rowtype_tupdesc(Oid type_id, int32 typmod);
extern TupleDesc lookup_rowtype_tupdesc_noerror(Oid type_id, int32 typmod, bool noError);
/* A copy, palloc'd. */
extern TupleDesc lookup_rowtype_tupdesc_copy(Oid type_id, int32 typmod);
/* There are no domains: the same as lookup_rowtype_tupdesc_noerror. */
extern TupleDesc lookup_rowtype_tupdesc_domain(Oid type_id, int32 typmod, bool noError);
/* Gives a record type its number, which it writes into tdtypmod; equal columns share one. */
extern void assign_record_type_typmod(TupleDesc tupDesc);

PG_END_EXTERN_C

#endif /* TYPCACHE_H */
