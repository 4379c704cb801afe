/*
 * scansup.h
 *		What the scanner of SQL does to identifiers.
 */
#ifndef SCANSUP_H
#define SCANSUP_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

/* ident in lower case, palloc'd, and cut to NAMEDATALEN - 1 bytes at a character's boundary; warn says so with a NOTICE. */
extern char *downcase_truncate_identifier(const char *ident, int len, bool warn);
extern char *downcase_identifier(const char *ident, int len, bool warn, bool truncate);
/* The same in place, without changing case. */
extern void truncate_identifier(char *ident, int len, bool warn);
/* Whether it is white space between the words of SQL. */
extern bool scanner_isspace(char ch);

PG_END_EXTERN_C

#endif /* SCANSUP_H */
