/*
 * shm_toc.h
 *		A table of contents at the beginning of a piece of shared memory: finding its parts by number.
 *
 * The maker creates the table, allocates parts and inserts them under keys; others attach and look up. Sizes are
 * estimated beforehand: initialize, one estimate_chunk for each allocation, estimate_keys for the insertions, then
 * shm_toc_estimate. Source: PostgreSQL 15, behaviour of storage/ipc/shm_toc.
 */
#ifndef SHM_TOC_H
#define SHM_TOC_H

#include "postgres.h"

#include "storage/shmem.h"

PG_BEGIN_EXTERN_C

typedef struct shm_toc shm_toc;

/* A new table over nbytes at address. magic is what others must show to attach. */
extern shm_toc *shm_toc_create(uint64 magic, void *address, Size nbytes);
/* The table at address; NULL when its magic differs. */
extern shm_toc *shm_toc_attach(uint64 magic, void *address);
/* nbytes, aligned to 32 bytes, that are never given back; ERROR 53200 "out of shared memory". */
extern void *shm_toc_allocate(shm_toc *toc, Size nbytes);
/* Bytes left, for parts and entries together. */
extern Size shm_toc_freespace(shm_toc *toc);
/* Enters address (of the piece) under a key, which the caller uses once only. ERROR 53200 when there is no room. Any
 * process may insert; whoever finds the key sees what its inserter wrote before. */
extern void shm_toc_insert(shm_toc *toc, uint64 key, void *address);
/* The address under a key, without locks. Not there: NULL with noError, else ERROR XX000. */
extern void *shm_toc_lookup(shm_toc *toc, uint64 key, bool noError);

/* Sources of PostgreSQL 9.6 and before look without an error. */
#define PG_SHM_TOC_LOOKUP(toc, key, noError, ...) (shm_toc_lookup)(toc, key, noError)
#define shm_toc_lookup(...) PG_SHM_TOC_LOOKUP(__VA_ARGS__, true, 0)

/* What will be needed. */
typedef struct
{
	Size space_for_chunks;
	Size number_of_keys;
} shm_toc_estimator;

#define shm_toc_initialize_estimator(e) ((e)->space_for_chunks = 0, (e)->number_of_keys = 0)
#define shm_toc_estimate_chunk(e, sz) \
	((e)->space_for_chunks = add_size((e)->space_for_chunks, BUFFERALIGN(sz)))
#define shm_toc_estimate_keys(e, cnt) ((e)->number_of_keys = add_size((e)->number_of_keys, cnt))

/* Bytes for shm_toc_create. ERROR 54000 when they overflow. */
extern Size shm_toc_estimate(shm_toc_estimator *e);

PG_END_EXTERN_C

#endif /* SHM_TOC_H */
