/*
 * pl/plpgsql/scanner.cpp
 *		Splits PL/pgSQL source into tokens, by the rules of SQL's scanner.
 *
 * Pure; any process.
 */
#include "pl/plpgsql/scanner.h"

#include "utils/error/report.h"

namespace pg::plpgsql
{
namespace
{

bool
starts_name(char c)
{
	return isalpha(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80) != 0;
}

bool
continues_name(char c)
{
	return starts_name(c) || isdigit(static_cast<unsigned char>(c)) || c == '$';
}

class Scanner
{
public:
	explicit Scanner(std::string_view source) : source_(source) {}

	std::vector<Token> run()
	{
		std::vector<Token> tokens;

		do
			tokens.push_back(next());
		while (tokens.back().kind != Token::Kind::End);
		return tokens;
	}

private:
	char peek(size_t ahead = 0) const
	{
		return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
	}

	void step()
	{
		if (source_[at_++] == '\n')
			line_++;
	}

	[[noreturn]] void raise_open(const char *what) const
	{
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("unterminated %s", what));
	}

	void skip_comment()
	{
		int depth = 0;

		do
		{
			if (at_ >= source_.size())
				raise_open("/* comment");
			const bool opens = peek() == '/' && peek(1) == '*';
			const bool closes = peek() == '*' && peek(1) == '/';

			depth += opens - closes;
			step();
			if (opens || closes)
				step();
		} while (depth > 0);
	}

	void skip_blanks()
	{
		while (at_ < source_.size())
		{
			if (isspace(static_cast<unsigned char>(peek())))
				step();
			else if (peek() == '-' && peek(1) == '-')
				while (at_ < source_.size() && peek() != '\n')
					step();
			else if (peek() == '/' && peek(1) == '*')
				skip_comment();
			else
				return;
		}
	}

	/* Up to the closing quote, which doubled stands for itself. */
	std::string quoted(char quote, bool escapes, const char *what)
	{
		std::string text;

		step();
		while (true)
		{
			if (at_ >= source_.size())
				raise_open(what);
			if (escapes && peek() == '\\' && at_ + 1 < source_.size())
				step();
			else if (peek() == quote && peek(1) == quote)
				step();
			else if (peek() == quote)
				break;
			text += peek();
			step();
		}
		step();
		return text;
	}

	/* "$tag$" here, or nothing. */
	std::string_view dollar_tag() const
	{
		size_t end = at_ + 1;

		while (end < source_.size() && continues_name(source_[end]) && source_[end] != '$')
			end++;
		if (end >= source_.size() || source_[end] != '$' ||
			isdigit(static_cast<unsigned char>(peek(1))))
			return {};
		return source_.substr(at_, end - at_ + 1);
	}

	std::string dollar_quoted(std::string_view tag)
	{
		const size_t begin = at_ + tag.size();
		const size_t end = source_.find(tag, begin);

		if (end == std::string_view::npos)
			raise_open("dollar-quoted string");
		while (at_ < end + tag.size())
			step();
		return std::string(source_.substr(begin, end - begin));
	}

	void number(Token *token)
	{
		token->kind = Token::Kind::Number;
		while (isdigit(static_cast<unsigned char>(peek())))
			step();
		/* 1..10 is a range. */
		if (peek() == '.' && peek(1) != '.')
			step();
		while (isdigit(static_cast<unsigned char>(peek())))
			step();
		if ((peek() == 'e' || peek() == 'E') &&
			(isdigit(static_cast<unsigned char>(peek(1))) ||
			 ((peek(1) == '-' || peek(1) == '+') && isdigit(static_cast<unsigned char>(peek(2))))))
		{
			step();
			step();
			while (isdigit(static_cast<unsigned char>(peek())))
				step();
		}
	}

	void symbol(Token *token)
	{
		token->kind = Token::Kind::Symbol;
		for (const std::string_view two :
			 {":=", "..", "<<", ">>", "<=", ">=", "<>", "!=", "::", "||"})
			if (source_.substr(at_, 2) == two)
			{
				at_ += 2;
				return;
			}
		step();
	}

	void word(Token *token)
	{
		token->kind = Token::Kind::Word;
		while (at_ < source_.size() && continues_name(peek()))
		{
			const char c = peek();

			token->text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
			step();
		}
	}

	Token next()
	{
		Token token;

		skip_blanks();
		token.begin = at_;
		token.line = line_;
		if (at_ >= source_.size())
			token.end = at_;
		else if ((peek() == 'e' || peek() == 'E') && peek(1) == '\'')
		{
			step();
			token.kind = Token::Kind::String;
			token.text = quoted('\'', true, "quoted string");
		}
		else if (starts_name(peek()))
			word(&token);
		else if (peek() == '"')
		{
			token.kind = Token::Kind::Quoted;
			token.text = quoted('"', false, "quoted identifier");
		}
		else if (peek() == '\'')
		{
			token.kind = Token::Kind::String;
			token.text = quoted('\'', false, "quoted string");
		}
		else if (peek() == '$' && isdigit(static_cast<unsigned char>(peek(1))))
		{
			token.kind = Token::Kind::Parameter;
			step();
			while (isdigit(static_cast<unsigned char>(peek())))
				step();
		}
		else if (const std::string_view tag = peek() == '$' ? dollar_tag() : std::string_view();
				 !tag.empty())
		{
			token.kind = Token::Kind::String;
			token.text = dollar_quoted(tag);
		}
		else if (isdigit(static_cast<unsigned char>(peek())) ||
				 (peek() == '.' && isdigit(static_cast<unsigned char>(peek(1)))))
			number(&token);
		else
			symbol(&token);
		token.end = at_;
		if (token.text.empty() && token.kind != Token::Kind::String)
			token.text = source_.substr(token.begin, token.end - token.begin);
		return token;
	}

	std::string_view source_;
	size_t at_ = 0;
	int line_ = 1;
};

} /* namespace */

std::vector<Token>
Scan(std::string_view source)
{
	return Scanner(source).run();
}

} /* namespace pg::plpgsql */
