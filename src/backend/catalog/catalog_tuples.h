/*
 * catalog/catalog_tuples.h
 *		Rows of tables and catalogs as tuples in PostgreSQL's layout.
 *
 * Backends and workers with a database, inside a transaction.  One mechanism for all: the columns are
 * selected through the session's engine, each value becomes a datum, the row a tuple that knows its
 * table and its place (t_self).
 */
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "access/htup_details.h"
#include "catalog/objects.h"

namespace pg
{

/* column <op> value; op is one of = < <= > >= <> of the engine. A null value finds nothing. */
struct RowFilter
{
	int16 attnum;
	const char *op; /* IS and IS NOT go with null */
	Value value;	/* must live until the rows are read */
};

struct RowOrder
{
	int16 attnum;
	bool descending = false;
};

/* Columns as the engine has them, palloc'ed in CurrentMemoryContext. */
TupleDesc DescribeColumns(const RelationInfo &relation);

/*
 * All rows that pass, one after another, palloc'ed in CurrentMemoryContext.  desc has a column for
 * each of the relation's.  0A000 for relations without rows of their own (views, indexes).
 */
void ReadRows(const RelationInfo &relation, TupleDesc desc, std::span<const RowFilter> filters,
			  std::span<const RowOrder> order, const std::function<void(HeapTuple)> &take);

/* A datum as the key or the new value of a column. The bytes lie in the datum or in *scratch. */
Value ColumnValue(Oid type, Datum datum, std::string *scratch);

/* The place of a row: its number in the engine, as block and offset. Rows without one have no place. */
ItemPointerData RowPlace(int64 rowid);
/* Nothing for a pointer that leads nowhere. */
std::optional<int64> RowAt(const ItemPointerData &place);

} /* namespace pg */
