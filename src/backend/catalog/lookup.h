/*
 * catalog/lookup.h
 *		Cached look-ups of one session, and when they go stale.
 *
 * Backends and workers with a database.
 */
#pragma once

#include "postgres.h"
#include <string>
#include <string_view>
#include <vector>

#include "catalog/objects.h"
#include "common/setting_def.h"

namespace pg
{

/* This session's look-ups may have changed (its own DDL, a rollback of it). */
void BumpLocalCatalogGeneration();

/*
 * What unqualified names mean depends on search_path and the current user: a number for both, the same
 * again when they are the same again.  Plans are good for one number and one CatalogGeneration().
 */
uint64 NamingNumber();

/* Whether this session has temporary objects: their catalogs then lie in the engine's temp schema. */
bool TempSchemaExists();
void SetTempSchemaExists();

/* The expressions of pg_index.indexprs: a list with commas outside of quotes and parentheses. */
std::vector<std::string> SplitExpressions(std::string_view list);
/* As pg_get_indexdef prints it; options is pg_index.indoption, read where it is not given. */
std::string IndexDefinition(const RelationInfo &table, const TableIndex &index);
std::string IndexDefinition(const RelationInfo &table, const TableIndex &index,
							std::string_view options);

extern const SettingSpan kCatalogSettings;

} /* namespace pg */
