/*
 * makefuncs.h
 *		Making nodes: names of relations.
 */
#ifndef MAKEFUNC_H
#define MAKEFUNC_H

#include "postgres.h"

#include "nodes/execnodes.h"
#include "nodes/primnodes.h"

PG_BEGIN_EXTERN_C

/* schemaname may be NULL; the texts are not copied. */
extern RangeVar *makeRangeVar(char *schemaname, char *relname, int location);
extern Alias *makeAlias(const char *aliasname, List *colnames);

PG_END_EXTERN_C

#endif /* MAKEFUNC_H */
