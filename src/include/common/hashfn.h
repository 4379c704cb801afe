/*
 * hashfn.h
 *		Hash functions: the same values as PostgreSQL's.
 *
 * Any process; nothing raises. Lengths are in bytes.
 */
#ifndef HASHFN_H
#define HASHFN_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

/* Hash of keylen bytes; _extended: 64 bits, other values for each seed. With seed 0 the lower half of the second is the
 * first. */
extern uint32 hash_bytes(const unsigned char *k, int keylen);
extern uint64 hash_bytes_extended(const unsigned char *k, int keylen, uint64 seed);
/* The same for the four bytes of k. */
extern uint32 hash_bytes_uint32(uint32 k);
extern uint64 hash_bytes_uint32_extended(uint32 k, uint64 seed);

/* The same as datums. */
static inline Datum
hash_any(const unsigned char *k, int keylen)
{
	return UInt32GetDatum(hash_bytes(k, keylen));
}

static inline Datum
hash_any_extended(const unsigned char *k, int keylen, uint64 seed)
{
	return UInt64GetDatum(hash_bytes_extended(k, keylen, seed));
}

static inline Datum
hash_uint32(uint32 k)
{
	return UInt32GetDatum(hash_bytes_uint32(k));
}

static inline Datum
hash_uint32_extended(uint32 k, uint64 seed)
{
	return UInt64GetDatum(hash_bytes_uint32_extended(k, seed));
}

/* For hash tables (utils/hsearch.h): a string of at most keysize - 1 bytes; keysize bytes; a uint32. */
extern uint32 string_hash(const void *key, Size keysize);
extern uint32 tag_hash(const void *key, Size keysize);
extern uint32 uint32_hash(const void *key, Size keysize);
#define oid_hash uint32_hash

/* Turns each half left by one, by itself. */
#define ROTATE_HIGH_AND_LOW_32BITS(v) \
	((((v) << 1) & UINT64CONST(0xfffffffefffffffe)) | (((v) >> 31) & UINT64CONST(0x100000001)))

/* One hash of two; the order matters. */
static inline uint32
hash_combine(uint32 a, uint32 b)
{
	return a ^ (b + 0x9e3779b9U + (a << 6) + (a >> 2));
}

static inline uint64
hash_combine64(uint64 a, uint64 b)
{
	return a ^ (b + UINT64CONST(0x49a0f4dd15e5a8e3) + (a << 54) + (a >> 7));
}

/* Finalisers of MurmurHash3: cheap, for integers. */
static inline uint32
murmurhash32(uint32 data)
{
	uint32 h = data;

	h = (h ^ (h >> 16)) * 0x85ebca6bU;
	h = (h ^ (h >> 13)) * 0xc2b2ae35U;
	return h ^ (h >> 16);
}

static inline uint64
murmurhash64(uint64 data)
{
	uint64 h = data;

	h = (h ^ (h >> 33)) * UINT64CONST(0xff51afd7ed558ccd);
	h = (h ^ (h >> 33)) * UINT64CONST(0xc4ceb9fe1a85ec53);
	return h ^ (h >> 33);
}

PG_END_EXTERN_C

#endif /* HASHFN_H */
