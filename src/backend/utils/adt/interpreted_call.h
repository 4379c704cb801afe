/*
 * utils/adt/interpreted_call.h
 *		What fmgr_info gives for functions that are not called as they are.
 */
#pragma once

#include "catalog/functions.h"
#include "fmgr.h"

namespace pg
{

/* Of functions in PL/pgSQL and SQL (executor/interpreted.cpp). */
extern "C" Datum CallInterpretedByOid(FunctionCallInfo fcinfo);
/* Of compiled functions with SECURITY DEFINER or SET (executor/routine_scope.cpp). */
extern "C" Datum CallInScopeByOid(FunctionCallInfo fcinfo);

/* The address of a function in C, or of the built-in one that LANGUAGE internal names (42883). */
PGFunction CompiledFunction(const ProcInfo &proc);

} /* namespace pg */
