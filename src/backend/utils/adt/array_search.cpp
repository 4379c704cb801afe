/*
 * utils/adt/array_search.cpp
 *		Functions that compare elements of arrays, and those that make arrays of something else.
 *
 * Any process.  Helpers get the OID of the array's type first: it says how elements compare.
 */
#include <algorithm>

#include "utils/adt/adt_internals.h"
#include "utils/adt/array_compare.h"
#include "utils/adt/array_edit.h"

namespace pg
{

static ElementOrder
order_of(const FunctionCall &call)
{
	return ElementOrder(static_cast<Oid>(ArgInt(call, 0)));
}

static std::optional<std::string>
element_of(const FunctionCall &call, int number)
{
	return call.arg(number).is_null() ? std::nullopt
									  : std::optional(std::string(ArgText(call, number)));
}

static bool
has_element(const ElementOrder &order, const ArrayElements &elements,
			const std::optional<std::string> &wanted)
{
	return std::ranges::any_of(elements, [&](const auto &element)
							   { return element && order.equal(element, wanted); });
}

/* Is every element of argument 2 in argument 1? A null is in nothing. */
static void
array_contains(FunctionCall &call)
{
	const ElementOrder order = order_of(call);
	const ArrayElements all = ReadArray(ArgText(call, 1)), wanted = ReadArray(ArgText(call, 2));

	SetBool(call, std::ranges::all_of(wanted, [&](const auto &element)
									  { return element && has_element(order, all, element); }));
}

static void
array_overlap(FunctionCall &call)
{
	const ElementOrder order = order_of(call);
	const ArrayElements a = ReadArray(ArgText(call, 1)), b = ReadArray(ArgText(call, 2));

	SetBool(call, std::ranges::any_of(b, [&](const auto &element)
									  { return element && has_element(order, a, element); }));
}

/* type, array, from, to: nulls are equal to nulls. */
static void
array_replace(FunctionCall &call)
{
	if (call.arg(1).is_null())
		return;

	const ElementOrder order = order_of(call);
	ArrayText array = ParseArray(ArgText(call, 1));
	const std::optional<std::string> from = element_of(call, 2), to = element_of(call, 3);

	for (std::optional<std::string> &element : array.elements)
		if (order.equal(element, from))
			element = to;
	SetText(call, FormatArray(array));
}

/* The array to be searched: none for a null. */
static ArrayText
searched(const FunctionCall &call)
{
	ArrayText array = call.arg(1).is_null() ? ArrayText() : ParseArray(ArgText(call, 1));

	if (array.dims.size() > 1)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("searching for elements in multidimensional arrays is not supported"));
	return array;
}

/* type, array, element [, first subscript to look at] */
static void
array_position(FunctionCall &call)
{
	const ArrayText array = searched(call);
	const ElementOrder order = order_of(call);
	const std::optional<std::string> wanted = element_of(call, 2);

	if (call.arg_count() > 3 && call.arg(3).is_null())
		Raise(
			Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED).msg("initial position must not be null"));

	const int64 first = call.arg_count() > 3 ? ArgInt(call, 3) : INT32_MIN;

	for (size_t i = 0; i < array.elements.size(); i++)
		if (const int64 at = static_cast<int64>(i) + array.lower[0];
			at >= first && order.equal(array.elements[i], wanted))
			return SetInt(call, at);
}

static void
array_positions(FunctionCall &call)
{
	if (call.arg(1).is_null())
		return;

	const ArrayText array = searched(call);
	const ElementOrder order = order_of(call);
	const std::optional<std::string> wanted = element_of(call, 2);
	std::string found = "{";

	for (size_t i = 0; i < array.elements.size(); i++)
		if (order.equal(array.elements[i], wanted))
			AppendElement(std::to_string(static_cast<int64>(i) + array.lower[0]), &found);
	SetText(call, found + "}");
}

static void
trim_array(FunctionCall &call)
{
	const ArrayText array = ParseArray(ArgText(call, 0));
	const int64 length = array.dims.empty() ? 0 : array.dims[0], count = ArgInt(call, 1);

	if (count < 0 || count > length)
		Raise(Report(ERROR, ERRCODE_ARRAY_ELEMENT_ERROR)
				  .msg("number of elements to trim must be between 0 and %d",
					   static_cast<int>(length)));
	if (array.dims.empty())
		return SetText(call, "{}");

	const int upper = static_cast<int>(array.lower[0] + length - 1 - count);
	const SliceBounds bounds[] = {{std::nullopt, upper}};

	SetText(call, FormatArray(ArraySlice(array, bounds)));
}

/* The numbers of an array of one dimension; `what` it is, for errors. */
static std::vector<int>
numbers_of(const FunctionCall &call, int argument, const char *what)
{
	std::vector<int> numbers;

	if (call.arg(argument).is_null())
		Raise(Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED)
				  .msg("dimension array or low bound array cannot be null"));

	const ArrayText array = ParseArray(ArgText(call, argument));

	if (array.dims.size() > 1)
		Raise(Report(ERROR, ERRCODE_ARRAY_SUBSCRIPT_ERROR)
				  .msg("wrong number of array subscripts")
				  .detail("%s array must be one dimensional.", what));
	for (const std::optional<std::string> &element : array.elements)
	{
		if (!element)
			Raise(Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED)
					  .msg("dimension values cannot be null"));
		numbers.push_back(static_cast<int>(strtol(element->c_str(), nullptr, 10)));
	}
	return numbers;
}

/* element as text, lengths [, lower bounds] */
static void
array_fill(FunctionCall &call)
{
	constexpr int64 kMaxElements = 100'000'000;
	ArrayText array;
	int64 size = 1;

	array.dims = numbers_of(call, 1, "Dimension");
	array.lower = call.arg_count() > 2 ? numbers_of(call, 2, "Dimension")
									   : std::vector<int>(array.dims.size(), 1);
	if (array.lower.size() != array.dims.size())
		Raise(Report(ERROR, ERRCODE_ARRAY_SUBSCRIPT_ERROR)
				  .msg("wrong number of array subscripts")
				  .detail("Low bound array has different size than dimensions array."));
	for (const int length : array.dims)
		if ((size *= length) > kMaxElements || length < 0)
			Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
					  .msg("array size exceeds the maximum allowed (%d)", 134217727));
	if (array.dims.empty() || size == 0)
		return SetText(call, "{}");
	array.elements.assign(static_cast<size_t>(size), element_of(call, 0));
	SetText(call, FormatArray(array));
}

/* ---- Texts to elements: text, separator, text that stands for null ---- */

static ArrayElements
split(std::string_view text, const Value &separator, const Value &null_text)
{
	ArrayElements parts;
	const auto add = [&](std::string_view part)
	{
		if (!null_text.is_null() && part == null_text.bytes)
			parts.emplace_back();
		else
			parts.emplace_back(std::string(part));
	};

	if (text.empty())
		return parts;
	if (separator.is_null())
	{
		for (size_t at = 0, end; at < text.size(); at = end)
		{
			for (end = at + 1; end < text.size() && (text[end] & 0xC0) == 0x80;)
				end++;
			add(text.substr(at, end - at));
		}
		return parts;
	}
	while (!separator.bytes.empty() && text.find(separator.bytes) != std::string_view::npos)
	{
		const size_t end = text.find(separator.bytes);

		add(text.substr(0, end));
		text.remove_prefix(end + separator.bytes.size());
	}
	add(text);
	return parts;
}

static void
string_to_array(FunctionCall &call)
{
	std::string array = "{";

	if (call.arg(0).is_null())
		return;
	for (const std::optional<std::string> &part :
		 split(ArgText(call, 0), call.arg(1), call.arg_count() > 2 ? call.arg(2) : Value::Null()))
		AppendElement(part, &array);
	SetText(call, array + "}");
}

namespace
{

class PartsCursor final : public RowCursor
{
public:
	explicit PartsCursor(ArrayElements parts) : parts_(std::move(parts)) {}

	bool next() override { return ++at_ <= parts_.size(); }

	Value column(int) override
	{
		const std::optional<std::string> &part = parts_[at_ - 1];

		return part ? Value::Text(*part) : Value::Null();
	}

private:
	ArrayElements parts_;
	size_t at_ = 0;
};

std::unique_ptr<RowCursor>
open_parts(std::span<const Value> args)
{
	return std::make_unique<PartsCursor>(
		args[0].is_null() ? ArrayElements() : split(args[0].bytes, args[1], args[2]));
}

/* The subscripts of one dimension, forwards or backwards. */
class SubscriptCursor final : public RowCursor
{
public:
	SubscriptCursor(int64 first, int64 last, bool reverse)
		: at_(reverse ? last + 1 : first - 1), left_(last - first + 1), step_(reverse ? -1 : 1)
	{
	}

	bool next() override
	{
		at_ += step_;
		return left_-- > 0;
	}

	Value column(int) override { return Value::Int(at_); }

private:
	int64 at_, left_;
	const int64 step_;
};

std::unique_ptr<RowCursor>
open_subscripts(std::span<const Value> args)
{
	const ArrayText array = args[0].is_null() ? ArrayText() : ParseArray(args[0].bytes);
	const int64 number = args[1].is_null() ? 0 : args[1].integer;

	if (number < 1 || number > static_cast<int64>(array.dims.size()))
		return std::make_unique<SubscriptCursor>(1, 0, false);

	const auto i = static_cast<size_t>(number - 1);

	return std::make_unique<SubscriptCursor>(array.lower[i],
											 int64{array.lower[i]} + array.dims[i] - 1,
											 !args[2].is_null() && args[2].integer != 0);
}

constexpr RowColumn kPartColumns[] = {{"string_to_table", TEXTOID}};
constexpr RowColumn kSubscriptColumns[] = {{"generate_subscripts", INT4OID}};

constexpr RowSource kArraySearchSourceRows[] = {
	{"pg_catalog.string_to_table", kPartColumns, 3, open_parts},
	{"pg_catalog.generate_subscripts", kSubscriptColumns, 3, open_subscripts},
};

constexpr EngineFunction kArraySearchHelperRows[] = {
	{"pg_array_contains", 3, true, true, array_contains},
	{"pg_array_overlap", 3, true, true, array_overlap},
	{"pg_array_replace", 4, true, false, array_replace},
	{"pg_array_position", 3, true, false, array_position},
	{"pg_array_position", 4, true, false, array_position},
	{"pg_array_positions", 3, true, false, array_positions},
	{"pg_array_fill", 2, true, false, array_fill},
	{"pg_array_fill", 3, true, false, array_fill},
};

constexpr FunctionDef kArraySearchRows[] = {
	Native(744, "array_eq", 'i', "($1 = $2#1)", BOOLOID, {ANYARRAYOID, ANYARRAYOID}),
	Native(390, "array_ne", 'i', "($1 <> $2#1)", BOOLOID, {ANYARRAYOID, ANYARRAYOID}),
	Native(391, "array_lt", 'i', "($1 < $2#1)", BOOLOID, {ANYARRAYOID, ANYARRAYOID}),
	Native(392, "array_gt", 'i', "($1 > $2#1)", BOOLOID, {ANYARRAYOID, ANYARRAYOID}),
	Native(393, "array_le", 'i', "($1 <= $2#1)", BOOLOID, {ANYARRAYOID, ANYARRAYOID}),
	Native(396, "array_ge", 'i', "($1 >= $2#1)", BOOLOID, {ANYARRAYOID, ANYARRAYOID}),
	Native(2747, "arrayoverlap", 'i', "pg_array_overlap(@1, $1, $2)", BOOLOID,
		   {ANYARRAYOID, ANYARRAYOID}),
	Native(2748, "arraycontains", 'i', "pg_array_contains(@1, $1, $2)", BOOLOID,
		   {ANYARRAYOID, ANYARRAYOID}),
	Native(2749, "arraycontained", 'i', "pg_array_contains(@1, $2, $1)", BOOLOID,
		   {ANYARRAYOID, ANYARRAYOID}),
	Lax(Native(3168, "array_replace", 'i',
			   "pg_array_replace(@1, $1, pg_out(@2, $2), pg_out(@3, $3))", ANYCOMPATIBLEARRAYOID,
			   {ANYCOMPATIBLEARRAYOID, ANYCOMPATIBLEOID, ANYCOMPATIBLEOID})),
	Lax(Native(3277, "array_position", 'i', "pg_array_position(@1, $1, pg_out(@2, $2))", INT4OID,
			   {ANYCOMPATIBLEARRAYOID, ANYCOMPATIBLEOID})),
	Lax(Native(3278, "array_position", 'i', "pg_array_position(@1, $1, pg_out(@2, $2), $3)",
			   INT4OID, {ANYCOMPATIBLEARRAYOID, ANYCOMPATIBLEOID, INT4OID})),
	Lax(Native(3279, "array_positions", 'i', "pg_array_positions(@1, $1, pg_out(@2, $2))",
			   INT4ARRAYOID, {ANYCOMPATIBLEARRAYOID, ANYCOMPATIBLEOID})),
	Fn(6172, "trim_array", 'i', "trim_array", ANYARRAYOID, {ANYARRAYOID, INT4OID}, trim_array),
	Lax(Native(1193, "array_fill", 'i', "pg_array_fill(pg_out(@1, $1), $2)", ANYARRAYOID,
			   {ANYELEMENTOID, INT4ARRAYOID})),
	Lax(Native(1286, "array_fill", 'i', "pg_array_fill(pg_out(@1, $1), $2, $3)", ANYARRAYOID,
			   {ANYELEMENTOID, INT4ARRAYOID, INT4ARRAYOID})),
	Lax(Fn(394, "string_to_array", 'i', "text_to_array", TEXTARRAYOID, {TEXTOID, TEXTOID},
		   string_to_array)),
	Lax(Fn(376, "string_to_array", 'i', "text_to_array_null", TEXTARRAYOID,
		   {TEXTOID, TEXTOID, TEXTOID}, string_to_array)),
	Lax(Rows(6160, "string_to_table", 'i', "pg_catalog.string_to_table", TEXTOID,
			 {TEXTOID, TEXTOID})),
	Lax(Rows(6161, "string_to_table", 'i', "pg_catalog.string_to_table", TEXTOID,
			 {TEXTOID, TEXTOID, TEXTOID})),
	Rows(1191, "generate_subscripts", 'i', "pg_catalog.generate_subscripts", INT4OID,
		 {ANYARRAYOID, INT4OID, BOOLOID}),
	Rows(1192, "generate_subscripts", 'i', "pg_catalog.generate_subscripts", INT4OID,
		 {ANYARRAYOID, INT4OID}),
};

} /* namespace */

const std::span<const RowSource> kArraySearchSources = kArraySearchSourceRows;
const std::span<const EngineFunction> kArraySearchHelpers = kArraySearchHelperRows;
const std::span<const FunctionDef> kArraySearchFunctions = kArraySearchRows;

} /* namespace pg */
