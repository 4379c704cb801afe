/*
 * utils/adt/row_type.h
 *		Types of rows: those of tables and CREATE TYPE, and records described for one call.
 *
 * The row type of a relation of the user's has the relation's OID.  A value lies in the engine as text
 * (row_text.h); its C form is a tuple whose header names its type.  Processes with a database, inside
 * a transaction.
 */
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/tupdesc.h"
#include "engine/value.h"
#include "utils/adt/registry.h"

namespace pg
{

struct RowField
{
	std::string name;
	Oid type = 0;
	int32 typmod = -1;
};
using RowShape = std::vector<RowField>;

/* The row type of a relation; null where there is none. It stays for the process's life. */
const TypeDef *FindRowType(Oid oid);
bool IsRowType(Oid oid);
/* "(schema.)name" as format_type prints it. */
std::string RowTypeName(Oid oid);
/* Of all row types; the schema of one, which is its relation's. */
std::vector<Oid> RowTypeOids();
Oid RowTypeSchema(Oid oid);
/* Columns without the dropped ones; none for what is no row type. */
RowShape RowTypeShape(Oid oid);

/* Reads each field by its own type and writes it again. */
Value RowInput(Oid type, std::string_view text, std::string *scratch);

/* The row as a tuple of that description, palloc'ed in CurrentMemoryContext. */
Datum RowToDatum(TupleDesc desc, std::string_view text);
/* The columns' texts. */
std::string RowFromDatum(Datum datum);
/* One value for each column that desc has and that is not dropped; bytes live in *texts. */
void RowValues(Datum datum, TupleDesc desc, std::vector<Value> *values,
			   std::vector<std::string> *texts);

/* A registered description of a record with these columns: good for the process's life. */
TupleDesc DescribeRecord(const RowShape &shape);
RowShape ShapeOf(TupleDesc desc);

/*
 * What a place that calls a stored function tells it, in the text that is the first argument of
 * pg_call and its kin: the function, the types of result and arguments, their columns where they are
 * records, and whether the last argument was given as VARIADIC.
 */
struct CallType
{
	Oid type = 0;
	RowShape shape;
};

struct CallSignature
{
	Oid function = 0;
	bool variadic = false;
	CallType result;
	std::vector<CallType> arguments;
};

/*
 * The engine table of JSON as rows: its columns are CallRowsColumns() (parser/plan.h), its arguments a signature,
 * and the function's own.
 */
inline constexpr const char *kJsonRowsName = "pg_catalog.pg_json_rows";
inline constexpr int kJsonRowsArguments = 4;
std::unique_ptr<RowCursor> OpenJsonRows(std::span<const Value> args);

std::string FormatSignature(const CallSignature &signature);
CallSignature ParseSignature(std::string_view text);

} /* namespace pg */
