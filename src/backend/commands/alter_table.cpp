/*
 * commands/alter_table.cpp
 *		ALTER TABLE: dispatch, columns, defaults, NOT NULL, owner.
 *
 * Backends and workers inside a writing transaction.  The catalogs are changed first; the engine's
 * definition is then written anew from them (schema_edit.h).
 */
#include "catalog/catalog_names.h"
#include "commands/alter_internals.h"
#include "commands/commands.h"
#include "commands/dependency.h"
#include "commands/expression_type.h"
#include "commands/named_object.h"
#include "commands/policy_commands.h"
#include "commands/roles.h"
#include "commands/schema_edit.h"
#include "commands/sequence_commands.h"
#include "commands/trigger_commands.h"
#include "parser/plan.h"

#include "access/transaction.h"

namespace pg::commands
{
namespace
{

[[noreturn]] void
raise_no_column(const RelationInfo &table, const std::string &name)
{
	Raise(Report(ERROR, ERRCODE_UNDEFINED_COLUMN)
			  .msg("column \"%s\" of relation \"%s\" does not exist", name.c_str(),
				   table.name.c_str()));
}

void
set_attribute(const RelationInfo &table, int16 attnum, const char *column, const Value &value)
{
	const Value parameters[] = {Value::Int(table.oid), Value::Int(attnum), value};

	RunEngine("UPDATE " + CatalogTable(HomeOf(table), "pg_attribute") + " SET " + column +
				  " = ?3 WHERE attrelid = ?1 AND attnum = ?2",
			  parameters);
}

void
set_class(const RelationInfo &table, const char *column, const Value &value)
{
	SetCatalogColumn(HomeOf(table), "pg_class", table.oid, column, value);
}

void
add_column(const Command &command, Oid oid, const PgQuery__AlterTableCmd &cmd)
{
	const PgQuery__ColumnDef &definition = *cmd.def->column_def;
	TableDraft draft = DraftOf(oid);
	NamesInUse names(draft.relation.schema);

	if (draft.relation.find_column(definition.colname) != nullptr)
	{
		if (!cmd.missing_ok)
			Raise(Report(ERROR, ERRCODE_DUPLICATE_COLUMN)
					  .msg("column \"%s\" of relation \"%s\" already exists", definition.colname,
						   draft.relation.name.c_str()));
		Report(NOTICE, ERRCODE_DUPLICATE_COLUMN)
			.msg("column \"%s\" of relation \"%s\" already exists, skipping", definition.colname,
				 draft.relation.name.c_str())
			.emit();
		return;
	}
	AddColumnDefinition(command, &draft, &names, definition);
	CreateDraftedSequences(draft);

	ColumnInfo column = draft.relation.columns.back();
	const bool not_null = column.not_null;

	/* Nullable until the rows that are there have a value. */
	column.not_null = false;
	InsertColumn(draft.relation, column);
	OwnDraftedSequences(draft);
	set_class(draft.relation, "relnatts", Value::Int(column.attnum));
	RewriteDefinition(oid);

	const std::string filling =
		column.identity != 0 ? NextvalSql(column.sequence) : column.default_sql;

	if (!filling.empty())
		CurrentEngine().execute(("UPDATE " + draft.relation.physical + " SET " +
								 QuoteEngineName(column.physical) + " = " +
								 LowerExpression(filling, nullptr, column.type, column.typmod))
									.c_str());
	if (not_null)
		SetNotNull(oid, column.attnum);
	AddConstraintsTo(
		command, oid,
		CollectConstraints(command, definition.constraints, definition.n_constraints, column.name));
}

/* Views that cannot be analyzed any more once the column is away. */
std::vector<DropObject>
dependents_of_column(const RelationInfo &table, const ColumnInfo &column)
{
	std::vector<DropObject> found;

	for (const Reference &reference : FindReferences(table.oid))
	{
		const ConstraintInfo &constraint = reference.relation->constraints[reference.constraint];
		const bool mentions =
			std::find(constraint.foreign_columns.begin(), constraint.foreign_columns.end(),
					  column.attnum) != constraint.foreign_columns.end();

		if (mentions && reference.relation->oid != table.oid)
			found.push_back({DropObject::Kind::Constraint, constraint.oid, reference.relation,
							 constraint.name});
	}
	for (const TriggerInfo &trigger : TriggersOfColumn(table, column))
		found.push_back(
			{DropObject::Kind::Trigger, trigger.oid, FindRelation(table.oid), trigger.name});
	for (const RelationInfoPtr &view : DependentViews(table.oid))
	{
		const auto query = ParseStatements(view->view_sql);
		const std::vector<std::string> columns = ColumnsMentioned(query->front().node);

		if (std::find(columns.begin(), columns.end(), column.name) != columns.end())
			found.push_back({DropObject::Kind::Relation, view->oid, view, ""});
	}
	return found;
}

void
drop_column_dependents(const RelationInfo &table, const ColumnInfo &column, bool cascade)
{
	RefuseColumnOfPolicy(table, column.name);

	const std::vector<DropObject> dependents = dependents_of_column(table, column);
	const std::string what =
		"column " + QuoteIdentifier(column.name) + " of table " + VisibleName(table);
	std::string detail, notice;

	for (const DropObject &dependent : dependents)
	{
		detail += (detail.empty() ? "" : "\n") + Describe(dependent) + " depends on " + what;
		notice += (notice.empty() ? "" : "\n") + ("drop cascades to " + Describe(dependent));
	}
	if (dependents.empty())
		return;
	if (!cascade)
		Raise(Report(ERROR, ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST)
				  .msg("cannot drop %s because other objects depend on it", what.c_str())
				  .detail("%s", detail.c_str())
				  .hint("Use DROP ... CASCADE to drop the dependent objects too."));
	if (dependents.size() == 1)
		Report(NOTICE).msg("%s", notice.c_str()).emit();
	else
		Report(NOTICE)
			.msg("drop cascades to %d other objects", static_cast<int>(dependents.size()))
			.detail("%s", notice.c_str())
			.emit();
	DropWithDependents(dependents, true);
}

bool
uses(const std::vector<int16> &columns, int16 attnum)
{
	return std::find(columns.begin(), columns.end(), attnum) != columns.end();
}

/* Constraints and indexes of the table that cannot be without the column. */
void
drop_uses_of_column(Oid oid, int16 attnum)
{
	const RelationInfoPtr table = FindRelation(oid);
	const std::string &name = ColumnByNumber(*table, attnum).name;

	for (const ConstraintInfo &constraint : table->constraints)
		if (uses(constraint.columns, attnum) ||
			(constraint.foreign_relation == oid && uses(constraint.foreign_columns, attnum)))
			DeleteConstraintRows(*table, constraint);
	for (const TableIndex &index : table->indexes)
	{
		bool mentions = uses(index.columns, attnum);

		for (const std::string &sql : {index.expressions_sql, index.predicate_sql})
			if (!sql.empty())
			{
				const auto parsed = ParseStatements("SELECT " + sql);

				for (const std::string &column : ColumnsMentioned(parsed->front().node))
					mentions = mentions || column == name;
			}
		if (!mentions)
			continue;
		CurrentEngine().execute(("DROP INDEX IF EXISTS " + EngineIndexName(*table, index)).c_str());
		DeleteIndex(*table, index.oid);
	}
}

void
drop_sequences(const RelationInfo &table, int16 attnum, bool cascade)
{
	std::vector<DropObject> sequences;

	for (const Oid oid : SequencesOwnedBy(table, attnum))
		if (const RelationInfoPtr sequence = FindRelation(oid))
		{
			SetSequenceOwner(*sequence, nullptr);
			sequences.push_back({DropObject::Kind::Relation, oid, sequence, ""});
		}
	if (!sequences.empty())
		DropWithDependents(sequences, cascade);
}

void
drop_column(Oid oid, const PgQuery__AlterTableCmd &cmd)
{
	const RelationInfoPtr table = FindRelation(oid);
	const ColumnInfo *const column = table->find_column(cmd.name);

	if (column == nullptr)
	{
		if (!cmd.missing_ok)
			raise_no_column(*table, cmd.name);
		Report(NOTICE)
			.msg("column \"%s\" of relation \"%s\" does not exist, skipping", cmd.name,
				 table->name.c_str())
			.emit();
		return;
	}
	drop_column_dependents(*table, *column, cmd.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE);

	const bool was_rowid = column->is_rowid;

	drop_uses_of_column(oid, column->attnum);
	SetColumnDefault(*table, *column, "");
	drop_sequences(*table, column->attnum, cmd.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE);

	/* The engine keeps the place of the column, under the name that PostgreSQL gives such a one. */
	const std::string dropped = "........pg.dropped." + std::to_string(column->attnum) + "........";
	const Value parameters[] = {Value::Int(oid), Value::Int(column->attnum), Value::Text(dropped)};

	RunEngine(
		"UPDATE " + CatalogTable(HomeOf(*table), "pg_attribute") +
			" SET attname = ?3, atttypid = 0, attnotnull = 0, attisdropped = 1, atthasdef = 0 "
			"WHERE attrelid = ?1 AND attnum = ?2",
		parameters);
	RunEngine("DELETE FROM main.\"postroom.physical\" WHERE relid = ?1 AND attnum = ?2",
			  std::span(parameters).first(2));
	RewriteDefinition(oid, was_rowid ? column->attnum : int16{0});
}

void
change_default(Oid oid, const PgQuery__AlterTableCmd &cmd)
{
	const RelationInfoPtr table = FindRelation(oid);
	const ColumnInfo *const column = table->find_column(cmd.name);

	if (column == nullptr)
		raise_no_column(*table, cmd.name);
	if (column->identity != 0)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("column \"%s\" of relation \"%s\" is an identity column", cmd.name,
					   table->name.c_str()));

	const std::string sql = cmd.def != nullptr ? DeparseNode(cmd.def) : "";

	if (!sql.empty())
		CheckDefault(*column, sql);
	SetColumnDefault(*table, *column, sql);
}

void
drop_not_null(Oid oid, const PgQuery__AlterTableCmd &cmd)
{
	const RelationInfoPtr table = FindRelation(oid);
	const ColumnInfo *const column = table->find_column(cmd.name);

	if (column == nullptr)
		raise_no_column(*table, cmd.name);
	for (const ConstraintInfo &constraint : table->constraints)
		if (constraint.type == 'p' && uses(constraint.columns, column->attnum))
			Raise(Report(ERROR, ERRCODE_INVALID_TABLE_DEFINITION)
					  .msg("column \"%s\" is in a primary key", cmd.name));
	set_attribute(*table, column->attnum, "attnotnull", Value::Bool(false));
	RewriteDefinition(oid);
}

void
set_not_null(Oid oid, const PgQuery__AlterTableCmd &cmd)
{
	const RelationInfoPtr table = FindRelation(oid);
	const ColumnInfo *const column = table->find_column(cmd.name);

	if (column == nullptr)
		raise_no_column(*table, cmd.name);
	SetNotNull(oid, column->attnum);
}

/* The new owner needs what it takes to have made it: membership for who gives it away, CREATE for itself. */
void
change_owner(Oid oid, Oid owner)
{
	const RelationInfoPtr relation = FindRelation(oid);

	if (relation->owner == owner)
		return;
	CheckNewOwner(owner, relation->schema);
	ReplaceOwnerInRights(kPgClassOid, oid, relation->owner, owner);
	set_class(*relation, "relowner", Value::Int(owner));
}

/* A sequence that a column owns has the owner of the table. */
void
change_owner_of_all(Oid oid, Oid owner)
{
	const RelationInfoPtr relation = FindRelation(oid);

	if (relation->kind == 'S')
		if (const std::optional<SequenceOwner> column = OwnerOfSequence(oid))
			Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
					  .msg("cannot change owner of sequence \"%s\"", relation->name.c_str())
					  .detail("Sequence \"%s\" is linked to table \"%s\".", relation->name.c_str(),
							  FindRelation(column->table)->name.c_str()));
	change_owner(oid, owner);
	if (relation->kind == 'r')
		for (const Oid sequence : SequencesOwnedBy(*relation, 0))
			change_owner(sequence, owner);
}

const ColumnInfo &
identity_column(const RelationInfo &table, const char *name)
{
	const ColumnInfo *const column = table.find_column(name);

	if (column == nullptr)
		raise_no_column(table, name);
	return *column;
}

[[noreturn]] void
raise_identity(const char *message, const RelationInfo &table, const ColumnInfo &column)
{
	Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
			  .msg(message, column.name.c_str(), table.name.c_str()));
}

void
add_identity(const Command &command, Oid oid, const PgQuery__AlterTableCmd &cmd)
{
	const PgQuery__Constraint &constraint = *cmd.def->constraint;
	TableDraft draft = DraftOf(oid);
	NamesInUse names(draft.relation.schema);
	ColumnInfo column = identity_column(draft.relation, cmd.name);

	CheckIdentityType(column.type);
	if (!column.not_null)
		raise_identity("column \"%s\" of relation \"%s\" must be declared NOT NULL before identity "
					   "can be added",
					   draft.relation, column);
	if (column.identity != 0)
		raise_identity("column \"%s\" of relation \"%s\" is already an identity column",
					   draft.relation, column);
	if (!column.default_sql.empty())
		raise_identity("column \"%s\" of relation \"%s\" already has a default value",
					   draft.relation, column);
	DraftSequence(command, &draft, &names, &column, constraint.options, constraint.n_options, true);
	CreateDraftedSequences(draft);
	OwnDraftedSequences(draft);
	set_attribute(draft.relation, column.attnum, "attidentity",
				  Value::Text(constraint.generated_when));
}

void
alter_identity(const Command &command, Oid oid, const PgQuery__AlterTableCmd &cmd)
{
	const RelationInfoPtr table = FindRelation(oid);
	const ColumnInfo &column = identity_column(*table, cmd.name);
	const PgQuery__List &list = *cmd.def->list;
	std::vector<Node *> options;

	if (column.identity == 0)
		raise_identity("column \"%s\" of relation \"%s\" is not an identity column", *table,
					   column);
	for (size_t i = 0; i < list.n_items; i++)
	{
		const PgQuery__DefElem &option = *list.items[i]->def_elem;

		if (std::string_view(option.defname) != "generated")
			options.push_back(list.items[i]);
		else
			set_attribute(*table, column.attnum, "attidentity",
						  Value::Text(OptionInteger(option) == 'a' ? "a" : "d"));
	}
	if (!options.empty())
		AlterIdentitySequence(command, column.sequence, options.data(), options.size());
}

void
drop_identity(Oid oid, const PgQuery__AlterTableCmd &cmd)
{
	const RelationInfoPtr table = FindRelation(oid);
	const ColumnInfo &column = identity_column(*table, cmd.name);

	if (column.identity == 0 && !cmd.missing_ok)
		raise_identity("column \"%s\" of relation \"%s\" is not an identity column", *table,
					   column);
	if (column.identity == 0)
	{
		Report(NOTICE)
			.msg("column \"%s\" of relation \"%s\" is not an identity column, skipping", cmd.name,
				 table->name.c_str())
			.emit();
		return;
	}
	set_attribute(*table, column.attnum, "attidentity", Value::Text(""));
	drop_sequences(*table, column.attnum, false);
}

/* A table that a crash spares refers to none that it empties. */
void
check_references(const RelationInfo &table, char persistence)
{
	const auto refuse = [&](const char *to, const char *other_is, const RelationInfo &other)
	{
		Raise(Report(ERROR, ERRCODE_INVALID_TABLE_DEFINITION)
				  .msg("could not change table \"%s\" to %s because it references %s table \"%s\"",
					   table.name.c_str(), to, other_is, other.name.c_str()));
	};

	for (const ConstraintInfo &constraint : table.constraints)
		if (const RelationInfoPtr other = FindRelation(constraint.foreign_relation);
			persistence == 'p' && other != nullptr && other->persistence == 'u' &&
			other->oid != table.oid)
			refuse("logged", "unlogged", *other);
	for (const Reference &reference : FindReferences(table.oid))
		if (persistence == 'u' && reference.relation->persistence == 'p' &&
			reference.relation->oid != table.oid)
			refuse("unlogged", "logged", *reference.relation);
}

/* SET LOGGED and UNLOGGED: the rows lie in the same file in any case. */
void
set_persistence(Oid oid, char persistence)
{
	const RelationInfoPtr table = FindRelation(oid);

	if (table->persistence == 't')
		Raise(Report(ERROR, ERRCODE_INVALID_TABLE_DEFINITION)
				  .msg("cannot change logged status of table \"%s\" because it is temporary",
					   table->name.c_str()));
	if (table->persistence == persistence)
		return;
	check_references(*table, persistence);

	const Value parameters[] = {Value::Int(oid), Value::Text(std::string_view(&persistence, 1))};

	RunEngine("UPDATE " + CatalogTable(Home::Main, "pg_class") +
				  " SET relpersistence = ?2 WHERE oid = ?1 OR oid IN (SELECT indexrelid FROM " +
				  CatalogTable(Home::Main, "pg_index") + " WHERE indrelid = ?1)",
			  parameters);
	CatalogChanged();
}

void
run_command(const Command &command, Oid oid, const PgQuery__AlterTableCmd &cmd)
{
	switch (cmd.subtype)
	{
		case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn: return add_column(command, oid, cmd);
		case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn: return drop_column(oid, cmd);
		case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault: return change_default(oid, cmd);
		case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull: return set_not_null(oid, cmd);
		case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull: return drop_not_null(oid, cmd);
		case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
			return AlterColumnType(command, oid, cmd);
		case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
			return AddConstraintsTo(command, oid, CollectConstraints(command, &cmd.def, 1, ""));
		case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint: return DropConstraint(oid, cmd);
		case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
			return change_owner_of_all(oid, RoleOf(command, *cmd.newowner));
		case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity: return add_identity(command, oid, cmd);
		case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity: return alter_identity(command, oid, cmd);
		case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity: return drop_identity(oid, cmd);
		case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged: return set_persistence(oid, 'p');
		case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged: return set_persistence(oid, 'u');
		default:
			if (!AlterTriggers(*FindRelation(oid), cmd) &&
				!AlterRowSecurity(*FindRelation(oid), cmd))
				RaiseNotSupported("this form of " + std::string(command.raw.tag));
	}
}

bool
only_changes_owner(const PgQuery__AlterTableStmt &stmt)
{
	for (size_t i = 0; i < stmt.n_cmds; i++)
		if (stmt.cmds[i]->alter_table_cmd->subtype != PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner)
			return false;
	return true;
}

} /* namespace */

void
SetNotNull(Oid oid, int16 attnum)
{
	const RelationInfoPtr table = FindRelation(oid);
	const ColumnInfo &column = ColumnByNumber(*table, attnum);

	if (column.not_null)
		return;
	if (QueryEngineNumber("SELECT 1 FROM " + table->physical + " WHERE " +
						  QuoteEngineName(column.physical) + " IS NULL LIMIT 1") == 1)
		Raise(Report(ERROR, ERRCODE_NOT_NULL_VIOLATION)
				  .msg("column \"%s\" of relation \"%s\" contains null values", column.name.c_str(),
					   table->name.c_str())
				  .object(table->schema_name.c_str(), table->name.c_str(), column.name.c_str()));
	set_attribute(*table, attnum, "attnotnull", Value::Bool(true));
	RewriteDefinition(oid);
}

std::string
RunAlterTable(const Command &command)
{
	const PgQuery__AlterTableStmt &stmt = *command.node.alter_table_stmt;
	const ObjectName name = NameOf(*stmt.relation);
	const RelationInfoPtr relation = RelationNamed(name, stmt.missing_ok);

	if (relation == nullptr)
		return command.raw.tag;
	if (relation->oid < kFirstNormalOid)
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied: \"%s\" is a system catalog", name.name.c_str()));
	if (stmt.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE && relation->kind != 'S')
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("\"%s\" is not a sequence", name.name.c_str()));
	CheckRelationOwner(relation->oid);
	if (relation->kind != 'r' && !only_changes_owner(stmt))
		RaiseNotSupported(std::string("this form of ALTER for a") +
						  (relation->kind == 'S' ? " sequence" : " view or an index"));
	for (size_t i = 0; i < stmt.n_cmds; i++)
		run_command(command, relation->oid, *stmt.cmds[i]->alter_table_cmd);
	CatalogChanged();
	return command.raw.tag;
}

} /* namespace pg::commands */
