/*
 * temp_instance.h
 *		A server of pg_regress's own: made, started, stopped, removed.
 *
 * Client program.  The server listens on a Unix socket in a new folder below /tmp only; PGHOST and PGPORT lead there.
 */
#pragma once

#include "options.h"

/* Sets PGHOST, PGPORT and the rest for a server that runs, and says which it is. */
void UseRunningServer(const Options &options);

/* Makes and starts the server; whatever way the program ends afterwards, the server ends, too. */
void StartTempInstance(const Options &options);

/* Once more is harmless. */
void StopTempInstance();

void RemoveTempInstance(const Options &options);
