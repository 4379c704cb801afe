/*
 * params.h
 *		Values for a statement's parameters.
 */
#ifndef PARAMS_H
#define PARAMS_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

#define PARAM_FLAG_CONST 0x0001

typedef struct ParamExternData
{
	Datum value;
	bool isnull;
	uint16 pflags;
	Oid ptype; /* InvalidOid: no such parameter */
} ParamExternData;

typedef struct ParamListInfoData
{
	int numParams;
	ParamExternData params[FLEXIBLE_ARRAY_MEMBER];
} ParamListInfoData;

typedef struct ParamListInfoData *ParamListInfo;

/* A list of numParams parameters, all absent, palloc'd. */
extern ParamListInfo makeParamList(int numParams);
/* The same with copies of the values; NULL of NULL and of an empty list. */
extern ParamListInfo copyParamList(ParamListInfo from);

PG_END_EXTERN_C

#endif /* PARAMS_H */
