/*
 * commands/maintenance.cpp
 *		TRUNCATE, LOCK, VACUUM, ANALYZE, REINDEX, CHECKPOINT and LOAD.
 *
 * Backends and workers.
 */
#include <algorithm>
#include <array>

#include "access/sequence.h"
#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/write.h"
#include "commands/commands.h"
#include "commands/dependency.h"
#include "commands/named_object.h"
#include "commands/schema_edit.h"
#include "executor/triggers.h"
#include "fmgr.h"
#include "storage/lmgr.h"
#include "utils/error/wall.h"

namespace pg::commands
{
namespace
{

RelationInfoPtr
relation_in_range(const PgQuery__RangeVar &range)
{
	return RelationNamed(NameOf(range));
}

bool
contains_table(const std::vector<RelationInfoPtr> &tables, Oid oid)
{
	return std::any_of(tables.begin(), tables.end(),
					   [&](const RelationInfoPtr &table) { return table->oid == oid; });
}

void
add_truncated(const PgQuery__RangeVar &range, std::vector<RelationInfoPtr> *tables)
{
	RelationInfoPtr table = relation_in_range(range);

	if (table->kind != 'r')
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("\"%s\" is not a table", table->name.c_str()));
	if (table->oid < kFirstNormalOid)
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied: \"%s\" is a system catalog", table->name.c_str()));
	CheckRights(std::array{RightWanted{kPgClassOid, table->oid, ACL_TRUNCATE}});
	if (!contains_table(*tables, table->oid))
		tables->push_back(std::move(table));
}

/* Tables that refer to the truncated ones come along, or stop it. */
void
add_referencing(bool cascade, std::vector<RelationInfoPtr> *tables)
{
	for (size_t i = 0; i < tables->size(); i++)
	{
		const RelationInfoPtr table = (*tables)[i];

		for (const Reference &reference : FindReferences(table->oid))
		{
			const RelationInfo &other = *reference.relation;

			if (contains_table(*tables, other.oid))
				continue;
			if (!cascade)
				Raise(
					Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
						.msg("cannot truncate a table referenced in a foreign key constraint")
						.detail("Table \"%s\" references \"%s\".", other.name.c_str(),
								table->name.c_str())
						.hint(
							"Truncate table \"%s\" at the same time, or use TRUNCATE ... CASCADE.",
							other.name.c_str()));
			Report(NOTICE).msg("truncate cascades to table \"%s\"", other.name.c_str()).emit();
			tables->push_back(reference.relation);
		}
	}
}

void
restart_identity(const RelationInfo &table)
{
	for (const Oid oid : SequencesOwnedBy(table, 0))
	{
		const SequencePtr sequence = FindSequence(oid);

		CheckRelationOwner(oid);
		if (sequence != nullptr)
			RestartSequence(*sequence, sequence->start);
		CatalogChanged();
	}
}

void
truncate(const std::vector<RelationInfoPtr> &tables, bool restart)
{
	SchemaEdit edit;

	for (const RelationInfoPtr &table : tables)
	{
		CurrentEngine().execute(("DELETE FROM " + table->physical).c_str());
		if (restart)
			restart_identity(*table);
	}
}

/* What VACUUM or ANALYZE was asked to look at; empty: everything. */
std::vector<RelationInfoPtr>
maintained(const PgQuery__VacuumStmt &stmt)
{
	std::vector<RelationInfoPtr> relations;

	for (size_t i = 0; i < stmt.n_rels; i++)
	{
		const PgQuery__VacuumRelation &wanted = *stmt.rels[i]->vacuum_relation;
		RelationInfoPtr relation = relation_in_range(*wanted.relation);

		for (const std::string &column : NamesOf(wanted.va_cols, wanted.n_va_cols))
			if (relation->find_column(column) == nullptr)
				Raise(Report(ERROR, ERRCODE_UNDEFINED_COLUMN)
						  .msg("column \"%s\" of relation \"%s\" does not exist", column.c_str(),
							   relation->name.c_str()));
		if (relation->kind == 'r')
			relations.push_back(std::move(relation));
		else
			Report(WARNING)
				.msg(stmt.is_vacuumcmd
						 ? "skipping \"%s\" --- cannot vacuum non-tables or special system tables"
						 : "skipping \"%s\" --- cannot analyze non-tables or special system tables",
					 relation->name.c_str())
				.emit();
	}
	return relations;
}

struct VacuumOptions
{
	bool analyze = false;
};

VacuumOptions
read_vacuum_options(const Command &command, const PgQuery__VacuumStmt &stmt)
{
	static constexpr const char *kHarmless[] = {
		"verbose",		 "freeze",	 "skip_locked", "disable_page_skipping",
		"index_cleanup", "truncate", "parallel",	"process_toast"};
	VacuumOptions options;

	options.analyze = !stmt.is_vacuumcmd;
	for (size_t i = 0; i < stmt.n_options; i++)
	{
		const PgQuery__DefElem &option = *stmt.options[i]->def_elem;
		const std::string_view name = option.defname;
		const bool harmless =
			std::find(std::begin(kHarmless), std::end(kHarmless), name) != std::end(kHarmless);

		if (name == "analyze" && stmt.is_vacuumcmd)
			options.analyze = OptionBool(option);
		else if (name == "full" && stmt.is_vacuumcmd)
		{
			if (OptionBool(option))
				RaiseNotSupported("VACUUM FULL", command.at(option.location));
		}
		else if (!harmless || (!stmt.is_vacuumcmd && name != "verbose" && name != "skip_locked"))
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("unrecognized %s option \"%s\"", command.raw.tag, option.defname)
					  .at(command.at(option.location)));
	}
	return options;
}

void
analyze(const std::vector<RelationInfoPtr> &relations, bool all)
{
	PrepareForWrite("ANALYZE");
	if (all)
		CurrentEngine().execute("ANALYZE main");
	for (const RelationInfoPtr &relation : relations)
		CurrentEngine().execute(("ANALYZE " + relation->physical).c_str());
}

} /* namespace */

std::string
RunTruncate(const Command &command)
{
	const PgQuery__TruncateStmt &stmt = *command.node.truncate_stmt;
	std::vector<RelationInfoPtr> tables;

	for (size_t i = 0; i < stmt.n_relations; i++)
		add_truncated(*stmt.relations[i]->range_var, &tables);
	add_referencing(stmt.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE, &tables);

	TriggerQueue triggers;

	for (const RelationInfoPtr &table : tables)
		triggers.before_statement({table, TRIGGER_TYPE_TRUNCATE});
	truncate(tables, stmt.restart_seqs);
	for (const RelationInfoPtr &table : tables)
		triggers.after_statement({table, TRIGGER_TYPE_TRUNCATE});
	triggers.fire_after();
	return "TRUNCATE TABLE";
}

std::string
RunLock(const Command &command)
{
	constexpr int kRowShare = 2;
	const PgQuery__LockStmt &stmt = *command.node.lock_stmt;

	if (!InAnyBlock())
		Raise(Report(ERROR, ERRCODE_NO_ACTIVE_SQL_TRANSACTION)
				  .msg("LOCK TABLE can only be used in transaction blocks"));
	if (stmt.nowait && stmt.mode > kRowShare && !CurrentEngine().is_writing())
		RaiseNotSupported("LOCK TABLE ... NOWAIT");
	for (size_t i = 0; i < stmt.n_relations; i++)
	{
		const RelationInfoPtr relation = relation_in_range(*stmt.relations[i]->range_var);

		if (relation->kind != 'r' && relation->kind != 'v')
			Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
					  .msg("cannot lock relation \"%s\"", relation->name.c_str())
					  .detail("This operation is not supported for indexes."));
		if (!stmt.nowait)
			LockRelationOid(relation->oid, stmt.mode);
		else if (!ConditionalLockRelationOid(relation->oid, stmt.mode))
			Raise(Report(ERROR, ERRCODE_LOCK_NOT_AVAILABLE)
					  .msg("could not obtain lock on relation \"%s\"", relation->name.c_str()));
	}
	/* Readers are never in anybody's way, so the weak modes ask for nothing. */
	if (stmt.mode > kRowShare)
		PrepareForWrite("LOCK TABLE");
	return "LOCK TABLE";
}

std::string
RunVacuum(const Command &command)
{
	const PgQuery__VacuumStmt &stmt = *command.node.vacuum_stmt;
	const VacuumOptions options = read_vacuum_options(command, stmt);

	if (stmt.is_vacuumcmd)
		PreventInBlock("VACUUM");

	const std::vector<RelationInfoPtr> relations = maintained(stmt);

	if (stmt.is_vacuumcmd)
	{
		PrepareForWrite("VACUUM");
		CurrentEngine().execute("PRAGMA main.incremental_vacuum");
	}
	if (options.analyze)
		analyze(relations, stmt.n_rels == 0);
	return command.raw.tag;
}

std::string
RunReindex(const Command &command)
{
	const PgQuery__ReindexStmt &stmt = *command.node.reindex_stmt;

	PrepareForWrite("REINDEX");
	switch (stmt.kind)
	{
		case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_TABLE:
			CurrentEngine().execute(
				("REINDEX " + relation_in_range(*stmt.relation)->physical).c_str());
			break;
		case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_INDEX:
		{
			const RelationInfoPtr index = relation_in_range(*stmt.relation);

			if (index->kind != 'i')
				Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
						  .msg("\"%s\" is not an index", index->name.c_str()));

			const RelationInfoPtr table = TableOfIndex(index->oid);

			CurrentEngine().execute(("REINDEX " + table->physical).c_str());
			break;
		}
		default: RaiseNotSupported("REINDEX of a schema, database or system");
	}
	return command.raw.tag;
}

std::string
RunCheckpoint(const Command &)
{
	SqliteEngine().request_checkpoint(true);
	return "CHECKPOINT";
}

std::string
RunLoad(const Command &command)
{
	const char *const name = command.node.load_stmt->filename;

	ToC([](const char *file) { load_file(file, false); }, name);
	return "LOAD";
}

} /* namespace pg::commands */
