/*
 * shmem.h
 *		Shared memory for modules.
 *
 * All of it is allotted before the first process is forked: ask for it in shmem_request_hook, lay claim to it in
 * shmem_startup_hook. It is mapped at the same address everywhere, and lost and made anew after a crash.
 */
#ifndef SHMEM_H
#define SHMEM_H

#include "postgres.h"

#include "utils/hsearch.h"

PG_BEGIN_EXTERN_C

#define SHMEM_INDEX_KEYSIZE (48)
#define SHMEM_INDEX_SIZE (64)

/* Reserves size bytes more. Postmaster, from shmem_request_hook, or as sources of PostgreSQL 14 and before do from
 * _PG_init while libraries are preloaded; FATAL XX000 elsewhere. */
extern void RequestAddinShmemSpace(Size size);

/* The area of this name: found, or made with size bytes, zeroed, aligned to a cache line. *foundPtr tells which; the
 * maker initialises it, holding AddinShmemInitLock over both. ERROR XX000 when it exists with another size, ERROR
 * 53200 when the reserved space is used up. name is at most SHMEM_INDEX_KEYSIZE - 1 bytes. */
extern void *ShmemInitStruct(const char *name, Size size, bool *foundPtr);

/* size bytes that are never freed and have no name. ERROR 53200 when there is no room, NULL in the second form. */
extern void *ShmemAlloc(Size size);
extern void *ShmemAllocNoError(Size size);
/* The hash table of this name, found or made; call it under AddinShmemInitLock. infoP needs what hash_flags name; the rest is
 * filled in. init_size entries are allotted at once, the others when they come, as long as the reserved space
 * lasts: reserve hash_estimate_size(max_size, entrysize). ERROR 53200 when there is no room. */
extern HTAB *ShmemInitHash(const char *name, long init_size, long max_size, HASHCTL *infoP,
						   int hash_flags);
/* Whether addr lies in the main shared mapping. */
extern bool ShmemAddrIsValid(const void *addr);

PG_END_EXTERN_C

#endif /* SHMEM_H */
