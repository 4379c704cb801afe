/*
 * deparse_utility.h
 *		Commands that event triggers would collect: there are none.
 */
#ifndef DEPARSE_UTILITY_H
#define DEPARSE_UTILITY_H

#include "postgres.h"

#include "access/attnum.h"
#include "catalog/objectaddress.h"
#include "nodes/nodes.h"

PG_BEGIN_EXTERN_C

typedef struct CollectedCommand CollectedCommand;

PG_END_EXTERN_C

#endif /* DEPARSE_UTILITY_H */
