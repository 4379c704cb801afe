/*
 * commands/alter_internals.h
 *		What the files of ALTER TABLE share.
 */
#pragma once

#include <algorithm>
#include <vector>

#include "commands/table_draft.h"

namespace pg::commands
{

/* The table as a draft that constraints can be added to. */
TableDraft DraftOf(Oid table);

/* Adds constraints to a table with rows: 23502, 23503, 23505, 23514 when they do not hold. */
void AddConstraintsTo(const Command &command, Oid table,
					  const std::vector<PendingConstraint> &pending);
void DropConstraint(Oid table, const PgQuery__AlterTableCmd &cmd);
/* Catalog rows of a constraint with its index; the engine's index, too. Not the table's definition. */
void DeleteConstraintRows(const RelationInfo &table, const ConstraintInfo &constraint);

void AlterColumnType(const Command &command, Oid table, const PgQuery__AlterTableCmd &cmd);

/* Raises 23502 when a row has a null there. */
void SetNotNull(Oid table, int16 attnum);

} /* namespace pg::commands */
