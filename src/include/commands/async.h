/*
 * async.h
 *		LISTEN and NOTIFY from C.
 */
#ifndef ASYNC_H
#define ASYNC_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

/* Not there yet: each raises ERROR 0A000. */
extern void Async_Notify(const char *channel, const char *payload);
extern void Async_Listen(const char *channel);
extern void Async_Unlisten(const char *channel);
extern void Async_UnlistenAll(void);

PG_END_EXTERN_C

#endif /* ASYNC_H */
