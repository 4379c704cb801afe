/*
 * databases.h
 *		The databases, roles and extensions that tests start with.
 *
 * Client program.
 */
#pragma once

#include "options.h"

/* Drops what --use-existing would keep; for a server that runs already. */
void DropDatabases(const Options &options);

/* Makes the databases, with their extensions, and the roles. */
void CreateDatabases(const Options &options);
