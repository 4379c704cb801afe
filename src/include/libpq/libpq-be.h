/*
 * libpq-be.h
 *		The connection to this session's client.
 */
#ifndef LIBPQ_BE_H
#define LIBPQ_BE_H

#include "postgres.h"

#include "datatype/timestamp.h"
#include "libpq/pqcomm.h"
#include "mb/pg_wchar.h"
#include "nodes/pg_list.h"

PG_BEGIN_EXTERN_C

typedef uint32 ProtocolVersion;

/* Read only. Texts live as long as the process. */
typedef struct Port
{
	pgsocket sock;
	bool noblock;
	ProtocolVersion proto;
	SockAddr laddr;
	SockAddr raddr;
	char *remote_host; /* as the log shows it: numeric, a name with log_hostname, or "[local]" */
	char *remote_hostname; /* resolved; NULL: not known */
	int remote_hostname_resolv;
	int remote_hostname_errcode;
	char *remote_port; /* empty for a unix socket */

	/* From the startup packet. */
	char *database_name;
	char *user_name;
	char *cmdline_options;	/* NULL: none */
	List *guc_options;		/* names and values in turn, as char * */
	char *application_name; /* NULL: none */

	const char *authn_id; /* who was authenticated; NULL with trust */
	TimestampTz SessionStartTime;
	bool ssl_in_use; /* false */
	char *peer_cn;	 /* NULL */
	char *peer_dn;
	bool peer_cert_valid;
} Port;

/* NULL in processes without a client. */
extern PGDLLIMPORT struct Port *MyProcPort;

PG_END_EXTERN_C

#endif /* LIBPQ_BE_H */
