/*
 * utils/adt/types_test.cpp
 *		Input, output, typmods and functions of the types; expected values are PostgreSQL 15's.
 */
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "catalog/pg_type_d.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/decimal.h"
#include "utils/adt/interval.h"

namespace pg
{
namespace
{

/* A call with arguments given as text. */
class TestCall : public FunctionCall
{
public:
	TestCall(const FunctionDef &function, const std::vector<std::string> &args) : scratch_(args)
	{
		for (size_t i = 0; i < args.size(); i++)
		{
			values_.push_back(ValueIn(function.arg_types[i], args[i], -1, &scratch_[i]));
			/* What the input left in the text itself must outlive it. */
			if (values_.back().kind == Value::Kind::Text ||
				values_.back().kind == Value::Kind::Blob)
			{
				std::string copy(values_.back().bytes);

				scratch_[i] = std::move(copy);
				values_.back().bytes = scratch_[i];
			}
		}
	}

	int arg_count() const override { return static_cast<int>(values_.size()); }
	Value arg(int i) const override { return values_[static_cast<size_t>(i)]; }
	void set_result(const Value &result) override
	{
		result_ = result;
		bytes_ = result.bytes;
		result_.bytes = bytes_;
	}

	std::string text(Oid type) const
	{
		return result_.is_null() ? "null" : ValueOut(type, result_);
	}

private:
	std::vector<std::string> scratch_;
	std::vector<Value> values_;
	Value result_;
	std::string bytes_;
};

/* Result as text, or the error's message. */
std::string
Call(Oid oid, const std::vector<std::string> &args)
{
	const FunctionDef *const function = FindFunction(oid);

	try
	{
		TestCall call(*function, args);

		function->body(call);
		return call.text(function->result);
	}
	catch (const PgError &error)
	{
		return error.report.message;
	}
}

std::string
RoundTrip(Oid type, std::string_view text, int32 typmod = -1)
{
	std::string scratch;

	try
	{
		return ValueOut(type, ValueIn(type, text, typmod, &scratch));
	}
	catch (const PgError &error)
	{
		return error.report.message;
	}
}

TEST(Integers, Overflow)
{
	EXPECT_EQ(Call(177, {"1", "2"}), "3");
	EXPECT_EQ(Call(177, {"2147483647", "1"}), "integer out of range");
	EXPECT_EQ(Call(463, {"9223372036854775807", "1"}), "bigint out of range");
	EXPECT_EQ(Call(176, {"32767", "1"}), "smallint out of range");
	EXPECT_EQ(Call(154, {"1", "0"}), "division by zero");
	EXPECT_EQ(Call(154, {"-2147483648", "-1"}), "integer out of range");
	EXPECT_EQ(Call(154, {"-7", "2"}), "-3");
}

TEST(Integers, Input)
{
	EXPECT_EQ(RoundTrip(INT4OID, " 12 "), "12");
	EXPECT_EQ(RoundTrip(INT4OID, "2147483648"),
			  "value \"2147483648\" is out of range for type integer");
	EXPECT_EQ(RoundTrip(INT4OID, "1.5"), "invalid input syntax for type integer: \"1.5\"");
	EXPECT_EQ(RoundTrip(OIDOID, "-1"), "4294967295");
}

TEST(Numeric, Scales)
{
	EXPECT_EQ(Call(1727, {"10", "3"}), "3.3333333333333333");
	EXPECT_EQ(Call(1727, {"1", "7"}), "0.14285714285714285714");
	EXPECT_EQ(Call(1727, {"100000", "3"}), "33333.333333333333");
	EXPECT_EQ(Call(1726, {"1.50", "2.5"}), "3.750");
	EXPECT_EQ(Call(1724, {"1.50", "2.5"}), "4.00");
	EXPECT_EQ(Call(1707, {"2.345", "2"}), "2.35");
	EXPECT_EQ(Call(1707, {"-2.5", "0"}), "-3");
	EXPECT_EQ(Call(1707, {"1234", "-2"}), "1200");
	EXPECT_EQ(Call(1730, {"2"}), "1.414213562373095");
}

TEST(Numeric, Order)
{
	EXPECT_LT(CompareDecimalTexts("-1", "0"), 0);
	EXPECT_LT(CompareDecimalTexts("9", "10"), 0);
	EXPECT_EQ(CompareDecimalTexts("1.5", "1.500"), 0);
	EXPECT_EQ(CompareDecimalTexts("0.00", "0"), 0);
	EXPECT_LT(CompareDecimalTexts("-10", "-9"), 0);
	EXPECT_LT(CompareDecimalTexts("Infinity", "NaN"), 0);
	EXPECT_LT(CompareDecimalTexts("-Infinity", "-99999"), 0);
	EXPECT_EQ(CompareDecimalTexts("NaN", "NaN"), 0);
}

TEST(Typmods, CutOrRefuse)
{
	EXPECT_EQ(RoundTrip(VARCHAROID, "abcd", 7), "value too long for type character varying(3)");
	EXPECT_EQ(RoundTrip(VARCHAROID, "ab   ", 7), "ab ");
	EXPECT_EQ(RoundTrip(BPCHAROID, "a", 7), "a  ");
	EXPECT_EQ(RoundTrip(NUMERICOID, "123.456", ((5 << 16) | 2) + 4), "123.46");
	EXPECT_EQ(RoundTrip(NUMERICOID, "999.995", ((5 << 16) | 2) + 4), "numeric field overflow");
	EXPECT_EQ(RoundTrip(TIMESTAMPOID, "2026-11-22 23:59:59.9999", 3), "2026-11-23 00:00:00");
}

TEST(Dates, Input)
{
	EXPECT_EQ(RoundTrip(DATEOID, "January 8, 1999"), "1999-01-08");
	EXPECT_EQ(RoundTrip(DATEOID, "1/18/1999"), "1999-01-18");
	EXPECT_EQ(RoundTrip(DATEOID, "18/1/1999"), "date/time field value out of range: \"18/1/1999\"");
	EXPECT_EQ(RoundTrip(DATEOID, "2026-02-30"),
			  "date/time field value out of range: \"2026-02-30\"");
	EXPECT_EQ(RoundTrip(DATEOID, "foo"), "invalid input syntax for type date: \"foo\"");
	EXPECT_EQ(RoundTrip(DATEOID, "-infinity"), "-infinity");
	EXPECT_EQ(RoundTrip(DATEOID, "J2451187"), "1999-01-08");
	EXPECT_EQ(RoundTrip(DATEOID, "0044-03-15 BC"), "0044-03-15 BC");
}

TEST(Timestamps, InputAndOutput)
{
	EXPECT_EQ(RoundTrip(TIMESTAMPOID, "1999-01-08T04:05:06.5"), "1999-01-08 04:05:06.5");
	EXPECT_EQ(RoundTrip(TIMESTAMPOID, "20261122T101112"), "2026-11-22 10:11:12");
	EXPECT_EQ(RoundTrip(TIMESTAMPOID, "2026-11-22 24:00:00"), "2026-11-23 00:00:00");
	EXPECT_EQ(RoundTrip(TIMESTAMPTZOID, "1999-01-08 04:05:06 -8:00"), "1999-01-08 12:05:06+00");
	EXPECT_EQ(RoundTrip(TIMESTAMPTZOID, "2026-07-01 12:00 Europe/Berlin"),
			  "2026-07-01 10:00:00+00");
}

TEST(Intervals, InputAndOutput)
{
	EXPECT_EQ(RoundTrip(INTERVALOID, "1 year 2 months 3 days 04:05:06.789"),
			  "1 year 2 mons 3 days 04:05:06.789");
	EXPECT_EQ(RoundTrip(INTERVALOID, "1.5 months"), "1 mon 15 days");
	EXPECT_EQ(RoundTrip(INTERVALOID, "1 mon -1 hour"), "1 mon -01:00:00");
	EXPECT_EQ(RoundTrip(INTERVALOID, "P1Y2M3DT4H5M6S"), "1 year 2 mons 3 days 04:05:06");
	EXPECT_EQ(RoundTrip(INTERVALOID, "1 day ago"), "-1 days");
	EXPECT_EQ(RoundTrip(INTERVALOID, "1", (8 << 16) | 0xffff), "1 day");
	EXPECT_EQ(CompareIntervalTexts("1 0 0", "0 30 0"), 0);
	EXPECT_LT(CompareIntervalTexts("0 1 0", "0 0 86400000001"), 0);
}

TEST(Intervals, Arithmetic)
{
	/* timestamp + interval: the day is clipped to the month. */
	EXPECT_EQ(Call(2032, {"2024-01-31 00:00:00", "1 month"}), "2024-02-29 00:00:00");
	EXPECT_EQ(Call(1618, {"1 month", "1.5"}), "1 mon 15 days");
	EXPECT_EQ(Call(2058, {"2026-11-22 00:00:00", "2001-04-10 00:00:00"}),
			  "25 years 7 mons 12 days");
}

TEST(Patterns, Like)
{
	EXPECT_EQ(Call(850, {"abc", "a%"}), "t");
	EXPECT_EQ(Call(850, {"äöü", "_ö_"}), "t");
	EXPECT_EQ(Call(850, {"a%c", "a\\%c"}), "t");
	EXPECT_EQ(Call(850, {"abc", "a\\%c"}), "f");
	EXPECT_EQ(Call(850, {"a", "a\\"}), "f");
	EXPECT_EQ(Call(1633, {"ABC", "a_c"}), "t");
}

TEST(Patterns, Regexp)
{
	EXPECT_EQ(Call(1254, {"foobar", "^f.*r$"}), "t");
	EXPECT_EQ(Call(1254, {"foobar", "("}),
			  "invalid regular expression: parentheses () not balanced");
	EXPECT_EQ(Call(1254, {"foo bar", "\\mbar\\M"}), "t");
	EXPECT_EQ(Call(2073, {"foobar", "o(.)b"}), "o");
	EXPECT_EQ(Call(2285, {"foobarbaz", "b(..)", "X\\1Y", "g"}), "fooXarYXazY");
}

TEST(Floats, Output)
{
	EXPECT_EQ(RoundTrip(FLOAT8OID, "0.1"), "0.1");
	EXPECT_EQ(RoundTrip(FLOAT8OID, "1e15"), "1e+15");
	EXPECT_EQ(RoundTrip(FLOAT8OID, "nan"), "NaN");
	EXPECT_EQ(RoundTrip(FLOAT4OID, "1234567"), "1.234567e+06");
	EXPECT_EQ(Call(216, {"1e308", "10"}), "value out of range: overflow");
}

} /* namespace */
} /* namespace pg */
