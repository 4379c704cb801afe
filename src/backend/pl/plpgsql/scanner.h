/*
 * pl/plpgsql/scanner.h
 *		PL/pgSQL source as tokens, with the places where they stand.
 *
 * Pure; any process.
 */
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pg::plpgsql
{

struct Token
{
	enum class Kind : unsigned char
	{
		Word,	/* identifier or keyword, folded */
		Quoted, /* "identifier" */
		String,
		Number,
		Parameter, /* $1 */
		Symbol,	   /* := .. << >> = ; ( ) and single characters */
		End
	};

	Kind kind = Kind::End;
	std::string
		text; /* of a Word in lower case, of Quoted and String what stands between the quotes */
	size_t begin = 0, end = 0; /* bytes of the source */
	int line = 1;

	bool is(std::string_view symbol) const { return kind == Kind::Symbol && text == symbol; }
	bool is_word(std::string_view word) const { return kind == Kind::Word && text == word; }
	bool is_name() const { return kind == Kind::Word || kind == Kind::Quoted; }
};

/* The last token is End. Raises 42601 for a string or comment without an end. */
std::vector<Token> Scan(std::string_view source);

} /* namespace pg::plpgsql */
