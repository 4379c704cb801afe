/*
 * commands/trigger_commands.cpp
 *		CREATE TRIGGER, ALTER TRIGGER ... RENAME, ALTER TABLE ... ENABLE and DISABLE TRIGGER.
 *
 * Backends and workers inside a writing transaction.
 */
#include "commands/trigger_commands.h"

#include <algorithm>
#include <array>

#include "catalog/catalog_names.h"
#include "catalog/functions.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_type_d.h"
#include "catalog/rights.h"
#include "catalog/triggers.h"
#include "commands/commands.h"
#include "commands/named_object.h"
#include "commands/trigger.h"
#include "miscadmin.h"

namespace pg::commands
{
namespace
{

using TriggerStmt = PgQuery__CreateTrigStmt;

void
refuse_unsupported_trigger(const TriggerStmt &stmt)
{
	if (stmt.isconstraint)
		RaiseNotSupported("CREATE CONSTRAINT TRIGGER");
	if ((stmt.timing & TRIGGER_TYPE_INSTEAD) != 0)
		RaiseNotSupported("an INSTEAD OF trigger");
}

/* The table that may get the trigger; raises what its kind or the rights on it forbid. */
RelationInfoPtr
table_for_trigger(const TriggerStmt &stmt)
{
	const ObjectName name = NameOf(*stmt.relation);
	RelationInfoPtr table = RelationNamed(name);

	if (table->kind == 'v' && !table->is_system)
	{
		if (stmt.row || (stmt.events & TRIGGER_TYPE_TRUNCATE) != 0)
			Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
					  .msg("\"%s\" is a view", table->name.c_str())
					  .detail("%s", stmt.row
										? "Views cannot have row-level BEFORE or AFTER triggers."
										: "Views cannot have TRUNCATE triggers."));
		RaiseNotSupported("a trigger on a view");
	}
	if (table->kind == 'i' || table->kind == 'c')
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("\"%s\" is %s", table->name.c_str(),
					   table->kind == 'i' ? "an index" : "a composite type"));
	if (table->kind != 'r' && !table->is_system)
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("relation \"%s\" cannot have triggers", table->name.c_str())
				  .detail("This operation is not supported for sequences."));
	if (table->oid < kFirstNormalOid)
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied: \"%s\" is a system catalog", table->name.c_str()));
	CheckRights(std::array{RightWanted{kPgClassOid, table->oid, ACL_TRIGGER}});
	if (stmt.row && (stmt.events & TRIGGER_TYPE_TRUNCATE) != 0)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("TRUNCATE FOR EACH ROW triggers are not supported"));
	return table;
}

FunctionPtr
function_of(const TriggerStmt &stmt)
{
	const ObjectName name = SplitName(NamesOf(stmt.funcname, stmt.n_funcname));
	FunctionPtr found;

	for (const NamedFunction &candidate : FunctionsNamed(name.schema, name.name))
		if (found == nullptr && candidate.function->arg_count == 0)
			found = candidate.function;
	if (found == nullptr)
		Raise(
			Report(ERROR, ERRCODE_UNDEFINED_FUNCTION)
				.msg("function %s does not exist", FunctionSignature(name.display(), {}).c_str()));

	if (found->stored)
		CheckRights(std::array{RightWanted{kPgProcOid, found->oid, ACL_EXECUTE}});
	if (found->result != TRIGGEROID)
		Raise(Report(ERROR, ERRCODE_INVALID_OBJECT_DEFINITION)
				  .msg("function %s must return type %s", name.display().c_str(), "trigger"));
	return found;
}

[[noreturn]] void
raise_trigger_definition(int sqlstate, const char *message)
{
	Raise(Report(ERROR, sqlstate).msg("%s", message));
}

/* Which triggers may name transition tables. */
void
check_transitions(const TriggerStmt &stmt)
{
	const int events = stmt.events & TRIGGER_TYPE_EVENT_MASK;

	if ((stmt.timing & TRIGGER_TYPE_TIMING_MASK) != TRIGGER_TYPE_AFTER)
		raise_trigger_definition(
			ERRCODE_INVALID_OBJECT_DEFINITION,
			"transition table name can only be specified for an AFTER trigger");
	if ((events & TRIGGER_TYPE_TRUNCATE) != 0)
		raise_trigger_definition(ERRCODE_INVALID_OBJECT_DEFINITION,
								 "TRUNCATE triggers with transition tables are not supported");
	if ((events & (events - 1)) != 0)
		raise_trigger_definition(
			ERRCODE_FEATURE_NOT_SUPPORTED,
			"transition tables cannot be specified for triggers with more than one event");
	if (stmt.n_columns > 0)
		raise_trigger_definition(
			ERRCODE_FEATURE_NOT_SUPPORTED,
			"transition tables cannot be specified for triggers with column lists");
}

/* REFERENCING { OLD | NEW } TABLE AS name */
void
read_transitions(const TriggerStmt &stmt, TriggerInfo *trigger)
{
	for (size_t i = 0; i < stmt.n_transition_rels; i++)
	{
		const PgQuery__TriggerTransition &named = *stmt.transition_rels[i]->trigger_transition;
		const bool is_new = named.is_new;
		std::string &place = is_new ? trigger->new_table : trigger->old_table;
		const int wanted =
			TRIGGER_TYPE_UPDATE | (is_new ? TRIGGER_TYPE_INSERT : TRIGGER_TYPE_DELETE);

		if (!named.is_table)
			Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
					  .msg("ROW variable naming in the REFERENCING clause is not supported")
					  .hint("Use OLD TABLE or NEW TABLE for naming transition tables."));
		check_transitions(stmt);
		if ((stmt.events & wanted) == 0)
			raise_trigger_definition(
				ERRCODE_INVALID_OBJECT_DEFINITION,
				is_new ? "NEW TABLE can only be specified for an INSERT or UPDATE trigger"
					   : "OLD TABLE can only be specified for a DELETE or UPDATE trigger");
		if (!place.empty())
			raise_trigger_definition(ERRCODE_INVALID_OBJECT_DEFINITION,
									 is_new ? "NEW TABLE cannot be specified multiple times"
											: "OLD TABLE cannot be specified multiple times");
		place = named.name;
	}
	if (!trigger->old_table.empty() && trigger->old_table == trigger->new_table)
		raise_trigger_definition(ERRCODE_INVALID_OBJECT_DEFINITION,
								 "OLD TABLE name and NEW TABLE name cannot be the same");
}

std::vector<int16>
columns_of(const TriggerStmt &stmt, const RelationInfo &table)
{
	std::vector<int16> columns;

	for (const std::string &name : NamesOf(stmt.columns, stmt.n_columns))
	{
		const ColumnInfo *const column = table.find_column(name);

		if (column == nullptr)
			Raise(Report(ERROR, ERRCODE_UNDEFINED_COLUMN)
					  .msg("column \"%s\" of relation \"%s\" does not exist", name.c_str(),
						   table.name.c_str()));
		if (std::ranges::find(columns, column->attnum) != columns.end())
			Raise(Report(ERROR, ERRCODE_DUPLICATE_COLUMN)
					  .msg("column \"%s\" specified more than once", name.c_str()));
		columns.push_back(column->attnum);
	}
	return columns;
}

/* Takes the place of one of the same name, or refuses to. */
void
replace_old(const TriggerStmt &stmt, const RelationInfo &table, TriggerInfo *fresh)
{
	const TriggerInfo *const old = FindTrigger(table, fresh->name);

	if (old == nullptr)
	{
		fresh->oid = NewOid();
		return;
	}
	if (!stmt.replace)
		Raise(Report(ERROR, ERRCODE_DUPLICATE_OBJECT)
				  .msg("trigger \"%s\" for relation \"%s\" already exists", fresh->name.c_str(),
					   table.name.c_str()));
	fresh->oid = old->oid;
	DeleteTrigger(table, old->oid);
}

const TriggerInfo &
trigger_named(const RelationInfo &table, const char *name)
{
	const TriggerInfo *const trigger = FindTrigger(table, name);

	if (trigger == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
				  .msg("trigger \"%s\" for table \"%s\" does not exist", name, table.name.c_str()));
	return *trigger;
}

} /* namespace */

std::string
RunCreateTrigger(const Command &command)
{
	const TriggerStmt &stmt = *command.node.create_trig_stmt;

	refuse_unsupported_trigger(stmt);

	const RelationInfoPtr table = table_for_trigger(stmt);
	TriggerInfo trigger;
	StoredSql condition;

	trigger.name = stmt.trigname;
	trigger.type = static_cast<int16>(stmt.timing | stmt.events |
									  (stmt.row ? TRIGGER_TYPE_ROW : TRIGGER_TYPE_STATEMENT));
	if (stmt.when_clause != nullptr)
		condition = CheckTriggerWhen(command.raw, stmt.when_clause, *table, trigger.type);
	trigger.when_sql = condition.sql;

	read_transitions(stmt, &trigger);

	const FunctionPtr function = function_of(stmt);

	if (!function->stored && function->oid != kSuppressRedundantUpdates)
		RaiseNotSupported("a trigger that calls the built-in function " + ProcedureName(*function));
	trigger.function = function->oid;
	trigger.columns = columns_of(stmt, *table);
	trigger.arguments = NamesOf(stmt.args, stmt.n_args);
	replace_old(stmt, *table, &trigger);
	WriteTrigger(*table, trigger, condition.functions);
	CatalogChanged();
	InvokeObjectPostCreateHook(kPgTriggerOid, trigger.oid, 0);
	return "CREATE TRIGGER";
}

std::vector<TriggerInfo>
TriggersOfColumn(const RelationInfo &table, const ColumnInfo &column)
{
	std::vector<TriggerInfo> found;

	for (const TriggerInfo &trigger : table.triggers)
	{
		bool names = std::ranges::find(trigger.columns, column.attnum) != trigger.columns.end();

		if (!trigger.when_sql.empty())
		{
			const auto parsed = ParseStatements("SELECT " + trigger.when_sql);

			for (const std::string &mentioned : ColumnsMentioned(parsed->front().node))
				names = names || mentioned == column.name;
		}
		if (names)
			found.push_back(trigger);
	}
	return found;
}

void
RenameTriggerOf(const RelationInfo &table, const char *name, const char *new_name)
{
	const TriggerInfo &trigger = trigger_named(table, name);

	if (FindTrigger(table, new_name) != nullptr)
		Raise(Report(ERROR, ERRCODE_DUPLICATE_OBJECT)
				  .msg("trigger \"%s\" for relation \"%s\" already exists", new_name,
					   table.name.c_str()));
	RenameTrigger(table, trigger.oid, new_name);
}

bool
AlterTriggers(const RelationInfo &table, const PgQuery__AlterTableCmd &cmd)
{
	char enabled;

	switch (cmd.subtype)
	{
		case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig:
		case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll:
		case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser:
			enabled = TRIGGER_FIRES_ON_ORIGIN;
			break;
		case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig: enabled = TRIGGER_FIRES_ALWAYS; break;
		case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig:
			enabled = TRIGGER_FIRES_ON_REPLICA;
			break;
		case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig:
		case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll:
		case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser: enabled = TRIGGER_DISABLED; break;
		default: return false;
	}
	if (cmd.name[0] != '\0')
		SetTriggerEnabled(table, trigger_named(table, cmd.name).oid, enabled);
	else
		for (const TriggerInfo &trigger : table.triggers)
			SetTriggerEnabled(table, trigger.oid, enabled);
	return true;
}

} /* namespace pg::commands */
