/*
 * commands/setting_commands.cpp
 *		SET, RESET, ALTER SYSTEM and DISCARD.
 *
 * Sessions; utils/misc owns the settings.
 */
#include "access/nonatomic.h"
#include "access/notify.h"
#include "access/sequence.h"
#include "access/transaction.h"
#include "access/xact.h"
#include "catalog/extension.h"
#include "catalog/identity.h"
#include "catalog/pg_type_d.h"
#include "commands/commands.h"
#include "commands/setting_text.h"
#include "commands/transaction_options.h"
#include "executor/portal.h"
#include "miscadmin.h"
#include "storage/lock.h"
#include "utils/adt/registry.h"
#include "utils/guc.h"
#include "utils/misc/guc_internals.h"

namespace pg::commands
{
namespace
{

std::string
constant_text(const PgQuery__AConst &value)
{
	switch (value.val_case)
	{
		case PG_QUERY__A__CONST__VAL_IVAL: return std::to_string(value.ival->ival);
		case PG_QUERY__A__CONST__VAL_FVAL: return value.fval->fval;
		case PG_QUERY__A__CONST__VAL_BOOLVAL: return value.boolval->boolval ? "true" : "false";
		case PG_QUERY__A__CONST__VAL_SVAL: return value.sval->sval;
		default:
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("unrecognized value of a parameter"));
	}
}

/* SET TIME ZONE INTERVAL '...': checked and written out by the type. */
std::string
interval_text(const PgQuery__TypeCast &cast)
{
	const TypeRef type = ResolveTypeName(cast.type_name);
	const Node *const arg = cast.arg;
	std::string scratch;

	if (type.type != INTERVALOID || arg->node_case != PG_QUERY__NODE__NODE_A_CONST)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("unrecognized value of a parameter"));

	const Value value = ValueIn(INTERVALOID, constant_text(*arg->a_const), type.typmod, &scratch);

	return "INTERVAL '" + ValueOut(INTERVALOID, value) + "'";
}

} /* namespace */

std::string
SettingText(const PgQuery__VariableSetStmt &stmt)
{
	const int flags = GetConfigOptionFlags(stmt.name, true);
	std::string text;

	if ((flags & GUC_LIST_INPUT) == 0 && stmt.n_args != 1)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("SET %s takes only one argument", stmt.name));
	for (size_t i = 0; i < stmt.n_args; i++)
	{
		const Node &arg = *stmt.args[i];

		if (i > 0)
			text += ", ";
		if (arg.node_case == PG_QUERY__NODE__NODE_TYPE_CAST)
			text += interval_text(*arg.type_cast);
		else if (arg.node_case == PG_QUERY__NODE__NODE_A_CONST)
		{
			const std::string value = constant_text(*arg.a_const);

			text += (flags & GUC_LIST_QUOTE) != 0 ? QuoteIdentifier(value) : value;
		}
		else
			text += StringOf(&arg);
	}
	return text;
}

namespace
{

void
warn_outside_block(const char *what)
{
	if (!InAnyBlock() && !IsWithinRoutine() && CreatingExtension() == InvalidOid)
		Report(WARNING, ERRCODE_NO_ACTIVE_SQL_TRANSACTION)
			.msg("%s can only be used in transaction blocks", what)
			.emit();
}

/* SET SESSION CHARACTERISTICS: the options become the session's defaults. */
void
set_session_characteristics(const TransactionOptions &options)
{
	static constexpr const char *kLevels[] = {"read uncommitted", "read committed",
											  "repeatable read", "serializable"};

	if (options.isolation >= 0)
		SetSetting("default_transaction_isolation", kLevels[options.isolation], SettingContext(),
				   PGC_S_SESSION);
	if (options.read_only >= 0)
		SetSetting("default_transaction_read_only", options.read_only ? "on" : "off",
				   SettingContext(), PGC_S_SESSION);
	if (options.deferrable >= 0)
		SetSetting("default_transaction_deferrable", options.deferrable ? "on" : "off",
				   SettingContext(), PGC_S_SESSION);
}

/* SET TRANSACTION and its relatives come as one statement that sets several values. */
void
set_several(const PgQuery__VariableSetStmt &stmt)
{
	const std::string_view name = stmt.name;

	if (name == "TRANSACTION")
	{
		warn_outside_block("SET TRANSACTION");
		PrepareTransactionOptions(ReadTransactionOptions(stmt.args, stmt.n_args));
	}
	else if (name == "SESSION CHARACTERISTICS")
		set_session_characteristics(ReadTransactionOptions(stmt.args, stmt.n_args));
	else
		RaiseNotSupported("SET TRANSACTION SNAPSHOT");
}

/* Going back to a role is a change of role, too; a new value is refused by the setting itself. */
void
refuse_within_definer(std::string_view name)
{
	Oid user;
	int security;

	GetUserIdAndSecContext(&user, &security);
	if ((security & SECURITY_LOCAL_USERID_CHANGE) != 0 &&
		(name == "role" || name == "session_authorization"))
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("cannot set parameter \"%s\" within security-definer function",
					   std::string(name).c_str()));
}

/* Transaction settings go where SET TRANSACTION takes them. */
bool
set_transaction_default(const PgQuery__VariableSetStmt &stmt)
{
	const std::string_view name = stmt.name;

	return stmt.kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET &&
		   (name == "transaction_isolation" || name == "transaction_read_only" ||
			name == "transaction_deferrable");
}

} /* namespace */

std::string
RunSet(const Command &command)
{
	const PgQuery__VariableSetStmt &stmt = *command.node.variable_set_stmt;

	if (stmt.is_local && stmt.kind != PG_QUERY__VARIABLE_SET_KIND__VAR_SET_MULTI)
		warn_outside_block("SET LOCAL");
	switch (stmt.kind)
	{
		case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE:
			SetSetting(stmt.name, SettingText(stmt).c_str(), SettingContext(), PGC_S_SESSION,
					   stmt.is_local);
			break;
		case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_CURRENT:
		{
			const std::string now = ShowSetting(stmt.name).value_or("");

			SetSetting(stmt.name, now.c_str(), SettingContext(), PGC_S_SESSION, stmt.is_local);
			break;
		}
		case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_MULTI: set_several(stmt); break;
		case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_DEFAULT:
		case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET:
			refuse_within_definer(stmt.name);
			if (set_transaction_default(stmt))
				warn_outside_block("SET TRANSACTION");
			SetSetting(stmt.name, nullptr, SettingContext(), PGC_S_SESSION, stmt.is_local);
			break;
		default: ResetAllSettings();
	}
	return command.raw.tag;
}

std::string
RunAlterSystem(const Command &command)
{
	const PgQuery__VariableSetStmt &stmt = *command.node.alter_system_stmt->setstmt;

	if (!superuser() && stmt.kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL)
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied to perform ALTER SYSTEM RESET ALL"));
	if (!superuser())
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied to set parameter \"%s\"", stmt.name));
	switch (stmt.kind)
	{
		case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE:
			AlterSystem(stmt.name, SettingText(stmt).c_str());
			break;
		case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_DEFAULT:
		case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET: AlterSystem(stmt.name, nullptr); break;
		case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL: AlterSystem("", nullptr); break;
		default: RaiseNotSupported("ALTER SYSTEM of this kind");
	}
	return "ALTER SYSTEM";
}

std::string
RunDiscard(const Command &command)
{
	switch (command.node.discard_stmt->target)
	{
		case PG_QUERY__DISCARD_MODE__DISCARD_ALL:
			PreventInBlock("DISCARD ALL");
			SetSetting("session_authorization", nullptr, SettingContext(), PGC_S_SESSION);
			ResetAllSettings();
			DropAllPortals();
			UnlistenToAll();
			DropAllPrepared();
			LockReleaseSession(USER_LOCKMETHOD);
			DropTemporaryObjects();
			DiscardSequences();
			break;
		case PG_QUERY__DISCARD_MODE__DISCARD_SEQUENCES: DiscardSequences(); break;
		case PG_QUERY__DISCARD_MODE__DISCARD_TEMP: DropTemporaryObjects(); break;
		default:
			/* Plans are remade when they are stale. */
			break;
	}
	return command.raw.tag;
}

} /* namespace pg::commands */
