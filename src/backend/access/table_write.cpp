/*
 * access/table_write.cpp
 *		Rows that modules write themselves (access/heapam.h, catalog/indexing.h).
 *
 * Backends and workers with a database, inside a transaction.  The engine keeps indexes and constraints.
 */
#include "postgres.h"

#include <deque>
#include <string>
#include <vector>

#include "access/heapam.h"
#include "access/transaction.h"
#include "catalog/catalog.h"
#include "catalog/catalog_names.h"
#include "catalog/catalog_tuples.h"
#include "catalog/indexing.h"
#include "catalog/objects.h"
#include "catalog/write.h"
#include "utils/error/wall.h"
#include "utils/rel.h"

namespace pg
{
namespace
{

/* The table behind an open relation, if rows may be written by hand. */
pg::RelationInfoPtr
writable(Relation relation, const char *command)
{
	pg::RelationInfoPtr table = FindRelation(RelationGetRelid(relation));

	if (table == nullptr)
		Raise(Report(ERROR).msg("could not open relation with OID %u", RelationGetRelid(relation)));
	if (table->is_system || table->kind != 'r')
		RaiseNotSupported(std::string(command) + " of rows of \"" + table->name + "\" by a module");
	PrepareForWrite(command);
	return table;
}

/* A tuple's columns as engine values, with the parts of a statement about them. */
struct RowValues
{
	RowValues(const RelationInfo &table, Relation relation, HeapTuple tuple)
	{
		for (const ColumnInfo &column : table.columns)
		{
			bool isnull;
			const Datum datum =
				heap_getattr(tuple, column.attnum, RelationGetDescr(relation), &isnull);

			if (column.dropped)
				continue;
			scratch.emplace_back();
			values.push_back(isnull ? Value::Null()
									: ColumnValue(column.type, datum, &scratch.back()));
			names.push_back(QuoteEngineName(column.physical));
		}
	}

	std::deque<std::string> scratch; /* values point into it */
	std::vector<Value> values;
	std::vector<std::string> names;
};

int64
row_number(const ItemPointerData &place)
{
	const std::optional<int64> row = RowAt(place);

	if (!row)
		Raise(Report(ERROR).msg("tuple has no place in a table"));
	return *row;
}

void
insert(Relation relation, HeapTuple tuple)
{
	const pg::RelationInfoPtr table = writable(relation, "INSERT");
	const RowValues row(*table, relation, tuple);
	std::string names, marks;

	for (size_t i = 0; i < row.names.size(); i++)
	{
		names += (i > 0 ? ", " : "") + row.names[i];
		marks += (i > 0 ? ", ?" : "?") + std::to_string(i + 1);
	}

	const int64 number = QueryEngineNumber("INSERT INTO " + table->physical + " (" + names +
											   ") VALUES (" + marks + ") RETURNING rowid",
										   row.values);

	tuple->t_self = tuple->t_data->t_ctid = RowPlace(number);
	tuple->t_tableOid = table->oid;
}

void
update(Relation relation, const ItemPointerData &place, HeapTuple tuple)
{
	const pg::RelationInfoPtr table = writable(relation, "UPDATE");
	const int64 number = row_number(place);
	RowValues row(*table, relation, tuple);
	std::string changes;

	for (size_t i = 0; i < row.names.size(); i++)
		changes += (i > 0 ? ", " : "") + row.names[i] + " = ?" + std::to_string(i + 1);
	row.values.push_back(Value::Int(number));

	/* A new key may be a new place. */
	const int64 moved =
		QueryEngineNumber("UPDATE " + table->physical + " SET " + changes + " WHERE rowid = ?" +
							  std::to_string(row.values.size()) + " RETURNING rowid",
						  row.values);

	if (moved < 0)
		Raise(Report(ERROR).msg("tuple concurrently deleted"));
	tuple->t_self = tuple->t_data->t_ctid = RowPlace(moved);
	tuple->t_tableOid = table->oid;
}

void
remove(Relation relation, const ItemPointerData &place)
{
	const pg::RelationInfoPtr table = writable(relation, "DELETE");
	const Value number[] = {Value::Int(row_number(place))};

	if (RunEngine("DELETE FROM " + table->physical + " WHERE rowid = ?1", number) == 0)
		Raise(Report(ERROR).msg("tuple concurrently deleted"));
}

} /* namespace */
} /* namespace pg */

using pg::FromC;

void
simple_heap_insert(Relation relation, HeapTuple tup)
{
	FromC([&] { pg::insert(relation, tup); });
}

void
simple_heap_update(Relation relation, ItemPointer otid, HeapTuple tup)
{
	FromC([&] { pg::update(relation, *otid, tup); });
}

void
simple_heap_delete(Relation relation, ItemPointer tid)
{
	FromC([&] { pg::remove(relation, *tid); });
}

/* There is nothing to open: the engine knows the indexes. Not null, since callers look. */
CatalogIndexState
CatalogOpenIndexes(Relation heapRel)
{
	return reinterpret_cast<CatalogIndexState>(heapRel);
}

void
CatalogCloseIndexes(CatalogIndexState)
{
}

void
CatalogTupleInsert(Relation heapRel, HeapTuple tup)
{
	simple_heap_insert(heapRel, tup);
}

void
CatalogTupleInsertWithInfo(Relation heapRel, HeapTuple tup, CatalogIndexState)
{
	simple_heap_insert(heapRel, tup);
}

void
CatalogTupleUpdate(Relation heapRel, ItemPointer otid, HeapTuple tup)
{
	simple_heap_update(heapRel, otid, tup);
}

void
CatalogTupleUpdateWithInfo(Relation heapRel, ItemPointer otid, HeapTuple tup, CatalogIndexState)
{
	simple_heap_update(heapRel, otid, tup);
}

void
CatalogTupleDelete(Relation heapRel, ItemPointer tid)
{
	simple_heap_delete(heapRel, tid);
}
