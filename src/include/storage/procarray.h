/*
 * procarray.h
 *		Finding other processes.
 */
#ifndef PROCARRAY_H
#define PROCARRAY_H

#include "postgres.h"

#include "storage/lock.h"
#include "utils/snapshot.h"

PG_BEGIN_EXTERN_C

/* The slot of the backend or worker with this process number; NULL when there is none. The answer may be outdated at
 * once: the caller holds nothing. */
extern PGPROC *BackendPidGetProc(int pid);
extern bool IsBackendPid(int pid);

PG_END_EXTERN_C

#endif /* PROCARRAY_H */
