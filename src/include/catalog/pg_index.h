/*
 * pg_index.h
 *		Rows of the catalog pg_index: what pg_class does not say of indexes.
 */
#ifndef PG_INDEX_H
#define PG_INDEX_H

#include "postgres.h"

#include "catalog/pg_index_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_index
{
	Oid indexrelid;
	Oid indrelid;
	int16 indnatts;
	int16 indnkeyatts;
	bool indisunique;
	bool indnullsnotdistinct;
	bool indisprimary;
	bool indisexclusion;
	bool indimmediate;
	bool indisclustered;
	bool indisvalid;
	bool indcheckxmin;
	bool indisready;
	bool indislive;
	bool indisreplident;
	int2vector indkey;
} FormData_pg_index;

typedef FormData_pg_index *Form_pg_index;

PG_END_EXTERN_C

#endif /* PG_INDEX_H */
