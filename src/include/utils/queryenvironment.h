/*
 * queryenvironment.h
 *		Names visible to one query alone: rows of a tuplestore (executor/spi.h).
 */
#ifndef QUERYENVIRONMENT_H
#define QUERYENVIRONMENT_H

#include "postgres.h"

#include "access/tupdesc.h"

PG_BEGIN_EXTERN_C

typedef enum EphemeralNameRelationType
{
	ENR_NAMED_TUPLESTORE
} EphemeralNameRelationType;

typedef struct EphemeralNamedRelationMetadataData
{
	char *name;
	/* Either the table whose columns it has, or a description of them. */
	Oid reliddesc;
	TupleDesc tupdesc;
	EphemeralNameRelationType enrtype;
	double enrtuples; /* an estimate; not used */
} EphemeralNamedRelationMetadataData;

typedef EphemeralNamedRelationMetadataData *EphemeralNamedRelationMetadata;

typedef struct EphemeralNamedRelationData
{
	EphemeralNamedRelationMetadataData md;
	void *reldata; /* a Tuplestorestate */
} EphemeralNamedRelationData;

typedef EphemeralNamedRelationData *EphemeralNamedRelation;

typedef struct QueryEnvironment QueryEnvironment;

PG_END_EXTERN_C

#endif /* QUERYENVIRONMENT_H */
