/*
 * executor/sql_function.h
 *		Functions of LANGUAGE sql: statements of which the last gives the result.
 *
 * Backends and workers with a database, inside a transaction.
 */
#pragma once

#include <span>
#include <vector>

#include "catalog/functions.h"
#include "engine/kept.h"

namespace pg
{

/* CREATE FUNCTION: raises what is wrong with the body. Positions count from the body. */
void CheckSqlFunction(const ProcInfo &proc);

/* A row of a result: its columns, or the one value of what is no row. Empty: null. */
using SqlFunctionRow = std::vector<Kept>;

/*
 * Calls it, with arguments of the types that the signature says. A function that returns no set gives one
 * row at most.
 */
std::vector<SqlFunctionRow> CallSqlFunction(const ProcInfo &proc, const CallSignature &signature,
											std::span<const Value> arguments);

} /* namespace pg */
