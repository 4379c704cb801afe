/*
 * utils/error/elog.cpp
 *		The C API of utils/elog.h: ereport's parts, and what PG_CATCH blocks call.
 *
 * Every process.  Nothing here lets an exception into C: what raises goes through FromC.
 *
 * A report in the making lies on the error stack from errstart to errfinish; the functions in between
 * fill the top one.  When none is there (they were called outside of ereport) they do nothing.
 */
#include "utils/elog.h"

#include <execinfo.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdlib>
#include <memory>
#include <set>
#include <string>

#include "nodes/miscnodes.h"
#include "postgres_ext.h"
#include "storage/ipc.h"
#include "utils/error/error_stack.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/memutils.h"
#include "utils/mmgr/memory.h"

using namespace pg;

namespace
{

/* errno and domain of the pair behind the GUC_check_err macros. */
int elog_string_errno = 0;

void
set_text(std::string &field, const char *format, va_list args)
{
	if (Report *report = error_stack::Top())
	{
		field.clear();
		FormatAppend(field, report->saved_errno, format, args);
	}
}

std::string &
field_or_dummy(std::string Report::*member)
{
	static std::string dummy;
	Report *report = error_stack::Top();

	return report != nullptr ? report->*member : dummy;
}

void
begin_report(int elevel, const char *domain)
{
	Report report(elevel);

	if (domain != nullptr)
		report.domain = report.context_domain = domain;
	report.elevel = EffectiveLevel(elevel);
	if (report.elevel == ERROR && wall::side == wall::Side::C && PG_exception_stack == nullptr)
		report.elevel = FATAL;
	report.file = nullptr;
	report.line = 0;
	report.function = nullptr;
	error_stack::Push(std::move(report));
}

const char *
module_base_name(const char *path)
{
	const char *slash = path != nullptr ? strrchr(path, '/') : nullptr;

	return slash != nullptr ? slash + 1 : path;
}

/* Takes the finished report off the stack, with its place and its context. */
Report
take_finished(const char *filename, int lineno, const char *funcname)
{
	Report report = error_stack::Pop();

	report.file = module_base_name(filename);
	report.line = lineno;
	report.function = funcname;
	AttachContext(report);
	return report;
}

/*
 * The short way for C: its ERROR needs no exception, since no frame of C++ lies between here and the
 * handler.  False when the report takes the long way.
 */
bool
ready_to_jump(const char *filename, int lineno, const char *funcname)
{
	const Report *top = error_stack::Top();

	if (wall::side != wall::Side::C || PG_exception_stack == nullptr || top->elevel != ERROR)
		return false;
	error_stack::Push(take_finished(filename, lineno, funcname));
	return true;
}

Report
report_from(const ErrorData *edata)
{
	Report report(edata->elevel, edata->sqlerrcode);
	const auto set = [](std::string &field, const char *text)
	{
		if (text != nullptr)
			field = text;
	};

	report.file = edata->filename;
	report.line = edata->lineno;
	report.function = edata->funcname;
	report.saved_errno = edata->saved_errno;
	report.statement_hidden = edata->hide_stmt;
	report.context_hidden = edata->hide_ctx;
	report.position = edata->cursorpos;
	report.internal_position = edata->internalpos;
	report.message_format = edata->message_id;
	if (edata->domain != nullptr)
		report.domain = edata->domain;
	if (edata->context_domain != nullptr)
		report.context_domain = edata->context_domain;
	set(report.backtrace_text, edata->backtrace);
	set(report.message, edata->message);
	set(report.detail_text, edata->detail);
	set(report.detail_log_text, edata->detail_log);
	set(report.hint_text, edata->hint);
	set(report.context_text, edata->context);
	set(report.internal_query, edata->internalquery);
	set(report.schema_name, edata->schema_name);
	set(report.table_name, edata->table_name);
	set(report.column_name, edata->column_name);
	set(report.datatype_name, edata->datatype_name);
	set(report.constraint_name, edata->constraint_name);
	return report;
}

/* The text in context, or null when it is empty. */
char *
copy_or_null(const std::string &text)
{
	return text.empty() ? nullptr : CopyText(CurrentMemoryContext, text);
}

/* One line for each frame above the caller's. */
std::string
backtrace_here()
{
	void *frames[100];
	const int count = backtrace(frames, lengthof(frames));
	const std::unique_ptr<char *, decltype(&free)> names(backtrace_symbols(frames, count), free);
	std::string text;

	for (int i = 2; names != nullptr && i < count; i++)
		text.append(1, '\n').append(names.get()[i]);
	return text;
}

void
free_if_set(const void *pointer)
{
	if (pointer != nullptr)
		Free(const_cast<void *>(pointer));
}

} /* namespace */

bool
errstart(int elevel, const char *domain)
{
	if (!Interesting(elevel))
		return false;
	begin_report(elevel, domain);
	return true;
}

bool
errstart_cold(int elevel, const char *domain)
{
	return errstart(elevel, domain);
}

void
errfinish(const char *filename, int lineno, const char *funcname)
{
	if (ready_to_jump(filename, lineno, funcname))
		wall::JumpToC();
	FromC([&] { Dispatch(take_finished(filename, lineno, funcname)); });
}

bool
errsave_start(struct Node *context, const char *domain)
{
	if (context == nullptr || !IsA(context, ErrorSaveContext))
		return errstart(ERROR, domain);

	auto *const soft = reinterpret_cast<ErrorSaveContext *>(context);

	soft->error_occurred = true;
	if (!soft->details_wanted)
		return false;
	FromC([] { error_stack::Push(Report(ERROR)); });
	return true;
}

void
errsave_finish(struct Node *context, const char *filename, int lineno, const char *funcname)
{
	if (context == nullptr || !IsA(context, ErrorSaveContext))
	{
		errfinish(filename, lineno, funcname);
		return;
	}
	FromC(
		[&]
		{
			Report report = error_stack::Pop();

			report.file = module_base_name(filename);
			report.line = lineno;
			report.function = funcname;
			reinterpret_cast<ErrorSaveContext *>(context)->error_data = CopyReport(report);
		});
}

int
errcode(int sqlerrcode)
{
	if (Report *report = error_stack::Top())
		report->sqlstate = sqlerrcode;
	return 0;
}

int
errcode_for_file_access(void)
{
	if (Report *report = error_stack::Top())
		report->code_for_file_access();
	return 0;
}

int
errcode_for_socket_access(void)
{
	if (Report *report = error_stack::Top())
		report->code_for_socket_access();
	return 0;
}

/* The body of a text item: format and arguments replace the field's text. */
#define PG_SET_TEXT(member, format, last)                                        \
	do                                                                           \
	{                                                                            \
		va_list args;                                                            \
		va_start(args, last);                                                    \
		FromC([&] { set_text(field_or_dummy(&Report::member), format, args); }); \
		va_end(args);                                                            \
	} while (0);                                                                 \
	return 0

static void
note_format(const char *format)
{
	if (Report *report = error_stack::Top())
		report->message_format = format;
}

int
errmsg(const char *fmt, ...)
{
	note_format(fmt);
	PG_SET_TEXT(message, fmt, fmt);
}

int
errmsg_internal(const char *fmt, ...)
{
	note_format(fmt);
	PG_SET_TEXT(message, fmt, fmt);
}

int
errmsg_plural(const char *fmt_singular, const char *fmt_plural, unsigned long n, ...)
{
	note_format(fmt_singular);
	PG_SET_TEXT(message, n == 1 ? fmt_singular : fmt_plural, n);
}

int
errdetail(const char *fmt, ...)
{
	PG_SET_TEXT(detail_text, fmt, fmt);
}

int
errdetail_internal(const char *fmt, ...)
{
	PG_SET_TEXT(detail_text, fmt, fmt);
}

int
errdetail_plural(const char *fmt_singular, const char *fmt_plural, unsigned long n, ...)
{
	PG_SET_TEXT(detail_text, n == 1 ? fmt_singular : fmt_plural, n);
}

int
errdetail_log(const char *fmt, ...)
{
	PG_SET_TEXT(detail_log_text, fmt, fmt);
}

int
errdetail_log_plural(const char *fmt_singular, const char *fmt_plural, unsigned long n, ...)
{
	PG_SET_TEXT(detail_log_text, n == 1 ? fmt_singular : fmt_plural, n);
}

int
errhint(const char *fmt, ...)
{
	PG_SET_TEXT(hint_text, fmt, fmt);
}

int
errhint_plural(const char *fmt_singular, const char *fmt_plural, unsigned long n, ...)
{
	PG_SET_TEXT(hint_text, n == 1 ? fmt_singular : fmt_plural, n);
}

int
set_errcontext_domain(const char *domain)
{
	if (Report *report = error_stack::Top())
		report->context_domain = domain != nullptr ? domain : kServerDomain;
	return 0;
}

int
errcontext_msg(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	FromC(
		[&]
		{
			if (Report *report = error_stack::Top())
			{
				if (!report->context_text.empty())
					report->context_text += '\n';
				FormatAppend(report->context_text, report->saved_errno, fmt, args);
			}
		});
	va_end(args);
	return 0;
}

int
errhidestmt(bool hide_stmt)
{
	if (Report *report = error_stack::Top())
		report->statement_hidden = hide_stmt;
	return 0;
}

int
errhidecontext(bool hide_ctx)
{
	if (Report *report = error_stack::Top())
		report->context_hidden = hide_ctx;
	return 0;
}

int
errbacktrace(void)
{
	if (Report *report = error_stack::Top())
		FromC([&] { report->backtrace_text = backtrace_here(); });
	return 0;
}

int
errposition(int cursorpos)
{
	if (Report *report = error_stack::Top())
		report->position = cursorpos;
	return 0;
}

int
internalerrposition(int cursorpos)
{
	if (Report *report = error_stack::Top())
		report->internal_position = cursorpos;
	return 0;
}

int
internalerrquery(const char *query)
{
	return FromC(
		[&]
		{
			field_or_dummy(&Report::internal_query) = query != nullptr ? query : "";
			return 0;
		});
}

int
err_generic_string(int field, const char *str)
{
	return FromC(
		[&]
		{
			switch (field)
			{
				case PG_DIAG_SCHEMA_NAME: field_or_dummy(&Report::schema_name) = str; break;
				case PG_DIAG_TABLE_NAME: field_or_dummy(&Report::table_name) = str; break;
				case PG_DIAG_COLUMN_NAME: field_or_dummy(&Report::column_name) = str; break;
				case PG_DIAG_DATATYPE_NAME: field_or_dummy(&Report::datatype_name) = str; break;
				case PG_DIAG_CONSTRAINT_NAME: field_or_dummy(&Report::constraint_name) = str; break;
				default: Raise(Report(ERROR).msg("unsupported ErrorData field id: %d", field));
			}
			return 0;
		});
}

int
geterrcode(void)
{
	const Report *report = error_stack::Top();

	return report != nullptr ? report->sqlstate : 0;
}

int
geterrposition(void)
{
	const Report *report = error_stack::Top();

	return report != nullptr ? report->position : 0;
}

int
getinternalerrposition(void)
{
	const Report *report = error_stack::Top();

	return report != nullptr ? report->internal_position : 0;
}

void
pre_format_elog_string(int errnumber, const char *)
{
	elog_string_errno = errnumber;
}

char *
format_elog_string(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	char *result = FromC(
		[&]
		{
			std::string text;

			FormatAppend(text, elog_string_errno, fmt, args);
			return CopyText(ErrorContext, text);
		});
	va_end(args);
	return result;
}

void
EmitErrorReport(void)
{
	if (const Report *report = error_stack::Top())
		SendReport(*report);
}

/* Modules may take ErrorData.funcname for a constant, as __func__ is one: each name is kept for good. */
static const char *
constant_name(std::string_view name)
{
	static std::set<std::string, std::less<>> names;
	auto found = names.find(name);

	if (found == names.end())
		found = names.emplace(name).first;
	return found->c_str();
}

ErrorData *
pg::CopyReport(const Report &report)
{
	auto *edata = static_cast<ErrorData *>(
		AllocateIn(CurrentMemoryContext, sizeof(ErrorData), MCXT_ALLOC_ZERO));

	edata->elevel = report.elevel;
	edata->output_to_server = report.elevel >= ERROR;
	edata->output_to_client = report.elevel >= ERROR;
	edata->hide_stmt = report.statement_hidden;
	edata->hide_ctx = report.context_hidden;
	edata->filename = report.file;
	edata->lineno = report.line;
	edata->funcname = constant_name(report.routine());
	edata->sqlerrcode = report.sqlstate;
	edata->message = CopyText(CurrentMemoryContext, report.message);
	edata->detail = copy_or_null(report.detail_text);
	edata->detail_log = copy_or_null(report.detail_log_text);
	edata->hint = copy_or_null(report.hint_text);
	edata->message_id = report.message_format;
	edata->domain = report.domain;
	edata->context_domain = report.context_domain;
	edata->backtrace = copy_or_null(report.backtrace_text);
	edata->context = copy_or_null(report.context_text);
	edata->schema_name = copy_or_null(report.schema_name);
	edata->table_name = copy_or_null(report.table_name);
	edata->column_name = copy_or_null(report.column_name);
	edata->datatype_name = copy_or_null(report.datatype_name);
	edata->constraint_name = copy_or_null(report.constraint_name);
	edata->cursorpos = report.position;
	edata->internalpos = report.internal_position;
	edata->internalquery = copy_or_null(report.internal_query);
	edata->saved_errno = report.saved_errno;
	edata->assoc_context = CurrentMemoryContext;
	return edata;
}

ErrorData *
CopyErrorData(void)
{
	return FromC(
		[]
		{
			const Report *report = error_stack::Top();

			if (report == nullptr)
				Raise(Report(ERROR).msg("errstart was not called"));
			return CopyReport(*report);
		});
}

void
FreeErrorData(ErrorData *edata)
{
	FromC(
		[&]
		{
			for (const char *text :
				 {static_cast<const char *>(edata->message),
				  static_cast<const char *>(edata->detail),
				  static_cast<const char *>(edata->detail_log),
				  static_cast<const char *>(edata->hint), static_cast<const char *>(edata->context),
				  static_cast<const char *>(edata->backtrace),
				  static_cast<const char *>(edata->schema_name),
				  static_cast<const char *>(edata->table_name),
				  static_cast<const char *>(edata->column_name),
				  static_cast<const char *>(edata->datatype_name),
				  static_cast<const char *>(edata->constraint_name),
				  static_cast<const char *>(edata->internalquery)})
				free_if_set(text);
			Free(edata);
		});
}

void
FlushErrorState(void)
{
	error_stack::CutTo(wall::error_base);
	if (wall::error_depth == 0)
		MemoryContextReset(ErrorContext);
}

void
ReThrowError(ErrorData *edata)
{
	FromC([&] { throw PgError(report_from(edata)); });
	abort(); /* not reached */
}

void
ThrowErrorData(ErrorData *edata)
{
	FromC(
		[&]
		{
			if (!Interesting(edata->elevel))
				return;

			Report report = report_from(edata);

			AttachContext(report);
			Dispatch(std::move(report));
		});
}

void
pg_re_throw(void)
{
	if (wall::side == wall::Side::C)
		wall::JumpToC();
	wall::ThrowFromC(wall::error_base);
}

char *
GetErrorContextStack(void)
{
	return FromC(
		[]() -> char *
		{
			Report report(NOTICE);

			report.wanted = true;
			AttachContext(report);
			return copy_or_null(report.context_text);
		});
}

char *
unpack_sql_state(int sql_state)
{
	static char text[6];

	for (int i = 0; i < 5; i++, sql_state >>= 6)
		text[i] = static_cast<char>(PGUNSIXBIT(sql_state));
	text[5] = '\0';
	return text;
}

const char *
error_severity(int elevel)
{
	switch (elevel)
	{
		case DEBUG1:
		case DEBUG2:
		case DEBUG3:
		case DEBUG4:
		case DEBUG5: return "DEBUG";
		case LOG:
		case LOG_SERVER_ONLY: return "LOG";
		case INFO: return "INFO";
		case NOTICE: return "NOTICE";
		case WARNING:
		case WARNING_CLIENT_ONLY: return "WARNING";
		case ERROR: return "ERROR";
		case FATAL: return "FATAL";
		case PANIC: return "PANIC";
		default: return "???";
	}
}

void
write_stderr(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fflush(stderr);
}

void
ExceptionalCondition(const char *conditionName, const char *errorType, const char *fileName,
					 int lineNumber)
{
	write_stderr("TRAP: %s(\"%s\", File: \"%s\", Line: %d, PID: %d)\n",
				 errorType != nullptr ? errorType : "FailedAssertion",
				 conditionName != nullptr ? conditionName : "", fileName != nullptr ? fileName : "",
				 lineNumber, static_cast<int>(getpid()));
	abort();
}
