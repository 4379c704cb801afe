/*
 * memutils.h
 *		Memory contexts: regions of memory that are freed as a whole.
 *
 * Contexts form a tree; resetting or deleting one deletes its children. Any process; not in signal handlers. Errors:
 * see utils/palloc.h.
 */
#ifndef MEMUTILS_H
#define MEMUTILS_H

#include "postgres.h"

#include "nodes/memnodes.h"

PG_BEGIN_EXTERN_C

#define MaxAllocSize ((Size) 0x3fffffff) /* 1 GB - 1 */
#define AllocSizeIsValid(size) ((Size) (size) <= MaxAllocSize)
#define MaxAllocHugeSize (SIZE_MAX / 2)
#define AllocHugeSizeIsValid(size) ((Size) (size) <= MaxAllocHugeSize)

/* The process's standard contexts; those of transactions and portals are NULL outside of one. */
extern PGDLLIMPORT MemoryContext TopMemoryContext; /* lives as long as the process */
extern PGDLLIMPORT MemoryContext ErrorContext;	   /* reports in the making */
extern PGDLLIMPORT MemoryContext PostmasterContext;
extern PGDLLIMPORT MemoryContext CacheMemoryContext;
extern PGDLLIMPORT MemoryContext MessageContext; /* one client message */
extern PGDLLIMPORT MemoryContext TopTransactionContext;
extern PGDLLIMPORT MemoryContext CurTransactionContext; /* current subtransaction */
extern PGDLLIMPORT MemoryContext PortalContext;

/* Frees all of a context's chunks and deletes its children; the context itself stays usable. */
extern void MemoryContextReset(MemoryContext context);
/* The same for the context's own chunks alone, and for its children alone. */
extern void MemoryContextResetOnly(MemoryContext context);
extern void MemoryContextResetChildren(MemoryContext context);
/* Frees a context with its children. It must not be the current one. */
extern void MemoryContextDelete(MemoryContext context);
extern void MemoryContextDeleteChildren(MemoryContext context);
#define MemoryContextResetAndDeleteChildren(ctx) MemoryContextReset(ctx)

/* A second name, shown beside the first; id must live as long as the context. */
extern void MemoryContextSetIdentifier(MemoryContext context, const char *id);
#define MemoryContextCopyAndSetIdentifier(cxt, id) \
	MemoryContextSetIdentifier(cxt, MemoryContextStrdup(cxt, id))
extern void MemoryContextSetParent(MemoryContext context, MemoryContext new_parent);
extern MemoryContext MemoryContextGetParent(MemoryContext context);
extern bool MemoryContextIsEmpty(MemoryContext context);
/* Bytes taken from the system, with recurse including the children. */
extern Size MemoryContextMemAllocated(MemoryContext context, bool recurse);
/* Writes a summary of the tree to stderr. */
extern void MemoryContextStats(MemoryContext context);

/* Bytes that a chunk occupies, and the context that owns it. */
extern Size GetMemoryChunkSpace(void *pointer);
extern MemoryContext GetMemoryChunkContext(void *pointer);

/* Creates a context below parent (NULL: a root). name is a constant string and is not copied. The sizes, in bytes, are
 * hints; use one of the ALLOCSET_ triples. */
extern MemoryContext AllocSetContextCreateInternal(MemoryContext parent, const char *name,
												   Size minContextSize, Size initBlockSize,
												   Size maxBlockSize);
#define AllocSetContextCreate(parent, name, ...) \
	AllocSetContextCreateInternal(parent, name, __VA_ARGS__)
#define AllocSetContextCreateExtended AllocSetContextCreateInternal
extern MemoryContext SlabContextCreate(MemoryContext parent, const char *name, Size blockSize,
									   Size chunkSize);
extern MemoryContext GenerationContextCreate(MemoryContext parent, const char *name,
											 Size minContextSize, Size initBlockSize,
											 Size maxBlockSize);

#define ALLOCSET_DEFAULT_MINSIZE 0
#define ALLOCSET_DEFAULT_INITSIZE (8 * 1024)
#define ALLOCSET_DEFAULT_MAXSIZE (8 * 1024 * 1024)
#define ALLOCSET_DEFAULT_SIZES \
	ALLOCSET_DEFAULT_MINSIZE, ALLOCSET_DEFAULT_INITSIZE, ALLOCSET_DEFAULT_MAXSIZE
#define ALLOCSET_SMALL_MINSIZE 0
#define ALLOCSET_SMALL_INITSIZE (1 * 1024)
#define ALLOCSET_SMALL_MAXSIZE (8 * 1024)
#define ALLOCSET_SMALL_SIZES ALLOCSET_SMALL_MINSIZE, ALLOCSET_SMALL_INITSIZE, ALLOCSET_SMALL_MAXSIZE
#define ALLOCSET_START_SMALL_SIZES \
	ALLOCSET_SMALL_MINSIZE, ALLOCSET_SMALL_INITSIZE, ALLOCSET_DEFAULT_MAXSIZE
#define ALLOCSET_SEPARATE_THRESHOLD 8192
#define SLAB_DEFAULT_BLOCK_SIZE (8 * 1024)
#define SLAB_LARGE_BLOCK_SIZE (8 * 1024 * 1024)

PG_END_EXTERN_C

#endif /* MEMUTILS_H */
