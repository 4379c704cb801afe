/*
 * tablespace.h
 *		Tablespaces by name and OID: there are pg_default and pg_global.
 *
 * Processes with a database connection, within a transaction.
 */
#ifndef TABLESPACE_H
#define TABLESPACE_H

#include "postgres.h"

#include "access/xlogreader.h"
#include "catalog/objectaddress.h"
#include "lib/stringinfo.h"
#include "nodes/parsenodes.h"

PG_BEGIN_EXTERN_C

/* ERROR 42704 for an unknown name, unless missing_ok; an unknown OID gives NULL. The text is palloc'd. */
extern Oid get_tablespace_oid(const char *tablespacename, bool missing_ok);
extern char *get_tablespace_name(Oid spc_oid);
/* InvalidOid: the database's. */
extern Oid GetDefaultTablespace(char relpersistence, bool partitioned);

PG_END_EXTERN_C

#endif /* TABLESPACE_H */
