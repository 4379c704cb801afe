/*
 * scanner.h
 *		Tokens of a statement, as PostgreSQL's own parser reads them.
 *
 * Differs from PostgreSQL: the whole text is read by scanner_init, so that is where a text that is no SQL is refused; the
 * settings of core_yy_extra_type are shown and not read.
 */
#ifndef SCANNER_H
#define SCANNER_H

#include "postgres.h"

#include "common/keywords.h"

PG_BEGIN_EXTERN_C

/* What a token stands for. */
typedef union core_YYSTYPE
{
	int ival;			 /* integer constants, numbers of parameters */
	char *str;			 /* names, operators, all other constants: palloc'd */
	const char *keyword; /* in lower case: palloc'd */
} core_YYSTYPE;

#define YYLTYPE int

typedef struct core_yy_extra_type
{
	char *scanbuf; /* the text; a 0 stands behind the token that was read last */
	Size scanbuflen;
	const ScanKeywordList *keywordlist;
	const uint16 *keyword_tokens;
	int backslash_quote;
	bool escape_string_warning;
	bool standard_conforming_strings;
} core_yy_extra_type;

typedef void *core_yyscan_t;

extern PGDLLIMPORT const uint16 ScanKeywordTokens[];

/* Fills *yyext, which must stay. All that is palloc'd lies in the current memory context. ERROR 42601. The keywords must be
 * ScanKeywords and ScanKeywordTokens: there are no others. */
extern core_yyscan_t scanner_init(const char *str, core_yy_extra_type *yyext,
								  const ScanKeywordList *keywordlist, const uint16 *keyword_tokens);
/* The next token's number, 0 behind the last. *llocp is its first byte, counted from 0. */
extern int core_yylex(core_YYSTYPE *lvalp, YYLTYPE *llocp, core_yyscan_t yyscanner);
extern void scanner_finish(core_yyscan_t yyscanner);

PG_END_EXTERN_C

#endif /* SCANNER_H */
