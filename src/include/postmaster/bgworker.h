/*
 * bgworker.h
 *		Background workers: processes that run a module's code under the postmaster's care.
 *
 * A worker starts when the server reaches bgw_start_time, with all signals blocked. Its function sets its handlers, calls
 * BackgroundWorkerUnblockSignals, connects to a database if it asked for that, and works. How it ends:
 *	- returning, or proc_exit(0): unregistered, not restarted;
 *	- status 1 (an ERROR that nobody caught, FATAL, the default SIGTERM): started again after bgw_restart_time seconds,
 *	  or unregistered if that is BGW_NEVER_RESTART;
 *	- anything else: a crash. With shared memory access the server restarts all its processes; without, only the worker
 *	  is started again.
 * Source of the rules: PostgreSQL 15 manual, chapter "Background Worker Processes". Beyond it, workers without
 * BGWORKER_SHMEM_ACCESS are allowed: they may use libpq, latches of their own and little else.
 */
#ifndef BGWORKER_H
#define BGWORKER_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

/* bgw_flags */
#define BGWORKER_SHMEM_ACCESS 0x0001
/* May connect to a database. Needs BGWORKER_SHMEM_ACCESS and a start time after PostmasterStart. */
#define BGWORKER_BACKEND_DATABASE_CONNECTION 0x0002
/* Ended, and not started again, when its database is to be dropped, renamed or copied. Needs a database connection. */
#define BGWORKER_INTERRUPTIBLE 0x0004
/* Counts against max_parallel_workers; must not be restarted. */
#define BGWORKER_CLASS_PARALLEL 0x0010
/* Run bgw_main instead of bgw_library_name and bgw_function_name. For static workers, whose library the postmaster has
 * loaded. Implied where library and function are empty, and where they are no names and bgw_main points to code of the module
 * that calls, as in sources for PostgreSQL 9.3 to 9.6; those need not fill the struct with zeros. */
#define BGWORKER_MAIN_POINTER 0x01000000

typedef void (*bgworker_main_type)(Datum main_arg);

/* The earliest point at which the server starts the worker. */
typedef enum
{
	BgWorkerStart_PostmasterStart, /* at once; no database connection possible */
	BgWorkerStart_ConsistentState, /* when read-only sessions are possible */
	BgWorkerStart_RecoveryFinished /* when writing is possible */
} BgWorkerStartTime;

#define BGW_DEFAULT_RESTART_INTERVAL 60 /* seconds */
#define BGW_NEVER_RESTART -1
#define BGW_MAXLEN 96
#define BGW_EXTRALEN 128

/*
 * What to run and when. Fill the struct with zeros before setting fields.
 */
typedef struct BackgroundWorker
{
	char bgw_name[BGW_MAXLEN]; /* process title and log */
	char bgw_type[BGW_MAXLEN]; /* backend_type in pg_stat_activity; empty, or no text: bgw_name */
	int bgw_flags;
	BgWorkerStartTime bgw_start_time;
	int bgw_restart_time; /* seconds, 0 to 86400, or BGW_NEVER_RESTART */
	char bgw_library_name
		[MAXPGPATH]; /* as in shared_preload_libraries; "postgres": the server itself */
	char bgw_function_name[BGW_MAXLEN]; /* a bgworker_main_type, exported */
	Datum bgw_main_arg;					/* its argument */
	char bgw_extra[BGW_EXTRALEN];		/* for the worker's use; MyBgworkerEntry->bgw_extra there */
	pid_t bgw_notify_pid;				/* gets SIGUSR1 at start and end; dynamic workers only */
	bgworker_main_type bgw_main;		/* with BGWORKER_MAIN_POINTER; see there */
} BackgroundWorker;

/* State of a dynamically registered worker. */
typedef enum BgwHandleStatus
{
	BGWH_STARTED,		  /* runs */
	BGWH_NOT_YET_STARTED, /* registered, has not run */
	BGWH_STOPPED,		  /* has run or will not run */
	BGWH_POSTMASTER_DIED,
	BGWH_TIMED_OUT /* only from the waits with a timeout */
} BgwHandleStatus;

struct BackgroundWorkerHandle;
typedef struct BackgroundWorkerHandle BackgroundWorkerHandle;

/* Registers a static worker. Postmaster only, from _PG_init while shared_preload_libraries are loaded; elsewhere and for
 * bad fields it logs why and does nothing. The struct is copied. */
extern void RegisterBackgroundWorker(BackgroundWorker *worker);

/* Registers a worker now, from a backend or from another worker with shared memory. False when all of
 * max_worker_processes slots are in use; ERROR 22023 for bad fields. handle may be NULL; otherwise *handle is palloc'd
 * in CurrentMemoryContext. */
extern bool RegisterDynamicBackgroundWorker(BackgroundWorker *worker,
											BackgroundWorkerHandle **handle);

/* State of a dynamic worker; with BGWH_STARTED also its process number in *pidp. */
extern BgwHandleStatus GetBackgroundWorkerPid(BackgroundWorkerHandle *handle, pid_t *pidp);
/* Sleep on MyLatch until the worker has started or stopped, or has stopped. The process named in bgw_notify_pid is woken
 * at once; any other one looks again ten times a second. */
extern BgwHandleStatus WaitForBackgroundWorkerStartup(BackgroundWorkerHandle *handle, pid_t *pid);
extern BgwHandleStatus WaitForBackgroundWorkerShutdown(BackgroundWorkerHandle *handle);
/* The same for so many milliseconds at most, then BGWH_TIMED_OUT; a negative timeout is none. (Postroom) */
extern BgwHandleStatus WaitForBackgroundWorkerStartupTimeout(BackgroundWorkerHandle *handle,
															 pid_t *pid, long timeout);
extern BgwHandleStatus WaitForBackgroundWorkerShutdownTimeout(BackgroundWorkerHandle *handle,
															  long timeout);
/* Sleeps until the worker has called BackgroundWorkerReady: BGWH_STARTED; or has ended without: BGWH_STOPPED. */
extern BgwHandleStatus WaitForBackgroundWorkerReady(BackgroundWorkerHandle *handle, long timeout);
/* Asks the postmaster to end the worker (SIGTERM) and not to start it again. Does not wait. */
extern void TerminateBackgroundWorker(BackgroundWorkerHandle *handle);
/* bgw_type of the worker with this process number, in a static buffer; NULL when there is none. */
extern const char *GetBackgroundWorkerTypeByPid(pid_t pid);

/*
 * A registered worker, by numbers: to be copied, stored and sent to other processes. id is that of pg_stat_bgworker.
 * The pair is never used for another worker, also not after a crash or in another life of the server. (Postroom)
 */
typedef struct BackgroundWorkerRef
{
	uint64 id;
	uint64 generation;
} BackgroundWorkerRef;

/* Of the worker behind a handle; 0, 0 when it is gone. */
extern BackgroundWorkerRef GetBackgroundWorkerRef(BackgroundWorkerHandle *handle);
/* A handle, palloc'd, good for all calls above; when the worker is gone, it is one of a worker that has stopped. */
extern BackgroundWorkerHandle *OpenBackgroundWorkerRef(BackgroundWorkerRef ref);
/* In a worker: its own. Elsewhere 0, 0. */
extern BackgroundWorkerRef GetMyBackgroundWorkerRef(void);

/* In a worker: it has done what it needs to do before others may rely on it. Tells who waits for that,
 * and shows in pg_stat_bgworker. (Postroom) */
extern void BackgroundWorkerReady(void);

/* Ends and unregisters all workers with BGWORKER_INTERRUPTIBLE that are connected to the database. Does not wait. */
extern void TerminateBackgroundWorkersForDatabase(Oid databaseId);

/* In a worker: its own entry. NULL elsewhere. */
extern PGDLLIMPORT BackgroundWorker *MyBgworkerEntry;

/* Flags of the connect calls. */
#define BGWORKER_BYPASS_ALLOWCONN 0x0001	  /* also to a database that allows no connections */
#define BGWORKER_BYPASS_ROLELOGINCHECK 0x0002 /* also as a role that may not log in */

/* Connect a worker to a database, once in its life, as a role. dbname NULL (InvalidOid): shared catalogs only; username
 * NULL (InvalidOid): the bootstrap superuser. FATAL 54000 without BGWORKER_BACKEND_DATABASE_CONNECTION, ERROR XX000 at
 * a second call, FATAL 3D000, 28000, 55000 when database or role cannot be used. */
extern void BackgroundWorkerInitializeConnection(const char *dbname, const char *username,
												 uint32 flags);
extern void BackgroundWorkerInitializeConnectionByOid(Oid dboid, Oid useroid, uint32 flags);

/* Block all signals but those of synchronous faults, and let them through again. */
extern void BackgroundWorkerBlockSignals(void);
extern void BackgroundWorkerUnblockSignals(void);

/* Sources of PostgreSQL 10 and before give no flags. */
#define PG_CONNECT_WORKER(dbname, username, flags, ...) \
	(BackgroundWorkerInitializeConnection)(dbname, username, flags)
#define BackgroundWorkerInitializeConnection(...) PG_CONNECT_WORKER(__VA_ARGS__, 0, 0)
#define PG_CONNECT_WORKER_BY_OID(dboid, useroid, flags, ...) \
	(BackgroundWorkerInitializeConnectionByOid)(dboid, useroid, flags)
#define BackgroundWorkerInitializeConnectionByOid(...) PG_CONNECT_WORKER_BY_OID(__VA_ARGS__, 0, 0)

PG_END_EXTERN_C

#endif /* BGWORKER_H */
