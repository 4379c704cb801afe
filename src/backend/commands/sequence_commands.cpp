/*
 * commands/sequence_commands.cpp
 *		CREATE and ALTER SEQUENCE, and the sequences of serial and identity columns.
 *
 * Backends and workers inside a writing transaction.
 */
#include "commands/sequence_commands.h"

#include <charconv>
#include <limits>

#include "access/sequence.h"
#include "catalog/catalog_names.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_type_d.h"
#include "catalog/rights.h"
#include "commands/commands.h"
#include "commands/named_object.h"
#include "miscadmin.h"
#include "utils/adt/registry.h"

namespace pg::commands
{
namespace
{

/* The options of a statement, each at most once. */
struct SequenceOptions
{
	const Option *as = nullptr, *increment = nullptr, *min = nullptr, *max = nullptr,
				 *start = nullptr, *restart = nullptr, *cache = nullptr, *cycle = nullptr,
				 *owned_by = nullptr, *name = nullptr;
};

SequenceOptions
read_sequence_options(const Command &command, Node *const *nodes, size_t count, bool for_identity)
{
	SequenceOptions options;
	const std::pair<std::string_view, const Option **> places[] = {
		{"as", &options.as},
		{"increment", &options.increment},
		{"minvalue", &options.min},
		{"maxvalue", &options.max},
		{"start", &options.start},
		{"restart", &options.restart},
		{"cache", &options.cache},
		{"cycle", &options.cycle},
		{"owned_by", &options.owned_by},
		{"sequence_name", &options.name},
	};

	for (size_t i = 0; i < count; i++)
	{
		const Option &option = *nodes[i]->def_elem;
		const Option **place = nullptr;

		for (const auto &[name, at] : places)
			if (name == option.defname)
				place = at;
		if (place == nullptr)
			Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
					  .msg("option \"%s\" not recognized", option.defname));
		if (*place != nullptr)
			RaiseRedundantOption(command, option);
		*place = &option;
	}
	if (options.name != nullptr && !for_identity)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("invalid sequence option SEQUENCE NAME")
				  .at(command.at(options.name->location)));
	if (options.as != nullptr && for_identity)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("identity column type cannot be changed")
				  .at(command.at(options.as->location)));
	return options;
}

/* The grammar gives numbers that are too large for an integer as texts. */
int64
number_of(const Option &option)
{
	const std::string text = OptionString(option);
	int64 number = 0;
	const char *const begin = text.c_str() + (text.starts_with('+') ? 1 : 0);
	const char *const end = text.c_str() + text.size();
	const auto [last, error] = std::from_chars(begin, end, number);

	if (error == std::errc::result_out_of_range)
		Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE)
				  .msg("value \"%s\" is out of range for type bigint", text.c_str()));
	if (error != std::errc() || last != end)
		Raise(Report(ERROR, ERRCODE_INVALID_TEXT_REPRESENTATION)
				  .msg("invalid input syntax for type bigint: \"%s\"", text.c_str()));
	return number;
}

struct Range
{
	int64 min, max;
};

Range
range_of(Oid type)
{
	switch (type)
	{
		case INT2OID: return {INT16_MIN, INT16_MAX};
		case INT4OID: return {INT32_MIN, INT32_MAX};
		default: return {INT64_MIN, INT64_MAX};
	}
}

[[noreturn]] void
raise_value(std::string message)
{
	Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE).msg("%s", message.c_str()));
}

std::string
bracketed(int64 value)
{
	return "(" + std::to_string(value) + ")";
}

struct Resets
{
	bool max = false, min = false;
};

/* AS: the limits that were those of the type before become those of the new one. */
Resets
apply_type(const SequenceOptions &options, bool is_new, SequenceInfo *sequence)
{
	if (options.as == nullptr)
		return {};

	const Oid type = ResolveTypeName(options.as->arg->type_name).type;

	if (type != INT2OID && type != INT4OID && type != INT8OID)
		raise_value("sequence type must be smallint, integer, or bigint");

	const Range old = range_of(sequence->type);
	const Resets resets{!is_new && sequence->max == old.max, !is_new && sequence->min == old.min};

	sequence->type = type;
	return resets;
}

void
apply_limit(const Option *option, bool reset, bool is_max, SequenceInfo *sequence)
{
	const Range range = range_of(sequence->type);
	int64 &limit = is_max ? sequence->max : sequence->min;
	const bool ascending = sequence->increment > 0;

	if (option != nullptr && option->arg != nullptr)
		limit = number_of(*option);
	else if (option != nullptr || reset)
	{
		if (is_max)
			limit = ascending || reset ? range.max : -1;
		else
			limit = ascending && !reset ? 1 : range.min;
	}
	if (limit < range.min || limit > range.max)
		raise_value(std::string(is_max ? "MAXVALUE " : "MINVALUE ") + bracketed(limit) +
					" is out of range for sequence data type " + FormatType(sequence->type));
}

void
check_within(const char *what, int64 value, const SequenceInfo &sequence)
{
	if (value < sequence.min)
		raise_value(std::string(what) + " value " + bracketed(value) +
					" cannot be less than MINVALUE " + bracketed(sequence.min));
	if (value > sequence.max)
		raise_value(std::string(what) + " value " + bracketed(value) +
					" cannot be greater than MAXVALUE " + bracketed(sequence.max));
}

/* Changes the definition as the options say, in PostgreSQL's order of checks. */
void
apply_sequence_options(const SequenceOptions &options, bool is_new, SequenceInfo *sequence)
{
	const Resets resets = apply_type(options, is_new, sequence);

	if (options.increment != nullptr)
		sequence->increment = number_of(*options.increment);
	if (sequence->increment == 0)
		raise_value("INCREMENT must not be zero");
	if (options.cycle != nullptr)
		sequence->cycle = options.cycle->arg->boolean->boolval;

	static constexpr Option kDefault = PG_QUERY__DEF_ELEM__INIT;

	apply_limit(options.max != nullptr ? options.max
				: is_new			   ? &kDefault
									   : nullptr,
				resets.max, true, sequence);
	apply_limit(options.min != nullptr ? options.min
				: is_new			   ? &kDefault
									   : nullptr,
				resets.min, false, sequence);
	if (sequence->min >= sequence->max)
		raise_value("MINVALUE " + bracketed(sequence->min) + " must be less than MAXVALUE " +
					bracketed(sequence->max));
	if (options.start != nullptr)
		sequence->start = number_of(*options.start);
	else if (is_new)
		sequence->start = sequence->increment > 0 ? sequence->min : sequence->max;
	check_within("START", sequence->start, *sequence);
	if (options.cache != nullptr)
		sequence->cache = number_of(*options.cache);
	if (sequence->cache <= 0)
		raise_value("CACHE " + bracketed(sequence->cache) + " must be greater than zero");
}

[[noreturn]] void
raise_not_owned_by_table(const RelationInfo &relation)
{
	Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
			  .msg("sequence cannot be owned by relation \"%s\"", relation.name.c_str())
			  .detail(relation.kind == 'i' ? "This operation is not supported for indexes."
					  : relation.kind == 'c'
						  ? "This operation is not supported for composite types."
						  : "This operation is not supported for sequences."));
}

/* OWNED BY table.column, or NONE. */
void
apply_owner(const SequenceOptions &options, const RelationInfo &sequence)
{
	if (options.owned_by == nullptr)
		return;

	std::vector<std::string> names = NamesOf(options.owned_by->arg);
	const std::optional<SequenceOwner> before = OwnerOfSequence(sequence.oid);

	if (before && before->identity)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("cannot change ownership of identity sequence")
				  .detail("Sequence \"%s\" is linked to table \"%s\".", sequence.name.c_str(),
						  FindRelation(before->table)->name.c_str()));
	if (names.size() == 1 && names[0] == "none")
		return SetSequenceOwner(sequence, nullptr);
	if (names.size() == 1)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("invalid OWNED BY option")
				  .hint("Specify OWNED BY table.column or OWNED BY NONE."));

	const std::string column_name = names.back();

	names.pop_back();

	const RelationInfoPtr table = RelationNamed(SplitName(names));

	if (table->kind != 'r' && table->kind != 'v')
		raise_not_owned_by_table(*table);
	if (table->owner != sequence.owner)
		Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
				  .msg("sequence must have same owner as table it is linked to"));
	if (table->schema != sequence.schema)
		Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
				  .msg("sequence must be in same schema as table it is linked to"));

	const ColumnInfo *const column = table->find_column(column_name);

	if (column == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_COLUMN)
				  .msg("column \"%s\" of relation \"%s\" does not exist", column_name.c_str(),
					   table->name.c_str()));

	const SequenceOwner owner{table->oid, column->attnum, false};

	SetSequenceOwner(sequence, &owner);
}

/* The relation of a sequence has three columns. */
RelationInfo
sequence_relation(const Target &target, Oid oid)
{
	static constexpr struct
	{
		const char *name;
		Oid type;
	} kColumns[] = {{"last_value", INT8OID}, {"log_cnt", INT8OID}, {"is_called", BOOLOID}};
	RelationInfo relation;

	StartRelation(&relation, target, 'S');
	if (oid != InvalidOid)
		relation.oid = oid;
	relation.owner = GetUserId();
	relation.physical = SequenceTable(relation.oid);
	for (const auto &[name, type] : kColumns)
	{
		ColumnInfo column;

		column.name = column.physical = name;
		column.type = type;
		column.not_null = true;
		column.attnum = static_cast<int16>(relation.columns.size() + 1);
		relation.columns.push_back(std::move(column));
	}
	return relation;
}

void
create_sequence(const RelationInfo &relation, SequenceInfo sequence)
{
	sequence.oid = relation.oid;
	sequence.temporary = relation.persistence == 't';
	sequence.epoch = sequence.temporary ? 0 : 1;
	sequence.first = sequence.start;
	InsertRelation(relation);
	InsertSequence(sequence);
	StartSequence(sequence, sequence.start, false);
	CatalogChanged();
	InvokeObjectPostCreateHook(kPgClassOid, relation.oid, 0);
}

RelationInfoPtr
sequence_to_alter(const PgQuery__AlterSeqStmt &stmt)
{
	const ObjectName name = NameOf(*stmt.sequence);
	RelationInfoPtr relation = RelationNamed(name, stmt.missing_ok);

	if (relation == nullptr)
		return nullptr;
	if (relation->kind != 'S')
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("\"%s\" is not a sequence", name.name.c_str()));
	CheckRelationOwner(relation->oid);
	return relation;
}

/* Values so far must fit the new definition, unless they begin anew. */
void
alter(const SequenceOptions &options, const RelationInfo &relation)
{
	SequenceInfo sequence = *FindSequence(relation.oid);

	apply_sequence_options(options, false, &sequence);

	const bool restarts = options.restart != nullptr;
	const int64 value = !restarts						  ? ReadSequence(sequence).last
						: options.restart->arg != nullptr ? number_of(*options.restart)
														  : sequence.start;

	check_within("RESTART", value, sequence);
	UpdateSequence(sequence);
	ForgetFetchedValues(relation.oid);
	if (restarts)
		RestartSequence(sequence, value);
	CatalogChanged();
}

} /* namespace */

std::string
RunCreateSequence(const Command &command)
{
	const PgQuery__CreateSeqStmt &stmt = *command.node.create_seq_stmt;
	const SequenceOptions options =
		read_sequence_options(command, stmt.options, stmt.n_options, false);
	SequenceInfo sequence;

	if (stmt.sequence->relpersistence[0] == 'u')
		RaiseNotSupported("an unlogged sequence");

	/* Errors about the name have no position here. */
	PgQuery__RangeVar range = *stmt.sequence;

	range.location = -1;

	const Target target = ResolveTarget(command, range);

	if (!CheckNameFree(target, stmt.if_not_exists))
		return command.raw.tag;
	if (options.restart != nullptr)
		RaiseNotSupported("RESTART in CREATE SEQUENCE", command.at(options.restart->location));
	apply_sequence_options(options, true, &sequence);

	const RelationInfo relation = sequence_relation(target, InvalidOid);

	create_sequence(relation, sequence);
	apply_owner(options, relation);
	return command.raw.tag;
}

std::string
RunAlterSequence(const Command &command)
{
	const PgQuery__AlterSeqStmt &stmt = *command.node.alter_seq_stmt;
	const RelationInfoPtr relation = sequence_to_alter(stmt);

	if (relation == nullptr)
		return command.raw.tag;

	const SequenceOptions options =
		read_sequence_options(command, stmt.options, stmt.n_options, false);

	alter(options, *relation);
	apply_owner(options, *relation);
	CatalogChanged();
	return command.raw.tag;
}

void
AlterIdentitySequence(const Command &command, Oid sequence, Node *const *nodes, size_t count)
{
	alter(read_sequence_options(command, nodes, count, true), *FindRelation(sequence));
}

void
CheckIdentityType(Oid type)
{
	if (type != INT2OID && type != INT4OID && type != INT8OID)
		raise_value("identity column type must be smallint, integer, or bigint");
}

void
DraftSequence(const Command &command, TableDraft *draft, NamesInUse *names, ColumnInfo *column,
			  Node *const *nodes, size_t count, bool identity)
{
	const SequenceOptions options = read_sequence_options(command, nodes, count, identity);
	SequenceInfo sequence;

	if (options.name != nullptr)
		RaiseNotSupported("a name for the sequence of an identity column",
						  command.at(options.name->location));
	sequence.type = column->type;
	apply_sequence_options(options, true, &sequence);
	DraftSequenceLike(sequence, draft, names, column, identity);
}

void
DraftSequenceLike(const SequenceInfo &sequence, TableDraft *draft, NamesInUse *names,
				  ColumnInfo *column, bool identity)
{
	const RelationInfo &table = draft->relation;
	Target target{table.schema, table.schema_name, "", table.persistence == 't'};
	DraftedSequence drafted{.info = sequence};

	target.name = names->choose_relation(table.name, column->name, "seq", false);
	names->add_relation(target.name);
	drafted.relation = sequence_relation(target, InvalidOid);
	drafted.owner = {table.oid, column->attnum, identity};
	column->not_null = true;
	if (identity)
		column->sequence = drafted.relation.oid;
	else
		column->default_sql = NextvalSql(drafted.relation.oid);
	draft->sequences.push_back(std::move(drafted));
}

void
CreateDraftedSequences(const TableDraft &draft)
{
	for (const DraftedSequence &sequence : draft.sequences)
		create_sequence(sequence.relation, sequence.info);
}

void
OwnDraftedSequences(const TableDraft &draft)
{
	for (const DraftedSequence &sequence : draft.sequences)
		SetSequenceOwner(sequence.relation, &sequence.owner);
}

} /* namespace pg::commands */
