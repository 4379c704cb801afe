/*
 * pg_language.h
 *		Rows of the catalog pg_language: languages.
 */
#ifndef PG_LANGUAGE_H
#define PG_LANGUAGE_H

#include "postgres.h"

#include "catalog/pg_language_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_language
{
	Oid oid;
	NameData lanname;
	Oid lanowner;
	bool lanispl;
	bool lanpltrusted;
	Oid lanplcallfoid;
	Oid laninline;
	Oid lanvalidator;
} FormData_pg_language;

typedef FormData_pg_language *Form_pg_language;

PG_END_EXTERN_C

#endif /* PG_LANGUAGE_H */
