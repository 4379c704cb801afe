/*
 * utils/adt/like.cpp
 *		LIKE, ILIKE, and the patterns of SIMILAR TO.
 *
 * Any process; pure.
 */
#include "utils/adt/adt_internals.h"
#include "utils/adt/regexp.h"
#include "utils/adt/utf8.h"

namespace pg
{

[[noreturn]] static void
raise_trailing_escape()
{
	Raise(Report(ERROR, ERRCODE_INVALID_ESCAPE_SEQUENCE)
			  .msg("LIKE pattern must not end with escape character"));
}

/*
 * % is any run, _ any one character (kBytes: byte), backslash takes the next character literally.  The
 * last % is where matching starts again after a failure, so the time is bounded by the product.
 */
template <bool kBytes>
static bool
like(std::string_view text, std::string_view pattern)
{
	constexpr size_t kNone = std::string_view::npos;
	size_t t = 0, p = 0;
	size_t retry_text = 0, retry_pattern = kNone;

	while (t < text.size() || p < pattern.size())
	{
		if (p < pattern.size() && pattern[p] == '%')
		{
			retry_pattern = ++p;
			retry_text = t;
			if (p == pattern.size())
				return true;
			continue;
		}
		if (p < pattern.size() && t < text.size())
		{
			if (pattern[p] == '_')
			{
				t += kBytes ? 1 : CharBytes(text[t]);
				p++;
				continue;
			}
			const bool escaped = pattern[p] == '\\';

			if (escaped && p + 1 == pattern.size())
				raise_trailing_escape();
			if (pattern[p + escaped] == text[t])
			{
				t++;
				p += 1 + escaped;
				continue;
			}
		}
		if (retry_pattern == kNone || retry_text >= text.size())
			return false;
		retry_text += kBytes ? 1 : CharBytes(text[retry_text]);
		t = retry_text;
		p = retry_pattern;
	}
	return true;
}

template <bool kWanted>
static void
like_text(FunctionCall &call)
{
	SetBool(call, like<false>(ArgText(call, 0), ArgText(call, 1)) == kWanted);
}

template <bool kWanted>
static void
like_no_case(FunctionCall &call)
{
	SetBool(call, like<false>(LowerText(ArgText(call, 0)), LowerText(ArgText(call, 1))) == kWanted);
}

template <bool kWanted>
static void
like_bytes(FunctionCall &call)
{
	SetBool(call, like<true>(ArgText(call, 0), ArgText(call, 1)) == kWanted);
}

static constexpr ScalarBody textlike = like_text<true>, textnlike = like_text<false>;
static constexpr ScalarBody texticlike = like_no_case<true>, texticnlike = like_no_case<false>;
static constexpr ScalarBody bytealike = like_bytes<true>, byteanlike = like_bytes<false>;

/* ---- ESCAPE ---- */

static void
check_escape(std::string_view escape)
{
	if (!escape.empty() && escape.size() != CharBytes(escape[0]))
		Raise(Report(ERROR, ERRCODE_INVALID_ESCAPE_SEQUENCE)
				  .msg("invalid escape string")
				  .hint("Escape string must be empty or one character."));
}

/* The pattern with backslash as its escape character. An empty escape means that there is none. */
static void
like_escape(FunctionCall &call)
{
	const std::string_view pattern = ArgText(call, 0), escape = ArgText(call, 1);
	std::string result;
	bool after_escape = false;

	check_escape(escape);
	if (escape == "\\")
		return SetText(call, pattern);
	for (size_t i = 0; i < pattern.size(); i += CharBytes(pattern[i]))
	{
		const std::string_view c = pattern.substr(i, CharBytes(pattern[i]));

		if (!after_escape && !escape.empty() && c == escape)
		{
			result.push_back('\\');
			after_escape = true;
			continue;
		}
		if (c == "\\" && !after_escape)
			result.push_back('\\');
		result.append(c);
		after_escape = false;
	}
	SetText(call, result);
}

namespace
{

/* Turns a SIMILAR TO pattern into a regular expression. */
class SimilarPattern
{
public:
	SimilarPattern(std::string_view pattern, std::string_view escape)
		: pattern_(pattern), escape_(escape)
	{
	}

	std::string run()
	{
		while (at_ < pattern_.size())
		{
			const std::string_view c = pattern_.substr(at_, CharBytes(pattern_[at_]));

			at_ += c.size();
			if (after_escape_)
				escaped(c);
			else if (!escape_.empty() && c == escape_)
				after_escape_ = true;
			else if (in_bracket_)
				bracket(c);
			else
				plain(c[0], c);
		}
		return out_ + ")$";
	}

private:
	/* Escape-double-quote divides the pattern into three parts; the middle one is what substring gives. */
	void separator()
	{
		if (separators_ == 0)
			out_.append("){1,1}?(");
		else if (separators_ == 1)
			out_.append("){1,1}(?:");
		else
			Raise(Report(ERROR, ERRCODE_INVALID_USE_OF_ESCAPE_CHARACTER)
					  .msg("SQL regular expression may not contain more than two "
						   "escape-double-quote separators"));
		separators_++;
	}

	void escaped(std::string_view c)
	{
		after_escape_ = false;
		if (c == "\"" && !in_bracket_)
			return separator();
		out_.push_back('\\');
		out_.append(c);
	}

	void bracket(std::string_view c)
	{
		if (c == "\\")
			out_.push_back('\\');
		out_.append(c);
		if (c == "]" && bracket_chars_ > 0)
			in_bracket_ = false;
		if (c != "^" || bracket_chars_ > 0)
			bracket_chars_++;
	}

	void plain(char first, std::string_view c)
	{
		switch (first)
		{
			case '[':
				in_bracket_ = true;
				bracket_chars_ = 0;
				out_.push_back('[');
				break;
			case '%': out_.append(".*"); break;
			case '_': out_.push_back('.'); break;
			case '(': out_.append("(?:"); break;
			case '\\':
			case '.':
			case '^':
			case '$':
				out_.push_back('\\');
				out_.push_back(first);
				break;
			default: out_.append(c);
		}
	}

	std::string_view pattern_, escape_;
	std::string out_ = "^(?:";
	size_t at_ = 0;
	bool after_escape_ = false;
	bool in_bracket_ = false;
	int bracket_chars_ = 0;
	int separators_ = 0;
};

} /* namespace */

static void
similar_to_escape(FunctionCall &call)
{
	const std::string_view escape = call.arg_count() > 1 ? ArgText(call, 1) : "\\";

	check_escape(escape);
	SetText(call, SimilarPattern(ArgText(call, 0), escape).run());
}

std::string
SimilarToRegexp(std::string_view pattern, std::string_view escape)
{
	check_escape(escape);
	return SimilarPattern(pattern, escape).run();
}

static constexpr FunctionDef kPatternRows[] = {
	Fn(850, "textlike", 'i', "textlike", BOOLOID, {TEXTOID, TEXTOID}, textlike),
	Fn(1569, "like", 'i', "textlike", BOOLOID, {TEXTOID, TEXTOID}, textlike),
	Fn(1631, "bpcharlike", 'i', "textlike", BOOLOID, {BPCHAROID, TEXTOID}, textlike),
	Fn(851, "textnlike", 'i', "textnlike", BOOLOID, {TEXTOID, TEXTOID}, textnlike),
	Fn(1570, "notlike", 'i', "textnlike", BOOLOID, {TEXTOID, TEXTOID}, textnlike),
	Fn(1632, "bpcharnlike", 'i', "textnlike", BOOLOID, {BPCHAROID, TEXTOID}, textnlike),
	Fn(1633, "texticlike", 'i', "texticlike", BOOLOID, {TEXTOID, TEXTOID}, texticlike),
	Fn(1660, "bpchariclike", 'i', "texticlike", BOOLOID, {BPCHAROID, TEXTOID}, texticlike),
	Fn(1634, "texticnlike", 'i', "texticnlike", BOOLOID, {TEXTOID, TEXTOID}, texticnlike),
	Fn(1661, "bpcharicnlike", 'i', "texticnlike", BOOLOID, {BPCHAROID, TEXTOID}, texticnlike),
	Fn(858, "namelike", 'i', "textlike", BOOLOID, {NAMEOID, TEXTOID}, textlike),
	Fn(1571, "like", 'i', "textlike", BOOLOID, {NAMEOID, TEXTOID}, textlike),
	Fn(859, "namenlike", 'i', "textnlike", BOOLOID, {NAMEOID, TEXTOID}, textnlike),
	Fn(1572, "notlike", 'i', "textnlike", BOOLOID, {NAMEOID, TEXTOID}, textnlike),
	Fn(1635, "nameiclike", 'i', "texticlike", BOOLOID, {NAMEOID, TEXTOID}, texticlike),
	Fn(1636, "nameicnlike", 'i', "texticnlike", BOOLOID, {NAMEOID, TEXTOID}, texticnlike),
	Fn(2005, "bytealike", 'i', "bytealike", BOOLOID, {BYTEAOID, BYTEAOID}, bytealike),
	Fn(2007, "like", 'i', "bytealike", BOOLOID, {BYTEAOID, BYTEAOID}, bytealike),
	Fn(2006, "byteanlike", 'i', "byteanlike", BOOLOID, {BYTEAOID, BYTEAOID}, byteanlike),
	Fn(2008, "notlike", 'i', "byteanlike", BOOLOID, {BYTEAOID, BYTEAOID}, byteanlike),
	Fn(1637, "like_escape", 'i', "like_escape", TEXTOID, {TEXTOID, TEXTOID}, like_escape),
	Fn(1987, "similar_to_escape", 'i', "similar_to_escape", TEXTOID, {TEXTOID}, similar_to_escape),
	Fn(1986, "similar_to_escape", 'i', "similar_to_escape", TEXTOID, {TEXTOID, TEXTOID},
	   similar_to_escape),
};

const std::span<const FunctionDef> kPatternFunctions = kPatternRows;

} /* namespace pg */
