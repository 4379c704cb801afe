/*
 * executor/call_function.h
 *		Calls of the functions that the database keeps, as engine functions.
 */
#pragma once

#include <span>
#include <vector>

#include "engine/function.h"
#include "pl/plpgsql/plpgsql.h"

namespace pg
{

/*
 * What lowered SQL calls: pg_call(signature, argument, ...) and, for functions whose result may change
 * within a statement, pg_call_volatile(signature, argument, ...).  The signature is utils/adt/row_type.h's, or
 * the function's OID alone.
 */
std::span<const EngineFunction> ExecutorEngineFunctions();

/*
 * CALL of a procedure in C: the values of its OUT and INOUT parameters.  arguments: of the input
 * parameters.  atomic: as its CallContext tells it.
 */
std::vector<plpgsql::Kept> CallProcedure(const ProcInfo &proc, std::span<const Value> arguments,
										 bool atomic);
/* pg_call_rows(signature, argument, ...): the rows of a function that returns a set or a row. */
std::span<const RowSource> ExecutorRowSources();

} /* namespace pg */
