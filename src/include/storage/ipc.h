/*
 * ipc.h
 *		Ending a process, and what is to happen then.
 *
 * proc_exit runs, each list last in first out and each entry removed before it is called: before_shmem_exit callbacks
 * (the process may still use the database and shared memory), on_shmem_exit callbacks (release of shared memory),
 * on_proc_exit callbacks. A callback must not raise; it gets the exit code and its own argument. The lists hold 20
 * entries each, more raise FATAL 54000. Source: PostgreSQL 15, behaviour of storage/ipc.
 */
#ifndef IPC_H
#define IPC_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef void (*pg_on_exit_callback)(int code, Datum arg);
typedef void (*shmem_startup_hook_type)(void);

/* True once proc_exit or shmem_exit has begun. */
extern PGDLLIMPORT bool proc_exit_inprogress;
extern PGDLLIMPORT bool shmem_exit_inprogress;

/* Ends the process in good order. For a worker: 0 unregisters it, 1 has it restarted after bgw_restart_time, anything
 * else counts as a crash. Not from signal handlers. */
extern void proc_exit(int code) pg_attribute_noreturn();
/* Runs the first two lists without ending the process. */
extern void shmem_exit(int code);

extern void on_proc_exit(pg_on_exit_callback function, Datum arg);
extern void on_shmem_exit(pg_on_exit_callback function, Datum arg);
extern void before_shmem_exit(pg_on_exit_callback function, Datum arg);
/* Takes back the latest before_shmem_exit; ERROR XX000 when the latest one is another. */
extern void cancel_before_shmem_exit(pg_on_exit_callback function, Datum arg);
/* Forgets all callbacks, in a child just forked. */
extern void on_exit_reset(void);

/* cleanup_function(code, arg) is sure to run, be the block left by an error or by proc_exit. */
#define PG_ENSURE_ERROR_CLEANUP(cleanup_function, arg) \
	do                                                 \
	{                                                  \
		before_shmem_exit(cleanup_function, arg);      \
	PG_TRY()

#define PG_END_ENSURE_ERROR_CLEANUP(cleanup_function, arg) \
	cancel_before_shmem_exit(cleanup_function, arg);       \
	PG_CATCH();                                            \
	{                                                      \
		cancel_before_shmem_exit(cleanup_function, arg);   \
		(cleanup_function)(0, arg);                        \
		PG_RE_THROW();                                     \
	}                                                      \
	PG_END_TRY();                                          \
	}                                                      \
	while (0)

/* Called in the postmaster once shared memory exists, at start and after every crash: initialise the module's shared
 * structures here (ShmemInitStruct under AddinShmemInitLock). Chain to the former value. */
extern PGDLLIMPORT shmem_startup_hook_type shmem_startup_hook;

PG_END_EXTERN_C

#endif /* IPC_H */
