/*
 * async.h
 *		LISTEN and NOTIFY from C.
 *
 * Processes with a database, within a transaction; what is asked for happens when it commits. Clients get their
 * notifications between two statements, outside of transactions. A process without a client calls ProcessNotifyInterrupt,
 * outside of transactions, when notifyInterruptPending is set (its latch was set, too): each notification is then reported as INFO.
 */
#ifndef ASYNC_H
#define ASYNC_H

#include "postgres.h"

#include <signal.h>

PG_BEGIN_EXTERN_C

extern PGDLLIMPORT volatile sig_atomic_t notifyInterruptPending;

/* Channel: 1 to 63 bytes; payload: up to 7999 bytes, NULL is an empty one (ERROR 22023). The same text twice is sent once. */
extern void Async_Notify(const char *channel, const char *payload);
extern void Async_Listen(const char *channel);
extern void Async_Unlisten(const char *channel);
extern void Async_UnlistenAll(void);

/* Of a signal handler: there is something to read. Sets the flag and MyLatch. */
extern void HandleNotifyInterrupt(void);
/* Delivers what has come in. flush: sends it to the client at once. A no-op within a transaction. */
extern void ProcessNotifyInterrupt(bool flush);

PG_END_EXTERN_C

#endif /* ASYNC_H */
