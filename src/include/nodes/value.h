/*
 * value.h
 *		Plain values as nodes, so that a List can hold them: numbers and texts of statements.
 *
 * palloc'd. Any process.
 */
#ifndef VALUE_H
#define VALUE_H

#include "postgres.h"

#include "nodes/nodes.h"

PG_BEGIN_EXTERN_C

typedef struct Integer
{
	NodeTag type;
	int ival;
} Integer;

/* A number with a fraction, or too large for Integer, as it was written. */
typedef struct Float
{
	NodeTag type;
	char *fval;
} Float;

typedef struct Boolean
{
	NodeTag type;
	bool boolval;
} Boolean;

typedef struct String
{
	NodeTag type;
	char *sval;
} String;

/* The letter b or x, and the digits. */
typedef struct BitString
{
	NodeTag type;
	char *bsval;
} BitString;

#define intVal(v) (castNode(Integer, v)->ival)
#define floatVal(v) atof(castNode(Float, v)->fval)
#define boolVal(v) (castNode(Boolean, v)->boolval)
#define strVal(v) (castNode(String, v)->sval)

/* New nodes in CurrentMemoryContext. They point to the text that they are given. */
extern Integer *makeInteger(int i);
extern Float *makeFloat(char *numericStr);
extern Boolean *makeBoolean(bool var);
extern String *makeString(char *str);
extern BitString *makeBitString(char *str);

PG_END_EXTERN_C

#endif /* VALUE_H */
