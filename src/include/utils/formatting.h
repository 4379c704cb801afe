/*
 * formatting.h
 *		Case of texts; results are palloc'd. The asc_ functions change ASCII letters only, the others do as lower(),
 * upper() and initcap() do.
 */
#ifndef _FORMATTING_H_
#define _FORMATTING_H_

#include "postgres.h"

PG_BEGIN_EXTERN_C

extern char *str_tolower(const char *buff, size_t nbytes, Oid collid);
extern char *str_toupper(const char *buff, size_t nbytes, Oid collid);
extern char *str_initcap(const char *buff, size_t nbytes, Oid collid);
extern char *asc_tolower(const char *buff, size_t nbytes);
extern char *asc_toupper(const char *buff, size_t nbytes);
extern char *asc_initcap(const char *buff, size_t nbytes);

PG_END_EXTERN_C

#endif /* _FORMATTING_H_ */
