/*
 * commands/commands.h
 *		The functions behind the table of utility statements, one for each kind of node.
 *
 * Each runs one statement and returns its completed tag.  Backends and workers, inside a transaction;
 * what the table says (write, read-only, block) has been checked.
 */
#pragma once

#include <string>

#include "commands/tree.h"

namespace pg::commands
{

using Function = std::string(const Command &command);

/* transaction_commands.cpp */
Function RunTransaction;

/* setting_commands.cpp, show.cpp */
Function RunSet, RunShow, RunAlterSystem, RunDiscard;

/* schema_commands.cpp */
Function RunCreateSchema;
/* create_table.cpp, create_table_as.cpp */
Function RunCreateTable, RunCreateTableAs;
/* sequence_commands.cpp */
Function RunCreateSequence, RunAlterSequence;
/* index_commands.cpp */
Function RunCreateIndex;
/* view_commands.cpp */
Function RunCreateView;
/* function_commands.cpp, alter_function.cpp */
Function RunCreateFunction, RunAlterFunction, RunAlterObjectSchema;
/* trigger_commands.cpp */
Function RunCreateTrigger, RunCreatePolicy;
/* call.cpp */
Function RunCall;
/* type_commands.cpp, enum_commands.cpp */
Function RunCreateCompositeType, RunCreateEnum, RunAlterEnum;
/* extension_commands.cpp */
Function RunCreateExtension, RunAlterExtension;
/* extension_contents.cpp */
Function RunAlterExtensionContents;
/* drop.cpp */
Function RunDrop;
/* alter_table.cpp, rename.cpp */
Function RunAlterTable, RunRename, RunAlterOwner;
/* comment.cpp */
Function RunComment;
/* database_commands.cpp */
Function RunCreateDatabase, RunDropDatabase, RunAlterDatabase;
/* role_settings.cpp */
Function RunAlterDatabaseSet;
/* grant.cpp, role_commands.cpp, role_membership.cpp, role_settings.cpp, owned_objects.cpp */
Function RunGrant, RunCreateRole, RunAlterRole, RunDropRole, RunGrantRole, RunAlterRoleSet,
	RunDropOwned, RunReassignOwned;
/* prepare.cpp */
Function RunPrepare, RunExecute, RunDeallocate;
/* async.cpp */
Function RunListen, RunUnlisten, RunNotify;
/* cursor_commands.cpp */
Function RunDeclareCursor, RunFetch, RunClosePortal;
/* explain.cpp */
Function RunExplain;
/* maintenance.cpp */
Function RunTruncate, RunLock, RunVacuum, RunReindex, RunCheckpoint, RunLoad;

/* Also used from elsewhere. */
void RenameDatabase(const std::string &name, const std::string &new_name);
/* Raises 42501 unless the current user owns it. */
void CheckDatabaseOwner(const DatabaseInfo &database);
void ChangeDatabaseOwner(const std::string &name, Oid owner);
void DropAllPrepared();
void DropTemporaryObjects();
/* Columns of SHOW, EXPLAIN, EXECUTE and FETCH. */
std::vector<ResultColumn> ShowColumns(const PgQuery__VariableShowStmt &stmt);
std::vector<ResultColumn> ExplainColumns();
std::vector<ResultColumn> ExecuteColumns(const PgQuery__ExecuteStmt &stmt);
std::vector<ResultColumn> CallColumns(const Plan &plan);
std::vector<ResultColumn> FetchColumns(const PgQuery__FetchStmt &stmt);

} /* namespace pg::commands */
