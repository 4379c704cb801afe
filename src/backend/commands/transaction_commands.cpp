/*
 * commands/transaction_commands.cpp
 *		BEGIN, COMMIT, ROLLBACK, savepoints, SET TRANSACTION.
 *
 * Sessions; access/transaction.h does the work.
 */
#include "access/transaction.h"

#include "access/xact.h"
#include "commands/commands.h"
#include "commands/transaction_options.h"

namespace pg::commands
{
namespace
{

int
isolation_level(std::string_view name)
{
	if (name == "serializable")
		return XACT_SERIALIZABLE;
	if (name == "repeatable read")
		return XACT_REPEATABLE_READ;
	if (name == "read committed")
		return XACT_READ_COMMITTED;
	return XACT_READ_UNCOMMITTED;
}

/* The grammar gives constants. */
const Node *
option_value(const PgQuery__DefElem &option)
{
	return option.arg;
}

int
constant_integer(const Node *node)
{
	if (node != nullptr && node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
		node->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL)
		return node->a_const->ival->ival;
	if (node != nullptr && node->node_case == PG_QUERY__NODE__NODE_INTEGER)
		return node->integer->ival;
	return 0;
}

std::string
constant_string(const Node *node)
{
	if (node != nullptr && node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
		node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL)
		return node->a_const->sval->sval;
	return std::string(StringOf(node));
}

} /* namespace */

TransactionOptions
ReadTransactionOptions(Node *const *nodes, size_t count)
{
	TransactionOptions options;

	for (size_t i = 0; i < count; i++)
	{
		if (nodes[i]->node_case != PG_QUERY__NODE__NODE_DEF_ELEM)
			continue;

		const PgQuery__DefElem &option = *nodes[i]->def_elem;
		const std::string_view name = option.defname;

		if (name == "transaction_isolation")
			options.isolation = isolation_level(constant_string(option_value(option)));
		else if (name == "transaction_read_only")
			options.read_only = constant_integer(option_value(option)) != 0;
		else if (name == "transaction_deferrable")
			options.deferrable = constant_integer(option_value(option)) != 0;
	}
	return options;
}

std::string
RunTransaction(const Command &command)
{
	const PgQuery__TransactionStmt &stmt = *command.node.transaction_stmt;

	switch (stmt.kind)
	{
		case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN:
		case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
			BeginTransactionBlock(ReadTransactionOptions(stmt.options, stmt.n_options));
			return command.raw.tag;
		case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
			return EndTransactionBlock(stmt.chain) ? "COMMIT" : "ROLLBACK";
		case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK:
			UserAbortTransactionBlock(stmt.chain);
			return "ROLLBACK";
		case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_SAVEPOINT:
			DefineSavepoint(stmt.savepoint_name);
			return "SAVEPOINT";
		case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_RELEASE:
			ReleaseSavepoint(stmt.savepoint_name);
			return "RELEASE";
		case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_TO:
			RollbackToSavepoint(stmt.savepoint_name);
			return "ROLLBACK";
		default: RaiseNotSupported("two-phase commit");
	}
}

} /* namespace pg::commands */
