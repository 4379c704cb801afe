/*
 * postmaster.h
 *		The postmaster's settings, and what children know of it.
 */
#ifndef _POSTMASTER_H
#define _POSTMASTER_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

extern PGDLLIMPORT int PostPortNumber;
extern PGDLLIMPORT int Unix_socket_permissions;
extern PGDLLIMPORT char *Unix_socket_group;
extern PGDLLIMPORT char *Unix_socket_directories;
extern PGDLLIMPORT char *ListenAddresses;

/* The most processes with a slot that there can be. */
#define MAX_BACKENDS 0x3FFFF

PG_END_EXTERN_C

#endif /* _POSTMASTER_H */
