/*
 * commands/create_table.cpp
 *		CREATE TABLE: where it goes, its columns, and its creation.
 *
 * Backends and workers inside a writing transaction.  Constraints are table_constraints.cpp's.
 */
#include <algorithm>
#include <array>
#include <limits>

#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_type_d.h"
#include "catalog/rights.h"
#include "catalog/user_types.h"
#include "catalog/write.h"
#include "commands/commands.h"
#include "commands/expression_type.h"
#include "commands/on_commit.h"
#include "commands/schema_edit.h"
#include "commands/sequence_commands.h"
#include "commands/table_draft.h"
#include "miscadmin.h"
#include "parser/plan.h"
#include "utils/adt/registry.h"

namespace pg::commands
{
namespace
{

constexpr size_t kMaxColumns = 1600;
constexpr std::array kSystemColumns = {"tableoid", "cmax", "xmax", "cmin", "xmin", "ctid"};
struct SerialType
{
	std::string_view name;
	Oid type;
};
constexpr SerialType kSerialTypes[] = {{"serial", INT4OID},		 {"serial4", INT4OID},
									   {"bigserial", INT8OID},	 {"serial8", INT8OID},
									   {"smallserial", INT2OID}, {"serial2", INT2OID}};
constexpr std::array kStorageParameters = {"fillfactor", "parallel_workers", "user_catalog_table",
										   "vacuum_index_cleanup", "vacuum_truncate"};

/* Bits of LIKE ... INCLUDING. */
constexpr uint32 kLikeConstraints = 1 << 2;
constexpr uint32 kLikeDefaults = 1 << 3;
constexpr uint32 kLikeIdentity = 1 << 5;
constexpr uint32 kLikeIndexes = 1 << 6;

template <size_t N>
bool
is_one_of(std::string_view name, const std::array<const char *, N> &names)
{
	return std::find(names.begin(), names.end(), name) != names.end();
}

void
refuse_unsupported_table(const PgQuery__CreateStmt &stmt)
{
	if (stmt.partspec != nullptr || stmt.partbound != nullptr)
		RaiseNotSupported("partitioning");
	if (stmt.n_inh_relations > 0)
		RaiseNotSupported("inheritance");
	if (stmt.of_typename != nullptr)
		RaiseNotSupported("CREATE TABLE OF");
	if (stmt.tablespacename[0] != '\0' && std::string_view(stmt.tablespacename) != "pg_default")
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
				  .msg("tablespace \"%s\" does not exist", stmt.tablespacename));
	if (stmt.access_method[0] != '\0' && std::string_view(stmt.access_method) != "heap")
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
				  .msg("access method \"%s\" does not exist", stmt.access_method));
}

/* "{fillfactor=90}" */
std::string
storage_options(Node *const *nodes, size_t count)
{
	std::string text;

	for (size_t i = 0; i < count; i++)
	{
		const PgQuery__DefElem &option = *nodes[i]->def_elem;
		const std::string name = option.defname;
		const bool known = is_one_of(name, kStorageParameters) || name.starts_with("autovacuum_") ||
						   std::string_view(option.defnamespace) == "toast";

		if (!known)
			Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
					  .msg("unrecognized parameter \"%s\"", name.c_str()));
		text += (text.empty() ? "" : ",") + name + "=" +
				(option.arg != nullptr ? OptionString(option) : "true");
	}
	return text.empty() ? text : "{" + text + "}";
}

/* The integer type of a serial column; InvalidOid: it is none. */
Oid
serial_type(const Command &command, const PgQuery__TypeName &type)
{
	for (const SerialType &serial : kSerialTypes)
		if (type.n_names == 1 && StringOf(type.names[0]) == serial.name)
		{
			if (type.n_array_bounds > 0)
				Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
						  .msg("array of serial is not implemented")
						  .at(command.at(type.location)));
			return serial.type;
		}
	return InvalidOid;
}

void
check_collation(const Command &command, const PgQuery__CollateClause &clause)
{
	static constexpr std::array kByteOrder = {"C", "POSIX", "default", "ucs_basic", "C.UTF-8"};
	const std::vector<std::string> names = NamesOf(clause.collname, clause.n_collname);

	if (!is_one_of(names.back(), kByteOrder))
		Raise(
			Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
				.msg("collation \"%s\" for encoding \"UTF8\" does not exist", Dotted(names).c_str())
				.at(command.at(clause.location)));
}

/* The type, with the position of its name in what is raised. */
TypeRef
resolve_type(const Command &command, const PgQuery__TypeName &name)
{
	try
	{
		return ResolveTypeName(&name);
	}
	catch (PgError &error)
	{
		error.report.position = command.at(name.location);
		throw;
	}
}

void
set_default(const Command &command, TableDraft *draft, ColumnInfo *column, const Node *expression,
			int location)
{
	if (!column->default_sql.empty())
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("multiple default values specified for column \"%s\" of table \"%s\"",
					   column->name.c_str(), draft->relation.name.c_str())
				  .at(command.at(location)));
	WalkTree(expression,
			 [&](const Node &node)
			 {
				 if (node.node_case == PG_QUERY__NODE__NODE_COLUMN_REF)
					 Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
							   .msg("cannot use column reference in DEFAULT expression")
							   .at(command.at(node.column_ref->location)));
				 return true;
			 });
	column->default_sql = DeparseNode(expression);
	CheckDefault(*column, column->default_sql);
}

void
set_identity(const Command &command, TableDraft *draft, NamesInUse *names, ColumnInfo *column,
			 const PgQuery__Constraint &constraint)
{
	const int at = command.at(constraint.location);

	if (column->identity != 0)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("multiple identity specifications for column \"%s\" of table \"%s\"",
					   column->name.c_str(), draft->relation.name.c_str())
				  .at(at));
	if (!column->default_sql.empty())
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("both default and identity specified for column \"%s\" of table \"%s\"",
					   column->name.c_str(), draft->relation.name.c_str())
				  .at(at));
	CheckIdentityType(column->type);
	column->identity = constraint.generated_when[0];
	DraftSequence(command, draft, names, column, constraint.options, constraint.n_options, true);
}

/* Number in the new table of a column of the old. */
int16
same_column(const RelationInfo &source, const TableDraft &draft, int16 attnum)
{
	return attnum == 0 ? int16{0}
					   : draft.relation.find_column(ColumnByNumber(source, attnum).name)->attnum;
}

/* The indexes of another table under names of their own; keys come with their constraints. */
void
copy_indexes(const RelationInfo &source, TableDraft *draft, NamesInUse *names)
{
	RelationInfo &relation = draft->relation;

	for (const TableIndex &index : source.indexes)
	{
		IndexDraft copy = LoadIndex(source, index);
		const ConstraintInfo *constraint = nullptr;
		std::vector<std::string> parts;

		for (const ConstraintInfo &candidate : source.constraints)
			if (candidate.index == index.oid && candidate.type != 'f')
				constraint = &candidate;
		for (size_t i = 0; i < copy.keys.size(); i++)
		{
			copy.keys[i].attnum = same_column(source, *draft, copy.keys[i].attnum);
			copy.info.columns[i] = copy.keys[i].attnum;
			parts.push_back(copy.keys[i].name);
		}
		copy.info.oid = NewOid();
		copy.info.name =
			names->choose_relation(relation.name, index.primary ? "" : JoinColumnNames(parts),
								   index.primary		   ? "pkey"
								   : constraint != nullptr ? "key"
														   : "idx",
								   constraint != nullptr);
		copy.info.physical = relation.schema_name + "." + copy.info.name;
		names->add_relation(copy.info.name);
		if (constraint != nullptr)
		{
			ConstraintInfo key = *constraint;

			key.oid = 0;
			key.name = copy.info.name;
			key.index = copy.info.oid;
			key.columns = copy.info.columns;
			names->add_constraint(key.name);
			relation.constraints.push_back(std::move(key));
			draft->timing.emplace_back();
		}
		draft->indexes.push_back(std::move(copy));
	}
}

void
copy_columns(const Command &command, TableDraft *draft, NamesInUse *names,
			 const PgQuery__TableLikeClause &like)
{
	const ObjectName name = NameOf(*like.relation);
	const RelationInfoPtr source = FindRelation(name.schema, name.name);

	if (source == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_TABLE)
				  .msg("relation \"%s\" does not exist", name.display().c_str())
				  .at(command.at(like.relation->location)));
	for (const ColumnInfo &column : source->columns)
	{
		if (column.dropped)
			continue;

		ColumnInfo &copy = AddColumn(draft, column.name, column.type, column.typmod);

		copy.not_null = column.not_null;
		if ((like.options & kLikeDefaults) != 0)
			copy.default_sql = column.default_sql;
		if ((like.options & kLikeIdentity) != 0 && column.identity != 0)
		{
			copy.identity = column.identity;
			DraftSequenceLike(*FindSequence(column.sequence), draft, names, &copy, true);
		}
	}
	if ((like.options & kLikeIndexes) != 0)
		copy_indexes(*source, draft, names);
	if ((like.options & kLikeConstraints) == 0)
		return;
	for (const ConstraintInfo &constraint : source->constraints)
	{
		if (constraint.type != 'c')
			continue;

		ConstraintInfo copy{};

		copy.type = 'c';
		copy.name = constraint.name;
		copy.check_sql = constraint.check_sql;
		for (const int16 attnum : constraint.columns)
			copy.columns.push_back(
				draft->relation.find_column(ColumnByNumber(*source, attnum).name)->attnum);
		names->add_constraint(copy.name);
		draft->relation.constraints.push_back(std::move(copy));
		draft->timing.emplace_back();
	}
}

} /* namespace */

Target
ResolveTarget(const Command &command, const PgQuery__RangeVar &range)
{
	ObjectName name = NameOf(range);
	const bool temporary = range.relpersistence != nullptr && range.relpersistence[0] == 't';
	const bool in_temp_schema = name.schema == kTempSchemaName;

	const bool unlogged = range.relpersistence != nullptr && range.relpersistence[0] == 'u';

	if (name.schema.empty())
		name.schema = command.schema;
	if (temporary && !name.schema.empty() && !in_temp_schema)
		Raise(Report(ERROR, ERRCODE_INVALID_TABLE_DEFINITION)
				  .msg("cannot create temporary relation in non-temporary schema")
				  .at(command.at(range.location)));
	if (temporary || in_temp_schema)
	{
		CheckMayMakeTemporary();
		EnsureTemporarySchema();
		return {kTempSchemaOid, kTempSchemaName, name.name, true};
	}

	Oid schema;

	if (name.schema.empty())
		schema = CreationSchema();
	else if (const std::optional<Oid> found = FindSchema(name.schema))
		schema = *found;
	else
		Raise(Report(ERROR, ERRCODE_UNDEFINED_SCHEMA)
				  .msg("schema \"%s\" does not exist", name.schema.c_str())
				  .at(command.at(range.location)));

	const std::string schema_name = SchemaName(schema).value_or("");

	if (schema == kPgCatalogOid || schema == kInformationSchemaOid)
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied to create \"%s.%s\"", schema_name.c_str(),
					   name.name.c_str())
				  .detail("System catalog modifications are currently disallowed."));
	if (schema == kTempSchemaOid)
		EnsureTemporarySchema();
	if (!HasAll(kPgNamespaceOid, schema, GetUserId(), ACL_CREATE))
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied for schema %s", schema_name.c_str())
				  .at(command.at(range.location)));
	return {schema, schema_name, name.name, schema == kTempSchemaOid,
			unlogged && schema != kTempSchemaOid};
}

bool
CheckNameFree(const Target &target, bool skip_if_taken)
{
	if (!NamesInUse(target.schema).relation_taken(target.name))
	{
		const std::string physical = target.schema_name + "." + target.name;
		const Value name = Value::Text(physical);
		const bool collides =
			QueryEngineNumber(std::string("SELECT 1 FROM ") + (target.temporary ? "temp" : "main") +
								  ".sqlite_schema WHERE name = ?1 COLLATE NOCASE",
							  {&name, 1}) == 1;

		if (collides)
			RaiseNotSupported(
				"a name that differs from the existing one in upper and lower case only");
		return true;
	}
	if (!skip_if_taken)
		Raise(Report(ERROR, ERRCODE_DUPLICATE_TABLE)
				  .msg("relation \"%s\" already exists", target.name.c_str()));
	Report(NOTICE, ERRCODE_DUPLICATE_TABLE)
		.msg("relation \"%s\" already exists, skipping", target.name.c_str())
		.emit();
	return false;
}

void
StartRelation(RelationInfo *relation, const Target &target, char kind)
{
	if (std::string_view("rvc").find(kind) != std::string_view::npos &&
		FindUserType(target.schema_name, target.name) != nullptr)
		Raise(Report(ERROR, ERRCODE_DUPLICATE_OBJECT)
				  .msg("type \"%s\" already exists", target.name.c_str())
				  .hint("A relation has an associated type of the same name, so you must use a "
						"name that doesn't conflict with any existing type."));
	relation->oid = NewOid();
	relation->schema = target.schema;
	relation->schema_name = target.schema_name;
	relation->name = target.name;
	relation->kind = kind;
	relation->persistence = target.temporary ? 't' : target.unlogged ? 'u' : 'p';
	relation->physical = std::string(target.temporary ? "temp." : "main.") +
						 QuoteEngineName(target.schema_name + "." + target.name);
}

std::string
PhysicalColumnName(const RelationInfo &relation, const std::string &name)
{
	const auto taken = [&](const std::string &candidate)
	{
		return std::any_of(relation.columns.begin(), relation.columns.end(),
						   [&](const ColumnInfo &other) {
							   return !other.dropped &&
									  LowerAsciiText(other.physical) == LowerAsciiText(candidate);
						   });
	};
	std::string physical = name;

	for (int i = 2; taken(physical); i++)
		physical = name + "_" + std::to_string(i);
	return physical;
}

ColumnInfo &
AddColumn(TableDraft *draft, const std::string &name, Oid type, int32 typmod)
{
	RelationInfo &relation = draft->relation;

	if (relation.columns.size() >= kMaxColumns)
		Raise(Report(ERROR, ERRCODE_TOO_MANY_COLUMNS)
				  .msg("tables can have at most %d columns", static_cast<int>(kMaxColumns)));
	if (is_one_of(name, kSystemColumns))
		Raise(Report(ERROR, ERRCODE_DUPLICATE_COLUMN)
				  .msg("column name \"%s\" conflicts with a system column name", name.c_str()));
	if (relation.find_column(name) != nullptr)
		Raise(Report(ERROR, ERRCODE_DUPLICATE_COLUMN)
				  .msg("column \"%s\" specified more than once", name.c_str()));

	const TypeDef *const definition = FindType(type);

	if (definition == nullptr || definition->kind == 'p')
		Raise(Report(ERROR, ERRCODE_INVALID_TABLE_DEFINITION)
				  .msg("column \"%s\" has pseudo-type %s", name.c_str(), FormatType(type).c_str()));
	CheckTypeUsage(type);

	ColumnInfo column{};

	column.name = name;
	column.physical = PhysicalColumnName(relation, name);
	column.type = type;
	column.typmod = typmod;
	column.attnum = static_cast<int16>(relation.columns.size() + 1);
	return relation.columns.emplace_back(std::move(column));
}

void
AddColumnDefinition(const Command &command, TableDraft *draft, NamesInUse *names,
					const PgQuery__ColumnDef &definition)
{
	if (definition.coll_clause != nullptr)
		check_collation(command, *definition.coll_clause);

	const Oid serial = serial_type(command, *definition.type_name);
	const TypeRef type =
		serial != InvalidOid ? TypeRef{serial, -1} : resolve_type(command, *definition.type_name);
	ColumnInfo &column = AddColumn(draft, definition.colname, type.type, type.typmod);
	bool says_null = false;

	if (serial != InvalidOid)
		DraftSequence(command, draft, names, &column, nullptr, 0, false);

	for (size_t i = 0; i < definition.n_constraints; i++)
	{
		const PgQuery__Constraint &constraint = *definition.constraints[i]->constraint;

		switch (constraint.contype)
		{
			case PG_QUERY__CONSTR_TYPE__CONSTR_NULL: says_null = true; break;
			case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL: column.not_null = true; break;
			case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
				set_default(command, draft, &column, constraint.raw_expr,
							serial != InvalidOid ? -1 : constraint.location);
				break;
			case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
				set_identity(command, draft, names, &column, constraint);
				break;
			case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
				RaiseNotSupported("a generated column", command.at(constraint.location));
			default: break;
		}
		if (says_null && column.not_null)
			Raise(
				Report(ERROR, ERRCODE_SYNTAX_ERROR)
					.msg("conflicting NULL/NOT NULL declarations for column \"%s\" of table \"%s\"",
						 column.name.c_str(), draft->relation.name.c_str())
					.at(command.at(serial != InvalidOid ? -1 : constraint.location)));
	}
}

void
CreateFromDraft(TableDraft *draft)
{
	RelationInfo &relation = draft->relation;

	for (IndexDraft &index : draft->indexes)
		if (index.is_rowid)
			for (ColumnInfo &column : relation.columns)
				column.is_rowid = column.is_rowid || column.attnum == index.keys[0].attnum;
	for (ConstraintInfo &constraint : relation.constraints)
		if (constraint.oid == 0)
			constraint.oid = NewOid();
	CreateDraftedSequences(*draft);
	CurrentEngine().execute(EngineTableSql(relation, draft->timing).c_str());
	InsertRelation(relation);
	if (!draft->options.empty())
		SetCatalogColumn(HomeOf(relation), "pg_class", relation.oid, "reloptions",
						 Value::Text(draft->options));
	for (const IndexDraft &index : draft->indexes)
	{
		if (!index.is_rowid)
			CurrentEngine().execute(EngineIndexSql(relation, index).c_str());
		InsertIndex(relation, index);
	}
	for (size_t i = 0; i < relation.constraints.size(); i++)
		InsertConstraint(relation, relation.constraints[i], draft->timing[i].deferrable,
						 draft->timing[i].deferred);
	OwnDraftedSequences(*draft);
	CatalogChanged();
	InvokeObjectPostCreateHook(kPgClassOid, relation.oid, 0);
}

std::string
RunCreateTable(const Command &command)
{
	const PgQuery__CreateStmt &stmt = *command.node.create_stmt;

	refuse_unsupported_table(stmt);

	const Target target = ResolveTarget(command, *stmt.relation);

	if (!CheckNameFree(target, stmt.if_not_exists))
		return "CREATE TABLE";
	CheckOnCommit(stmt.oncommit, target.temporary);

	TableDraft draft;
	NamesInUse names(target.schema);
	std::vector<PendingConstraint> constraints;
	const auto collect = [&](Node *const *nodes, size_t count, const std::string &column)
	{
		for (PendingConstraint &pending : CollectConstraints(command, nodes, count, column))
			constraints.push_back(std::move(pending));
	};

	StartRelation(&draft.relation, target, 'r');
	names.add_relation(target.name);
	draft.options = storage_options(stmt.options, stmt.n_options);
	for (size_t i = 0; i < stmt.n_table_elts; i++)
	{
		const Node &element = *stmt.table_elts[i];

		if (element.node_case == PG_QUERY__NODE__NODE_COLUMN_DEF)
		{
			const PgQuery__ColumnDef &column = *element.column_def;

			AddColumnDefinition(command, &draft, &names, column);
			collect(column.constraints, column.n_constraints, column.colname);
		}
		else if (element.node_case == PG_QUERY__NODE__NODE_TABLE_LIKE_CLAUSE)
			copy_columns(command, &draft, &names, *element.table_like_clause);
	}
	/* Table constraints may stand before the columns they name. */
	for (size_t i = 0; i < stmt.n_table_elts; i++)
		if (stmt.table_elts[i]->node_case == PG_QUERY__NODE__NODE_CONSTRAINT)
			collect(&stmt.table_elts[i], 1, "");
	collect(stmt.constraints, stmt.n_constraints, "");
	AddConstraints(command, &draft, &names, constraints);
	CreateFromDraft(&draft);
	RegisterOnCommit(draft.relation.oid, stmt.oncommit);
	return "CREATE TABLE";
}

} /* namespace pg::commands */
