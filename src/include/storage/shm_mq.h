/*
 * shm_mq.h
 *		Message queues in shared memory: one sender, one receiver, messages of any length, in order.
 *
 * A queue lies in memory that both see, usually a segment of storage/dsm.h. Its maker names the sender and the receiver
 * (each once, each may be set by the process itself), then both attach. A queue ends when either detaches: what was
 * sent is still received, then SHM_MQ_DETACHED. Waits are on MyLatch and serve interrupts. Backends and workers
 * with shared memory. Source: PostgreSQL 15, behaviour of storage/ipc/shm_mq.
 */
#ifndef SHM_MQ_H
#define SHM_MQ_H

#include "postgres.h"

#include "postmaster/bgworker.h"
#include "storage/dsm.h"
#include "storage/proc.h"

PG_BEGIN_EXTERN_C

/* The queue, in shared memory; and this process's end of it, in CurrentMemoryContext at shm_mq_attach. */
typedef struct shm_mq shm_mq;
typedef struct shm_mq_handle shm_mq_handle;

/* A piece of a message. */
typedef struct
{
	const char *data;
	Size len;
} shm_mq_iovec;

typedef enum
{
	SHM_MQ_SUCCESS,		/* sent, received */
	SHM_MQ_WOULD_BLOCK, /* nowait: not now, or only a part of it: call again with the same arguments when the latch is set */
	SHM_MQ_DETACHED		/* the other one is gone, or will not come */
} shm_mq_result;

/* Makes a queue of size bytes (at least shm_mq_minimum_size) at address, which is aligned to 8. */
extern shm_mq *shm_mq_create(void *address, Size size);

extern void shm_mq_set_receiver(shm_mq *mq, PGPROC *proc);
extern void shm_mq_set_sender(shm_mq *mq, PGPROC *proc);
/* NULL: not set yet. */
extern PGPROC *shm_mq_get_receiver(shm_mq *mq);
extern PGPROC *shm_mq_get_sender(shm_mq *mq);

/* This process's end; it must be the queue's sender or receiver. With seg, the end of its mapping detaches. With
 * handle, a wait for the other one ends when that worker has stopped without coming. */
extern shm_mq_handle *shm_mq_attach(shm_mq *mq, dsm_segment *seg, BackgroundWorkerHandle *handle);
/* The worker that is the other one, when it was not known yet. */
extern void shm_mq_set_handle(shm_mq_handle *mqh, BackgroundWorkerHandle *handle);
/* Tells the other one and frees the handle. */
extern void shm_mq_detach(shm_mq_handle *mqh);
extern shm_mq *shm_mq_get_queue(shm_mq_handle *mqh);

/* Sends a message of nbytes, or of several pieces. Without force_flush the receiver may be told later, with the next
 * message. ERROR 54000 for more than MaxAllocSize. */
extern shm_mq_result shm_mq_send(shm_mq_handle *mqh, Size nbytes, const void *data, bool nowait,
								 bool force_flush);
extern shm_mq_result shm_mq_sendv(shm_mq_handle *mqh, shm_mq_iovec *iov, int iovcnt, bool nowait,
								  bool force_flush);
/* The next message, which is valid until the next call with this handle; aligned to 8. ERROR 54000 for a length that
 * cannot be. */
extern shm_mq_result shm_mq_receive(shm_mq_handle *mqh, Size *nbytesp, void **datap, bool nowait);

/* Waits until the other one has attached. */
extern shm_mq_result shm_mq_wait_for_attach(shm_mq_handle *mqh);

extern PGDLLIMPORT const Size shm_mq_minimum_size;

/* Sources of PostgreSQL 14 and before leave force_flush out: each message is told at once. */
#define PG_SHM_MQ_SEND(mqh, a, b, nowait, flush, ...) (shm_mq_send)(mqh, a, b, nowait, flush)
#define shm_mq_send(...) PG_SHM_MQ_SEND(__VA_ARGS__, true, true)
#define PG_SHM_MQ_SENDV(mqh, a, b, nowait, flush, ...) (shm_mq_sendv)(mqh, a, b, nowait, flush)
#define shm_mq_sendv(...) PG_SHM_MQ_SENDV(__VA_ARGS__, true, true)

PG_END_EXTERN_C

#endif /* SHM_MQ_H */
