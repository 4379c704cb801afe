/*
 * pg_conversion.h
 *		Rows of the catalog pg_conversion: conversions of encodings.
 */
#ifndef PG_CONVERSION_H
#define PG_CONVERSION_H

#include "postgres.h"

#include "catalog/objectaddress.h"
#include "catalog/pg_conversion_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_conversion
{
	Oid oid;
	NameData conname;
	Oid connamespace;
	Oid conowner;
	int32 conforencoding;
	int32 contoencoding;
	regproc conproc;
	bool condefault;
} FormData_pg_conversion;

typedef FormData_pg_conversion *Form_pg_conversion;

PG_END_EXTERN_C

#endif /* PG_CONVERSION_H */
