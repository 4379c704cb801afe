/*
 * pqcomm.h
 *		Addresses of the two ends of a connection.
 */
#ifndef PQCOMM_H
#define PQCOMM_H

#include <sys/socket.h>

typedef struct SockAddr
{
	struct sockaddr_storage addr;
	socklen_t salen;
} SockAddr;

#endif /* PQCOMM_H */
