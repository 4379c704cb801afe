/*
 * executor/interpreted.h
 *		Functions in languages that the server interprets: PL/pgSQL and SQL.
 *
 * Values go in and out as the engine has them.  Backends and workers with a database, inside a transaction.
 */
#pragma once

#include <string>
#include <vector>

#include "executor/sql_function.h"

namespace pg
{

bool IsInterpreted(const ProcInfo &proc);

/* The rows of one call; none for null. Strictness is looked at here. */
std::vector<SqlFunctionRow> CallInterpreted(const ProcInfo &proc, const CallSignature &signature,
											std::vector<Value> arguments);

/* A row as one value; *text keeps its bytes where shape says that it has columns. */
Value WholeValue(const SqlFunctionRow &row, const RowShape &shape, std::string *text);
/* Columns as the text that the engine keeps of a row. */
std::string RowAsText(const RowShape &shape, std::span<const Value> fields);

} /* namespace pg */
