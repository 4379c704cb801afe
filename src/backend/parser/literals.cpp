/*
 * parser/literals.cpp
 *		Finds the literals of a text, and reads them.
 *
 * Backends and workers.  When in doubt the scanner gives up: a text is then planned by itself.
 */
#include "parser/literals.h"

#include <charconv>
#include <cstring>
#include <strings.h>

#include "utils/adt/registry.h"

namespace pg
{
namespace
{

constexpr size_t kMaxTokens = 64;
/* Stands in a key before the kind of a literal.  A text that has it is not scanned. */
constexpr char kMark = '\1';

bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
starts_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
		   static_cast<unsigned char>(c) >= 0x80;
}

bool
continues_name(char c)
{
	return starts_name(c) || is_digit(c) || c == '$';
}

/* One pass over a text. Each step consumes one token and says whether to go on. */
class Scanner
{
public:
	Scanner(std::string_view text, LiteralScan *scan) : text_(text), scan_(*scan)
	{
		scan_.key.clear();
		scan_.tokens.clear();
	}

	bool run()
	{
		skip_blanks();
		if (!is_wanted_statement())
			return false;
		while (at_ < text_.size())
			if (!step())
				return false;
		copy_until(text_.size());
		return true;
	}

private:
	char peek(size_t ahead = 0) const
	{
		return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
	}

	bool at_comment() const
	{
		return (peek() == '-' && peek(1) == '-') || (peek() == '/' && peek(1) == '*');
	}

	void skip_comment()
	{
		if (peek() == '-')
		{
			at_ = std::min(text_.find('\n', at_), text_.size());
			return;
		}

		int depth = 0;

		do
		{
			if (peek() == '/' && peek(1) == '*')
				depth++, at_ += 2;
			else if (peek() == '*' && peek(1) == '/')
				depth--, at_ += 2;
			else
				at_++;
		} while (depth > 0 && at_ < text_.size());
	}

	void skip_blanks()
	{
		while (at_ < text_.size())
		{
			if (is_blank(text_[at_]))
				at_++;
			else if (at_comment())
				skip_comment();
			else
				return;
		}
	}

	bool is_wanted_statement() const
	{
		for (const std::string_view word :
			 {"select", "update", "insert", "delete", "with", "values"})
			if (text_.size() - at_ > word.size() &&
				strncasecmp(text_.data() + at_, word.data(), word.size()) == 0 &&
				!continues_name(text_[at_ + word.size()]))
				return true;
		return false;
	}

	bool step()
	{
		const char c = text_[at_];

		if (starts_name(c))
			return name();
		if (is_digit(c) || (c == '.' && is_digit(peek(1))))
			return number();
		switch (c)
		{
			case '\'': return string();
			case '"': return quoted_name();
			case '$':
			case '\0':
			case kMark: return false;
			case ';':
				at_++;
				skip_blanks();
				return at_ == text_.size();
			case '-':
				if (!at_comment())
					minus_ = at_;
				break;
			default: break;
		}
		if (is_blank(c) || at_comment())
			skip_blanks();
		else
			at_++;
		return true;
	}

	/* A name, or the letter before a special kind of string: those are left alone. */
	bool name()
	{
		const size_t begin = at_;

		while (at_ < text_.size() && continues_name(text_[at_]))
			at_++;
		if (at_ - begin != 1)
			return true;

		const char letter = static_cast<char>(text_[begin] | 0x20);

		if (peek() == '\'' && strchr("ebxn", letter) != nullptr)
			return false;
		return !(letter == 'u' && peek() == '&' && (peek(1) == '\'' || peek(1) == '"'));
	}

	bool quoted_name()
	{
		const size_t end = text_.find('"', at_ + 1);

		if (end == std::string_view::npos || text_.substr(at_, end - at_).find(kMark) != text_.npos)
			return false;
		at_ = end + 1;
		return true;
	}

	bool string()
	{
		const size_t begin = at_;

		do
		{
			/* A quote that is doubled begins the next part. */
			const size_t end = text_.find('\'', at_ + 1);

			if (end == std::string_view::npos)
				return false;
			at_ = end + 1;
		} while (peek() == '\'');
		if (!add(LiteralToken::Kind::String, begin))
			return false;

		/* A second string on another line would belong to the first. */
		const size_t end = at_;

		skip_blanks();

		const bool continued = peek() == '\'';

		at_ = end;
		return !continued;
	}

	void digits()
	{
		while (is_digit(peek()))
			at_++;
	}

	bool number()
	{
		const size_t begin = at_;
		bool integer = true;

		digits();
		if (peek() == '.')
		{
			integer = false;
			at_++;
			digits();
		}
		if ((peek() | 0x20) == 'e')
		{
			const size_t sign = peek(1) == '+' || peek(1) == '-';

			if (!is_digit(peek(1 + sign)))
				return false;
			integer = false;
			at_ += 1 + sign;
			digits();
		}
		if (peek() == '.' || continues_name(peek()))
			return false;
		return add(integer ? kind_of_integer(text_.substr(begin, at_ - begin))
						   : LiteralToken::Kind::Numeric,
				   begin);
	}

	static LiteralToken::Kind kind_of_integer(std::string_view digits)
	{
		int64 value;

		if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc())
			return LiteralToken::Kind::Numeric;
		return value <= INT32_MAX ? LiteralToken::Kind::Int4 : LiteralToken::Kind::Int8;
	}

	/* The literal from begin to here; between it and the last minus may be blanks only. */
	bool add(LiteralToken::Kind kind, size_t begin)
	{
		int sign = -1;

		if (scan_.tokens.size() == kMaxTokens)
			return false;
		if (minus_ != std::string_view::npos && minus_ >= copied_ &&
			text_.substr(minus_ + 1, begin - minus_ - 1).find_first_not_of(" \t\n\r\f\v") ==
				std::string_view::npos)
			sign = static_cast<int>(minus_);
		copy_until(begin);
		scan_.key += kMark;
		scan_.key += "ilns"[static_cast<int>(kind)];
		copied_ = at_;
		scan_.tokens.push_back({kind, static_cast<int>(begin), static_cast<int>(at_), sign});
		return true;
	}

	void copy_until(size_t end) { scan_.key.append(text_, copied_, end - copied_); }

	const std::string_view text_;
	LiteralScan &scan_;
	size_t at_ = 0;
	size_t copied_ = 0; /* what is in the key */
	size_t minus_ = std::string_view::npos;
};

/* What stands between the quotes. */
std::string_view
unquoted(std::string_view text, std::string *buffer)
{
	text = text.substr(1, text.size() - 2);
	if (text.find('\'') == std::string_view::npos)
		return text;
	buffer->clear();
	for (size_t i = 0; i < text.size(); i++)
	{
		*buffer += text[i];
		if (text[i] == '\'')
			i++;
	}
	return *buffer;
}

} /* namespace */

bool
ScanLiterals(std::string_view text, LiteralScan *scan)
{
	return Scanner(text, scan).run();
}

Value
ReadLiteral(std::string_view text, const LiteralToken &token, const LiteralRecipe &recipe,
			LiteralBuffers *buffers)
{
	std::string_view literal =
		text.substr(static_cast<size_t>(token.begin), static_cast<size_t>(token.end - token.begin));
	Value value;

	if (token.kind == LiteralToken::Kind::Int4 || token.kind == LiteralToken::Kind::Int8)
	{
		int64 number = 0;

		std::from_chars(literal.data(), literal.data() + literal.size(), number);
		value = Value::Int(recipe.negated ? -number : number);
	}
	else
	{
		if (token.kind == LiteralToken::Kind::String)
			literal = unquoted(literal, &buffers->text);
		value = recipe.read_as == 0
					? Value::Text(literal)
					: ValueIn(recipe.read_as, literal, recipe.read_typmod, &buffers->read);
	}
	if (recipe.cut_as != 0)
		value = FindType(recipe.cut_as)
					->coerce_typmod(value, recipe.typmod, recipe.explicit_cast, &buffers->cut);
	return value;
}

} /* namespace pg */
