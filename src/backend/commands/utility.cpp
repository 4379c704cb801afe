/*
 * commands/utility.cpp
 *		The table of utility statements, and running one of them.
 *
 * Sessions and workers connected to a database, inside a transaction (which BEGIN and COMMIT steer).
 */
#include "commands/utility.h"

#include "access/transaction.h"
#include "access/xlog.h"
#include "commands/commands.h"
#include "commands/do.h"

namespace pg
{
namespace
{

using namespace pg::commands;
using Case = PgQuery__Node__NodeCase;

/* What a statement needs of its transaction. */
enum class Needs : uint8_t
{
	Nothing,	/* runs anywhere */
	Write,		/* 25006 in a read-only transaction and during recovery; takes the write lock */
	NoRecovery, /* allowed in a read-only transaction, not during recovery */
};

struct UtilityRow
{
	Case node;
	Function *run;
	Needs needs;
	const char *outside_block = nullptr; /* how the error names it; null: may run in a block */
};

constexpr UtilityRow kUtilities[] = {
	{PG_QUERY__NODE__NODE_TRANSACTION_STMT, RunTransaction, Needs::Nothing},
	{PG_QUERY__NODE__NODE_VARIABLE_SET_STMT, RunSet, Needs::Nothing},
	{PG_QUERY__NODE__NODE_VARIABLE_SHOW_STMT, RunShow, Needs::Nothing},
	{PG_QUERY__NODE__NODE_ALTER_SYSTEM_STMT, RunAlterSystem, Needs::Nothing, "ALTER SYSTEM"},
	{PG_QUERY__NODE__NODE_DISCARD_STMT, RunDiscard, Needs::Nothing},
	{PG_QUERY__NODE__NODE_CREATE_STMT, RunCreateTable, Needs::Write},
	{PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT, RunCreateTableAs, Needs::Write},
	{PG_QUERY__NODE__NODE_SELECT_STMT, RunCreateTableAs, Needs::Write},
	{PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT, RunCreateSchema, Needs::Write},
	{PG_QUERY__NODE__NODE_CREATE_SEQ_STMT, RunCreateSequence, Needs::Write},
	{PG_QUERY__NODE__NODE_ALTER_SEQ_STMT, RunAlterSequence, Needs::Write},
	{PG_QUERY__NODE__NODE_INDEX_STMT, RunCreateIndex, Needs::Write},
	{PG_QUERY__NODE__NODE_VIEW_STMT, RunCreateView, Needs::Write},
	{PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT, RunCreateFunction, Needs::Write},
	{PG_QUERY__NODE__NODE_CREATE_TRIG_STMT, RunCreateTrigger, Needs::Write},
	{PG_QUERY__NODE__NODE_CREATE_POLICY_STMT, RunCreatePolicy, Needs::Write},
	{PG_QUERY__NODE__NODE_ALTER_FUNCTION_STMT, RunAlterFunction, Needs::Write},
	{PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT, RunAlterObjectSchema, Needs::Write},
	{PG_QUERY__NODE__NODE_COMPOSITE_TYPE_STMT, RunCreateCompositeType, Needs::Write},
	{PG_QUERY__NODE__NODE_CREATE_ENUM_STMT, RunCreateEnum, Needs::Write},
	{PG_QUERY__NODE__NODE_ALTER_ENUM_STMT, RunAlterEnum, Needs::Write},
	{PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT, RunCreateExtension, Needs::Write},
	{PG_QUERY__NODE__NODE_ALTER_EXTENSION_STMT, RunAlterExtension, Needs::Write},
	{PG_QUERY__NODE__NODE_ALTER_EXTENSION_CONTENTS_STMT, RunAlterExtensionContents, Needs::Write},
	{PG_QUERY__NODE__NODE_DROP_STMT, RunDrop, Needs::Write},
	{PG_QUERY__NODE__NODE_TRUNCATE_STMT, RunTruncate, Needs::Write},
	{PG_QUERY__NODE__NODE_ALTER_TABLE_STMT, RunAlterTable, Needs::Write},
	{PG_QUERY__NODE__NODE_RENAME_STMT, RunRename, Needs::Write},
	{PG_QUERY__NODE__NODE_ALTER_OWNER_STMT, RunAlterOwner, Needs::Write},
	{PG_QUERY__NODE__NODE_COMMENT_STMT, RunComment, Needs::Write},
	{PG_QUERY__NODE__NODE_CREATEDB_STMT, RunCreateDatabase, Needs::Nothing, "CREATE DATABASE"},
	{PG_QUERY__NODE__NODE_DROPDB_STMT, RunDropDatabase, Needs::Nothing, "DROP DATABASE"},
	{PG_QUERY__NODE__NODE_ALTER_DATABASE_STMT, RunAlterDatabase, Needs::Write},
	{PG_QUERY__NODE__NODE_ALTER_DATABASE_SET_STMT, RunAlterDatabaseSet, Needs::Write},
	{PG_QUERY__NODE__NODE_CREATE_ROLE_STMT, RunCreateRole, Needs::Write},
	{PG_QUERY__NODE__NODE_ALTER_ROLE_STMT, RunAlterRole, Needs::Write},
	{PG_QUERY__NODE__NODE_ALTER_ROLE_SET_STMT, RunAlterRoleSet, Needs::Write},
	{PG_QUERY__NODE__NODE_DROP_ROLE_STMT, RunDropRole, Needs::Write},
	{PG_QUERY__NODE__NODE_GRANT_STMT, RunGrant, Needs::Write},
	{PG_QUERY__NODE__NODE_GRANT_ROLE_STMT, RunGrantRole, Needs::Write},
	{PG_QUERY__NODE__NODE_DROP_OWNED_STMT, RunDropOwned, Needs::Write},
	{PG_QUERY__NODE__NODE_REASSIGN_OWNED_STMT, RunReassignOwned, Needs::Write},
	{PG_QUERY__NODE__NODE_CALL_STMT, RunCall, Needs::Nothing},
	{PG_QUERY__NODE__NODE_DO_STMT, RunDo, Needs::Nothing},
	{PG_QUERY__NODE__NODE_PREPARE_STMT, RunPrepare, Needs::Nothing},
	{PG_QUERY__NODE__NODE_EXECUTE_STMT, RunExecute, Needs::Nothing},
	{PG_QUERY__NODE__NODE_DEALLOCATE_STMT, RunDeallocate, Needs::Nothing},
	{PG_QUERY__NODE__NODE_LISTEN_STMT, RunListen, Needs::Nothing},
	{PG_QUERY__NODE__NODE_UNLISTEN_STMT, RunUnlisten, Needs::Nothing},
	{PG_QUERY__NODE__NODE_NOTIFY_STMT, RunNotify, Needs::Nothing},
	{PG_QUERY__NODE__NODE_DECLARE_CURSOR_STMT, RunDeclareCursor, Needs::Nothing},
	{PG_QUERY__NODE__NODE_FETCH_STMT, RunFetch, Needs::Nothing},
	{PG_QUERY__NODE__NODE_CLOSE_PORTAL_STMT, RunClosePortal, Needs::Nothing},
	{PG_QUERY__NODE__NODE_EXPLAIN_STMT, RunExplain, Needs::Nothing},
	{PG_QUERY__NODE__NODE_LOCK_STMT, RunLock, Needs::Nothing},
	{PG_QUERY__NODE__NODE_VACUUM_STMT, RunVacuum, Needs::NoRecovery},
	{PG_QUERY__NODE__NODE_REINDEX_STMT, RunReindex, Needs::NoRecovery},
	{PG_QUERY__NODE__NODE_CHECK_POINT_STMT, RunCheckpoint, Needs::Nothing},
	{PG_QUERY__NODE__NODE_LOAD_STMT, RunLoad, Needs::Nothing},
};

const UtilityRow &
row_of(const RawStatement &raw)
{
	for (const UtilityRow &row : kUtilities)
		if (row.node == raw.node->node_case)
			return row;
	RaiseNotSupported(raw.tag);
}

void
satisfy(const UtilityRow &row, const char *tag)
{
	if (row.outside_block != nullptr)
		PreventInBlock(row.outside_block);
	if (row.needs == Needs::Write)
		PrepareForWrite(tag);
	else if (row.needs == Needs::NoRecovery)
		RefuseDuringRecovery(tag);
}

} /* namespace */

std::string
RunUtility(const Plan &plan, RowReceiver &receiver, std::span<const Value> parameters)
{
	const UtilityRow &row = row_of(plan.raw);

	satisfy(row, plan.raw.tag);
	return row.run(Command{plan.raw, *plan.raw.node, receiver, {}, &plan, parameters});
}

std::vector<ResultColumn>
UtilityColumns(const Plan &plan)
{
	const Node &node = *plan.raw.node;

	switch (node.node_case)
	{
		case PG_QUERY__NODE__NODE_VARIABLE_SHOW_STMT: return ShowColumns(*node.variable_show_stmt);
		case PG_QUERY__NODE__NODE_EXPLAIN_STMT: return ExplainColumns();
		case PG_QUERY__NODE__NODE_FETCH_STMT: return FetchColumns(*node.fetch_stmt);
		case PG_QUERY__NODE__NODE_CALL_STMT: return CallColumns(plan);
		case PG_QUERY__NODE__NODE_EXECUTE_STMT: return ExecuteColumns(*node.execute_stmt);
		default: return {};
	}
}

} /* namespace pg */
