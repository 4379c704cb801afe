/*
 * int.h
 *		Sums, differences and products that tell when they do not fit.
 */
#ifndef COMMON_INT_H
#define COMMON_INT_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

/* The result in *result, or true when it does not fit. */
static inline bool
pg_add_s16_overflow(int16 a, int16 b, int16 *result)
{
	return __builtin_add_overflow(a, b, result);
}

static inline bool
pg_sub_s16_overflow(int16 a, int16 b, int16 *result)
{
	return __builtin_sub_overflow(a, b, result);
}

static inline bool
pg_mul_s16_overflow(int16 a, int16 b, int16 *result)
{
	return __builtin_mul_overflow(a, b, result);
}

static inline bool
pg_add_s32_overflow(int32 a, int32 b, int32 *result)
{
	return __builtin_add_overflow(a, b, result);
}

static inline bool
pg_sub_s32_overflow(int32 a, int32 b, int32 *result)
{
	return __builtin_sub_overflow(a, b, result);
}

static inline bool
pg_mul_s32_overflow(int32 a, int32 b, int32 *result)
{
	return __builtin_mul_overflow(a, b, result);
}

static inline bool
pg_add_s64_overflow(int64 a, int64 b, int64 *result)
{
	return __builtin_add_overflow(a, b, result);
}

static inline bool
pg_sub_s64_overflow(int64 a, int64 b, int64 *result)
{
	return __builtin_sub_overflow(a, b, result);
}

static inline bool
pg_mul_s64_overflow(int64 a, int64 b, int64 *result)
{
	return __builtin_mul_overflow(a, b, result);
}

static inline bool
pg_add_u16_overflow(uint16 a, uint16 b, uint16 *result)
{
	return __builtin_add_overflow(a, b, result);
}

static inline bool
pg_sub_u16_overflow(uint16 a, uint16 b, uint16 *result)
{
	return __builtin_sub_overflow(a, b, result);
}

static inline bool
pg_mul_u16_overflow(uint16 a, uint16 b, uint16 *result)
{
	return __builtin_mul_overflow(a, b, result);
}

static inline bool
pg_add_u32_overflow(uint32 a, uint32 b, uint32 *result)
{
	return __builtin_add_overflow(a, b, result);
}

static inline bool
pg_sub_u32_overflow(uint32 a, uint32 b, uint32 *result)
{
	return __builtin_sub_overflow(a, b, result);
}

static inline bool
pg_mul_u32_overflow(uint32 a, uint32 b, uint32 *result)
{
	return __builtin_mul_overflow(a, b, result);
}

static inline bool
pg_add_u64_overflow(uint64 a, uint64 b, uint64 *result)
{
	return __builtin_add_overflow(a, b, result);
}

static inline bool
pg_sub_u64_overflow(uint64 a, uint64 b, uint64 *result)
{
	return __builtin_sub_overflow(a, b, result);
}

static inline bool
pg_mul_u64_overflow(uint64 a, uint64 b, uint64 *result)
{
	return __builtin_mul_overflow(a, b, result);
}

PG_END_EXTERN_C

#endif /* COMMON_INT_H */
