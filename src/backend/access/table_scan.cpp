/*
 * access/table_scan.cpp
 *		Scans of catalogs and tables for modules (access/genam.h, access/tableam.h, access/heapam.h).
 *
 * Backends and workers with a database, inside a transaction.  A scan reads all its rows when it begins,
 * into a memory context of its own: so it sees one state, whatever its user does meanwhile.
 */
#include "postgres.h"

#include <string>
#include <vector>

#include "access/genam.h"
#include "access/heapam.h"
#include "access/table.h"
#include "access/tableam.h"
#include "catalog/catalog_tuples.h"
#include "catalog/objects.h"
#include "catalog/pg_class.h"
#include "utils/adt/registry.h"
#include "utils/error/wall.h"
#include "utils/memutils.h"
#include "utils/mmgr/memory.h"
#include "utils/rel.h"

/* Lies in its own memory context, with its rows. */
struct SysScanDescData
{
	TableScanDescData base;
	MemoryContext context;
	HeapTuple *rows;
	int count;
	int current; /* the row given last, or -1 before the first */
};

namespace pg
{
namespace
{

/* The engine's sign for a comparison, by the function of the operator. */
const char *
sign_of(Oid function)
{
	static constexpr std::string_view kSigns[] = {"=", "<>", "<", "<=", ">", ">="};

	for (const OperatorDef &op : AllOperators())
		if (op.function == function)
			for (const std::string_view sign : kSigns)
				if (sign == op.name)
					return op.name;
	RaiseNotSupported("a scan key with function " + std::to_string(function));
}

/* Scan keys as filters of ReadRows. */
class Filters
{
public:
	Filters(const RelationInfo &relation, int count, const ScanKeyData *keys)
		: scratch_(static_cast<size_t>(count))
	{
		for (int i = 0; i < count; i++)
			add(relation, keys[i], scratch_[static_cast<size_t>(i)]);
	}
	Filters(const Filters &) = delete;
	Filters &operator=(const Filters &) = delete;

	std::span<const RowFilter> get() const { return filters_; }

private:
	void add(const RelationInfo &relation, const ScanKeyData &key, std::string &scratch)
	{
		if (key.sk_attno < 1 || static_cast<size_t>(key.sk_attno) > relation.columns.size())
			RaiseNotSupported("a scan key on column " + std::to_string(key.sk_attno));

		const Oid type = relation.columns[static_cast<size_t>(key.sk_attno) - 1].type;

		if ((key.sk_flags & SK_SEARCHNULL) != 0)
			filters_.push_back({key.sk_attno, "IS", Value::Null()});
		else if ((key.sk_flags & SK_SEARCHNOTNULL) != 0)
			filters_.push_back({key.sk_attno, "IS NOT", Value::Null()});
		else if ((key.sk_flags & SK_ISNULL) != 0)
			filters_.push_back({key.sk_attno, "=", Value::Null()});
		else
			filters_.push_back({key.sk_attno, sign_of(key.sk_func.fn_oid),
								ColumnValue(key.sk_subtype != InvalidOid ? key.sk_subtype : type,
											key.sk_argument, &scratch)});
	}

	std::vector<std::string> scratch_;
	std::vector<RowFilter> filters_;
};

std::vector<RowOrder>
order_of(Relation index)
{
	std::vector<RowOrder> order;

	for (int i = 0; index != nullptr && i < index->rd_index->indkey.dim1; i++)
		if (index->rd_index->indkey.values[i] > 0)
			order.push_back({index->rd_index->indkey.values[i]});
	return order;
}

/* Reads the rows; what an earlier reading left is given up. */
void
read(SysScanDesc scan, std::span<const RowOrder> order)
{
	const pg::RelationInfoPtr relation = FindRelation(RelationGetRelid(scan->base.rs_rd));
	std::vector<HeapTuple> rows;

	if (relation == nullptr)
		Raise(Report(ERROR).msg("could not open relation with OID %u",
								RelationGetRelid(scan->base.rs_rd)));

	const Filters filters(*relation, scan->base.rs_nkeys, scan->base.rs_key);
	const MemoryContextScope scope(scan->context);

	ReadRows(*relation, RelationGetDescr(scan->base.rs_rd), filters.get(), order,
			 [&](HeapTuple tuple) { rows.push_back(tuple); });
	scan->rows = static_cast<HeapTuple *>(palloc((rows.size() + 1) * sizeof(HeapTuple)));
	std::copy(rows.begin(), rows.end(), scan->rows);
	scan->count = static_cast<int>(rows.size());
	scan->current = -1;
}

SysScanDesc
begin(Relation relation, int nkeys, ScanKey keys, std::span<const RowOrder> order)
{
	MemoryContext context =
		AllocSetContextCreate(CurrentMemoryContext, "table scan", ALLOCSET_SMALL_SIZES);
	auto *const scan =
		static_cast<SysScanDesc>(MemoryContextAllocZero(context, sizeof(SysScanDescData)));

	scan->base.rs_rd = relation;
	scan->base.rs_nkeys = nkeys;
	scan->base.rs_key = keys;
	scan->context = context;
	read(scan, order);
	return scan;
}

HeapTuple
next(SysScanDesc scan, ScanDirection direction)
{
	if (direction == BackwardScanDirection)
	{
		if (scan->current < 0)
			scan->current = scan->count;
		return --scan->current >= 0 ? scan->rows[scan->current] : nullptr;
	}
	if (scan->current + 1 >= scan->count)
		return nullptr;
	return scan->rows[++scan->current];
}

/* What table_beginscan hands out is the first member of the whole. */
SysScanDesc
whole(TableScanDesc scan)
{
	return reinterpret_cast<SysScanDesc>(scan);
}

} /* namespace */
} /* namespace pg */

using pg::FromC;

void
ScanKeyEntryInitialize(ScanKey entry, int flags, AttrNumber attributeNumber,
					   StrategyNumber strategy, Oid subtype, Oid collation, RegProcedure procedure,
					   Datum argument)
{
	*entry = {};
	entry->sk_flags = flags;
	entry->sk_attno = attributeNumber;
	entry->sk_strategy = strategy;
	entry->sk_subtype = subtype;
	entry->sk_collation = collation;
	entry->sk_func.fn_oid = procedure;
	entry->sk_argument = argument;
}

void
ScanKeyInit(ScanKey entry, AttrNumber attributeNumber, StrategyNumber strategy,
			RegProcedure procedure, Datum argument)
{
	ScanKeyEntryInitialize(entry, 0, attributeNumber, strategy, InvalidOid, InvalidOid, procedure,
						   argument);
}

SysScanDesc
systable_beginscan(Relation heapRelation, Oid, bool, Snapshot, int nkeys, ScanKey key)
{
	return FromC([&] { return pg::begin(heapRelation, nkeys, key, {}); });
}

HeapTuple
systable_getnext(SysScanDesc sysscan)
{
	return pg::next(sysscan, ForwardScanDirection);
}

bool
systable_recheck_tuple(SysScanDesc, HeapTuple)
{
	return true;
}

void
systable_endscan(SysScanDesc sysscan)
{
	MemoryContextDelete(sysscan->context);
}

SysScanDesc
systable_beginscan_ordered(Relation heapRelation, Relation indexRelation, Snapshot, int nkeys,
						   ScanKey key)
{
	return FromC([&] { return pg::begin(heapRelation, nkeys, key, pg::order_of(indexRelation)); });
}

HeapTuple
systable_getnext_ordered(SysScanDesc sysscan, ScanDirection direction)
{
	return pg::next(sysscan, direction);
}

void
systable_endscan_ordered(SysScanDesc sysscan)
{
	systable_endscan(sysscan);
}

TableScanDesc
table_beginscan(Relation rel, Snapshot, int nkeys, struct ScanKeyData *key)
{
	return FromC([&] { return &pg::begin(rel, nkeys, key, {})->base; });
}

TableScanDesc
table_beginscan_catalog(Relation rel, int nkeys, struct ScanKeyData *key)
{
	return table_beginscan(rel, nullptr, nkeys, key);
}

void
table_rescan(TableScanDesc scan, struct ScanKeyData *key)
{
	FromC(
		[&]
		{
			if (key != nullptr)
				scan->rs_key = key;
			pg::read(pg::whole(scan), {});
		});
}

void
table_endscan(TableScanDesc scan)
{
	systable_endscan(pg::whole(scan));
}

HeapTuple
heap_getnext(TableScanDesc scan, ScanDirection direction)
{
	return pg::next(pg::whole(scan), direction);
}

Relation
index_open(Oid relationId, LOCKMODE lockmode)
{
	return FromC(
		[&]
		{
			Relation relation = relation_open(relationId, lockmode);

			if (relation->rd_index == nullptr)
				pg::Raise(pg::Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
							  .msg("\"%s\" is not an index", RelationGetRelationName(relation)));
			return relation;
		});
}

void
index_close(Relation relation, LOCKMODE lockmode)
{
	relation_close(relation, lockmode);
}
