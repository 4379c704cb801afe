/*
 * capi_tokens.c
 *		Statements taken apart into tokens, and what modules that count statements need beside.
 */
#include "postgres.h"

#include <sys/stat.h>

#include "capi.h"
#include "jit/jit.h"
#include "mb/pg_wchar.h"
#include "nodes/execnodes.h"
#include "parser/scanner.h"
#include "pgstat.h"
#include "utils/builtins.h"
#include "utils/queryjumble.h"

/* Numbers of PostgreSQL's grammar. */
#define IDENT 258
#define FCONST 260
#define SCONST 261
#define BCONST 263
#define XCONST 264
#define Op 265
#define ICONST 266
#define PARAM 267
#define TYPECAST 268
#define NOT_EQUALS 274
#define SELECT 623

static const struct
{
	const char *written;
	int number;
	const char *value; /* of a constant, an operator, a name */
	int ivalue;
} tokens[] = {
	{"SELECT", SELECT, "select", 0},
	{"Somebody", IDENT, "somebody", 0},
	{"\"A \"\"name\"\"\"", IDENT, "A \"name\"", 0},
	{"12", ICONST, NULL, 12},
	{"99999999999", FCONST, "99999999999", 0},
	{"1.5e3", FCONST, "1.5e3", 0},
	{"$3", PARAM, NULL, 3},
	{"'text'", SCONST, "text", 0},
	{"'it''s'", SCONST, "it's", 0},
	{"E'a\\tb\\x41'", SCONST, "a\tbA", 0},
	{"$q$it's$q$", SCONST, "it's", 0},
	{"$$$$", SCONST, "", 0},
	{"b'0101'", BCONST, "b0101", 0},
	{"X'1fF'", XCONST, "x1fF", 0},
	{"::", TYPECAST, NULL, 0},
	{"<>", NOT_EQUALS, NULL, 0},
	{"->>", Op, "->>", 0},
	{"(", '(', NULL, 0},
	{";", ';', NULL, 0},
};

CAPI_TEST(test_tokens_and_their_values)
{
	for (size_t i = 0; i < lengthof(tokens); i++)
	{
		char *text = psprintf(" /* '1 */ %s -- 2\n", tokens[i].written);
		core_yy_extra_type extra;
		core_yyscan_t scanner = scanner_init(text, &extra, &ScanKeywords, ScanKeywordTokens);
		core_YYSTYPE value;
		YYLTYPE at = -1;

		CHECK(extra.scanbuflen == strlen(text) && extra.standard_conforming_strings);
		CHECK(core_yylex(&value, &at, scanner) == tokens[i].number && at == 10);
		/* The token in the buffer ends where it ends. */
		CHECK(strcmp(extra.scanbuf + at, tokens[i].written) == 0);
		if (tokens[i].number == ICONST || tokens[i].number == PARAM)
			CHECK(value.ival == tokens[i].ivalue);
		else if (tokens[i].number == SELECT)
			CHECK(strcmp(value.keyword, tokens[i].value) == 0);
		else if (tokens[i].value != NULL)
			CHECK(strcmp(value.str, tokens[i].value) == 0);
		CHECK(core_yylex(&value, &at, scanner) == 0 && at == (int) strlen(text));
		CHECK(core_yylex(&value, &at, scanner) == 0);
		CHECK(strcmp(extra.scanbuf, text) == 0);
		scanner_finish(scanner);
	}
}

CAPI_TEST(test_text_without_tokens)
{
	core_yy_extra_type extra;
	core_YYSTYPE value;
	YYLTYPE at;

	CHECK(core_yylex(&value, &at, scanner_init("", &extra, &ScanKeywords, ScanKeywordTokens)) == 0);
	CHECK_ERROR(ERRCODE_SYNTAX_ERROR, "unterminated quoted string",
				scanner_init("select 'open", &extra, &ScanKeywords, ScanKeywordTokens));
}

CAPI_TEST(test_clean_query_text)
{
	const char *text = " \n first ; second  ";
	int location = -1, length = 0;

	CHECK(CleanQuerytext(text, &location, &length) == text + 3 && location == 3 && length == 14);
	location = 0, length = 9;
	CHECK(CleanQuerytext(text, &location, &length) == text + 3 && location == 3 && length == 5);
	location = 10, length = 0;
	CHECK(CleanQuerytext(text, &location, &length) == text + 11 && location == 11 && length == 6);
	location = -1, length = 0;
	CHECK(*CleanQuerytext("  ", &location, &length) == '\0' && location == 2 && length == 0);
}

CAPI_TEST(test_statistics_of_modules)
{
	EState state = {};
	JitContext context = {};
	struct stat found;

	CHECK(state.es_jit == NULL && state.es_jit_worker_instr == NULL && state.es_jit_flags == 0);
	CHECK(context.instr.created_functions == 0 && context.flags == 0);
	CHECK(stat(PGSTAT_STAT_PERMANENT_DIRECTORY, &found) == 0 && S_ISDIR(found.st_mode));
	CHECK(stat(PG_STAT_TMP_DIR, &found) == 0 && S_ISDIR(found.st_mode));
	CHECK(PG_VALID_BE_ENCODING(PG_UTF8) && !PG_VALID_BE_ENCODING(PG_SJIS) &&
		  !PG_VALID_BE_ENCODING(-1));
	CHECK(PG_ENCODING_BE_LAST == PG_KOI8U);
}
