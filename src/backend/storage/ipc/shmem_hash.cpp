/*
 * shmem_hash.cpp
 *		Hash tables in the main shared mapping, by name.
 *
 * The postmaster before a fork, and children with shared memory.
 */
#include "storage/shmem.h"
#include "utils/error/wall.h"
#include "utils/hsearch.h"

using namespace pg;

HTAB *
ShmemInitHash(const char *name, long init_size, long max_size, HASHCTL *infoP, int hash_flags)
{
	return FromC(
		[&]
		{
			bool found;

			/* The buckets cannot grow later. */
			infoP->dsize = hash_select_dirsize(max_size);
			infoP->alloc = ShmemAllocNoError;
			hash_flags |= HASH_SHARED_MEM | HASH_ALLOC | HASH_DIRSIZE;
			infoP->hctl = static_cast<HASHHDR *>(
				ShmemInitStruct(name, hash_get_shared_size(infoP, hash_flags), &found));
			if (found)
				hash_flags |= HASH_ATTACH;
			return hash_create(name, init_size, infoP, hash_flags);
		});
}
