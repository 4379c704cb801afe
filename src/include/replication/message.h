/*
 * message.h
 *		Messages in the log.
 *
 * There is no logical decoding and no replication here: each function raises ERROR 0A000 with its name.
 */
#ifndef PG_LOGICAL_MESSAGE_H
#define PG_LOGICAL_MESSAGE_H

#include "postgres.h"

#include "access/xlog.h"
#include "access/xlogdefs.h"
#include "access/xlogreader.h"

PG_BEGIN_EXTERN_C

extern XLogRecPtr LogLogicalMessage(const char *prefix, const char *message, size_t size,
									bool transactional);

PG_END_EXTERN_C

#endif /* PG_LOGICAL_MESSAGE_H */
