/*
 * pg_attribute.h
 *		A column's description, as row descriptions hold it.
 */
#ifndef PG_ATTRIBUTE_H
#define PG_ATTRIBUTE_H

#include "postgres.h"

#include "catalog/pg_attribute_d.h"

PG_BEGIN_EXTERN_C

/* The fixed-width columns of the catalog pg_attribute, in its order. */
typedef struct FormData_pg_attribute
{
	Oid attrelid;
	NameData attname;
	Oid atttypid; /* InvalidOid when dropped */
	int32 attstattarget;
	int16 attlen; /* bytes, -1: variable length, -2: C string */
	int16 attnum;
	int32 attndims;
	int32 attcacheoff; /* offset in a tuple without nulls, or -1 */
	int32 atttypmod;   /* -1: none */
	bool attbyval;
	char attalign; /* TYPALIGN_ */
	char attstorage;
	char attcompression;
	bool attnotnull;
	bool atthasdef;
	bool atthasmissing;
	char attidentity;
	char attgenerated;
	bool attisdropped;
	bool attislocal;
	int32 attinhcount;
	Oid attcollation;
} FormData_pg_attribute;

typedef FormData_pg_attribute *Form_pg_attribute;

#define ATTRIBUTE_FIXED_PART_SIZE (offsetof(FormData_pg_attribute, attcollation) + sizeof(Oid))

PG_END_EXTERN_C

#endif /* PG_ATTRIBUTE_H */
