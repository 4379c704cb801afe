/*
 * catalog/db_role_setting.h
 *		Settings of roles and databases: pg_db_role_setting.
 *
 * Backends and workers with a database, inside a transaction.
 */
#pragma once

#include "utils/adt/array_text.h"

namespace pg
{

/* "name=value" each, of one row; InvalidOid means any database or any role. Empty without a row. */
ArrayElements StoredSettings(Oid database, Oid role);

/*
 * A session has just connected: applies what is kept for it, the most special first. What cannot be
 * applied is a WARNING.
 */
void ApplyStoredSettings(Oid database, Oid role);

} /* namespace pg */
