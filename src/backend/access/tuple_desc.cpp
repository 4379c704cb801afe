/*
 * access/tuple_desc.cpp
 *		Descriptions of rows (access/tupdesc.h).
 *
 * Any process that runs module code.  A description is one palloc'd chunk.
 */
#include "access/tupdesc.h"

#include <cstring>

#include "catalog/pg_type_d.h"
#include "nodes/value.h"
#include "utils/adt/registry.h"
#include "utils/builtins.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/memutils.h"

namespace pg
{
namespace
{

bool
same_attribute(const FormData_pg_attribute &a, const FormData_pg_attribute &b)
{
	return strcmp(NameStr(a.attname), NameStr(b.attname)) == 0 && a.atttypid == b.atttypid &&
		   a.attlen == b.attlen && a.attndims == b.attndims && a.atttypmod == b.atttypmod &&
		   a.attbyval == b.attbyval && a.attalign == b.attalign && a.attnotnull == b.attnotnull &&
		   a.attisdropped == b.attisdropped;
}

/* What stands by a table only: a copy of its columns has none of it. */
void
forget_constraints(Form_pg_attribute att)
{
	att->attnotnull = false;
	att->atthasdef = false;
	att->atthasmissing = false;
	att->attidentity = '\0';
	att->attgenerated = '\0';
}

void
forget_constraints(TupleDesc desc)
{
	for (int i = 0; i < desc->natts; i++)
		forget_constraints(TupleDescAttr(desc, i));
}

} /* namespace */
} /* namespace pg */

TupleDesc(CreateTemplateTupleDesc)(int natts)
{
	auto *desc = static_cast<TupleDesc>(palloc0(
		offsetof(TupleDescData, attrs) + static_cast<Size>(natts) * sizeof(FormData_pg_attribute)));

	desc->natts = natts;
	desc->tdtypeid = RECORDOID;
	desc->tdtypmod = -1;
	desc->tdrefcount = -1;
	return desc;
}

TupleDesc
CreateTupleDescCopyConstr(TupleDesc tupdesc)
{
	const Size size = TupleDescSize(tupdesc);
	auto *copy = static_cast<TupleDesc>(palloc(size));

	memcpy(static_cast<void *>(copy), tupdesc, size);
	copy->constr = nullptr;
	copy->tdrefcount = -1;
	return copy;
}

TupleDesc
CreateTupleDescCopy(TupleDesc tupdesc)
{
	TupleDesc copy = CreateTupleDescCopyConstr(tupdesc);

	pg::forget_constraints(copy);
	return copy;
}

TupleDesc
CreateTupleDesc(int natts, Form_pg_attribute *attrs)
{
	TupleDesc desc = CreateTemplateTupleDesc(natts);

	for (int i = 0; i < natts; i++)
		memcpy(static_cast<void *>(TupleDescAttr(desc, i)), attrs[i], ATTRIBUTE_FIXED_PART_SIZE);
	return desc;
}

void
TupleDescCopy(TupleDesc dst, TupleDesc src)
{
	memcpy(static_cast<void *>(dst), src, TupleDescSize(src));
	dst->constr = nullptr;
	dst->tdrefcount = -1;
	pg::forget_constraints(dst);
}

void
TupleDescCopyEntry(TupleDesc dst, AttrNumber dstAttno, TupleDesc src, AttrNumber srcAttno)
{
	Form_pg_attribute att = TupleDescAttr(dst, dstAttno - 1);

	memcpy(static_cast<void *>(att), TupleDescAttr(src, srcAttno - 1), ATTRIBUTE_FIXED_PART_SIZE);
	att->attnum = dstAttno;
	att->attcacheoff = -1;
	pg::forget_constraints(att);
}

void
FreeTupleDesc(TupleDesc tupdesc)
{
	pfree(tupdesc);
}

bool
equalTupleDescs(TupleDesc tupdesc1, TupleDesc tupdesc2)
{
	if (tupdesc1->natts != tupdesc2->natts || tupdesc1->tdtypeid != tupdesc2->tdtypeid)
		return false;
	for (int i = 0; i < tupdesc1->natts; i++)
		if (!pg::same_attribute(*TupleDescAttr(tupdesc1, i), *TupleDescAttr(tupdesc2, i)))
			return false;
	return true;
}

void
TupleDescInitEntry(TupleDesc desc, AttrNumber attributeNumber, const char *attributeName,
				   Oid oidtypeid, int32 typmod, int attdim)
{
	pg::FromC(
		[&]
		{
			Form_pg_attribute att = TupleDescAttr(desc, attributeNumber - 1);
			const pg::TypeDef *type = pg::FindType(oidtypeid);

			if (type == nullptr)
				pg::Raise(pg::Report(ERROR).msg("cache lookup failed for type %u", oidtypeid));
			memset(static_cast<void *>(att), 0, sizeof(*att));
			if (attributeName != nullptr)
				namestrcpy(&att->attname, attributeName);
			att->atttypid = oidtypeid;
			att->attlen = type->len;
			att->attnum = attributeNumber;
			att->attndims = attdim;
			att->attcacheoff = -1;
			att->atttypmod = typmod;
			att->attbyval = type->by_value;
			att->attalign = type->align;
			att->attstorage = type->len == -1 ? 'x' : 'p';
			att->attislocal = true;
		});
}

void
TupleDescInitBuiltinEntry(TupleDesc desc, AttrNumber attributeNumber, const char *attributeName,
						  Oid oidtypeid, int32 typmod, int attdim)
{
	TupleDescInitEntry(desc, attributeNumber, attributeName, oidtypeid, typmod, attdim);
}

void
TupleDescInitEntryCollation(TupleDesc desc, AttrNumber attributeNumber, Oid collationid)
{
	TupleDescAttr(desc, attributeNumber - 1)->attcollation = collationid;
}

TupleDesc
BuildDescFromLists(List *names, List *types, List *typmods, List *collations)
{
	TupleDesc desc = CreateTemplateTupleDesc(list_length(names));

	for (int i = 0; i < list_length(names); i++)
	{
		const auto number = static_cast<AttrNumber>(i + 1);

		TupleDescInitEntry(desc, number, strVal(list_nth(names, i)), list_nth_oid(types, i),
						   list_nth_int(typmods, i), 0);
		TupleDescInitEntryCollation(desc, number, list_nth_oid(collations, i));
	}
	return desc;
}
