/*
 * tcop/session.h
 *		A process that has a database: how it connects, and how a client's session runs.
 *
 * Client backends run BackendMain; background workers call ConnectToDatabase by way of
 * BackgroundWorkerInitializeConnection.
 */
#pragma once

#include <string>

#include "postgres.h"
#include "common/setting_def.h"

namespace pg
{

struct ConnectRequest
{
	std::string database; /* empty: by OID, or (with OID 0) none: shared catalogs only */
	Oid database_oid = InvalidOid;
	std::string user; /* empty: by OID, or (with OID 0) the bootstrap superuser */
	Oid user_oid = InvalidOid;
	bool bypass_allow_connections = false;
	bool bypass_login_check = false;
	bool is_worker = false;
};

/*
 * Resolves role and database, opens the engine session, and fills in who we are (MyDatabaseId, the
 * user, the activity entry, the log's identity).  Once per process, after InitProcess.  FATAL 28000,
 * 3D000, 55000, 53300 in PostgreSQL's words.
 */
void ConnectToDatabase(const ConnectRequest &request);

/* Why the postmaster wants a client turned away. */
enum class Refusal : uint8_t
{
	None,
	Starting,
	ShuttingDown,
	Recovering,
	NotConsistent,
	TooMany
};

/*
 * Entry of a client backend: reads the startup packet from client_fd, answers a cancel request or
 * refuses, else takes process slot `slot` and serves the session.
 */
[[noreturn]] void BackendMain(int client_fd, int slot, Refusal refusal);

extern const SettingSpan kSessionSettings;

} /* namespace pg */
