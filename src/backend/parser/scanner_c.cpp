/*
 * parser/scanner_c.cpp
 *		The scanner as C names it (parser/scanner.h): tokens one by one, out of a list made at once.
 *
 * Backends and workers. A scanner is one piece of palloc'd memory, so that an error between two calls leaves nothing.
 */
#include "parser/scanner.h"

#include <cstdlib>
#include <cstring>
#include <string>

#include "parser/scansup.h"
#include "parser/tokens.h"
#include "utils/error/wall.h"
#include "utils/memutils.h"

/* All that a module does with keywords is to hand these to scanner_init. */
struct ScanKeywordList
{
};

const ScanKeywordList ScanKeywords = {};
const uint16 ScanKeywordTokens[] = {0};

namespace pg
{

namespace
{

constexpr int kSafeEncoding = 2; /* of the setting backslash_quote */

struct CScanner
{
	char *text;
	int length;
	int next, count;
	int cut; /* where a 0 stands in text for the byte below; -1: nowhere */
	char hidden;
	SqlToken tokens[FLEXIBLE_ARRAY_MEMBER];
};

char *
in_palloc(std::string_view text)
{
	return pnstrdup(text.data(), text.size());
}

char *
name_of(std::string_view written)
{
	if (written.front() != '"')
		return downcase_truncate_identifier(written.data(), static_cast<int>(written.size()),
											false);

	std::string name;

	for (size_t i = 1; i + 1 < written.size(); i++)
	{
		name += written[i];
		if (written[i] == '"')
			i++; /* its twin */
	}
	char *result = in_palloc(name);

	truncate_identifier(result, static_cast<int>(name.size()), false);
	return result;
}

/* X'1F' is x1F. */
char *
bits_of(std::string_view written)
{
	std::string bits;

	for (const char c : written)
		if (c != '\'')
			bits += bits.empty() ? static_cast<char>(c | 0x20) : c;
	return in_palloc(bits);
}

core_YYSTYPE
value_of(const SqlToken &token, std::string_view text)
{
	const std::string_view written = token.of(text);
	core_YYSTYPE value = {};

	if (token.is_keyword())
		value.keyword =
			downcase_identifier(written.data(), static_cast<int>(written.size()), false, false);
	else if (token.kind == token::Integer)
		value.ival = atoi(std::string(written).c_str());
	else if (token.kind == token::Parameter)
		value.ival = atoi(std::string(written.substr(1)).c_str());
	else if (token.kind == token::Ident)
		value.str = name_of(written);
	else if (token.kind == token::Bits || token.kind == token::Hex)
		value.str = bits_of(written);
	else if (token.is_string())
		value.str = in_palloc(StringOfToken(written));
	else if (token.kind > UCHAR_MAX)
		value.str = in_palloc(written);
	return value;
}

CScanner *
make_scanner(const char *text, core_yy_extra_type *extra)
{
	const std::vector<SqlToken> tokens = ScanTokens(text);
	auto *scanner = static_cast<CScanner *>(
		palloc(offsetof(CScanner, tokens) + (tokens.size() + 1) * sizeof(SqlToken)));

	scanner->length = static_cast<int>(strlen(text));
	scanner->text = pstrdup(text);
	scanner->next = 0;
	scanner->count = static_cast<int>(tokens.size());
	scanner->cut = -1;
	std::copy(tokens.begin(), tokens.end(), scanner->tokens);
	*extra = {};
	extra->scanbuf = scanner->text;
	extra->scanbuflen = static_cast<Size>(scanner->length);
	extra->backslash_quote = kSafeEncoding;
	extra->escape_string_warning = true;
	extra->standard_conforming_strings = true;
	return scanner;
}

void
join(CScanner &scanner)
{
	if (scanner.cut >= 0)
		scanner.text[scanner.cut] = scanner.hidden;
	scanner.cut = -1;
}

int
next_token(CScanner &scanner, core_YYSTYPE *value, int *location)
{
	join(scanner);
	if (scanner.next == scanner.count)
	{
		*location = scanner.length;
		return 0;
	}

	const SqlToken &token = scanner.tokens[scanner.next];

	*value = value_of(token, scanner.text);
	*location = token.begin;
	scanner.next++;
	scanner.cut = token.end;
	scanner.hidden = std::exchange(scanner.text[token.end], '\0');
	return token.kind;
}

} /* namespace */

} /* namespace pg */

using namespace pg;

extern "C"
{
	core_yyscan_t scanner_init(const char *str, core_yy_extra_type *yyext,
							   const ScanKeywordList *keywordlist, const uint16 *keyword_tokens)
	{
		return FromC(
			[&]() -> core_yyscan_t
			{
				CScanner *scanner = make_scanner(str, yyext);

				yyext->keywordlist = keywordlist;
				yyext->keyword_tokens = keyword_tokens;
				return scanner;
			});
	}

	int core_yylex(core_YYSTYPE *lvalp, YYLTYPE *llocp, core_yyscan_t yyscanner)
	{
		return FromC([&] { return next_token(*static_cast<CScanner *>(yyscanner), lvalp, llocp); });
	}

	void scanner_finish(core_yyscan_t yyscanner)
	{
		auto *scanner = static_cast<CScanner *>(yyscanner);

		pfree(scanner->text);
		pfree(scanner);
	}
}
