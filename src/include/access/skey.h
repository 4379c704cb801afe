/*
 * skey.h
 *		Conditions of a scan: a column, a comparison, a value.
 */
#ifndef SKEY_H
#define SKEY_H

#include "postgres.h"

#include "access/attnum.h"
#include "access/stratnum.h"
#include "fmgr.h"

PG_BEGIN_EXTERN_C

typedef struct ScanKeyData
{
	int sk_flags;
	AttrNumber sk_attno;
	StrategyNumber sk_strategy;
	Oid sk_subtype; /* type of the value, or InvalidOid: the column's */
	Oid sk_collation;
	FmgrInfo sk_func; /* fn_oid says how to compare */
	Datum sk_argument;
} ScanKeyData;

typedef ScanKeyData *ScanKey;

#define SK_ISNULL 0x0001
#define SK_SEARCHARRAY 0x0020
#define SK_SEARCHNULL 0x0040
#define SK_SEARCHNOTNULL 0x0080

/* procedure: the function of an operator =, <>, <, <=, > or >= of built-in types (F_OIDEQ, F_NAMEEQ, F_TEXTEQ ...). The
 * argument must live as long as the scan. */
extern void ScanKeyInit(ScanKey entry, AttrNumber attributeNumber, StrategyNumber strategy,
						RegProcedure procedure, Datum argument);
extern void ScanKeyEntryInitialize(ScanKey entry, int flags, AttrNumber attributeNumber,
								   StrategyNumber strategy, Oid subtype, Oid collation,
								   RegProcedure procedure, Datum argument);

PG_END_EXTERN_C

#endif /* SKEY_H */
