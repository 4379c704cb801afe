/*
 * utils/adt/field.h
 *		The fields of extract, date_part and date_trunc.
 *
 * Any process.
 */
#pragma once

#include <cstdint>
#include <string_view>

namespace pg
{

enum class Field : uint8_t
{
	Microseconds,
	Milliseconds,
	Second,
	Minute,
	Hour,
	Day,
	Week,
	Month,
	Quarter,
	Year,
	Decade,
	Century,
	Millennium,
	Dow,
	Isodow,
	Doy,
	Isoyear,
	Julian,
	Epoch,
	Timezone,
	TimezoneHour,
	TimezoneMinute
};

/* By name or alias, case ignored. Raises 22023 unit "%s" not recognized for type %s. */
Field ParseField(std::string_view name, const char *type);
/* 22023 unit "%s" not recognized for type %s. */
[[noreturn]] void RaiseUnknownField(std::string_view name, const char *type);
/* 0A000 unit "%s" not supported for type %s. */
[[noreturn]] void RaiseUnsupportedField(std::string_view name, const char *type,
										const char *detail = nullptr);

} /* namespace pg */
