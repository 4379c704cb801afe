/*
 * tupdesc.h
 *		Row descriptions: the columns of a tuple.
 *
 * palloc'd by whoever makes them; SPI_tuptable's lives as long as the table. Processes with a database connection.
 */
#ifndef TUPDESC_H
#define TUPDESC_H

#include "postgres.h"

#include "access/attnum.h"
#include "access/xlogdefs.h"
#include "catalog/pg_attribute.h"
#include "nodes/pg_list.h"

PG_BEGIN_EXTERN_C

typedef struct TupleConstr TupleConstr;

typedef struct TupleDescData
{
	int natts;
	Oid tdtypeid;	/* RECORDOID for rows of no named type */
	int32 tdtypmod; /* -1, or the number of a blessed record type */
	int tdrefcount; /* -1: not counted */
	TupleConstr *constr;
	FormData_pg_attribute attrs[FLEXIBLE_ARRAY_MEMBER];
} TupleDescData;

typedef struct TupleDescData *TupleDesc;

/* Column i, counted from 0. */
#define TupleDescAttr(tupdesc, i) (&(tupdesc)->attrs[(i)])
#define TupleDescSize(src) \
	(offsetof(struct TupleDescData, attrs) + (src)->natts * sizeof(FormData_pg_attribute))

/* A description of natts columns, to be filled by TupleDescInitEntry. */
extern TupleDesc CreateTemplateTupleDesc(int natts);
/* Sources of PostgreSQL 11 and before also say whether rows have an OID: they have none. */
#define PG_TEMPLATE_TUPLE_DESC(natts, ...) (CreateTemplateTupleDesc)(natts)
#define CreateTemplateTupleDesc(...) PG_TEMPLATE_TUPLE_DESC(__VA_ARGS__, false)
/* Copy without constraints. */
extern TupleDesc CreateTupleDescCopy(TupleDesc tupdesc);
extern void FreeTupleDesc(TupleDesc tupdesc);
/* Whether both describe the same columns. */
extern bool equalTupleDescs(TupleDesc tupdesc1, TupleDesc tupdesc2);
/* Describes column attributeNumber (from 1). attributeName may be NULL. ERROR XX000 for an unknown type. */
extern void TupleDescInitEntry(TupleDesc desc, AttrNumber attributeNumber,
							   const char *attributeName, Oid oidtypeid, int32 typmod, int attdim);

#define PinTupleDesc(tupdesc) ((void) (tupdesc))
#define ReleaseTupleDesc(tupdesc) ((void) (tupdesc))

PG_END_EXTERN_C

#endif /* TUPDESC_H */
