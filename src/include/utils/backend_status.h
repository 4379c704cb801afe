/*
 * backend_status.h
 *		What a process tells about itself in pg_stat_activity.
 *
 * Processes with shared memory; the calls cost tens of nanoseconds, wait for nobody and raise nothing. With
 * track_activities off, state becomes disabled and no texts are kept.
 */
#ifndef BACKEND_STATUS_H
#define BACKEND_STATUS_H

#include "postgres.h"

#include "datatype/timestamp.h"
#include "miscadmin.h"
#include "utils/backend_progress.h"

PG_BEGIN_EXTERN_C

typedef enum BackendState
{
	STATE_UNDEFINED, /* nothing reported yet: shown as null */
	STATE_IDLE,
	STATE_RUNNING,
	STATE_IDLEINTRANSACTION,
	STATE_FASTPATH,
	STATE_IDLEINTRANSACTION_ABORTED,
	STATE_DISABLED
} BackendState;

/* Settings track_activities and track_activity_query_size (bytes, the final zero included). */
extern PGDLLIMPORT bool pgstat_track_activities;
extern PGDLLIMPORT int pgstat_track_activity_query_size;

/* Sets state and state_change, and, with STATE_RUNNING, query_start (the statement start timestamp) and query from cmd_str,
 * cut at a character boundary. cmd_str NULL keeps the last query. */
extern void pgstat_report_activity(BackendState state, const char *cmd_str);
/* Sets application_name in the view alone. */
extern void pgstat_report_appname(const char *appname);
/* Sets query_id unless one is there; force overwrites. */
extern void pgstat_report_query_id(uint64 query_id, bool force);
extern uint64 pgstat_get_my_query_id(void);
/* Sets xact_start; 0: null. Transactions do it themselves. */
extern void pgstat_report_xact_timestamp(TimestampTz tstamp);

PG_END_EXTERN_C

#endif /* BACKEND_STATUS_H */
