/*
 * capi_bits.c
 *		The language level: alignment, assertions, attributes, arithmetic that may overflow, atomics, spinlocks.
 */
#include "capi.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/int.h"
#include "port/atomics.h"
#include "port/pg_bswap.h"
#include "storage/spin.h"

/* ---- Sizes and pointers ---- */

StaticAssertDecl(ALIGNOF_DOUBLE == 8 && MAXIMUM_ALIGNOF == 8, "as PostgreSQL has it on 64 bits");

CAPI_TEST(test_alignment)
{
	for (uintptr_t len = 0; len < 300; len++)
	{
		const struct
		{
			uintptr_t unit, up, down;
		} kinds[] = {
			{2, SHORTALIGN(len), SHORTALIGN_DOWN(len)},
			{4, INTALIGN(len), INTALIGN_DOWN(len)},
			{8, LONGALIGN(len), LONGALIGN_DOWN(len)},
			{8, DOUBLEALIGN(len), DOUBLEALIGN_DOWN(len)},
			{8, MAXALIGN(len), MAXALIGN_DOWN(len)},
			{32, BUFFERALIGN(len), BUFFERALIGN_DOWN(len)},
			{16, TYPEALIGN(16, len), TYPEALIGN_DOWN(16, len)},
			{128, CACHELINEALIGN(len), TYPEALIGN_DOWN(PG_CACHE_LINE_SIZE, len)},
			{64, TYPEALIGN64(64, len), TYPEALIGN_DOWN(64, len)},
			{8, MAXALIGN64(len), MAXALIGN_DOWN(len)},
		};

		for (size_t i = 0; i < lengthof(kinds); i++)
		{
			CHECK(kinds[i].up == (len + kinds[i].unit - 1) / kinds[i].unit * kinds[i].unit);
			CHECK(kinds[i].down == len / kinds[i].unit * kinds[i].unit);
		}
	}
	CHECK(MAXALIGN64(UINT64CONST(0x100000001)) == UINT64CONST(0x100000008));
}

CAPI_TEST(test_pointers)
{
	int64 numbers[2] = {1, 2};
	char *second = (char *) OffsetToPointer(numbers, sizeof(int64));
	int neither = 2;

	CHECK(second == (char *) &numbers[1]);
	CHECK(PointerIsAligned(second, int64) && !PointerIsAligned(second + 4, int64));
	CHECK(PointerIsValid(second) && !PointerIsValid(NULL));
	CHECK(BoolIsValid(true) && BoolIsValid(false) && !BoolIsValid(neither));
	CHECK(RegProcedureIsValid(67) && !RegProcedureIsValid(InvalidOid));
	CHECK(atooid("4294967295") == 4294967295u && atooid("12,13") == 12);
}

CAPI_TEST(test_small_arithmetic)
{
	int calls = 0;

	CHECK(Max(2, 3) == 3 && Max(-1, -2) == -1 && Min(2, 3) == 2 && Abs(-5) == 5 && Abs(5) == 5);
	CHECK(likely(calls++ == 0) && !unlikely(calls++ != 1) && calls == 2);
	CHECK(IS_HIGHBIT_SET(0x80) && IS_HIGHBIT_SET(0xFF) && !IS_HIGHBIT_SET(0x7F));
	CHECK(SQL_STR_DOUBLE('\'', false) && SQL_STR_DOUBLE('\'', true) && SQL_STR_DOUBLE('\\', true));
	CHECK(!SQL_STR_DOUBLE('\\', false) && !SQL_STR_DOUBLE('a', true));

	CHECK(FLOAT4_FITS_IN_INT16(-32768.0f) && !FLOAT4_FITS_IN_INT16(32768.0f));
	CHECK(FLOAT4_FITS_IN_INT32(-2147483648.0f) && !FLOAT4_FITS_IN_INT32(2147483648.0f));
	CHECK(FLOAT4_FITS_IN_INT64(-9223372036854775808.0f));
	CHECK(!FLOAT4_FITS_IN_INT64(9223372036854775808.0f));
	CHECK(FLOAT8_FITS_IN_INT16(32767.0) && !FLOAT8_FITS_IN_INT16(32768.0));
	CHECK(FLOAT8_FITS_IN_INT32(2147483647.0) && !FLOAT8_FITS_IN_INT32(-2147483649.0));
	CHECK(FLOAT8_FITS_IN_INT64(-9223372036854775808.0));
	CHECK(!FLOAT8_FITS_IN_INT64(9223372036854775808.0));
}

CAPI_TEST(test_filling_of_memory)
{
	long words[5];
	char *bytes = (char *) words;

	memset(words, 'x', sizeof(words));
	MemSet(bytes + 1, 0, 3);
	CHECK(bytes[0] == 'x' && bytes[1] == 0 && bytes[3] == 0 && bytes[4] == 'x');
	MemSetAligned(words, 0, sizeof(long));
	CHECK(words[0] == 0 && words[1] != 0);
	/* The choice that sources of PostgreSQL make by hand: the loop for few words of zeros. */
	if (MemSetTest(0, 3 * sizeof(long)))
		MemSetLoop(words, 0, 3 * sizeof(long));
	else
		MemSet(words, 0, 3 * sizeof(long));
	CHECK(words[2] == 0 && words[3] != 0 && !MemSetTest(1, sizeof(long)));
	MemSetLoop(words, 0, 4 * sizeof(long));
	CHECK(words[3] == 0 && words[4] != 0);
}

/* ---- The preprocessor and the compiler ---- */

typedef struct Packed
{
	char letter;
	int32 number;
} pg_attribute_packed() Packed;

typedef struct Spread
{
	char letter;
	char aligned pg_attribute_aligned(64);
} Spread;

/* The number at an odd address, which the sanitizer would report. */
pg_attribute_no_sanitize_alignment() static int32 number_at(const char *address)
{
	return *(const int32 *) address;
}

static const char *same_format(const char *format) pg_attribute_format_arg(1);

static const char *
same_format(const char *format)
{
	return format;
}

static void write_to(char *out, size_t size, const char *format, ...) pg_attribute_printf(3, 4);

static void
write_to(char *out, size_t size, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(out, size, format, args);
	va_end(args);
}

static int
sign(int number)
{
	switch ((number > 0) - (number < 0))
	{
		case -1: return -1;
		case 0: return 0;
		case 1: return 1;
	}
	pg_unreachable();
}

CAPI_TEST(test_attributes)
{
	int ignored pg_attribute_unused() = 1;
	char packed_bytes[] = {'a', 1, 0, 0, 0, 0, 0, 0};
	char text[20];

	CHECK(sizeof(Packed) == 5 && offsetof(Spread, aligned) == 64 && sizeof(Spread) == 128);
	CHECK(number_at(packed_bytes + 1) == 1);
	write_to(text, sizeof(text), same_format("%d and %s"), 1, "two");
	CHECK(strcmp(text, "1 and two") == 0);
	CHECK(sign(-7) == -1 && sign(0) == 0 && sign(7) == 1);
}

CAPI_TEST(test_preprocessor)
{
	int CppConcat(val, ue) = 3;
	const char *constant = "text";
	volatile int counter = 1;
	int *plain = unvolatize(int *, &counter);

	CHECK(value == 3 && strcmp(CppAsString(PG_MAJORVERSION), "PG_MAJORVERSION") == 0);
	CHECK(strcmp(CppAsString2(NAMEDATALEN), "64") == 0);
	CHECK(VA_ARGS_NARGS(a) == 1 && VA_ARGS_NARGS(a, b, c) == 3);
	CHECK(VA_ARGS_NARGS(1, 2, 3, 4, 5, 6, 7, 8, 9, 10) == 10);
	CHECK(unconstify(char *, constant) == constant && *plain == 1);
	StaticAssertStmt(sizeof(int32) == 4, "a statement");
	CHECK((StaticAssertExpr(sizeof(int64) == 8, "an expression"), value) == 3);
	AssertVariableIsOfType(value, int);
	CHECK((AssertVariableIsOfTypeMacro(constant, const char *), value) == 3);
}

CAPI_TEST(test_marks_for_translation)
{
	static const char *const kinds[] = {gettext_noop("kind one"), gettext_noop("kind two")};

	CHECK(strcmp(_("capi message"), "capi message") == 0);
	CHECK(strcmp(gettext("capi message"), "capi message") == 0);
	CHECK(strcmp(dgettext("capi", "capi message"), "capi message") == 0);
	for (int n = 0; n < 3; n++)
	{
		CHECK(strcmp(ngettext("a row", "rows", n), n == 1 ? "a row" : "rows") == 0);
		CHECK(strcmp(dngettext("capi", "a row", "rows", n), n == 1 ? "a row" : "rows") == 0);
	}
	CHECK(strcmp(kinds[1], "kind two") == 0 && strcmp(PG_TEXTDOMAIN("capi"), "capi-15") == 0);
}

/* ---- Assertions: what fails ends the process, so each fails in a child ---- */

static char unaligned[8] pg_attribute_unused(); /* without assertions nothing looks at it */

static void
fail_assert(void)
{
	Assert(unaligned[0] == 1);
}

static void
fail_assert_macro(void)
{
	AssertMacro(unaligned[0] == 2);
}

static void
fail_argument(void)
{
	AssertArg(unaligned[0] == 3);
}

static void
fail_state(void)
{
	AssertState(unaligned[0] == 4);
}

static void
fail_alignment(void)
{
	AssertPointerAlignment(unaligned + 1, 8);
}

static void
fail_trap(void)
{
	Trap(unaligned[0] == 0, "CapiTrap");
}

static void
fail_trap_macro(void)
{
	(void) TrapMacro(unaligned[0] == 0, "CapiTrap");
}

static void
fail_by_hand(void)
{
	ExceptionalCondition("by hand", "CapiTrap", "a file", 7);
}

/* Runs it in a child; whether it aborted, and what it said on standard error. */
static bool
aborts(void (*deed)(void), char *said, size_t size)
{
	const struct rlimit no_core = {0, 0};
	int ends[2];
	int status;
	ssize_t got;
	pid_t child;

	CHECK(pipe(ends) == 0);
	child = fork();
	if (child == 0)
	{
		setrlimit(RLIMIT_CORE, &no_core);
		dup2(ends[1], STDERR_FILENO);
		deed();
		_exit(0);
	}
	close(ends[1]);
	CHECK(child > 0 && waitpid(child, &status, 0) == child);
	got = read(ends[0], said, size - 1);
	close(ends[0]);
	said[Max(got, 0)] = '\0';
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

CAPI_TEST(test_assertions)
{
#ifdef USE_ASSERT_CHECKING
	const bool on = true;
#else
	const bool on = false;
#endif
	const struct
	{
		void (*deed)(void);
		bool fails;
		const char *kind, *condition;
	} cases[] = {
		{fail_assert, on, "FailedAssertion", "unaligned[0] == 1"},
		{fail_assert_macro, on, "FailedAssertion", "unaligned[0] == 2"},
		{fail_argument, on, "BadArgument", "unaligned[0] == 3"},
		{fail_state, on, "BadState", "unaligned[0] == 4"},
		{fail_alignment, on, "UnalignedPointer", ""},
		{fail_trap, on, "CapiTrap", "unaligned[0] == 0"},
		{fail_trap_macro, on, "CapiTrap", "unaligned[0] == 0"},
		{fail_by_hand, true, "CapiTrap", "by hand"},
	};
	char said[1000];

	for (size_t i = 0; i < lengthof(cases); i++)
	{
		CHECK(aborts(cases[i].deed, said, sizeof(said)) == cases[i].fails);
		if (cases[i].fails)
		{
			CHECK(strncmp(said, "TRAP: ", 6) == 0 && strstr(said, cases[i].kind) != NULL);
			CHECK(strstr(said, cases[i].condition) != NULL);
		}
	}
	Assert(on || !on);
	AssertPointerAlignment(unaligned, 1);
	Trap(false, "never");
	CHECK(TrapMacro(false, "never"));
}

/* ---- Sums that may not fit ---- */

/* All pairs of values at the edges, against arithmetic that is wide enough: what is below zero is far above the highest
 * where the wide type has no sign. */
#define CHECK_SUMS(type, wide, min, max, add, sub, mul)                                          \
	do                                                                                           \
	{                                                                                            \
		const type edges[] = {(min), (min) + 1, (min) / 2, 0, 1, 3, (max) / 2, (max)};           \
		const wide low = (wide) (min), high = (wide) (max);                                      \
		type got = 0;                                                                            \
                                                                                                 \
		for (size_t i = 0; i < lengthof(edges); i++)                                             \
			for (size_t j = 0; j < lengthof(edges); j++)                                         \
			{                                                                                    \
				const wide a = (wide) edges[i], b = (wide) edges[j];                             \
				const wide sum = a + b, difference = a - b, product = a * b;                     \
                                                                                                 \
				CHECK(add(edges[i], edges[j], &got) == (sum < low || sum > high));               \
				CHECK(sum<low || sum> high || (wide) got == sum);                                \
				CHECK(sub(edges[i], edges[j], &got) == (difference < low || difference > high)); \
				CHECK(difference<low || difference> high || (wide) got == difference);           \
				CHECK(mul(edges[i], edges[j], &got) == (product < low || product > high));       \
				CHECK(product<low || product> high || (wide) got == product);                    \
			}                                                                                    \
	} while (0)

CAPI_TEST(test_overflow)
{
	CHECK_SUMS(int16, int128, PG_INT16_MIN, PG_INT16_MAX, pg_add_s16_overflow, pg_sub_s16_overflow,
			   pg_mul_s16_overflow);
	CHECK_SUMS(int32, int128, PG_INT32_MIN, PG_INT32_MAX, pg_add_s32_overflow, pg_sub_s32_overflow,
			   pg_mul_s32_overflow);
	CHECK_SUMS(int64, int128, PG_INT64_MIN, PG_INT64_MAX, pg_add_s64_overflow, pg_sub_s64_overflow,
			   pg_mul_s64_overflow);
	CHECK_SUMS(uint16, uint128, 0, PG_UINT16_MAX, pg_add_u16_overflow, pg_sub_u16_overflow,
			   pg_mul_u16_overflow);
	CHECK_SUMS(uint32, uint128, 0, PG_UINT32_MAX, pg_add_u32_overflow, pg_sub_u32_overflow,
			   pg_mul_u32_overflow);
	CHECK_SUMS(uint64, uint128, 0, PG_UINT64_MAX, pg_add_u64_overflow, pg_sub_u64_overflow,
			   pg_mul_u64_overflow);
}

CAPI_TEST(test_byte_order)
{
	const unsigned char bytes[8] = {1, 2, 3, 4, 5, 6, 7, 8};
	Datum datum;

	memcpy(&datum, bytes, sizeof(datum));
	CHECK(DatumBigEndianToNative(datum) == UINT64CONST(0x0102030405060708));
}

/* ---- What processes share ---- */

/* An operation that changes a variable: what it returns, and what is there afterwards. */
#define CHECK_CHANGE(variable, read, change, returned, afterwards) \
	CHECK((change) == (returned) && read(&(variable)) == (afterwards))

CAPI_TEST(test_atomic_numbers)
{
	pg_atomic_uint32 small;
	pg_atomic_uint64 large;
	uint32 expected = 4;
	uint64 large_expected = 4;
	const uint64 high = UINT64CONST(1) << 40;

	pg_atomic_init_u32(&small, 5);
	CHECK(!pg_atomic_compare_exchange_u32(&small, &expected, 9) && expected == 5);
	CHECK_CHANGE(small, pg_atomic_read_u32, pg_atomic_compare_exchange_u32(&small, &expected, 9),
				 true, 9);
	CHECK_CHANGE(small, pg_atomic_read_u32, pg_atomic_exchange_u32(&small, 12), 9, 12);
	CHECK_CHANGE(small, pg_atomic_read_u32, pg_atomic_fetch_add_u32(&small, 3), 12, 15);
	CHECK_CHANGE(small, pg_atomic_read_u32, pg_atomic_fetch_sub_u32(&small, 1), 15, 14);
	CHECK_CHANGE(small, pg_atomic_read_u32, pg_atomic_fetch_and_u32(&small, 6), 14, 6);
	CHECK_CHANGE(small, pg_atomic_read_u32, pg_atomic_fetch_or_u32(&small, 9), 6, 15);
	CHECK_CHANGE(small, pg_atomic_read_u32, pg_atomic_add_fetch_u32(&small, -15), 0, 0);
	CHECK_CHANGE(small, pg_atomic_read_u32, pg_atomic_sub_fetch_u32(&small, 1), PG_UINT32_MAX,
				 PG_UINT32_MAX);
	pg_atomic_write_u32(&small, 1);
	CHECK(pg_atomic_read_u32(&small) == 1);
	pg_atomic_unlocked_write_u32(&small, 2);
	CHECK(pg_atomic_read_u32(&small) == 2);

	pg_atomic_init_u64(&large, high);
	CHECK(!pg_atomic_compare_exchange_u64(&large, &large_expected, 9) && large_expected == high);
	CHECK_CHANGE(large, pg_atomic_read_u64,
				 pg_atomic_compare_exchange_u64(&large, &large_expected, high + 1), true, high + 1);
	CHECK_CHANGE(large, pg_atomic_read_u64, pg_atomic_exchange_u64(&large, high), high + 1, high);
	CHECK_CHANGE(large, pg_atomic_read_u64, pg_atomic_fetch_add_u64(&large, 3), high, high + 3);
	CHECK_CHANGE(large, pg_atomic_read_u64, pg_atomic_fetch_sub_u64(&large, 1), high + 3, high + 2);
	CHECK_CHANGE(large, pg_atomic_read_u64, pg_atomic_fetch_and_u64(&large, high), high + 2, high);
	CHECK_CHANGE(large, pg_atomic_read_u64, pg_atomic_fetch_or_u64(&large, 9), high, high + 9);
	CHECK_CHANGE(large, pg_atomic_read_u64, pg_atomic_add_fetch_u64(&large, -9), high, high);
	CHECK_CHANGE(large, pg_atomic_read_u64, pg_atomic_sub_fetch_u64(&large, 1), high - 1, high - 1);
	pg_atomic_write_u64(&large, high);
	CHECK(pg_atomic_read_u64(&large) == high);
	pg_atomic_unlocked_write_u64(&large, 2);
	CHECK(pg_atomic_read_u64(&large) == 2);
}

CAPI_TEST(test_flags_and_locks)
{
	pg_atomic_flag flag;
	slock_t lock;

	pg_atomic_init_flag(&flag);
	CHECK(pg_atomic_unlocked_test_flag(&flag) && pg_atomic_test_set_flag(&flag));
	CHECK(!pg_atomic_unlocked_test_flag(&flag) && !pg_atomic_test_set_flag(&flag));
	pg_atomic_clear_flag(&flag);
	CHECK(pg_atomic_unlocked_test_flag(&flag));

	S_INIT_LOCK(&lock);
	CHECK(S_LOCK_FREE(&lock) && TAS(&lock) == 0 && TAS(&lock) != 0 && TAS_SPIN(&lock) != 0);
	CHECK(!S_LOCK_FREE(&lock));
	S_UNLOCK(&lock);
	CHECK(TAS_SPIN(&lock) == 0);
	S_UNLOCK(&lock);
	/* Nobody holds it: not a single delay. */
	CHECK(s_lock(&lock, __FILE__, __LINE__, PG_FUNCNAME_MACRO) == 0 && !S_LOCK_FREE(&lock));
	S_UNLOCK(&lock);
	(void) S_LOCK(&lock);
	CHECK(!S_LOCK_FREE(&lock));
	S_UNLOCK(&lock);
}

typedef struct Shared
{
	slock_t lock;
	uint64 under_lock;
	pg_atomic_uint32 counted;
	pg_atomic_uint32 ready;
	volatile int message;
} Shared;

/* Counts in both ways, a thousand times and more. */
static void
count_together(Shared *shared)
{
	for (int i = 0; i < 20000; i++)
	{
		SpinLockAcquire(&shared->lock);
		shared->under_lock++;
		SpinLockRelease(&shared->lock);
		pg_atomic_fetch_add_u32(&shared->counted, 1);
	}
}

CAPI_TEST(test_two_processes_count)
{
	Shared *shared = (Shared *) mmap(NULL, sizeof(Shared), PROT_READ | PROT_WRITE,
									 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int status;
	pid_t child;

	CHECK(shared != MAP_FAILED);
	SpinLockInit(&shared->lock);
	CHECK(SpinLockFree(&shared->lock));
	pg_atomic_init_u32(&shared->counted, 0);
	pg_atomic_init_u32(&shared->ready, 0);
	child = fork();
	if (child == 0)
	{
		shared->message = 42;
		pg_write_barrier();
		pg_atomic_write_u32(&shared->ready, 1);
		count_together(shared);
		_exit(0);
	}
	while (pg_atomic_read_u32(&shared->ready) == 0)
	{
		SPIN_DELAY();
		pg_spin_delay();
		pg_compiler_barrier();
	}
	pg_read_barrier();
	CHECK(shared->message == 42);
	count_together(shared);
	CHECK(child > 0 && waitpid(child, &status, 0) == child && status == 0);
	pg_memory_barrier();
	CHECK(shared->under_lock == 40000 && pg_atomic_read_u32(&shared->counted) == 40000);
	munmap(shared, sizeof(Shared));
}
