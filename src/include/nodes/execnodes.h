/*
 * execnodes.h
 *		How a function that returns a set and its caller understand each other.
 *
 * fcinfo->resultinfo points to a ReturnSetInfo when a set is wanted. Postroom asks for one value per call.
 */
#ifndef EXECNODES_H
#define EXECNODES_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "nodes/nodes.h"

typedef struct ExprContext ExprContext;
typedef struct Tuplestorestate Tuplestorestate;

/* What a call gave. */
typedef enum ExprDoneCond
{
	ExprSingleResult,	/* the only value; what a call is taken to give unless it says otherwise */
	ExprMultipleResult, /* a value, call again */
	ExprEndResult		/* nothing: the set is at its end */
} ExprDoneCond;

/* Ways to return a set, as bits. */
typedef enum SetFunctionReturnMode
{
	SFRM_ValuePerCall = 0x01,
	SFRM_Materialize = 0x02,
	SFRM_Materialize_Random = 0x04,
	SFRM_Materialize_Preferred = 0x08
} SetFunctionReturnMode;

typedef struct ReturnSetInfo
{
	NodeTag type;
	/* From the caller. */
	ExprContext *econtext;	/* NULL */
	TupleDesc expectedDesc; /* NULL */
	int allowedModes;		/* SFRM_ bits */
	/* From the function. */
	SetFunctionReturnMode returnMode;
	ExprDoneCond isDone;
	Tuplestorestate *setResult;
	TupleDesc setDesc;
} ReturnSetInfo;

#endif /* EXECNODES_H */
