/*
 * executor/call_function.h
 *		Calls of the functions that the database keeps, as engine functions.
 */
#pragma once

#include <span>

#include "engine/function.h"

namespace pg
{

/*
 * What lowered SQL calls: pg_call(oid, argument, ...) and, for functions whose result may change
 * within a statement, pg_call_volatile(oid, argument, ...).
 */
std::span<const EngineFunction> ExecutorEngineFunctions();
/* pg_call_rows(oid, argument, ...): the rows of a function that returns a set. */
std::span<const RowSource> ExecutorRowSources();

} /* namespace pg */
