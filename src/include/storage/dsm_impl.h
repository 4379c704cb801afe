/*
 * dsm_impl.h
 *		Dynamic shared memory: its kinds and the name of a segment.
 */
#ifndef DSM_IMPL_H
#define DSM_IMPL_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

/* Values of dynamic_shared_memory_type; this server has posix and mmap. */
#define DSM_IMPL_POSIX 1
#define DSM_IMPL_SYSV 2
#define DSM_IMPL_WINDOWS 3
#define DSM_IMPL_MMAP 4

#define USE_DSM_POSIX
#define USE_DSM_MMAP
#define DEFAULT_DYNAMIC_SHARED_MEMORY_TYPE DSM_IMPL_POSIX

/* Where the file of type mmap lies, in the data directory; it has no name there. */
#define PG_DYNSHMEM_DIR "pg_dynshmem"

/* Settings. The second is in megabytes. */
extern PGDLLIMPORT int dynamic_shared_memory_type;
extern PGDLLIMPORT int min_dynamic_shared_memory;

/* Names a segment to other processes, until it is gone. */
typedef uint32 dsm_handle;

#define DSM_HANDLE_INVALID ((dsm_handle) 0)

PG_END_EXTERN_C

#endif /* DSM_IMPL_H */
