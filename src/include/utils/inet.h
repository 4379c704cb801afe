/*
 * inet.h
 *		Values of types inet and cidr.
 *
 * A varlena; read it with the macros, which take any form. Nothing here raises.
 */
#ifndef INET_H
#define INET_H

#include "postgres.h"

#include <sys/socket.h>

#include "fmgr.h"

typedef struct
{
	unsigned char family;	  /* PGSQL_AF_INET or PGSQL_AF_INET6 */
	unsigned char bits;		  /* length of the netmask */
	unsigned char ipaddr[16]; /* the first 4 or all 16 bytes, network order */
} inet_struct;

#define PGSQL_AF_INET (AF_INET + 0)
#define PGSQL_AF_INET6 (AF_INET + 1)

typedef struct
{
	char vl_len_[4]; /* only through the macros */
	inet_struct inet_data;
} inet;

#define ip_family(inetptr) (((inet_struct *) VARDATA_ANY(inetptr))->family)
#define ip_bits(inetptr) (((inet_struct *) VARDATA_ANY(inetptr))->bits)
#define ip_addr(inetptr) (((inet_struct *) VARDATA_ANY(inetptr))->ipaddr)
#define ip_addrsize(inetptr) (ip_family(inetptr) == PGSQL_AF_INET ? 4 : 16)
#define ip_maxbits(inetptr) (ip_family(inetptr) == PGSQL_AF_INET ? 32 : 128)
#define SET_INET_VARSIZE(dst) \
	SET_VARSIZE(dst, VARHDRSZ + offsetof(inet_struct, ipaddr) + ip_addrsize(dst))

#define DatumGetInetPP(X) ((inet *) PG_DETOAST_DATUM_PACKED(X))
#define InetPGetDatum(X) PointerGetDatum(X)
#define PG_GETARG_INET_PP(n) DatumGetInetPP(PG_GETARG_DATUM(n))
#define PG_RETURN_INET_P(x) return InetPGetDatum(x)

/* Values of types that this server has not, for modules that mention them. */
typedef struct macaddr
{
	unsigned char a, b, c, d, e, f;
} macaddr;

typedef struct macaddr8
{
	unsigned char a, b, c, d, e, f, g, h;
} macaddr8;

#define DatumGetMacaddrP(X) ((macaddr *) DatumGetPointer(X))
#define MacaddrPGetDatum(X) PointerGetDatum(X)
#define PG_GETARG_MACADDR_P(n) DatumGetMacaddrP(PG_GETARG_DATUM(n))
#define PG_RETURN_MACADDR_P(x) return MacaddrPGetDatum(x)

#endif /* INET_H */
