/*
 * tcop/client_port.cpp
 *		MyProcPort, and the hook of authentication.
 *
 * Client backends.
 */
#include "tcop/client_port.h"

#include "libpq/auth.h"
#include "utils/mmgr/memory.h"
#include "utils/timestamp.h"

struct Port *MyProcPort = nullptr;
ClientAuthentication_hook_type ClientAuthentication_hook = nullptr;

namespace pg
{
namespace
{

char *
copy(std::string_view text)
{
	return CopyText(TopMemoryContext, text);
}

char *
copy_or_null(std::string_view text)
{
	return text.empty() ? nullptr : copy(text);
}

} /* namespace */

void
DescribeClient(const ClientAddress &client, const StartupPacket &packet)
{
	const MemoryContextScope scope(TopMemoryContext);
	auto *port = static_cast<Port *>(palloc0(sizeof(Port)));

	port->sock = client.fd;
	port->noblock = true;
	port->proto = static_cast<ProtocolVersion>(packet.protocol_major << 16 | packet.protocol_minor);
	port->raddr.addr = client.address;
	port->raddr.salen = sizeof(client.address);
	port->laddr.salen = sizeof(port->laddr.addr);
	if (getsockname(client.fd, reinterpret_cast<sockaddr *>(&port->laddr.addr),
					&port->laddr.salen) != 0)
		port->laddr.salen = 0;
	port->remote_host = copy(client.host);
	port->remote_hostname = copy_or_null(client.name);
	port->remote_port = copy(client.port);
	port->database_name = copy(packet.database);
	port->user_name = copy(packet.user);
	port->cmdline_options = copy_or_null(packet.options);
	for (const auto &[name, value] : packet.settings)
	{
		port->guc_options = lappend(port->guc_options, copy(name));
		port->guc_options = lappend(port->guc_options, copy(value));
		if (name == "application_name")
			port->application_name = copy(value);
	}
	port->SessionStartTime = GetCurrentTimestamp();
	MyProcPort = port;
}

} /* namespace pg */
