/*
 * bgworker_policy.h
 *		What becomes of a background worker that ended, said at registration.
 *
 * Fill the struct with zeros before setting fields: what stays 0 is as bgw_restart_time says. What the server's rules file
 * (pg_bgworker.conf) says about the worker wins, option by option. Beyond PostgreSQL: compile it only where this header is.
 */
#ifndef BGWORKER_POLICY_H
#define BGWORKER_POLICY_H

#include "postmaster/bgworker.h"

PG_BEGIN_EXTERN_C

typedef enum BackgroundWorkerRestart
{
	BGW_RESTART_AS_REGISTERED, /* by bgw_restart_time and exit code, see bgworker.h */
	BGW_RESTART_ALWAYS,		   /* also after exit code 0 */
	BGW_RESTART_ON_FAILURE,	   /* after any end but exit code 0 */
	BGW_RESTART_NEVER
} BackgroundWorkerRestart;

#define BGW_EXIT_CODES 256
#define BGW_POLICY_SETTINGSLEN 256
#define BGW_MAX_START_LIMIT 64

typedef struct BackgroundWorkerPolicy
{
	BackgroundWorkerRestart bgwp_restart;
	/* By exit code. A worker with shared memory that leaves through proc_exit with one of these codes has not crashed. */
	bool bgwp_done[BGW_EXIT_CODES];	  /* its work is done: not started again */
	bool bgwp_failed[BGW_EXIT_CODES]; /* no use in trying again: failed, until started by hand */
	/* Milliseconds from an end to the next start: the first, doubled for each failure in a row up to the second. Both 0:
	 * bgw_restart_time. */
	int64 bgwp_backoff_min;
	int64 bgwp_backoff_max;
	int bgwp_jitter; /* how far that varies, in percent up to 100; 0: 10, -1: not at all */
	int64
		bgwp_healthy; /* milliseconds that a run must last to end the row of failures; 0: a minute */
	/* More than bgwp_limit_starts (at most BGW_MAX_START_LIMIT) starts in bgwp_limit_window milliseconds: failed. 0: no
	 * limit. */
	int bgwp_limit_starts;
	int64 bgwp_limit_window;
	int bgwp_order;	   /* from 1: starts after workers of lower order, stops before them; 0: none */
	int bgwp_priority; /* who comes first when not all can start; -1000 to 1000 */
	/* Settings of the worker: name=value with blanks between; double quotes around a value with blanks. */
	char bgwp_settings[BGW_POLICY_SETTINGSLEN];
} BackgroundWorkerPolicy;

/* As RegisterBackgroundWorker and RegisterDynamicBackgroundWorker, with a policy (copied; NULL: none). A policy with bad
 * values is refused as a struct with bad fields is. */
extern void RegisterBackgroundWorkerWithPolicy(BackgroundWorker *worker,
											   const BackgroundWorkerPolicy *policy);
extern bool RegisterDynamicBackgroundWorkerWithPolicy(BackgroundWorker *worker,
													  const BackgroundWorkerPolicy *policy,
													  BackgroundWorkerHandle **handle);

PG_END_EXTERN_C

#endif /* BGWORKER_POLICY_H */
