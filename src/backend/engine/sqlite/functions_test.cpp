/*
 * functions_test.cpp
 *		Functions, aggregates, collations, row sources and row buffers, as statements see them.
 */
#include <gtest/gtest.h>
#include <strings.h>

#include "engine_test.h"
#include "functions.h"
#include "storage/ipc.h"

namespace pg
{
namespace
{

class Total final : public AggregateState
{
public:
	void step(FunctionCall &call) override { sum_ += call.arg(0).integer; }
	void finish(FunctionCall &call) override { call.set_result(Value::Int(sum_)); }

private:
	int64 sum_ = 0;
};

class Series final : public RowCursor
{
public:
	Series(int64 first, int64 last) : next_(first), last_(last) {}
	bool next() override
	{
		current_ = next_++;
		text_ = "row " + std::to_string(current_);
		return current_ <= last_;
	}
	Value column(int i) override { return i == 0 ? Value::Int(current_) : Value::Text(text_); }

private:
	int64 next_, last_, current_ = 0;
	std::string text_;
};

constexpr EngineFunction kFunctions[] = {
	{"twice", 1, true, true,
	 [](FunctionCall &call) { call.set_result(Value::Int(call.arg(0).integer * 2)); }},
	{"failing", 0, false, false,
	 [](FunctionCall &)
	 { Raise(Report(ERROR, ERRCODE_DIVISION_BY_ZERO).msg("division by zero")); }},
	{"leave", 1, false, true,
	 [](FunctionCall &call) { proc_exit(static_cast<int>(call.arg(0).integer)); }},
	{"upper", 1, true, true, [](FunctionCall &call) { call.set_result(Value::Text("ours")); }},
};
constexpr EngineAggregate kAggregates[] = {
	{"total_of", 1, [] { return std::unique_ptr<AggregateState>(new Total()); }},
};
constexpr EngineCollation kCollations[] = {
	{"no_case", [](std::string_view a, std::string_view b) noexcept
	 { return strncasecmp(a.data(), b.data(), std::max(a.size(), b.size())); }},
};
constexpr RowColumn kSeriesColumns[] = {{"value", 20}, {"text", 25}};
constexpr RowSource kSources[] = {
	{"pg_catalog.series", kSeriesColumns, 2,
	 [](std::span<const Value> args) -> std::unique_ptr<RowCursor> {
		 return std::make_unique<Series>(args[0].integer, args[1].is_null() ? 3 : args[1].integer);
	 }},
	{"pg_catalog.three", kSeriesColumns, 0,
	 [](std::span<const Value>) -> std::unique_ptr<RowCursor>
	 { return std::make_unique<Series>(1, 3); }},
};
constexpr std::span<const EngineFunction> kFunctionSpans[] = {kFunctions};
constexpr std::span<const EngineAggregate> kAggregateSpans[] = {kAggregates};
constexpr std::span<const RowSource> kSourceSpans[] = {kSources};

} /* namespace */

void
EngineTest::install_library()
{
	SqliteEngine().install({kFunctionSpans, kAggregateSpans, kCollations, kSourceSpans});
}

namespace
{

class FunctionsTest : public EngineTest
{
};

TEST_F(FunctionsTest, AreCalledWithTheirArguments)
{
	auto session = open();

	EXPECT_EQ(query(*session, "SELECT twice(21), twice(NULL)"), "42|null");
	EXPECT_EQ(query(*session, "SELECT upper('x')"), "ours");
	EXPECT_EQ(state_of([&] { session->prepare("SELECT no_such_thing(1)"); }), "XX000");
}

TEST_F(FunctionsTest, ErrorsKeepTheirState)
{
	auto session = open();

	EXPECT_EQ(state_of([&] { query(*session, "SELECT failing()"); }), "22012");
	EXPECT_EQ(query(*session, "SELECT 1"), "1");
}

TEST_F(FunctionsTest, AggregatesSeeEachGroup)
{
	auto session = open();

	EXPECT_EQ(query(*session, "SELECT total_of(value) FROM \"pg_catalog.three\""), "6");
	EXPECT_EQ(query(*session, "SELECT total_of(value) FROM \"pg_catalog.three\" WHERE false"), "0");
	EXPECT_EQ(
		state_of([&] { query(*session, "SELECT total_of(failing()) FROM \"pg_catalog.three\""); }),
		"22012");
}

TEST_F(FunctionsTest, CollationsOrder)
{
	auto session = open();

	EXPECT_EQ(query(*session, "SELECT 'a' = 'A' COLLATE no_case, 'a' = 'A'"), "1|0");
}

TEST_F(FunctionsTest, RowSourcesTakeArguments)
{
	auto session = open();

	EXPECT_EQ(query(*session, "SELECT sum(value), max(text) FROM \"pg_catalog.series\"(2, 5)"),
			  "14|row 5");
	EXPECT_EQ(query(*session, "SELECT sum(value) FROM \"pg_catalog.series\"(2)"), "5");
	EXPECT_EQ(query(*session, "SELECT sum(s.value) FROM \"pg_catalog.three\" t, "
							  "\"pg_catalog.series\"(1, t.value) s"),
			  "10");
	EXPECT_EQ(query(*session, "SELECT min(text), max(text) FROM \"pg_catalog.three\""),
			  "row 1|row 3");
}

TEST_F(FunctionsTest, RowSourcesJoin)
{
	auto session = open();

	EXPECT_EQ(query(*session, "SELECT count(*), sum(a.value) FROM \"pg_catalog.three\" a "
							  "JOIN \"pg_catalog.series\"(2, 9) b ON a.value = b.value"),
			  "2|5");
	EXPECT_EQ(query(*session,
					"SELECT count(b.value) FROM \"pg_catalog.three\" a "
					"LEFT JOIN \"pg_catalog.three\" b ON a.text = b.text AND b.value > 1"),
			  "2");
}

TEST_F(FunctionsTest, RowBuffersAreTables)
{
	auto session = open();
	const Value row[] = {Value::Int(7), Value::Text("seven"), Value::Null()};

	session->row_buffers().append(1, row);
	session->row_buffers().append(1, row);
	EXPECT_EQ(
		query(*session, "SELECT count(*), sum(c0), max(c1), max(c2), max(c3) FROM pg_rows(1)"),
		"2|14|seven|null|null");
	session->row_buffers().clear(1);
	EXPECT_EQ(query(*session, "SELECT count(*) FROM pg_rows(1)"), "0");
	EXPECT_EQ(query(*session, "SELECT count(*) FROM pg_rows(99)"), "0");
}

} /* namespace */
} /* namespace pg */
