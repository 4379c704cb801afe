/*
 * procsignal.h
 *		SIGUSR1 with a reason.
 */
#ifndef PROCSIGNAL_H
#define PROCSIGNAL_H

#include "postgres.h"

#include "storage/backendid.h"

PG_BEGIN_EXTERN_C

typedef enum
{
	PROCSIG_CATCHUP_INTERRUPT,
	PROCSIG_NOTIFY_INTERRUPT,
	PROCSIG_PARALLEL_MESSAGE,
	PROCSIG_WALSND_INIT_STOPPING,
	PROCSIG_BARRIER,
	PROCSIG_LOG_MEMORY_CONTEXT,
	PROCSIG_RECOVERY_CONFLICT_DATABASE,
	PROCSIG_RECOVERY_CONFLICT_TABLESPACE,
	PROCSIG_RECOVERY_CONFLICT_LOCK,
	PROCSIG_RECOVERY_CONFLICT_SNAPSHOT,
	PROCSIG_RECOVERY_CONFLICT_BUFFERPIN,
	PROCSIG_RECOVERY_CONFLICT_STARTUP_DEADLOCK,
	NUM_PROCSIGNALS
} ProcSignalReason;

/* Of PostgreSQL 9.4 and 9.5: whether that signal sets MyLatch. It always does, whatever is written here. */
extern PGDLLIMPORT bool set_latch_on_sigusr1;

/* The server's handler of SIGUSR1, which workers that replaced it may install again or call. Sets flags and MyLatch. */
extern void procsignal_sigusr1_handler(SIGNAL_ARGS);

PG_END_EXTERN_C

#endif /* PROCSIGNAL_H */
