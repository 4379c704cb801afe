/*
 * parser/tokens.h
 *		The tokens of a text of SQL, as libpg_query's scanner finds them; comments and blanks are none.
 */
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "postgres.h"

namespace pg
{

/* A token's kind: the character itself for those of one, else PostgreSQL 15's number. These few have names here. */
namespace token
{
enum : int
{
	Ident = 258,
	QuotedUnicodeIdent,
	Float,
	String,
	UnicodeString,
	Bits,
	Hex,
	Operator,
	Integer,
	Parameter,
	Typecast,
	FirstKeyword = 275,
};
} /* namespace token */

struct SqlToken
{
	int kind;
	int begin; /* bytes from the start of the text */
	int end;
	bool reserved; /* a keyword that cannot be a name */

	bool is_keyword() const { return kind >= token::FirstKeyword; }
	bool is_number() const { return kind == token::Integer || kind == token::Float; }
	bool is_string() const { return kind >= token::String && kind <= token::Hex; }
	std::string_view of(std::string_view text) const
	{
		return text.substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
	}
};

/* Any process. ERROR 42601 as of ParseStatements for what is no token, an open quote for one. */
std::vector<SqlToken> ScanTokens(const char *text);

/* The value of a token that is a string constant ('..', E'..', $$..$$, or with U&): quotes and escapes resolved. */
std::string StringOfToken(std::string_view written);

} /* namespace pg */
