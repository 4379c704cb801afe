/*
 * utils/adt/settings.h
 *		Settings of the types: how dates, intervals, floats and bytea are read and printed.
 *
 * Any process; changed only by the settings machine.
 */
#pragma once

#include "common/setting_def.h"

namespace pg
{

enum class DateStyle : int
{
	Postgres,
	Iso,
	Sql,
	German
};

enum class DateOrder : int
{
	Ymd,
	Dmy,
	Mdy
};

enum IntervalStyleValue : int
{
	kIntervalPostgres,
	kIntervalPostgresVerbose,
	kIntervalSqlStandard,
	kIntervalIso8601
};

enum ByteaOutputValue : int
{
	kByteaEscape,
	kByteaHex
};

extern DateStyle date_style;
extern DateOrder date_order;
extern int interval_style;
extern int extra_float_digits;
extern int bytea_output;

/* DateStyle, IntervalStyle, extra_float_digits, bytea_output. */
extern const SettingSpan kAdtSettings;

}  /* namespace pg */
