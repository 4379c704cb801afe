/*
 * commands/schema_edit.h
 *		Changing engine tables in ways that the engine has no statement for.
 *
 * Backends and workers inside a writing transaction.
 */
#pragma once

#include <string>

#include "catalog/objects.h"
#include "catalog/write.h"

namespace pg::commands
{

/* While it lives, the engine enforces no foreign keys and lets definitions be written. */
class SchemaEdit
{
public:
	SchemaEdit();
	~SchemaEdit();
	SchemaEdit(const SchemaEdit &) = delete;
	SchemaEdit &operator=(const SchemaEdit &) = delete;
};

/* Engine name of an index, with its schema. */
std::string EngineIndexName(const RelationInfo &table, const TableIndex &index);

/*
 * Writes the engine's definition of the table anew from the catalogs, rows untouched: for changed
 * constraints, NOT NULL and foreign keys, columns added at the end.  The order of columns must be the
 * same.  dropped_rowid: the column dropped just now, if it is the engine's rowid.
 */
void RewriteDefinition(Oid table, int16 dropped_rowid = 0);

/*
 * The same, with the indexes and (unless told otherwise) the tables that refer to this one: for changed
 * names.  `before` is
 * the table as it was, its catalog rows are already changed.
 */
void RewriteRenamed(const RelationInfo &before, bool with_references = true);

/* An index as the catalogs describe it, to be made again. */
IndexDraft LoadIndex(const RelationInfo &table, const TableIndex &index);

/* Takes a constraint out of the catalogs and the engine's table, its index included. */
void RemoveConstraint(Oid table, Oid constraint);

} /* namespace pg::commands */
