/*
 * utils/error/log_format.h
 *		What the plain and the structured formats of the log share; for utils/error alone.
 */
#pragma once

#include <string>

#include "utils/error/report.h"

namespace pg
{

/* "function, file:line", as far as known. */
std::string LogLocation(const Report &report);

/* Number of the line within this process, for %l: each line of the plain log, each record of the others. */
void CountLogLine();
uint64 CurrentLogLine();

/* When this session (or process) began, in microseconds of the Unix epoch. */
int64 SessionStartUnixUsec();

} /* namespace pg */
