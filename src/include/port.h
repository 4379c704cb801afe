/*
 * port.h
 *		Helpers around the C library and the operating system.
 *
 * The printf family, strerror and qsort keep the C library's meaning here. PostgreSQL's own names for
 * them (pg_snprintf and so on) exist for modules that call those directly, and follow glibc's format
 * rules, %m included. Unless stated otherwise a function may be called in any process and raises nothing.
 */
#ifndef PG_PORT_H
#define PG_PORT_H

#include "c.h"

#include <ctype.h>
#include <netdb.h>

PG_BEGIN_EXTERN_C

typedef int pgsocket;
#define PGINVALID_SOCKET (-1)
#define closesocket close
#define PG_IOLBF _IOLBF
#define pgoff_t off_t

/* Turn non-blocking mode of a socket on and off. False with errno set when fcntl refuses. */
extern bool pg_set_noblock(pgsocket sock);
extern bool pg_set_block(pgsocket sock);

/* Paths, purely textual. ret_path has MAXPGPATH bytes; longer results are cut. */
#define IS_DIR_SEP(ch) ((ch) == '/')
#define is_absolute_path(filename) (IS_DIR_SEP((filename)[0]))
#define EXE ""
#define DEVNULL "/dev/null"

/* Where the last separator stands, or NULL. */
extern char *last_dir_separator(const char *filename);
/* ret_path becomes head, a separator where one is needed, and tail. */
extern void join_path_components(char *ret_path, const char *head, const char *tail);
/* In place: drops trailing separators, doubled ones, "." and resolvable "..". */
extern void canonicalize_path(char *path);
/* In place: cuts the last component off. */
extern void get_parent_directory(char *path);
/* Whether path1 is path2 or a directory above it; both canonical. */
extern bool path_is_prefix_of_path(const char *path1, const char *path2);

/* Whether a canonical path has a ".." in it; whether it is relative and stays below the current directory. */
extern bool path_contains_parent_reference(const char *path);
extern bool path_is_relative_and_below_cwd(const char *path);
/* The installation's folder of shared data; my_exec_path is not needed. */
extern void get_share_path(const char *my_exec_path, char *ret_path);

/* Sleeps for microsec microseconds; any signal may end it early. For workers prefer WaitLatch, which also
 * sees latches and the postmaster's death. */
extern void pg_usleep(long microsec);

/* Comparison that ignores the case of ASCII letters, and of the locale's letters above 127. */
extern int pg_strcasecmp(const char *s1, const char *s2);
extern int pg_strncasecmp(const char *s1, const char *s2, size_t n);
extern unsigned char pg_toupper(unsigned char ch);
extern unsigned char pg_tolower(unsigned char ch);
extern unsigned char pg_ascii_toupper(unsigned char ch);
extern unsigned char pg_ascii_tolower(unsigned char ch);

/* PostgreSQL's names of the printf family; arguments and results as in the C library. */
extern int pg_vsnprintf(char *str, size_t count, const char *fmt, va_list args)
	pg_attribute_printf(3, 0);
extern int pg_snprintf(char *str, size_t count, const char *fmt, ...) pg_attribute_printf(3, 4);
extern int pg_vsprintf(char *str, const char *fmt, va_list args) pg_attribute_printf(2, 0);
extern int pg_sprintf(char *str, const char *fmt, ...) pg_attribute_printf(2, 3);
extern int pg_vfprintf(FILE *stream, const char *fmt, va_list args) pg_attribute_printf(2, 0);
extern int pg_fprintf(FILE *stream, const char *fmt, ...) pg_attribute_printf(2, 3);
extern int pg_vprintf(const char *fmt, va_list args) pg_attribute_printf(1, 0);
extern int pg_printf(const char *fmt, ...) pg_attribute_printf(1, 2);
/* Text of an errno value, in a static buffer of the process. */
extern char *pg_strerror(int errnum);

/* Copies or appends a string into dst of siz bytes, always terminated; returns the length it would have
 * needed, so a result >= siz means that it was cut. (glibc offers them from 2.38.) */
#if !defined(HAVE_DECL_STRLCAT) || !HAVE_DECL_STRLCAT
extern size_t strlcat(char *dst, const char *src, size_t siz);
#endif
#if !defined(HAVE_DECL_STRLCPY) || !HAVE_DECL_STRLCPY
extern size_t strlcpy(char *dst, const char *src, size_t siz);
#endif

#define pg_pread pread
#define pg_pwrite pwrite

/* Sorting as with the C library's qsort. */
extern void pg_qsort(void *base, size_t nel, size_t elsize, int (*cmp)(const void *, const void *));

/* Fills buf with len unpredictable bytes; false when the system has none to give. */
extern bool pg_strong_random(void *buf, size_t len);
#define pg_backend_random pg_strong_random

/* Installs a signal handler with SA_RESTART (and SA_NOCLDSTOP for SIGCHLD) and returns the former one, or
 * SIG_ERR. Handlers set a flag and a latch, keep errno, and do nothing else. */
typedef void (*pqsigfunc)(int signo);
extern pqsigfunc pqsignal(int signo, pqsigfunc func);

PG_END_EXTERN_C

#endif /* PG_PORT_H */
