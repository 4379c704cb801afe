/*
 * utils/error/syslogger.h
 *		The logging collector: one process that writes the log files of all.
 *
 * Protocol of the pipe.  Every process writes into one pipe; the collector alone reads it.
 *	 writer:	cuts its text into chunks of at most PIPE_BUF bytes, header included, and writes each with
 *				one write(2), which the kernel keeps whole.  The last chunk of a text says so.
 *	 collector:	joins the chunks of one process and destination, and writes the text out when its last
 *				chunk has come.  Bytes outside of chunks (somebody's plain stderr) go to the stderr log.
 * The collector ends when the postmaster and all of its children have closed the pipe.
 */
#pragma once

#include <string_view>

#include "postmaster/syslogger.h"

namespace pg
{

enum class LogDestination : unsigned char
{
	Stderr,
	Csv,
	Json,
	Count
};

const char *ShowLogFileMode();

/*
 * Postmaster, before it forks the collector, the first time and again: makes the pipe (once) and the
 * log directory, and opens the files.  FATAL when that fails at the first start.  False: the setting
 * logging_collector is off.
 */
bool PrepareLogger();

/* Postmaster, after it forked the first collector: from now on stderr is the pipe. */
void RedirectToLogger();

/* Any other child, right after fork: closes the reading end. */
void LeaveLoggerPipe() noexcept;

/* The collector, right after fork. SIGHUP reloads, SIGUSR1 rotates, SIGTERM and SIGINT are ignored. */
[[noreturn]] void LoggerMain();

/* Whether texts other than the plain log can be delivered. */
bool LoggerReachable() noexcept;

/* False when there is no collector to take the text. Keeps texts of several processes apart. */
bool SendToLogger(LogDestination destination, std::string_view text) noexcept;

} /* namespace pg */
