/*
 * utils/adt/engine_only.h
 *		Bodies behind SQL's parameterless functions (CURRENT_DATE, CURRENT_USER, ...).
 *
 * Processes with a session.
 */
#pragma once

#include "engine/function.h"

namespace pg
{

/* timestamp_now.cpp */
void pg_current_date(FunctionCall &call);
void pg_current_timestamp(FunctionCall &call);
void pg_localtime(FunctionCall &call);
void pg_localtimestamp(FunctionCall &call);

/* engine_only.cpp: the engine's order of two values that are not null; collation by name, empty: none. */
int CompareValues(const Value &a, const Value &b, std::string_view collation);

/* system_funcs.cpp */
void pg_current_role(FunctionCall &call);
void pg_session_user(FunctionCall &call);
void pg_current_catalog(FunctionCall &call);
void pg_current_schema(FunctionCall &call);

} /* namespace pg */
