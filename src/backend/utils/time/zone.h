/*
 * utils/time/zone.h
 *		The two time zones of a process: the log's and the session's (C API: pgtime.h).
 */
#pragma once

#include <memory>

#include "common/timezone.h"
#include "pgtime.h"

/* A zone as the C API hands it out: never freed. */
struct pg_tz
{
	std::shared_ptr<const pg::TimeZone> zone;
};

namespace pg
{

/* log_timezone; GMT until the settings are read. */
const TimeZone &LogTimeZone();

/* The setting TimeZone; GMT until it is set. */
const TimeZone &SessionTimeZone();

} /* namespace pg */
