/*
 * postroom/value.hpp
 *		How C++ types travel to SQL and back.
 */
#pragma once

extern "C"
{
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"
}

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace postroom
{

/*
 * How a C++ type travels: oid is that of a parameter, Fits(oid) says which columns it takes, From and To convert.
 * std::string takes a column of any type, in its text form.  std::optional<T> takes and gives nulls.  Specialise it
 * for types of your own; From and To run inside Checked.
 */
template <typename T>
struct Type;

template <>
struct Type<bool>
{
	static constexpr Oid oid = BOOLOID;
	static constexpr bool Fits(Oid column) { return column == BOOLOID; }
	static bool From(Datum datum, Oid) { return DatumGetBool(datum); }
	static Datum To(bool value) { return BoolGetDatum(value); }
};

template <>
struct Type<int16>
{
	static constexpr Oid oid = INT2OID;
	static constexpr bool Fits(Oid column) { return column == INT2OID; }
	static int16 From(Datum datum, Oid) { return DatumGetInt16(datum); }
	static Datum To(int16 value) { return Int16GetDatum(value); }
};

template <>
struct Type<int32>
{
	static constexpr Oid oid = INT4OID;
	static constexpr bool Fits(Oid column) { return column == INT4OID || column == INT2OID; }
	static int32 From(Datum datum, Oid column)
	{
		return column == INT2OID ? DatumGetInt16(datum) : DatumGetInt32(datum);
	}
	static Datum To(int32 value) { return Int32GetDatum(value); }
};

template <>
struct Type<int64>
{
	static constexpr Oid oid = INT8OID;
	static constexpr bool Fits(Oid column)
	{
		return column == INT8OID || column == OIDOID || Type<int32>::Fits(column);
	}
	static int64 From(Datum datum, Oid column)
	{
		if (column == OIDOID)
			return DatumGetObjectId(datum);
		return column == INT8OID ? DatumGetInt64(datum) : Type<int32>::From(datum, column);
	}
	static Datum To(int64 value) { return Int64GetDatum(value); }
};

template <>
struct Type<float>
{
	static constexpr Oid oid = FLOAT4OID;
	static constexpr bool Fits(Oid column) { return column == FLOAT4OID; }
	static float From(Datum datum, Oid) { return DatumGetFloat4(datum); }
	static Datum To(float value) { return Float4GetDatum(value); }
};

template <>
struct Type<double>
{
	static constexpr Oid oid = FLOAT8OID;
	static constexpr bool Fits(Oid column) { return column == FLOAT8OID || column == FLOAT4OID; }
	static double From(Datum datum, Oid column)
	{
		return column == FLOAT4OID ? static_cast<double>(DatumGetFloat4(datum))
								   : DatumGetFloat8(datum);
	}
	static Datum To(double value) { return Float8GetDatum(value); }
};

/* timestamptz; infinities are what the ends of the clock's range are. */
template <>
struct Type<std::chrono::sys_time<std::chrono::microseconds>>
{
	using Time = std::chrono::sys_time<std::chrono::microseconds>;

	static constexpr std::chrono::days kEpoch{POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE};
	static constexpr Oid oid = TIMESTAMPTZOID;
	static constexpr bool Fits(Oid column) { return column == TIMESTAMPTZOID; }
	static Time From(Datum datum, Oid)
	{
		const TimestampTz value = DatumGetTimestampTz(datum);

		if (TIMESTAMP_NOT_FINITE(value))
			return TIMESTAMP_IS_NOBEGIN(value) ? Time::min() : Time::max();
		return Time(std::chrono::microseconds(value) + kEpoch);
	}
	static Datum To(Time value)
	{
		if (value == Time::min() || value == Time::max())
			return TimestampTzGetDatum(value == Time::min() ? DT_NOBEGIN : DT_NOEND);
		return TimestampTzGetDatum((value.time_since_epoch() - kEpoch).count());
	}
};

/* text as a parameter. */
template <>
struct Type<std::string>
{
	static constexpr Oid oid = TEXTOID;
	static constexpr bool Fits(Oid) { return true; }
	static Datum To(std::string_view value)
	{
		return PointerGetDatum(
			cstring_to_text_with_len(value.data(), static_cast<int>(value.size())));
	}
};

template <>
struct Type<std::string_view> : Type<std::string>
{
};

template <>
struct Type<const char *> : Type<std::string>
{
};

template <typename T>
inline constexpr bool kIsOptional = false;
template <typename T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

/* What a parameter is passed as: text literals decay to const char *. */
template <typename T>
using ParameterType = Type<std::decay_t<T>>;

} /* namespace postroom */
