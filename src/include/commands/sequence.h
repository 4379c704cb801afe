/*
 * sequence.h
 *		Sequences: taking values from C.
 *
 * Backends and workers with a database, in a transaction.  The SQL functions (nextval_oid, currval_oid,
 * setval_oid, setval3_oid, lastval) are declared in utils/fmgrprotos.h.
 */
#ifndef SEQUENCE_H
#define SEQUENCE_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

/* The row that SELECT * FROM a sequence gives, and its columns' numbers. */
typedef struct FormData_pg_sequence_data
{
	int64 last_value;
	int64 log_cnt;
	bool is_called;
} FormData_pg_sequence_data;

typedef FormData_pg_sequence_data *Form_pg_sequence_data;

#define SEQ_COL_LASTVAL 1
#define SEQ_COL_LOG 2
#define SEQ_COL_CALLED 3
#define SEQ_COL_FIRSTCOL SEQ_COL_LASTVAL
#define SEQ_COL_LASTCOL SEQ_COL_CALLED

/*
 * The next value of the sequence with that OID, never given before or after unless it cycles or is set.
 * Raises 42809 when it is no sequence, 42501 when check_permissions and the current user has neither USAGE
 * nor UPDATE on it, 2200H at its limit, 25006 in a read-only transaction.
 */
extern int64 nextval_internal(Oid relid, bool check_permissions);

PG_END_EXTERN_C

#endif /* SEQUENCE_H */
