/*
 * atomics.h
 *		Atomic integers and memory barriers, for memory that processes share.
 *
 * Built on the compiler's operations, all lock-free. Initialise a variable before another process can see it. Reading
 * and writing orders nothing; every operation that changes and returns a value is a full barrier, as in PostgreSQL 15.
 */
#ifndef ATOMICS_H
#define ATOMICS_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef struct pg_atomic_flag
{
	volatile char value;
} pg_atomic_flag;

typedef struct pg_atomic_uint32
{
	volatile uint32 value;
} pg_atomic_uint32;

typedef struct pg_atomic_uint64
{
	volatile uint64 value pg_attribute_aligned(8);
} pg_atomic_uint64;

#define PG_HAVE_ATOMIC_U32_SUPPORT
#define PG_HAVE_ATOMIC_U64_SUPPORT
#define PG_HAVE_8BYTE_SINGLE_COPY_ATOMICITY

/* Order for the compiler alone; for everything; reads with reads; writes with writes. */
#define pg_compiler_barrier() __atomic_signal_fence(__ATOMIC_SEQ_CST)
#define pg_memory_barrier() __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define pg_read_barrier() __atomic_thread_fence(__ATOMIC_ACQUIRE)
#define pg_write_barrier() __atomic_thread_fence(__ATOMIC_RELEASE)

/* A pause for loops that wait for another processor. */
static inline void
pg_spin_delay(void)
{
#if defined(__x86_64__)
	__builtin_ia32_pause();
#else
	pg_compiler_barrier();
#endif
}

/*
 * Flag: test_set is true when the caller set it; it orders as acquire, clear as release.
 */
static inline void
pg_atomic_init_flag(volatile pg_atomic_flag *ptr)
{
	__atomic_clear(&ptr->value, __ATOMIC_RELAXED);
}

static inline bool
pg_atomic_test_set_flag(volatile pg_atomic_flag *ptr)
{
	return !__atomic_test_and_set(&ptr->value, __ATOMIC_ACQUIRE);
}

static inline bool
pg_atomic_unlocked_test_flag(volatile pg_atomic_flag *ptr)
{
	return __atomic_load_n(&ptr->value, __ATOMIC_RELAXED) == 0;
}

static inline void
pg_atomic_clear_flag(volatile pg_atomic_flag *ptr)
{
	__atomic_clear(&ptr->value, __ATOMIC_RELEASE);
}

/*
 * Integers of 32 and 64 bits. compare_exchange stores newval when the variable equals *expected and is true then;
 * otherwise *expected becomes the value found. fetch_ returns the former, _fetch the new value.
 */
#define PG_DEFINE_ATOMIC(suffix, utype, stype)                                                     \
	static inline void pg_atomic_init_##suffix(volatile pg_atomic_##utype *ptr, utype val)         \
	{                                                                                              \
		__atomic_store_n(&ptr->value, val, __ATOMIC_RELAXED);                                      \
	}                                                                                              \
	static inline utype pg_atomic_read_##suffix(volatile pg_atomic_##utype *ptr)                   \
	{                                                                                              \
		return __atomic_load_n(&ptr->value, __ATOMIC_RELAXED);                                     \
	}                                                                                              \
	static inline void pg_atomic_write_##suffix(volatile pg_atomic_##utype *ptr, utype val)        \
	{                                                                                              \
		__atomic_store_n(&ptr->value, val, __ATOMIC_RELAXED);                                      \
	}                                                                                              \
	static inline void pg_atomic_unlocked_write_##suffix(volatile pg_atomic_##utype *ptr,          \
														 utype val)                                \
	{                                                                                              \
		__atomic_store_n(&ptr->value, val, __ATOMIC_RELAXED);                                      \
	}                                                                                              \
	static inline utype pg_atomic_exchange_##suffix(volatile pg_atomic_##utype *ptr, utype newval) \
	{                                                                                              \
		return __atomic_exchange_n(&ptr->value, newval, __ATOMIC_SEQ_CST);                         \
	}                                                                                              \
	static inline bool pg_atomic_compare_exchange_##suffix(volatile pg_atomic_##utype *ptr,        \
														   utype *expected, utype newval)          \
	{                                                                                              \
		return __atomic_compare_exchange_n(&ptr->value, expected, newval, false, __ATOMIC_SEQ_CST, \
										   __ATOMIC_SEQ_CST);                                      \
	}                                                                                              \
	static inline utype pg_atomic_fetch_add_##suffix(volatile pg_atomic_##utype *ptr, stype add)   \
	{                                                                                              \
		return __atomic_fetch_add(&ptr->value, (utype) add, __ATOMIC_SEQ_CST);                     \
	}                                                                                              \
	static inline utype pg_atomic_fetch_sub_##suffix(volatile pg_atomic_##utype *ptr, stype sub)   \
	{                                                                                              \
		return __atomic_fetch_sub(&ptr->value, (utype) sub, __ATOMIC_SEQ_CST);                     \
	}                                                                                              \
	static inline utype pg_atomic_fetch_and_##suffix(volatile pg_atomic_##utype *ptr, utype mask)  \
	{                                                                                              \
		return __atomic_fetch_and(&ptr->value, mask, __ATOMIC_SEQ_CST);                            \
	}                                                                                              \
	static inline utype pg_atomic_fetch_or_##suffix(volatile pg_atomic_##utype *ptr, utype bits)   \
	{                                                                                              \
		return __atomic_fetch_or(&ptr->value, bits, __ATOMIC_SEQ_CST);                             \
	}                                                                                              \
	static inline utype pg_atomic_add_fetch_##suffix(volatile pg_atomic_##utype *ptr, stype add)   \
	{                                                                                              \
		return __atomic_add_fetch(&ptr->value, (utype) add, __ATOMIC_SEQ_CST);                     \
	}                                                                                              \
	static inline utype pg_atomic_sub_fetch_##suffix(volatile pg_atomic_##utype *ptr, stype sub)   \
	{                                                                                              \
		return __atomic_sub_fetch(&ptr->value, (utype) sub, __ATOMIC_SEQ_CST);                     \
	}

PG_DEFINE_ATOMIC(u32, uint32, int32)
PG_DEFINE_ATOMIC(u64, uint64, int64)

PG_END_EXTERN_C

#endif /* ATOMICS_H */
