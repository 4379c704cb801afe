/*
 * pl/plpgsql/returns.cpp
 *		RETURN, RETURN NEXT and RETURN QUERY: values and rows as the caller takes them.
 *
 * Backends and workers inside a transaction.
 */
#include "catalog/pg_type_d.h"
#include "pl/plpgsql/interpreter.h"
#include "utils/adt/registry.h"
#include "utils/adt/row_text.h"
#include "utils/error/report.h"

namespace pg::plpgsql
{
namespace
{

constexpr const char *kRecordMismatch = "returned record type does not match expected record type";
constexpr const char *kQueryMismatch = "structure of query does not match function result type";

[[noreturn]] void
raise_mismatch(const char *message, const std::string &detail)
{
	Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH).msg("%s", message).detail("%s", detail.c_str()));
}

void
check_count(const char *message, size_t found, size_t wanted)
{
	if (found != wanted)
		raise_mismatch(message, "Number of returned columns (" + std::to_string(found) +
									") does not match expected column count (" +
									std::to_string(wanted) + ").");
}

void
check_type(const char *message, Oid found, Oid wanted, size_t column)
{
	if (found != wanted)
		raise_mismatch(message, "Returned type " + FormatType(found) +
									" does not match expected type " + FormatType(wanted) +
									" in column " + std::to_string(column) + ".");
}

} /* namespace */

void
Interpreter::expect(const CallType &result)
{
	result_type_ = result.type;
	shape_ = result.shape.empty() ? RowTypeShape(result.type) : result.shape;
}

std::vector<ResultRow>
Interpreter::take_rows()
{
	if (function_.returns_set)
		return std::move(result_rows_);

	std::vector<ResultRow> rows;

	rows.push_back(std::move(result_));
	return rows;
}

/* A function's one row is brought to the caller's columns when its statements are done. */
void
Interpreter::begin_cast()
{
	if (function_.returns_set)
		return;
	current_ = nullptr;
	phase_ = "while casting return value to function's return type";
}

/* Values of those types as a row of the caller's columns. */
ResultRow
Interpreter::row_of_shape(const std::vector<Value> &values, const std::vector<Oid> &types,
						  const char *message)
{
	ResultRow row;

	check_count(message, values.size(), shape_.size());
	for (size_t i = 0; i < values.size(); i++)
	{
		check_type(message, types[i], shape_[i].type, i + 1);
		row.push_back(converted(values[i], types[i], shape_[i].type, shape_[i].typmod));
	}
	return row;
}

/* The OUT parameters as they are now. */
ResultRow
Interpreter::output_row()
{
	ResultRow row;

	if (function_.outputs.size() == 1 && variable(function_.outputs[0]).is_record)
		return record_row(cell(function_.outputs[0]));
	for (const int place : function_.outputs)
		row.push_back(whole_value(cell(place)));
	return row;
}

ResultRow
Interpreter::record_row(const Cell &record)
{
	std::vector<Value> values;
	std::vector<Oid> types;

	if (record.columns.empty() || record.is_null_row)
		return {};
	begin_cast();
	if (shape_.empty())
		return {whole_value(record)};
	for (size_t i = 0; i < record.columns.size(); i++)
	{
		values.push_back(record.fields[i].get());
		types.push_back(record.columns[i].type);
	}
	return row_of_shape(values, types, kRecordMismatch);
}

/* The value of an expression. */
ResultRow
Interpreter::value_row(const Value &value, Oid type)
{
	const bool is_row = type == RECORDOID || IsRowType(type);

	if (shape_.empty() && result_type_ != RECORDOID)
		return {converted(value, type, result_type_, -1)};
	if (value.is_null())
		return {};
	if (!is_row)
		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("cannot return non-composite value from function returning composite type"));
	if (shape_.empty())
		return {Kept(value)};

	begin_cast();
	/* The fields of an anonymous row are texts to be read as the caller's columns. */
	const RowFields fields = ParseRow(value.bytes, -1);
	const RowShape known = RowTypeShape(type);
	ResultRow row;

	check_count(kRecordMismatch, fields.size(), shape_.size());
	for (size_t i = 0; i < fields.size(); i++)
	{
		std::string scratch;

		if (!known.empty())
			check_type(kRecordMismatch, known.at(i).type, shape_[i].type, i + 1);
		row.emplace_back(fields[i] ? ValueIn(shape_[i].type, *fields[i], -1, &scratch)
								   : Value::Null());
	}
	return row;
}

Interpreter::Flow
Interpreter::return_statement(const Statement &stmt)
{
	if (stmt.variable >= 0 && function_.trigger < 0)
		result_ = record_row(cell(stmt.variable));
	else if (stmt.variable >= 0 && !cell(stmt.variable).columns.empty() &&
			 !cell(stmt.variable).is_null_row)
		result_record_ = cell(stmt.variable);
	if (stmt.expression == nullptr)
		return Flow::Return;

	const Result result = evaluate(*stmt.expression);

	if (function_.trigger < 0)
		result_ = value_row(result.value.get(), result.type);
	else if (!result.value.is_null())
		RaiseNotRecord(result.type);
	return Flow::Return;
}

void
Interpreter::return_next(const Statement &stmt)
{
	if (stmt.variable >= 0)
	{
		const Cell &record = cell(stmt.variable);

		if (record.columns.empty())
			Raise(
				Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
					.msg("record \"%s\" is not assigned yet", variable(stmt.variable).name.c_str())
					.detail("The tuple structure of a not-yet-assigned record is indeterminate."));
		result_rows_.push_back(record_row(record));
		/* A row of nulls is a row. */
		if (result_rows_.back().empty())
			result_rows_.back().resize(shape_.size());
		return;
	}
	if (stmt.expression == nullptr)
	{
		result_rows_.push_back(output_row());
		return;
	}

	const Result result = evaluate(*stmt.expression);

	result_rows_.push_back(value_row(result.value.get(), result.type));
	if (result_rows_.back().empty())
		result_rows_.back().resize(shape_.size());
}

/* The columns of RETURN QUERY must be the function's. */
void
Interpreter::check_query(const std::vector<Oid> &types) const
{
	check_count(kQueryMismatch, types.size(), shape_.empty() ? 1 : shape_.size());
	for (size_t i = 0; i < types.size(); i++)
		check_type(kQueryMismatch, types[i], shape_.empty() ? result_type_ : shape_[i].type, i + 1);
}

void
Interpreter::return_query(const Statement &stmt)
{
	const Rows rows = stmt.flag ? run_dynamic(stmt, 0) : run_sql(*stmt.expression, 0);
	std::vector<Oid> types;

	if (!rows.returned_rows)
		Raise(Report(ERROR, ERRCODE_INVALID_CURSOR_DEFINITION)
				  .msg("cannot open a query that returns no rows as a cursor"));
	for (const ResultColumn &column : rows.columns)
		types.push_back(column.type);
	try
	{
		check_query(types);
	}
	catch (PgError &error)
	{
		if (!stmt.flag)
			error.report.context("SQL statement \"%s\"", stmt.expression->text.c_str());
		throw;
	}
	for (const Row &row : rows.rows)
	{
		std::vector<Value> values;

		for (const Kept &value : row.values)
			values.push_back(value.get());
		result_rows_.push_back(shape_.empty() ? ResultRow{row.values[0]}
											  : row_of_shape(values, types, kQueryMismatch));
	}
	row_count_ = rows.rows.size();
	set_found(row_count_ > 0);
}

} /* namespace pg::plpgsql */
