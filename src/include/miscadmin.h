/*
 * miscadmin.h
 *		The process: who and what it is, its interrupts, its user, the server's main settings.
 *
 * Variables are per process and, unless stated otherwise, only read by modules.
 */
#ifndef MISCADMIN_H
#define MISCADMIN_H

#include "postgres.h"

#include <signal.h>

#include "datatype/timestamp.h"
#include "pgtime.h"

PG_BEGIN_EXTERN_C

#define InvalidPid (-1)

/*
 * Interrupts. Handlers only set flags; the code serves them where it says CHECK_FOR_INTERRUPTS. That may raise: ERROR
 * 57014 for a cancel, FATAL 57P01 for a termination.
 */
extern PGDLLIMPORT volatile sig_atomic_t InterruptPending; /* any of the following */
extern PGDLLIMPORT volatile sig_atomic_t QueryCancelPending;
extern PGDLLIMPORT volatile sig_atomic_t ProcDiePending;
extern PGDLLIMPORT volatile sig_atomic_t IdleInTransactionSessionTimeoutPending;
extern PGDLLIMPORT volatile sig_atomic_t IdleSessionTimeoutPending;
extern PGDLLIMPORT volatile sig_atomic_t ClientConnectionLost;

/* While one of these is above 0, interrupts wait; use the macros. */
extern PGDLLIMPORT volatile uint32 InterruptHoldoffCount;
extern PGDLLIMPORT volatile uint32 QueryCancelHoldoffCount;
extern PGDLLIMPORT volatile uint32 CritSectionCount;

/* Serves what is pending, if it may now. Called through the macro. */
extern void ProcessInterrupts(void);

#define INTERRUPTS_PENDING_CONDITION() (unlikely(InterruptPending))
#define CHECK_FOR_INTERRUPTS()              \
	do                                      \
	{                                       \
		if (INTERRUPTS_PENDING_CONDITION()) \
			ProcessInterrupts();            \
	} while (0)
#define INTERRUPTS_CAN_BE_PROCESSED() \
	(InterruptHoldoffCount == 0 && CritSectionCount == 0 && QueryCancelHoldoffCount == 0)

/* Pairs. An error resets the first two counts; within a critical section ERROR becomes PANIC. */
#define HOLD_INTERRUPTS() ((void) (InterruptHoldoffCount = InterruptHoldoffCount + 1))
#define RESUME_INTERRUPTS()                                \
	do                                                     \
	{                                                      \
		Assert(InterruptHoldoffCount > 0);                 \
		InterruptHoldoffCount = InterruptHoldoffCount - 1; \
	} while (0)
#define HOLD_CANCEL_INTERRUPTS() ((void) (QueryCancelHoldoffCount = QueryCancelHoldoffCount + 1))
#define RESUME_CANCEL_INTERRUPTS()                             \
	do                                                         \
	{                                                          \
		Assert(QueryCancelHoldoffCount > 0);                   \
		QueryCancelHoldoffCount = QueryCancelHoldoffCount - 1; \
	} while (0)
#define START_CRIT_SECTION() ((void) (CritSectionCount = CritSectionCount + 1))
#define END_CRIT_SECTION()                       \
	do                                           \
	{                                            \
		Assert(CritSectionCount > 0);            \
		CritSectionCount = CritSectionCount - 1; \
	} while (0)

/*
 * The process
 */
extern PGDLLIMPORT pid_t PostmasterPid;
extern PGDLLIMPORT bool IsPostmasterEnvironment;
extern PGDLLIMPORT bool IsUnderPostmaster; /* false in the postmaster itself */
extern PGDLLIMPORT bool IsBackgroundWorker;
extern PGDLLIMPORT bool IsBinaryUpgrade; /* always false */
extern PGDLLIMPORT bool ExitOnAnyError;

extern PGDLLIMPORT int MyProcPid;
extern PGDLLIMPORT pg_time_t MyStartTime;
extern PGDLLIMPORT TimestampTz MyStartTimestamp;
/* The latch to wait on: the process's own, or in one with shared memory the one in MyProc. Never NULL. */
extern PGDLLIMPORT struct Latch *MyLatch;

typedef enum BackendType
{
	B_INVALID = 0,
	B_AUTOVAC_LAUNCHER,
	B_AUTOVAC_WORKER,
	B_BACKEND,
	B_BG_WORKER,
	B_BG_WRITER,
	B_CHECKPOINTER,
	B_STARTUP,
	B_WAL_RECEIVER,
	B_WAL_SENDER,
	B_WAL_WRITER,
	B_ARCHIVER,
	B_LOGGER
} BackendType;

extern PGDLLIMPORT BackendType MyBackendType;
#define AmRegularBackendProcess() (MyBackendType == B_BACKEND)
#define AmBackgroundWorkerProcess() (MyBackendType == B_BG_WORKER)
/* "client backend" and so on; static text. */
extern const char *GetBackendTypeDesc(BackendType backendType);

/*
 * The server
 */
extern PGDLLIMPORT char *DataDir;
extern PGDLLIMPORT int data_directory_mode;
extern PGDLLIMPORT char my_exec_path[];
extern PGDLLIMPORT char pkglib_path[];
extern PGDLLIMPORT int
	MaxBackends; /* all processes with a slot; valid from shmem_request_hook on */
extern PGDLLIMPORT int MaxConnections;
extern PGDLLIMPORT int max_worker_processes;
extern PGDLLIMPORT int max_parallel_workers;
extern PGDLLIMPORT int NBuffers;
extern PGDLLIMPORT bool enableFsync;
extern PGDLLIMPORT int work_mem;			 /* kB */
extern PGDLLIMPORT int maintenance_work_mem; /* kB */

/*
 * The database of this process; InvalidOid without one
 */
extern PGDLLIMPORT Oid MyDatabaseId;
extern PGDLLIMPORT Oid MyDatabaseTableSpace;

/*
 * Output of dates and intervals (settings DateStyle, IntervalStyle)
 */
#define USE_POSTGRES_DATES 0
#define USE_ISO_DATES 1
#define USE_SQL_DATES 2
#define USE_GERMAN_DATES 3
#define USE_XSD_DATES 4
#define DATEORDER_YMD 0
#define DATEORDER_DMY 1
#define DATEORDER_MDY 2
#define INTSTYLE_POSTGRES 0
#define INTSTYLE_POSTGRES_VERBOSE 1
#define INTSTYLE_SQL_STANDARD 2
#define INTSTYLE_ISO_8601 3
#define MAXTZLEN 10
extern PGDLLIMPORT int DateStyle;
extern PGDLLIMPORT int DateOrder;
extern PGDLLIMPORT int IntervalStyle;

/*
 * Connects a worker as BackgroundWorkerInitializeConnection does, by name, or where that is NULL by OID. out_dbname, if wanted, gets
 * the database's name (NAMEDATALEN bytes). A worker that was registered without BGWORKER_BACKEND_DATABASE_CONNECTION may call it, too.
 */
extern void InitPostgres(const char *in_dbname, Oid dboid, const char *username, Oid useroid,
						 bool load_session_libraries, bool override_allow_connections,
						 char *out_dbname);

/* ERROR 54001 when the C stack is near its limit (max_stack_depth); the second form only tells. */
extern void check_stack_depth(void);
extern bool stack_is_too_deep(void);

/* Refuse a command: ERROR 25006 in a read-only transaction, or during recovery. cmdname appears in the message. */
extern void PreventCommandIfReadOnly(const char *cmdname);
extern void PreventCommandDuringRecovery(const char *cmdname);

/*
 * Users. Processes with a database connection.
 */
#define SECURITY_LOCAL_USERID_CHANGE 0x0001
#define SECURITY_RESTRICTED_OPERATION 0x0002
#define SECURITY_NOFORCE_RLS 0x0004

/* Name of a role, palloc'd. When there is none: NULL with noerr, else ERROR 42704. */
extern char *GetUserNameFromId(Oid roleid, bool noerr);
extern Oid GetUserId(void);				 /* whose rights count now */
extern Oid GetOuterUserId(void);		 /* the same outside of security-definer functions */
extern Oid GetSessionUserId(void);		 /* SESSION AUTHORIZATION */
extern Oid GetAuthenticatedUserId(void); /* who logged in */
/* Save and set the current user with its security context (SECURITY_ bits); restore it on every way out. */
extern void GetUserIdAndSecContext(Oid *userid, int *sec_context);
extern void SetUserIdAndSecContext(Oid userid, int sec_context);
extern bool InLocalUserIdChange(void);
extern bool InSecurityRestrictedOperation(void);
extern bool InNoForceRLSOperation(void);
/* Becomes a role as SET ROLE does, or with InvalidOid the session's user again; whether it may is the caller's to ask. is_superuser is
 * what the setting of that name shows. GetCurrentRoleId: InvalidOid when there is none. */
extern Oid GetCurrentRoleId(void);
extern void SetCurrentRoleId(Oid roleid, bool is_superuser);
/* The same of SET SESSION AUTHORIZATION; a role that was set is so no more. */
extern void SetSessionAuthorization(Oid userid, bool is_superuser);
extern bool superuser(void); /* of the current user */
extern bool superuser_arg(Oid roleid);
extern bool has_rolreplication(Oid roleid);

/*
 * How far the process has come
 */
typedef enum ProcessingMode
{
	BootstrapProcessing,
	InitProcessing, /* until the database connection stands */
	NormalProcessing
} ProcessingMode;

extern PGDLLIMPORT ProcessingMode Mode;
#define GetProcessingMode() Mode
#define SetProcessingMode(mode) ((void) (Mode = (mode)))
#define IsBootstrapProcessingMode() (Mode == BootstrapProcessing)
#define IsInitProcessingMode() (Mode == InitProcessing)
#define IsNormalProcessingMode() (Mode == NormalProcessing)

/*
 * Preloading of modules
 */
extern PGDLLIMPORT bool
	process_shared_preload_libraries_in_progress; /* now in _PG_init of such a library */
extern PGDLLIMPORT bool process_shared_preload_libraries_done;
extern PGDLLIMPORT bool process_shmem_requests_in_progress;
extern PGDLLIMPORT char *session_preload_libraries_string;
extern PGDLLIMPORT char *shared_preload_libraries_string;
extern PGDLLIMPORT char *local_preload_libraries_string;
/* Loads what session_preload_libraries and local_preload_libraries name; client backends, once connected. */
extern void process_session_preload_libraries(void);

/* Called in the postmaster after all libraries are loaded: the one place for RequestAddinShmemSpace and
 * RequestNamedLWLockTranche. Set it in _PG_init and chain to the former value. */
typedef void (*shmem_request_hook_type)(void);
extern PGDLLIMPORT shmem_request_hook_type shmem_request_hook;

PG_END_EXTERN_C

#endif /* MISCADMIN_H */
