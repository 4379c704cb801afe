/*
 * pg_aggregate.h
 *		Rows of the catalog pg_aggregate: aggregate functions.
 */
#ifndef PG_AGGREGATE_H
#define PG_AGGREGATE_H

#include "postgres.h"

#include "catalog/objectaddress.h"
#include "catalog/pg_aggregate_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_aggregate
{
	regproc aggfnoid;
	char aggkind;
	int16 aggnumdirectargs;
	regproc aggtransfn;
	regproc aggfinalfn;
	regproc aggcombinefn;
	regproc aggserialfn;
	regproc aggdeserialfn;
	regproc aggmtransfn;
	regproc aggminvtransfn;
	regproc aggmfinalfn;
	bool aggfinalextra;
	bool aggmfinalextra;
	char aggfinalmodify;
	char aggmfinalmodify;
	Oid aggsortop;
	Oid aggtranstype;
	int32 aggtransspace;
	Oid aggmtranstype;
	int32 aggmtransspace;
} FormData_pg_aggregate;

typedef FormData_pg_aggregate *Form_pg_aggregate;

PG_END_EXTERN_C

#endif /* PG_AGGREGATE_H */
