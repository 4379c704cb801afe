/*
 * catalog/relcache.cpp
 *		Open relations (access/relation.h, access/table.h, utils/rel.h, utils/relcache.h).
 *
 * Backends and workers with a database, inside a transaction.  A relation is described from the catalogs
 * when it is first opened and kept for one catalog generation; who holds it open then keeps what he got.
 */
#include "postgres.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include "access/relation.h"
#include "access/table.h"
#include "access/transaction.h"
#include "catalog/catalog.h"
#include "catalog/catalog_names.h"
#include "catalog/index.h"
#include "catalog/inval.h"
#include "catalog/namespace.h"
#include "catalog/objects.h"
#include "catalog/pg_trigger.h"
#include "catalog/pinned_cache.h"
#include "catalog/sys_row.h"
#include "catalog/system_relations.h"
#include "commands/tablecmds.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "utils/adt/row_type.h"
#include "utils/catcache.h"
#include "utils/error/wall.h"
#include "utils/memutils.h"
#include "utils/mmgr/memory.h"
#include "utils/rel.h"
#include "utils/reltrigger.h"

bool criticalRelcachesBuilt = true;
bool criticalSharedRelcachesBuilt = true;

namespace pg
{
namespace
{

/* All of it lies in one memory context. */
struct OpenRelation
{
	OpenRelation()
		: context(AllocSetContextCreate(CacheContext(), "relation", ALLOCSET_SMALL_SIZES)), data()
	{
	}
	~OpenRelation() { MemoryContextDelete(context); }
	OpenRelation(const OpenRelation &) = delete;
	OpenRelation &operator=(const OpenRelation &) = delete;

	MemoryContext context;
	RelationData data;
};

using RelationCache = PinnedCache<Oid, OpenRelation, Relation>;

RelationCache &
relation_cache()
{
	static RelationCache *const instance = []
	{
		OnTransactionEnd([](bool) { relation_cache().drop_holds(); });
		return std::make_unique<RelationCache>().release();
	}();

	return *instance;
}

/* The columns as pg_attribute has them; dropped ones included. */
TupleDesc
read_columns(Oid relid, int count)
{
	CatCList *const rows = SearchSysCacheList1(ATTNUM, ObjectIdGetDatum(relid));
	TupleDesc desc = CreateTemplateTupleDesc(count);

	if (IsRowType(relid))
		desc->tdtypeid = relid;
	for (int i = 0; i < rows->n_members; i++)
	{
		const auto *const row =
			reinterpret_cast<Form_pg_attribute>(GETSTRUCT(&rows->members[i]->tuple));

		if (row->attnum < 1 || row->attnum > count)
			continue;
		memcpy(static_cast<void *>(TupleDescAttr(desc, row->attnum - 1)), row,
			   ATTRIBUTE_FIXED_PART_SIZE);
		TupleDescAttr(desc, row->attnum - 1)->attcacheoff = -1;
	}
	ReleaseCatCacheList(rows);
	return desc;
}

void
fill_indexes(RelationData &data)
{
	const RelationInfoPtr relation = FindRelation(data.rd_id);

	if (relation == nullptr)
		return;
	for (const TableIndex &index : relation->indexes)
	{
		data.rd_indexlist = lappend_oid(data.rd_indexlist, index.oid);
		if (index.primary)
			data.rd_pkindex = index.oid;
	}
	data.rd_replidindex = RelationGetReplicaIndex(&data);
}

char *
copied_text(const std::string &text)
{
	return pstrdup(text.c_str());
}

void
copy_trigger(const TriggerInfo &from, Trigger *to)
{
	to->tgoid = from.oid;
	to->tgname = copied_text(from.name);
	to->tgfoid = from.function;
	to->tgtype = from.type;
	to->tgenabled = from.enabled;
	to->tgnattr = static_cast<int16>(from.columns.size());
	to->tgattr = static_cast<int16 *>(palloc((from.columns.size() + 1) * sizeof(int16)));
	std::ranges::copy(from.columns, to->tgattr);
	to->tgnargs = static_cast<int16>(from.arguments.size());
	to->tgargs = static_cast<char **>(palloc((from.arguments.size() + 1) * sizeof(char *)));
	std::ranges::transform(from.arguments, to->tgargs, copied_text);
	if (!from.when_sql.empty())
		to->tgqual = copied_text(from.when_sql);
	if (!from.old_table.empty())
		to->tgoldtable = copied_text(from.old_table);
	if (!from.new_table.empty())
		to->tgnewtable = copied_text(from.new_table);
}

/* trigdesc's flags, one for each kind of event. */
void
note_kind(int type, TriggerDesc *desc)
{
	const struct
	{
		int event;
		bool *before_row, *after_row, *before_statement, *after_statement;
	} kinds[] = {
		{TRIGGER_TYPE_INSERT, &desc->trig_insert_before_row, &desc->trig_insert_after_row,
		 &desc->trig_insert_before_statement, &desc->trig_insert_after_statement},
		{TRIGGER_TYPE_UPDATE, &desc->trig_update_before_row, &desc->trig_update_after_row,
		 &desc->trig_update_before_statement, &desc->trig_update_after_statement},
		{TRIGGER_TYPE_DELETE, &desc->trig_delete_before_row, &desc->trig_delete_after_row,
		 &desc->trig_delete_before_statement, &desc->trig_delete_after_statement},
		{TRIGGER_TYPE_TRUNCATE, nullptr, nullptr, &desc->trig_truncate_before_statement,
		 &desc->trig_truncate_after_statement},
	};
	const bool before = (type & TRIGGER_TYPE_BEFORE) != 0;
	const bool row = (type & TRIGGER_TYPE_ROW) != 0;

	for (const auto &kind : kinds)
	{
		bool *const flag = row ? (before ? kind.before_row : kind.after_row)
							   : (before ? kind.before_statement : kind.after_statement);

		if ((type & kind.event) != 0 && flag != nullptr)
			*flag = true;
	}
}

void
fill_triggers(RelationData &data)
{
	const RelationInfoPtr relation = FindRelation(data.rd_id);

	if (relation == nullptr || relation->triggers.empty())
		return;

	auto *const desc = static_cast<TriggerDesc *>(palloc0(sizeof(TriggerDesc)));

	desc->triggers = static_cast<Trigger *>(palloc0(relation->triggers.size() * sizeof(Trigger)));
	for (const TriggerInfo &trigger : relation->triggers)
	{
		copy_trigger(trigger, &desc->triggers[desc->numtriggers++]);
		note_kind(trigger.type, desc);
	}
	data.trigdesc = desc;
}

/* Null when there is no such relation. */
std::unique_ptr<OpenRelation>
describe_relation(Oid relid)
{
	HeapTuple row = SearchSysCache1(RELOID, ObjectIdGetDatum(relid));

	if (row == nullptr)
		return nullptr;

	auto relation = std::make_unique<OpenRelation>();
	RelationData &data = relation->data;
	const MemoryContextScope scope(relation->context);

	data.rd_rel = static_cast<Form_pg_class>(palloc(sizeof(FormData_pg_class)));
	memcpy(static_cast<void *>(data.rd_rel), GETSTRUCT(row), sizeof(FormData_pg_class));
	ReleaseSysCache(row);
	data.rd_id = relid;
	data.rd_isvalid = true;
	data.rd_isnailed = relid < kFirstNormalOid;
	data.rd_islocaltemp = data.rd_rel->relpersistence == RELPERSISTENCE_TEMP;
	data.rd_backend = data.rd_islocaltemp ? MyBackendId : InvalidBackendId;
	data.rd_att = read_columns(relid, data.rd_rel->relnatts);
	RelationInitLockInfo(&data);
	if (data.rd_rel->relkind == RELKIND_INDEX)
	{
		data.rd_indextuple = SearchSysCacheCopy1(INDEXRELID, ObjectIdGetDatum(relid));
		if (data.rd_indextuple != nullptr)
			data.rd_index = reinterpret_cast<Form_pg_index>(GETSTRUCT(data.rd_indextuple));
	}
	else
		fill_indexes(data);
	if (data.rd_rel->relhastriggers)
		fill_triggers(data);
	return relation;
}

Relation
open(Oid relid)
{
	bool known;

	NoteOpenedRelation(relid);
	AcceptCatalogChanges();
	relation_cache().turn_to(CatalogGeneration());

	OpenRelation *found = relation_cache().find(relid, &known);

	if (!known)
		found = relation_cache().add(relid, describe_relation(relid));
	if (found == nullptr)
		return nullptr;
	relation_cache().hold(&found->data, found);
	found->data.rd_refcnt = relation_cache().holders(&found->data);
	return &found->data;
}

/* Locks first, then looks: what the lock's former holder did is seen. Null when there is none. */
Relation
lock_and_open(Oid relid, LOCKMODE mode)
{
	if (mode != NoLock)
		LockRelationOid(relid, mode);

	Relation relation = open(relid);

	if (relation == nullptr && mode != NoLock)
		UnlockRelationOid(relid, mode);
	return relation;
}

void
close(Relation relation, LOCKMODE mode)
{
	const LockRelId id = relation->rd_lockInfo.lockRelId;

	relation->rd_refcnt = relation_cache().holders(relation) - 1;
	relation_cache().release(relation);
	if (mode != NoLock)
		UnlockRelationId(const_cast<LockRelId *>(&id), mode);
}

const char *
kind_detail(char kind)
{
	return kind == RELKIND_COMPOSITE_TYPE ? "This operation is not supported for composite types."
										  : "This operation is not supported for indexes.";
}

/* A relation that has rows: not an index, not a composite type. */
Relation
require_table(Relation relation)
{
	const char kind = relation->rd_rel->relkind;

	if (kind == RELKIND_INDEX || kind == RELKIND_PARTITIONED_INDEX ||
		kind == RELKIND_COMPOSITE_TYPE)
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("cannot open relation \"%s\"", RelationGetRelationName(relation))
				  .detail("%s", kind_detail(kind)));
	return relation;
}

} /* namespace */
} /* namespace pg */

using pg::FromC;

Relation
try_relation_open(Oid relationId, LOCKMODE lockmode)
{
	return FromC([&] { return pg::lock_and_open(relationId, lockmode); });
}

Relation
relation_open(Oid relationId, LOCKMODE lockmode)
{
	return FromC(
		[&]
		{
			Relation relation = pg::lock_and_open(relationId, lockmode);

			if (relation == nullptr)
				pg::Raise(pg::Report(ERROR).msg("could not open relation with OID %u", relationId));
			return relation;
		});
}

Relation
relation_openrv_extended(const RangeVar *relation, LOCKMODE lockmode, bool missing_ok)
{
	return FromC(
		[&]() -> Relation
		{
			const Oid oid = RangeVarGetRelid(relation, lockmode, missing_ok);

			return oid == InvalidOid ? nullptr : relation_open(oid, NoLock);
		});
}

Relation
relation_openrv(const RangeVar *relation, LOCKMODE lockmode)
{
	return relation_openrv_extended(relation, lockmode, false);
}

void
relation_close(Relation relation, LOCKMODE lockmode)
{
	FromC([&] { pg::close(relation, lockmode); });
}

Relation
table_open(Oid relationId, LOCKMODE lockmode)
{
	return FromC([&] { return pg::require_table(relation_open(relationId, lockmode)); });
}

Relation
try_table_open(Oid relationId, LOCKMODE lockmode)
{
	return FromC(
		[&]() -> Relation
		{
			Relation relation = try_relation_open(relationId, lockmode);

			return relation == nullptr ? nullptr : pg::require_table(relation);
		});
}

Relation
table_openrv_extended(const RangeVar *relation, LOCKMODE lockmode, bool missing_ok)
{
	return FromC(
		[&]() -> Relation
		{
			Relation opened = relation_openrv_extended(relation, lockmode, missing_ok);

			return opened == nullptr ? nullptr : pg::require_table(opened);
		});
}

Relation
table_openrv(const RangeVar *relation, LOCKMODE lockmode)
{
	return table_openrv_extended(relation, lockmode, false);
}

void
table_close(Relation relation, LOCKMODE lockmode)
{
	relation_close(relation, lockmode);
}

Relation
RelationIdGetRelation(Oid relationId)
{
	return try_relation_open(relationId, NoLock);
}

void
RelationClose(Relation relation)
{
	relation_close(relation, NoLock);
}

List *
RelationGetIndexList(Relation relation)
{
	return FromC([&] { return list_copy(relation->rd_indexlist); });
}

Oid
RelationGetPrimaryKeyIndex(Relation relation)
{
	return relation->rd_pkindex;
}

Oid
RelationGetReplicaIndex(Relation relation)
{
	return relation->rd_rel->relreplident == REPLICA_IDENTITY_DEFAULT ? relation->rd_pkindex
																	  : InvalidOid;
}

Oid
IndexGetRelation(Oid indexId, bool missing_ok)
{
	return pg::FromC(
		[&]
		{
			const Relation index = RelationIdGetRelation(indexId);
			const Oid table = index != nullptr && index->rd_index != nullptr
								  ? index->rd_index->indrelid
								  : InvalidOid;

			if (index != nullptr)
				RelationClose(index);
			if (table == InvalidOid && !missing_ok)
				pg::Raise(pg::Report(ERROR, ERRCODE_INTERNAL_ERROR)
							  .msg("cache lookup failed for index %u", indexId));
			return table;
		});
}

void
CheckTableNotInUse(Relation rel, const char *stmt)
{
	pg::FromC(
		[&]
		{
			if (rel->rd_refcnt > 1)
				pg::Raise(pg::Report(ERROR, ERRCODE_OBJECT_IN_USE)
							  .msg("cannot %s \"%s\" because it is being used by active queries in "
								   "this session",
								   stmt, RelationGetRelationName(rel)));
		});
}
