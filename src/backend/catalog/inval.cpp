/*
 * catalog/inval.cpp
 *		Telling modules that the catalogs changed (utils/inval.h).
 *
 * Backends and workers with a database.  The catalog generation tells that something changed, not what:
 * every callback is told that everything may have.
 */
#include "postgres.h"

#include "utils/inval.h"

#include <set>
#include <vector>

#include "catalog/inval.h"
#include "catalog/lookup.h"
#include "catalog/objects.h"
#include "utils/error/wall.h"
#include "utils/syscache.h"

namespace pg
{
namespace
{

constexpr size_t kMaxCallbacks = 64;

struct SyscacheCallback
{
	int cache;
	SyscacheCallbackFunction function;
	Datum arg;
};

struct RelcacheCallback
{
	RelcacheCallbackFunction function;
	Datum arg;
};

std::vector<SyscacheCallback> &
syscache_callbacks()
{
	static auto &callbacks = *new std::vector<SyscacheCallback>;

	return callbacks;
}

std::vector<RelcacheCallback> &
relcache_callbacks()
{
	static auto &callbacks = *new std::vector<RelcacheCallback>;

	return callbacks;
}

/* There are modules that know their relation by its OID alone, and not that InvalidOid means all. */
std::set<Oid> &
opened_relations()
{
	static auto &relations = *new std::set<Oid>;

	return relations;
}

uint64 told_generation = 0;
bool telling = false;

void
call_syscache(int cache, uint32 hash)
{
	for (const SyscacheCallback &callback : syscache_callbacks())
		if (callback.cache == cache || cache < 0)
			ToC(callback.function, callback.arg, callback.cache, hash);
}

void
call_all()
{
	call_syscache(-1, 0);
	for (const RelcacheCallback &callback : relcache_callbacks())
	{
		ToC(callback.function, callback.arg, InvalidOid);
		/* A callback may open one more. */
		for (const Oid relation : std::set(opened_relations()))
			ToC(callback.function, callback.arg, relation);
	}
}

template <typename Callback>
void
add_callback(std::vector<Callback> &callbacks, const Callback &callback, const char *what)
{
	if (callbacks.size() == kMaxCallbacks)
		Raise(Report(FATAL).msg("out of %s slots", what));
	if (callbacks.empty())
		told_generation = CatalogGeneration();
	callbacks.push_back(callback);
}

} /* namespace */

void
AcceptCatalogChanges()
{
	const uint64 generation = CatalogGeneration();

	if (generation == told_generation || telling)
		return;
	told_generation = generation;
	telling = true;
	try
	{
		call_all();
	}
	catch (...)
	{
		telling = false;
		throw;
	}
	telling = false;
}

void
NoteOpenedRelation(Oid relation)
{
	if (!relcache_callbacks().empty())
		opened_relations().insert(relation);
}

} /* namespace pg */

using namespace pg;

void
CacheRegisterSyscacheCallback(int cacheid, SyscacheCallbackFunction func, Datum arg)
{
	FromC(
		[&]
		{
			if (cacheid < 0 || cacheid >= SysCacheSize)
				Raise(Report(FATAL).msg("invalid cache ID: %d", cacheid));
			add_callback(syscache_callbacks(), {cacheid, func, arg}, "syscache_callback_list");
		});
}

void
CacheRegisterRelcacheCallback(RelcacheCallbackFunction func, Datum arg)
{
	FromC([&] { add_callback(relcache_callbacks(), {func, arg}, "relcache_callback_list"); });
}

void
AcceptInvalidationMessages(void)
{
	FromC([] { AcceptCatalogChanges(); });
}

void
InvalidateSystemCaches(void)
{
	FromC(
		[]
		{
			BumpLocalCatalogGeneration();
			AcceptCatalogChanges();
		});
}

void
CallSyscacheCallbacks(int cacheid, uint32 hashvalue)
{
	FromC([&] { call_syscache(cacheid, hashvalue); });
}

void
CacheInvalidateRelcacheAll(void)
{
	FromC([] { CatalogChanged(); });
}

void
CacheInvalidateHeapTuple(Relation, HeapTuple, HeapTuple)
{
	CacheInvalidateRelcacheAll();
}

void
CacheInvalidateCatalog(Oid)
{
	CacheInvalidateRelcacheAll();
}

void
CacheInvalidateRelcache(Relation)
{
	CacheInvalidateRelcacheAll();
}

void
CacheInvalidateRelcacheByTuple(HeapTuple)
{
	CacheInvalidateRelcacheAll();
}

void
CacheInvalidateRelcacheByRelid(Oid)
{
	CacheInvalidateRelcacheAll();
}
