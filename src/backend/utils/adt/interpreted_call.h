/*
 * utils/adt/interpreted_call.h
 *		What fmgr_info gives for functions in PL/pgSQL and SQL; executor/interpreted.cpp has it.
 */
#pragma once

#include "fmgr.h"

namespace pg
{

extern "C" Datum CallInterpretedByOid(FunctionCallInfo fcinfo);

} /* namespace pg */
