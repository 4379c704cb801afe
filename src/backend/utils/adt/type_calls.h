/*
 * utils/adt/type_calls.h
 *		Input, output, receive, send and modifier functions of the types, called with datums.
 */
#pragma once

#include "utils/adt/builtin_calls.h"

namespace pg
{

/* Runs inside FromC. Raises what the type raises, 0A000 for a type that is not there. */
Datum CallTypeFunction(const TypeFunction &function, FunctionCallInfo fcinfo);

} /* namespace pg */
