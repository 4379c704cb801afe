/*
 * catalog/triggers.h
 *		Triggers: rows of pg_trigger, and which of them a statement fires.
 *
 * A trigger belongs to its table (RelationInfo::triggers, in the order in which they fire) and lies in
 * the same file.  Backends and workers with a database, inside a transaction.
 */
#pragma once

#include <string>
#include <vector>

#include "catalog/pg_trigger.h"
#include "catalog/write.h"

namespace pg
{

inline constexpr Oid kPgTriggerOid = 2620;
/* The built-in trigger function suppress_redundant_updates_trigger. */
inline constexpr Oid kSuppressRedundantUpdates = 1291;

/* One that a table has. */
struct TriggerOfTable
{
	RelationInfoPtr table;
	const TriggerInfo *trigger = nullptr; /* of table; null: there is none */
};
TriggerOfTable FindTrigger(Oid trigger);
const TriggerInfo *FindTrigger(const RelationInfo &table, std::string_view name);
/* Of all tables, those that call the function. */
std::vector<TriggerOfTable> TriggersCalling(Oid function);

/* Has any table of the database a trigger? Costs nothing where there is none. */
bool AnyTriggers();
/* level: TRIGGER_TYPE_ROW or 0; timing: TRIGGER_TYPE_BEFORE or 0; event: TRIGGER_TYPE_INSERT and the like. */
bool TriggerFires(const TriggerInfo &trigger, int level, int timing, int event);
/* Has the table a trigger of that event, of any level and timing, that is not disabled? */
bool HasTriggersFor(const RelationInfo &table, int event);

/* The statement that makes it; pretty: as psql's \d shows it. */
std::string TriggerDefinition(const RelationInfo &table, const TriggerInfo &trigger, bool pretty);

/* Writing.  Callers end with CatalogChanged(). */
void WriteTrigger(const RelationInfo &table, const TriggerInfo &trigger,
				  std::span<const Oid> functions_used);
void DeleteTrigger(const RelationInfo &table, Oid trigger);
void SetTriggerEnabled(const RelationInfo &table, Oid trigger, char enabled);
void RenameTrigger(const RelationInfo &table, Oid trigger, const std::string &name);

} /* namespace pg */
