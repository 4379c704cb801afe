/*
 * commands/trigger_commands.h
 *		Parts of ALTER and DROP that are about triggers.
 *
 * Backends and workers inside a writing transaction.  Who calls has checked that the table is the user's.
 */
#pragma once

#include "catalog/objects.h"
#include "commands/tree.h"

namespace pg::commands
{

/* ALTER TRIGGER ... RENAME TO. */
void RenameTriggerOf(const RelationInfo &table, const char *name, const char *new_name);

/* Those that name the column, in UPDATE OF or WHEN. */
std::vector<TriggerInfo> TriggersOfColumn(const RelationInfo &table, const ColumnInfo &column);

/* ENABLE and DISABLE TRIGGER; false when the subcommand is another. */
bool AlterTriggers(const RelationInfo &table, const PgQuery__AlterTableCmd &cmd);

} /* namespace pg::commands */
