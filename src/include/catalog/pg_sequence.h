/*
 * pg_sequence.h
 *		Rows of the catalog pg_sequence: sequences.
 */
#ifndef PG_SEQUENCE_H
#define PG_SEQUENCE_H

#include "postgres.h"

#include "catalog/pg_sequence_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_sequence
{
	Oid seqrelid;
	Oid seqtypid;
	int64 seqstart;
	int64 seqincrement;
	int64 seqmax;
	int64 seqmin;
	int64 seqcache;
	bool seqcycle;
} FormData_pg_sequence;

typedef FormData_pg_sequence *Form_pg_sequence;

PG_END_EXTERN_C

#endif /* PG_SEQUENCE_H */
