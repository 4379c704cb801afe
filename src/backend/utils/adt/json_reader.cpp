/*
 * utils/adt/json_reader.cpp
 *		Reads JSON text into a tree, or checks it, with PostgreSQL's words for what is wrong.
 *
 * Any process.
 */
#include "utils/adt/adt_internals.h"
#include "utils/adt/json_tree.h"
#include "utils/adt/utf8.h"

#include <algorithm>

namespace pg
{

namespace
{

class JsonReader
{
public:
	JsonReader(std::string_view text, bool keep) : text_(text), keep_(keep) {}

	JsonTree run()
	{
		JsonTree tree;

		next();
		value(&tree, 0, "JSON value");
		if (token_ != kEnd)
			expected("end of input");
		return tree;
	}

private:
	static constexpr int kMaxDepth = 6000;
	static constexpr char kEnd = '\0', kString = '"', kNumber = '0', kWord = 'w';

	/* ---- Errors ---- */

	std::string token_text() const { return std::string(text_.substr(start_, at_ - start_)); }

	/* The line up to the wrong token, its beginning cut. */
	std::string shown_line(bool at_end) const
	{
		size_t line_start = text_.substr(0, std::min(at_, text_.size())).rfind('\n');
		line_start = line_start == std::string_view::npos || line_start >= start_
						 ? text_.substr(0, start_).rfind('\n')
						 : line_start;
		line_start = line_start == std::string_view::npos ? 0 : line_start + 1;

		size_t start = line_start;

		while (at_ > start && at_ - start >= 50)
			start += Utf8Length(text_[start]);
		if (start - line_start <= 3)
			start = line_start;

		const bool more = !at_end && at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r';

		return (start > line_start ? "..." : "") + std::string(text_.substr(start, at_ - start)) +
			   (more ? "..." : "");
	}

	static size_t Utf8Length(char c)
	{
		const unsigned char byte = static_cast<unsigned char>(c);

		return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
	}

	[[noreturn]] void fail(const std::string &detail,
						   int code = ERRCODE_INVALID_TEXT_REPRESENTATION,
						   bool at_end = false) const
	{
		const auto line =
			std::count(text_.begin(), text_.begin() + static_cast<ptrdiff_t>(start_), '\n') + 1;
		Report report(ERROR, code);

		if (code == ERRCODE_UNTRANSLATABLE_CHARACTER)
			report.msg("unsupported Unicode escape sequence");
		else
			report.msg("invalid input syntax for type %s", "json");
		Raise(report.detail("%s", detail.c_str())
				  .context("JSON data, line %d: %s", static_cast<int>(line),
						   shown_line(at_end).c_str()));
	}

	[[noreturn]] void expected(const char *what) const
	{
		if (token_ == kEnd)
			fail("The input string ended unexpectedly.", ERRCODE_INVALID_TEXT_REPRESENTATION, true);
		fail(std::string("Expected ") + what + ", but found \"" + token_text() + "\".");
	}

	[[noreturn]] void bad_token() const { fail("Token \"" + token_text() + "\" is invalid."); }

	/* ---- Tokens: [start_, at_) ---- */

	char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

	static bool is_word(char c)
	{
		return IsDigit(c) || (LowerAscii(c) >= 'a' && LowerAscii(c) <= 'z') || c == '_' ||
			   static_cast<signed char>(c) < 0;
	}

	void rest_of_word()
	{
		while (at_ < text_.size() && is_word(text_[at_]))
			at_++;
	}

	void next()
	{
		former_end_ = at_;
		while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')
			at_++;
		start_ = at_;
		if (at_ >= text_.size())
		{
			token_ = kEnd;
			return;
		}

		const char c = text_[at_];

		if (std::string_view("{}[],:").find(c) != std::string_view::npos)
		{
			token_ = c;
			at_++;
		}
		else if (c == '"')
			string();
		else if (c == '-' || IsDigit(c))
			number();
		else
			word();
	}

	void word()
	{
		rest_of_word();
		if (at_ == start_)
		{
			at_ += Utf8Length(text_[at_]);
			bad_token();
		}
		token_ = kWord;
		if (token_text() != "true" && token_text() != "false" && token_text() != "null")
			bad_token();
	}

	bool digits()
	{
		const size_t start = at_;

		while (IsDigit(peek()))
			at_++;
		return at_ > start;
	}

	void number()
	{
		bool good = true;

		token_ = kNumber;
		if (peek() == '-')
			at_++;
		if (peek() == '0')
			at_++;
		else
			good = digits();
		if (good && peek() == '.')
		{
			at_++;
			good = digits();
		}
		if (good && LowerAscii(peek()) == 'e')
		{
			at_++;
			if (peek() == '+' || peek() == '-')
				at_++;
			good = digits();
		}

		const size_t end = at_;

		rest_of_word();
		if (!good || at_ > end)
			bad_token();
	}

	void string()
	{
		token_ = kString;
		value_.clear();
		high_ = 0;
		for (at_++;; at_++)
		{
			if (at_ >= text_.size())
				bad_token();
			const char c = text_[at_];

			if (c == '"')
				break;
			if (c == '\\')
			{
				at_++;
				escape();
				continue;
			}
			if (static_cast<unsigned char>(c) < ' ')
			{
				char hex[8];

				snprintf(hex, sizeof(hex), "0x%02x", c);
				fail(std::string("Character with value ") + hex + " must be escaped.");
			}
			no_high();
			value_ += c;
		}
		at_++;
		no_high();
	}

	/* A high surrogate must have its low one behind it. */
	void no_high() const
	{
		if (high_ != 0)
			fail("Unicode low surrogate must follow a high surrogate.");
	}

	void escape()
	{
		constexpr std::string_view kLetters = "\"\\/bfnrt", kPlain = "\"\\/\b\f\n\r\t";
		const char c = peek();

		if (at_ >= text_.size())
			bad_token();
		if (c == 'u')
			return unicode();
		no_high();

		const size_t found = kLetters.find(c);

		if (found == std::string_view::npos)
		{
			const std::string letter(text_.substr(at_, Utf8Length(c)));

			at_ += letter.size();
			fail("Escape sequence \"\\" + letter + "\" is invalid.");
		}
		value_ += kPlain[found];
	}

	void unicode()
	{
		unsigned code = 0;

		for (int i = 0; i < 4; i++)
		{
			const char c = LowerAscii(++at_ < text_.size() ? text_[at_] : '\0');

			if (at_ >= text_.size())
				bad_token();
			if (!IsDigit(c) && (c < 'a' || c > 'f'))
			{
				at_ += Utf8Length(text_[at_]);
				fail("\"\\u\" must be followed by four hexadecimal digits.");
			}
			code = code * 16 + static_cast<unsigned>(IsDigit(c) ? c - '0' : c - 'a' + 10);
		}
		if (keep_)
			take(code);
	}

	void take(unsigned code)
	{
		if (code == 0)
		{
			at_++;
			fail("\\u0000 cannot be converted to text.", ERRCODE_UNTRANSLATABLE_CHARACTER);
		}
		if (code >= 0xd800 && code < 0xdc00)
		{
			if (high_ != 0)
				fail("Unicode high surrogate must not follow a high surrogate.");
			high_ = code;
			return;
		}
		if (code >= 0xdc00 && code < 0xe000)
		{
			if (high_ == 0)
				fail("Unicode low surrogate must follow a high surrogate.");
			code = 0x10000 + ((high_ - 0xd800) << 10) + (code - 0xdc00);
			high_ = 0;
		}
		else
			no_high();
		append_utf8(code);
	}

	void append_utf8(unsigned code)
	{
		const auto tail = [&](int shift)
		{ value_ += static_cast<char>(0x80 | ((code >> shift) & 0x3f)); };

		if (code < 0x80)
			value_ += static_cast<char>(code);
		else if (code < 0x800)
			value_ += static_cast<char>(0xc0 | (code >> 6)), tail(0);
		else if (code < 0x10000)
			value_ += static_cast<char>(0xe0 | (code >> 12)), tail(6), tail(0);
		else
			value_ += static_cast<char>(0xf0 | (code >> 18)), tail(12), tail(6), tail(0);
	}

	/* ---- Values ---- */

	void value(JsonTree *tree, int depth, const char *what)
	{
		const size_t start = start_;

		if (depth > kMaxDepth)
			Raise(Report(ERROR, ERRCODE_STATEMENT_TOO_COMPLEX).msg("stack depth limit exceeded"));
		switch (token_)
		{
			case '{': object(tree, depth); break;
			case '[': array(tree, depth); break;
			case kString:
				tree->kind = JsonKind::String;
				tree->text = value_;
				next();
				break;
			case kNumber:
				tree->kind = JsonKind::Number;
				tree->text = token_text();
				next();
				break;
			case kWord:
				tree->kind = text_[start_] == 'n' ? JsonKind::Null : JsonKind::Bool;
				tree->truth = text_[start_] == 't';
				next();
				break;
			default: expected(what);
		}
		tree->source = text_.substr(start, former_end_ - start);
	}

	void object(JsonTree *tree, int depth)
	{
		tree->kind = JsonKind::Object;
		next();
		if (token_ == '}')
			return next();
		for (const char *what = "string or \"}\"";; what = "string")
		{
			if (token_ != kString)
				expected(what);
			tree->keys.push_back(value_);
			next();
			if (token_ != ':')
				expected("\":\"");
			next();
			value(&tree->items.emplace_back(), depth + 1, "JSON value");
			if (token_ == '}')
				return next();
			if (token_ != ',')
				expected("\",\" or \"}\"");
			next();
		}
	}

	void array(JsonTree *tree, int depth)
	{
		tree->kind = JsonKind::Array;
		next();
		if (token_ == ']')
			return next();
		for (const char *what = "array element or \"]\"";; what = "JSON value")
		{
			value(&tree->items.emplace_back(), depth + 1, what);
			if (token_ == ']')
				return next();
			if (token_ != ',')
				expected("\",\" or \"]\"");
			next();
		}
	}

	const std::string_view text_;
	const bool keep_; /* false: escapes are checked only */
	size_t at_ = 0, start_ = 0, former_end_ = 0;
	char token_ = kEnd;
	std::string value_; /* of a string token */
	unsigned high_ = 0; /* surrogate */
};

} /* namespace */

JsonTree
ParseJson(std::string_view text)
{
	return JsonReader(text, true).run();
}

void
CheckJson(std::string_view text)
{
	JsonReader(text, false).run();
}

} /* namespace pg */
