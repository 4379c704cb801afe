/*
 * postmaster/listen.cpp
 *		Opens the sockets of listen.h, with PostgreSQL's messages about addresses in use.
 *
 * Postmaster only, at start; accept_from at any time.  Never blocks on a socket.
 */
#include "postmaster/listen.h"

#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <grp.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "miscadmin.h"
#include "postmaster/lockfile.h"
#include "postmaster/pm_settings.h"
#include "utils/error/report.h"

namespace pg
{

namespace
{

constexpr int kMaxBacklog = 10000;

int
backlog()
{
	int wanted = MaxBackends * 2;

	return wanted < kMaxBacklog ? wanted : kMaxBacklog;
}

struct AddressWords
{
	const char *family; /* "IPv4" */
	std::string address;
};

AddressWords
words_of(const addrinfo &info)
{
	char host[NI_MAXHOST] = "";

	getnameinfo(info.ai_addr, info.ai_addrlen, host, sizeof(host), nullptr, 0, NI_NUMERICHOST);
	return {info.ai_family == AF_INET6 ? "IPv6" : "IPv4", host};
}

void
set_socket_option(int fd, int level, int option)
{
	int on = 1;

	if (setsockopt(fd, level, option, &on, sizeof(on)) != 0)
		Report(LOG).code_for_socket_access().msg("setsockopt() failed: %m").emit();
}

/* Opens, binds and listens on one address; -1 after a LOG message. */
int
listen_on(const addrinfo &info)
{
	AddressWords words = words_of(info);
	int fd = socket(info.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0)
	{
		Report(LOG)
			.code_for_socket_access()
			.msg("could not create %s socket for address \"%s\": %m", words.family,
				 words.address.c_str())
			.emit();
		return -1;
	}
	set_socket_option(fd, SOL_SOCKET, SO_REUSEADDR);
	if (info.ai_family == AF_INET6)
		set_socket_option(fd, IPPROTO_IPV6, IPV6_V6ONLY);
	if (bind(fd, info.ai_addr, info.ai_addrlen) < 0)
	{
		bool in_use = errno == EADDRINUSE;
		Report report(LOG);

		report.code_for_socket_access().msg("could not bind %s address \"%s\": %m", words.family,
											words.address.c_str());
		if (in_use)
			report.hint("Is another postmaster already running on port %d? If not, wait a few "
						"seconds and retry.",
						PostPortNumber);
		report.emit();
	}
	else if (listen(fd, backlog()) < 0)
		Report(LOG)
			.code_for_socket_access()
			.msg("could not listen on %s address \"%s\": %m", words.family, words.address.c_str())
			.emit();
	else
	{
		Report(LOG)
			.msg("listening on %s address \"%s\", port %d", words.family, words.address.c_str(),
				 PostPortNumber)
			.emit();
		return fd;
	}
	close(fd);
	return -1;
}

/* Group and mode of a fresh socket file; false after a LOG message. */
bool
set_socket_rights(const char *path)
{
	if (Unix_socket_group != nullptr && Unix_socket_group[0] != '\0')
	{
		char *end;
		unsigned long number = strtoul(Unix_socket_group, &end, 10);
		gid_t gid = static_cast<gid_t>(number);

		if (*end != '\0')
		{
			const group *entry = getgrnam(Unix_socket_group);

			if (entry == nullptr)
			{
				Report(LOG).msg("group \"%s\" does not exist", Unix_socket_group).emit();
				return false;
			}
			gid = entry->gr_gid;
		}
		if (chown(path, static_cast<uid_t>(-1), gid) < 0)
		{
			Report(LOG)
				.code_for_file_access()
				.msg("could not set group of file \"%s\": %m", path)
				.emit();
			return false;
		}
	}
	if (chmod(path, static_cast<mode_t>(Unix_socket_permissions)) < 0)
	{
		Report(LOG)
			.code_for_file_access()
			.msg("could not set permissions of file \"%s\": %m", path)
			.emit();
		return false;
	}
	return true;
}

/* Like listen_on, for a socket file whose lock we hold. */
int
listen_on_file(const sockaddr_un &address, socklen_t length, const char *shown)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	bool is_file = address.sun_path[0] != '\0';

	if (fd < 0)
	{
		Report(LOG)
			.code_for_socket_access()
			.msg("could not create Unix socket for address \"%s\": %m", shown)
			.emit();
		return -1;
	}
	if (bind(fd, reinterpret_cast<const sockaddr *>(&address), length) < 0)
	{
		bool in_use = errno == EADDRINUSE;
		Report report(LOG);

		report.code_for_socket_access().msg("could not bind Unix address \"%s\": %m", shown);
		if (in_use)
			report.hint("Is another postmaster already running on port %d?", PostPortNumber);
		report.emit();
	}
	else if (is_file && !set_socket_rights(shown))
		; /* it said why */
	else if (listen(fd, backlog()) < 0)
		Report(LOG)
			.code_for_socket_access()
			.msg("could not listen on Unix address \"%s\": %m", shown)
			.emit();
	else
	{
		Report(LOG).msg("listening on Unix socket \"%s\"", shown).emit();
		return fd;
	}
	close(fd);
	return -1;
}

} /* namespace */

bool
SplitNameList(const char *text, std::vector<std::string> *names)
{
	const char *at = text;
	auto skip_blanks = [&]
	{
		while (isspace(static_cast<unsigned char>(*at)))
			at++;
	};

	skip_blanks();
	if (*at == '\0')
		return true;
	for (;;)
	{
		std::string name;

		if (*at == '"')
		{
			at++;
			while (*at != '\0' && (*at != '"' || at[1] == '"'))
			{
				at += *at == '"';
				name.push_back(*at++);
			}
			if (*at++ != '"')
				return false;
		}
		else
		{
			while (*at != '\0' && *at != ',')
				name.push_back(*at++);
			while (!name.empty() && isspace(static_cast<unsigned char>(name.back())))
				name.pop_back();
		}
		if (name.empty())
			return false;
		names->push_back(std::move(name));
		skip_blanks();
		if (*at == '\0')
			return true;
		if (*at++ != ',')
			return false;
		skip_blanks();
	}
}

/* All addresses of host (null: every interface); returns how many could be opened. */
int
Listeners::open_tcp(const char *host)
{
	addrinfo hints = {};
	addrinfo *found = nullptr;
	char port[16];
	int opened = 0;

	hints.ai_family = AF_UNSPEC;
	hints.ai_flags = AI_PASSIVE;
	hints.ai_socktype = SOCK_STREAM;
	snprintf(port, sizeof(port), "%d", PostPortNumber);
	if (int failure = getaddrinfo(host, port, &hints, &found); failure != 0)
	{
		if (host != nullptr)
			Report(LOG)
				.msg("could not translate host name \"%s\", service \"%s\" to address: %s", host,
					 port, gai_strerror(failure))
				.emit();
		else
			Report(LOG)
				.msg("could not translate service \"%s\" to address: %s", port,
					 gai_strerror(failure))
				.emit();
		return 0;
	}
	for (const addrinfo *info = found; info != nullptr; info = info->ai_next)
	{
		int fd = info->ai_family == AF_UNIX ? -1 : listen_on(*info);

		if (fd >= 0)
		{
			sockets_.push_back(fd);
			opened++;
		}
	}
	freeaddrinfo(found);
	return opened;
}

void
Listeners::open_tcp_addresses()
{
	std::vector<std::string> hosts;
	int opened = 0;

	if (ListenAddresses == nullptr)
		return;
	if (!SplitNameList(ListenAddresses, &hosts))
		Report(FATAL, ERRCODE_INVALID_PARAMETER_VALUE)
			.msg("invalid list syntax in parameter \"%s\"", "listen_addresses")
			.emit();
	for (const std::string &host : hosts)
	{
		int here = open_tcp(host == "*" ? nullptr : host.c_str());

		if (here == 0)
			Report(WARNING).msg("could not create listen socket for \"%s\"", host.c_str()).emit();
		else if (opened == 0)
			SetLockFileLine(LockFileLine::ListenAddress, host);
		opened += here;
	}
	if (opened == 0 && !hosts.empty())
		Report(FATAL).msg("could not create any TCP/IP sockets").emit();
}

bool
Listeners::open_unix(const std::string &directory)
{
	sockaddr_un address = {};
	std::string path = directory + "/.s.PGSQL." + std::to_string(PostPortNumber);
	socklen_t length = sizeof(address);
	bool is_abstract = directory[0] == '@';

	if (path.size() >= sizeof(address.sun_path))
	{
		Report(LOG)
			.msg("Unix-domain socket path \"%s\" is too long (maximum %d bytes)", path.c_str(),
				 static_cast<int>(sizeof(address.sun_path) - 1))
			.emit();
		return false;
	}
	address.sun_family = AF_UNIX;
	memcpy(address.sun_path, path.c_str(), path.size());
	if (is_abstract)
	{
		address.sun_path[0] = '\0';
		length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
	}
	else
		CreateSocketLock(path);

	int fd = listen_on_file(address, length, path.c_str());

	if (fd < 0)
		return false;
	sockets_.push_back(fd);
	return true;
}

void
Listeners::open_unix_directories()
{
	std::vector<std::string> directories;
	int opened = 0;

	if (Unix_socket_directories == nullptr)
		return;
	if (!SplitNameList(Unix_socket_directories, &directories))
		Report(FATAL, ERRCODE_INVALID_PARAMETER_VALUE)
			.msg("invalid list syntax in parameter \"%s\"", "unix_socket_directories")
			.emit();
	for (const std::string &directory : directories)
	{
		if (!open_unix(directory))
			Report(WARNING)
				.msg("could not create Unix-domain socket in directory \"%s\"", directory.c_str())
				.emit();
		else if (opened++ == 0)
			SetLockFileLine(LockFileLine::SocketDir, directory);
	}
	if (opened == 0 && !directories.empty())
		Report(FATAL).msg("could not create any Unix-domain sockets").emit();
}

void
Listeners::open_all()
{
	open_tcp_addresses();
	open_unix_directories();
	if (sockets_.empty())
		Report(FATAL).msg("no socket created for listening").emit();

	/* Both lines exist from here on, also when one kind is not listened on. */
	if (ListenAddresses == nullptr || ListenAddresses[0] == '\0')
		SetLockFileLine(LockFileLine::ListenAddress, "");
}

int
Listeners::accept_from(int listening)
{
	for (;;)
	{
		int fd = accept4(listening, nullptr, nullptr, SOCK_CLOEXEC);

		if (fd >= 0)
			return fd;
		if (errno == EINTR || errno == ECONNABORTED)
			continue;
		if (errno != EAGAIN && errno != EWOULDBLOCK)
			Report(LOG).code_for_socket_access().msg("could not accept new connection: %m").emit();
		return -1;
	}
}

void
Listeners::close_all() noexcept
{
	for (int fd : sockets_)
		close(fd);
	sockets_.clear();
}

} /* namespace pg */
