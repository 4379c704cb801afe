/*
 * tcop/client_port.h
 *		The client as modules see it: MyProcPort (libpq/libpq-be.h).
 *
 * Client backends, once, before they authenticate.
 */
#pragma once

#include <sys/socket.h>

#include <string>

#include "libpq/wire.h"

namespace pg
{

struct ClientAddress
{
	int fd;
	const sockaddr_storage &address;
	std::string host; /* as the log shows it */
	std::string name; /* empty: not resolved */
	std::string port; /* empty for a unix socket */
};

/* Sets MyProcPort. */
void DescribeClient(const ClientAddress &client, const StartupPacket &packet);

} /* namespace pg */
