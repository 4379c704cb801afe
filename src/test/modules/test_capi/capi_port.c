/*
 * capi_port.c
 *		Around the C library: strings, paths, output, signals, sockets; clocks, zones, encodings.
 */
#include "capi.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "commands/variable.h"
#include "datatype/timestamp.h"
#include "mb/pg_wchar.h"
#include "pgtime.h"
#include "port.h"
#include "portability/instr_time.h"
#include "utils/guc.h"

/* ---- Strings ---- */

static int
sign_of(int number)
{
	return (number > 0) - (number < 0);
}

CAPI_TEST(test_strings_without_case)
{
	const struct
	{
		const char *one, *other;
		int order, order_of_two;
	} cases[] = {
		{"abc", "ABC", 0, 0}, {"abd", "ABC", 1, 0}, {"Ab", "abc", -1, 0},
		{"", "a", -1, -1},	  {"\xc3", "a", 1, 1},	{"_", "A", -1, -1},
	};

	for (size_t i = 0; i < lengthof(cases); i++)
	{
		CHECK(sign_of(pg_strcasecmp(cases[i].one, cases[i].other)) == cases[i].order);
		CHECK(sign_of(pg_strncasecmp(cases[i].one, cases[i].other, 2)) == cases[i].order_of_two);
	}
	CHECK(pg_strncasecmp("a", "b", 0) == 0);
	CHECK(pg_toupper('a') == 'A' && pg_toupper('1') == '1' && pg_ascii_toupper('z') == 'Z');
	CHECK(pg_tolower('A') == 'a' && pg_tolower('[') == '[' && pg_ascii_tolower('Z') == 'z');
	CHECK(pg_ascii_toupper(0xE4) == 0xE4 && pg_ascii_tolower(0xC4) == 0xC4);
}

CAPI_TEST(test_bounded_copies)
{
	char text[6];

	CHECK(strlcpy(text, "abc", sizeof(text)) == 3 && strcmp(text, "abc") == 0);
	CHECK(strlcat(text, "def", sizeof(text)) == 6 && strcmp(text, "abcde") == 0);
	CHECK(strlcpy(text, "much too long", sizeof(text)) == 13 && strcmp(text, "much ") == 0);
	CHECK(strlcpy(text, "x", 0) == 1 && text[0] == 'm');
}

static int
descending(const void *a, const void *b)
{
	return *(const int *) b - *(const int *) a;
}

CAPI_TEST(test_sorting)
{
	int numbers[] = {3, 1, 4, 1, 5, 9, 2, 6};

	pg_qsort(numbers, lengthof(numbers), sizeof(int), descending);
	CHECK(numbers[0] == 9 && numbers[1] == 6 && numbers[6] == 1 && numbers[7] == 1);
}

/* ---- The printf family ---- */

/* Each of the four that take their arguments as a list. */
static void print_to(char *first, char *second, FILE *stream, const char *format, ...)
	pg_attribute_printf(4, 5);

static void
print_to(char *first, char *second, FILE *stream, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	CHECK(pg_vsnprintf(first, 4, format, args) == 5);
	va_end(args);
	va_start(args, format);
	CHECK(pg_vsprintf(second, format, args) == 5);
	va_end(args);
	va_start(args, format);
	CHECK(pg_vfprintf(stream, format, args) == 5);
	va_end(args);
	va_start(args, format);
	CHECK(pg_vprintf(format, args) == 5);
	va_end(args);
}

CAPI_TEST(test_formatted_output)
{
	char first[10], second[10], printed[100];
	int ends[2], status;
	ssize_t length;
	pid_t child;
	char *end;

	CHECK(pg_snprintf(first, 4, "%d-%s", 12, "abc") == 6 && strcmp(first, "12-") == 0);
	CHECK(pg_sprintf(first, "%03d", 7) == 3 && strcmp(first, "007") == 0);
	errno = ENOENT;
	CHECK(pg_snprintf(printed, sizeof(printed), "%m") > 0);
	CHECK(strcmp(printed, pg_strerror(ENOENT)) == 0);
	CHECK(strcmp(printed, "No such file or directory") == 0);

	/* A child has a standard output of its own. */
	CHECK(pipe(ends) == 0);
	child = fork();
	if (child == 0)
	{
		FILE *stream = fdopen(dup(ends[1]), "w");

		dup2(ends[1], STDOUT_FILENO);
		setvbuf(stdout, NULL, _IONBF, 0);
		setvbuf(stream, NULL, _IONBF, 0);
		print_to(first, second, stream, "%d/%s", 42, "ab");
		pg_printf(" %s", first);
		pg_fprintf(stream, " %s.", second);
		_exit(0);
	}
	close(ends[1]);
	CHECK(child > 0 && waitpid(child, &status, 0) == child && status == 0);
	for (end = printed; (length = read(ends[0], end, 50)) > 0; end += length)
		;
	close(ends[0]);
	*end = '\0';
	CHECK(strcmp(printed, "42/ab42/ab 42/ 42/ab.") == 0);
}

/* ---- Paths ---- */

CAPI_TEST(test_paths)
{
	const struct
	{
		const char *given, *canonical, *parent;
	} cases[] = {
		{"/a//b/", "/a/b", "/a"}, {"/a/./b/../c", "/a/c", "/a"},
		{"/", "/", "/"},		  {"/a", "/a", "/"},
		{"a/..", ".", ""},		  {"../a/../..", "../..", ".."},
		{"a", "a", ""},			  {"/../a", "/a", "/"},
		{"./a/b", "a/b", "a"},
	};
	const struct
	{
		const char *head, *tail, *joined;
	} joins[] = {
		{"/a", "b", "/a/b"},
		{"", "b", "b"},
		{"a", "", "a"},
		{"a/b", "c/d", "a/b/c/d"},
	};
	char path[MAXPGPATH];

	for (size_t i = 0; i < lengthof(cases); i++)
	{
		strcpy(path, cases[i].given);
		canonicalize_path(path);
		CHECK(strcmp(path, cases[i].canonical) == 0);
		get_parent_directory(path);
		CHECK(strcmp(path, cases[i].parent) == 0);
		CHECK(is_absolute_path(cases[i].given) == (cases[i].given[0] == '/'));
	}
	for (size_t i = 0; i < lengthof(joins); i++)
	{
		join_path_components(path, joins[i].head, joins[i].tail);
		CHECK(strcmp(path, joins[i].joined) == 0);
	}
	CHECK(strcmp(last_dir_separator("/a/b.c"), "/b.c") == 0 && last_dir_separator("abc") == NULL);
	CHECK(IS_DIR_SEP('/') && !IS_DIR_SEP('\\'));
	CHECK(path_is_prefix_of_path("/a", "/a/b") && path_is_prefix_of_path("/a", "/a"));
	CHECK(!path_is_prefix_of_path("/a", "/ab") && !path_is_prefix_of_path("/a/b", "/a"));
}

/* ---- The system ---- */

static volatile sig_atomic_t caught = 0;

static void
catch_signal(SIGNAL_ARGS)
{
	caught = postgres_signal_arg;
}

CAPI_TEST(test_signal_handlers)
{
	pqsigfunc former = pqsignal(SIGWINCH, catch_signal);
	struct sigaction action;

	CHECK(former != SIG_ERR && raise(SIGWINCH) == 0 && caught == SIGWINCH);
	CHECK(sigaction(SIGWINCH, NULL, &action) == 0 && (action.sa_flags & SA_RESTART) != 0);
	CHECK(pqsignal(SIGWINCH, former) == catch_signal);
}

CAPI_TEST(test_sockets_and_randomness)
{
	int ends[2];
	char one[16], other[16];

	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	CHECK(pg_set_noblock(ends[0]) && (fcntl(ends[0], F_GETFL) & O_NONBLOCK) != 0);
	CHECK(recv(ends[0], one, 1, 0) == -1 && (errno == EAGAIN || errno == EWOULDBLOCK));
	CHECK(pg_set_block(ends[0]) && (fcntl(ends[0], F_GETFL) & O_NONBLOCK) == 0);
	close(ends[0]);
	close(ends[1]);
	CHECK(!pg_set_noblock(ends[0]) && errno == EBADF);
	CHECK(pg_strong_random(one, sizeof(one)) && pg_strong_random(other, sizeof(other)));
	CHECK(memcmp(one, other, sizeof(one)) != 0);
}

/* ---- Times ---- */

CAPI_TEST(test_clock_of_durations)
{
	instr_time before, after;

	INSTR_TIME_SET_CURRENT(before);
	pg_usleep(2000);
	INSTR_TIME_SET_CURRENT(after);
	CHECK(pg_instr_ns(after) - pg_instr_ns(before) >= 2000000);
	after = pg_instr_from_ns(-1);
	CHECK(after.tv_sec == -1 && after.tv_nsec == 999999999 && pg_instr_ns(after) == -1);
}

CAPI_TEST(test_infinite_times)
{
	Timestamp time = 0;

	CHECK(!TIMESTAMP_NOT_FINITE(time) && IS_VALID_TIMESTAMP(time));
	TIMESTAMP_NOBEGIN(time);
	CHECK(TIMESTAMP_IS_NOBEGIN(time) && TIMESTAMP_NOT_FINITE(time) && !IS_VALID_TIMESTAMP(time));
	TIMESTAMP_NOEND(time);
	CHECK(TIMESTAMP_IS_NOEND(time) && TIMESTAMP_NOT_FINITE(time) && !TIMESTAMP_IS_NOBEGIN(time));
	CHECK(IS_VALID_TIMESTAMP(MIN_TIMESTAMP) && !IS_VALID_TIMESTAMP(MIN_TIMESTAMP - 1));
	CHECK(!IS_VALID_TIMESTAMP(END_TIMESTAMP));
	/* 4714-11-24 BC is the first day. */
	CHECK(IS_VALID_DATE(-POSTGRES_EPOCH_JDATE) && !IS_VALID_DATE(-POSTGRES_EPOCH_JDATE - 1));
}

CAPI_TEST(test_zones)
{
	const pg_time_t moment = 1700000000;
	pg_tz *berlin = pg_tzset("Europe/Berlin");
	struct pg_tm *broken = pg_gmtime(&moment);
	char text[40];

	CHECK(broken->tm_year == 123 && broken->tm_mon == 10 && broken->tm_mday == 14);
	CHECK(broken->tm_hour == 22 && broken->tm_min == 13 && broken->tm_sec == 20);
	CHECK(broken->tm_wday == 2 && broken->tm_yday == 317 && broken->tm_gmtoff == 0);
	broken = pg_localtime(&moment, berlin);
	CHECK(broken->tm_hour == 23 && broken->tm_gmtoff == 3600 && broken->tm_isdst == 0);
	CHECK(pg_strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S %Z %a", broken) == 27);
	CHECK(strcmp(text, "2023-11-14 23:13:20 CET Tue") == 0);
	CHECK(pg_strftime(text, 5, "%Y-%m-%d", broken) == 0);
	CHECK(strcmp(pg_get_timezone_name(berlin), "Europe/Berlin") == 0);
	CHECK(strcmp(pg_get_timezone_name(session_timezone),
				 GetConfigOption("TimeZone", false, false)) == 0);
	CHECK(strcmp(pg_get_timezone_name(log_timezone),
				 GetConfigOption("log_timezone", false, false)) == 0);
}

CAPI_TEST(test_setting_of_a_zone)
{
	const struct
	{
		const char *name;
		bool known;
	} cases[] = {{"Europe/Berlin", true}, {"UTC", true}, {"-3", true}, {"No/Where", false}};

	for (size_t i = 0; i < lengthof(cases); i++)
	{
		char *value = strdup(cases[i].name);
		void *extra = NULL;

		CHECK(check_timezone(&value, &extra, PGC_S_TEST) == cases[i].known);
		CHECK((extra != NULL) == cases[i].known);
		free(extra);
		free(value);
	}
}

CAPI_TEST(test_numbers_of_encodings)
{
	const struct
	{
		int encoding, longest;
	} cases[] = {
		{PG_SQL_ASCII, 1}, {PG_EUC_JP, 3}, {PG_EUC_TW, 4}, {PG_UTF8, 4},	{PG_LATIN1, 1},
		{PG_KOI8R, 1},	   {PG_SJIS, 2},   {PG_GBK, 2},	   {PG_GB18030, 4},
	};

	for (size_t i = 0; i < lengthof(cases); i++)
	{
		CHECK(PG_VALID_ENCODING(cases[i].encoding));
		CHECK(pg_encoding_max_length(cases[i].encoding) == cases[i].longest);
	}
	CHECK(!PG_VALID_ENCODING(-1) && !PG_VALID_ENCODING(_PG_LAST_ENCODING_));
	CHECK(pg_valid_server_encoding_id(PG_UTF8) && !pg_valid_server_encoding_id(PG_SJIS));
}
