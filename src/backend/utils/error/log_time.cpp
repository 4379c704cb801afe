/*
 * utils/error/log_time.cpp
 *		Times, session id and line numbers in the log.
 *
 * Every process.  Times are shown in log_timezone.
 */
#include <cstdio>
#include <ctime>

#include "miscadmin.h"
#include "port/os.h"
#include "utils/error/log_format.h"
#include "utils/error/log_output.h"
#include "utils/time/zone.h"

namespace pg
{

namespace
{

/* Line numbers start anew in each process. */
int line_owner = 0;
uint64 line_number = 0;

int64 process_start = 0;
int process_start_owner = 0;

constexpr int64 kUsecPerSec = 1000000;
/* 2000-01-01 minus 1970-01-01. */
constexpr int64 kEpochDifferenceUsec = INT64CONST(946684800) * kUsecPerSec;

} /* namespace */

void
CountLogLine()
{
	if (line_owner != MyProcPid)
	{
		line_owner = MyProcPid;
		line_number = 0;
	}
	line_number++;
}

uint64
CurrentLogLine()
{
	return line_number;
}

int64
SessionStartUnixUsec()
{
	if (log_identity.session_start != 0)
		return log_identity.session_start + kEpochDifferenceUsec;
	if (process_start_owner != MyProcPid || process_start == 0)
	{
		process_start_owner = MyProcPid;
		process_start = os.realtime_usec();
	}
	return process_start;
}

std::string
LogSessionId()
{
	char text[64];

	snprintf(text, sizeof(text), "%llx.%x",
			 static_cast<unsigned long long>(SessionStartUnixUsec() / kUsecPerSec),
			 static_cast<unsigned>(MyProcPid));
	return text;
}

std::string
LogTime(int64 unix_usec, bool with_ms)
{
	const time_t seconds = unix_usec / kUsecPerSec;
	const LocalTime local = LogTimeZone().local_time(seconds);
	char text[128];
	char fraction[8] = "";

	if (with_ms)
		snprintf(fraction, sizeof(fraction), ".%03d", static_cast<int>(unix_usec / 1000 % 1000));
	snprintf(text, sizeof(text), "%04d-%02d-%02d %02d:%02d:%02d%s %.16s", local.year, local.month,
			 local.day, local.hour, local.minute, local.second, fraction, local.abbreviation);
	return text;
}

} /* namespace pg */
