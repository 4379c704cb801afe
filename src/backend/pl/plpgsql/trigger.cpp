/*
 * pl/plpgsql/trigger.cpp
 *		Trigger functions: NEW, OLD and TG_ variables, and the row that comes back.
 *
 * Backends and workers with a database, inside a statement that changes a table.
 */
#include "catalog/pg_type_d.h"
#include "catalog/triggers.h"
#include "pl/plpgsql/interpreter.h"
#include "utils/adt/array_text.h"
#include "utils/adt/registry.h"
#include "utils/adt/row_type.h"
#include "utils/error/report.h"

namespace pg::plpgsql
{
namespace
{

const char *
operation(int event)
{
	switch (event)
	{
		case TRIGGER_TYPE_INSERT: return "INSERT";
		case TRIGGER_TYPE_UPDATE: return "UPDATE";
		case TRIGGER_TYPE_DELETE: return "DELETE";
		default: return "TRUNCATE";
	}
}

/* An array whose first element is number 0. */
std::string
arguments_array(const std::vector<std::string> &arguments)
{
	std::string text = "[0:" + std::to_string(arguments.size() - 1) + "]={";

	for (const std::string &argument : arguments)
		AppendElement(argument, &text);
	return text + "}";
}

/* Why a row cannot be one of the table. */
std::string
difference(const RowShape &wanted, const std::vector<ResultColumn> &columns)
{
	if (wanted.size() != columns.size())
		return "Number of returned columns (" + std::to_string(columns.size()) +
			   ") does not match expected column count (" + std::to_string(wanted.size()) + ").";
	for (size_t i = 0; i < wanted.size(); i++)
		if (wanted[i].type != columns[i].type)
			return "Returned type " + FormatType(columns[i].type) +
				   " does not match expected type " + FormatType(wanted[i].type) + " in column " +
				   std::to_string(i + 1) + ".";
	return {};
}

} /* namespace */

void
RaiseNotRecord(Oid type)
{
	if (type == RECORDOID || IsRowType(type))
		RaiseNotSupported("a row that is no record variable as the result of a trigger");
	Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
			  .msg("cannot return non-composite value from function returning composite type"));
}

void
Interpreter::set_trigger_text(TriggerVariable which, std::string_view text)
{
	set_argument(function_.trigger + which, Value::Text(text));
}

/* Without a row the record has the columns all the same: its fields are null. */
void
Interpreter::set_trigger_row(TriggerVariable which, const RelationInfo &table,
							 const TriggerRow *row)
{
	Cell &held = cell(function_.trigger + which);

	for (size_t i = 0; i < table.columns.size(); i++)
	{
		const ColumnInfo &column = table.columns[i];

		if (column.dropped)
			continue;

		ResultColumn &added = held.columns.emplace_back();

		added.name = column.name;
		added.type = column.type;
		added.typmod = column.typmod;
		held.fields.push_back(row != nullptr ? (*row)[i] : Kept());
	}
	held.is_null_row = row == nullptr;
}

void
Interpreter::set_trigger(const TriggerFiring &firing)
{
	const RelationInfo &table = *firing.event.table;
	const TriggerInfo &trigger = firing.trigger;

	if (firing.is_row())
	{
		set_trigger_row(kNew, table, firing.new_row);
		set_trigger_row(kOld, table, firing.old_row);
	}
	if (!trigger.old_table.empty())
		transitions_[trigger.old_table] = {table.oid, 'o'};
	if (!trigger.new_table.empty())
		transitions_[trigger.new_table] = {table.oid, 'n'};
	set_trigger_text(kTgName, trigger.name);
	set_trigger_text(kTgWhen, firing.is_before() ? "BEFORE" : "AFTER");
	set_trigger_text(kTgLevel, firing.is_row() ? "ROW" : "STATEMENT");
	set_trigger_text(kTgOp, operation(firing.event.type));
	set_argument(function_.trigger + kTgRelid, Value::Int(table.oid));
	set_trigger_text(kTgRelname, table.name);
	set_trigger_text(kTgTableName, table.name);
	set_trigger_text(kTgTableSchema, table.schema_name);
	set_argument(function_.trigger + kTgNargs,
				 Value::Int(static_cast<int64>(trigger.arguments.size())));
	if (!trigger.arguments.empty())
		set_trigger_text(kTgArgv, arguments_array(trigger.arguments));
}

/* One record to another; a record of a fixed type keeps its columns. */
void
Interpreter::copy_record(int from, int to)
{
	const Cell source = cell(from);
	Cell &held = cell(to);

	if (variable(to).row_of == 0 || source.columns.empty())
	{
		held.columns = source.columns;
		held.fields = source.fields;
	}
	else
		for (size_t i = 0; i < held.columns.size(); i++)
			held.fields[i] = i < source.fields.size()
								 ? converted(source.fields[i].get(), source.columns[i].type,
											 held.columns[i].type, held.columns[i].typmod)
								 : Kept();
	held.is_null_row = source.is_null_row;
}

std::optional<TriggerRow>
Interpreter::returned_row(const RelationInfo &table)
{
	if (!result_record_)
		return std::nullopt;

	const Cell &held = *result_record_;
	const std::string detail = difference(RowTypeShape(table.oid), held.columns);

	if (!detail.empty())
		Raise(
			Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				.msg("returned row structure does not match the structure of the triggering table")
				.detail("%s", detail.c_str())
				.context("PL/pgSQL function %s during function exit", function_.name.c_str()));

	TriggerRow row(table.columns.size());
	size_t next = 0;

	for (size_t i = 0; i < row.size(); i++)
		if (!table.columns[i].dropped)
			row[i] = held.fields[next++];
	return row;
}

} /* namespace pg::plpgsql */
