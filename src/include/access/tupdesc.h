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

typedef struct AttrDefault
{
	AttrNumber adnum;
	char *adbin;
} AttrDefault;

typedef struct ConstrCheck
{
	char *ccname;
	char *ccbin;
	bool ccvalid;
	bool ccnoinherit;
} ConstrCheck;

typedef struct TupleConstr
{
	AttrDefault *defval;
	ConstrCheck *check;
	struct AttrMissing *missing;
	uint16 num_defval;
	uint16 num_check;
	bool has_not_null;
	bool has_generated_stored;
} TupleConstr;

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
/* A description of these columns, which are copied. */
extern TupleDesc CreateTupleDesc(int natts, Form_pg_attribute *attrs);
/* Copy without constraints, NOT NULL and defaults of the columns among them; and with what the columns say of these. */
extern TupleDesc CreateTupleDescCopy(TupleDesc tupdesc);
extern TupleDesc CreateTupleDescCopyConstr(TupleDesc tupdesc);
/* Copies into dst, which has TupleDescSize(src) bytes. */
extern void TupleDescCopy(TupleDesc dst, TupleDesc src);
/* Makes column dstAttno of dst like column srcAttno of src, without its NOT NULL and default. */
extern void TupleDescCopyEntry(TupleDesc dst, AttrNumber dstAttno, TupleDesc src,
							   AttrNumber srcAttno);
extern void FreeTupleDesc(TupleDesc tupdesc);
/* Whether both describe the same columns. */
extern bool equalTupleDescs(TupleDesc tupdesc1, TupleDesc tupdesc2);
/* Describes column attributeNumber (from 1). attributeName may be NULL. ERROR XX000 for an unknown type. */
extern void TupleDescInitEntry(TupleDesc desc, AttrNumber attributeNumber,
							   const char *attributeName, Oid oidtypeid, int32 typmod, int attdim);
/* The same for the types of built-in functions, without a look at catalogs. */
extern void TupleDescInitBuiltinEntry(TupleDesc desc, AttrNumber attributeNumber,
									  const char *attributeName, Oid oidtypeid, int32 typmod,
									  int attdim);
extern void TupleDescInitEntryCollation(TupleDesc desc, AttrNumber attributeNumber,
										Oid collationid);
/* From lists of equal length: names (String), type OIDs, modifiers, collations. */
extern TupleDesc BuildDescFromLists(List *names, List *types, List *typmods, List *collations);

/* References are not counted: descriptions live as long as whoever made them. */
#define PinTupleDesc(tupdesc) ((void) (tupdesc))
#define ReleaseTupleDesc(tupdesc) ((void) (tupdesc))

PG_END_EXTERN_C

#endif /* TUPDESC_H */
