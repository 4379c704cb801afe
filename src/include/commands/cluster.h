/*
 * cluster.h
 *		Rewriting a table.
 *
 * Tables are not made, filled or looked up below the level of SQL: each function raises ERROR 0A000 with its name.
 */
#ifndef CLUSTER_H
#define CLUSTER_H

#include "postgres.h"

#include "nodes/parsenodes.h"
#include "parser/parse_node.h"
#include "storage/lock.h"
#include "utils/relcache.h"

PG_BEGIN_EXTERN_C

#define CLUOPT_RECHECK 0x02
#define CLUOPT_VERBOSE 0x01
typedef struct ClusterParams
{
	bits32 options;
} ClusterParams;

extern void cluster_rel(Oid tableOid, Oid indexOid, ClusterParams *params);
extern void check_index_is_clusterable(Relation OldHeap, Oid indexOid, LOCKMODE lockmode);
extern void mark_index_clustered(Relation rel, Oid indexOid, bool is_internal);
extern Oid make_new_heap(Oid OIDOldHeap, Oid NewTableSpace, Oid NewAccessMethod,
						 char relpersistence, LOCKMODE lockmode);
extern void finish_heap_swap(Oid OIDOldHeap, Oid OIDNewHeap, bool is_system_catalog,
							 bool swap_toast_by_content, bool check_constraints, bool is_internal,
							 TransactionId frozenXid, MultiXactId minMulti, char newrelpersistence);

PG_END_EXTERN_C

#endif /* CLUSTER_H */
