/*
 * toast_internals.h
 *		Values outside of their row. There are none: each function raises ERROR 0A000 with its name.
 */
#ifndef TOAST_INTERNALS_H
#define TOAST_INTERNALS_H

#include "postgres.h"

#include "access/toast_compression.h"
#include "storage/lockdefs.h"
#include "utils/relcache.h"
#include "utils/snapshot.h"

PG_BEGIN_EXTERN_C

extern Datum toast_compress_datum(Datum value, char cmethod);
extern Oid toast_get_valid_index(Oid toastoid, LOCKMODE lock);
extern void toast_delete_datum(Relation rel, Datum value, bool is_speculative);
extern Datum toast_save_datum(Relation rel, Datum value, struct varlena *oldexternal, int options);
extern int toast_open_indexes(Relation toastrel, LOCKMODE lock, Relation **toastidxs,
							  int *num_indexes);
extern void toast_close_indexes(Relation *toastidxs, int num_indexes, LOCKMODE lock);
extern void init_toast_snapshot(Snapshot toast_snapshot);

PG_END_EXTERN_C

#endif /* TOAST_INTERNALS_H */
