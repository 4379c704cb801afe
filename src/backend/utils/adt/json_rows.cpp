/*
 * utils/adt/json_rows.cpp
 *		Rows as JSON objects, and JSON objects as rows.
 *
 * Processes with a database.  What columns a row has says a signature (row_type.h), of which the result
 * counts; its function is the one that was called.
 */
#include "utils/adt/array_text.h"
#include "utils/adt/json_funcs.h"
#include "utils/adt/row_text.h"
#include "utils/adt/row_type.h"

namespace pg
{

namespace
{

RowShape
shape_of(const CallType &type)
{
	return type.shape.empty() ? RowTypeShape(type.type) : type.shape;
}

constexpr std::string_view kPrettySeparator = ",\n ";

/* signature, row, pretty */
void
row_to_json(FunctionCall &call)
{
	const RowShape shape = shape_of(ParseSignature(ArgText(call, 0)).result);
	std::string text;

	AppendRowAsJson(shape, ArgText(call, 1), ArgBool(call, 2) ? kPrettySeparator : ",", &text);
	SetText(call, text);
}

void
json_to_jsonb(FunctionCall &call)
{
	SetText(call, AsJsonb(ArgText(call, 0)));
}

/* array type, array, pretty: the outermost array's elements on lines of their own */
void
array_to_json(FunctionCall &call)
{
	std::string text;

	AppendAsJson(static_cast<Oid>(ArgInt(call, 0)), call.arg(1), &text);
	if (!ArgBool(call, 2))
		return SetText(call, text);

	const JsonTree tree = ParseJson(text);
	std::string pretty = "[";

	for (const JsonTree &item : tree.items)
		pretty +=
			(pretty.size() > 1 ? std::string(kPrettySeparator) : "") + std::string(item.source);
	SetText(call, pretty + "]");
}

/* ---- JSON to rows ---- */

[[noreturn]] void
raise_bad(const std::string &message)
{
	Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE).msg("%s", message.c_str()));
}

bool
is_array_type(Oid type)
{
	const TypeDef *const def = FindType(type);

	return def != nullptr && def->category == 'A' && def->array_oid == InvalidOid;
}

RowFields populated(const RowShape &shape, const RowFields &base, const JsonTree &object,
					bool binary);

/* A value that is neither an array nor a row, as text for its type's input. */
std::string
plain_text(Oid type, const JsonTree &value, bool binary)
{
	if (type == JSONBOID)
		return FormatJsonb(value);
	if (type == JSONOID || value.kind != JsonKind::String)
		return JsonPart(value, binary);
	return value.text;
}

/* The elements of a JSON array of arrays, and how many there are on each level. */
class ArrayOfJson
{
public:
	ArrayOfJson(Oid element, std::string_view key, bool binary)
		: element_(element), key_(key), binary_(binary)
	{
	}

	std::string read(const JsonTree &value)
	{
		level(value, 0);
		if (array_.elements.empty())
			return "{}";
		array_.lower.assign(array_.dims.size(), 1);
		return FormatArray(array_);
	}

private:
	void level(const JsonTree &value, size_t depth)
	{
		const auto count = static_cast<int>(value.items.size());

		if (!value.is_array())
			raise_no_array();
		if (array_.dims.size() == depth)
			array_.dims.push_back(count);
		if (array_.dims[depth] != count)
			Raise(Report(ERROR, ERRCODE_INVALID_TEXT_REPRESENTATION)
					  .msg("malformed JSON array")
					  .detail("Multidimensional arrays must have sub-arrays with matching "
							  "dimensions."));
		for (int i = 0; i < count; i++)
		{
			const JsonTree &item = value.items[static_cast<size_t>(i)];

			places_.push_back(i);
			if (item.is_array() || array_.dims.size() > depth + 1)
				level(item, depth + 1);
			else
				add(item);
			places_.pop_back();
		}
	}

	void add(const JsonTree &item);

	[[noreturn]] void raise_no_array() const
	{
		std::string hint = "See the ";

		for (const int place : places_)
			hint +=
				(place == places_.front() ? "array element [" : "[") + std::to_string(place) + "]";
		hint += (places_.empty() ? "value of key \"" : " of key \"") + std::string(key_) + "\".";
		Raise(Report(ERROR, ERRCODE_INVALID_TEXT_REPRESENTATION)
				  .msg("expected JSON array")
				  .hint("%s", hint.c_str()));
	}

	const Oid element_;
	const std::string_view key_;
	const bool binary_;
	ArrayText array_;
	std::vector<int> places_;
};

/* A value as the text of a type; nothing for null. */
std::optional<std::string>
text_as(const RowField &field, const JsonTree &value, const std::optional<std::string> &old,
		bool binary)
{
	std::string text, scratch;

	if (value.kind == JsonKind::Null)
		return std::nullopt;
	if (IsRowType(field.type) && value.kind != JsonKind::String)
	{
		const RowShape shape = RowTypeShape(field.type);

		return FormatRow(populated(
			shape, old ? ParseRow(*old, static_cast<int>(shape.size())) : RowFields(shape.size()),
			value, binary));
	}
	if (is_array_type(field.type) && value.kind != JsonKind::String)
		text = ArrayOfJson(FindType(field.type)->element_oid, field.name, binary).read(value);
	else
		text = plain_text(field.type, value, binary);
	return ValueOut(field.type, ValueIn(field.type, text, field.typmod, &scratch));
}

void
ArrayOfJson::add(const JsonTree &item)
{
	array_.elements.push_back(text_as({std::string(key_), element_, -1}, item, {}, binary_));
}

RowFields
populated(const RowShape &shape, const RowFields &base, const JsonTree &object, bool binary)
{
	RowFields fields = base;

	if (!object.is_object())
		raise_bad(std::string("cannot call populate_composite on ") +
				  (object.is_array() ? "an array" : "a scalar"));
	for (size_t i = 0; i < shape.size(); i++)
		if (const JsonTree *const value = object.find(shape[i].name))
			fields[i] = text_as(shape[i], *value, base[i], binary);
	return fields;
}

/* ---- The functions: which they are says their OID ---- */

struct JsonRows
{
	Oid oid;
	const char *name;
	bool is_set, has_base, is_binary;
};

constexpr JsonRows kRowFunctions[] = {
	{3960, "json_populate_record", false, true, false},
	{3209, "jsonb_populate_record", false, true, true},
	{3961, "json_populate_recordset", true, true, false},
	{3475, "jsonb_populate_recordset", true, true, true},
	{3204, "json_to_record", false, false, false},
	{3490, "jsonb_to_record", false, false, true},
	{3205, "json_to_recordset", true, false, false},
	{3491, "jsonb_to_recordset", true, false, true},
};

const JsonRows &
function_of(Oid oid)
{
	for (const JsonRows &function : kRowFunctions)
		if (function.oid == oid)
			return function;
	Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR).msg("cache lookup failed for function %u", oid));
}

/* What a call was given, read. */
struct Given
{
	Given(std::string_view signature_text, const Value &base_value, const Value &json)
		: signature(ParseSignature(signature_text)), function(function_of(signature.function)),
		  shape(shape_of(signature.result)), has_base(!base_value.is_null()),
		  base(has_base ? ParseRow(base_value.bytes, static_cast<int>(shape.size()))
						: RowFields(shape.size())),
		  has_json(!json.is_null()), text(json.bytes)
	{
		if (shape.empty())
			Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
					  .msg("could not determine row type for result of %s", function.name)
					  .hint("Provide a non-null record argument, or call the function in the FROM "
							"clause using a column definition list."));
		if (has_json)
			tree = ParseJson(text);
	}

	const CallSignature signature;
	const JsonRows &function;
	const RowShape shape;
	const bool has_base;
	const RowFields base;
	const bool has_json;
	const std::string text;
	JsonTree tree;
};

/* signature, base, json: one row as a value */
void
populate(FunctionCall &call)
{
	const Given given(ArgText(call, 0), call.arg(1), call.arg(2));

	if (!given.has_json)
		return call.set_result(call.arg(1));
	SetText(call,
			FormatRow(populated(given.shape, given.base, given.tree, given.function.is_binary)));
}

/* signature, base (of those that take one), json: rows with their fields */
class JsonRowsCursor final : public RowCursor
{
public:
	explicit JsonRowsCursor(std::span<const Value> args)
		: given_(args[0].bytes, takes_base(args) ? args[1] : Value::Null(),
				 takes_base(args) ? args[2] : args[1])
	{
		if (given_.function.is_set && given_.has_json)
			check_array();
	}

	bool next() override
	{
		const bool more = given_.function.is_set ? next_ < given_.tree.items.size() : next_ == 0;

		if (!more || (given_.function.is_set && !given_.has_json))
			return false;
		if (!given_.has_json)
			fields_ = given_.base;
		else
			fields_ = populated(given_.shape, given_.base,
								given_.function.is_set ? element(next_) : given_.tree,
								given_.function.is_binary);
		next_++;
		return true;
	}

	Value column(int i) override
	{
		const auto field = static_cast<size_t>(i);

		if (field == 0)
		{
			scratch_ = FormatRow(fields_);
			return Value::Text(scratch_);
		}
		if (field > fields_.size() || !fields_[field - 1])
			return Value::Null();
		return ValueIn(given_.shape[field - 1].type, *fields_[field - 1], -1, &scratch_);
	}

private:
	static bool takes_base(std::span<const Value> args)
	{
		return function_of(ParseSignature(args[0].bytes).function).has_base;
	}

	void check_array() const
	{
		const std::string name = given_.function.name;

		if (given_.tree.is_array())
			return;
		raise_bad("cannot call " + name + " on " +
				  (given_.function.is_binary ? "a non-array"
				   : given_.tree.is_object() ? "an object"
											 : "a scalar"));
	}

	const JsonTree &element(size_t i) const
	{
		const JsonTree &item = given_.tree.items[i];

		if (!item.is_object())
			raise_bad(std::string("argument of ") + given_.function.name +
					  " must be an array of objects");
		return item;
	}

	const Given given_;
	size_t next_ = 0;
	RowFields fields_;
	std::string scratch_;
};

/* ---- json_object ---- */

void
check_even(const ArrayText &pairs)
{
	if (pairs.dims.size() > 2)
		Raise(Report(ERROR, ERRCODE_ARRAY_SUBSCRIPT_ERROR).msg("wrong number of array subscripts"));
	if (pairs.dims.size() == 2 && pairs.dims[1] != 2)
		Raise(Report(ERROR, ERRCODE_ARRAY_SUBSCRIPT_ERROR).msg("array must have two columns"));
	if (pairs.elements.size() % 2 != 0)
		Raise(Report(ERROR, ERRCODE_ARRAY_SUBSCRIPT_ERROR)
				  .msg("array must have even number of elements"));
}

/* key, value, key, value ... */
std::string
object_of_texts(const ArrayElements &texts)
{
	std::string object = "{";

	for (size_t i = 0; i < texts.size(); i += 2)
	{
		if (!texts[i])
			Raise(Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED)
					  .msg("null value not allowed for object key"));
		object += i > 0 ? ", " : "";
		AppendJsonString(*texts[i], &object);
		object += " : ";
		if (texts[i + 1])
			AppendJsonString(*texts[i + 1], &object);
		else
			object += "null";
	}
	return object + "}";
}

template <bool kBinary>
void
object_of_pairs(FunctionCall &call)
{
	const ArrayText pairs = ParseArray(ArgText(call, 0));

	check_even(pairs);

	const std::string object = object_of_texts(pairs.elements);

	SetText(call, kBinary ? AsJsonb(object) : object);
}

template <bool kBinary>
void
object_of_two(FunctionCall &call)
{
	const ArrayText keys = ParseArray(ArgText(call, 0)), values = ParseArray(ArgText(call, 1));
	ArrayElements texts;

	if (keys.dims.size() > 1 || keys.dims.size() != values.dims.size())
		Raise(Report(ERROR, ERRCODE_ARRAY_SUBSCRIPT_ERROR).msg("wrong number of array subscripts"));
	if (keys.elements.size() != values.elements.size())
		Raise(Report(ERROR, ERRCODE_ARRAY_SUBSCRIPT_ERROR).msg("mismatched array dimensions"));
	for (size_t i = 0; i < keys.elements.size(); i++)
	{
		texts.push_back(keys.elements[i]);
		texts.push_back(values.elements[i]);
	}

	const std::string object = object_of_texts(texts);

	SetText(call, kBinary ? AsJsonb(object) : object);
}

/* ---- Tables ---- */

constexpr EngineFunction kJsonRowsHelperRows[] = {
	{"pg_row_to_json", 3, true, true, row_to_json},
	{"pg_json_to_jsonb", 1, true, true, json_to_jsonb},
	{"pg_array_to_json", 3, true, true, array_to_json},
	{"pg_json_populate", 3, true, false, populate},
};

consteval FunctionDef
rows_of(FunctionDef row)
{
	row.row_source = kJsonRowsName;
	return row;
}

consteval FunctionDef
set_of(FunctionDef row)
{
	row.kind = FunctionKind::TableSource;
	row.lowering = nullptr;
	return rows_of(row);
}

constexpr const char *kPopulate = "pg_json_populate(@0, $1, $2)";
constexpr const char *kToRecord = "pg_json_populate(@0, NULL, $1)";

constexpr FunctionDef kJsonRowFunctionRows[] = {
	Native(3155, "row_to_json", 's', "~1", JSONOID, {RECORDOID}),
	Native(3156, "row_to_json", 's', "~1~2", JSONOID, {RECORDOID, BOOLOID}),
	Native(3154, "array_to_json", 's', "pg_array_to_json(@1, $1, $2)", JSONOID,
		   {ANYARRAYOID, BOOLOID}),
	Fn(3202, "json_object", 'i', "json_object", JSONOID, {TEXTARRAYOID}, object_of_pairs<false>),
	Fn(3203, "json_object", 'i', "json_object_two_arg", JSONOID, {TEXTARRAYOID, TEXTARRAYOID},
	   object_of_two<false>),
	Fn(3263, "jsonb_object", 'i', "jsonb_object", JSONBOID, {TEXTARRAYOID}, object_of_pairs<true>),
	Fn(3264, "jsonb_object", 'i', "jsonb_object_two_arg", JSONBOID, {TEXTARRAYOID, TEXTARRAYOID},
	   object_of_two<true>),
	rows_of(Lax(Defaults(Native(3960, "json_populate_record", 's', kPopulate, ANYELEMENTOID,
								{ANYELEMENTOID, JSONOID, BOOLOID}),
						 1, "false"))),
	rows_of(Lax(Native(3209, "jsonb_populate_record", 's', kPopulate, ANYELEMENTOID,
					   {ANYELEMENTOID, JSONBOID}))),
	set_of(Lax(Defaults(Native(3961, "json_populate_recordset", 's', kPopulate, ANYELEMENTOID,
							   {ANYELEMENTOID, JSONOID, BOOLOID}),
						1, "false"))),
	set_of(Lax(Native(3475, "jsonb_populate_recordset", 's', kPopulate, ANYELEMENTOID,
					  {ANYELEMENTOID, JSONBOID}))),
	rows_of(Native(3204, "json_to_record", 's', kToRecord, RECORDOID, {JSONOID})),
	rows_of(Native(3490, "jsonb_to_record", 's', kToRecord, RECORDOID, {JSONBOID})),
	set_of(Lax(Native(3205, "json_to_recordset", 's', kToRecord, RECORDOID, {JSONOID}))),
	set_of(Lax(Native(3491, "jsonb_to_recordset", 's', kToRecord, RECORDOID, {JSONBOID}))),
};

} /* namespace */

void
AppendRowAsJson(const RowShape &shape, std::string_view row, std::string_view separator,
				std::string *out)
{
	const RowFields fields = ParseRow(row, static_cast<int>(shape.size()));

	*out += '{';
	for (size_t i = 0; i < shape.size(); i++)
	{
		std::string scratch;

		*out += i > 0 ? separator : "";
		AppendJsonString(shape[i].name, out);
		*out += ':';
		if (fields[i])
			AppendAsJson(shape[i].type, ValueIn(shape[i].type, *fields[i], -1, &scratch), out);
		else
			*out += "null";
	}
	*out += '}';
}

const std::span<const EngineFunction> kJsonRowsHelpers = kJsonRowsHelperRows;
const std::span<const FunctionDef> kJsonRowsFunctions = kJsonRowFunctionRows;

std::unique_ptr<RowCursor>
OpenJsonRows(std::span<const Value> args)
{
	return std::make_unique<JsonRowsCursor>(args);
}

} /* namespace pg */
