/*
 * utils/adt/formatting_number.cpp
 *		to_char of numbers: 9 0 . , D G S MI PL SG PR V FM TH and literal text.
 *
 * Any process.  RN, EEEE and L answer 0A000.
 */
#include <vector>

#include "utils/adt/adt_internals.h"
#include "utils/adt/formatting.h"
#include "utils/adt/numeric.h"
#include "utils/adt/type_io.h"
#include "utils/adt/utf8.h"

namespace pg
{

const char *
OrdinalSuffix(std::string_view digits, bool upper)
{
	const char last = digits.empty() ? '0' : digits.back();
	const bool teen = digits.size() > 1 && digits[digits.size() - 2] == '1';

	if (last == '1' && !teen)
		return upper ? "ST" : "st";
	if (last == '2' && !teen)
		return upper ? "ND" : "nd";
	if (last == '3' && !teen)
		return upper ? "RD" : "rd";
	return upper ? "TH" : "th";
}

namespace
{

enum class Part : uint8_t
{
	Nine,
	Zero,
	Point,
	Comma,
	Sign,		/* S */
	Minus,		/* MI */
	Plus,		/* PL */
	SignAlways, /* SG */
	Ordinal,	/* TH */
	OrdinalLower,
	Shift, /* V */
	Literal
};

struct Node
{
	Part part;
	std::string text;
};

struct NumberFormat
{
	std::vector<Node> nodes;
	size_t before = 0, after = 0, shift = 0; /* digits */
	size_t first_zero = SIZE_MAX; /* index of the first 0 among the digits before the point */
	size_t last_zero_after = 0;	  /* digits after the point up to the last 0 */
	bool fill = false;			  /* FM */
	bool angle = false;			  /* PR */
	bool own_sign = false;		  /* S, MI, PL or SG */
	bool leading_sign = false, trailing_sign = false;
};

[[noreturn]] void
raise_number_format(const char *message)
{
	Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR).msg("%s", message));
}

bool
take(std::string_view *rest, std::string_view keyword)
{
	if (rest->size() < keyword.size())
		return false;
	for (size_t i = 0; i < keyword.size(); i++)
		if (UpperAscii((*rest)[i]) != keyword[i])
			return false;
	rest->remove_prefix(keyword.size());
	return true;
}

/* A quoted or plain piece of text from the front. */
std::string
take_literal(std::string_view *rest)
{
	std::string text;

	if (!rest->starts_with('"'))
	{
		const bool escaped = rest->starts_with("\\\"");
		const size_t length = escaped ? 2 : CharBytes(rest->front());

		text = rest->substr(escaped ? 1 : 0, escaped ? 1 : length);
		rest->remove_prefix(length);
		return text;
	}
	rest->remove_prefix(1);
	while (!rest->empty() && rest->front() != '"')
	{
		if (rest->front() == '\\' && rest->size() > 1)
			rest->remove_prefix(1);
		text.push_back(rest->front());
		rest->remove_prefix(1);
	}
	if (!rest->empty())
		rest->remove_prefix(1);
	return text;
}

void
count_digit(bool zero, bool behind_point, NumberFormat *format)
{
	if (behind_point)
	{
		format->after++;
		if (zero)
			format->last_zero_after = format->after;
		return;
	}
	if (zero && format->first_zero == SIZE_MAX)
		format->first_zero = format->before;
	format->before++;
}

NumberFormat
parse_format(std::string_view rest)
{
	NumberFormat format;
	bool point = false, shifted = false;
	const auto add = [&](Part part, std::string text = {}) {
		format.nodes.push_back({part, std::move(text)});
	};

	while (!rest.empty())
	{
		const std::string_view before = rest;

		if (take(&rest, "FM"))
			format.fill = true;
		else if (take(&rest, "RN") || take(&rest, "EEEE") || take(&rest, "L"))
			RaiseNotSupported("number format \"" +
							  std::string(before.substr(0, before.size() - rest.size())) + "\"");
		else if (take(&rest, "9") || take(&rest, "0"))
		{
			const bool zero = before[0] == '0';

			if (shifted)
				format.shift++;
			count_digit(zero, point, &format);
			add(zero ? Part::Zero : Part::Nine);
		}
		else if (take(&rest, ".") || take(&rest, "D"))
		{
			if (point)
				raise_number_format("multiple decimal points");
			if (shifted)
				raise_number_format("cannot use \"V\" and decimal point together");
			point = true;
			add(Part::Point);
		}
		else if (take(&rest, ",") || take(&rest, "G"))
			add(Part::Comma);
		else if (take(&rest, "SG"))
		{
			format.own_sign = true;
			add(Part::SignAlways);
		}
		else if (take(&rest, "S"))
		{
			if (format.leading_sign || format.trailing_sign)
				raise_number_format("cannot use \"S\" twice");
			format.own_sign = true;
			(format.before + format.after == 0 ? format.leading_sign : format.trailing_sign) = true;
			add(Part::Sign);
		}
		else if (take(&rest, "MI"))
		{
			format.own_sign = true;
			add(Part::Minus);
		}
		else if (take(&rest, "PL"))
			add(Part::Plus);
		else if (take(&rest, "PR"))
			format.angle = true;
		else if (take(&rest, "TH"))
			add(before[0] == 't' ? Part::OrdinalLower : Part::Ordinal);
		else if (take(&rest, "V"))
		{
			shifted = true;
			add(Part::Shift);
		}
		else
			add(Part::Literal, take_literal(&rest));
	}
	return format;
}

/* Puts the digits of a number into the places of a format. */
class NumberPrinter
{
public:
	NumberPrinter(const NumberFormat &format, const Decimal &value) : format_(format)
	{
		Decimal scaled = value;

		if (format.shift > 0)
			scaled =
				MultiplyDecimals(scaled, Decimal(PowerOfTen(static_cast<int>(format.shift)), 0));
		if (!value.is_finite())
		{
			overflow_ = true;
			negative_ = value.kind == Decimal::Kind::NegativeInfinity;
			return;
		}
		scaled = RoundDecimal(scaled, static_cast<int>(format.after));
		negative_ = scaled.sign() < 0;
		is_zero_ = scaled.is_zero();

		std::string text;

		AppendDecimal(negative_ ? NegateDecimal(scaled) : scaled, &text);
		const size_t point = std::min(text.find('.'), text.size());

		whole_ = text.substr(0, point);
		fraction_ = point < text.size() ? text.substr(point + 1) : "";
		if (whole_ == "0")
			whole_.clear();
		overflow_ = whole_.size() > format.before;
	}

	std::string run()
	{
		find_first_shown();
		for (const Node &node : format_.nodes)
			print(node);
		if (!sign_done_ && !format_.own_sign && format_.before + format_.after > 0)
			put_sign();
		if (format_.angle && negative_)
			out_.push_back('>');
		else if (format_.angle && !format_.fill)
			out_.push_back(' ');
		return std::move(out_);
	}

private:
	/* Index of the first digit place that is printed, counted over the places before the point. */
	void find_first_shown()
	{
		const size_t significant = overflow_ ? format_.before : whole_.size();

		first_shown_ =
			std::min(format_.before - std::min(significant, format_.before), format_.first_zero);
		if (significant == 0 && format_.first_zero == SIZE_MAX && format_.before > 0 &&
			(format_.after == 0 || (format_.fill && is_zero_ && format_.last_zero_after == 0)))
			first_shown_ = format_.before - 1;
	}

	/* The sign of formats that name none, or S in front: right before the first digit. */
	void put_sign()
	{
		if (sign_done_)
			return;
		sign_done_ = true;
		if (format_.leading_sign)
			out_.push_back(negative_ ? '-' : '+');
		else if (format_.angle)
		{
			if (negative_ || !format_.fill)
				out_.push_back(negative_ ? '<' : ' ');
		}
		else if (!format_.own_sign && (negative_ || !format_.fill))
			out_.push_back(negative_ ? '-' : ' ');
	}

	void blank()
	{
		if (!format_.fill)
			out_.push_back(' ');
	}

	void digit_before()
	{
		const size_t place = place_++;

		if (place < first_shown_)
			return blank();
		put_sign();
		started_ = true;
		const size_t from_right = format_.before - place;

		if (overflow_)
			out_.push_back('#');
		else
			out_.push_back(from_right <= whole_.size() ? whole_[whole_.size() - from_right] : '0');
	}

	void digit_after()
	{
		const size_t place = place_after_++;

		put_sign();
		started_ = true;
		if (overflow_)
			return out_.push_back('#');
		if (format_.fill && place >= format_.last_zero_after &&
			fraction_.find_first_not_of('0', place) == std::string::npos)
			return;
		out_.push_back(fraction_[place]);
	}

	void print(const Node &node)
	{
		switch (node.part)
		{
			case Part::Nine:
			case Part::Zero: return after_point_ ? digit_after() : digit_before();
			case Part::Point:
				put_sign();
				after_point_ = true;
				return out_.push_back('.');
			case Part::Comma: return started_ ? out_.push_back(',') : blank();
			case Part::Sign:
				if (format_.trailing_sign)
					out_.push_back(negative_ ? '-' : '+');
				return;
			case Part::SignAlways: return out_.push_back(negative_ ? '-' : '+');
			case Part::Minus: return negative_ ? out_.push_back('-') : blank();
			case Part::Plus: return !negative_ ? out_.push_back('+') : blank();
			case Part::Ordinal:
			case Part::OrdinalLower:
				if (!negative_ && !after_point_ && !overflow_)
					out_.append(OrdinalSuffix(whole_, node.part == Part::Ordinal));
				return;
			case Part::Shift: return;
			case Part::Literal: out_.append(node.text);
		}
	}

	const NumberFormat &format_;
	std::string whole_, fraction_, out_;
	bool negative_ = false, is_zero_ = false, overflow_ = false;
	bool started_ = false, sign_done_ = false, after_point_ = false;
	size_t place_ = 0, place_after_ = 0, first_shown_ = 0;
};

void
set_formatted(FunctionCall &call, const Decimal &value)
{
	const NumberFormat format = parse_format(ArgText(call, 1));

	if (value.is_nan())
		RaiseNotSupported("to_char of NaN");
	SetText(call, NumberPrinter(format, value).run());
}

} /* namespace */

void
numeric_to_char(FunctionCall &call)
{
	set_formatted(call, ArgDecimal(call, 0));
}

void
int4_to_char(FunctionCall &call)
{
	set_formatted(call, Decimal::FromInt(ArgInt(call, 0)));
}

/* A float is taken with the digits that it prints. */
void
float8_to_char(FunctionCall &call)
{
	std::string text;
	Decimal value;

	AppendFloat8(ArgFloat(call, 0), &text);
	ParseDecimal(text, &value);
	set_formatted(call, value);
}

} /* namespace pg */
