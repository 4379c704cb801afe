/*
 * async.h
 *		LISTEN and NOTIFY from C.
 *
 * Processes with a database connection, within a transaction; all take effect when it commits.
 */
#ifndef ASYNC_H
#define ASYNC_H

#include "postgres.h"

#include <signal.h>

PG_BEGIN_EXTERN_C

/* Set when notifications have arrived that are not read yet. */
extern PGDLLIMPORT volatile sig_atomic_t notifyInterruptPending;

/* channel: at most NAMEDATALEN - 1 bytes, not empty; payload: below 8000 bytes, or NULL. ERROR 22023 otherwise. */
extern void Async_Notify(const char *channel, const char *payload);
extern void Async_Listen(const char *channel);
extern void Async_Unlisten(const char *channel);
extern void Async_UnlistenAll(void);

PG_END_EXTERN_C

#endif /* ASYNC_H */
