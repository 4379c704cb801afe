/*
 * analyze.h
 *		The hook behind the analysis of a statement.
 */
#ifndef ANALYZE_H
#define ANALYZE_H

#include "postgres.h"

#include "nodes/params.h"
#include "parser/parse_node.h"
#include "utils/queryjumble.h"

PG_BEGIN_EXTERN_C

/* Called once for each statement that has been analyzed, utility statements included, before it is planned. jstate is NULL
 * for utility statements and when there are no query identifiers. */
typedef void (*post_parse_analyze_hook_type)(ParseState *pstate, Query *query, JumbleState *jstate);
extern PGDLLIMPORT post_parse_analyze_hook_type post_parse_analyze_hook;

/* Whether a snapshot has to be active while the statement is analyzed. */
extern bool analyze_requires_snapshot(RawStmt *parseTree);

PG_END_EXTERN_C

#endif /* ANALYZE_H */
