/*
 * keywords.h
 *		The list of keywords, as a handle for parser/scanner.h.
 */
#ifndef KEYWORDS_H
#define KEYWORDS_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef struct ScanKeywordList ScanKeywordList;

extern PGDLLIMPORT const ScanKeywordList ScanKeywords;

PG_END_EXTERN_C

#endif /* KEYWORDS_H */
