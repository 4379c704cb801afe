/*
 * pg_lsn.h
 *		Positions of a log as arguments and results.
 */
#ifndef PG_LSN_H
#define PG_LSN_H

#include "postgres.h"

#include "access/xlogdefs.h"
#include "fmgr.h"

PG_BEGIN_EXTERN_C

#define DatumGetLSN(X) ((XLogRecPtr) DatumGetInt64(X))
#define LSNGetDatum(X) (Int64GetDatum((int64) (X)))
#define PG_GETARG_LSN(n) DatumGetLSN(PG_GETARG_DATUM(n))
#define PG_RETURN_LSN(x) return LSNGetDatum(x)

PG_END_EXTERN_C

#endif /* PG_LSN_H */
