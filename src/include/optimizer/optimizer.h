/*
 * optimizer.h
 *		Of the planner: the storage engine plans, so what is declared raises ERROR 0A000 with its name.
 */
#ifndef OPTIMIZER_H
#define OPTIMIZER_H

#include "postgres.h"

#include "nodes/parsenodes.h"

PG_BEGIN_EXTERN_C

extern bool plan_cluster_use_sort(Oid tableOid, Oid indexOid);
extern List *pull_var_clause(Node *node, int flags);
extern bool contain_mutable_functions(Node *clause);
extern bool contain_volatile_functions(Node *clause);

PG_END_EXTERN_C

#endif /* OPTIMIZER_H */
