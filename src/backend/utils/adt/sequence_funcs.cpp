/*
 * utils/adt/sequence_funcs.cpp
 *		nextval and its family, and which sequence a column has.
 *
 * Backends and workers with a database.
 */
#include "access/sequence.h"
#include "catalog/rights.h"
#include "commands/sequence.h"
#include "miscadmin.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/regtypes.h"
#include "utils/adt/text_bodies.h"
#include "utils/error/wall.h"

namespace pg
{

static void
nextval_oid(FunctionCall &call)
{
	SetInt(call, NextSequenceValue(ArgOid(call, 0)));
}

static void
currval_oid(FunctionCall &call)
{
	SetInt(call, CurrentSequenceValue(ArgOid(call, 0)));
}

static void
lastval(FunctionCall &call)
{
	SetInt(call, LastSequenceValue());
}

static void
setval_oid(FunctionCall &call)
{
	const bool is_called = call.arg_count() < 3 || ArgBool(call, 2);

	SetSequenceValue(ArgOid(call, 0), ArgInt(call, 1), is_called);
	SetInt(call, ArgInt(call, 1));
}

/* Null until a value was given; pg_sequences shows it to who may read the sequence. */
static void
pg_sequence_last_value(FunctionCall &call)
{
	const RelationInfoPtr relation = FindRelation(ArgOid(call, 0));
	const SequencePtr sequence = relation != nullptr ? FindSequence(relation->oid) : nullptr;

	if (sequence == nullptr)
		Raise(
			Report(ERROR, relation == nullptr ? ERRCODE_UNDEFINED_TABLE : ERRCODE_WRONG_OBJECT_TYPE)
				.msg("\"%s\" is not a sequence",
					 relation != nullptr ? relation->name.c_str() : "?"));
	if (RightsHeld(1259, relation->oid, GetUserId(), ACL_SELECT | ACL_USAGE) == 0)
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied for sequence %s", relation->name.c_str()));
	if (const SequenceRow row = ReadSequence(*sequence); row.is_called)
		SetInt(call, row.last);
}

/* The table's name is read as SQL would, the column's as it is. */
static void
pg_get_serial_sequence(FunctionCall &call)
{
	const RelationInfoPtr table = FindRelation(RegclassOid(ArgText(call, 0)));
	const std::string column(ArgText(call, 1));
	const ColumnInfo *const info = table->find_column(column);

	if (info == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_COLUMN)
				  .msg("column \"%s\" of relation \"%s\" does not exist", column.c_str(),
					   table->name.c_str()));
	for (const Oid oid : SequencesOwnedBy(*table, info->attnum))
		if (const RelationInfoPtr sequence = FindRelation(oid))
		{
			std::string name;

			AppendIdentifier(sequence->schema_name, &name);
			AppendIdentifier(sequence->name, &name.append("."));
			return SetText(call, name);
		}
}

static constexpr FunctionDef kSequenceRows[] = {
	Fn(1574, "nextval", 'v', "nextval_oid", INT8OID, {REGCLASSOID}, nextval_oid),
	Fn(1575, "currval", 'v', "currval_oid", INT8OID, {REGCLASSOID}, currval_oid),
	Fn(1576, "setval", 'v', "setval_oid", INT8OID, {REGCLASSOID, INT8OID}, setval_oid),
	Fn(1765, "setval", 'v', "setval3_oid", INT8OID, {REGCLASSOID, INT8OID, BOOLOID}, setval_oid),
	Fn(2559, "lastval", 'v', "lastval", INT8OID, {}, lastval),
	Fn(4032, "pg_sequence_last_value", 'v', "pg_sequence_last_value", INT8OID, {REGCLASSOID},
	   pg_sequence_last_value),
	Fn(1665, "pg_get_serial_sequence", 's', "pg_get_serial_sequence", TEXTOID, {TEXTOID, TEXTOID},
	   pg_get_serial_sequence),
};

const std::span<const FunctionDef> kSequenceFunctions = kSequenceRows;

} /* namespace pg */

int64
nextval_internal(Oid relid, bool check_permissions)
{
	return pg::FromC([&] { return pg::NextSequenceValue(relid, check_permissions); });
}
