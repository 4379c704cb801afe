/*
 * primnodes.h
 *		Names in statements: relations, their aliases, the target of CREATE TABLE AS.
 */
#ifndef PRIMNODES_H
#define PRIMNODES_H

#include "postgres.h"

#include "access/attnum.h"
#include "nodes/bitmapset.h"
#include "nodes/pg_list.h"
#include "nodes/value.h"

PG_BEGIN_EXTERN_C

typedef struct Alias
{
	NodeTag type;
	char *aliasname;
	List *colnames; /* of String, or NIL */
} Alias;

typedef enum OnCommitAction
{
	ONCOMMIT_NOOP,
	ONCOMMIT_PRESERVE_ROWS,
	ONCOMMIT_DELETE_ROWS,
	ONCOMMIT_DROP
} OnCommitAction;

/* A relation as it was written. */
typedef struct RangeVar
{
	NodeTag type;
	char *catalogname; /* NULL: not given */
	char *schemaname;  /* NULL: not given */
	char *relname;
	bool inh; /* without ONLY */
	char relpersistence;
	Alias *alias;
	int location; /* byte in the text, or -1 */
} RangeVar;

typedef struct IntoClause
{
	NodeTag type;
	RangeVar *rel;
	List *colNames;
	char *accessMethod;
	List *options;
	OnCommitAction onCommit;
	char *tableSpaceName;
	Node *viewQuery;
	bool skipData; /* WITH NO DATA */
} IntoClause;

/* An expression that has been analyzed. There are none in C: a name for prototypes. */
typedef struct Expr
{
	NodeTag type;
} Expr;

PG_END_EXTERN_C

#endif /* PRIMNODES_H */
