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

} /* namespace pg */
