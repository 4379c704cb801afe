/*
 * catalog/lookup.h
 *		Cached look-ups of one session, and when they go stale.
 *
 * Backends and workers with a database.
 */
#pragma once

#include "postgres.h"
#include "common/setting_def.h"

namespace pg
{

/* This session's look-ups may have changed (search_path, its own DDL, a rollback of it). */
void BumpLocalCatalogGeneration();

/* Whether this session has temporary objects: their catalogs then lie in the engine's temp schema. */
bool TempSchemaExists();
void SetTempSchemaExists();

extern const SettingSpan kCatalogSettings;

} /* namespace pg */
