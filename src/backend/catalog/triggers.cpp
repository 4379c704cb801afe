/*
 * catalog/triggers.cpp
 *		Rows of pg_trigger.
 *
 * Backends and workers with a database, inside a transaction.
 */
#include "catalog/triggers.h"

#include <algorithm>

#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/functions.h"
#include "catalog/lookup.h"
#include "commands/trigger.h"
#include "utils/adt/text_bodies.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"

namespace pg
{
namespace
{

std::vector<TriggerOfTable>
triggers_where(const char *condition, Oid parameter)
{
	std::vector<std::pair<Oid, Oid>> rows;
	std::vector<TriggerOfTable> found;

	for (const Home home : {Home::Main, Home::Temporary})
	{
		if (home == Home::Temporary && !TempSchemaExists())
			continue;

		const std::unique_ptr<EngineStatement> query = CurrentEngine().prepare(
			"SELECT tgrelid, oid FROM " + CatalogTable(home, "pg_trigger") + " WHERE " + condition);

		query->bind(0, Value::Int(parameter));
		while (query->step())
			rows.emplace_back(static_cast<Oid>(query->column(0).integer),
							  static_cast<Oid>(query->column(1).integer));
		query->reset();
	}
	for (const auto &[table_oid, oid] : rows)
		if (RelationInfoPtr table = FindRelation(table_oid))
			for (const TriggerInfo &trigger : table->triggers)
				if (trigger.oid == oid)
					found.push_back({table, &trigger});
	return found;
}

void
set_column(const RelationInfo &table, Oid trigger, const char *column, const Value &value)
{
	SetCatalogColumn(HomeOf(table), "pg_trigger", trigger, column, value);
}

/* "INSERT OR UPDATE OF a, b" in PostgreSQL's order. */
std::string
events(const RelationInfo &table, const TriggerInfo &trigger)
{
	std::string text;
	const auto add = [&](int bit, const char *name)
	{
		if ((trigger.type & bit) != 0)
			text.append(text.empty() ? "" : " OR ").append(name);
		return (trigger.type & bit) != 0;
	};

	add(TRIGGER_TYPE_INSERT, "INSERT");
	add(TRIGGER_TYPE_DELETE, "DELETE");
	if (add(TRIGGER_TYPE_UPDATE, "UPDATE"))
		for (size_t i = 0; i < trigger.columns.size(); i++)
			text.append(i == 0 ? " OF " : ", ")
				.append(IdentifierText(
					table.columns.at(static_cast<size_t>(trigger.columns[i] - 1)).name));
	add(TRIGGER_TYPE_TRUNCATE, "TRUNCATE");
	return text;
}

} /* namespace */

TriggerOfTable
FindTrigger(Oid trigger)
{
	const std::vector<TriggerOfTable> found = triggers_where("oid = ?1", trigger);

	return found.empty() ? TriggerOfTable() : found.front();
}

const TriggerInfo *
FindTrigger(const RelationInfo &table, std::string_view name)
{
	for (const TriggerInfo &trigger : table.triggers)
		if (trigger.name == name)
			return &trigger;
	return nullptr;
}

std::vector<TriggerOfTable>
TriggersCalling(Oid function)
{
	return triggers_where("tgfoid = ?1", function);
}

bool
AnyTriggers()
{
	static uint64 generation = UINT64_MAX;
	static bool found = false;

	if (generation != CatalogGeneration())
	{
		found = false;
		for (const Home home : {Home::Main, Home::Temporary})
			if (home == Home::Main || TempSchemaExists())
				found =
					found || QueryEngineNumber("SELECT 1 FROM " + CatalogTable(home, "pg_trigger") +
											   " LIMIT 1") == 1;
		generation = CatalogGeneration();
	}
	return found;
}

bool
TriggerFires(const TriggerInfo &trigger, int level, int timing, int event)
{
	/* This server is nobody's replica. */
	return TRIGGER_TYPE_MATCHES(trigger.type, level, timing, event) &&
		   (trigger.enabled == TRIGGER_FIRES_ON_ORIGIN || trigger.enabled == TRIGGER_FIRES_ALWAYS);
}

bool
HasTriggersFor(const RelationInfo &table, int event)
{
	return std::ranges::any_of(table.triggers,
							   [&](const TriggerInfo &trigger)
							   {
								   return TriggerFires(
									   trigger, trigger.type & TRIGGER_TYPE_LEVEL_MASK,
									   trigger.type & TRIGGER_TYPE_TIMING_MASK, event);
							   });
}

std::string
TriggerDefinition(const RelationInfo &table, const TriggerInfo &trigger, bool pretty)
{
	const FunctionPtr function = FindAnyFunction(trigger.function);
	const RelationInfoPtr seen = pretty ? FindRelation("", table.name) : nullptr;
	const bool visible = seen != nullptr && seen->oid == table.oid;
	std::string text = "CREATE TRIGGER " + IdentifierText(trigger.name);

	text += (trigger.type & TRIGGER_TYPE_BEFORE) != 0 ? " BEFORE " : " AFTER ";
	text += events(table, trigger) + " ON ";
	text += (visible ? "" : IdentifierText(table.schema_name) + ".") + IdentifierText(table.name);
	if (!trigger.old_table.empty() || !trigger.new_table.empty())
		text += " REFERENCING";
	if (!trigger.old_table.empty())
		text += " OLD TABLE AS " + IdentifierText(trigger.old_table);
	if (!trigger.new_table.empty())
		text += " NEW TABLE AS " + IdentifierText(trigger.new_table);
	text += (trigger.type & TRIGGER_TYPE_ROW) != 0 ? " FOR EACH ROW " : " FOR EACH STATEMENT ";
	if (!trigger.when_sql.empty())
	{
		const bool bare = pretty || trigger.when_sql.find(' ') == std::string::npos;

		text += (bare ? "WHEN (" : "WHEN ((") + trigger.when_sql + (bare ? ") " : ")) ");
	}
	text += "EXECUTE FUNCTION ";
	if (function != nullptr)
	{
		const std::string name = ProcedureName(*function);

		text += name.substr(0, name.size() - 2); /* without the empty list of types */
	}
	text += '(';
	for (size_t i = 0; i < trigger.arguments.size(); i++)
	{
		text += i > 0 ? ", " : "";
		AppendLiteral(trigger.arguments[i], &text);
	}
	return text + ")";
}

void
WriteTrigger(const RelationInfo &table, const TriggerInfo &trigger,
			 std::span<const Oid> functions_used)
{
	const Home home = HomeOf(table);
	const Value relation = Value::Int(table.oid);
	std::string columns, arguments;

	for (const int16 attnum : trigger.columns)
		columns += (columns.empty() ? "" : " ") + std::to_string(attnum);
	for (const std::string &argument : trigger.arguments)
		arguments += argument + '\0';

	CatalogRow row(home, "pg_trigger");

	row.set("oid", trigger.oid)
		.set("tgrelid", table.oid)
		.set("tgparentid", 0)
		.set("tgname", trigger.name)
		.set("tgfoid", trigger.function)
		.set("tgtype", static_cast<int>(trigger.type))
		.set_letter("tgenabled", trigger.enabled)
		.set("tgisinternal", false)
		.set("tgconstrrelid", 0)
		.set("tgconstrindid", 0)
		.set("tgconstraint", 0)
		.set("tgdeferrable", false)
		.set("tginitdeferred", false)
		.set("tgnargs", static_cast<int>(trigger.arguments.size()))
		.set("tgattr", columns)
		.set("tgargs", Value::Blob(arguments));
	if (!trigger.when_sql.empty())
		row.set("tgqual", trigger.when_sql);
	if (!trigger.old_table.empty())
		row.set("tgoldtable", trigger.old_table);
	if (!trigger.new_table.empty())
		row.set("tgnewtable", trigger.new_table);
	row.insert();
	InsertDependency(home, kPgTriggerOid, trigger.oid, 0, kPgProcOid, trigger.function, 0, 'n');
	for (const Oid function : functions_used)
		InsertDependency(home, kPgTriggerOid, trigger.oid, 0, kPgProcOid, function, 0, 'n');
	InsertDependency(home, kPgTriggerOid, trigger.oid, 0, kPgClassOid, table.oid, 0, 'a');
	for (const int16 attnum : trigger.columns)
		InsertDependency(home, kPgTriggerOid, trigger.oid, 0, kPgClassOid, table.oid, attnum, 'n');
	RunEngine("UPDATE " + CatalogTable(home, "pg_class") + " SET relhastriggers = 1 WHERE oid = ?1",
			  {&relation, 1});
}

void
DeleteTrigger(const RelationInfo &table, Oid trigger)
{
	DeleteObject(HomeOf(table), "pg_trigger", kPgTriggerOid, trigger);
}

void
SetTriggerEnabled(const RelationInfo &table, Oid trigger, char enabled)
{
	set_column(table, trigger, "tgenabled", Value::Text(std::string_view(&enabled, 1)));
}

void
RenameTrigger(const RelationInfo &table, Oid trigger, const std::string &name)
{
	set_column(table, trigger, "tgname", Value::Text(name));
}

} /* namespace pg */

using namespace pg;

Oid
get_trigger_oid(Oid relid, const char *trigname, bool missing_ok)
{
	return FromC(
		[&]
		{
			const pg::RelationInfoPtr table = FindRelation(relid);
			const TriggerInfo *const trigger =
				table != nullptr ? FindTrigger(*table, trigname) : nullptr;

			if (trigger == nullptr && !missing_ok)
				Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
						  .msg("trigger \"%s\" for table \"%s\" does not exist", trigname,
							   table != nullptr ? table->name.c_str() : ""));
			return trigger != nullptr ? trigger->oid : Oid{InvalidOid};
		});
}
