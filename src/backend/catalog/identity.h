/*
 * catalog/identity.h
 *		Who this process acts for: the session's role (the C API is in miscadmin.h).
 *
 * Set once, at connection, by tcop/connect.cpp.  Backends and workers with a role.
 */
#pragma once

#include "postgres.h"

namespace pg
{

/* Session, authenticated and current user become `role`. */
void SetSessionIdentity(Oid role, bool is_superuser);

/* Sessions now open, from the activity entries; for connection limits. Reads only, waits for nobody. */
int CountSessionsOfUser(Oid role);
int CountSessionsOfDatabase(Oid database);
int CountClientBackends();

} /* namespace pg */
