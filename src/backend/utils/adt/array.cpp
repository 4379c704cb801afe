/*
 * utils/adt/array.cpp
 *		Functions of arrays, which lie in the engine as their text.
 *
 * Any process.  One dimension only: more raise 0A000.
 */
#include <algorithm>

#include "utils/adt/adt_internals.h"
#include "utils/adt/array_text.h"

namespace pg
{

using Elements = std::vector<std::optional<std::string>>;

static std::optional<std::string>
quoted_element(std::string_view text, size_t *at)
{
	std::string element;

	for ((*at)++; *at < text.size() && text[*at] != '"'; (*at)++)
	{
		if (text[*at] == '\\')
			(*at)++;
		if (*at < text.size())
			element += text[*at];
	}
	(*at)++;
	return element;
}

static std::optional<std::string>
bare_element(std::string_view text, size_t *at)
{
	const size_t end = std::min(text.find_first_of(",}", *at), text.size());
	const std::string_view element = TrimSpace(text.substr(*at, end - *at));

	*at = end;
	if (element == "NULL" || element == "null")
		return std::nullopt;
	return std::string(element);
}

static Elements
read_vector(std::string_view text)
{
	Elements elements;

	for (size_t at = 0; at < text.size();)
	{
		const size_t end = std::min(text.find(' ', at), text.size());

		elements.emplace_back(text.substr(at, end - at));
		at = end + 1;
	}
	return elements;
}

Elements
ReadArray(std::string_view text)
{
	Elements elements;

	if (text.empty() || IsDigit(text.front()) || text.front() == '-')
		return read_vector(text);
	if (text.size() < 2 || text.front() != '{' || text.back() != '}')
		Raise(Report(ERROR, ERRCODE_INVALID_TEXT_REPRESENTATION)
				  .msg("malformed array literal: \"%s\"", std::string(text).c_str()));
	for (size_t at = 1; at < text.size() && text[at] != '}'; at++)
	{
		if (text[at] == '{')
			RaiseNotSupported("an array of more than one dimension");
		elements.push_back(text[at] == '"' ? quoted_element(text, &at) : bare_element(text, &at));
		if (at < text.size() && text[at] == '}')
			break;
	}
	return elements;
}

void
AppendElement(std::optional<std::string_view> element, std::string *array)
{
	if (array->size() > 1)
		*array += ',';
	if (!element)
	{
		*array += "NULL";
		return;
	}
	const bool quoted = element->empty() || *element == "NULL" || *element == "null" ||
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

static void
array_to_string(FunctionCall &call)
{
	if (call.arg(0).is_null() || call.arg(1).is_null())
		return;
	const std::string_view separator = ArgText(call, 1);
	const bool show_nulls = call.arg_count() > 2 && !call.arg(2).is_null();
	std::string text;
	bool first = true;

	for (const std::optional<std::string> &element : ReadArray(ArgText(call, 0)))
	{
		if (!element && !show_nulls)
			continue;
		if (!first)
			text += separator;
		first = false;
		text += element ? std::string_view(*element) : ArgText(call, 2);
	}
	SetText(call, text);
}

static void
array_length(FunctionCall &call)
{
	const size_t count = ReadArray(ArgText(call, 0)).size();

	if (count > 0 && ArgInt(call, 1) == 1)
		SetInt(call, static_cast<int64>(count));
}

static void
array_lower(FunctionCall &call)
{
	const std::string_view text = ArgText(call, 0);

	if (!ReadArray(text).empty() && ArgInt(call, 1) == 1)
		SetInt(call, text.front() == '{' ? 1 : 0);
}

static void
array_upper(FunctionCall &call)
{
	const std::string_view text = ArgText(call, 0);
	const int64 count = static_cast<int64>(ReadArray(text).size());

	if (count > 0 && ArgInt(call, 1) == 1)
		SetInt(call, text.front() == '{' ? count : count - 1);
}

static void
cardinality(FunctionCall &call)
{
	SetInt(call, static_cast<int64>(ReadArray(ArgText(call, 0)).size()));
}

/* ---- Functions of an array and one element, which comes as text (pg_out) or null ---- */

static std::optional<std::string_view>
element_argument(const FunctionCall &call, int number)
{
	return call.arg(number).is_null() ? std::nullopt : std::optional(ArgText(call, number));
}

static void
set_array(FunctionCall &call, const Elements &elements)
{
	std::string text = "{";

	for (const std::optional<std::string> &element : elements)
		AppendElement(element, &text);
	SetText(call, text + "}");
}

static Elements
array_argument(const FunctionCall &call, int number)
{
	return call.arg(number).is_null() ? Elements() : ReadArray(ArgText(call, number));
}

static void
array_remove(FunctionCall &call)
{
	if (call.arg(0).is_null())
		return;
	Elements elements = array_argument(call, 0);

	std::erase(elements, element_argument(call, 1));
	set_array(call, elements);
}

static void
array_append(FunctionCall &call)
{
	Elements elements = array_argument(call, 0);

	elements.emplace_back(element_argument(call, 1));
	set_array(call, elements);
}

static void
array_prepend(FunctionCall &call)
{
	Elements elements = array_argument(call, 1);

	elements.emplace(elements.begin(), element_argument(call, 0));
	set_array(call, elements);
}

static void
array_cat(FunctionCall &call)
{
	if (call.arg(0).is_null() && call.arg(1).is_null())
		return;
	Elements elements = array_argument(call, 0);
	const Elements others = array_argument(call, 1);

	elements.insert(elements.end(), others.begin(), others.end());
	set_array(call, elements);
}

static void
array_position(FunctionCall &call)
{
	const Elements elements = array_argument(call, 0);
	const auto found = std::ranges::find(elements, element_argument(call, 1));

	if (found != elements.end())
		SetInt(call, found - elements.begin() + 1);
}

static constexpr EngineFunction kHelpers[] = {
	{"pg_array_remove", 2, true, false, array_remove},
	{"pg_array_append", 2, true, false, array_append},
	{"pg_array_prepend", 2, true, false, array_prepend},
	{"pg_array_position", 2, true, false, array_position},
};

const std::span<const EngineFunction> kArrayHelpers = kHelpers;

/* ---- unnest: argument 1 is the element type's OID ---- */

namespace
{

class ElementCursor final : public RowCursor
{
public:
	ElementCursor(Elements elements, Oid type) : elements_(std::move(elements)), type_(type) {}

	bool next() override { return ++at_ <= elements_.size(); }

	Value column(int) override
	{
		const std::optional<std::string> &element = elements_[at_ - 1];

		return element ? ValueIn(type_, *element, -1, &scratch_) : Value::Null();
	}

private:
	Elements elements_;
	Oid type_;
	size_t at_ = 0;
	std::string scratch_;
};

std::unique_ptr<RowCursor>
open_elements(std::span<const Value> args)
{
	return std::make_unique<ElementCursor>(args[0].is_null() ? Elements()
															 : ReadArray(args[0].bytes),
										   static_cast<Oid>(args[1].integer));
}

} /* namespace */

static constexpr RowColumn kElementColumns[] = {{"unnest", TEXTOID}};

static constexpr RowSource kSources[] = {
	{"pg_catalog.unnest", kElementColumns, 2, open_elements},
};

const std::span<const RowSource> kArraySources = kSources;

/* No rows give null, not an empty array. */
static consteval FunctionDef
array_agg_row()
{
	FunctionDef row = MakeRow(2335, "array_agg", 'i', ANYARRAYOID, {ANYNONARRAYOID});

	row.kind = FunctionKind::Aggregate;
	row.strict = false;
	row.lowering = "CASE WHEN count(*) > 0 THEN pg_array_of_rows(pg_out(@1, $1)) END";
	return row;
}

static constexpr FunctionDef kRows[] = {
	Lax(Fn(384, "array_to_string", 's', "array_to_string_nulls", TEXTOID,
		   {ANYARRAYOID, TEXTOID, TEXTOID}, array_to_string)),
	Fn(395, "array_to_string", 's', "array_to_string", TEXTOID, {ANYARRAYOID, TEXTOID},
	   array_to_string),
	Fn(2091, "array_lower", 'i', "array_lower", INT4OID, {ANYARRAYOID, INT4OID}, array_lower),
	Fn(2092, "array_upper", 'i', "array_upper", INT4OID, {ANYARRAYOID, INT4OID}, array_upper),
	Fn(2176, "array_length", 'i', "array_length", INT4OID, {ANYARRAYOID, INT4OID}, array_length),
	Rows(2331, "unnest", 'i', "pg_catalog.unnest", ANYELEMENTOID, {ANYARRAYOID}),
	array_agg_row(),
	Lax(Native(378, "array_append", 'i', "pg_array_append($1, pg_out(@2, $2))",
			   ANYCOMPATIBLEARRAYOID, {ANYCOMPATIBLEARRAYOID, ANYCOMPATIBLEOID})),
	Lax(Native(379, "array_prepend", 'i', "pg_array_prepend(pg_out(@1, $1), $2)",
			   ANYCOMPATIBLEARRAYOID, {ANYCOMPATIBLEOID, ANYCOMPATIBLEARRAYOID})),
	Lax(Fn(383, "array_cat", 'i', "array_cat", ANYCOMPATIBLEARRAYOID,
		   {ANYCOMPATIBLEARRAYOID, ANYCOMPATIBLEARRAYOID}, array_cat)),
	Lax(Native(3167, "array_remove", 'i', "pg_array_remove($1, pg_out(@2, $2))",
			   ANYCOMPATIBLEARRAYOID, {ANYCOMPATIBLEARRAYOID, ANYCOMPATIBLEOID})),
	Lax(Native(3277, "array_position", 'i', "pg_array_position($1, pg_out(@2, $2))", INT4OID,
			   {ANYCOMPATIBLEARRAYOID, ANYCOMPATIBLEOID})),
	Fn(3179, "cardinality", 'i', "cardinality", INT4OID, {ANYARRAYOID}, cardinality),
};

const std::span<const FunctionDef> kArrayFunctions = kRows;

} /* namespace pg */
