/*
 * pqsignal.h
 *		Signal masks of server processes. pqsignal itself is in port.h.
 */
#ifndef PQSIGNAL_H
#define PQSIGNAL_H

#include "postgres.h"

#include <signal.h>

PG_BEGIN_EXTERN_C

#define PG_SETMASK(mask) sigprocmask(SIG_SETMASK, mask, NULL)

/* No signals blocked; all that a process blocks while it starts; the same with those let through that may end it while it
 * authenticates a client. */
extern PGDLLIMPORT sigset_t UnBlockSig;
extern PGDLLIMPORT sigset_t BlockSig;
extern PGDLLIMPORT sigset_t StartupBlockSig;

PG_END_EXTERN_C

#endif /* PQSIGNAL_H */
