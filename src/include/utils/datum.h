/*
 * datum.h
 *		Values as memory: their size, copies, and whether their bytes are the same.
 *
 * typLen as in pg_type: a number of bytes, -1 for a varlena, -2 for a C string. A value that is passed by value is itself.
 */
#ifndef DATUM_H
#define DATUM_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

extern Size datumGetSize(Datum value, bool typByVal, int typLen);
/* A copy, palloc'd in CurrentMemoryContext. */
extern Datum datumCopy(Datum value, bool typByVal, int typLen);
extern Datum datumTransfer(Datum value, bool typByVal, int typLen);
/* Byte for byte: equal values of a type may differ. */
extern bool datumIsEqual(Datum value1, Datum value2, bool typByVal, int typLen);

PG_END_EXTERN_C

#endif /* DATUM_H */
