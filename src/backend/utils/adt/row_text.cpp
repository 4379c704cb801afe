/*
 * utils/adt/row_text.cpp
 *		Rows to text and back.
 *
 * Any process.  A field stands in quotes where it is empty or holds what the form itself uses.
 */
#include "utils/adt/row_text.h"

#include "utils/error/report.h"

namespace pg
{
namespace
{

bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Reads one row from left to right. */
class RowReader
{
public:
	explicit RowReader(std::string_view text) : text_(text) {}

	RowFields read(int count)
	{
		RowFields fields;

		skip_blanks();
		if (next() != '(')
			refuse("Missing left parenthesis.");
		if (count == 0 && peek() == ')')
			at_++;
		else
			read_fields(&fields, count);
		skip_blanks();
		if (at_ < text_.size())
			refuse("Junk after right parenthesis.");
		return fields;
	}

private:
	void read_fields(RowFields *fields, int count)
	{
		for (;;)
		{
			fields->push_back(field());

			const char end = next();
			const bool complete = static_cast<int>(fields->size()) == count;

			if (end == ',' && complete)
				refuse("Too many columns.");
			if (end == ')' && !complete && count >= 0)
				refuse("Too few columns.");
			if (end == ')')
				return;
		}
	}

	/* Stands at the comma or parenthesis behind it. */
	std::optional<std::string> field()
	{
		std::string value;
		bool quoted = false;

		if (peek() == ',' || peek() == ')')
			return std::nullopt;
		for (;;)
		{
			const char c = peek();

			if (!quoted && (c == ',' || c == ')'))
				return value;
			at_++;
			if (c == '\\')
				value += next();
			else if (c == '"' && quoted && at_ < text_.size() && text_[at_] == '"')
				value += text_[at_++];
			else if (c == '"')
				quoted = !quoted;
			else
				value += c;
		}
	}

	char peek() const
	{
		if (at_ >= text_.size())
			refuse("Unexpected end of input.");
		return text_[at_];
	}

	char next()
	{
		if (at_ >= text_.size())
			refuse(at_ == 0 || text_.find('(') == std::string_view::npos
					   ? "Missing left parenthesis."
					   : "Unexpected end of input.");
		return text_[at_++];
	}

	void skip_blanks()
	{
		while (at_ < text_.size() && is_blank(text_[at_]))
			at_++;
	}

	[[noreturn]] void refuse(const char *why) const
	{
		Raise(Report(ERROR, ERRCODE_INVALID_TEXT_REPRESENTATION)
				  .msg("malformed record literal: \"%s\"", std::string(text_).c_str())
				  .detail("%s", why));
	}

	std::string_view text_;
	size_t at_ = 0;
};

bool
needs_quotes(std::string_view field)
{
	for (const char c : field)
		if (c == '"' || c == '\\' || c == '(' || c == ')' || c == ',' || is_blank(c))
			return true;
	return field.empty();
}

void
append_field(std::string_view field, std::string *text)
{
	if (!needs_quotes(field))
	{
		*text += field;
		return;
	}
	*text += '"';
	for (const char c : field)
	{
		if (c == '"' || c == '\\')
			*text += c;
		*text += c;
	}
	*text += '"';
}

} /* namespace */

RowFields
ParseRow(std::string_view text, int count)
{
	return RowReader(text).read(count);
}

std::string
FormatRow(const RowFields &fields)
{
	std::string text = "(";

	for (size_t i = 0; i < fields.size(); i++)
	{
		if (i > 0)
			text += ',';
		if (fields[i])
			append_field(*fields[i], &text);
	}
	return text + ")";
}

} /* namespace pg */
