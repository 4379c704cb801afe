/*
 * commands/alter_constraint.cpp
 *		ALTER TABLE ADD and DROP CONSTRAINT, ALTER COLUMN TYPE.
 *
 * Backends and workers inside a writing transaction.
 */
#include <algorithm>

#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/pg_type_d.h"
#include "catalog/rights.h"
#include "commands/alter_internals.h"
#include "commands/dependency.h"
#include "commands/expression_type.h"
#include "commands/schema_edit.h"
#include "commands/trigger_commands.h"
#include "parser/plan.h"
#include "utils/adt/registry.h"

namespace pg::commands
{
namespace
{

/* "(a, b)=(1, 2)" of a row of the table. */
std::string
key_text(const RelationInfo &table, const std::vector<int16> &columns, const EngineStatement &row)
{
	std::string names, values;

	for (size_t i = 0; i < columns.size(); i++)
	{
		const ColumnInfo &column = ColumnByNumber(table, columns[i]);
		const Value value = row.column(static_cast<int>(i));

		names += (i > 0 ? ", " : "") + column.name;
		values += (i > 0 ? ", " : "") +
				  (value.is_null() ? std::string("null") : ValueOut(column.type, value));
	}
	return "(" + names + ")=(" + values + ")";
}

void
check_rows(const RelationInfo &table, const ConstraintInfo &constraint)
{
	const std::string expression = LowerExpression(constraint.check_sql, &table, BOOLOID, -1);

	if (QueryEngineNumber("SELECT 1 FROM " + table.physical + " WHERE NOT (" + expression +
						  ") LIMIT 1") == 1)
		Raise(Report(ERROR, ERRCODE_CHECK_VIOLATION)
				  .msg("check constraint \"%s\" of relation \"%s\" is violated by some row",
					   constraint.name.c_str(), table.name.c_str())
				  .object(table.schema_name.c_str(), table.name.c_str(), nullptr, nullptr,
						  constraint.name.c_str()));
}

void
check_foreign_rows(const RelationInfo &table, const ConstraintInfo &constraint)
{
	const RelationInfoPtr found = constraint.foreign_relation == table.oid
									  ? nullptr
									  : FindRelation(constraint.foreign_relation);
	const RelationInfo &other = found != nullptr ? *found : table;
	std::string select, filter, match;

	for (size_t i = 0; i < constraint.columns.size(); i++)
	{
		const std::string mine =
			"a." + QuoteEngineName(ColumnByNumber(table, constraint.columns[i]).physical);
		const std::string theirs =
			"b." + QuoteEngineName(ColumnByNumber(other, constraint.foreign_columns[i]).physical);

		select += (i > 0 ? ", " : "") + mine;
		filter += mine + " IS NOT NULL AND ";
		match += (i > 0 ? " AND " : "") + theirs + " = " + mine;
	}

	const std::unique_ptr<EngineStatement> rows = CurrentEngine().prepare(
		"SELECT " + select + " FROM " + table.physical + " a WHERE " + filter +
		"NOT EXISTS (SELECT 1 FROM " + other.physical + " b WHERE " + match + ") LIMIT 1");

	if (!rows->step())
		return;

	const std::string key = key_text(table, constraint.columns, *rows);

	Raise(Report(ERROR, ERRCODE_FOREIGN_KEY_VIOLATION)
			  .msg("insert or update on table \"%s\" violates foreign key constraint \"%s\"",
				   table.name.c_str(), constraint.name.c_str())
			  .detail("Key %s is not present in table \"%s\".", key.c_str(), other.name.c_str())
			  .object(table.schema_name.c_str(), table.name.c_str(), nullptr, nullptr,
					  constraint.name.c_str()));
}

void
refuse_not_valid(const Command &command, const std::vector<PendingConstraint> &pending)
{
	for (const PendingConstraint &item : pending)
		if (item.node->skip_validation)
			RaiseNotSupported("NOT VALID", command.at(item.node->location));
}

/* A key being dropped takes along the foreign keys that rest on it, or stays. */
DropObject
dropped_constraint(const RelationInfoPtr &table, const ConstraintInfo &constraint)
{
	return {DropObject::Kind::Constraint, constraint.oid, table, constraint.name};
}

bool
rests_on_rowid(const RelationInfo &table, const ConstraintInfo &constraint)
{
	return constraint.type == 'p' && constraint.columns.size() == 1 &&
		   ColumnByNumber(table, constraint.columns[0]).is_rowid;
}

/* The index of USING INDEX; raises what keeps it from being a constraint's. */
const TableIndex &
index_for_constraint(const RelationInfo &table, const char *name, int position)
{
	const auto index = std::ranges::find(table.indexes, name, &TableIndex::name);
	const auto refuse = [&](const char *message)
	{
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg(message, name)
				  .detail("Cannot create a primary key or unique constraint using such an index.")
				  .at(position));
	};

	if (index == table.indexes.end())
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
				  .msg("index \"%s\" does not exist", name)
				  .at(position));
	for (const ConstraintInfo &constraint : table.constraints)
		if ((constraint.type == 'p' || constraint.type == 'u') && constraint.index == index->oid)
			Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
					  .msg("index \"%s\" is already associated with a constraint", name)
					  .at(position));
	if (!index->unique)
		refuse("\"%s\" is not a unique index");
	if (!index->expressions_sql.empty())
		refuse("index \"%s\" contains expressions");
	if (!index->predicate_sql.empty())
		refuse("\"%s\" is a partial index");
	return *index;
}

/* The indexes of USING INDEX go: each constraint makes one of its own over the same columns. */
std::vector<PendingConstraint>
take_indexes(const Command &command, Oid oid, std::vector<PendingConstraint> pending)
{
	for (PendingConstraint &item : pending)
	{
		const PgQuery__Constraint &node = *item.node;

		if (node.indexname[0] == '\0')
			continue;

		const RelationInfoPtr table = FindRelation(oid);
		const TableIndex &index =
			index_for_constraint(*table, node.indexname, command.at(node.location));

		item.index_name = index.name;
		for (const int16 attnum : index.columns)
			item.index_columns.push_back(ColumnByNumber(*table, attnum).name);
		if (node.conname[0] != '\0' && index.name != node.conname)
			Report(NOTICE)
				.msg("ALTER TABLE / ADD CONSTRAINT USING INDEX will rename index \"%s\" to \"%s\"",
					 index.name.c_str(), node.conname)
				.emit();
		CurrentEngine().execute(("DROP INDEX IF EXISTS " + EngineIndexName(*table, index)).c_str());
		DeleteIndex(*table, index.oid);
		CatalogChanged();
	}
	return pending;
}

} /* namespace */

TableDraft
DraftOf(Oid oid)
{
	TableDraft draft;

	draft.relation = *FindRelation(oid);
	draft.is_new = false;
	draft.timing.resize(draft.relation.constraints.size());
	return draft;
}

void
AddConstraintsTo(const Command &command, Oid oid, const std::vector<PendingConstraint> &pending)
{
	if (pending.empty())
		return;
	refuse_not_valid(command, pending);

	const std::vector<PendingConstraint> complete = take_indexes(command, oid, pending);
	TableDraft draft = DraftOf(oid);
	NamesInUse names(draft.relation.schema);
	const size_t before = draft.relation.constraints.size();
	const RelationInfoPtr old = FindRelation(oid);

	AddConstraints(command, &draft, &names, complete);
	for (size_t i = 0; i < draft.relation.columns.size(); i++)
		if (draft.relation.columns[i].not_null && !old->columns[i].not_null)
			SetNotNull(oid, draft.relation.columns[i].attnum);
	for (const IndexDraft &index : draft.indexes)
	{
		CreateEngineIndex(draft.relation, index);
		InsertIndex(draft.relation, index);
	}

	int checks = 0;

	for (size_t i = before; i < draft.relation.constraints.size(); i++)
	{
		ConstraintInfo &constraint = draft.relation.constraints[i];

		constraint.oid = NewOid();
		if (constraint.type == 'c')
			check_rows(draft.relation, constraint);
		else if (constraint.type == 'f')
			check_foreign_rows(draft.relation, constraint);
		checks += constraint.type == 'c';
		InsertConstraint(draft.relation, constraint, draft.timing[i].deferrable,
						 draft.timing[i].deferred);
	}

	const Value parameters[] = {Value::Int(oid), Value::Int(checks)};

	RunEngine("UPDATE " + CatalogTable(HomeOf(draft.relation), "pg_class") +
				  " SET relchecks = relchecks + ?2 WHERE oid = ?1",
			  parameters);
	RewriteDefinition(oid);
}

void
DeleteConstraintRows(const RelationInfo &table, const ConstraintInfo &constraint)
{
	DeleteConstraint(table, constraint.oid);
	if (constraint.type != 'p' && constraint.type != 'u')
		return;
	for (const TableIndex &index : table.indexes)
		if (index.oid == constraint.index)
			CurrentEngine().execute(
				("DROP INDEX IF EXISTS " + EngineIndexName(table, index)).c_str());
	DeleteIndex(table, constraint.index);
}

void
DropConstraint(Oid oid, const PgQuery__AlterTableCmd &cmd)
{
	const RelationInfoPtr table = FindRelation(oid);

	for (const ConstraintInfo &constraint : table->constraints)
	{
		if (constraint.name != cmd.name)
			continue;
		if (rests_on_rowid(*table, constraint))
			RaiseNotSupported("dropping the primary key of an integer column");
		DropWithDependents({dropped_constraint(table, constraint)},
						   cmd.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE);
		return;
	}
	if (!cmd.missing_ok)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
				  .msg("constraint \"%s\" of relation \"%s\" does not exist", cmd.name,
					   table->name.c_str()));
	Report(NOTICE)
		.msg("constraint \"%s\" of relation \"%s\" does not exist, skipping", cmd.name,
			 table->name.c_str())
		.emit();
}

namespace
{

void
check_type_change(const RelationInfo &table, const ColumnInfo &column, const TypeRef &type)
{
	const TypeDef &fresh = *FindType(type.type);

	if (!DependentViews(table.oid).empty())
		for (const RelationInfoPtr &view : DependentViews(table.oid))
			Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
					  .msg("cannot alter type of a column used by a view or rule")
					  .detail("rule _RETURN on view %s depends on column \"%s\"",
							  VisibleName(*view).c_str(), column.name.c_str()));
	if (column.is_rowid && fresh.storage != Storage::Integer)
		RaiseNotSupported("changing an integer primary key to another kind of type");
	for (const Reference &reference : FindReferences(table.oid))
		for (const int16 attnum :
			 reference.relation->constraints[reference.constraint].foreign_columns)
			if (attnum == column.attnum)
				RaiseNotSupported("changing the type of a column that a foreign key refers to");
	for (const ConstraintInfo &constraint : table.constraints)
		for (const int16 attnum : constraint.columns)
			if (constraint.type == 'f' && attnum == column.attnum)
				RaiseNotSupported("changing the type of a foreign key's column");
}

void
write_type(const RelationInfo &table, const ColumnInfo &column, const TypeRef &type)
{
	const std::string attribute = CatalogTable(HomeOf(table), "pg_attribute");
	const TypeDef &definition = *FindType(type.type);
	const Value keys[] = {Value::Int(table.oid), Value::Int(column.attnum)};
	ColumnInfo changed = column;

	/* The row is written as for a new column, so that all that follows from the type is right. */
	RunEngine("DELETE FROM " + attribute + " WHERE attrelid = ?1 AND attnum = ?2", keys);
	RunEngine("DELETE FROM main.\"postroom.physical\" WHERE relid = ?1 AND attnum = ?2", keys);
	RunEngine("DELETE FROM " + CatalogTable(HomeOf(table), "pg_attrdef") +
				  " WHERE adrelid = ?1 AND adnum = ?2",
			  keys);
	changed.type = definition.oid;
	changed.typmod = type.typmod;
	InsertColumn(table, changed);
}

/* Values of an index's column follow those of the table's. */
void
write_index_types(const RelationInfo &table, const ColumnInfo &column, const TypeRef &type)
{
	for (const TableIndex &index : table.indexes)
		for (size_t i = 0; i < index.columns.size(); i++)
		{
			const Value parameters[] = {Value::Int(index.oid),
										Value::Int(static_cast<int64>(i + 1)),
										Value::Int(type.type), Value::Int(type.typmod)};

			if (index.columns[i] == column.attnum)
				RunEngine(
					"UPDATE " + CatalogTable(HomeOf(table), "pg_attribute") +
						" SET atttypid = ?3, atttypmod = ?4 WHERE attrelid = ?1 AND attnum = ?2",
					parameters);
		}
}

} /* namespace */

void
AlterColumnType(const Command &command, Oid oid, const PgQuery__AlterTableCmd &cmd)
{
	const RelationInfoPtr table = FindRelation(oid);
	const ColumnInfo *const column = table->find_column(cmd.name);
	const PgQuery__ColumnDef &definition = *cmd.def->column_def;

	if (column == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_COLUMN)
				  .msg("column \"%s\" of relation \"%s\" does not exist", cmd.name,
					   table->name.c_str()));
	if (definition.coll_clause != nullptr)
		RaiseNotSupported("COLLATE", command.at(definition.coll_clause->location));

	const TypeRef type = ResolveTypeName(definition.type_name);

	CheckTypeUsage(type.type);
	for (const TriggerInfo &trigger : TriggersOfColumn(*table, *column))
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("cannot alter type of a column used in a trigger definition")
				  .detail("trigger %s on table %s depends on column \"%s\"",
						  QuoteIdentifier(trigger.name).c_str(), VisibleName(*table).c_str(),
						  column->name.c_str()));
	check_type_change(*table, *column, type);

	const std::string source = definition.raw_default != nullptr
								   ? DeparseNode(definition.raw_default)
								   : QuoteIdentifier(column->name);
	const std::string value = LowerExpression(source, table.get(), type.type, type.typmod);
	std::vector<IndexDraft> indexes;

	for (const TableIndex &index : table->indexes)
	{
		IndexDraft draft = LoadIndex(*table, index);

		if (draft.is_rowid)
			continue;
		CurrentEngine().execute(("DROP INDEX " + EngineIndexName(*table, index)).c_str());
		indexes.push_back(std::move(draft));
	}
	write_type(*table, *column, type);
	write_index_types(*table, *column, type);
	RewriteDefinition(oid);
	CurrentEngine().execute(
		("UPDATE " + table->physical + " SET " + QuoteEngineName(column->physical) + " = " + value)
			.c_str());

	const RelationInfoPtr changed = FindRelation(oid);

	for (const IndexDraft &old : indexes)
		for (const TableIndex &index : changed->indexes)
			if (index.oid == old.info.oid)
				CreateEngineIndex(*changed, LoadIndex(*changed, index));
	for (const ConstraintInfo &constraint : changed->constraints)
		if (constraint.type == 'c')
			LowerExpression(constraint.check_sql, changed.get(), BOOLOID, -1);
}

} /* namespace pg::commands */
