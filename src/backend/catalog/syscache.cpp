/*
 * catalog/syscache.cpp
 *		The system caches (utils/syscache.h, utils/catcache.h).
 *
 * Backends and workers with a database, inside a transaction.  A look-up reads the catalog through the
 * engine once and is kept, found or not, until the catalog generation moves.
 */
#include "postgres.h"

#include "utils/syscache.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "access/transaction.h"
#include "catalog/catalog_tuples.h"
#include "catalog/inval.h"
#include "catalog/pinned_cache.h"
#include "catalog/syscache_table.h"
#include "catalog/system_relations.h"
#include "utils/catcache.h"
#include "utils/error/wall.h"
#include "utils/memutils.h"
#include "utils/mmgr/memory.h"

namespace pg
{
namespace
{

/* A catalog as the caches read it; made once. */
struct Catalog
{
	RelationInfoPtr relation;
	TupleDesc desc;
};

struct CachedTuple
{
	explicit CachedTuple(HeapTuple given) : tuple(given) {}
	~CachedTuple() { heap_freetuple(tuple); }
	CachedTuple(const CachedTuple &) = delete;
	CachedTuple &operator=(const CachedTuple &) = delete;

	HeapTuple tuple;
};

using Keys = std::array<Datum, 4>;
/* Cache, then the keys as bytes: what a key is does not matter to who looks it up again. */
using KeyText = std::pair<int, std::string>;
using TupleCache = PinnedCache<KeyText, CachedTuple, HeapTuple>;

TupleCache &
tuple_cache()
{
	static TupleCache *const instance = []
	{
		OnTransactionEnd([](bool) { tuple_cache().drop_holds(); });
		return std::make_unique<TupleCache>().release();
	}();

	return *instance;
}

const CacheDef &
definition(int id)
{
	if (id < 0 || id >= SysCacheSize)
		Raise(Report(ERROR).msg("invalid cache ID: %d", id));
	return kCaches[id];
}

const Catalog &
catalog_of(const CacheDef &def)
{
	static Catalog catalogs[SysCacheSize];
	Catalog &catalog = catalogs[def.id];

	if (catalog.desc != nullptr)
		return catalog;
	catalog.relation = FindSystemRelation(def.catalog);
	if (catalog.relation == nullptr)
		RaiseNotSupported(std::string("system cache ") + def.name);

	const MemoryContextScope scope(CacheContext());

	catalog.desc = DescribeColumns(*catalog.relation);
	return catalog;
}

int
key_count(const CacheDef &def)
{
	int count = 0;

	while (count < CATCACHE_MAXKEYS && def.keys[count] != 0)
		count++;
	return count;
}

/* Keys as values of the columns. */
class SearchKeys
{
public:
	SearchKeys(const CacheDef &def, const Catalog &catalog, const Keys &keys, int count)
	{
		for (int i = 0; i < count; i++)
		{
			const auto &column = catalog.relation->columns.at(static_cast<size_t>(def.keys[i]) - 1);

			filters_.push_back({def.keys[i], "=", ColumnValue(column.type, keys[i], &scratch_[i])});
		}
	}
	SearchKeys(const SearchKeys &) = delete;
	SearchKeys &operator=(const SearchKeys &) = delete;

	const std::vector<RowFilter> &filters() const { return filters_; }

	std::string text() const
	{
		std::string all;

		for (const RowFilter &filter : filters_)
		{
			all += filter.value.kind == Value::Kind::Int ? std::to_string(filter.value.integer)
														 : std::string(filter.value.bytes);
			all += '\0';
		}
		return all;
	}

private:
	std::array<std::string, 4> scratch_;
	std::vector<RowFilter> filters_;
};

std::unique_ptr<CachedTuple>
read_tuple(const Catalog &catalog, const SearchKeys &keys)
{
	std::unique_ptr<CachedTuple> found;
	const MemoryContextScope scope(CacheContext());

	ReadRows(*catalog.relation, catalog.desc, keys.filters(), {},
			 [&](HeapTuple tuple) { found = std::make_unique<CachedTuple>(tuple); });
	return found;
}

/* The tuple, not held yet; null when there is none. */
CachedTuple *
look_up(int id, const Keys &given)
{
	const CacheDef &def = definition(id);
	const Catalog &catalog = catalog_of(def);
	const SearchKeys keys(def, catalog, given, key_count(def));
	const KeyText key(id, keys.text());
	bool known;

	AcceptCatalogChanges();
	tuple_cache().turn_to(CatalogGeneration());

	CachedTuple *found = tuple_cache().find(key, &known);

	return known ? found : tuple_cache().add(key, read_tuple(catalog, keys));
}

HeapTuple
search(int id, const Keys &keys)
{
	CachedTuple *const found = look_up(id, keys);

	if (found == nullptr)
		return nullptr;
	tuple_cache().hold(found->tuple, found);
	return found->tuple;
}

HeapTuple
search_copy(int id, const Keys &keys)
{
	CachedTuple *const found = look_up(id, keys);

	return found == nullptr ? nullptr : heap_copytuple(found->tuple);
}

/* As a search by ATTNAME or ATTNUM found it, or nothing when the column was dropped. */
CachedTuple *
living_column(int id, Oid relid, Datum column)
{
	CachedTuple *const found = look_up(id, {ObjectIdGetDatum(relid), column, 0, 0});

	if (found == nullptr ||
		reinterpret_cast<Form_pg_attribute>(GETSTRUCT(found->tuple))->attisdropped)
		return nullptr;
	return found;
}

HeapTuple
held_tuple(CachedTuple *found)
{
	if (found == nullptr)
		return nullptr;
	tuple_cache().hold(found->tuple, found);
	return found->tuple;
}

HeapTuple
copied_tuple(CachedTuple *found)
{
	return found == nullptr ? nullptr : heap_copytuple(found->tuple);
}

CatCList *
search_list(int id, int nkeys, const Keys &given)
{
	const CacheDef &def = definition(id);
	const Catalog &catalog = catalog_of(def);
	const SearchKeys keys(def, catalog, given, nkeys);
	std::vector<RowOrder> order;
	std::vector<HeapTuple> rows;

	for (int i = 0; i < key_count(def); i++)
		order.push_back({def.keys[i]});

	const MemoryContextScope scope(TopTransactionContext);

	ReadRows(*catalog.relation, catalog.desc, keys.filters(), order,
			 [&](HeapTuple tuple) { rows.push_back(tuple); });

	auto *const list = static_cast<CatCList *>(palloc0(sizeof(CatCList)));

	list->ordered = true;
	list->n_members = static_cast<int>(rows.size());
	list->members = static_cast<CatCTup **>(palloc0((rows.size() + 1) * sizeof(CatCTup *)));
	for (size_t i = 0; i < rows.size(); i++)
	{
		list->members[i] = static_cast<CatCTup *>(palloc0(sizeof(CatCTup)));
		list->members[i]->tuple = *rows[i];
	}
	return list;
}

Datum
attribute(int id, HeapTuple tuple, AttrNumber number, bool *isnull)
{
	return heap_getattr(tuple, number, catalog_of(definition(id)).desc, isnull);
}

/* As good as any: bytes mixed one after another. */
uint32
hash_of(std::string_view text)
{
	uint32 hash = 2166136261U;

	for (const char c : text)
		hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
	return hash;
}

} /* namespace */

MemoryContext
CacheContext()
{
	if (CacheMemoryContext == nullptr)
		CreateCacheMemoryContext();
	return CacheMemoryContext;
}

} /* namespace pg */

void
CreateCacheMemoryContext(void)
{
	if (CacheMemoryContext == nullptr)
		CacheMemoryContext =
			AllocSetContextCreate(TopMemoryContext, "CacheMemoryContext", ALLOCSET_DEFAULT_SIZES);
}

HeapTuple
SearchSysCache(int cacheId, Datum key1, Datum key2, Datum key3, Datum key4)
{
	return pg::FromC([&] { return pg::search(cacheId, {key1, key2, key3, key4}); });
}

HeapTuple
SearchSysCache1(int cacheId, Datum key1)
{
	return SearchSysCache(cacheId, key1, 0, 0, 0);
}

HeapTuple
SearchSysCache2(int cacheId, Datum key1, Datum key2)
{
	return SearchSysCache(cacheId, key1, key2, 0, 0);
}

HeapTuple
SearchSysCache3(int cacheId, Datum key1, Datum key2, Datum key3)
{
	return SearchSysCache(cacheId, key1, key2, key3, 0);
}

HeapTuple
SearchSysCache4(int cacheId, Datum key1, Datum key2, Datum key3, Datum key4)
{
	return SearchSysCache(cacheId, key1, key2, key3, key4);
}

void
ReleaseSysCache(HeapTuple tuple)
{
	/* One of a list, or of a transaction that has ended: nothing to let go of. */
	pg::FromC([&] { pg::tuple_cache().release(tuple); });
}

HeapTuple
SearchSysCacheCopy(int cacheId, Datum key1, Datum key2, Datum key3, Datum key4)
{
	return pg::FromC([&] { return pg::search_copy(cacheId, {key1, key2, key3, key4}); });
}

bool
SearchSysCacheExists(int cacheId, Datum key1, Datum key2, Datum key3, Datum key4)
{
	return pg::FromC([&] { return pg::look_up(cacheId, {key1, key2, key3, key4}) != nullptr; });
}

Oid
GetSysCacheOid(int cacheId, AttrNumber oidcol, Datum key1, Datum key2, Datum key3, Datum key4)
{
	return pg::FromC(
		[&]
		{
			const pg::CachedTuple *found = pg::look_up(cacheId, {key1, key2, key3, key4});
			bool isnull;

			return found == nullptr
					   ? InvalidOid
					   : DatumGetObjectId(pg::attribute(cacheId, found->tuple, oidcol, &isnull));
		});
}

HeapTuple
SearchSysCacheAttName(Oid relid, const char *attname)
{
	return pg::FromC(
		[&]
		{ return pg::held_tuple(pg::living_column(ATTNAME, relid, CStringGetDatum(attname))); });
}

HeapTuple
SearchSysCacheCopyAttName(Oid relid, const char *attname)
{
	return pg::FromC(
		[&]
		{ return pg::copied_tuple(pg::living_column(ATTNAME, relid, CStringGetDatum(attname))); });
}

bool
SearchSysCacheExistsAttName(Oid relid, const char *attname)
{
	return pg::FromC(
		[&] { return pg::living_column(ATTNAME, relid, CStringGetDatum(attname)) != nullptr; });
}

HeapTuple
SearchSysCacheAttNum(Oid relid, int16 attnum)
{
	return pg::FromC(
		[&] { return pg::held_tuple(pg::living_column(ATTNUM, relid, Int16GetDatum(attnum))); });
}

HeapTuple
SearchSysCacheCopyAttNum(Oid relid, int16 attnum)
{
	return pg::FromC(
		[&] { return pg::copied_tuple(pg::living_column(ATTNUM, relid, Int16GetDatum(attnum))); });
}

Datum
SysCacheGetAttr(int cacheId, HeapTuple tup, AttrNumber attributeNumber, bool *isNull)
{
	return pg::FromC([&] { return pg::attribute(cacheId, tup, attributeNumber, isNull); });
}

Datum
SysCacheGetAttrNotNull(int cacheId, HeapTuple tup, AttrNumber attributeNumber)
{
	return pg::FromC(
		[&]
		{
			bool isnull;
			const Datum value = pg::attribute(cacheId, tup, attributeNumber, &isnull);

			if (isnull)
				pg::Raise(pg::Report(ERROR).msg(
					"unexpected null value in cached tuple for catalog %s column %s",
					pg::catalog_of(pg::definition(cacheId)).relation->name.c_str(),
					pg::catalog_of(pg::definition(cacheId))
						.relation->columns.at(static_cast<size_t>(attributeNumber) - 1)
						.name.c_str()));
			return value;
		});
}

uint32
GetSysCacheHashValue(int cacheId, Datum key1, Datum key2, Datum key3, Datum key4)
{
	return pg::FromC(
		[&]
		{
			const pg::CacheDef &def = pg::definition(cacheId);

			return pg::hash_of(pg::SearchKeys(def, pg::catalog_of(def), {key1, key2, key3, key4},
											  pg::key_count(def))
								   .text());
		});
}

struct catclist *
SearchSysCacheList(int cacheId, int nkeys, Datum key1, Datum key2, Datum key3)
{
	return pg::FromC([&] { return pg::search_list(cacheId, nkeys, {key1, key2, key3, 0}); });
}

void
ReleaseCatCacheList(CatCList *list)
{
	for (int i = 0; i < list->n_members; i++)
		pfree(list->members[i]);
	pfree(list->members);
	pfree(list);
}

bool
RelationHasSysCache(Oid relid)
{
	for (const pg::CacheDef &def : pg::kCaches)
		if (def.catalog == relid)
			return true;
	return false;
}

bool
RelationSupportsSysCache(Oid relid)
{
	return RelationHasSysCache(relid);
}
