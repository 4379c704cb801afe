/*
 * utils/adt/extract.h
 *		Bodies of extract, date_part and date_trunc (rows in timestamp.cpp), and of the clock functions.
 *
 * Processes with settings.
 */
#pragma once

#include "engine/function.h"

namespace pg
{

/* extract.cpp */
void timestamp_part(FunctionCall &call);
void timestamptz_part(FunctionCall &call);
void interval_part(FunctionCall &call);
void time_part(FunctionCall &call);
void date_part_date(FunctionCall &call);
void extract_timestamp(FunctionCall &call);
void extract_timestamptz(FunctionCall &call);
void extract_interval(FunctionCall &call);
void extract_time(FunctionCall &call);
void extract_date(FunctionCall &call);

/* truncate.cpp */
void timestamp_trunc(FunctionCall &call);
void timestamptz_trunc(FunctionCall &call);
void timestamptz_trunc_zone(FunctionCall &call);
void timestamp_bin(FunctionCall &call);
void timestamp_age(FunctionCall &call);
void timestamptz_age(FunctionCall &call);
void timestamp_age_today(FunctionCall &call);
void timestamptz_age_today(FunctionCall &call);

/* timestamp_now.cpp */
void now(FunctionCall &call);
void statement_timestamp(FunctionCall &call);
void clock_timestamp(FunctionCall &call);
void timeofday(FunctionCall &call);

} /* namespace pg */
