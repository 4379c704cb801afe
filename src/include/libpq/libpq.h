/*
 * libpq.h
 *		Sending messages of the protocol: to the client, or into a queue (libpq/pqmq.h).
 */
#ifndef LIBPQ_H
#define LIBPQ_H

#include "postgres.h"

#include "lib/stringinfo.h"
#include "libpq/libpq-be.h"
#include "storage/latch.h"

PG_BEGIN_EXTERN_C

/* How messages leave the process. 0 for success, EOF when the other side is gone. */
typedef struct
{
	void (*comm_reset)(void);
	int (*flush)(void);
	int (*flush_if_writable)(void);
	bool (*is_send_pending)(void);
	int (*putmessage)(char msgtype, const char *s, size_t len);
	void (*putmessage_noblock)(char msgtype, const char *s, size_t len);
} PQcommMethods;

extern const PGDLLIMPORT PQcommMethods *PqCommMethods;

#define pq_comm_reset() (PqCommMethods->comm_reset())
#define pq_flush() (PqCommMethods->flush())
#define pq_flush_if_writable() (PqCommMethods->flush_if_writable())
#define pq_is_send_pending() (PqCommMethods->is_send_pending())
#define pq_putmessage(msgtype, s, len) (PqCommMethods->putmessage(msgtype, s, len))
#define pq_putmessage_noblock(msgtype, s, len) (PqCommMethods->putmessage_noblock(msgtype, s, len))

PG_END_EXTERN_C

#endif /* LIBPQ_H */
