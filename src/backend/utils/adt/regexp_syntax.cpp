/*
 * utils/adt/regexp_syntax.cpp
 *		From PostgreSQL's advanced regular expressions to PCRE2's syntax.
 *
 * Any process; pure.  What the two write differently is rewritten; what only PCRE2 knows is refused as
 * PostgreSQL would refuse it, so that no pattern silently means something else.
 */
#include "utils/adt/adt_internals.h"
#include "utils/adt/regexp.h"
#include "utils/adt/utf8.h"

namespace pg
{

void
RaiseBadRegexp(const char *reason)
{
	Raise(Report(ERROR, ERRCODE_INVALID_REGULAR_EXPRESSION)
			  .msg("invalid regular expression: %s", reason));
}

/* One letter of a flags argument or of (?letters); false when there is no such. */
static bool
apply_flag(char letter, RegexpFlags *flags)
{
	switch (letter)
	{
		case 'g': flags->global = true; return true;
		case 'i': flags->ignore_case = true; return true;
		case 'c': flags->ignore_case = false; return true;
		case 'n':
		case 'm': flags->newline_anchors = flags->newline_stops = true; return true;
		case 'p':
			flags->newline_anchors = false;
			flags->newline_stops = true;
			return true;
		case 'w':
			flags->newline_anchors = true;
			flags->newline_stops = false;
			return true;
		case 's': flags->newline_anchors = flags->newline_stops = false; return true;
		case 'x': flags->expanded = true; return true;
		case 't': flags->expanded = false; return true;
		case 'q': flags->literal = true; return true;
		case 'b':
		case 'e': RaiseNotSupported("basic or extended regular expression syntax");
		default: return false;
	}
}

RegexpFlags
ParseRegexpFlags(std::string_view letters)
{
	RegexpFlags flags;

	for (size_t i = 0; i < letters.size(); i++)
		if (!apply_flag(letters[i], &flags))
			Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
					  .msg("invalid regular expression option: \"%.*s\"",
						   static_cast<int>(CharBytes(letters[i])), letters.data() + i));
	return flags;
}

namespace
{

class Translator
{
public:
	Translator(std::string_view pattern, RegexpFlags *flags) : in_(pattern), flags_(flags) {}

	std::string run()
	{
		prefix();
		if (flags_->literal)
			return std::string(in_.substr(at_));
		while (at_ < in_.size())
			element();
		return std::move(out_);
	}

private:
	char peek(size_t ahead = 0) const { return at_ + ahead < in_.size() ? in_[at_ + ahead] : '\0'; }
	bool next_is(std::string_view text) const { return in_.substr(at_).starts_with(text); }

	/* Directors and embedded options stand at the very start only. */
	void prefix()
	{
		if (next_is("***="))
		{
			flags_->literal = true;
			at_ += 4;
			return;
		}
		if (next_is("***:"))
			at_ += 4;
		else if (next_is("***"))
			RaiseBadRegexp("quantifier operand invalid");
		if (!next_is("(?") || LowerAscii(peek(2)) < 'a' || LowerAscii(peek(2)) > 'z')
			return;
		at_ += 2;
		for (; at_ < in_.size() && peek() != ')'; at_++)
			if (peek() == 'g' || !apply_flag(peek(), flags_))
				RaiseBadRegexp("invalid embedded option");
		if (peek() != ')')
			RaiseBadRegexp("invalid embedded option");
		at_++;
	}

	void element()
	{
		const char c = peek();

		switch (c)
		{
			case '\\':
				escape(false);
				after_quantifier_ = false;
				return;
			case '[':
				bracket();
				after_quantifier_ = false;
				return;
			case '(':
				group();
				after_quantifier_ = false;
				return;
			case '*':
			case '+':
			case '?': quantifier(); return;
			case '{':
				if (IsDigit(peek(1)))
					return bound();
				break;
			case '.':
				if (flags_->newline_stops)
				{
					out_.append("[^\\n]");
					at_++;
					after_quantifier_ = false;
					return;
				}
				break;
			default: break;
		}
		after_quantifier_ = false;
		out_.append(in_.substr(at_, CharBytes(c)));
		at_ += CharBytes(c);
	}

	void group()
	{
		if (peek(1) == '*')
			RaiseBadRegexp("quantifier operand invalid");
		if (peek(1) == '?' && !next_is("(?:") && !next_is("(?=") && !next_is("(?!") &&
			!next_is("(?<=") && !next_is("(?<!"))
			RaiseBadRegexp("quantifier operand invalid");
		if (peek(1) != '?')
		{
			out_.push_back('(');
			at_++;
			return;
		}
		const size_t length = peek(2) == '<' ? 4 : 3;

		out_.append(in_.substr(at_, length));
		at_ += length;
	}

	/* *, + or ?, each with an optional ? behind; nothing else may follow a quantifier. */
	void quantifier()
	{
		if (after_quantifier_)
			RaiseBadRegexp("quantifier operand invalid");
		out_.push_back(peek());
		at_++;
		lazy_mark();
	}

	void bound()
	{
		const size_t end = in_.find('}', at_);

		if (after_quantifier_)
			RaiseBadRegexp("quantifier operand invalid");
		if (end == std::string_view::npos)
			RaiseBadRegexp("braces {} not balanced");
		const std::string_view inside = in_.substr(at_ + 1, end - at_ - 1);
		const size_t comma = inside.find(',');
		const auto number = [](std::string_view text) -> int
		{
			if (text.find_first_not_of("0123456789") != std::string_view::npos || text.size() > 3)
				RaiseBadRegexp("invalid repetition count(s)");
			return text.empty() ? -1 : std::stoi(std::string(text));
		};
		const int low = number(inside.substr(0, comma));
		const int high = comma == std::string_view::npos ? low : number(inside.substr(comma + 1));

		if (low > 255 || high > 255 || (high >= 0 && high < low))
			RaiseBadRegexp("invalid repetition count(s)");
		out_.append(in_.substr(at_, end + 1 - at_));
		at_ = end + 1;
		lazy_mark();
	}

	void lazy_mark()
	{
		if (peek() == '?')
		{
			out_.push_back('?');
			at_++;
		}
		after_quantifier_ = true;
	}

	void append_code(uint32_t code)
	{
		char text[16];

		snprintf(text, sizeof(text), "\\x{%x}", code);
		out_.append(text);
	}

	uint32_t hexadecimal(size_t min, size_t max)
	{
		uint32_t code = 0;
		size_t n = 0;

		for (; n < max && isxdigit(static_cast<unsigned char>(peek())) != 0; n++, at_++)
			code = code * 16 + (IsDigit(peek())
									? static_cast<uint32_t>(peek() - '0')
									: static_cast<uint32_t>(LowerAscii(peek()) - 'a' + 10));
		if (n < min || code > 0x10ffff)
			RaiseBadRegexp("invalid escape \\ sequence");
		return code;
	}

	/* A backslash and what follows it; in_bracket: classes are written without brackets of their own. */
	void escape(bool in_bracket)
	{
		const char c = peek(1);

		if (at_ + 1 >= in_.size())
			RaiseBadRegexp("invalid escape \\ sequence");
		at_ += 2;
		if (static_cast<unsigned char>(c) >= 0x80)
		{
			out_.append(in_.substr(at_ - 1, CharBytes(c)));
			at_ += CharBytes(c) - 1;
			return;
		}
		if (!IsDigit(c) && (LowerAscii(c) < 'a' || LowerAscii(c) > 'z'))
		{
			out_.push_back('\\');
			out_.push_back(c);
			return;
		}
		if (letter_class(c, in_bracket) || letter_code(c))
			return;
		if (in_bracket)
			RaiseBadRegexp("invalid escape \\ sequence");
		letter_position(c);
	}

	bool letter_class(char c, bool in_bracket)
	{
		switch (c)
		{
			case 'd': out_.append(in_bracket ? "0-9" : "[0-9]"); return true;
			case 's':
			case 'w': out_.append({'\\', c}); return true;
			case 'D':
			case 'S':
			case 'W':
				if (in_bracket)
					RaiseBadRegexp("invalid escape \\ sequence");
				if (c == 'D')
					out_.append("[^0-9]");
				else
					out_.append({'\\', c});
				return true;
			default: return false;
		}
	}

	bool letter_code(char c)
	{
		switch (c)
		{
			case 'a': append_code(7); return true;
			case 'b': append_code(8); return true;
			case 'B': out_.append("\\\\"); return true;
			case 'c':
				if (at_ >= in_.size())
					RaiseBadRegexp("invalid escape \\ sequence");
				append_code(static_cast<unsigned char>(in_[at_++]) & 31);
				return true;
			case 'e': append_code(27); return true;
			case 'f': append_code(12); return true;
			case 'n': append_code(10); return true;
			case 'r': append_code(13); return true;
			case 't': append_code(9); return true;
			case 'v': append_code(11); return true;
			case 'u': append_code(hexadecimal(4, 4)); return true;
			case 'U': append_code(hexadecimal(8, 8)); return true;
			case 'x': append_code(hexadecimal(1, 8)); return true;
			case '0': append_code(0); return true;
			default: return false;
		}
	}

	void letter_position(char c)
	{
		switch (c)
		{
			case 'A': out_.append("\\A"); return;
			case 'Z': out_.append("\\z"); return;
			case 'm': out_.append("\\b(?=\\w)"); return;
			case 'M': out_.append("\\b(?<=\\w)"); return;
			case 'y': out_.append("\\b"); return;
			case 'Y': out_.append("\\B"); return;
			default: break;
		}
		if (!IsDigit(c))
			RaiseBadRegexp("invalid escape \\ sequence");
		out_.append("\\g{");
		out_.push_back(c);
		while (IsDigit(peek()))
			out_.push_back(in_[at_++]);
		out_.push_back('}');
	}

	void bracket()
	{
		if (next_is("[[:<:]]") || next_is("[[:>:]]"))
		{
			out_.append(peek(3) == '<' ? "\\b(?=\\w)" : "\\b(?<=\\w)");
			at_ += 7;
			return;
		}
		out_.push_back('[');
		at_++;
		if (peek() == '^')
		{
			out_.push_back('^');
			at_++;
			if (flags_->newline_stops)
				out_.append("\\n");
		}
		bool first = true;

		for (; at_ < in_.size() && (peek() != ']' || first); first = false)
			bracket_element(first);
		if (at_ >= in_.size())
			RaiseBadRegexp("brackets [] not balanced");
		out_.push_back(']');
		at_++;
	}

	void bracket_element(bool first)
	{
		if (peek() == '\\')
			return escape(true);
		if (next_is("[:"))
		{
			const size_t end = in_.find(":]", at_ + 2);

			if (end == std::string_view::npos)
				RaiseBadRegexp("brackets [] not balanced");
			const std::string_view name = in_.substr(at_ + 2, end - at_ - 2);

			/* Without regard to case, both are any letter. */
			if (flags_->ignore_case && (name == "upper" || name == "lower"))
				out_.append("[:alpha:]");
			else
				out_.append(in_.substr(at_, end + 2 - at_));
			at_ = end + 2;
			return;
		}
		if (next_is("[.") || next_is("[="))
			RaiseNotSupported("a collating element in a regular expression");
		if (peek() == '[' || (peek() == ']' && first))
			out_.push_back('\\');
		out_.append(in_.substr(at_, CharBytes(peek())));
		at_ += CharBytes(peek());
	}

	std::string_view in_;
	RegexpFlags *flags_;
	size_t at_ = 0;
	bool after_quantifier_ = false;
	std::string out_;
};

} /* namespace */

std::string
TranslateRegexp(std::string_view pattern, RegexpFlags *flags)
{
	return Translator(pattern, flags).run();
}

} /* namespace pg */
