/*
 * timeout.h
 *		Timers of a process.
 *
 * Backends and workers. A handler runs in a signal handler: it sets flags and the latch, and nothing else. The end of a
 * transaction stops statement and lock timeouts only. ERROR 0A000 for the timeouts of recovery and of deadlock detection.
 */
#ifndef TIMEOUT_H
#define TIMEOUT_H

#include "postgres.h"

#include "datatype/timestamp.h"

PG_BEGIN_EXTERN_C

typedef enum TimeoutId
{
	STARTUP_PACKET_TIMEOUT,
	DEADLOCK_TIMEOUT,
	LOCK_TIMEOUT,
	STATEMENT_TIMEOUT,
	STANDBY_DEADLOCK_TIMEOUT,
	STANDBY_TIMEOUT,
	STANDBY_LOCK_TIMEOUT,
	IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
	IDLE_SESSION_TIMEOUT,
	IDLE_STATS_UPDATE_TIMEOUT,
	CLIENT_CONNECTION_CHECK_TIMEOUT,
	STARTUP_PROGRESS_TIMEOUT,
	USER_TIMEOUT, /* the first of modules */
	MAX_TIMEOUTS = USER_TIMEOUT + 10
} TimeoutId;

typedef void (*timeout_handler_proc)(void);

typedef enum TimeoutType
{
	TMPARAM_AFTER,
	TMPARAM_AT,
	TMPARAM_EVERY
} TimeoutType;

typedef struct EnableTimeoutParams
{
	TimeoutId id;
	TimeoutType type;
	int delay_ms;		  /* TMPARAM_AFTER, TMPARAM_EVERY */
	TimestampTz fin_time; /* TMPARAM_AT, and the first time of TMPARAM_EVERY */
} EnableTimeoutParams;

typedef struct DisableTimeoutParams
{
	TimeoutId id;
	bool keep_indicator;
} DisableTimeoutParams;

/* id USER_TIMEOUT: the number of a new timer, FATAL 54000 when there is none left. */
extern TimeoutId RegisterTimeout(TimeoutId id, timeout_handler_proc handler);

/* Start a timer, or start it anew: in delay_ms milliseconds, or at that time; every delay_ms from fin_time on. */
extern void enable_timeout_after(TimeoutId id, int delay_ms);
extern void enable_timeout_at(TimeoutId id, TimestampTz fin_time);
extern void enable_timeout_every(TimeoutId id, TimestampTz fin_time, int delay_ms);
extern void enable_timeouts(const EnableTimeoutParams *timeouts, int count);
/* Stop one; without keep_indicator it is as if it had never gone off. */
extern void disable_timeout(TimeoutId id, bool keep_indicator);
extern void disable_timeouts(const DisableTimeoutParams *timeouts, int count);
extern void disable_all_timeouts(bool keep_indicators);

/* Whether it runs, whether it has gone off, when it was started and when it goes off. */
extern bool get_timeout_active(TimeoutId id);
extern bool get_timeout_indicator(TimeoutId id, bool reset_indicator);
extern TimestampTz get_timeout_start_time(TimeoutId id);
extern TimestampTz get_timeout_finish_time(TimeoutId id);

PG_END_EXTERN_C

#endif /* TIMEOUT_H */
