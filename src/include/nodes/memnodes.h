/*
 * memnodes.h
 *		What a memory context looks like from outside: nothing but its handle.
 */
#ifndef MEMNODES_H
#define MEMNODES_H

#include "postgres.h"

#include "nodes/nodes.h"

PG_BEGIN_EXTERN_C

/* Sums that statistics report, in chunks and bytes. */
typedef struct MemoryContextCounters
{
	Size nblocks;
	Size freechunks;
	Size totalspace;
	Size freespace;
} MemoryContextCounters;

#define MemoryContextIsValid(context) ((context) != NULL)

PG_END_EXTERN_C

#endif /* MEMNODES_H */
