/*
 * tcop/connect.cpp
 *		Connects this process to a database as a role.
 *
 * Client backends and background workers, once, after InitProcess.
 */
#include "access/transaction.h"
#include "access/xact.h"
#include "access/xlog.h"
#include "catalog/catalog_names.h"
#include "catalog/cluster.h"
#include "catalog/db_role_setting.h"
#include "catalog/identity.h"
#include "catalog/objects.h"
#include "catalog/pg_tablespace_d.h"
#include "catalog/rights.h"
#include "catalog/write.h"
#include "engine/engine.h"
#include "miscadmin.h"
#include "postmaster/pm_settings.h"
#include "storage/lmgr/proc_internals.h"
#include "tcop/session.h"
#include "utils/activity/status.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

/* Kept for the life of the process: the log's identity and the activity entry point at them. */
std::string connected_user, connected_database;

RoleInfo
find_role(const ConnectRequest &request)
{
	std::optional<RoleInfo> role;

	if (!request.user.empty())
	{
		role = FindRole(request.user);
		if (!role)
			Raise(Report(FATAL, ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION)
					  .msg("role \"%s\" does not exist", request.user.c_str()));
	}
	else
	{
		const Oid oid = request.user_oid != InvalidOid ? request.user_oid : kBootstrapSuperuserOid;

		role = FindRole(oid);
		if (!role)
			Raise(Report(FATAL, ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION)
					  .msg("role with OID %u does not exist", oid));
	}
	return *role;
}

void
check_role(const RoleInfo &role, const ConnectRequest &request)
{
	if (!role.can_login && !request.bypass_login_check)
		Raise(Report(FATAL, ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION)
				  .msg("role \"%s\" is not permitted to log in", role.name.c_str()));
	if (!request.is_worker && !role.superuser && role.connection_limit >= 0 &&
		CountSessionsOfUser(role.oid) >= role.connection_limit)
		Raise(Report(FATAL, ERRCODE_TOO_MANY_CONNECTIONS)
				  .msg("too many connections for role \"%s\"", role.name.c_str()));
}

DatabaseInfo
find_database(const ConnectRequest &request)
{
	std::optional<DatabaseInfo> database;

	if (!request.database.empty())
	{
		database = FindDatabase(request.database);
		if (!database)
			Raise(Report(FATAL, ERRCODE_UNDEFINED_DATABASE)
					  .msg("database \"%s\" does not exist", request.database.c_str()));
	}
	else
	{
		database = FindDatabase(request.database_oid);
		if (!database)
			Raise(Report(FATAL, ERRCODE_UNDEFINED_DATABASE)
					  .msg("database %u does not exist", request.database_oid));
	}
	return *database;
}

void
check_database(const DatabaseInfo &database, const RoleInfo &role, const ConnectRequest &request)
{
	if (!database.allow_connections && !request.bypass_allow_connections)
		Raise(Report(FATAL, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
				  .msg("database \"%s\" is not currently accepting connections",
					   database.name.c_str()));
	if (!request.is_worker && !role.superuser && database.connection_limit >= 0 &&
		CountSessionsOfDatabase(database.oid) >= database.connection_limit)
		Raise(Report(FATAL, ERRCODE_TOO_MANY_CONNECTIONS)
				  .msg("too many connections for database \"%s\"", database.name.c_str()));
}

/* The last superuser_reserved_connections slots are for superusers. */
void
check_reserved_slots(const RoleInfo &role, const ConnectRequest &request)
{
	if (request.is_worker || role.superuser)
		return;
	if (CountClientBackends() > MaxConnections - ReservedBackends)
		Raise(Report(FATAL, ERRCODE_TOO_MANY_CONNECTIONS)
				  .msg("remaining connection slots are reserved for non-replication superuser "
					   "connections"));
}

/*
 * The right to connect, and the settings that are kept for the session.  Most sessions have nothing to
 * look up, and begin without a transaction.
 */
void
consult_catalogs(const ConnectRequest &request, const DatabaseInfo &database, const RoleInfo &role)
{
	const bool needs_right = !request.is_worker && !role.superuser;
	const bool has_settings = HasStoredSettings();

	if (!needs_right && !has_settings)
		return;
	StartTransactionCommand();
	if (needs_right && !HasAll(kPgDatabaseOid, database.oid, role.oid, ACL_CONNECT))
		Raise(Report(FATAL, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied for database \"%s\"", database.name.c_str())
				  .detail("User does not have CONNECT privilege."));
	if (has_settings)
		ApplyStoredSettings(database.oid, role.oid);
	CommitTransactionCommand();
}

} /* namespace */

void
ConnectToDatabase(const ConnectRequest &request)
{
	const RoleInfo role = find_role(request);

	check_role(role, request);
	check_reserved_slots(role, request);
	SetSessionIdentity(role);
	connected_user = role.name;
	log_identity.user = connected_user.c_str();

	if (request.database.empty() && request.database_oid == InvalidOid)
	{
		StatusSetDatabase(InvalidOid, role.oid);
		return;
	}

	const DatabaseInfo database = find_database(request);

	check_database(database, role, request);
	connected_database = database.name;
	log_identity.database = connected_database.c_str();
	MyDatabaseId = database.oid;
	MyDatabaseTableSpace = DEFAULTTABLESPACE_OID;
	MyProc->databaseId = database.oid;
	MyProc->roleId = role.oid;
	SetCurrentEngine(SqliteEngine().open(database.oid, RecoveryInProgress()));
	InitializeCatalogAccess();
	consult_catalogs(request, database, role);
	StatusSetDatabase(database.oid, role.oid);
}

} /* namespace pg */
