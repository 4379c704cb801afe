/*
 * catalog/typcache.cpp
 *		Descriptions of row types by OID and number (utils/typcache.h).
 *
 * Processes with a database, inside a transaction.  What is handed out lasts as long as the process: a
 * record type is registered for good, and a relation whose columns have changed gets a new
 * description beside the old one, which somebody may still hold.
 */
#include "utils/typcache.h"

#include <map>
#include <memory>
#include <vector>

#include "catalog/catalog_tuples.h"
#include "catalog/pg_type_d.h"
#include "funcapi.h"
#include "utils/adt/registry.h"
#include "utils/adt/row_type.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/memutils.h"
#include "utils/mmgr/memory.h"

namespace pg
{
namespace
{

struct Described
{
	uint64 generation = 0;
	TupleDesc desc = nullptr;
};

struct RowTypes
{
	std::vector<TupleDesc> records;		/* the number is the index */
	std::map<Oid, Described> relations; /* by OID of type and relation, which are the same */
};

RowTypes &
row_types()
{
	static RowTypes *const instance = std::make_unique<RowTypes>().release();

	return *instance;
}

TupleDesc
lasting_copy(TupleDesc desc)
{
	const MemoryContextScope scope(TopMemoryContext);

	return CreateTupleDescCopyConstr(desc);
}

TupleDesc
relation_type(Oid type)
{
	Described &known = row_types().relations[type];

	if (known.desc != nullptr && known.generation == CatalogGeneration())
		return known.desc;

	const RelationInfoPtr relation = FindRowType(type) != nullptr ? FindRelation(type) : nullptr;

	if (relation == nullptr)
		return nullptr;

	TupleDesc desc = DescribeColumns(*relation);

	if (known.desc == nullptr || !equalTupleDescs(desc, known.desc))
		known.desc = lasting_copy(desc);
	FreeTupleDesc(desc);
	known.generation = CatalogGeneration();
	return known.desc;
}

TupleDesc
lookup_row_type(Oid type, int32 typmod, bool no_error)
{
	if (type == RECORDOID)
	{
		const std::vector<TupleDesc> &records = row_types().records;

		if (typmod >= 0 && static_cast<size_t>(typmod) < records.size())
			return records[static_cast<size_t>(typmod)];
		if (no_error)
			return nullptr;
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE).msg("record type has not been registered"));
	}

	TupleDesc found = relation_type(type);

	if (found == nullptr && !no_error)
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("type %s is not composite", FormatType(type).c_str()));
	return found;
}

void
assign(TupleDesc desc)
{
	std::vector<TupleDesc> &records = row_types().records;

	for (size_t i = 0; i < records.size(); i++)
		if (equalTupleDescs(records[i], desc))
		{
			desc->tdtypmod = static_cast<int32>(i);
			return;
		}
	records.push_back(lasting_copy(desc));
	desc->tdtypmod = records.back()->tdtypmod = static_cast<int32>(records.size() - 1);
}

} /* namespace */
} /* namespace pg */

TupleDesc
lookup_rowtype_tupdesc(Oid type_id, int32 typmod)
{
	return lookup_rowtype_tupdesc_noerror(type_id, typmod, false);
}

TupleDesc
lookup_rowtype_tupdesc_noerror(Oid type_id, int32 typmod, bool noError)
{
	return pg::FromC([&] { return pg::lookup_row_type(type_id, typmod, noError); });
}

TupleDesc
lookup_rowtype_tupdesc_domain(Oid type_id, int32 typmod, bool noError)
{
	return lookup_rowtype_tupdesc_noerror(type_id, typmod, noError);
}

TupleDesc
lookup_rowtype_tupdesc_copy(Oid type_id, int32 typmod)
{
	return pg::FromC(
		[&] { return CreateTupleDescCopyConstr(pg::lookup_row_type(type_id, typmod, false)); });
}

void
assign_record_type_typmod(TupleDesc tupDesc)
{
	pg::FromC([&] { pg::assign(tupDesc); });
}

TupleDesc
BlessTupleDesc(TupleDesc tupdesc)
{
	if (tupdesc->tdtypeid == RECORDOID && tupdesc->tdtypmod < 0)
		assign_record_type_typmod(tupdesc);
	return tupdesc;
}
