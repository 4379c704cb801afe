/*
 * commands/table_constraints.cpp
 *		PRIMARY KEY, UNIQUE, CHECK and FOREIGN KEY of a table being created or changed.
 *
 * Backends and workers inside a writing transaction.
 */
#include <algorithm>

#include "catalog/catalog_names.h"
#include "catalog/pg_type_d.h"
#include "commands/expression_type.h"
#include "commands/named_object.h"
#include "commands/table_draft.h"
#include "parser/plan.h"
#include "utils/adt/registry.h"

namespace pg::commands
{
namespace
{

using ConstraintType = PgQuery__ConstrType;

bool
is_key(ConstraintType type)
{
	return type == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY ||
		   type == PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE;
}

std::vector<std::string>
key_columns(const PendingConstraint &pending)
{
	if (!pending.column.empty())
		return {pending.column};
	if (!pending.index_columns.empty())
		return pending.index_columns;
	return NamesOf(pending.node->keys, pending.node->n_keys);
}

std::vector<std::string>
names_of(const RelationInfo &relation, const std::vector<int16> &columns)
{
	std::vector<std::string> names;

	for (const int16 attnum : columns)
		names.push_back(ColumnByNumber(relation, attnum).name);
	return names;
}

void
add_constraint(TableDraft *draft, ConstraintInfo constraint, ConstraintTiming timing)
{
	draft->relation.constraints.push_back(std::move(constraint));
	draft->timing.push_back(timing);
}

void
check_key_options(const Command &command, const PgQuery__Constraint &node)
{
	const int at = command.at(node.location);

	if (node.n_including > 0)
		RaiseNotSupported("INCLUDE", at);
	if (node.nulls_not_distinct)
		RaiseNotSupported("NULLS NOT DISTINCT", at);
	if (node.deferrable)
		RaiseNotSupported("a deferrable unique constraint", at);
}

/* Raises 42703 and 42701; sets NOT NULL for a primary key. */
std::vector<int16>
resolve_key(const Command &command, TableDraft *draft, const PendingConstraint &pending)
{
	const bool primary = pending.node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
	std::vector<int16> attnums;

	for (const std::string &name : key_columns(pending))
	{
		ColumnInfo *found = nullptr;

		for (ColumnInfo &column : draft->relation.columns)
			if (!column.dropped && column.name == name)
				found = &column;
		if (found == nullptr)
			Raise(Report(ERROR, ERRCODE_UNDEFINED_COLUMN)
					  .msg("column \"%s\" named in key does not exist", name.c_str())
					  .at(command.at(pending.node->location)));
		if (std::find(attnums.begin(), attnums.end(), found->attnum) != attnums.end())
			Raise(Report(ERROR, ERRCODE_DUPLICATE_COLUMN)
					  .msg(primary ? "column \"%s\" appears twice in primary key constraint"
								   : "column \"%s\" appears twice in unique constraint",
						   name.c_str())
					  .at(command.at(pending.node->location)));
		found->not_null = found->not_null || primary;
		attnums.push_back(found->attnum);
	}
	if (attnums.size() > INDEX_MAX_KEYS)
		Raise(Report(ERROR, ERRCODE_TOO_MANY_COLUMNS)
				  .msg("cannot use more than %d columns in an index", INDEX_MAX_KEYS));
	return attnums;
}

bool
has_primary_key(const RelationInfo &relation)
{
	return std::any_of(relation.constraints.begin(), relation.constraints.end(),
					   [](const ConstraintInfo &constraint) { return constraint.type == 'p'; });
}

/* The same key twice is one index; the primary key or the named one stays. */
bool
is_redundant(const TableDraft &draft, const std::vector<int16> &columns)
{
	return std::any_of(draft.indexes.begin(), draft.indexes.end(),
					   [&](const IndexDraft &index) { return index.info.columns == columns; });
}

/* An integer key in a new table becomes the engine's rowid. */
bool
can_be_rowid(const TableDraft &draft, const std::vector<int16> &columns)
{
	if (columns.size() != 1 || !draft.is_new)
		return false;

	const Oid type = ColumnByNumber(draft.relation, columns[0]).type;

	return type == INT2OID || type == INT4OID || type == INT8OID;
}

void
add_key(const Command &command, TableDraft *draft, NamesInUse *names,
		const PendingConstraint &pending)
{
	const PgQuery__Constraint &node = *pending.node;
	const bool primary = node.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
	RelationInfo &relation = draft->relation;

	check_key_options(command, node);
	if (primary && has_primary_key(relation))
		Raise(Report(ERROR, ERRCODE_INVALID_TABLE_DEFINITION)
				  .msg("multiple primary keys for table \"%s\" are not allowed",
					   relation.name.c_str())
				  .at(command.at(node.location)));

	ConstraintInfo constraint{};
	IndexDraft index;

	constraint.columns = resolve_key(command, draft, pending);
	if (is_redundant(*draft, constraint.columns) && node.conname[0] == '\0' && !primary)
		return;
	constraint.type = primary ? 'p' : 'u';
	constraint.name =
		node.conname[0] != '\0'		? node.conname
		: node.indexname[0] != '\0' ? pending.index_name
		: primary					? names->choose_relation(relation.name, "", "pkey", true)
									: names->choose_relation(relation.name,
															 JoinColumnNames(names_of(relation, constraint.columns)),
															 "key", true);
	if (node.conname[0] != '\0' && names->relation_taken(constraint.name))
		Raise(Report(ERROR, ERRCODE_DUPLICATE_TABLE)
				  .msg("relation \"%s\" already exists", constraint.name.c_str()));
	names->add_relation(constraint.name);
	names->add_constraint(constraint.name);

	index.info.oid = constraint.index = NewOid();
	index.info.name = constraint.name;
	index.info.physical = relation.schema_name + "." + constraint.name;
	index.info.unique = true;
	index.info.primary = primary;
	index.info.columns = constraint.columns;
	index.is_rowid = primary && can_be_rowid(*draft, constraint.columns);
	for (const int16 attnum : constraint.columns)
	{
		const ColumnInfo &column = ColumnByNumber(relation, attnum);

		IndexKey key;

		key.attnum = attnum;
		key.name = column.name;
		key.type = column.type;
		key.typmod = column.typmod;
		index.keys.push_back(std::move(key));
	}
	draft->indexes.push_back(std::move(index));
	add_constraint(draft, std::move(constraint), pending.timing);
}

void
add_check(const Command &command, TableDraft *draft, NamesInUse *names,
		  const PendingConstraint &pending)
{
	const PgQuery__Constraint &node = *pending.node;
	RelationInfo &relation = draft->relation;
	ConstraintInfo constraint{};

	if (node.is_no_inherit)
		RaiseNotSupported("NO INHERIT", command.at(node.location));
	constraint.type = 'c';
	constraint.check_sql = DeparseNode(node.raw_expr);
	LowerStored(constraint.check_sql, &relation, BOOLOID, -1);
	for (const std::string &name : ColumnsMentioned(node.raw_expr))
		if (const ColumnInfo *column = relation.find_column(name))
			constraint.columns.push_back(column->attnum);
	if (node.conname[0] != '\0')
	{
		constraint.name = node.conname;
		for (const ConstraintInfo &other : relation.constraints)
			if (other.name == constraint.name)
				Raise(Report(ERROR, ERRCODE_DUPLICATE_OBJECT)
						  .msg(other.type == 'c' ? "check constraint \"%s\" already exists"
												 : "constraint \"%s\" for relation already exists",
							   constraint.name.c_str()));
	}
	else
		constraint.name = names->choose_constraint(
			relation.name,
			constraint.columns.size() == 1 ? ColumnByNumber(relation, constraint.columns[0]).name
										   : "",
			"check");
	names->add_constraint(constraint.name);
	add_constraint(draft, std::move(constraint), pending.timing);
}

/* The referenced table, which may be the one being created. */
const RelationInfo &
referenced_table(const Command &command, const RelationInfo &relation,
				 const PgQuery__RangeVar &range, RelationInfoPtr *keep)
{
	const ObjectName name = NameOf(range);
	const bool same_name = name.name == relation.name;

	*keep = FindRelation(name.schema, name.name);
	if (same_name && (name.schema == relation.schema_name ||
					  (name.schema.empty() && (*keep == nullptr || (*keep)->oid == relation.oid))))
		return relation;
	if (*keep == nullptr && !command.schema.empty() && name.schema.empty())
		*keep = FindRelation(command.schema, name.name);
	if (*keep == nullptr)
		RaiseNoRelation(name);
	if ((*keep)->kind != 'r')
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("referenced relation \"%s\" is not a table", name.name.c_str()));
	if ((*keep)->is_system)
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied: \"%s\" is a system catalog", name.name.c_str()));
	if (relation.persistence == 'u' && (*keep)->persistence == 't')
		Raise(Report(ERROR, ERRCODE_INVALID_TABLE_DEFINITION)
				  .msg("constraints on unlogged tables may reference only permanent or unlogged "
					   "tables"));
	if (relation.persistence == 'p' && (*keep)->persistence != 'p')
		Raise(Report(ERROR, ERRCODE_INVALID_TABLE_DEFINITION)
				  .msg("constraints on permanent tables may reference only permanent tables"));
	if (relation.persistence == 't' && (*keep)->persistence != 't')
		Raise(Report(ERROR, ERRCODE_INVALID_TABLE_DEFINITION)
				  .msg("constraints on temporary tables may reference only temporary tables"));
	return **keep;
}

std::vector<int16>
foreign_key_columns(const RelationInfo &relation, const std::vector<std::string> &names)
{
	std::vector<int16> attnums;

	for (const std::string &name : names)
	{
		const ColumnInfo *const column = relation.find_column(name);

		if (column == nullptr)
			Raise(Report(ERROR, ERRCODE_UNDEFINED_COLUMN)
					  .msg("column \"%s\" referenced in foreign key constraint does not exist",
						   name.c_str()));
		attnums.push_back(column->attnum);
	}
	return attnums;
}

struct KeyMatch
{
	std::vector<int16> columns;
	Oid index = 0;
};

/* Unique keys of a table: those it has and those it is about to get. */
std::vector<TableIndex>
unique_keys(const RelationInfo &relation, const TableDraft &draft)
{
	std::vector<TableIndex> keys;

	for (const TableIndex &index : relation.indexes)
		if (index.unique && index.predicate_sql.empty())
			keys.push_back(index);
	if (relation.oid == draft.relation.oid)
		for (const IndexDraft &index : draft.indexes)
			keys.push_back(index.info);
	return keys;
}

KeyMatch
referenced_key(const RelationInfo &other, const TableDraft &draft, const PgQuery__Constraint &node)
{
	const std::vector<TableIndex> keys = unique_keys(other, draft);

	if (node.n_pk_attrs == 0)
	{
		for (const TableIndex &key : keys)
			if (key.primary)
				return {key.columns, key.oid};
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
				  .msg("there is no primary key for referenced table \"%s\"", other.name.c_str()));
	}

	const std::vector<int16> wanted =
		foreign_key_columns(other, NamesOf(node.pk_attrs, node.n_pk_attrs));
	std::vector<int16> sorted = wanted;

	std::sort(sorted.begin(), sorted.end());
	for (const TableIndex &key : keys)
	{
		std::vector<int16> columns = key.columns;

		std::sort(columns.begin(), columns.end());
		if (columns == sorted)
			return {wanted, key.oid};
	}
	Raise(Report(ERROR, ERRCODE_INVALID_FOREIGN_KEY)
			  .msg("there is no unique constraint matching given keys for referenced table \"%s\"",
				   other.name.c_str()));
}

/* The engine compares stored values, so both sides must be stored alike. */
void
check_types(const RelationInfo &relation, const RelationInfo &other,
			const ConstraintInfo &constraint)
{
	for (size_t i = 0; i < constraint.columns.size(); i++)
	{
		const ColumnInfo &mine = ColumnByNumber(relation, constraint.columns[i]);
		const ColumnInfo &theirs = ColumnByNumber(other, constraint.foreign_columns[i]);
		const TypeDef &my_type = *FindType(mine.type), &their_type = *FindType(theirs.type);
		const bool comparable = my_type.category == their_type.category;
		const bool same_form =
			my_type.storage == their_type.storage &&
			std::string_view(my_type.collation != nullptr ? my_type.collation : "") ==
				(their_type.collation != nullptr ? their_type.collation : "");

		if (comparable && !same_form)
			RaiseNotSupported("a foreign key between columns of type " + FormatType(mine.type) +
							  " and " + FormatType(theirs.type));
		if (!comparable)
			Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
					  .msg("foreign key constraint \"%s\" cannot be implemented",
						   constraint.name.c_str())
					  .detail("Key columns \"%s\" and \"%s\" are of incompatible types: %s and %s.",
							  mine.name.c_str(), theirs.name.c_str(), FormatType(mine.type).c_str(),
							  FormatType(theirs.type).c_str()));
	}
}

char
action_of(const char *code)
{
	return code != nullptr && code[0] != '\0' ? code[0] : 'a';
}

void
check_foreign_key_options(const Command &command, const PgQuery__Constraint &node)
{
	const int at = command.at(node.location);

	if (action_of(node.fk_matchtype) == 'p')
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("MATCH PARTIAL not yet implemented")
				  .at(at));
	if (action_of(node.fk_matchtype) == 'f' && node.n_fk_attrs > 1)
		RaiseNotSupported("MATCH FULL", at);
	if (action_of(node.fk_upd_action) == 'd' || action_of(node.fk_del_action) == 'd')
		RaiseNotSupported("SET DEFAULT as a foreign key's action", at);
	if (node.n_fk_del_set_cols > 0)
		RaiseNotSupported("a column list for a foreign key's action", at);
}

void
add_foreign_key(const Command &command, TableDraft *draft, NamesInUse *names,
				const PendingConstraint &pending)
{
	const PgQuery__Constraint &node = *pending.node;
	RelationInfo &relation = draft->relation;
	RelationInfoPtr keep;

	check_foreign_key_options(command, node);

	const RelationInfo &other = referenced_table(command, relation, *node.pktable, &keep);
	ConstraintInfo constraint{};

	constraint.type = 'f';
	constraint.columns = foreign_key_columns(
		relation, !pending.column.empty() ? std::vector<std::string>{pending.column}
										  : NamesOf(node.fk_attrs, node.n_fk_attrs));

	const KeyMatch key = referenced_key(other, *draft, node);

	if (key.columns.size() != constraint.columns.size())
		Raise(Report(ERROR, ERRCODE_INVALID_FOREIGN_KEY)
				  .msg("number of referencing and referenced columns for foreign key disagree"));
	constraint.foreign_relation = other.oid;
	constraint.foreign_columns = key.columns;
	constraint.index = key.index;
	constraint.update_action = action_of(node.fk_upd_action);
	constraint.delete_action = action_of(node.fk_del_action);
	constraint.name =
		node.conname[0] != '\0'
			? node.conname
			: names->choose_constraint(
				  relation.name, JoinColumnNames(names_of(relation, constraint.columns)), "fkey");
	for (const ConstraintInfo &present : relation.constraints)
		if (present.name == constraint.name)
			Raise(Report(ERROR, ERRCODE_DUPLICATE_OBJECT)
					  .msg("constraint \"%s\" for relation \"%s\" already exists",
						   constraint.name.c_str(), relation.name.c_str()));
	names->add_constraint(constraint.name);
	check_types(relation, other, constraint);
	add_constraint(draft, std::move(constraint), pending.timing);
}

} /* namespace */

std::vector<PendingConstraint>
CollectConstraints(const Command &command, Node *const *nodes, size_t count,
				   const std::string &column)
{
	std::vector<PendingConstraint> collected;

	for (size_t i = 0; i < count; i++)
	{
		const PgQuery__Constraint &node = *nodes[i]->constraint;
		PendingConstraint *const last = collected.empty() ? nullptr : &collected.back();

		switch (node.contype)
		{
			case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
			case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
			case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
			case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
				collected.push_back({&node,
									 column,
									 {.deferrable = node.deferrable || node.initdeferred,
									  .deferred = node.initdeferred != 0},
									 {},
									 {}});
				break;
			case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
				RaiseNotSupported("an exclusion constraint", command.at(node.location));
			case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE:
			case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED:
			{
				const bool deferred = node.contype == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED;

				if (last == nullptr)
					Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
							  .msg(deferred ? "misplaced INITIALLY DEFERRED clause"
											: "misplaced DEFERRABLE clause")
							  .at(command.at(node.location)));
				if (last->node->contype != PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN)
					RaiseNotSupported("a deferrable constraint of this kind",
									  command.at(node.location));
				last->timing.deferrable = true;
				last->timing.deferred = last->timing.deferred || deferred;
				break;
			}
			default: break;
		}
	}
	return collected;
}

void
AddConstraints(const Command &command, TableDraft *draft, NamesInUse *names,
			   const std::vector<PendingConstraint> &pending)
{
	for (const PendingConstraint &item : pending)
		if (item.node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_CHECK)
			add_check(command, draft, names, item);
	/* The primary key first, so that a unique constraint on the same columns is seen as redundant. */
	for (const PendingConstraint &item : pending)
		if (item.node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY)
			add_key(command, draft, names, item);
	for (const PendingConstraint &item : pending)
		if (is_key(item.node->contype) &&
			item.node->contype != PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY)
			add_key(command, draft, names, item);
	for (const PendingConstraint &item : pending)
		if (item.node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN)
			add_foreign_key(command, draft, names, item);
}

} /* namespace pg::commands */
