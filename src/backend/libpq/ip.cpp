/*
 * libpq/ip.cpp
 *		Addresses of sockets from names, and back (common/ip.h).
 *
 * Any process.  What the system gave is freed by the system; the address of a Unix socket is made here.
 */
#include "common/ip.h"

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <sys/un.h>

#include "port.h"

namespace
{

struct UnixAddress
{
	addrinfo info;
	sockaddr_un address;
};

int
unix_address(const char *path, const addrinfo *hints, addrinfo **result)
{
	const size_t length = strlen(path);

	if (hints->ai_socktype != 0 && hints->ai_socktype != SOCK_STREAM)
		return EAI_SOCKTYPE;
	if (length >= sizeof(sockaddr_un::sun_path))
		return EAI_FAIL;

	auto *made = static_cast<UnixAddress *>(calloc(1, sizeof(UnixAddress)));

	if (made == nullptr)
		return EAI_MEMORY;
	made->address.sun_family = AF_UNIX;
	memcpy(made->address.sun_path, path, length + 1);
	/* An abstract name has no zero in front: it is written with an at sign. */
	if (path[0] == '@')
		made->address.sun_path[0] = '\0';
	made->info.ai_family = AF_UNIX;
	made->info.ai_socktype = SOCK_STREAM;
	made->info.ai_addrlen = static_cast<socklen_t>(
		path[0] == '@' ? offsetof(sockaddr_un, sun_path) + length : sizeof(sockaddr_un));
	made->info.ai_addr = reinterpret_cast<sockaddr *>(&made->address);
	*result = &made->info;
	return 0;
}

int
unix_name(const sockaddr_un *address, char *node, int node_size, char *service, int service_size)
{
	const bool abstract = address->sun_path[0] == '\0' && address->sun_path[1] != '\0';

	if (node == nullptr && service == nullptr)
		return EAI_FAIL;
	if (node != nullptr &&
		snprintf(node, static_cast<size_t>(node_size), "%s", "[local]") >= node_size)
		return EAI_MEMORY;
	if (service != nullptr &&
		snprintf(service, static_cast<size_t>(service_size), "%s%s", abstract ? "@" : "",
				 address->sun_path + (abstract ? 1 : 0)) >= service_size)
		return EAI_MEMORY;
	return 0;
}

} /* namespace */

int
pg_getaddrinfo_all(const char *hostname, const char *servname, const addrinfo *hintp,
				   addrinfo **result)
{
	*result = nullptr;
	if (hintp != nullptr && hintp->ai_family == AF_UNIX)
		return unix_address(servname, hintp, result);
	return getaddrinfo(hostname != nullptr && *hostname != '\0' ? hostname : nullptr, servname,
					   hintp, result);
}

void
pg_freeaddrinfo_all(int hint_ai_family, addrinfo *ai)
{
	if (ai == nullptr)
		return;
	if (hint_ai_family == AF_UNIX)
		free(ai); /* the start of a UnixAddress */
	else
		freeaddrinfo(ai);
}

int
pg_getnameinfo_all(const sockaddr_storage *addr, int salen, char *node, int nodelen, char *service,
				   int servicelen, int flags)
{
	int failure = EAI_FAIL;

	if (addr != nullptr && addr->ss_family == AF_UNIX)
		failure = unix_name(reinterpret_cast<const sockaddr_un *>(addr), node, nodelen, service,
							servicelen);
	else if (addr != nullptr)
		failure = getnameinfo(reinterpret_cast<const sockaddr *>(addr),
							  static_cast<socklen_t>(salen), node, static_cast<socklen_t>(nodelen),
							  service, static_cast<socklen_t>(servicelen), flags);
	if (failure != 0)
	{
		if (node != nullptr)
			strlcpy(node, "???", static_cast<size_t>(nodelen));
		if (service != nullptr)
			strlcpy(service, "???", static_cast<size_t>(servicelen));
	}
	return failure;
}
