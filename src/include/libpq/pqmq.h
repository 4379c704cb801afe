/*
 * pqmq.h
 *		The protocol through a queue in shared memory: what a worker says goes to whoever started it.
 */
#ifndef PQMQ_H
#define PQMQ_H

#include "postgres.h"

#include "lib/stringinfo.h"
#include "storage/backendid.h"
#include "storage/shm_mq.h"

PG_BEGIN_EXTERN_C

/* From now on rows and reports of this worker (NOTICE and above, by client_min_messages) are messages in the queue, until the
 * segment is detached. */
extern void pq_redirect_to_shm_mq(dsm_segment *seg, shm_mq_handle *mqh);
/* Who reads them: is told by PROCSIG_PARALLEL_MESSAGE after each. */
extern void pq_set_parallel_leader(pid_t pid, BackendId backend_id);
/* Reads the body of an ErrorResponse or NoticeResponse; edata's texts are palloc'd. ERROR XX000 for a code that is none. */
extern void pq_parse_errornotice(StringInfo msg, ErrorData *edata);

PG_END_EXTERN_C

#endif /* PQMQ_H */
