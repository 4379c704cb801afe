/*
 * utils/adt/builtin_calls_test.cpp
 *		Unit tests of built-in functions as C functions, and of arrays as text and as datums.
 */
#include <gtest/gtest.h>

#include "catalog/pg_type_d.h"
#include "utils/adt/array_text.h"
#include "utils/adt/builtin_calls.h"
#include "utils/adt/datum.h"
#include "utils/adt/registry.h"
#include "utils/error/report.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

namespace pg
{

/* Rows of our own have OIDs that PostgreSQL keeps for others. */
constexpr Oid kFirstOwnOid = 8000;

/* Those that PostgreSQL writes in SQL have none. */
TEST(BuiltinCalls, RowsHaveTheirCNames)
{
	int named = 0, unnamed = 0;

	for (const FunctionDef *def : AllFunctions())
		if (def->kind == FunctionKind::Normal && def->oid < kFirstOwnOid)
			(FindBuiltin(def->oid) != nullptr ? named : unnamed)++;
	EXPECT_GT(named, 800);
	EXPECT_LT(unnamed, 60);
	ASSERT_NE(FindBuiltin("int4pl"), nullptr);
	EXPECT_EQ(FindBuiltin("int4pl"), FindBuiltin(Oid{177}));
	EXPECT_EQ(FindBuiltin("int4pl")->function, &int4pl);
	EXPECT_EQ(FindBuiltin("int4p"), nullptr);
	EXPECT_EQ(FindBuiltin(Oid{0}), nullptr);
}

TEST(BuiltinCalls, TypeFunctionsAreKnown)
{
	EXPECT_EQ(FindTypeFunction(42).role, TypeRole::Input);
	EXPECT_EQ(FindTypeFunction(42).type, Oid{INT4OID});
	EXPECT_EQ(FindTypeFunction(751).role, TypeRole::Output);
	EXPECT_EQ(FindTypeFunction(751).type, InvalidOid);
	EXPECT_EQ(FindTypeFunction(177).role, TypeRole::None);
}

TEST(BuiltinCalls, ErrorsAreExceptionsTowardsCpp)
{
	EXPECT_THROW(DirectFunctionCall2(int4div, Int32GetDatum(1), Int32GetDatum(0)), PgError);
	EXPECT_THROW(DirectFunctionCall1(box_in, CStringGetDatum("")), PgError);
	EXPECT_EQ(DatumGetInt32(DirectFunctionCall2(int4pl, Int32GetDatum(1), Int32GetDatum(2))), 3);
}

/* Every type that has a C form keeps a value through it. */
TEST(Datums, ArraysKeepShapeAndNulls)
{
	for (const char *text :
		 {"{}", "{1,NULL,3}", "{{1,2},{3,4}}", "[0:1]={5,6}", "[2:2][-1:0]={{1,2}}"})
	{
		std::string scratch, back;
		const Value value = ValueIn(INT4ARRAYOID, text, -1, &scratch);
		const Datum datum = ValueToDatum(INT4ARRAYOID, value);

		EXPECT_EQ(DatumToValue(INT4ARRAYOID, datum, &back).bytes, text);
	}
}

TEST(ArrayText, QuotesWhatNeedsIt)
{
	ArrayText array{{4}, {1}, {"a", std::nullopt, "null", "q\"\\"}};

	EXPECT_EQ(FormatArray(array), R"({a,NULL,"null","q\"\\"})");
	EXPECT_EQ(ReadArray(FormatArray(array)), array.elements);
	EXPECT_EQ(ReadArray("1 2").size(), 2u);
	EXPECT_TRUE(ReadArray("").empty());
}

} /* namespace pg */
