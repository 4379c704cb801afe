/*
 * ip.h
 *		Addresses of sockets: from names, and back, Unix sockets included.
 *
 * Any process; may wait for a name server. Nothing raises.
 */
#ifndef IP_H
#define IP_H

#include "postgres.h"

#include <netdb.h>
#include <sys/socket.h>

PG_BEGIN_EXTERN_C

/* As getaddrinfo, whose codes it returns; with hintp->ai_family AF_UNIX servname is the socket's path. An empty host name
 * counts as none. *result is NULL on failure; pg_freeaddrinfo_all frees it, told of the family that was asked for. */
extern int pg_getaddrinfo_all(const char *hostname, const char *servname,
							  const struct addrinfo *hintp, struct addrinfo **result);
extern void pg_freeaddrinfo_all(int hint_ai_family, struct addrinfo *ai);
/* As getnameinfo. The host of a Unix socket is "[local]"; on failure the buffers that there are say "???". */
extern int pg_getnameinfo_all(const struct sockaddr_storage *addr, int salen, char *node,
							  int nodelen, char *service, int servicelen, int flags);

PG_END_EXTERN_C

#endif /* IP_H */
