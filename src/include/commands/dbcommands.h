/*
 * dbcommands.h
 *		Databases by name and OID.
 *
 * Processes with shared memory.
 */
#ifndef DBCOMMANDS_H
#define DBCOMMANDS_H

#include "postgres.h"

#include "access/xlogreader.h"
#include "catalog/objectaddress.h"
#include "lib/stringinfo.h"
#include "parser/parse_node.h"

PG_BEGIN_EXTERN_C

/* ERROR 3D000 for an unknown name, unless missing_ok; an unknown OID gives NULL. The text is palloc'd. */
extern Oid get_database_oid(const char *dbname, bool missing_ok);
extern char *get_database_name(Oid dbid);
extern bool have_createdb_privilege(void);

PG_END_EXTERN_C

#endif /* DBCOMMANDS_H */
