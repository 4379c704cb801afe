/*
 * tcop/remote_dest.h
 *		Messages of the protocol by way of PqCommMethods: to the client's wire, or into a queue.
 *
 * Backends, and workers that pqmq has given a queue.
 */
#pragma once

#include "libpq/libpq.h"
#include "libpq/wire.h"

namespace pg
{

/* The client of this backend, from now on. */
void ConnectMessagesTo(Wire &wire);

/* Sends each message that was written to `from` by PqCommMethods, and empties it. */
void SendMessagesOf(Wire &from);

} /* namespace pg */
