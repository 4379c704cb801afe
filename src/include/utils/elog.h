/*
 * elog.h
 *		Reporting of messages and errors, and catching of errors in C.
 *
 * All of it may be used in any process once the server has set up its memory. What a report does:
 *	- below ERROR it is logged and, in a client session, sent to the client; ereport returns;
 *	- ERROR jumps to the nearest PG_TRY, or to the session's or worker's own handler (a worker without one
 *	  exits with status 1);
 *	- FATAL ends the process through proc_exit(1);
 *	- PANIC aborts it, which restarts the whole server.
 * Source of the rules: PostgreSQL 15 manual, section "Reporting Errors Within the Server". Text rules: the
 * primary message starts in lower case and has no period, detail and hint are sentences.
 */
#ifndef ELOG_H
#define ELOG_H

#include "c.h"

#include <setjmp.h>

#include "utils/errcodes.h"

/*
 * Severity levels, in rising order
 */
#define DEBUG5 10
#define DEBUG4 11
#define DEBUG3 12
#define DEBUG2 13
#define DEBUG1 14
#define LOG 15			   /* for the operator: server log at its default settings */
#define LOG_SERVER_ONLY 16 /* as LOG, never sent to the client */
#define COMMERROR LOG_SERVER_ONLY
#define INFO 17	  /* asked for by the user: always to the client, not to the log */
#define NOTICE 18 /* helpful to the user */
#define WARNING 19
#define PGWARNING 19
#define WARNING_CLIENT_ONLY 20
#define ERROR 21 /* gives the current transaction up */
#define PGERROR 21
#define FATAL 22 /* gives the process up */
#define PANIC 23 /* gives the server up; restarts all processes */

/*
 * SQLSTATE in an int: five characters of six bits, the first one lowest
 */
#define PGSIXBIT(ch) (((ch) - '0') & 0x3F)
#define PGUNSIXBIT(val) (((val) &0x3F) + '0')
#define MAKE_SQLSTATE(ch1, ch2, ch3, ch4, ch5)                                        \
	(PGSIXBIT(ch1) | PGSIXBIT(ch2) << 6 | PGSIXBIT(ch3) << 12 | PGSIXBIT(ch4) << 18 | \
	 PGSIXBIT(ch5) << 24)
/* The class: the first two characters. */
#define ERRCODE_TO_CATEGORY(ec) ((ec) &0xFFF)
#define ERRCODE_IS_CATEGORY(ec) (((ec) & ~0xFFF) == 0)

PG_BEGIN_EXTERN_C

/*
 * ereport(level, errcode(...), errmsg(...), errdetail(...), ...)
 *
 * The items after the level are calls of the err... functions below, in any order, with or without an extra
 * pair of parentheses around all of them. They are evaluated only when the message goes somewhere. When
 * level is a constant of at least ERROR, the compiler knows that control does not come back.
 */
#ifndef TEXTDOMAIN
#define TEXTDOMAIN NULL
#endif

#define PG_LEVEL_NEVER_RETURNS(elevel) (__builtin_constant_p(elevel) && (elevel) >= ERROR)

#define ereport_domain(elevel, domain, ...)                                \
	do                                                                     \
	{                                                                      \
		if (PG_LEVEL_NEVER_RETURNS(elevel) ? errstart_cold(elevel, domain) \
										   : errstart(elevel, domain))     \
			__VA_ARGS__, errfinish(__FILE__, __LINE__, PG_FUNCNAME_MACRO); \
		if (PG_LEVEL_NEVER_RETURNS(elevel))                                \
			pg_unreachable();                                              \
	} while (0)

#define ereport(elevel, ...) ereport_domain(elevel, TEXTDOMAIN, __VA_ARGS__)

/* For messages that only developers see: SQLSTATE XX000 at ERROR and above, no translation. */
#define elog(elevel, ...) ereport(elevel, errmsg_internal(__VA_ARGS__))

/*
 * errsave(context, errcode(...), errmsg(...), ...); ereturn(context, result, ...) returns as well
 *
 * An error of the input, as PostgreSQL 16 has it. Where context is an ErrorSaveContext (nodes/miscnodes.h), it is noted
 * there, and control comes back; otherwise it is raised.
 */
struct Node;

#define errsave_domain(context, domain, ...)                                            \
	do                                                                                  \
	{                                                                                   \
		struct Node *pg_save_context = (context);                                       \
		if (errsave_start(pg_save_context, domain))                                     \
			__VA_ARGS__, errsave_finish(pg_save_context, __FILE__, __LINE__, __func__); \
	} while (0)

#define errsave(context, ...) errsave_domain(context, TEXTDOMAIN, __VA_ARGS__)

#define ereturn_domain(context, result, domain, ...)  \
	do                                                \
	{                                                 \
		errsave_domain(context, domain, __VA_ARGS__); \
		return result;                                \
	} while (0)

#define ereturn(context, result, ...) ereturn_domain(context, result, TEXTDOMAIN, __VA_ARGS__)

/* Opens such a report; true when the items are wanted, and errsave_finish has to follow. Only errsave calls these. */
extern bool errsave_start(struct Node *context, const char *domain);
extern void errsave_finish(struct Node *context, const char *filename, int lineno,
						   const char *funcname);

/* Whether a message of this level would be logged or sent now; lets callers skip costly preparation. */
extern bool message_level_is_interesting(int elevel);

/* Opens a report; true when the items are wanted. The cold form is for levels of at least ERROR. Every true
 * result is followed by errfinish, which does what the level asks for. Only ereport calls these. */
extern bool errstart(int elevel, const char *domain);
extern pg_attribute_cold bool errstart_cold(int elevel, const char *domain);
extern void errfinish(const char *filename, int lineno, const char *funcname);

/* Items of a report. Strings are copied; formats are printf's, with %m for the errno that stood when ereport
 * began. The plural forms choose by n. The results have no meaning. */
extern int errcode(int sqlerrcode);
extern int errcode_for_file_access(void);	/* from errno, for files */
extern int errcode_for_socket_access(void); /* from errno, for sockets */
extern int errmsg(const char *fmt, ...) pg_attribute_printf(1, 2);
extern int errmsg_internal(const char *fmt, ...) pg_attribute_printf(1, 2);
extern int errmsg_plural(const char *fmt_singular, const char *fmt_plural, unsigned long n, ...)
	pg_attribute_printf(1, 4) pg_attribute_printf(2, 4);
extern int errdetail(const char *fmt, ...) pg_attribute_printf(1, 2);
extern int errdetail_internal(const char *fmt, ...) pg_attribute_printf(1, 2);
/* Detail for the log alone; the client gets errdetail's text. */
extern int errdetail_log(const char *fmt, ...) pg_attribute_printf(1, 2);
extern int errdetail_log_plural(const char *fmt_singular, const char *fmt_plural, unsigned long n,
								...) pg_attribute_printf(1, 4) pg_attribute_printf(2, 4);
extern int errdetail_plural(const char *fmt_singular, const char *fmt_plural, unsigned long n, ...)
	pg_attribute_printf(1, 4) pg_attribute_printf(2, 4);
extern int errhint(const char *fmt, ...) pg_attribute_printf(1, 2);
extern int errhint_plural(const char *fmt_singular, const char *fmt_plural, unsigned long n, ...)
	pg_attribute_printf(1, 4) pg_attribute_printf(2, 4);
/* Appends a line to the CONTEXT field; meant for callbacks on error_context_stack. */
#define errcontext set_errcontext_domain(TEXTDOMAIN), errcontext_msg
extern int set_errcontext_domain(const char *domain);
extern int errcontext_msg(const char *fmt, ...) pg_attribute_printf(1, 2);
extern int errhidestmt(bool hide_stmt);
extern int errhidecontext(bool hide_ctx);
extern int errbacktrace(void);
/* Positions count characters of the client's query, or of internalerrquery's text, from 1. */
extern int errposition(int cursorpos);
extern int internalerrposition(int cursorpos);
extern int internalerrquery(const char *query);
/* One of the object-name fields; field is a PG_DIAG_ code. */
extern int err_generic_string(int field, const char *str);

/* What the report in progress holds so far; for use within callbacks and emit_log_hook. */
extern int geterrcode(void);
extern int geterrposition(void);
extern int getinternalerrposition(void);

/* Formats a string with the given errno for %m; the pair that the GUC_check_err macros rest on. The result
 * lives in ErrorContext. */
extern void pre_format_elog_string(int errnumber, const char *domain);
extern char *format_elog_string(const char *fmt, ...) pg_attribute_printf(1, 2);

/*
 * Callbacks that add context to every report raised while they are on the stack. Link one in by setting
 * previous to error_context_stack, and unlink it in the reverse order; PG_CATCH restores the stack itself.
 */
typedef struct ErrorContextCallback
{
	struct ErrorContextCallback *previous;
	void (*callback)(void *arg);
	void *arg;
} ErrorContextCallback;

extern PGDLLIMPORT ErrorContextCallback *error_context_stack;

/*
 * PG_TRY(); { ... } PG_CATCH(); { ... } PG_END_TRY();		or PG_FINALLY() in place of PG_CATCH()
 *
 * Catches ERROR raised in the first block. The second one must either rethrow (PG_RE_THROW) or clean up fully:
 * FlushErrorState and, for errors that may have touched the transaction, aborting it or a subtransaction.
 * PG_FINALLY's block runs in both cases, and the error goes on by itself. Leave neither block by return, break,
 * continue or goto. Locals changed in the first block and read in the second must be volatile. A name given in
 * all parentheses of one construct keeps nested ones apart.
 */
typedef struct PgTryFrame
{
	sigjmp_buf *outer_jump;
	ErrorContextCallback *outer_context;
	volatile bool rethrow;
	sigjmp_buf jump;
} PgTryFrame;

/* Where the next ERROR jumps to; NULL: nobody catches, and ERROR becomes FATAL. */
extern PGDLLIMPORT sigjmp_buf *PG_exception_stack;

#define PG_TRY_RESTORE(frame) \
	(PG_exception_stack = (frame).outer_jump, error_context_stack = (frame).outer_context)

#define PG_TRY(...)                                                     \
	do                                                                  \
	{                                                                   \
		PgTryFrame pg_try_frame_##__VA_ARGS__;                          \
		pg_try_frame_##__VA_ARGS__.outer_jump = PG_exception_stack;     \
		pg_try_frame_##__VA_ARGS__.outer_context = error_context_stack; \
		pg_try_frame_##__VA_ARGS__.rethrow = false;                     \
		if (sigsetjmp(pg_try_frame_##__VA_ARGS__.jump, 0) == 0)         \
		{                                                               \
			PG_exception_stack = &pg_try_frame_##__VA_ARGS__.jump

#define PG_CATCH(...) \
	}                 \
	else              \
	{                 \
		PG_TRY_RESTORE(pg_try_frame_##__VA_ARGS__)

#define PG_FINALLY(...)                            \
	}                                              \
	else                                           \
	{                                              \
		pg_try_frame_##__VA_ARGS__.rethrow = true; \
	}                                              \
	{                                              \
		PG_TRY_RESTORE(pg_try_frame_##__VA_ARGS__)

#define PG_END_TRY(...)                         \
	}                                           \
	if (pg_try_frame_##__VA_ARGS__.rethrow)     \
		PG_RE_THROW();                          \
	PG_TRY_RESTORE(pg_try_frame_##__VA_ARGS__); \
	}                                           \
	while (0)

#define PG_RE_THROW() pg_re_throw()

/*
 * A report as data. Strings belong to assoc_context.
 */
typedef struct ErrorData
{
	int elevel;
	bool output_to_server;
	bool output_to_client;
	bool hide_stmt;
	bool hide_ctx;
	const char *filename;
	int lineno;
	const char *funcname;
	const char *domain;
	const char *context_domain;
	int sqlerrcode;
	char *message;
	char *detail;
	char *detail_log;
	char *hint;
	char *context;
	char *backtrace;
	const char *message_id; /* the untranslated format of message */
	char *schema_name;
	char *table_name;
	char *column_name;
	char *datatype_name;
	char *constraint_name;
	int cursorpos;
	int internalpos;
	char *internalquery;
	int saved_errno;
	struct MemoryContextData *assoc_context;
} ErrorData;

/* The next four belong into PG_CATCH blocks. */

/* Logs and sends the caught error without raising it again. */
extern void EmitErrorReport(void);
/* Copy of the caught error in CurrentMemoryContext, which must not be ErrorContext; freed by
 * FreeErrorData. */
extern ErrorData *CopyErrorData(void);
extern void FreeErrorData(ErrorData *edata);
/* Forgets the caught error; the caller has dealt with it. */
extern void FlushErrorState(void);

/* Raises a copied error again as it was; ReThrowError needs a level of ERROR and never returns,
 * ThrowErrorData does what edata's level asks for. */
extern void ReThrowError(ErrorData *edata) pg_attribute_noreturn();
extern void ThrowErrorData(ErrorData *edata);
/* What PG_RE_THROW calls: hands the error being handled to the next outer handler. */
extern void pg_re_throw(void) pg_attribute_noreturn();
/* Text that the context callbacks would add now, palloc'd; NULL when none. */
extern char *GetErrorContextStack(void);

/* Called with each report before it is written to the log. The hook may clear output_to_server; it runs in
 * ErrorContext and must not raise. Chain to the former value. */
typedef void (*emit_log_hook_type)(ErrorData *edata);
extern PGDLLIMPORT emit_log_hook_type emit_log_hook;

/*
 * Settings of the log (read-only for modules)
 */
typedef enum
{
	PGERROR_TERSE,
	PGERROR_DEFAULT,
	PGERROR_VERBOSE
} PGErrorVerbosity;

extern PGDLLIMPORT int Log_error_verbosity; /* a PGErrorVerbosity */
extern PGDLLIMPORT char *Log_line_prefix;
extern PGDLLIMPORT int Log_destination; /* LOG_DESTINATION_ bits */
extern PGDLLIMPORT char *Log_destination_string;

#define LOG_DESTINATION_STDERR 1
#define LOG_DESTINATION_SYSLOG 2
#define LOG_DESTINATION_EVENTLOG 4
#define LOG_DESTINATION_CSVLOG 8
#define LOG_DESTINATION_JSONLOG 16

/* The five characters of a SQLSTATE, in a static buffer of the process. */
extern char *unpack_sql_state(int sql_state);
/* "ERROR", "WARNING" and so on; static text. */
extern const char *error_severity(int elevel);

/* Writes to stderr at a time when nothing else works. */
extern void write_stderr(const char *fmt, ...) pg_attribute_printf(1, 2);

PG_END_EXTERN_C

#endif /* ELOG_H */
