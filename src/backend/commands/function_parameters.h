/*
 * commands/function_parameters.h
 *		The parameter list and the result of CREATE FUNCTION.
 */
#pragma once

#include "catalog/functions.h"
#include "commands/tree.h"

namespace pg::commands
{

/* Fills types, modes, names, defaults and result of proc. language: as errors name it. */
void ReadParameters(const Command &command, const PgQuery__CreateFunctionStmt &stmt,
					ProcInfo *proc);

/*
 * The function that DROP FUNCTION and the like name, with or without argument types.  Raises 42883 when
 * it is not there (with missing_ok says so in a NOTICE and returns null), 42725 when several are meant.
 */
FunctionPtr FunctionOf(const PgQuery__ObjectWithArgs &object, bool missing_ok);

/* alter_function.cpp: 42723 when the name is taken, 0A000 when texts of other objects have the old one. */
void RenameFunction(const PgQuery__ObjectWithArgs &named, const std::string &new_name);
void ChangeFunctionOwner(const PgQuery__ObjectWithArgs &named, Oid owner);

} /* namespace pg::commands */
