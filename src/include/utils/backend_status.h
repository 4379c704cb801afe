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
#include "libpq/pqcomm.h"
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

/* What a process tells of itself, as a snapshot copies it. Times are 0 where there is none; texts live as long as the
 * snapshot. There is no TLS and no GSSAPI. */
typedef struct PgBackendSSLStatus PgBackendSSLStatus;
typedef struct PgBackendGSSStatus PgBackendGSSStatus;

typedef struct PgBackendStatus
{
	int st_changecount;
	int st_procpid;
	BackendType st_backendType;
	TimestampTz st_proc_start_timestamp;
	TimestampTz st_xact_start_timestamp;
	TimestampTz st_activity_start_timestamp;
	TimestampTz st_state_start_timestamp;
	Oid st_databaseid;
	Oid st_userid;
	SockAddr st_clientaddr; /* family 0: no client */
	char *st_clienthostname;
	bool st_ssl;
	PgBackendSSLStatus *st_sslstatus;
	bool st_gss;
	PgBackendGSSStatus *st_gssstatus;
	BackendState st_state;
	char *st_appname;
	char *st_activity_raw; /* give it to pgstat_clip_activity */
	ProgressCommandType st_progress_command;
	Oid st_progress_command_target;
	int64 st_progress_param[PGSTAT_NUM_PROGRESS_PARAM];
	uint64 st_query_id;
} PgBackendStatus;

typedef struct LocalPgBackendStatus
{
	PgBackendStatus backendStatus;
	int backend_id;	 /* as PGPROC's backendId */
	int proc_number; /* index of its PGPROC */
	TransactionId backend_xid;
	TransactionId backend_xmin;
	int backend_subxact_count;
	bool backend_subxact_overflowed;
} LocalPgBackendStatus;

/*
 * A snapshot of all processes, made by the first of these calls and kept until pgstat_clear_snapshot or the transaction's
 * end. Numbers run from 1 to pgstat_fetch_stat_numbackends(); another number gives NULL.
 */
extern int pgstat_fetch_stat_numbackends(void);
extern PgBackendStatus *pgstat_fetch_stat_beentry(int beid);
extern LocalPgBackendStatus *pgstat_fetch_stat_local_beentry(int beid);
/* The names of later releases; the two of the second line take a backend's id and the index of its PGPROC. */
extern LocalPgBackendStatus *pgstat_get_local_beentry_by_index(int idx);
extern PgBackendStatus *pgstat_get_beentry_by_backend_id(int beid);
extern LocalPgBackendStatus *pgstat_get_local_beentry_by_backend_id(int beid);
extern PgBackendStatus *pgstat_get_beentry_by_proc_number(int procNumber);
extern LocalPgBackendStatus *pgstat_get_local_beentry_by_proc_number(int procNumber);
extern void pgstat_clear_backend_activity_snapshot(void);

/* The statement that a process runs now, palloc'd, or a remark in angle brackets. checkUser: only for whom it concerns. */
extern const char *pgstat_get_backend_current_activity(int pid, bool checkUser);
/* A palloc'd copy that ends at a character's end. */
extern char *pgstat_clip_activity(const char *raw_activity);

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
