/*
 * tupmacs.h
 *		Walking through the data of a tuple, column by column.
 */
#ifndef TUPMACS_H
#define TUPMACS_H

#include "postgres.h"

#include "catalog/pg_type_d.h"
#include "common/int.h"

PG_BEGIN_EXTERN_C

/* Whether bit ATT (from 0) of the null bitmap says null: a set bit means a value. */
static inline bool
att_isnull(int ATT, const bits8 *BITS)
{
	return (BITS[ATT / 8] & (1 << (ATT % 8))) == 0;
}

/* The Datum stored at T. */
static inline Datum
fetch_att(const void *T, bool attbyval, int attlen)
{
	if (!attbyval)
		return PointerGetDatum(T);
	switch (attlen)
	{
		case 1: return CharGetDatum(*(const char *) T);
		case 2: return Int16GetDatum(*(const int16 *) T);
		case 4: return Int32GetDatum(*(const int32 *) T);
		default: Assert(attlen == 8); return *(const Datum *) T;
	}
}

#define fetchatt(A, T) fetch_att(T, (A)->attbyval, (A)->attlen)

/* Stores a by-value Datum of attlen bytes at T. */
static inline void
store_att_byval(void *T, Datum newdatum, int attlen)
{
	switch (attlen)
	{
		case 1: *(char *) T = DatumGetChar(newdatum); break;
		case 2: *(int16 *) T = DatumGetInt16(newdatum); break;
		case 4: *(int32 *) T = DatumGetInt32(newdatum); break;
		default:
			Assert(attlen == 8);
			*(Datum *) T = newdatum;
			break;
	}
}

/* An offset moved up to the alignment of a type (TYPALIGN_ codes). */
static inline uintptr_t
att_align_nominal(uintptr_t cur_offset, char attalign)
{
	switch (attalign)
	{
		case TYPALIGN_CHAR: return cur_offset;
		case TYPALIGN_SHORT: return SHORTALIGN(cur_offset);
		case TYPALIGN_DOUBLE: return DOUBLEALIGN(cur_offset);
		default: return INTALIGN(cur_offset);
	}
}

/* The same before storing attdatum, and before reading at attptr: values in short form are not aligned. */
static inline uintptr_t
att_align_datum(uintptr_t cur_offset, char attalign, int attlen, Datum attdatum)
{
	if (attlen == -1 && VARATT_IS_SHORT(DatumGetPointer(attdatum)))
		return cur_offset;
	return att_align_nominal(cur_offset, attalign);
}

static inline uintptr_t
att_align_pointer(uintptr_t cur_offset, char attalign, int attlen, const void *attptr)
{
	if (attlen == -1 && VARATT_NOT_PAD_BYTE(attptr))
		return cur_offset;
	return att_align_nominal(cur_offset, attalign);
}

/* The offset behind a value: fixed length, variable length (-1) or C string (-2). */
static inline uintptr_t
att_addlength_pointer(uintptr_t cur_offset, int attlen, const void *attptr)
{
	if (attlen > 0)
		return cur_offset + (uintptr_t) attlen;
	if (attlen == -1)
		return cur_offset + VARSIZE_ANY(attptr);
	return cur_offset + strlen((const char *) attptr) + 1;
}

static inline uintptr_t
att_addlength_datum(uintptr_t cur_offset, int attlen, Datum attdatum)
{
	return att_addlength_pointer(cur_offset, attlen, DatumGetPointer(attdatum));
}

PG_END_EXTERN_C

#endif /* TUPMACS_H */
