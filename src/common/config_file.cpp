/*
 * common/config_file.cpp
 *		The tokens of a configuration line, longest match first, and the one shape a line has.
 *
 * Pure; any process.  Tokens:
 *		identifier		name or prefix.name
 *		number			integer with an optional unit, or real
 *		bare word		letters, digits and -._:/ after a letter
 *		string			'...' on one line, with '' and backslash escapes
 */
#include "common/config_file.h"

#include <cctype>

namespace pg
{

namespace
{

enum class Kind
{
	End,
	Equals,
	Name,
	Word,
	Number,
	String,
	Bad
};

struct Token
{
	Kind kind;
	std::string_view text;
};

bool
is_letter(char c)
{
	return isalpha(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80) != 0;
}

bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
is_letter_or_digit(char c)
{
	return is_letter(c) || is_digit(c);
}

bool
is_word_char(char c)
{
	return is_letter_or_digit(c) || c == '-' || c == '.' || c == ':' || c == '/';
}

/* Length of the longest beginning of text whose characters all pass the test. */
template <typename Test>
size_t
run(std::string_view text, size_t from, Test test)
{
	while (from < text.size() && test(text[from]))
		from++;
	return from;
}

/* Length of an identifier at `from`, or `from`. */
size_t
identifier(std::string_view text, size_t from)
{
	if (from >= text.size() || !is_letter(text[from]))
		return from;
	return run(text, from, is_letter_or_digit);
}

Token
word_token(std::string_view text)
{
	const size_t word = run(text, 0, is_word_char);
	size_t name = identifier(text, 0);

	if (name < text.size() && text[name] == '.')
	{
		const size_t qualified = identifier(text, name + 1);

		if (qualified > name + 1)
			name = qualified;
	}
	return {word > name ? Kind::Word : Kind::Name, text.substr(0, word)};
}

size_t
integer_length(std::string_view text, size_t start)
{
	if (text.substr(start, 2) == "0x" && start + 2 < text.size() &&
		isxdigit(static_cast<unsigned char>(text[start + 2])))
		return run(text, start + 2, [](char c) { return isalnum(static_cast<unsigned char>(c)); });

	const size_t digits = run(text, start, is_digit);

	if (digits == start)
		return 0;
	return run(text, digits, [](char c) { return isalpha(static_cast<unsigned char>(c)); });
}

size_t
real_length(std::string_view text, size_t start)
{
	size_t at = run(text, start, is_digit);

	if (at >= text.size() || text[at] != '.')
		return 0;
	at = run(text, at + 1, is_digit);

	size_t exponent = at;

	if (exponent < text.size() && (text[exponent] == 'e' || text[exponent] == 'E'))
	{
		exponent++;
		if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-'))
			exponent++;

		const size_t digits = run(text, exponent, is_digit);

		if (digits > exponent)
			at = digits;
	}
	return at;
}

Token
number_token(std::string_view text)
{
	const size_t start = text[0] == '+' || text[0] == '-' ? 1 : 0;
	const size_t integer = integer_length(text, start);
	const size_t real = real_length(text, start);
	const size_t length = real > integer ? real : integer;

	if (length == 0)
		return {Kind::Bad, text.substr(0, 1)};
	return {Kind::Number, text.substr(0, length)};
}

Token
string_token(std::string_view text)
{
	for (size_t at = 1; at < text.size(); at++)
	{
		if (text[at] == '\\')
			at++;
		else if (text[at] == '\'')
		{
			if (at + 1 >= text.size() || text[at + 1] != '\'')
				return {Kind::String, text.substr(0, at + 1)};
			at++;
		}
	}
	return {Kind::Bad, text.substr(0, 1)};
}

/* The tokens of one line. */
class Line
{
public:
	explicit Line(std::string_view text) : rest_(text) {}

	Token next()
	{
		rest_.remove_prefix(
			run(rest_, 0, [](char c) { return c == ' ' || c == '\t' || c == '\r'; }));
		if (rest_.empty() || rest_[0] == '#')
			return {Kind::End, {}};

		const char first = rest_[0];
		Token token{Kind::Bad, rest_.substr(0, 1)};

		if (first == '=')
			token.kind = Kind::Equals;
		else if (first == '\'')
			token = string_token(rest_);
		else if (is_letter(first))
			token = word_token(rest_);
		else if (is_digit(first) || first == '+' || first == '-' || first == '.')
			token = number_token(rest_);
		rest_.remove_prefix(token.text.size());
		return token;
	}

private:
	std::string_view rest_;
};

std::string
near_text(const Token &token)
{
	if (token.kind == Kind::End)
		return "near end of line";
	return "near token \"" + std::string(token.text) + "\"";
}

/* Fills in what a line says; false when it says nothing. */
bool
read_config_line(std::string_view text, ConfigLine &out)
{
	Line line(text);
	Token token = line.next();

	if (token.kind == Kind::End)
		return false;
	if (token.kind != Kind::Name)
	{
		out.error = near_text(token);
		return true;
	}

	const std::string_view name = token.text;

	token = line.next();
	if (token.kind == Kind::Equals)
		token = line.next();
	if (token.kind == Kind::End || token.kind == Kind::Bad || token.kind == Kind::Equals)
	{
		out.error = near_text(token);
		return true;
	}

	const Token value = token;

	token = line.next();
	if (token.kind != Kind::End)
	{
		out.error = near_text(token);
		return true;
	}
	out.name = name;
	if (value.kind == Kind::String)
		out.value = UnquoteConfigValue(value.text);
	else
		out.value = value.text;
	return true;
}

} /* namespace */

std::pmr::vector<ConfigLine>
LexConfig(std::string_view text, std::pmr::memory_resource *memory)
{
	std::pmr::vector<ConfigLine> lines(memory);
	unsigned number = 0;

	while (!text.empty())
	{
		const size_t end = text.find('\n');
		ConfigLine line(memory);

		line.line = ++number;
		if (read_config_line(text.substr(0, end), line))
			lines.push_back(std::move(line));
		if (end == std::string_view::npos)
			break;
		text.remove_prefix(end + 1);
	}
	return lines;
}

std::string
UnquoteConfigValue(std::string_view text)
{
	std::string out;

	text.remove_prefix(1);
	if (!text.empty())
		text.remove_suffix(1);
	for (size_t at = 0; at < text.size(); at++)
	{
		if (text[at] == '\'' && at + 1 < text.size())
			at++;
		else if (text[at] == '\\' && at + 1 < text.size())
		{
			static constexpr std::string_view kLetters = "bfnrt";
			static constexpr std::string_view kMeanings = "\b\f\n\r\t";
			const size_t known = kLetters.find(text[++at]);

			if (known != std::string_view::npos)
			{
				out += kMeanings[known];
				continue;
			}
			if (text[at] >= '0' && text[at] <= '7')
			{
				int code = 0;
				size_t digits = 0;

				for (; digits < 3 && at < text.size() && text[at] >= '0' && text[at] <= '7';
					 digits++)
					code = code * 8 + (text[at++] - '0');
				at--;
				out += static_cast<char>(code);
				continue;
			}
		}
		out += text[at];
	}
	return out;
}

std::string
EscapeConfigValue(std::string_view value)
{
	std::string out;

	for (char c : value)
	{
		if (c == '\'' || c == '\\')
			out += c;
		out += c;
	}
	return out;
}

} /* namespace pg */
