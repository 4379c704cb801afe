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

typedef enum
{
	LOGSTMT_NONE,
	LOGSTMT_DDL,
	LOGSTMT_MOD,
	LOGSTMT_ALL
} LogStmtLevel;

extern PGDLLIMPORT int log_statement; /* a LogStmtLevel, setting */

/* Handlers. die (SIGTERM): the process ends with FATAL 57P01 at its next CHECK_FOR_INTERRUPTS. StatementCancelHandler
 * (SIGINT): the statement ends with ERROR 57014 there. quickdie (SIGQUIT): the process ends at once. FloatExceptionHandler
 * (SIGFPE): ERROR 22P01. */
extern void die(SIGNAL_ARGS);
extern void StatementCancelHandler(SIGNAL_ARGS);
extern void quickdie(SIGNAL_ARGS) pg_attribute_noreturn();
extern void FloatExceptionHandler(SIGNAL_ARGS) pg_attribute_noreturn();

PG_END_EXTERN_C

#endif /* TCOPPROT_H */
