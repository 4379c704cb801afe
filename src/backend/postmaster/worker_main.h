/*
 * postmaster/worker_main.h
 *		What a background worker's process needs of the layers that postmaster/ must not know.
 */
#pragma once

#include "postmaster/child_kind.h"

namespace pg
{

/* As given to BackgroundWorkerInitializeConnection[ByOid]: names or OIDs; null and 0 as documented there. */
struct WorkerConnection
{
	const char *database = nullptr;
	Oid database_oid = 0;
	const char *user = nullptr;
	Oid user_oid = 0;
	bool bypass_allow_connections = false;
	bool bypass_login_check = false;
};

/* Connects this process to a database; main/ sets it before the postmaster starts. Raises. */
extern void (*connect_worker)(const WorkerConnection &wanted);

/* Entry of a background worker (child kind BackgroundWorker). */
[[noreturn]] void WorkerMain(const ChildStart &start);

} /* namespace pg */
