/*
 * toast_compression.h
 *		Compression of values. There is none.
 */
#ifndef TOAST_COMPRESSION_H
#define TOAST_COMPRESSION_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef enum ToastCompressionId
{
	TOAST_PGLZ_COMPRESSION_ID = 0,
	TOAST_LZ4_COMPRESSION_ID = 1,
	TOAST_INVALID_COMPRESSION_ID = 2
} ToastCompressionId;

#define TOAST_PGLZ_COMPRESSION 'p'
#define TOAST_LZ4_COMPRESSION 'l'
#define InvalidCompressionMethod '\0'
#define CompressionMethodIsValid(cm) ((cm) != InvalidCompressionMethod)

PG_END_EXTERN_C

#endif /* TOAST_COMPRESSION_H */
