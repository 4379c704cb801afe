/*
 * hash.h
 *		Hash indexes. There are none; the header is here for modules that include it, and brings common/hashfn.h.
 */
#ifndef HASH_H
#define HASH_H

#include "postgres.h"

#include "access/genam.h"
#include "access/skey.h"
#include "catalog/pg_am_d.h"
#include "common/hashfn.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "storage/bufmgr.h"
#include "utils/hsearch.h"

PG_BEGIN_EXTERN_C

typedef uint32 Bucket;

#define HASHSTANDARD_PROC 1
#define HASHEXTENDED_PROC 2
#define HASHOPTIONS_PROC 3
#define HASHNProcs 3

PG_END_EXTERN_C

#endif /* HASH_H */
