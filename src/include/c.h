/*
 * c.h
 *		The language level of the module API: types, compiler attributes, assertions, alignment.
 *
 * Every public header rests on this one. It is valid C11 and C++20 and may come before postgres.h. It
 * declares a single function, ExceptionalCondition.
 */
#ifndef C_H
#define C_H

#include "postgres_ext.h"
#undef PG_INT64_TYPE
#include "pg_config.h"
#include "pg_config_manual.h"
#include "pg_config_os.h"

#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/types.h>

/* Around all declarations of a public header, and before a single one: they have C linkage. */
#ifdef __cplusplus
#define PG_BEGIN_EXTERN_C \
	extern "C"            \
	{
#define PG_END_EXTERN_C }
#define PG_EXTERN_C extern "C"
#else
#define PG_BEGIN_EXTERN_C
#define PG_END_EXTERN_C
#define PG_EXTERN_C extern
#endif

/*
 * Attributes
 */
#ifndef __has_attribute
#define __has_attribute(attribute) 0
#endif

#ifndef PG_C_PRINTF_ATTRIBUTE
#ifdef __clang__
#define PG_C_PRINTF_ATTRIBUTE printf
#else
#define PG_C_PRINTF_ATTRIBUTE gnu_printf
#endif
#endif
#ifndef PG_PRINTF_ATTRIBUTE
#define PG_PRINTF_ATTRIBUTE PG_C_PRINTF_ATTRIBUTE
#endif

#define pg_attribute_unused() __attribute__((unused))
#define pg_nodiscard __attribute__((warn_unused_result))
#define pg_attribute_no_sanitize_alignment() __attribute__((no_sanitize("alignment")))
#define pg_attribute_format_arg(a) __attribute__((format_arg(a)))
#define pg_attribute_printf(f, a) __attribute__((format(PG_PRINTF_ATTRIBUTE, f, a)))
#define pg_attribute_aligned(a) __attribute__((aligned(a)))
#define pg_attribute_packed() __attribute__((packed))
#define pg_attribute_cold __attribute__((cold))
#define pg_attribute_hot __attribute__((hot))
#define pg_noinline __attribute__((noinline))
#define pg_always_inline __attribute__((always_inline)) inline
#define pg_attribute_always_inline __attribute__((always_inline)) inline

/* Both generations of the mark for functions that never return: behind the declarator (to 17) and before
 * the declaration (from 18). */
#define pg_attribute_noreturn() __attribute__((noreturn))
#define pg_noreturn __attribute__((noreturn))
#define HAVE_PG_ATTRIBUTE_NORETURN 1

/* Visibility of what a module offers to the server, and of what it takes from it. */
#ifndef PGDLLEXPORT
#define PGDLLEXPORT __attribute__((visibility("default")))
#endif
#ifndef PGDLLIMPORT
#define PGDLLIMPORT
#endif

#ifdef USE_ASSERT_CHECKING
#define PG_USED_FOR_ASSERTS_ONLY
#else
#define PG_USED_FOR_ASSERTS_ONLY pg_attribute_unused()
#endif

#ifdef USE_ASSERT_CHECKING
#define pg_unreachable() abort()
#else
#define pg_unreachable() __builtin_unreachable()
#endif

#define likely(x) __builtin_expect((x) != 0, 1)
#define unlikely(x) __builtin_expect((x) != 0, 0)

#ifndef pg_fallthrough
#define pg_fallthrough __attribute__((fallthrough))
#endif

/*
 * Preprocessor helpers
 */
#define CppAsString(identifier) #identifier
#define CppAsString2(x) CppAsString(x)
#define CppConcat(x, y) x##y

/* How many arguments stand between the parentheses: 1 to 10. */
#define VA_ARGS_NARGS(...) PG_VA_ARGS_TENTH(__VA_ARGS__, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define PG_VA_ARGS_TENTH(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, n, ...) (n)

#define dummyret void
#define FLEXIBLE_ARRAY_MEMBER
#define PG_FUNCNAME_MACRO __func__

/*
 * Types
 */
PG_BEGIN_EXTERN_C

typedef char *Pointer;
typedef void (*pg_funcptr_t)(void);

typedef signed char int8;
typedef signed short int16;
typedef signed int int32;
typedef unsigned char uint8;
typedef unsigned short uint16;
typedef unsigned int uint32;
typedef long int int64;
typedef unsigned long int uint64;
typedef uint8 bits8;
typedef uint16 bits16;
typedef uint32 bits32;

#define INT64CONST(x) (x##L)
#define UINT64CONST(x) (x##UL)
#define INT64_FORMAT "%" INT64_MODIFIER "d"
#define UINT64_FORMAT "%" INT64_MODIFIER "u"

#ifdef __SIZEOF_INT128__
#define HAVE_INT128 1
__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;
#endif

#define PG_INT8_MIN (-0x7F - 1)
#define PG_INT8_MAX (0x7F)
#define PG_UINT8_MAX (0xFF)
#define PG_INT16_MIN (-0x7FFF - 1)
#define PG_INT16_MAX (0x7FFF)
#define PG_UINT16_MAX (0xFFFF)
#define PG_INT32_MIN (-0x7FFFFFFF - 1)
#define PG_INT32_MAX (0x7FFFFFFF)
#define PG_UINT32_MAX (0xFFFFFFFFU)
#define PG_INT64_MIN (-INT64CONST(0x7FFFFFFFFFFFFFFF) - 1)
#define PG_INT64_MAX INT64CONST(0x7FFFFFFFFFFFFFFF)
#define PG_UINT64_MAX UINT64CONST(0xFFFFFFFFFFFFFFFF)
#define HAVE_INT64_TIMESTAMP

typedef size_t Size;
typedef unsigned int Index;
typedef signed int Offset;
typedef float float4;
typedef double float8;

typedef Oid regproc;
typedef regproc RegProcedure;
typedef uint32 TransactionId;
typedef uint32 LocalTransactionId;
typedef uint32 SubTransactionId;
typedef TransactionId MultiXactId;
typedef uint32 MultiXactOffset;
typedef uint32 CommandId;

#define InvalidSubTransactionId ((SubTransactionId) 0)
#define TopSubTransactionId ((SubTransactionId) 1)
#define FirstCommandId ((CommandId) 0)
#define InvalidCommandId (~(CommandId) 0)

/* Any value of variable length: a header of four bytes (or one, when short) and then the bytes. Use the
 * macros of varatt.h; never read the header directly. */
struct varlena
{
	char vl_len_[4];
	char vl_dat[FLEXIBLE_ARRAY_MEMBER];
};

#define VARHDRSZ ((int32) sizeof(int32))

typedef struct varlena bytea;
typedef struct varlena text;
typedef struct varlena BpChar;
typedef struct varlena VarChar;

/* One-dimensional arrays without nulls that stand in catalogs. */
typedef struct
{
	int32 vl_len_;
	int ndim;
	int32 dataoffset;
	Oid elemtype;
	int dim1;
	int lbound1;
	int16 values[FLEXIBLE_ARRAY_MEMBER];
} int2vector;

typedef struct
{
	int32 vl_len_;
	int ndim;
	int32 dataoffset;
	Oid elemtype;
	int dim1;
	int lbound1;
	Oid values[FLEXIBLE_ARRAY_MEMBER];
} oidvector;

/* SQL type name: at most NAMEDATALEN - 1 bytes, padded with zeros. */
typedef struct nameData
{
	char data[NAMEDATALEN];
} NameData;
typedef NameData *Name;

#define NameStr(name) ((name).data)

/*
 * Validity of simple values
 */
#define BoolIsValid(boolean) ((boolean) == false || (boolean) == true)
#define PointerIsValid(pointer) ((const void *) (pointer) != NULL)
#define PointerIsAligned(pointer, type) (((uintptr_t) (pointer) % (sizeof(type))) == 0)
#define OffsetToPointer(base, offset) ((void *) ((char *) (base) + (offset)))
#define OidIsValid(objectId) ((bool) ((objectId) != InvalidOid))
#define RegProcedureIsValid(p) OidIsValid(p)

/*
 * Sizes and alignment
 */
#define lengthof(array) (sizeof(array) / sizeof((array)[0]))

#define TYPEALIGN(ALIGNVAL, LEN) \
	(((uintptr_t) (LEN) + ((ALIGNVAL) -1)) & ~((uintptr_t) ((ALIGNVAL) -1)))
#define TYPEALIGN_DOWN(ALIGNVAL, LEN) (((uintptr_t) (LEN)) & ~((uintptr_t) ((ALIGNVAL) -1)))
#define SHORTALIGN(LEN) TYPEALIGN(ALIGNOF_SHORT, (LEN))
#define INTALIGN(LEN) TYPEALIGN(ALIGNOF_INT, (LEN))
#define LONGALIGN(LEN) TYPEALIGN(ALIGNOF_LONG, (LEN))
#define DOUBLEALIGN(LEN) TYPEALIGN(ALIGNOF_DOUBLE, (LEN))
#define MAXALIGN(LEN) TYPEALIGN(MAXIMUM_ALIGNOF, (LEN))
#define BUFFERALIGN(LEN) TYPEALIGN(ALIGNOF_BUFFER, (LEN))
#define CACHELINEALIGN(LEN) TYPEALIGN(PG_CACHE_LINE_SIZE, (LEN))
#define SHORTALIGN_DOWN(LEN) TYPEALIGN_DOWN(ALIGNOF_SHORT, (LEN))
#define INTALIGN_DOWN(LEN) TYPEALIGN_DOWN(ALIGNOF_INT, (LEN))
#define LONGALIGN_DOWN(LEN) TYPEALIGN_DOWN(ALIGNOF_LONG, (LEN))
#define DOUBLEALIGN_DOWN(LEN) TYPEALIGN_DOWN(ALIGNOF_DOUBLE, (LEN))
#define MAXALIGN_DOWN(LEN) TYPEALIGN_DOWN(MAXIMUM_ALIGNOF, (LEN))
#define BUFFERALIGN_DOWN(LEN) TYPEALIGN_DOWN(ALIGNOF_BUFFER, (LEN))
#define TYPEALIGN64(ALIGNVAL, LEN) \
	(((uint64) (LEN) + ((ALIGNVAL) -1)) & ~((uint64) ((ALIGNVAL) -1)))
#define MAXALIGN64(LEN) TYPEALIGN64(MAXIMUM_ALIGNOF, (LEN))

/*
 * Assertions
 */

/* Reports a broken invariant on stderr and aborts the process, which the postmaster treats as a crash. Any
 * process, any state. conditionName, errorType and fileName are constant strings; never returns. */
extern void ExceptionalCondition(const char *conditionName, const char *errorType,
								 const char *fileName, int lineNumber) pg_attribute_noreturn();

#ifdef USE_ASSERT_CHECKING
#define PG_ASSERT_AS(condition, kind) \
	((void) ((condition) || (ExceptionalCondition(#condition, (kind), __FILE__, __LINE__), 0)))
#else
#define PG_ASSERT_AS(condition, kind) ((void) true)
#endif
#define Assert(condition) PG_ASSERT_AS(condition, "FailedAssertion")
#define AssertMacro(condition) PG_ASSERT_AS(condition, "FailedAssertion")
#define AssertArg(condition) PG_ASSERT_AS(condition, "BadArgument")
#define AssertState(condition) PG_ASSERT_AS(condition, "BadState")
#define AssertPointerAlignment(ptr, bndr) \
	PG_ASSERT_AS(TYPEALIGN(bndr, (uintptr_t) (ptr)) == (uintptr_t) (ptr), "UnalignedPointer")
/* The other way round: what must not be. */
#define Trap(condition, errorType) PG_ASSERT_AS(!(condition), errorType)
#define TrapMacro(condition, errorType) (PG_ASSERT_AS(!(condition), errorType), (bool) true)

/* Compile-time assertions: as a statement, within an expression, at file level. */
#ifdef __cplusplus
#define StaticAssertStmt(condition, errmessage) static_assert(condition, errmessage)
#define StaticAssertExpr(condition, errmessage) ({ static_assert(condition, errmessage); })
#define StaticAssertDecl(condition, errmessage) static_assert(condition, errmessage)
#else
#define StaticAssertStmt(condition, errmessage) \
	do                                          \
	{                                           \
		_Static_assert(condition, errmessage);  \
	} while (0)
#define StaticAssertExpr(condition, errmessage)  \
	__extension__({                              \
		StaticAssertStmt(condition, errmessage); \
		(void) true;                             \
	})
#define StaticAssertDecl(condition, errmessage) _Static_assert(condition, errmessage)
#endif

#ifdef __cplusplus
#define AssertVariableIsOfType(varname, typename) ((void) true)
#define AssertVariableIsOfTypeMacro(varname, typename) ((void) true)
#define unconstify(underlying_type, expr) const_cast<underlying_type>(expr)
#define unvolatize(underlying_type, expr) const_cast<underlying_type>(expr)
#else
#define AssertVariableIsOfType(varname, typename)                                 \
	StaticAssertStmt(__builtin_types_compatible_p(__typeof__(varname), typename), \
					 CppAsString(varname) " does not have type " CppAsString(typename))
#define AssertVariableIsOfTypeMacro(varname, typename)                            \
	StaticAssertExpr(__builtin_types_compatible_p(__typeof__(varname), typename), \
					 CppAsString(varname) " does not have type " CppAsString(typename))
#define unconstify(underlying_type, expr) ((underlying_type) (expr))
#define unvolatize(underlying_type, expr) ((underlying_type) (expr))
#endif

/*
 * Small arithmetic and memory helpers. Arguments of Max, Min and Abs are evaluated twice.
 */
#define Max(x, y) ((x) > (y) ? (x) : (y))
#define Min(x, y) ((x) < (y) ? (x) : (y))
#define Abs(x) ((x) >= 0 ? (x) : -(x))

#define LONG_ALIGN_MASK (sizeof(long) - 1)
#define MemSet(start, val, len) ((void) memset((void *) (start), (val), (Size) (len)))
#define MemSetAligned(start, val, len) MemSet(start, val, len)
#define MemSetLoop(start, val, len) MemSet(start, val, len)
#define MemSetTest(val, len) (false)

#define FLOAT4_FITS_IN_INT16(num) \
	((num) >= (float4) PG_INT16_MIN && (num) < -((float4) PG_INT16_MIN))
#define FLOAT4_FITS_IN_INT32(num) \
	((num) >= (float4) PG_INT32_MIN && (num) < -((float4) PG_INT32_MIN))
#define FLOAT4_FITS_IN_INT64(num) \
	((num) >= (float4) PG_INT64_MIN && (num) < -((float4) PG_INT64_MIN))
#define FLOAT8_FITS_IN_INT16(num) \
	((num) >= (float8) PG_INT16_MIN && (num) < -((float8) PG_INT16_MIN))
#define FLOAT8_FITS_IN_INT32(num) \
	((num) >= (float8) PG_INT32_MIN && (num) < -((float8) PG_INT32_MIN))
#define FLOAT8_FITS_IN_INT64(num) \
	((num) >= (float8) PG_INT64_MIN && (num) < -((float8) PG_INT64_MIN))

#define HIGHBIT (0x80)
#define IS_HIGHBIT_SET(ch) ((unsigned char) (ch) &HIGHBIT)
#define SQL_STR_DOUBLE(ch, escape_backslash) ((ch) == '\'' || ((ch) == '\\' && (escape_backslash)))
#define ESCAPE_STRING_SYNTAX 'E'

#define STATUS_OK (0)
#define STATUS_ERROR (-1)
#define STATUS_EOF (-2)

#define PG_BINARY 0
#define PG_BINARY_A "a"
#define PG_BINARY_R "r"
#define PG_BINARY_W "w"

/* Parameters of every signal handler. */
#define SIGNAL_ARGS int postgres_signal_arg

/* Aligned scratch space of one page. */
typedef union PGAlignedBlock
{
	char data[BLCKSZ];
	double force_align_d;
	int64 force_align_i64;
} PGAlignedBlock;

/* The name of PostgreSQL 16 for one that may be read into past the operating system's cache. */
typedef PGAlignedBlock PGIOAlignedBlock;

typedef union PGAlignedXLogBlock
{
	char data[XLOG_BLCKSZ];
	double force_align_d;
	int64 force_align_i64;
} PGAlignedXLogBlock;

PG_END_EXTERN_C

/*
 * Messages are not translated; the marks for translation stay harmless.
 */
/* Declared first: C++ headers that include it later would meet the macros. */
#ifdef __cplusplus
#include <libintl.h>
#endif
#ifndef gettext
#define gettext(x) (x)
#endif
#ifndef dgettext
#define dgettext(d, x) (x)
#endif
#ifndef ngettext
#define ngettext(s, p, n) ((n) == 1 ? (s) : (p))
#endif
#ifndef dngettext
#define dngettext(d, s, p, n) ((n) == 1 ? (s) : (p))
#endif
#define gettext_noop(x) (x)
#define _(x) gettext(x)
#define PG_TEXTDOMAIN(domain) (domain "-" PG_MAJORVERSION)

#include "port.h"

#endif /* C_H */
