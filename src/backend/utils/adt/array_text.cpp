/*
 * utils/adt/array_text.cpp
 *		Arrays as text: reading and printing.
 *
 * Any process.
 */
#include "utils/adt/array_text.h"

#include <algorithm>
#include <charconv>

#include "utils/adt/adt_internals.h"
#include "utils/array.h"

namespace pg
{

namespace
{

bool
is_null_word(std::string_view word)
{
	return word.size() == 4 && std::ranges::equal(word, std::string_view("null"), {}, LowerAscii);
}

class ArrayParser
{
public:
	explicit ArrayParser(std::string_view text) : text_(text) {}

	ArrayText run()
	{
		space();
		const bool explicit_shape = peek() == '[';

		if (explicit_shape)
			shape();
		else if (peek() != '{')
			fail("Array value must start with \"{\" or dimension information.");
		level(0);
		space();
		if (at_ < text_.size())
			fail("Junk after closing right brace.");
		finish(explicit_shape);
		return std::move(result_);
	}

private:
	[[noreturn]] void fail(const std::string &detail) const
	{
		Raise(Report(ERROR, ERRCODE_INVALID_TEXT_REPRESENTATION)
				  .msg("malformed array literal: \"%s\"", std::string(text_).c_str())
				  .detail("%s", detail.c_str()));
	}

	[[noreturn]] void unexpected() const
	{
		if (at_ >= text_.size())
			fail("Unexpected end of input.");
		if (peek() != '{' && peek() != '}' && peek() != ',')
			fail("Unexpected array element.");
		fail(std::string("Unexpected \"") + peek() + "\" character.");
	}

	char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

	void space()
	{
		while (at_ < text_.size() && IsSpace(text_[at_]))
			at_++;
	}

	/* False when there is no number here. */
	bool number(int *value)
	{
		const size_t start = at_;

		if (peek() == '-' || peek() == '+')
			at_++;
		while (IsDigit(peek()))
			at_++;

		const std::string_view digits = text_.substr(start, at_ - start);
		const size_t plus = digits.starts_with('+') ? 1 : 0;
		const auto [end, error] =
			std::from_chars(digits.data() + plus, digits.data() + digits.size(), *value);

		if (error == std::errc::result_out_of_range)
			Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
					  .msg("array bound is out of integer range"));
		return error == std::errc() && end == digits.data() + digits.size();
	}

	/* [2][0:3]= */
	void shape()
	{
		while (space(), peek() == '[')
		{
			int lower = 1, upper;

			at_++;
			if (!number(&upper))
				fail("\"[\" must introduce explicitly-specified array dimensions.");
			if (peek() == ':')
			{
				at_++;
				lower = upper;
				if (!number(&upper))
					fail("Missing array dimension value.");
			}
			if (peek() != ']')
				fail("Missing \"]\" after array dimensions.");
			at_++;
			add_dimension(lower, upper);
		}
		if (peek() != '=')
			fail("Missing \"=\" after array dimensions.");
		at_++;
		space();
		if (peek() != '{')
			fail("Array contents must start with \"{\".");
	}

	void add_dimension(int lower, int upper)
	{
		if (result_.dims.size() >= MAXDIM)
			raise_dimensions();
		if (upper < lower)
			Raise(Report(ERROR, ERRCODE_ARRAY_SUBSCRIPT_ERROR)
					  .msg("upper bound cannot be less than lower bound"));
		result_.lower.push_back(lower);
		result_.dims.push_back(upper - lower + 1);
	}

	[[noreturn]] static void raise_dimensions()
	{
		Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
				  .msg("number of array dimensions (%d) exceeds the maximum allowed (%d)",
					   MAXDIM + 1, MAXDIM));
	}

	/* One pair of braces and what is in it. */
	void level(size_t depth)
	{
		int count = 0;
		bool scalars = false;

		if (depth >= MAXDIM)
			raise_dimensions();
		if (counts_.size() <= depth)
			counts_.push_back(-1);
		at_++;
		space();
		if (depth > 0 || peek() != '}')
			do
			{
				space();
				member(depth, count == 0, &scalars);
				count++;
				space();
			} while (peek() == ',' && ++at_);
		if (peek() != '}')
			unexpected();
		at_++;
		if (counts_[depth] >= 0 && counts_[depth] != count)
			fail("Multidimensional arrays must have sub-arrays with matching dimensions.");
		counts_[depth] = count;
	}

	void member(size_t depth, bool first, bool *scalars)
	{
		if (peek() == '{')
		{
			if (!first && *scalars)
				unexpected();
			return level(depth + 1);
		}
		if (at_ >= text_.size() || peek() == ',' || peek() == '}')
			unexpected();
		if ((!first && !*scalars) || counts_.size() > depth + 1)
			fail("Unexpected array element.");
		*scalars = true;
		element();
	}

	void element()
	{
		std::string value;
		const bool quoted = peek() == '"';

		if (quoted)
		{
			at_++;
			while (at_ < text_.size() && peek() != '"')
				take(&value);
			if (at_ >= text_.size())
				unexpected();
			at_++;
			result_.elements.emplace_back(std::move(value));
			return;
		}

		size_t end = 0; /* of what is not trailing space */
		bool escaped = false;

		while (at_ < text_.size() &&
			   std::string_view(",{}\"").find(peek()) == std::string_view::npos)
		{
			const bool blank = IsSpace(peek());

			escaped |= peek() == '\\';
			take(&value);
			if (!blank)
				end = value.size();
		}
		value.resize(end);
		if (!escaped && is_null_word(value))
			result_.elements.emplace_back();
		else
			result_.elements.emplace_back(std::move(value));
	}

	/* One character, or the one behind a backslash. */
	void take(std::string *value)
	{
		if (peek() == '\\' && ++at_ >= text_.size())
			unexpected();
		value->push_back(text_[at_++]);
	}

	void finish(bool explicit_shape)
	{
		if (explicit_shape && counts_ != result_.dims)
			fail("Specified array dimensions do not match array contents.");
		if (result_.elements.empty())
			result_.dims.clear(), result_.lower.clear();
		else if (!explicit_shape)
		{
			result_.dims = counts_;
			result_.lower.assign(counts_.size(), 1);
		}
	}

	const std::string_view text_;
	size_t at_ = 0;
	ArrayText result_;
	std::vector<int> counts_; /* of members, by depth; -1 is not known */
};

/* "1 2 3", counted from 0. */
ArrayText
parse_vector(std::string_view text)
{
	ArrayText vector;

	for (size_t at = 0; at < text.size();)
	{
		const size_t end = std::min(text.find(' ', at), text.size());

		if (end > at)
			vector.elements.emplace_back(text.substr(at, end - at));
		at = end + 1;
	}
	if (!vector.elements.empty())
	{
		vector.dims = {static_cast<int>(vector.elements.size())};
		vector.lower = {0};
	}
	return vector;
}

} /* namespace */

ArrayText
ParseArray(std::string_view text)
{
	if (text.empty() || IsDigit(text.front()) || text.front() == '-')
		return parse_vector(text);
	return ArrayParser(text).run();
}

ArrayElements
ReadArray(std::string_view text)
{
	return ParseArray(text).elements;
}

void
AppendElement(std::optional<std::string_view> element, std::string *array)
{
	if (array->back() != '{')
		*array += ',';
	if (!element)
	{
		*array += "NULL";
		return;
	}
	const bool quoted = element->empty() || is_null_word(*element) ||
						element->find_first_of("{}\",\\ \t\n\r\v\f") != std::string_view::npos;

	if (!quoted)
	{
		*array += *element;
		return;
	}
	*array += '"';
	for (char c : *element)
	{
		if (c == '"' || c == '\\')
			*array += '\\';
		*array += c;
	}
	*array += '"';
}

/* The members of one level, from element *at on. */
static void
append_level(const ArrayText &array, size_t depth, size_t *at, std::string *out)
{
	*out += '{';
	for (int i = 0; i < array.dims[depth]; i++)
	{
		if (depth + 1 == array.dims.size())
		{
			AppendElement(array.elements[(*at)++], out);
			continue;
		}
		if (i > 0)
			*out += ',';
		append_level(array, depth + 1, at, out);
	}
	*out += '}';
}

std::string
FormatArray(const ArrayText &array)
{
	std::string text;
	size_t at = 0;

	if (array.elements.empty())
		return "{}";
	if (std::ranges::any_of(array.lower, [](int lower) { return lower != 1; }))
	{
		for (size_t i = 0; i < array.dims.size(); i++)
			text += "[" + std::to_string(array.lower[i]) + ":" +
					std::to_string(array.lower[i] + array.dims[i] - 1) + "]";
		text += '=';
	}
	append_level(array, 0, &at, &text);
	return text;
}

Value
ArrayInput(Oid type, std::string_view text, int32 typmod, std::string *scratch)
{
	const Oid element = FindType(type)->element_oid;
	ArrayText array = ArrayParser(text).run();

	for (std::optional<std::string> &value : array.elements)
	{
		std::string bytes;

		if (value)
			value = ValueOut(element, ValueIn(element, *value, typmod, &bytes));
	}
	*scratch = FormatArray(array);
	return Value::Text(*scratch);
}

} /* namespace pg */
