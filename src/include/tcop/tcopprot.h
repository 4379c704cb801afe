/*
 * tcopprot.h
 *		The session's own: its statement, its signal handlers.
 */
#ifndef TCOPPROT_H
#define TCOPPROT_H

#include "postgres.h"

#include "fmgr.h"
#include "nodes/params.h"
#include "nodes/parsenodes.h"
#include "nodes/plannodes.h"
#include "storage/procsignal.h"
#include "tcop/dest.h"
#include "utils/guc.h"
#include "utils/queryenvironment.h"

PG_BEGIN_EXTERN_C

/* The statement being run, for error reports; NULL: none. Workers set it to their own text and back. */
extern PGDLLIMPORT const char *debug_query_string;
extern PGDLLIMPORT int max_stack_depth;					 /* kB, setting */
extern PGDLLIMPORT int client_connection_check_interval; /* setting without effect */

/* Where the rows and the reports of this process go: DestRemote with a client or a queue (libpq/pqmq.h), else DestNone. */
extern PGDLLIMPORT CommandDest whereToSendOutput;

/*
 * The way of a statement, step by step, for modules that run texts of several statements. What is given is palloc'd in
 * CurrentMemoryContext, and goes with it; it must not be freed by itself, and a step is given what the step before gave.
 */
/* A List of RawStmt. ERROR 42601. */
extern List *pg_parse_query(const char *query_string);
/* A List of one Query; paramTypes are the types of $1 and so on. */
extern List *pg_analyze_and_rewrite_fixedparams(RawStmt *parsetree, const char *query_string,
												const Oid *paramTypes, int numParams,
												QueryEnvironment *queryEnv);
/* Its name before PostgreSQL 15. */
extern List *pg_analyze_and_rewrite(RawStmt *parsetree, const char *query_string,
									const Oid *paramTypes, int numParams,
									QueryEnvironment *queryEnv);
/* PlannedStmt, and a List of those. */
extern PlannedStmt *pg_plan_query(Query *querytree, const char *query_string, int cursorOptions,
								  ParamListInfo boundParams);
extern List *pg_plan_queries(List *querytrees, const char *query_string, int cursorOptions,
							 ParamListInfo boundParams);

typedef enum
{
	LOGSTMT_NONE,
	LOGSTMT_DDL,
	LOGSTMT_MOD,
	LOGSTMT_ALL
} LogStmtLevel;

extern PGDLLIMPORT int log_statement; /* a LogStmtLevel, setting */

/* Whether the time since the statement's start is to be logged: 0 not, 1 the duration, 2 with the statement's text. Then msec_str,
 * of 32 bytes or more, gets it as milliseconds. */
extern int check_log_duration(char *msec_str, bool was_logged);

/* Logs, under a title, what the process has used since ResetUsage: time, memory, blocks, context switches. */
extern void ResetUsage(void);
extern void ShowUsage(const char *title);

/* Handlers. die (SIGTERM): the process ends with FATAL 57P01 at its next CHECK_FOR_INTERRUPTS. StatementCancelHandler
 * (SIGINT): the statement ends with ERROR 57014 there. quickdie (SIGQUIT): the process ends at once. FloatExceptionHandler
 * (SIGFPE): ERROR 22P01. */
extern void die(SIGNAL_ARGS);
extern void StatementCancelHandler(SIGNAL_ARGS);
extern void quickdie(SIGNAL_ARGS) pg_attribute_noreturn();
extern void FloatExceptionHandler(SIGNAL_ARGS) pg_attribute_noreturn();

PG_END_EXTERN_C

#endif /* TCOPPROT_H */
