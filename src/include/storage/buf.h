/*
 * buf.h
 *		Numbers of buffers.
 */
#ifndef BUF_H
#define BUF_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef int Buffer;
typedef struct BufferAccessStrategyData *BufferAccessStrategy;

#define InvalidBuffer 0
#define BufferIsInvalid(buffer) ((buffer) == InvalidBuffer)
#define BufferIsLocal(buffer) ((buffer) < 0)

PG_END_EXTERN_C

#endif /* BUF_H */
