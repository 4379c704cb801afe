/*
 * pg_bswap.h
 *		Byte order.
 */
#ifndef PG_BSWAP_H
#define PG_BSWAP_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

#define pg_bswap16(x) __builtin_bswap16(x)
#define pg_bswap32(x) __builtin_bswap32(x)
#define pg_bswap64(x) __builtin_bswap64(x)

/* To and from network order. */
#ifdef WORDS_BIGENDIAN
#define pg_hton16(x) (x)
#define pg_hton32(x) (x)
#define pg_hton64(x) (x)
#else
#define pg_hton16(x) pg_bswap16(x)
#define pg_hton32(x) pg_bswap32(x)
#define pg_hton64(x) pg_bswap64(x)
#endif
#define pg_ntoh16(x) pg_hton16(x)
#define pg_ntoh32(x) pg_hton32(x)
#define pg_ntoh64(x) pg_hton64(x)

#define DatumBigEndianToNative(x) pg_ntoh64(x)

PG_END_EXTERN_C

#endif /* PG_BSWAP_H */
