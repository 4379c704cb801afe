/*
 * tcop/session.h
 *		A process that has a database: how it connects, and how a client's session runs.
 *
 * Client backends run BackendMain; background workers call ConnectToDatabase through
 * BackgroundWorkerInitializeConnection.
 */
#pragma once

#include <string>

#include "postgres.h"

namespace pg
{

struct ConnectRequest
{
	std::string database;		/* empty: by OID, or (with OID 0) none: shared catalogs only */
	Oid			database_oid = 0;
	std::string user;			/* empty: by OID, or (with OID 0) the bootstrap superuser */
	Oid			user_oid = 0;
	bool		bypass_allow_connections = false;
	bool		bypass_login_check = false;
	bool		is_worker = false;
};

/*
 * Resolves role and database, opens the engine session, loads settings of role and database, fills the
 * activity entry. FATAL 28000, 3D000, 55000, 53300 with PostgreSQL's words.
 */
void ConnectToDatabase(const ConnectRequest &request);

/* Entry of a client backend (child kind "client backend"): socket from the postmaster. Never returns. */
[[noreturn]] void BackendMain(int client_fd);

}  /* namespace pg */
