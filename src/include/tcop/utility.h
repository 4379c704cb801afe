/*
 * utility.h
 *		Utility statements: everything that is not SELECT, INSERT, UPDATE or DELETE.
 *
 * Workers also include it for what it brings along: die, debug_query_string, ProcessConfigFile.
 */
#ifndef UTILITY_H
#define UTILITY_H

#include "postgres.h"

#include "tcop/cmdtag.h"
#include "tcop/tcopprot.h"

PG_BEGIN_EXTERN_C

typedef enum
{
	PROCESS_UTILITY_TOPLEVEL,		 /* a client's statement */
	PROCESS_UTILITY_QUERY,			 /* within a function or a script */
	PROCESS_UTILITY_QUERY_NONATOMIC, /* the same, where transactions may be ended */
	PROCESS_UTILITY_SUBCOMMAND		 /* a part of another utility statement */
} ProcessUtilityContext;

/*
 * Called instead of standard_ProcessUtility for each utility statement that any session or worker runs. pstmt->utilityStmt
 * is the statement. The tree is read only, whatever readOnlyTree says. qc, which may be NULL, takes the command tag.
 */
typedef void (*ProcessUtility_hook_type)(PlannedStmt *pstmt, const char *queryString,
										 bool readOnlyTree, ProcessUtilityContext context,
										 ParamListInfo params, QueryEnvironment *queryEnv,
										 DestReceiver *dest, QueryCompletion *qc);
extern PGDLLIMPORT ProcessUtility_hook_type ProcessUtility_hook;

/* pstmt must come from the server (a hook's argument, pg_plan_queries); 0A000 for one that a module made or changed. */
extern void ProcessUtility(PlannedStmt *pstmt, const char *queryString, bool readOnlyTree,
						   ProcessUtilityContext context, ParamListInfo params,
						   QueryEnvironment *queryEnv, DestReceiver *dest, QueryCompletion *qc);
extern void standard_ProcessUtility(PlannedStmt *pstmt, const char *queryString, bool readOnlyTree,
									ProcessUtilityContext context, ParamListInfo params,
									QueryEnvironment *queryEnv, DestReceiver *dest,
									QueryCompletion *qc);

/* The tag of a RawStmt, Query or PlannedStmt, or of the statement in one; CMDTAG_UNKNOWN for other nodes. */
extern CommandTag CreateCommandTag(Node *parsetree);

static inline const char *
CreateCommandName(Node *parsetree)
{
	return GetCommandTagName(CreateCommandTag(parsetree));
}

/* The least log_statement that covers the statement of such a node, by its tag: EXPLAIN, PREPARE and EXECUTE count as themselves. */
extern LogStmtLevel GetCommandLogLevel(Node *parsetree);

PG_END_EXTERN_C

#endif /* UTILITY_H */
