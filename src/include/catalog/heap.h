/*
 * heap.h
 *		Making tables.
 *
 * Tables are not made, filled or looked up below the level of SQL: each function raises ERROR 0A000 with its name.
 */
#ifndef HEAP_H
#define HEAP_H

#include "postgres.h"

#include "catalog/indexing.h"
#include "catalog/objectaddress.h"
#include "nodes/parsenodes.h"
#include "parser/parse_node.h"
#include "utils/relcache.h"

PG_BEGIN_EXTERN_C

#define CHKATYPE_ANYARRAY 0x01
#define CHKATYPE_ANYRECORD 0x02
#define CHKATYPE_IS_PARTKEY 0x04

extern Oid heap_create_with_catalog(const char *relname, Oid relnamespace, Oid reltablespace,
									Oid relid, Oid reltypeid, Oid reloftypeid, Oid ownerid,
									Oid accessmtd, TupleDesc tupdesc, List *cooked_constraints,
									char relkind, char relpersistence, bool shared_relation,
									bool mapped_relation, OnCommitAction oncommit, Datum reloptions,
									bool use_user_acl, bool allow_system_table_mods,
									bool is_internal, Oid relrewrite, ObjectAddress *typaddress);
extern void heap_drop_with_catalog(Oid relid);
extern void heap_truncate(List *relids);
extern void heap_truncate_one_rel(Relation rel);
extern void heap_truncate_check_FKs(List *relations, bool tempTables);
extern List *heap_truncate_find_FKs(List *relationIds);

PG_END_EXTERN_C

#endif /* HEAP_H */
