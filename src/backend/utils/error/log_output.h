/*
 * utils/error/log_output.h
 *		From a report to the log: destinations, formats, and the log's settings.
 *
 * For utils/error and the process starters.  Writers never raise.
 */
#pragma once

#include <string>
#include <string_view>

#include "common/setting_def.h"
#include "utils/error/report.h"

namespace pg
{

/* Whether a report of this level passes a threshold such as log_min_messages. */
bool WantedByLog(int elevel, int threshold) noexcept;

/* Runs emit_log_hook on the report; false when the hook keeps it out of the log. It may change to_client as well. */
bool LogHookWants(const Report &report, bool &to_client) noexcept;

/* Writes to every destination of log_destination. */
void WriteToLog(const Report &report) noexcept;

/* The report as each destination writes it, with the final newline. */
std::string FormatForStderr(const Report &report);
std::string FormatForCsv(const Report &report);
std::string FormatForJson(const Report &report);

/* log_line_prefix (or any format with its escapes) for this process at this moment. */
std::string FormatLogPrefix(const char *format, const Report &report);

/* "2026-01-31 12:34:56.789 UTC", in log_timezone; without_ms drops the milliseconds. */
std::string LogTime(int64 unix_usec, bool with_ms);
/* Session id of %c: start time and pid, in hexadecimal. */
std::string LogSessionId();
/* The text for the STATEMENT line, or null. */
const char *StatementToLog(const Report &report);

extern const SettingSpan kErrorSettings;

} /* namespace pg */
