/*
 * utils/adt/quote.cpp
 *		Texts put together from parts: concat, format, quoting for SQL (also for modules).
 *
 * Any process.
 */
#include <algorithm>
#include <charconv>
#include <iterator>

#include "utils/adt/adt_internals.h"
#include "utils/adt/text_bodies.h"
#include "utils/adt/utf8.h"

namespace pg
{

/* ---- Quoting ---- */

/* Words that cannot stand alone as a column name, from pg_get_keywords: every category but "unreserved". */
static constexpr std::string_view kQuotedWords[] = {
	"all",
	"analyse",
	"analyze",
	"and",
	"any",
	"array",
	"as",
	"asc",
	"asymmetric",
	"authorization",
	"between",
	"bigint",
	"binary",
	"bit",
	"boolean",
	"both",
	"case",
	"cast",
	"char",
	"character",
	"check",
	"coalesce",
	"collate",
	"collation",
	"column",
	"concurrently",
	"constraint",
	"create",
	"cross",
	"current_catalog",
	"current_date",
	"current_role",
	"current_schema",
	"current_time",
	"current_timestamp",
	"current_user",
	"dec",
	"decimal",
	"default",
	"deferrable",
	"desc",
	"distinct",
	"do",
	"else",
	"end",
	"except",
	"exists",
	"extract",
	"false",
	"fetch",
	"float",
	"for",
	"foreign",
	"freeze",
	"from",
	"full",
	"grant",
	"greatest",
	"group",
	"grouping",
	"having",
	"ilike",
	"in",
	"initially",
	"inner",
	"inout",
	"int",
	"integer",
	"intersect",
	"interval",
	"into",
	"is",
	"isnull",
	"join",
	"lateral",
	"leading",
	"least",
	"left",
	"like",
	"limit",
	"localtime",
	"localtimestamp",
	"national",
	"natural",
	"nchar",
	"none",
	"normalize",
	"not",
	"notnull",
	"null",
	"nullif",
	"numeric",
	"offset",
	"on",
	"only",
	"or",
	"order",
	"out",
	"outer",
	"overlaps",
	"overlay",
	"placing",
	"position",
	"precision",
	"primary",
	"real",
	"references",
	"returning",
	"right",
	"row",
	"select",
	"session_user",
	"setof",
	"similar",
	"smallint",
	"some",
	"substring",
	"symmetric",
	"table",
	"tablesample",
	"then",
	"time",
	"timestamp",
	"to",
	"trailing",
	"treat",
	"trim",
	"true",
	"union",
	"unique",
	"user",
	"using",
	"values",
	"varchar",
	"variadic",
	"verbose",
	"when",
	"where",
	"window",
	"with",
	"xmlattributes",
	"xmlconcat",
	"xmlelement",
	"xmlexists",
	"xmlforest",
	"xmlnamespaces",
	"xmlparse",
	"xmlpi",
	"xmlroot",
	"xmlserialize",
	"xmltable",
};

static_assert(std::is_sorted(std::begin(kQuotedWords), std::end(kQuotedWords)));

static bool
is_plain(std::string_view name)
{
	const auto starts = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };

	if (name.empty() || !starts(name[0]))
		return false;
	if (!std::ranges::all_of(name, [&](char c) { return starts(c) || IsDigit(c); }))
		return false;
	return !std::ranges::binary_search(kQuotedWords, name);
}

void
AppendIdentifier(std::string_view name, std::string *out)
{
	if (is_plain(name))
		out->append(name);
	else
		AppendQuotedIdentifier(name, out);
}

std::string
IdentifierText(std::string_view name)
{
	std::string text;

	AppendIdentifier(name, &text);
	return text;
}

void
AppendQuotedIdentifier(std::string_view name, std::string *out)
{
	out->push_back('"');
	for (char c : name)
	{
		if (c == '"')
			out->push_back('"');
		out->push_back(c);
	}
	out->push_back('"');
}

void
AppendLiteral(std::string_view text, std::string *out)
{
	if (text.find('\\') != std::string_view::npos)
		out->push_back('E');
	out->push_back('\'');
	for (char c : text)
	{
		if (c == '\'' || c == '\\')
			out->push_back(c);
		out->push_back(c);
	}
	out->push_back('\'');
}

void
quote_ident(FunctionCall &call)
{
	std::string result;

	AppendIdentifier(ArgText(call, 0), &result);
	SetText(call, result);
}

void
quote_literal(FunctionCall &call)
{
	std::string result;

	AppendLiteral(ArgText(call, 0), &result);
	SetText(call, result);
}

void
quote_nullable(FunctionCall &call)
{
	if (call.arg(0).is_null())
		return SetText(call, "NULL");
	quote_literal(call);
}

/* ---- Concatenation; arguments come as text ---- */

void
text_concat(FunctionCall &call)
{
	std::string result;

	for (int i = 0; i < call.arg_count(); i++)
		result.append(call.arg(i).bytes);
	SetText(call, result);
}

void
text_concat_ws(FunctionCall &call)
{
	const Value separator = call.arg(0);
	std::string result;
	bool first = true;

	if (separator.is_null())
		return;
	for (int i = 1; i < call.arg_count(); i++)
	{
		const Value part = call.arg(i);

		if (part.is_null())
			continue;
		if (!first)
			result.append(separator.bytes);
		result.append(part.bytes);
		first = false;
	}
	SetText(call, result);
}

/* ---- format() ---- */

namespace
{

/* One %[position$][-][width]type. */
class Formatter
{
public:
	explicit Formatter(FunctionCall &call) : call_(call), format_(call.arg(0).bytes) {}

	std::string run()
	{
		while (at_ < format_.size())
		{
			const char c = format_[at_++];

			if (c != '%')
				out_.push_back(c);
			else if (peek() == '%')
			{
				out_.push_back('%');
				at_++;
			}
			else
				specifier();
		}
		return std::move(out_);
	}

private:
	char peek() const { return at_ < format_.size() ? format_[at_] : '\0'; }

	[[noreturn]] void fail(const char *message)
	{
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE).msg("%s", message));
	}

	void need_more()
	{
		if (at_ >= format_.size())
			Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
					  .msg("unterminated format() type specifier")
					  .hint("For a single \"%%\" use \"%%%%\"."));
	}

	/* A decimal number; -1 when there is none. */
	int number()
	{
		int value = -1;
		const auto [end, error] =
			std::from_chars(format_.data() + at_, format_.data() + format_.size(), value);

		if (!IsDigit(peek()))
			return -1;
		if (error == std::errc::result_out_of_range)
			Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE).msg("number is out of range"));
		at_ = static_cast<size_t>(end - format_.data());
		return value;
	}

	Value argument(int position)
	{
		if (position < 0)
			position = ++last_;
		else
			last_ = position;
		if (position >= call_.arg_count())
			fail("too few arguments for format()");
		return call_.arg(position);
	}

	/* "*" or "*n$": the width is an argument. */
	int width_argument()
	{
		at_++;
		need_more();
		const int position = number();

		if (position == 0)
			fail("format specifies argument 0, but arguments are numbered from 1");
		if (position > 0)
		{
			if (peek() != '$')
				fail("width argument position must be ended by \"$\"");
			at_++;
		}
		const Value value = argument(position);
		int width = 0;

		if (!value.is_null())
		{
			const auto [end, error] =
				std::from_chars(value.bytes.data(), value.bytes.data() + value.bytes.size(), width);

			if (error != std::errc() || end != value.bytes.data() + value.bytes.size())
				RaiseBadInput("integer", value.bytes);
		}
		return width;
	}

	void specifier()
	{
		int position = -1;
		int width = 0;
		bool left = false;

		need_more();
		const int first = number();

		need_more();
		if (first >= 0 && peek() == '$')
		{
			if (first == 0)
				fail("format specifies argument 0, but arguments are numbered from 1");
			position = first;
			at_++;
			need_more();
		}
		else if (first >= 0)
			width = first;
		while (peek() == '-')
		{
			left = true;
			at_++;
			need_more();
		}
		if (peek() == '*')
			width = width_argument();
		else if (IsDigit(peek()))
			width = number();
		need_more();
		if (width < 0)
		{
			left = true;
			width = -width;
		}
		convert(format_.substr(at_, CharBytes(peek())), position, width, left);
		at_ += CharBytes(peek());
	}

	void convert(std::string_view type, int position, int width, bool left)
	{
		std::string text;

		if (type != "s" && type != "I" && type != "L")
			Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
					  .msg("unrecognized format() type specifier \"%.*s\"",
						   static_cast<int>(type.size()), type.data())
					  .hint("For a single \"%%\" use \"%%%%\"."));
		const Value value = argument(position);

		if (type == "s")
			text = value.bytes;
		else if (type == "L")
			value.is_null() ? void(text = "NULL") : AppendLiteral(value.bytes, &text);
		else if (value.is_null())
			Raise(Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED)
					  .msg("null values cannot be formatted as an SQL identifier"));
		else
			AppendIdentifier(value.bytes, &text);
		pad(text, width, left);
	}

	void pad(const std::string &text, int width, bool left)
	{
		const int count = static_cast<int>(CharCount(text));
		const size_t missing = width > count ? static_cast<size_t>(width - count) : 0;

		if (!left)
			out_.append(missing, ' ');
		out_.append(text);
		if (left)
			out_.append(missing, ' ');
	}

	FunctionCall &call_;
	std::string_view format_;
	size_t at_ = 0;
	int last_ = 0;
	std::string out_;
};

} /* namespace */

void
text_format(FunctionCall &call)
{
	if (call.arg(0).is_null())
		return;
	SetText(call, Formatter(call).run());
}

} /* namespace pg */
