/*
 * decode.h
 *		Decoding of log records.
 *
 * There is no logical decoding and no replication here: each function raises ERROR 0A000 with its name.
 */
#ifndef DECODE_H
#define DECODE_H

#include "postgres.h"

#include "access/xlogreader.h"
#include "replication/logical.h"
#include "replication/reorderbuffer.h"

PG_BEGIN_EXTERN_C

extern void LogicalDecodingProcessRecord(LogicalDecodingContext *ctx, XLogReaderState *record);

PG_END_EXTERN_C

#endif /* DECODE_H */
