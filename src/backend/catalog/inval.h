/*
 * catalog/inval.h
 *		The C API's caches: their memory, and when modules are told that they changed.
 *
 * Backends and workers with a database.
 */
#pragma once

#include "utils/palloc.h"

namespace pg
{

/* CacheMemoryContext, made when it is first wanted. */
MemoryContext CacheContext();

/* Calls the callbacks of utils/inval.h if the catalog generation has moved since they were called last. */
void AcceptCatalogChanges();

/* A module opens the relation, and may remember its OID: relcache callbacks will be told it. */
void NoteOpenedRelation(Oid relation);

} /* namespace pg */
