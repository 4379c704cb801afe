/*
 * commands/table_draft.h
 *		A table that is being created or changed, and how it becomes rows and an engine table.
 *
 * Backends and workers inside a transaction.  Only this folder includes it.
 */
#pragma once

#include <set>
#include <string>
#include <vector>

#include "catalog/sequences.h"
#include "catalog/write.h"
#include "commands/object_names.h"
#include "commands/tree.h"

namespace pg::commands
{

/* What pg_constraint knows of a constraint beside ConstraintInfo. */
struct ConstraintTiming
{
	bool deferrable = false;
	bool deferred = false;
};

/* Of a serial or identity column. */
struct DraftedSequence
{
	RelationInfo relation{};
	SequenceInfo info{};
	SequenceOwner owner{};
};

struct TableDraft
{
	RelationInfo relation{}; /* columns and constraints; indexes once they are created */
	std::vector<ConstraintTiming> timing; /* of relation.constraints, one each */
	std::vector<IndexDraft> indexes;	  /* of primary keys and unique constraints */
	std::vector<DraftedSequence> sequences;
	std::string options; /* pg_class.reloptions, or empty */
	bool is_new = true;	 /* no rows yet, so that a key can become the rowid */
};

/* Where the new relation goes, and whether it is there already. */
struct Target
{
	Oid schema;
	std::string schema_name, name;
	bool temporary;
	bool unlogged = false;
};
/* Raises 3F000, 42P16, 42501. Makes the temporary schema if that is meant. */
Target ResolveTarget(const Command &command, const PgQuery__RangeVar &range);
/* Raises 42P07 where the name is taken, or says so in a NOTICE and returns false when `missing_ok`. */
bool CheckNameFree(const Target &target, bool skip_if_taken);
/* Sets oid, schema, name, persistence and physical. */
void StartRelation(RelationInfo *relation, const Target &target, char kind);

/* Adds a column definition; constraints in it are added, too. */
void AddColumnDefinition(const Command &command, TableDraft *draft, NamesInUse *names,
						 const PgQuery__ColumnDef &column);
/* Adds a column as such: checks its name, gives number and physical name. */
ColumnInfo &AddColumn(TableDraft *draft, const std::string &name, Oid type, int32 typmod);

/*
 * Adds table constraints. They are named and resolved in PostgreSQL's order: keys first, then CHECK,
 * then FOREIGN KEY.  column: the column that it was written at, or null.
 */
struct PendingConstraint
{
	const PgQuery__Constraint *node;
	std::string column;
	ConstraintTiming timing;
	/* USING INDEX: what the index, which is gone, was called and had as columns. */
	std::string index_name;
	std::vector<std::string> index_columns;
};
/* Joins DEFERRABLE and the like, which the grammar gives as nodes of their own, to what they follow. */
std::vector<PendingConstraint> CollectConstraints(const Command &command, Node *const *nodes,
												  size_t count, const std::string &column);
void AddConstraints(const Command &command, TableDraft *draft, NamesInUse *names,
					const std::vector<PendingConstraint> &pending);

/* Catalog rows and the engine's table and indexes of a finished draft. */
void CreateFromDraft(TableDraft *draft);

/* Engine SQL. attnum 0: no column is the rowid. */
std::string EngineTableSql(const RelationInfo &relation,
						   const std::vector<ConstraintTiming> &timing);
std::string EngineIndexSql(const RelationInfo &table, const IndexDraft &index);
/* "a INTEGER NOT NULL" */
std::string EngineColumnSql(const ColumnInfo &column);

/* The engine's column name that does not collide with the others but for case. */
std::string PhysicalColumnName(const RelationInfo &relation, const std::string &name);

const ColumnInfo &ColumnByNumber(const RelationInfo &relation, int16 attnum);

} /* namespace pg::commands */
