/*
 * utils/error/report.cpp
 *		Building a report and acting on its level: log, send, throw, leave, abort.
 *
 * Every process, every state.  Must work when memory is short, during exit, and when reporting itself
 * fails.
 */
#include "utils/error/report.h"

#include <cstdlib>
#include <new>

#include "miscadmin.h"
#include "storage/ipc.h"
#include "utils/error/error_observer.h"
#include "utils/error/error_stack.h"
#include "utils/error/log_output.h"
#include "utils/error/wall.h"
#include "utils/guc.h"

namespace pg
{

int reports_in_progress = 0;
bool client_auth_in_progress = false;
LogIdentity log_identity;
void (*error_observer)(const Report &report) noexcept = nullptr;

namespace
{

ClientReportSink client_sink = nullptr;

int
default_sqlstate(int elevel)
{
	if (elevel >= ERROR)
		return ERRCODE_INTERNAL_ERROR;
	return elevel >= WARNING ? ERRCODE_WARNING : ERRCODE_SUCCESSFUL_COMPLETION;
}

const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != nullptr ? slash + 1 : path;
}

bool
wanted_by_client(int elevel)
{
	if (client_sink == nullptr || elevel == LOG_SERVER_ONLY)
		return false;
	if (client_auth_in_progress)
		return elevel >= ERROR;
	return elevel >= client_min_messages || elevel == INFO;
}

/* Counts a report as in progress for a scope. */
class InProgress
{
public:
	InProgress() { reports_in_progress++; }
	~InProgress() { reports_in_progress--; }
	InProgress(const InProgress &) = delete;
	InProgress &operator=(const InProgress &) = delete;
};

} /* namespace */

bool
WantedByLog(int elevel, int threshold) noexcept
{
	if (elevel == LOG || elevel == LOG_SERVER_ONLY)
		return threshold == LOG || threshold <= ERROR;
	if (elevel == WARNING_CLIENT_ONLY)
		return false;
	if (threshold == LOG)
		return elevel >= FATAL;
	return elevel >= threshold;
}

bool
Interesting(int elevel) noexcept
{
	return elevel >= ERROR || WantedByLog(elevel, log_min_messages) || wanted_by_client(elevel);
}

int
EffectiveLevel(int elevel) noexcept
{
	if (elevel < ERROR)
		return elevel;
	if (CritSectionCount > 0)
		return PANIC;
	if (elevel == ERROR && (proc_exit_inprogress || ExitOnAnyError))
		return FATAL;
	return elevel;
}

void
FormatAppend(std::string &out, int saved_errno, const char *format, va_list args)
{
	char quick[512];
	va_list again;
	const int errno_now = errno;

	va_copy(again, args);
	errno = saved_errno;
	const int length = vsnprintf(quick, sizeof(quick), format, args);

	if (length >= static_cast<int>(sizeof(quick)))
	{
		const size_t before = out.size();

		out.resize(before + length + 1);
		errno = saved_errno;
		vsnprintf(out.data() + before, length + 1, format, again);
		out.pop_back();
	}
	else if (length > 0)
		out.append(quick, length);
	va_end(again);
	errno = errno_now;
}

Report::Report(int elevel, int sqlstate, std::source_location where)
	: elevel(elevel), sqlstate(sqlstate != 0 ? sqlstate : default_sqlstate(elevel)),
	  saved_errno(errno), wanted(Interesting(elevel)), file(base_name(where.file_name())),
	  line(static_cast<int>(where.line())), function(where.function_name())
{
}

#define PG_FORMAT_INTO(target)                               \
	do                                                       \
	{                                                        \
		if (wanted)                                          \
		{                                                    \
			va_list args;                                    \
			va_start(args, format);                          \
			FormatAppend(target, saved_errno, format, args); \
			va_end(args);                                    \
		}                                                    \
	} while (0)

Report &
Report::msg(const char *format, ...)
{
	message.clear();
	message_format = format;
	PG_FORMAT_INTO(message);
	return *this;
}

Report &
Report::detail(const char *format, ...)
{
	detail_text.clear();
	PG_FORMAT_INTO(detail_text);
	return *this;
}

Report &
Report::detail_log(const char *format, ...)
{
	detail_log_text.clear();
	PG_FORMAT_INTO(detail_log_text);
	return *this;
}

Report &
Report::hint(const char *format, ...)
{
	hint_text.clear();
	PG_FORMAT_INTO(hint_text);
	return *this;
}

Report &
Report::context(const char *format, ...)
{
	if (!context_text.empty())
		context_text += '\n';
	PG_FORMAT_INTO(context_text);
	return *this;
}

Report &
Report::at(int where)
{
	position = where;
	return *this;
}

Report &
Report::hide_statement()
{
	statement_hidden = true;
	return *this;
}

Report &
Report::internal_statement(const std::string &text, int at)
{
	internal_query = text;
	internal_position = at;
	return *this;
}

Report &
Report::object(const char *schema, const char *table, const char *column, const char *datatype,
			   const char *constraint)
{
	const auto set = [](std::string &field, const char *value)
	{
		if (value != nullptr)
			field = value;
	};

	set(schema_name, schema);
	set(table_name, table);
	set(column_name, column);
	set(datatype_name, datatype);
	set(constraint_name, constraint);
	return *this;
}

Report &
Report::code_for_file_access()
{
	switch (saved_errno)
	{
		case EPERM:
		case EACCES:
		case EROFS: sqlstate = ERRCODE_INSUFFICIENT_PRIVILEGE; break;
		case ENOENT: sqlstate = ERRCODE_UNDEFINED_FILE; break;
		case EEXIST: sqlstate = ERRCODE_DUPLICATE_FILE; break;
		case ENOTDIR:
		case EISDIR:
		case ENOTEMPTY: sqlstate = ERRCODE_WRONG_OBJECT_TYPE; break;
		case ENOSPC: sqlstate = ERRCODE_DISK_FULL; break;
		case ENOMEM: sqlstate = ERRCODE_OUT_OF_MEMORY; break;
		case ENFILE:
		case EMFILE: sqlstate = ERRCODE_INSUFFICIENT_RESOURCES; break;
		case EIO: sqlstate = ERRCODE_IO_ERROR; break;
		default: sqlstate = ERRCODE_INTERNAL_ERROR; break;
	}
	return *this;
}

Report &
Report::code_for_socket_access()
{
	switch (saved_errno)
	{
		case EPIPE:
		case ECONNRESET:
		case ECONNABORTED:
		case EHOSTDOWN:
		case EHOSTUNREACH:
		case ENETDOWN:
		case ENETRESET:
		case ENETUNREACH:
		case ETIMEDOUT: sqlstate = ERRCODE_CONNECTION_FAILURE; break;
		default: sqlstate = ERRCODE_INTERNAL_ERROR; break;
	}
	return *this;
}

std::string_view
Report::routine() const
{
	std::string_view name = function != nullptr ? function : "";

	/* C gives just the name, C++ the whole signature; clang's has parentheses in front, too. */
	static constexpr std::string_view kUnnamed = "(anonymous namespace)::";
	const size_t unnamed = name.rfind(kUnnamed);

	if (unnamed != std::string_view::npos)
		name.remove_prefix(unnamed + kUnnamed.size());
	name = name.substr(0, name.find('('));
	const size_t start = name.find_last_of(" :*&>");

	return start == std::string_view::npos ? name : name.substr(start + 1);
}

void
Report::emit() const
{
	if (!wanted)
		return;
	Report copy(*this);

	AttachContext(copy);
	Dispatch(std::move(copy));
}

void
AttachContext(Report &report)
{
	if (error_context_stack == nullptr || reports_in_progress >= kRecursionTrouble)
		return;

	InProgress in_progress;
	const int depth = wall::error_depth;

	error_stack::Push(std::move(report));
	try
	{
		for (ErrorContextCallback *entry = error_context_stack; entry != nullptr;
			 entry = entry->previous)
			ToC(entry->callback, entry->arg);
	}
	catch (...)
	{
		/* A callback that raises is broken; the report it was to explain matters more. */
	}
	error_stack::CutTo(depth + 1);
	report = error_stack::Pop();
}

void
SendReport(const Report &report) noexcept
{
	const int errno_now = errno;
	InProgress in_progress;
	bool to_log = WantedByLog(report.elevel, log_min_messages);
	bool to_client = wanted_by_client(report.elevel);

	if (report.elevel >= ERROR && error_observer != nullptr)
		error_observer(report);
	if (to_log && emit_log_hook != nullptr && reports_in_progress < kRecursionTrouble)
		to_log = LogHookWants(report, to_client);
	if (to_log)
		WriteToLog(report);
	if (to_client && reports_in_progress <= kRecursionTrouble)
		client_sink(report);
	errno = errno_now;
}

void
Dispatch(Report &&report)
{
	report.elevel = EffectiveLevel(report.elevel);
	if (report.elevel == ERROR)
		throw PgError(std::move(report));
	SendReport(report);
	if (report.elevel == FATAL)
	{
		fflush(stdout);
		fflush(stderr);
		proc_exit(1);
	}
	if (report.elevel >= PANIC)
	{
		fflush(stdout);
		fflush(stderr);
		abort();
	}
}

PgError::PgError(Report report) : report(std::move(report)) {}

const char *
PgError::what() const noexcept
{
	return report.message.c_str();
}

void
Raise(const Report &report)
{
	report.emit();
	abort(); /* not reached: the level is ERROR or above */
}

void
RaiseNotSupported(const std::string &what, int position)
{
	Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
			  .msg("%s is not supported", what.c_str())
			  .at(position));
}

void
EmitCaught(const PgError &error) noexcept
{
	SendReport(error.report);
}

void
SetClientReportSink(ClientReportSink sink)
{
	client_sink = sink;
}

} /* namespace pg */

bool
message_level_is_interesting(int elevel)
{
	return pg::Interesting(elevel);
}
