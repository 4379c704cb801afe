/*
 * functions.cpp
 *		Joins what engine sessions are given: functions, aggregates, collations, row sources.
 *
 * Constant data, for every process that opens a database.
 */
#include <array>

#include "catalog/objects.h"
#include "executor/call_function.h"
#include "main/registries.h"
#include "parser/plan.h"
#include "utils/adt/registry.h"

namespace pg
{

EngineLibrary
AllEngineFunctions()
{
	static const std::array functions = {AdtEngineFunctions(), ParserEngineFunctions(),
										 ExecutorEngineFunctions()};
	static const std::array aggregates = {AdtEngineAggregates(), ParserEngineAggregates()};
	static const std::array row_sources = {AdtRowSources(), CatalogRowSources(),
										   ExecutorRowSources()};

	return {.functions = functions,
			.aggregates = aggregates,
			.collations = kAdtCollations,
			.row_sources = row_sources};
}

} /* namespace pg */
