/*
 * pg_ts_parser.h
 *		Rows of the catalog pg_ts_parser: text search parsers.
 */
#ifndef PG_TS_PARSER_H
#define PG_TS_PARSER_H

#include "postgres.h"

#include "catalog/pg_ts_parser_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_ts_parser
{
	Oid oid;
	NameData prsname;
	Oid prsnamespace;
	regproc prsstart;
	regproc prstoken;
	regproc prsend;
	regproc prsheadline;
	regproc prslextype;
} FormData_pg_ts_parser;

typedef FormData_pg_ts_parser *Form_pg_ts_parser;

PG_END_EXTERN_C

#endif /* PG_TS_PARSER_H */
