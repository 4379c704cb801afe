/*
 * parse_node.h
 *		The state of an analysis, as hooks see it.
 */
#ifndef PARSE_NODE_H
#define PARSE_NODE_H

#include "postgres.h"

#include "nodes/parsenodes.h"
#include "utils/queryenvironment.h"
#include "utils/relcache.h"

PG_BEGIN_EXTERN_C

typedef struct ParseState ParseState;

struct ParseState
{
	ParseState *parentParseState; /* NULL */
	const char *p_sourcetext;	  /* the text that the statement is part of */
	List *p_rtable;				  /* of RangeTblEntry */
	QueryEnvironment *p_queryEnv; /* NULL */
};

PG_END_EXTERN_C

#endif /* PARSE_NODE_H */
