/*
 * settings.cpp
 *		The settings of transactions, and when they may change.
 *
 * The check hooks run wherever settings are set, also outside of transactions and in the postmaster.
 */
#include "access/xact.h"
#include "access/xlog.h"
#include "transaction.h"
#include "transaction_internals.h"
#include "utils/guc.h"

int DefaultXactIsoLevel = XACT_READ_COMMITTED;
int XactIsoLevel = XACT_READ_COMMITTED;
bool DefaultXactReadOnly = false;
bool XactReadOnly = false;
bool DefaultXactDeferrable = false;
bool XactDeferrable = false;

namespace pg
{

namespace
{

constexpr config_enum_entry kIsolationOptions[] = {
	{"serializable", XACT_SERIALIZABLE, false},
	{"repeatable read", XACT_REPEATABLE_READ, false},
	{"read committed", XACT_READ_COMMITTED, false},
	{"read uncommitted", XACT_READ_UNCOMMITTED, false},
	{nullptr, 0, false},
};

bool
refuse(int sqlstate, const char *message)
{
	GUC_check_errcode(sqlstate);
	GUC_check_errmsg("%s", message);
	return false;
}

bool
check_isolation(int *level, void **, GucSource)
{
	if (*level == XactIsoLevel || !IsTransactionState())
		return true;
	if (transaction_state.query_seen)
		return refuse(ERRCODE_ACTIVE_SQL_TRANSACTION,
					  "SET TRANSACTION ISOLATION LEVEL must be called before any query");
	if (IsSubTransaction())
		return refuse(ERRCODE_ACTIVE_SQL_TRANSACTION,
					  "SET TRANSACTION ISOLATION LEVEL must not be called in a subtransaction");
	if (*level == XACT_SERIALIZABLE && RecoveryInProgress())
	{
		GUC_check_errhint("You can use REPEATABLE READ instead.");
		return refuse(ERRCODE_FEATURE_NOT_SUPPORTED,
					  "cannot use serializable mode in a hot standby");
	}
	return true;
}

/* Read only may be asked for at any time, read write only at the beginning. */
bool
check_read_only(bool *read_only, void **, GucSource)
{
	if (*read_only || !XactReadOnly || !IsTransactionState())
		return true;
	if (IsSubTransaction() && transaction_state.levels.back().was_read_only)
		return refuse(ERRCODE_ACTIVE_SQL_TRANSACTION,
					  "cannot set transaction read-write mode inside a read-only transaction");
	if (transaction_state.query_seen)
		return refuse(ERRCODE_ACTIVE_SQL_TRANSACTION,
					  "transaction read-write mode must be set before any query");
	if (RecoveryInProgress())
		return refuse(ERRCODE_FEATURE_NOT_SUPPORTED,
					  "cannot set transaction read-write mode during recovery");
	return true;
}

bool
check_deferrable(bool *, void **, GucSource)
{
	if (IsSubTransaction())
		return refuse(ERRCODE_ACTIVE_SQL_TRANSACTION,
					  "SET TRANSACTION [NOT] DEFERRABLE cannot be called within a subtransaction");
	if (IsTransactionState() && transaction_state.query_seen)
		return refuse(ERRCODE_ACTIVE_SQL_TRANSACTION,
					  "SET TRANSACTION [NOT] DEFERRABLE must be called before any query");
	return true;
}

/* A transaction begins with its default without a SET, so what is shown is the variable. */
const char *
show_isolation()
{
	for (const config_enum_entry &entry : kIsolationOptions)
		if (entry.name != nullptr && entry.val == XactIsoLevel)
			return entry.name;
	return "read committed";
}

const char *
show_read_only()
{
	return XactReadOnly ? "on" : "off";
}

const char *
show_deferrable()
{
	return XactDeferrable ? "on" : "off";
}

constexpr int kOfTransaction = GUC_NO_RESET_ALL | GUC_NOT_IN_SAMPLE | GUC_DISALLOW_IN_FILE;

const SettingDef kSettings[] = {
	{"default_transaction_isolation", PGC_USERSET, SettingGroup::ClientStatement,
	 "Isolation level of new transactions.",
	 EnumSetting{.variable = &DefaultXactIsoLevel,
				 .boot = XACT_READ_COMMITTED,
				 .options = kIsolationOptions}},
	{"transaction_isolation", PGC_USERSET, SettingGroup::ClientStatement,
	 "Isolation level of the current transaction.",
	 EnumSetting{.variable = &XactIsoLevel,
				 .boot = XACT_READ_COMMITTED,
				 .options = kIsolationOptions,
				 .check = check_isolation,
				 .show = show_isolation},
	 kOfTransaction},
	{"default_transaction_read_only", PGC_USERSET, SettingGroup::ClientStatement,
	 "Whether new transactions are read-only.",
	 BoolSetting{.variable = &DefaultXactReadOnly, .boot = false}, GUC_REPORT},
	{"transaction_read_only", PGC_USERSET, SettingGroup::ClientStatement,
	 "Whether the current transaction is read-only.",
	 BoolSetting{.variable = &XactReadOnly,
				 .boot = false,
				 .check = check_read_only,
				 .show = show_read_only},
	 kOfTransaction},
	{"default_transaction_deferrable", PGC_USERSET, SettingGroup::ClientStatement,
	 "Whether new transactions are deferrable.",
	 BoolSetting{.variable = &DefaultXactDeferrable, .boot = false}},
	{"transaction_deferrable", PGC_USERSET, SettingGroup::ClientStatement,
	 "Whether the current transaction is deferrable.",
	 BoolSetting{.variable = &XactDeferrable,
				 .boot = false,
				 .check = check_deferrable,
				 .show = show_deferrable},
	 kOfTransaction},
};

} /* namespace */

const SettingSpan kTransactionSettings(kSettings);

} /* namespace pg */
