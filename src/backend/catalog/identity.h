/*
 * catalog/identity.h
 *		Who this process acts for: the session's role (the C API is in miscadmin.h).
 *
 * Set at connection, by tcop/connect.cpp; then the settings `role` and `session_authorization` say it.
 * Backends and workers with a role.
 */
#pragma once

#include "catalog/objects.h"
#include "common/setting_def.h"

namespace pg
{

/* Session, authenticated and current user become `role`. */
void SetSessionIdentity(const RoleInfo &role);

/* role, session_authorization, is_superuser */
extern const SettingSpan kIdentitySettings;

/* The context in which this user's SET and set_config() change settings. */
GucContext SettingContext();

/* Sessions now open, from the activity entries; for connection limits. Reads only, waits for nobody. */
int CountSessionsOfUser(Oid role);
int CountSessionsOfDatabase(Oid database);
int CountClientBackends();

} /* namespace pg */
