/*
 * parser/literals.h
 *		Texts that differ in their literals only: their common key, and what differs.
 *
 * A statement that is sent again and again with other numbers and strings in it is planned once:
 *	 1. ScanLiterals finds the literals of a text as PostgreSQL's scanner would, and makes the key: the
 *		text with the kind of each literal in its place.
 *	 2. The first text with a key is planned as it stands, from its own tree.  A literal whose value
 *		nobody looks at on the way to the engine becomes a parameter with a recipe (LiteralRecipe);
 *		the others are fixed.
 *	 3. A later text with the same key, and the same text in the place of each fixed literal, would
 *		have gone the same way: it runs that plan with its own literals, read by the recipes.
 *	 4. A literal that cannot be read is no error yet: the text is planned as it stands, which says what
 *		is wrong and where.
 *
 * Backends and workers.  Pure but for the types' input functions.
 */
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/value.h"

namespace pg
{

struct LiteralToken
{
	/* What the scanner and the parser make of it, without a sign. */
	enum class Kind : uint8_t
	{
		Int4,
		Int8,
		Numeric,
		String
	};

	Kind kind;
	int begin, end; /* bytes of the text, quotes included */
	int sign;		/* byte of the minus in front, which the grammar may make part of it; or -1 */
};

struct LiteralScan
{
	std::string key;
	std::vector<LiteralToken> tokens; /* in the order of the text */
};

/*
 * False for what is not one SELECT, INSERT, UPDATE, DELETE, VALUES or WITH, has parameters, or holds what is
 * rare in texts that repeat (escape and dollar strings, strings in several parts); scan is then
 * undefined.  Its memory is used again.
 */
bool ScanLiterals(std::string_view text, LiteralScan *scan);

/* How the text of a literal becomes the value of a parameter: read, then brought to a type modifier. */
struct LiteralRecipe
{
	int token = -1;
	bool negated = false;
	Oid read_as = 0; /* 0: an integer as it is, a string as its text */
	int32 read_typmod = -1;
	Oid cut_as = 0; /* 0: no modifier */
	int32 typmod = -1;
	bool explicit_cast = false;

	bool operator==(const LiteralRecipe &) const = default;
};

/* Where ReadLiteral leaves bytes. */
struct LiteralBuffers
{
	std::string text, read, cut;
};

/* The value; its bytes lie in the text or in buffers.  Raises what reading raises. */
Value ReadLiteral(std::string_view text, const LiteralToken &token, const LiteralRecipe &recipe,
				  LiteralBuffers *buffers);

} /* namespace pg */
