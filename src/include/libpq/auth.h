/*
 * auth.h
 *		Hook of authentication.
 */
#ifndef AUTH_H
#define AUTH_H

#include "postgres.h"

#include "libpq/libpq-be.h"

PG_BEGIN_EXTERN_C

/* Called once for each client that pg_hba.conf let in (STATUS_OK) or turned away (STATUS_ERROR), before the client is told; it
 * may raise. In the client's backend, without a transaction. */
typedef void (*ClientAuthentication_hook_type)(Port *port, int status);
extern PGDLLIMPORT ClientAuthentication_hook_type ClientAuthentication_hook;

PG_END_EXTERN_C

#endif /* AUTH_H */
