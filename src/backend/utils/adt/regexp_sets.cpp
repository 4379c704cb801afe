/*
 * utils/adt/regexp_sets.cpp
 *		regexp_match, regexp_matches, regexp_split_to_array, regexp_split_to_table.
 *
 * Any process.
 */
#include "utils/adt/adt_internals.h"
#include "utils/adt/array_text.h"
#include "utils/adt/regexp.h"

namespace pg
{
namespace
{

/* The groups of a match or, without groups, the whole. */
std::string
array_of_match(std::string_view text, const std::vector<RegexpSpan> &spans)
{
	std::string array = "{";

	for (size_t i = spans.size() > 1 ? 1 : 0; i < spans.size(); i++)
	{
		std::optional<std::string_view> part;

		if (spans[i].matched())
			part = text.substr(spans[i].start, spans[i].end - spans[i].start);
		AppendElement(part, &array);
	}
	return array + "}";
}

/* What stands between the matches; an empty match at either end, or right behind another match, parts nothing. */
std::vector<std::string_view>
parts_of(std::string_view text, std::string_view pattern, RegexpFlags flags)
{
	std::vector<std::string_view> parts;
	size_t begin = 0;

	for (const auto &spans : AllMatches(text, Regexp::Compile(pattern, flags)))
		if (const RegexpSpan match = spans[0]; match.start < text.size() && match.end > begin)
		{
			parts.push_back(text.substr(begin, match.start - begin));
			begin = match.end;
		}
	parts.push_back(text.substr(begin));
	return parts;
}

void
regexp_match(FunctionCall &call)
{
	const std::string_view text = ArgText(call, 0);
	const RegexpFlags flags =
		FlagsWithoutGlobal(call.arg_count() > 2 ? ArgText(call, 2) : "", "regexp_match()",
						   "Use the regexp_matches function instead.");
	std::vector<RegexpSpan> spans;

	if (Regexp::Compile(ArgText(call, 1), flags).search(text, 0, &spans))
		SetText(call, array_of_match(text, spans));
}

void
regexp_split_to_array(FunctionCall &call)
{
	const RegexpFlags flags =
		FlagsWithoutGlobal(call.arg_count() > 2 ? ArgText(call, 2) : "", "regexp_split_to_array()");
	std::string array = "{";

	for (const std::string_view part : parts_of(ArgText(call, 0), ArgText(call, 1), flags))
		AppendElement(part, &array);
	SetText(call, array + "}");
}

class Texts : public RowCursor
{
public:
	bool next() override { return ++current_ < texts_.size(); }
	Value column(int) override { return Value::Text(texts_[current_]); }
	void add(std::string text) { texts_.push_back(std::move(text)); }

private:
	std::vector<std::string> texts_;
	size_t current_ = static_cast<size_t>(-1);
};

/* The text, the pattern, and the flags or a null where they are left out. */
bool
is_any_null(std::span<const Value> args)
{
	return args[0].is_null() || args[1].is_null();
}

std::unique_ptr<RowCursor>
open_matches(std::span<const Value> args)
{
	auto rows = std::make_unique<Texts>();

	if (is_any_null(args))
		return rows;

	const RegexpFlags flags = ParseRegexpFlags(args[2].is_null() ? "" : args[2].bytes);
	const Regexp &regexp = Regexp::Compile(args[1].bytes, flags);

	for (const auto &spans : AllMatches(args[0].bytes, regexp, flags.global ? 0 : 1))
		rows->add(array_of_match(args[0].bytes, spans));
	return rows;
}

std::unique_ptr<RowCursor>
open_split(std::span<const Value> args)
{
	auto rows = std::make_unique<Texts>();

	if (is_any_null(args))
		return rows;

	const RegexpFlags flags =
		FlagsWithoutGlobal(args[2].is_null() ? "" : args[2].bytes, "regexp_split_to_table()");

	for (const std::string_view part : parts_of(args[0].bytes, args[1].bytes, flags))
		rows->add(std::string(part));
	return rows;
}

} /* namespace */

static constexpr RowColumn kMatches[] = {{"regexp_matches", TEXTARRAYOID}},
						   kParts[] = {{"regexp_split_to_table", TEXTOID}};

static constexpr RowSource kRegexpSourceRows[] = {
	{"pg_catalog.regexp_matches", kMatches, 3, open_matches},
	{"pg_catalog.regexp_split_to_table", kParts, 3, open_split},
};

const std::span<const RowSource> kRegexpSources = kRegexpSourceRows;

static constexpr FunctionDef kRegexpSetRows[] = {
	Fn(3396, "regexp_match", 'i', "regexp_match", TEXTARRAYOID, {TEXTOID, TEXTOID}, regexp_match),
	Fn(3397, "regexp_match", 'i', "regexp_match", TEXTARRAYOID, {TEXTOID, TEXTOID, TEXTOID},
	   regexp_match),
	Rows(2763, "regexp_matches", 'i', "pg_catalog.regexp_matches", TEXTARRAYOID,
		 {TEXTOID, TEXTOID}),
	Rows(2764, "regexp_matches", 'i', "pg_catalog.regexp_matches", TEXTARRAYOID,
		 {TEXTOID, TEXTOID, TEXTOID}),
	Fn(2767, "regexp_split_to_array", 'i', "regexp_split_to_array", TEXTARRAYOID,
	   {TEXTOID, TEXTOID}, regexp_split_to_array),
	Fn(2768, "regexp_split_to_array", 'i', "regexp_split_to_array", TEXTARRAYOID,
	   {TEXTOID, TEXTOID, TEXTOID}, regexp_split_to_array),
	Rows(2765, "regexp_split_to_table", 'i', "pg_catalog.regexp_split_to_table", TEXTOID,
		 {TEXTOID, TEXTOID}),
	Rows(2766, "regexp_split_to_table", 'i', "pg_catalog.regexp_split_to_table", TEXTOID,
		 {TEXTOID, TEXTOID, TEXTOID}),
};

const std::span<const FunctionDef> kRegexpSetFunctions = kRegexpSetRows;

} /* namespace pg */
