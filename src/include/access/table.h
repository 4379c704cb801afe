/*
 * table.h
 *		Opening tables and views.
 *
 * Processes with a database connection, within a transaction.
 */
#ifndef TABLE_H
#define TABLE_H

#include "postgres.h"

#include "nodes/primnodes.h"
#include "storage/lockdefs.h"
#include "utils/relcache.h"

PG_BEGIN_EXTERN_C

/* As relation_open and its family; ERROR 42809 for an index or a composite type. */
extern Relation table_open(Oid relationId, LOCKMODE lockmode);
extern Relation try_table_open(Oid relationId, LOCKMODE lockmode);
extern Relation table_openrv(const RangeVar *relation, LOCKMODE lockmode);
extern Relation table_openrv_extended(const RangeVar *relation, LOCKMODE lockmode, bool missing_ok);
extern void table_close(Relation relation, LOCKMODE lockmode);

PG_END_EXTERN_C

#endif /* TABLE_H */
