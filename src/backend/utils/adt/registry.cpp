/*
 * utils/adt/registry.cpp
 *		Lookups in the tables of types, functions, operators and casts.
 *
 * Any process.  The tables are constant data.  The orders by OID and by name are arrays of pointers
 * built at the first lookup, which the postmaster makes before it forks (AdtEngineFunctions), so that
 * no session builds or owns them.
 */
#include "utils/adt/registry.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "catalog/user_types.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/array_edit.h"
#include "utils/adt/enum_type.h"
#include "utils/adt/json_funcs.h"
#include "utils/adt/notify_funcs.h"
#include "utils/adt/row_type.h"
#include "utils/adt/type_tables.h"

namespace pg
{

static const std::span<const FunctionDef> *const kFunctionTables[] = {
	&kCompareFunctions,	   &kIntFunctions,		 &kFloatFunctions,		 &kFloatMathFunctions,
	&kNumericFunctions,	   &kTextFunctions,		 &kPatternFunctions,	 &kRegexpFunctions,
	&kByteaFunctions,	   &kDateFunctions,		 &kTimestampFunctions,	 &kIntervalFunctions,
	&kFormattingFunctions, &kAggregateFunctions, &kSeriesFunctions,		 &kMiscFunctions,
	&kSystemFunctions,	   &kWorkerFunctions,	 &kCatalogFunctions,	 &kArrayFunctions,
	&kJsonFunctions,	   &kJsonbFunctions,	 &kLockFunctions,		 &kNotifyFunctions,
	&kPrivilegeFunctions,  &kSequenceFunctions,	 &kArraySearchFunctions, &kJsonRowsFunctions,
	&kEnumFunctions,	   &kAclFunctions,		 &kRegexpSetFunctions,
};

namespace
{

/* Zero until the first lookup; plain arrays, so that an unused one costs nothing. */
struct Orders
{
	static constexpr size_t kMaxFunctions = 1600;
	static constexpr size_t kMaxOperators = 600;

	std::array<const FunctionDef *, kMaxFunctions> by_oid;
	std::array<const FunctionDef *, kMaxFunctions> by_name;
	std::array<const OperatorDef *, kMaxOperators> operators_by_name;
	size_t function_count = 0;
	size_t operator_count = 0;
};

} /* namespace */

static Orders orders;

static bool
name_then_oid(const auto *a, const auto *b)
{
	const int order = std::strcmp(a->name, b->name);

	return order != 0 ? order < 0 : a->oid < b->oid;
}

static void
build_orders()
{
	size_t count = 0;

	for (const auto *table : kFunctionTables)
		for (const FunctionDef &row : *table)
		{
			Assert(count < Orders::kMaxFunctions);
			orders.by_oid[count] = orders.by_name[count] = &row;
			count++;
		}
	std::sort(orders.by_oid.begin(), orders.by_oid.begin() + count,
			  [](auto *a, auto *b) { return a->oid < b->oid; });
	std::sort(orders.by_name.begin(), orders.by_name.begin() + count,
			  [](auto *a, auto *b) { return name_then_oid(a, b); });

	size_t operators = 0;

	for (const OperatorDef &row : kOperatorTable)
	{
		Assert(operators < Orders::kMaxOperators);
		orders.operators_by_name[operators++] = &row;
	}
	std::sort(orders.operators_by_name.begin(), orders.operators_by_name.begin() + operators,
			  [](auto *a, auto *b) { return name_then_oid(a, b); });
	orders.operator_count = operators;
	orders.function_count = count;
}

static const Orders &
sorted()
{
	if (orders.function_count == 0)
		build_orders();
	return orders;
}

/* ---- Whole tables ---- */

std::span<const TypeDef>
AllTypes()
{
	return kTypeTable;
}

std::span<const FunctionDef *const>
AllFunctions()
{
	const Orders &o = sorted();

	return {o.by_oid.data(), o.function_count};
}

std::span<const OperatorDef>
AllOperators()
{
	return kOperatorTable;
}

std::span<const CastDef>
AllCasts()
{
	return kCastTable;
}

/* ---- Lookups ---- */

const TypeDef *
FindType(Oid oid)
{
	const auto found = std::ranges::lower_bound(kTypeTable, oid, {}, &TypeDef::oid);

	if (found != kTypeTable.end() && found->oid == oid)
		return &*found;
	if (const TypeDef *type = FindRowType(oid))
		return type;
	return FindEnumType(oid);
}

bool
IsPolymorphic(Oid type)
{
	return type == ANYOID || type == ANYELEMENTOID || type == ANYARRAYOID ||
		   type == ANYNONARRAYOID || type == ANYENUMOID || type == ANYCOMPATIBLEOID ||
		   type == ANYCOMPATIBLEARRAYOID || type == ANYCOMPATIBLENONARRAYOID;
}

/* Names of the grammar that are neither pg_type.typname nor what format_type prints. */
static constexpr std::pair<std::string_view, Oid> kTypeAliases[] = {
	{"int", INT4OID},
	{"float", FLOAT8OID},
	{"decimal", NUMERICOID},
	{"dec", NUMERICOID},
	{"time", TIMEOID},
	{"timestamp", TIMESTAMPOID},
	{"national character", BPCHAROID},
	{"nchar", BPCHAROID},
};

const TypeDef *
FindTypeByName(std::string_view name)
{
	for (const TypeDef &type : kTypeTable)
		if (name == type.name)
			return &type;
	for (const TypeDef &type : kTypeTable)
		if (name == type.sql_name)
			return &type;
	for (const auto &[alias, oid] : kTypeAliases)
		if (name == alias)
			return FindType(oid);
	return nullptr;
}

const TypeDef *
FindDatabaseType(std::string_view schema, std::string_view name)
{
	if (const UserTypePtr type = FindUserType(schema, name))
		return FindEnumType(type->oid);

	const RelationInfoPtr relation = FindRelation(schema, name);

	return relation != nullptr ? FindRowType(relation->oid) : nullptr;
}

std::span<const FunctionDef *const>
FindFunctions(std::string_view name)
{
	const Orders &o = sorted();
	const auto begin = o.by_name.begin();
	const auto range =
		std::equal_range(begin, begin + o.function_count, name,
						 [](const auto &a, const auto &b)
						 {
							 if constexpr (std::is_pointer_v<std::decay_t<decltype(a)>>)
								 return std::string_view(a->name) < b;
							 else
								 return a < std::string_view(b->name);
						 });

	return {range.first, range.second};
}

const FunctionDef *
FindFunction(Oid oid)
{
	const auto all = AllFunctions();
	const auto found = std::ranges::lower_bound(all, oid, {}, [](auto *f) { return f->oid; });

	return found != all.end() && (*found)->oid == oid ? *found : nullptr;
}

std::span<const OperatorDef *const>
FindOperators(std::string_view name)
{
	const Orders &o = sorted();
	const auto begin = o.operators_by_name.begin();
	const auto end = begin + o.operator_count;
	const auto first = std::partition_point(begin, end, [&](auto *op) { return op->name < name; });
	const auto last = std::partition_point(first, end, [&](auto *op) { return op->name == name; });

	return {first, last};
}

const CastDef *
FindCast(Oid source, Oid target)
{
	const auto key = std::pair(source, target);
	const auto found = std::ranges::lower_bound(kCastTable, key, {},
												[](const CastDef &cast)
												{ return std::pair(cast.source, cast.target); });

	if (found == kCastTable.end() || found->source != source || found->target != target)
		return nullptr;
	return &*found;
}

/* ---- What the engine gets ---- */

/* Rows of one engine function share a body; the first of equal ones stays. */
static void
sort_and_unify(std::vector<EngineFunction> *functions)
{
	const auto key = [](const EngineFunction &f)
	{ return std::pair(std::string_view(f.name), f.arg_count); };

	std::ranges::stable_sort(*functions, {}, key);
	const auto rest = std::ranges::unique(*functions, {}, key);

	functions->erase(rest.begin(), rest.end());
	functions->shrink_to_fit();
}

static std::vector<EngineFunction>
collect_functions()
{
	std::vector<EngineFunction> functions(kEngineOnlyFunctions.begin(), kEngineOnlyFunctions.end());

	for (const auto &helpers : {kCatalogHelpers, kEnumHelpers})
		functions.insert(functions.end(), helpers.begin(), helpers.end());
	for (const auto &helpers : {kArrayHelpers, kArraySearchHelpers, kArrayEditHelpers})
		functions.insert(functions.end(), helpers.begin(), helpers.end());
	for (const auto &helpers : {kJsonHelpers, kJsonRowsHelpers})
		functions.insert(functions.end(), helpers.begin(), helpers.end());
	for (const FunctionDef *row : AllFunctions())
		if (row->body != nullptr)
			functions.push_back({row->engine_name, row->variadic_any ? -1 : row->arg_count,
								 row->volatility != Volatility::Volatile, row->strict, row->body});
	sort_and_unify(&functions);
	return functions;
}

static std::vector<EngineAggregate>
collect_aggregates()
{
	std::vector<EngineAggregate> aggregates(kJsonAggregates.begin(), kJsonAggregates.end());

	for (const FunctionDef *row : AllFunctions())
		if (row->aggregate != nullptr)
			aggregates.push_back({row->engine_name, row->arg_count, row->aggregate});
	const auto key = [](const EngineAggregate &a)
	{ return std::pair(std::string_view(a.name), a.arg_count); };

	std::ranges::stable_sort(aggregates, {}, key);
	const auto rest = std::ranges::unique(aggregates, {}, key);

	aggregates.erase(rest.begin(), rest.end());
	return aggregates;
}

std::span<const EngineFunction>
AdtEngineFunctions()
{
	static const std::vector<EngineFunction> functions = collect_functions();

	return functions;
}

std::span<const EngineAggregate>
AdtEngineAggregates()
{
	static const std::vector<EngineAggregate> aggregates = collect_aggregates();

	return aggregates;
}

std::span<const RowSource>
AdtRowSources()
{
	static const std::vector<RowSource> sources = []
	{
		std::vector<RowSource> all(kSeriesSources.begin(), kSeriesSources.end());

		all.insert(all.end(), kArraySources.begin(), kArraySources.end());
		all.insert(all.end(), kArraySearchSources.begin(), kArraySearchSources.end());
		all.insert(all.end(), kAclSources.begin(), kAclSources.end());
		all.insert(all.end(), kRegexpSources.begin(), kRegexpSources.end());
		all.insert(all.end(), kJsonSources.begin(), kJsonSources.end());
		all.insert(all.end(), kNotifySources.begin(), kNotifySources.end());
		return all;
	}();

	return sources;
}

} /* namespace pg */
