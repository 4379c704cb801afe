/*
 * parsetree.h
 *		The relations of a query.
 */
#ifndef PARSETREE_H
#define PARSETREE_H

#include "postgres.h"

#include "nodes/parsenodes.h"

PG_BEGIN_EXTERN_C

/* By their number, from 1. */
#define rt_fetch(rangetable_index, rangetable) \
	((RangeTblEntry *) list_nth(rangetable, (rangetable_index) -1))
#define getrelid(rangeindex, rangetable) (rt_fetch(rangeindex, rangetable)->relid)

PG_END_EXTERN_C

#endif /* PARSETREE_H */
