/*
 * ts_locale.h
 *		Letters, for text search.
 */
#ifndef __TSLOCALE_H__
#define __TSLOCALE_H__

#include "postgres.h"

#include <ctype.h>
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/guc.h"

PG_BEGIN_EXTERN_C

#define TOUCHAR(x) (*((const unsigned char *) (x)))
/* Of the character at x, beyond ASCII as the C locale has it. */
#define t_iseq(x, c) (TOUCHAR(x) == (unsigned char) (c))
#define t_isspace(x) (isspace(TOUCHAR(x)) != 0)
#define t_isdigit(x) (isdigit(TOUCHAR(x)) != 0)
#define t_isalpha(x) (TOUCHAR(x) >= 0x80 || isalpha(TOUCHAR(x)))
#define t_isprint(x) (TOUCHAR(x) >= 0x80 || isprint(TOUCHAR(x)))

/* In lower case, palloc'd. */
extern char *lowerstr(const char *str);
extern char *lowerstr_with_len(const char *str, int len);

PG_END_EXTERN_C

#endif /* __TSLOCALE_H__ */
