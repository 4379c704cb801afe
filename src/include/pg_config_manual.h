/*
 * pg_config_manual.h
 *		Limits and choices fixed for every build, and the platform facts that the compiler itself
 *		knows (configure supplies the others through pg_config.h).
 *
 * Changing a limit here changes the module ABI: raise POSTROOM_ABI with it.
 */
#ifndef PG_CONFIG_MANUAL_H
#define PG_CONFIG_MANUAL_H

/* Number of the binary interface between server and modules; see FMGR_ABI_EXTRA. Raise it whenever a struct, a node tag or
 * another constant that modules are compiled with changes, so that their old binaries are refused in words. */
#define POSTROOM_ABI 2

/* Compared by the loader with the module's own copy: PostgreSQL's binaries say "PostgreSQL" here and are
 * refused, and so are modules built against a Postroom with another layout. At most 31 characters. */
#define FMGR_ABI_EXTRA "Postroom ABI 2"

/* Length of a name including its terminating zero, and the greatest numbers of function arguments, index
 * columns and partition columns. */
#define NAMEDATALEN 64
#define FUNC_MAX_ARGS 100
#define INDEX_MAX_KEYS 32
#define PARTITION_MAX_KEYS 32

/* Longest file name, terminating zero included. */
#define MAXPGPATH 1024

#define PG_SOMAXCONN 10000
#define BITS_PER_BYTE 8
#define ALIGNOF_BUFFER 32
#define PG_CACHE_LINE_SIZE 128
#define DEFAULT_XLOG_SEG_SIZE (16 * 1024 * 1024)
#define NUM_SPINLOCK_SEMAPHORES 128
#define NUM_ATOMICS_SEMAPHORES 64

#ifndef DEFAULT_PGSOCKET_DIR
#define DEFAULT_PGSOCKET_DIR "/tmp"
#endif

#define HAVE_WORKING_LINK 1
#define FLOAT4PASSBYVAL 1
#ifndef USE_FLOAT8_BYVAL
#define USE_FLOAT8_BYVAL 1
#endif
#ifndef FLOAT8PASSBYVAL
#define FLOAT8PASSBYVAL 1
#endif

#ifdef USE_ASSERT_CHECKING
#define CLOBBER_FREED_MEMORY
#define MEMORY_CONTEXT_CHECKING
#endif

/* Sizes that PostgreSQL takes from configure. */
#ifndef BLCKSZ
#define BLCKSZ 8192
#endif
#ifndef XLOG_BLCKSZ
#define XLOG_BLCKSZ 8192
#endif
#ifndef RELSEG_SIZE
#define RELSEG_SIZE 131072
#endif

/* Platform facts the compiler states. */
#ifndef SIZEOF_VOID_P
#define SIZEOF_VOID_P __SIZEOF_POINTER__
#endif
#ifndef SIZEOF_SIZE_T
#define SIZEOF_SIZE_T __SIZEOF_SIZE_T__
#endif
#ifndef SIZEOF_LONG
#define SIZEOF_LONG __SIZEOF_LONG__
#endif
#ifndef SIZEOF_BOOL
#define SIZEOF_BOOL 1
#endif
#ifndef SIZEOF_OFF_T
#define SIZEOF_OFF_T 8
#endif
#ifndef ALIGNOF_SHORT
#define ALIGNOF_SHORT 2
#endif
#ifndef ALIGNOF_INT
#define ALIGNOF_INT 4
#endif
#ifndef ALIGNOF_LONG
#define ALIGNOF_LONG 8
#endif
#ifndef ALIGNOF_DOUBLE
#define ALIGNOF_DOUBLE 8
#endif
#ifndef MAXIMUM_ALIGNOF
#define MAXIMUM_ALIGNOF 8
#endif
#if !defined(WORDS_BIGENDIAN) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define WORDS_BIGENDIAN 1
#endif
#ifndef HAVE_LONG_INT_64
#define HAVE_LONG_INT_64 1
#endif
#ifndef INT64_MODIFIER
#define INT64_MODIFIER "l"
#endif
#ifndef pg_restrict
#define pg_restrict __restrict__
#endif
#ifndef PG_USE_STDBOOL
#define PG_USE_STDBOOL 1
#endif
#ifndef MEMSET_LOOP_LIMIT
#define MEMSET_LOOP_LIMIT 1024
#endif
#ifndef HAVE_SPINLOCKS
#define HAVE_SPINLOCKS 1
#endif
#ifndef HAVE_ATOMICS
#define HAVE_ATOMICS 1
#endif

#if SIZEOF_VOID_P != 8 || SIZEOF_LONG != 8
#error "Postroom needs a 64-bit system whose long has 64 bits"
#endif

#endif /* PG_CONFIG_MANUAL_H */
