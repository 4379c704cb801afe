/*
 * bgworker_control.h
 *		Starting and stopping registered background workers by hand, from any process with shared memory.
 *
 * What pg_bgworker_start, pg_bgworker_stop and pg_bgworker_restart do in SQL, without their check of rights.
 */
#ifndef BGWORKER_CONTROL_H
#define BGWORKER_CONTROL_H

#include "postmaster/bgworker.h"

PG_BEGIN_EXTERN_C

typedef enum BackgroundWorkerOrder
{
	/* Runs it now, whether it was stopped, has failed, or waits for its restart; what it did wrong is forgotten. */
	BGW_ORDER_START = 1,
	/* Ends it (SIGTERM), and it stays stopped until it is started by an order: a static worker also over crashes and
	 * restarts of the server, a dynamic one as long as it is registered. */
	BGW_ORDER_STOP,
	/* Ends it and starts it again at once; starts one that does not run. */
	BGW_ORDER_RESTART
} BackgroundWorkerOrder;

typedef enum BackgroundWorkerOrderResult
{
	BGW_ORDER_DONE,		 /* it runs (has reached its main function), or has stopped */
	BGW_ORDER_TIMED_OUT, /* not yet; the order stands */
	BGW_ORDER_ENDED,	 /* it was started, and has failed already */
	BGW_ORDER_UNKNOWN	 /* there is no such worker */
} BackgroundWorkerOrderResult;

/* Gives the order and waits until it is carried out, at most so many milliseconds; 0: does not wait, negative: no limit.
 * ERROR when the file that remembers stopped workers cannot be written. */
extern BackgroundWorkerOrderResult OrderBackgroundWorker(BackgroundWorkerRef ref,
														 BackgroundWorkerOrder order, long timeout);

PG_END_EXTERN_C

#endif /* BGWORKER_CONTROL_H */
