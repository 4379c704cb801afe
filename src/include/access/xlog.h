/*
 * xlog.h
 *		The state of recovery.
 */
#ifndef XLOG_H
#define XLOG_H

#include "postgres.h"

#include "access/xlogdefs.h"
#include "datatype/timestamp.h"
#include "lib/stringinfo.h"
#include "nodes/pg_list.h"

PG_BEGIN_EXTERN_C

/* Whether the server is not, or not yet, open for writing. Any process with shared memory; cheap; once false it stays
 * false in this process. */
extern bool RecoveryInProgress(void);

PG_END_EXTERN_C

#endif /* XLOG_H */
