/*
 * utils/adt/formatting_pattern.cpp
 *		Patterns of to_char, to_date and to_timestamp, cut into keywords and literal text.
 *
 * Any process; pure.
 */
#include "utils/adt/adt_internals.h"
#include "utils/adt/formatting.h"
#include "utils/adt/utf8.h"

namespace pg
{

bool
StartsWithNoCase(std::string_view text, std::string_view upper)
{
	if (text.size() < upper.size())
		return false;
	for (size_t i = 0; i < upper.size(); i++)
		if (UpperAscii(text[i]) != upper[i])
			return false;
	return true;
}

namespace
{

struct Keyword
{
	std::string_view name;
	Key key;
	int digits; /* width, or which of several */
};

/* Longer ones before those that they begin with. */
constexpr Keyword kKeywords[] = {
	{"A.D.", Key::EraDots, 0},	   {"A.M.", Key::MeridianDots, 0},
	{"AD", Key::Era, 0},		   {"AM", Key::Meridian, 0},
	{"B.C.", Key::EraDots, 0},	   {"BC", Key::Era, 0},
	{"CC", Key::Century, 2},	   {"DAY", Key::DayName, 9},
	{"DDD", Key::DayOfYear, 3},	   {"DD", Key::Day, 2},
	{"DY", Key::DayShort, 3},	   {"D", Key::DayOfWeek, 1},
	{"FF1", Key::Fraction, 1},	   {"FF2", Key::Fraction, 2},
	{"FF3", Key::Fraction, 3},	   {"FF4", Key::Fraction, 4},
	{"FF5", Key::Fraction, 5},	   {"FF6", Key::Fraction, 6},
	{"HH24", Key::Hour24, 2},	   {"HH12", Key::Hour12, 2},
	{"HH", Key::Hour12, 2},		   {"IDDD", Key::IsoDayOfYear, 3},
	{"ID", Key::IsoDayOfWeek, 1},  {"IW", Key::IsoWeek, 2},
	{"IYYY", Key::IsoYear, 4},	   {"IYY", Key::IsoYear, 3},
	{"IY", Key::IsoYear, 2},	   {"I", Key::IsoYear, 1},
	{"J", Key::Julian, 7},		   {"MI", Key::Minute, 2},
	{"MM", Key::MonthNumber, 2},   {"MONTH", Key::MonthName, 9},
	{"MON", Key::MonthShort, 3},   {"MS", Key::Millisecond, 3},
	{"OF", Key::ZoneOffset, 0},	   {"P.M.", Key::MeridianDots, 0},
	{"PM", Key::Meridian, 0},	   {"Q", Key::Quarter, 1},
	{"RM", Key::MonthRoman, 4},	   {"SSSSS", Key::SecondOfDay, 5},
	{"SSSS", Key::SecondOfDay, 5}, {"SS", Key::Second, 2},
	{"TZH", Key::ZoneHours, 2},	   {"TZM", Key::ZoneMinutes, 2},
	{"TZ", Key::Zone, 0},		   {"US", Key::Microsecond, 6},
	{"WW", Key::WeekOfYear, 2},	   {"W", Key::WeekOfMonth, 1},
	{"Y,YYY", Key::YearComma, 4},  {"YYYY", Key::Year, 4},
	{"YYY", Key::Year, 3},		   {"YY", Key::Year, 2},
	{"Y", Key::Year, 1},
};

void
append_literal(std::string_view text, std::vector<PatternNode> *nodes)
{
	if (nodes->empty() || nodes->back().key != Key::Literal)
		nodes->emplace_back();
	nodes->back().text.append(text);
}

/* "quoted text" from the front. */
std::string
take_quoted(std::string_view *rest)
{
	std::string text;

	for (rest->remove_prefix(1); !rest->empty() && rest->front() != '"'; rest->remove_prefix(1))
	{
		if (rest->front() == '\\' && rest->size() > 1)
			rest->remove_prefix(1);
		text.push_back(rest->front());
	}
	rest->remove_prefix(rest->empty() ? 0 : 1);
	return text;
}

bool
take_keyword(std::string_view *rest, bool fill, std::vector<PatternNode> *nodes)
{
	for (const Keyword &keyword : kKeywords)
	{
		if (!StartsWithNoCase(*rest, keyword.name))
			continue;
		PatternNode node;
		const std::string_view written = rest->substr(0, keyword.name.size());
		const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };

		node.key = keyword.key;
		node.digits = keyword.digits;
		node.fill = fill;
		node.text = written;
		node.first_upper = is_upper(written[0]);
		node.second_upper = written.size() > 1 && is_upper(written[written[1] == '.' ? 2 : 1]);
		rest->remove_prefix(keyword.name.size());
		if (StartsWithNoCase(*rest, "TH") && keyword.digits > 0)
		{
			node.ordinal = true;
			node.ordinal_upper = (*rest)[0] == 'T';
			rest->remove_prefix(2);
		}
		nodes->push_back(std::move(node));
		return true;
	}
	return false;
}

} /* namespace */

std::vector<PatternNode>
ParseDatePattern(std::string_view rest)
{
	std::vector<PatternNode> nodes;

	while (!rest.empty())
	{
		const bool fill = StartsWithNoCase(rest, "FM");

		if (fill)
			rest.remove_prefix(2);
		if (StartsWithNoCase(rest, "FX"))
			rest.remove_prefix(2);
		if (rest.empty())
			break;
		if (rest.front() == '"')
			append_literal(take_quoted(&rest), &nodes);
		else if (rest.starts_with("\\\""))
		{
			append_literal("\"", &nodes);
			rest.remove_prefix(2);
		}
		else if (!take_keyword(&rest, fill, &nodes))
		{
			const size_t length = CharBytes(rest.front());

			append_literal(rest.substr(0, length), &nodes);
			rest.remove_prefix(length);
		}
	}
	return nodes;
}

} /* namespace pg */
