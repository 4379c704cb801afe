/*
 * detoast.h
 *		Plain forms of values. Values are neither compressed nor kept outside of their row.
 */
#ifndef DETOAST_H
#define DETOAST_H

#include "postgres.h"

#include "fmgr.h"

PG_BEGIN_EXTERN_C

/* As PG_DETOAST_DATUM, and PG_DETOAST_DATUM_PACKED. */
#define detoast_attr(attr) pg_detoast_datum(attr)
#define detoast_external_attr(attr) pg_detoast_datum_packed(attr)
#define detoast_attr_slice(attr, sliceoffset, slicelength) \
	pg_detoast_datum_slice((attr), (sliceoffset), (slicelength))
/* Bytes of the value with its header. */
#define toast_raw_datum_size(value) ((Size) VARSIZE_ANY_EXHDR(DatumGetPointer(value)) + VARHDRSZ)
#define toast_datum_size(value) ((Size) VARSIZE_ANY(DatumGetPointer(value)))

PG_END_EXTERN_C

#endif /* DETOAST_H */
