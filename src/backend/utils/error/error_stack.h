/*
 * utils/error/error_stack.h
 *		The C side's stack of reports: in the making (errstart to errfinish), or caught by PG_CATCH.
 *
 * For utils/error alone.  A report enters it when C begins one, when context callbacks run for one,
 * and when an exception is turned into a jump.  It leaves as an exception, by FlushErrorState(), or
 * when the call into C that caught it returns.  Fixed size: it works when memory is short.
 */
#pragma once

#include "utils/error/report.h"

namespace pg
{
namespace error_stack
{

inline constexpr int kSize = 8;

/* Top of the stack; null when it is empty. */
Report *Top() noexcept;

/* Moves a report onto the stack. A full stack ends the process: an error loop. */
void Push(Report &&report) noexcept;

/* Moves the top report off. The stack must not be empty. */
Report Pop() noexcept;

/* Drops all reports above the depth. */
void CutTo(int depth) noexcept;

} /* namespace error_stack */

/* Runs error_context_stack's callbacks on the report, unless errors come from reporting errors. */
void AttachContext(Report &report);

/* The level a report really has: ERROR may have become FATAL or PANIC by where it was raised. */
int EffectiveLevel(int elevel) noexcept;

/* Writes the report to log and client as the settings say. Never raises, whatever goes wrong. */
void SendReport(const Report &report) noexcept;

/* Does what the level asks for with a finished report, context included. Returns below ERROR. */
void Dispatch(Report &&report);

/* How many reports are being made or sent at this moment, one within the other. */
extern int reports_in_progress;
inline constexpr int kRecursionTrouble = 2;

/* printf into a string, with %m for the given errno. */
void FormatAppend(std::string &out, int saved_errno, const char *format, va_list args)
	__attribute__((format(printf, 3, 0)));

} /* namespace pg */
