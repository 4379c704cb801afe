/*
 * postgres.h
 *		The first include of every server module: language level, error reports, allocation, Datum.
 *
 * A Datum is one value as functions and tuples pass it: types of up to eight bytes stand in it by value, others are
 * pointers to palloc'd or otherwise live memory. It knows neither its type nor whether it is null.
 */
#ifndef POSTGRES_H
#define POSTGRES_H

#include "c.h"

#include "utils/elog.h"
#include "utils/errcodes.h"
#include "utils/palloc.h"
#include "varatt.h"

PG_BEGIN_EXTERN_C

typedef uintptr_t Datum;

/* A Datum that may be null; value has no meaning when isnull. */
typedef struct NullableDatum
{
	Datum value;
	bool isnull;
} NullableDatum;

#define FIELDNO_NULLABLE_DATUM_DATUM 0
#define FIELDNO_NULLABLE_DATUM_ISNULL 1
#define SIZEOF_DATUM SIZEOF_VOID_P

/*
 * Conversions. Signed values are sign-extended, so that two Datums of one type are equal when their values are.
 */
#define PG_DEFINE_DATUM_CONVERSION(ctype, getter, maker) \
	static inline ctype getter(Datum X)                  \
	{                                                    \
		return (ctype) X;                                \
	}                                                    \
	static inline Datum maker(ctype X)                   \
	{                                                    \
		return (Datum) X;                                \
	}

PG_DEFINE_DATUM_CONVERSION(char, DatumGetChar, CharGetDatum)
PG_DEFINE_DATUM_CONVERSION(int8, DatumGetInt8, Int8GetDatum)
PG_DEFINE_DATUM_CONVERSION(uint8, DatumGetUInt8, UInt8GetDatum)
PG_DEFINE_DATUM_CONVERSION(int16, DatumGetInt16, Int16GetDatum)
PG_DEFINE_DATUM_CONVERSION(uint16, DatumGetUInt16, UInt16GetDatum)
PG_DEFINE_DATUM_CONVERSION(int32, DatumGetInt32, Int32GetDatum)
PG_DEFINE_DATUM_CONVERSION(uint32, DatumGetUInt32, UInt32GetDatum)
PG_DEFINE_DATUM_CONVERSION(int64, DatumGetInt64, Int64GetDatum)
PG_DEFINE_DATUM_CONVERSION(uint64, DatumGetUInt64, UInt64GetDatum)
PG_DEFINE_DATUM_CONVERSION(Oid, DatumGetObjectId, ObjectIdGetDatum)
PG_DEFINE_DATUM_CONVERSION(TransactionId, DatumGetTransactionId, TransactionIdGetDatum)
PG_DEFINE_DATUM_CONVERSION(MultiXactId, DatumGetMultiXactId, MultiXactIdGetDatum)
PG_DEFINE_DATUM_CONVERSION(CommandId, DatumGetCommandId, CommandIdGetDatum)

static inline bool
DatumGetBool(Datum X)
{
	return X != 0;
}

static inline Datum
BoolGetDatum(bool X)
{
	return X ? 1 : 0;
}

static inline Pointer
DatumGetPointer(Datum X)
{
	return (Pointer) X;
}

static inline Datum
PointerGetDatum(const void *X)
{
	return (Datum) X;
}

static inline char *
DatumGetCString(Datum X)
{
	return (char *) X;
}

static inline Datum
CStringGetDatum(const char *X)
{
	return (Datum) X;
}

static inline Name
DatumGetName(Datum X)
{
	return (Name) X;
}

static inline Datum
NameGetDatum(const NameData *X)
{
	return (Datum) X;
}

static inline float4
DatumGetFloat4(Datum X)
{
	int32 bits = (int32) X;
	float4 value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

static inline Datum
Float4GetDatum(float4 X)
{
	int32 bits;

	memcpy(&bits, &X, sizeof(bits));
	return (Datum) bits;
}

static inline float8
DatumGetFloat8(Datum X)
{
	float8 value;

	memcpy(&value, &X, sizeof(value));
	return value;
}

static inline Datum
Float8GetDatum(float8 X)
{
	Datum bits;

	memcpy(&bits, &X, sizeof(bits));
	return bits;
}

#define Int64GetDatumFast(X) Int64GetDatum(X)
#define Float8GetDatumFast(X) Float8GetDatum(X)

PG_END_EXTERN_C

#endif /* POSTGRES_H */
