/*
 * extension.h
 *		Extensions: look-ups, and whether a script is running.
 *
 * Processes with a database connection, within a transaction.
 */
#ifndef EXTENSION_H
#define EXTENSION_H

#include "postgres.h"

#include "catalog/objectaddress.h"
#include "parser/parse_node.h"

PG_BEGIN_EXTERN_C

/* While the script of CREATE or ALTER EXTENSION runs in this process. */
extern PGDLLIMPORT bool creating_extension;
extern PGDLLIMPORT Oid CurrentExtensionObject;

/* ERROR 42704 for an unknown name, unless missing_ok; an unknown OID gives NULL. The text is palloc'd. */
extern Oid get_extension_oid(const char *extname, bool missing_ok);
extern char *get_extension_name(Oid ext_oid);
extern Oid get_extension_schema(Oid ext_oid);

PG_END_EXTERN_C

#endif /* EXTENSION_H */
