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

enum class Routine : uint8_t
{
	Function,
	Procedure,
	Any
};
/* Of a statement's kind of object. */
Routine RoutineOf(PgQuery__ObjectType type);

/*
 * The function that DROP FUNCTION and the like name, with or without argument types.  Raises 42883 when
 * it is not there (with missing_ok says so in a NOTICE and returns null), 42725 when several are meant,
 * 42809 when it is of the other kind.
 */
FunctionPtr FunctionOf(const PgQuery__ObjectWithArgs &object, bool missing_ok, Routine wanted);

/* alter_function.cpp: 42723 when the name is taken, 0A000 when texts of other objects have the old one. */
void RenameFunction(const PgQuery__ObjectWithArgs &named, Routine kind,
					const std::string &new_name);
void ChangeFunctionOwner(const PgQuery__ObjectWithArgs &named, Routine kind, Oid owner);

} /* namespace pg::commands */
