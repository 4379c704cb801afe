/*
 * scanner.h
 *		Tokens of a statement, as PostgreSQL's own parser reads them.
 *
 * The parser here is a library that does not hand out its scanner: each function raises ERROR 0A000 with its name.
 */
#ifndef SCANNER_H
#define SCANNER_H

#include "postgres.h"

#include "common/keywords.h"

PG_BEGIN_EXTERN_C

typedef union core_YYSTYPE
{
	int ival;
	char *str;
	const char *keyword;
} core_YYSTYPE;

#define YYLTYPE int

typedef struct core_yy_extra_type
{
	char *scanbuf;
	Size scanbuflen;
	const ScanKeywordList *keywordlist;
	const uint16 *keyword_tokens;
	int backslash_quote;
	bool escape_string_warning;
	bool standard_conforming_strings;
} core_yy_extra_type;

typedef void *core_yyscan_t;

extern PGDLLIMPORT const uint16 ScanKeywordTokens[];

extern core_yyscan_t scanner_init(const char *str, core_yy_extra_type *yyext,
								  const ScanKeywordList *keywordlist, const uint16 *keyword_tokens);
extern int core_yylex(core_YYSTYPE *lvalp, YYLTYPE *llocp, core_yyscan_t yyscanner);
extern void scanner_finish(core_yyscan_t yyscanner);

PG_END_EXTERN_C

#endif /* SCANNER_H */
