/*
 * capi_errors.c
 *		Reports and errors: what a report holds, who catches it, its context, where it is written.
 */
#include "capi.h"

#include "postgres_ext.h"

/* The error that the function raises, copied. */
static ErrorData *
caught(void (*raise_it)(void))
{
	MemoryContext context = CurrentMemoryContext;
	ErrorData *volatile error = NULL;

	PG_TRY();
	{
		raise_it();
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
	}
	PG_END_TRY();
	CHECK(error != NULL);
	return error;
}

CAPI_TEST(test_sqlstates)
{
	CHECK(MAKE_SQLSTATE('2', '2', '0', '1', '2') == ERRCODE_DIVISION_BY_ZERO);
	CHECK(PGSIXBIT('Z') == 42 && PGUNSIXBIT(42 | 64) == 'Z' && PGSIXBIT('0') == 0);
	CHECK(ERRCODE_TO_CATEGORY(ERRCODE_DIVISION_BY_ZERO) == ERRCODE_DATA_EXCEPTION);
	CHECK(ERRCODE_IS_CATEGORY(ERRCODE_DATA_EXCEPTION));
	CHECK(!ERRCODE_IS_CATEGORY(ERRCODE_DIVISION_BY_ZERO));
	CHECK(PG_LEVEL_NEVER_RETURNS(ERROR) && !PG_LEVEL_NEVER_RETURNS(WARNING));
}

CAPI_TEST(test_severities)
{
	static const struct
	{
		int level;
		const char *name;
	} rows[] = {{DEBUG5, "DEBUG"},	  {DEBUG1, "DEBUG"},
				{LOG, "LOG"},		  {LOG_SERVER_ONLY, "LOG"},
				{INFO, "INFO"},		  {NOTICE, "NOTICE"},
				{WARNING, "WARNING"}, {WARNING_CLIENT_ONLY, "WARNING"},
				{ERROR, "ERROR"},	  {FATAL, "FATAL"},
				{PANIC, "PANIC"},	  {99, "???"}};
	int i;

	for (i = 0; i < (int) lengthof(rows); i++)
		CHECK(strcmp(error_severity(rows[i].level), rows[i].name) == 0);
	CHECK(message_level_is_interesting(NOTICE) && message_level_is_interesting(LOG));
	CHECK(!message_level_is_interesting(DEBUG5));
}

/* ---- Items ---- */

static void
raise_with_all_items(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_UNIQUE_VIOLATION), errmsg_plural("%d row", "%d rows", 2, 2),
			 errdetail_plural("%d detail", "%d details", 1, 1),
			 errdetail_log("for the log: %s", "x"), errhint_plural("%d hint", "%d hints", 3, 3),
			 errposition(7), internalerrposition(8), internalerrquery("SELECT broken"),
			 errhidestmt(true), errhidecontext(true), errbacktrace(),
			 err_generic_string(PG_DIAG_SCHEMA_NAME, "schema"),
			 err_generic_string(PG_DIAG_TABLE_NAME, "table"),
			 err_generic_string(PG_DIAG_COLUMN_NAME, "column"),
			 err_generic_string(PG_DIAG_DATATYPE_NAME, "type"),
			 err_generic_string(PG_DIAG_CONSTRAINT_NAME, "constraint")));
}

static void
raise_with_other_items(void)
{
	ereport(ERROR, errmsg("once more"), errdetail_internal("%d", 1), errhint("Do."),
			errdetail_log_plural("%d line", "%d lines", 5, 5));
}

CAPI_TEST(test_items_of_a_report)
{
	ErrorData *error = caught(raise_with_all_items);

	CHECK(error->elevel == ERROR && error->sqlerrcode == ERRCODE_UNIQUE_VIOLATION);
	CHECK(strcmp(error->message, "2 rows") == 0 && strcmp(error->message_id, "%d row") == 0);
	CHECK(strcmp(error->detail, "1 detail") == 0 &&
		  strcmp(error->detail_log, "for the log: x") == 0);
	CHECK(strcmp(error->hint, "3 hints") == 0);
	CHECK(error->cursorpos == 7 && error->internalpos == 8);
	CHECK(strcmp(error->internalquery, "SELECT broken") == 0);
	CHECK(error->hide_stmt && error->hide_ctx && error->backtrace != NULL);
	CHECK(strcmp(error->schema_name, "schema") == 0 && strcmp(error->table_name, "table") == 0);
	CHECK(strcmp(error->column_name, "column") == 0 && strcmp(error->datatype_name, "type") == 0);
	CHECK(strcmp(error->constraint_name, "constraint") == 0);
	CHECK(strcmp(error->funcname, "raise_with_all_items") == 0 &&
		  strstr(error->filename, "capi_errors.c") != NULL);

	error = caught(raise_with_other_items);
	CHECK(strcmp(error->detail, "1") == 0 && strcmp(error->hint, "Do.") == 0);
	CHECK(strcmp(error->detail_log, "5 lines") == 0 && error->sqlerrcode == ERRCODE_INTERNAL_ERROR);
	FreeErrorData(error);
}

static void
raise_for_file(void)
{
	ereport(ERROR, (errcode_for_file_access(), errmsg("file: %m")));
}

static void
raise_for_socket(void)
{
	ereport(ERROR, (errcode_for_socket_access(), errmsg("socket")));
}

CAPI_TEST(test_errno_of_a_report)
{
	static const struct
	{
		int number;
		int file, socket;
	} rows[] = {{ENOENT, ERRCODE_UNDEFINED_FILE, ERRCODE_INTERNAL_ERROR},
				{EACCES, ERRCODE_INSUFFICIENT_PRIVILEGE, ERRCODE_INTERNAL_ERROR},
				{EEXIST, ERRCODE_DUPLICATE_FILE, ERRCODE_INTERNAL_ERROR},
				{ENOSPC, ERRCODE_DISK_FULL, ERRCODE_INTERNAL_ERROR},
				{EMFILE, ERRCODE_INSUFFICIENT_RESOURCES, ERRCODE_INTERNAL_ERROR},
				{EIO, ERRCODE_IO_ERROR, ERRCODE_INTERNAL_ERROR},
				{EPIPE, ERRCODE_INTERNAL_ERROR, ERRCODE_CONNECTION_FAILURE},
				{ECONNRESET, ERRCODE_INTERNAL_ERROR, ERRCODE_CONNECTION_FAILURE}};
	int i;

	for (i = 0; i < (int) lengthof(rows); i++)
	{
		ErrorData *error;

		errno = rows[i].number;
		error = caught(raise_for_file);
		CHECK(error->sqlerrcode == rows[i].file && error->saved_errno == rows[i].number);
		CHECK(strcmp(error->message, psprintf("file: %s", strerror(rows[i].number))) == 0);
		errno = rows[i].number;
		CHECK(caught(raise_for_socket)->sqlerrcode == rows[i].socket);
	}
	pre_format_elog_string(ENOENT, NULL);
	CHECK(strcmp(format_elog_string("%s: %m", "x"), psprintf("x: %s", strerror(ENOENT))) == 0);
}

static void
raise_by_hand(void)
{
	CHECK(errstart_cold(ERROR, "mine"));
	(void) errmsg("cold");
	(void) errcode(ERRCODE_IO_ERROR);
	if (geterrcode() == ERRCODE_IO_ERROR)
		(void) errhint("seen");
	errfinish(__FILE__, 4711, "function");
}

/* As ereport does it, with a look at the report while it is made. */
CAPI_TEST(test_report_in_the_making)
{
	ErrorData *error;

	CHECK(!errstart(DEBUG5, TEXTDOMAIN));
	CHECK(errstart(NOTICE, TEXTDOMAIN));
	(void) errmsg("in the making");
	(void) errposition(3);
	(void) internalerrposition(4);
	CHECK(geterrcode() == ERRCODE_SUCCESSFUL_COMPLETION && geterrposition() == 3);
	CHECK(getinternalerrposition() == 4);
	errfinish(__FILE__, __LINE__, "made");
	ereport_domain(NOTICE, "domain", (errmsg("with a domain")));

	error = caught(raise_by_hand);
	CHECK(error->lineno == 4711 && strcmp(error->funcname, "function") == 0);
	CHECK(strcmp(error->domain, "mine") == 0 && strcmp(error->hint, "seen") == 0);
}

/* ---- Catching ---- */

CAPI_TEST(test_finally)
{
	volatile int cleanups = 0;

	PG_TRY();
	{
		cleanups = cleanups + 1;
	}
	PG_FINALLY();
	{
		cleanups = cleanups + 1;
	}
	PG_END_TRY();
	CHECK(cleanups == 2);
	CHECK_ERROR(ERRCODE_DIVISION_BY_ZERO, "on its way", {
		PG_TRY();
		{
			ereport(ERROR, (errcode(ERRCODE_DIVISION_BY_ZERO), errmsg("on its way")));
		}
		PG_FINALLY();
		{
			cleanups = cleanups + 1;
		}
		PG_END_TRY();
	});
	CHECK(cleanups == 3);
}

static void
catch_and_pass_on(bool by_macro)
{
	PG_TRY();
	{
		ereport(ERROR, (errcode(ERRCODE_IO_ERROR), errmsg("inner")));
	}
	PG_CATCH();
	{
		if (by_macro)
			PG_RE_THROW();
		pg_re_throw();
	}
	PG_END_TRY();
}

static ErrorData *kept;

static void
raise_kept(void)
{
	ReThrowError(kept);
}

static void
throw_kept(void)
{
	ThrowErrorData(kept);
}

CAPI_TEST(test_raising_again)
{
	sigjmp_buf *former = PG_exception_stack;
	ErrorData *again;
	PgTryFrame frame;

	CHECK_ERROR(ERRCODE_IO_ERROR, "inner", catch_and_pass_on(true));
	CHECK_ERROR(ERRCODE_IO_ERROR, "inner", catch_and_pass_on(false));
	CHECK(former != NULL && PG_exception_stack == former);

	kept = caught(raise_with_all_items);
	again = caught(raise_kept);
	CHECK(again->sqlerrcode == kept->sqlerrcode &&
		  strcmp(again->detail_log, kept->detail_log) == 0);
	CHECK(strcmp(again->funcname, kept->funcname) == 0 && again->message != kept->message);
	again = caught(throw_kept);
	CHECK(again->sqlerrcode == ERRCODE_UNIQUE_VIOLATION && strcmp(again->message, "2 rows") == 0);
	kept->elevel = NOTICE;
	throw_kept(); /* comes back */

	frame.outer_jump = former;
	frame.outer_context = error_context_stack;
	PG_exception_stack = NULL;
	PG_TRY_RESTORE(frame);
	CHECK(PG_exception_stack == former);
}

/* ---- Context ---- */

static void
add_context(void *arg)
{
	errcontext("while doing %s", (const char *) arg);
}

static void
add_domain_and_context(void *arg)
{
	(void) set_errcontext_domain("mine");
	(void) errcontext_msg("in %s", (const char *) arg);
}

static void
raise_deep_down(void)
{
	elog(ERROR, "deep down");
}

CAPI_TEST(test_context_of_errors)
{
	ErrorContextCallback *former = error_context_stack;
	ErrorContextCallback outer, inner;
	ErrorData *error;

	outer.previous = former;
	outer.callback = add_domain_and_context;
	outer.arg = (void *) "general";
	inner.previous = &outer;
	inner.callback = add_context;
	inner.arg = (void *) "this";
	error_context_stack = &inner;
	CHECK(strncmp(GetErrorContextStack(), "while doing this\nin general", 27) == 0);
	error = caught(raise_deep_down);
	CHECK(error_context_stack == &inner);
	error_context_stack = former;
	CHECK(strncmp(error->context, "while doing this\nin general", 27) == 0);
}

/* ---- Where reports go ---- */

static emit_log_hook_type former_hook;
static int heard;
static bool hook_saw_log_detail;

static void
hear(ErrorData *edata)
{
	if (former_hook != NULL)
		former_hook(edata);
	heard++;
	hook_saw_log_detail = edata->detail_log != NULL;
	edata->output_to_server = edata->output_to_client = false;
}

CAPI_TEST(test_hook_of_the_log)
{
	MemoryContext context = CurrentMemoryContext;

	former_hook = emit_log_hook;
	emit_log_hook = hear;
	heard = 0;
	ereport(LOG_SERVER_ONLY, (errmsg("heard"), errdetail_log("too")));
	CHECK(heard == 1 && hook_saw_log_detail);
	ereport(DEBUG5, (errmsg("not heard")));
	CHECK(heard == 1);
	PG_TRY();
	{
		elog(ERROR, "emitted, and forgotten");
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(context);
		EmitErrorReport();
		FlushErrorState();
	}
	PG_END_TRY();
	emit_log_hook = former_hook;
	CHECK(heard == 2);
}

static void
write_two_lines(void)
{
	write_stderr("%s %d\n", "line", 1);
	write_stderr("line 2\n");
}

CAPI_TEST(test_written_to_stderr)
{
	CHECK(strcmp(capi_written_to_stderr(write_two_lines), "line 1\nline 2\n") == 0);
}
