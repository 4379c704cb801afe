/*
 * pg_bitutils.h
 *		Bits of a number: positions count from 0, the lowest.
 */
#ifndef PG_BITUTILS_H
#define PG_BITUTILS_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

/* word must not be 0. */
static inline int
pg_leftmost_one_pos32(uint32 word)
{
	return 31 - __builtin_clz(word);
}

static inline int
pg_leftmost_one_pos64(uint64 word)
{
	return 63 - __builtin_clzl(word);
}

static inline int
pg_rightmost_one_pos32(uint32 word)
{
	return __builtin_ctz(word);
}

static inline int
pg_rightmost_one_pos64(uint64 word)
{
	return __builtin_ctzl(word);
}

/* The next power of 2 from num on, and the last one up to num; num must not be 0, and the result has to fit. */
static inline uint32
pg_nextpower2_32(uint32 num)
{
	return num == 1 ? 1 : (uint32) 1 << (pg_leftmost_one_pos32(num - 1) + 1);
}

static inline uint64
pg_nextpower2_64(uint64 num)
{
	return num == 1 ? 1 : (uint64) 1 << (pg_leftmost_one_pos64(num - 1) + 1);
}

#define pg_nextpower2_size_t(num) pg_nextpower2_64(num)

static inline uint32
pg_prevpower2_32(uint32 num)
{
	return (uint32) 1 << pg_leftmost_one_pos32(num);
}

static inline uint64
pg_prevpower2_64(uint64 num)
{
	return (uint64) 1 << pg_leftmost_one_pos64(num);
}

#define pg_prevpower2_size_t(num) pg_prevpower2_64(num)

/* The exponent of pg_nextpower2_. */
static inline uint32
pg_ceil_log2_32(uint32 num)
{
	return num < 2 ? 0 : (uint32) pg_leftmost_one_pos32(num - 1) + 1;
}

static inline uint64
pg_ceil_log2_64(uint64 num)
{
	return num < 2 ? 0 : (uint64) pg_leftmost_one_pos64(num - 1) + 1;
}

/* How many bits are set. */
static inline int
pg_popcount32(uint32 word)
{
	return __builtin_popcount(word);
}

static inline int
pg_popcount64(uint64 word)
{
	return __builtin_popcountl(word);
}

static inline uint64
pg_popcount(const char *buf, int bytes)
{
	uint64 count = 0;
	int i;

	for (i = 0; i < bytes; i++)
		count += (uint64) __builtin_popcount((unsigned char) buf[i]);
	return count;
}

static inline uint32
pg_rotate_right32(uint32 word, int n)
{
	return word >> n | word << (32 - n);
}

static inline uint32
pg_rotate_left32(uint32 word, int n)
{
	return word << n | word >> (32 - n);
}

PG_END_EXTERN_C

#endif /* PG_BITUTILS_H */
