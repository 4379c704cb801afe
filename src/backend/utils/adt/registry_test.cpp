/*
 * utils/adt/registry_test.cpp
 *		The tables hang together: no name or OID twice, every reference has its row.
 */
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "catalog/pg_type_d.h"
#include "utils/adt/registry.h"

namespace pg
{

TEST(Registry, OidsAreUnique)
{
	std::set<Oid> seen;

	for (const FunctionDef *function : AllFunctions())
		EXPECT_TRUE(seen.insert(function->oid).second) << function->name;
	EXPECT_GT(seen.size(), 700u);
}

TEST(Registry, OperatorsHaveFunctions)
{
	for (const OperatorDef &op : AllOperators())
	{
		const FunctionDef *const function = FindFunction(op.function);

		ASSERT_NE(function, nullptr) << op.name << " " << op.oid;
		EXPECT_EQ(function->arg_count, op.left == 0 ? 1 : 2) << op.oid;
		EXPECT_EQ(function->result, op.result) << op.oid;
	}
}

TEST(Registry, CastsHaveFunctions)
{
	for (const CastDef &cast : AllCasts())
	{
		EXPECT_NE(FindType(cast.source), nullptr);
		EXPECT_NE(FindType(cast.target), nullptr);
		if (cast.method == 'f')
		{
			EXPECT_NE(FindFunction(cast.function), nullptr) << cast.source << " to " << cast.target;
		}
	}
}

TEST(Registry, TypesOfFunctionsAreKnown)
{
	for (const FunctionDef *function : AllFunctions())
	{
		EXPECT_NE(FindType(function->result), nullptr) << function->name;
		for (int i = 0; i < function->arg_count; i++)
			EXPECT_NE(FindType(function->arg_types[i]), nullptr) << function->name;
	}
}

TEST(Registry, EveryFunctionCanRun)
{
	static constexpr std::string_view kEngineOwn[] = {
		"count", "sum",		   "min",		   "max",		 "row_number",
		"rank",	 "dense_rank", "percent_rank", "ntile",		 "cume_dist",
		"lag",	 "lead",	   "first_value",  "last_value", "nth_value",
	};

	for (const FunctionDef *function : AllFunctions())
	{
		const bool runs = function->body != nullptr || function->lowering != nullptr ||
						  function->aggregate != nullptr || function->row_source != nullptr;

		if (!runs)
		{
			EXPECT_NE(std::ranges::find(kEngineOwn, function->engine_name), std::end(kEngineOwn))
				<< function->name << " " << function->oid;
		}
		EXPECT_FALSE(IsUnsupportedFunction(function->name)) << function->name;
	}
}

TEST(Registry, EngineNamesMeanOneThing)
{
	std::map<std::pair<std::string, int>, const FunctionDef *> seen;

	for (const FunctionDef *function : AllFunctions())
	{
		if (function->body == nullptr)
			continue;
		const int count = function->variadic_any ? -1 : function->arg_count;
		const auto [place, is_new] = seen.try_emplace({function->engine_name, count}, function);

		EXPECT_EQ(place->second->body, function->body)
			<< function->engine_name << " " << function->oid;
		EXPECT_EQ(place->second->strict, function->strict)
			<< function->engine_name << " " << function->oid;
	}
}

TEST(Registry, FindsByName)
{
	EXPECT_EQ(FindTypeByName("int4")->oid, static_cast<Oid>(INT4OID));
	EXPECT_EQ(FindTypeByName("integer")->oid, static_cast<Oid>(INT4OID));
	EXPECT_EQ(FindTypeByName("nonsense"), nullptr);
	EXPECT_EQ(FindFunctions("int4pl").size(), 1u);
	EXPECT_GT(FindFunctions("abs").size(), 3u);
	EXPECT_TRUE(FindFunctions("nonsense").empty());
	EXPECT_GT(FindOperators("+").size(), 20u);
	EXPECT_EQ(FindCast(INT4OID, INT8OID)->context, 'i');
	EXPECT_EQ(FindCast(TEXTOID, INT4OID), nullptr);
	EXPECT_TRUE(IsUnsupportedFunction("pg_sequence_parameters"));
}

TEST(Registry, FormatsTypes)
{
	EXPECT_EQ(FormatType(VARCHAROID, 14), "character varying(10)");
	EXPECT_EQ(FormatType(NUMERICOID, ((10 << 16) | 2) + 4), "numeric(10,2)");
	EXPECT_EQ(FormatType(TIMESTAMPTZOID, 3), "timestamp(3) with time zone");
	EXPECT_EQ(FormatType(TEXTARRAYOID), "text[]");
	EXPECT_EQ(FormatType(INTERVALOID, (8 << 16) | 0xffff), "interval day");
	EXPECT_EQ(FormatType(0), "-");
	EXPECT_EQ(FormatType(99999), "???");
}

} /* namespace pg */
