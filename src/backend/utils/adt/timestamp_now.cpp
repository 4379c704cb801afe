/*
 * utils/adt/timestamp_now.cpp
 *		The clock: now() and its family, CURRENT_DATE and its family.
 *
 * Processes with a session.  now() is the transaction's start, statement_timestamp() the statement's.
 */
#include "access/transaction.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/datetime.h"
#include "utils/adt/engine_only.h"
#include "utils/adt/extract.h"
#include "utils/adt/type_io.h"
#include "utils/time/zone.h"
#include "utils/timestamp.h"

namespace pg
{

void
now(FunctionCall &call)
{
	SetInt(call, TransactionStartTime());
}

void
statement_timestamp(FunctionCall &call)
{
	SetInt(call, StatementStartTime());
}

void
clock_timestamp(FunctionCall &call)
{
	SetInt(call, GetCurrentTimestamp());
}

/* "Wed Feb 18 20:41:53.123456 2026 CET" */
void
timeofday(FunctionCall &call)
{
	const int64 utc = GetCurrentTimestamp();
	const int64 unix_time = utc / USECS_PER_SEC + 946684800;
	const DateTime t = BreakTimestamp(UtcToLocal(utc));
	char text[80];

	snprintf(text, sizeof(text), "%.3s %.3s %02d %02d:%02d:%02d.%06d %04d %s",
			 kDayNames[IsoWeekday(DaysFromDate(t.year, t.month, t.day)) % 7], kMonthNames[t.month],
			 t.day, t.hour, t.minute, t.second, t.microsecond, t.year,
			 SessionTimeZone().rule_at(unix_time).abbreviation.c_str());
	SetText(call, text);
}

/* ---- SQL's own ---- */

void
pg_current_date(FunctionCall &call)
{
	const DateTime t = BreakTimestamp(UtcToLocal(TransactionStartTime()));

	SetInt(call, DaysFromDate(t.year, t.month, t.day));
}

void
pg_current_timestamp(FunctionCall &call)
{
	SetInt(call, RoundMicroseconds(TransactionStartTime(), static_cast<int32>(ArgInt(call, 0))));
}

void
pg_localtimestamp(FunctionCall &call)
{
	SetInt(call, RoundMicroseconds(UtcToLocal(TransactionStartTime()),
								   static_cast<int32>(ArgInt(call, 0))));
}

void
pg_localtime(FunctionCall &call)
{
	const DateTime t = BreakTimestamp(UtcToLocal(TransactionStartTime()));
	const int64 time = ((t.hour * 60LL + t.minute) * 60 + t.second) * USECS_PER_SEC + t.microsecond;

	SetInt(call, RoundMicroseconds(time, static_cast<int32>(ArgInt(call, 0))));
}

} /* namespace pg */
