/*
 * utils/adt/json.cpp
 *		json and jsonb: input, access to parts, values as JSON, aggregates, rows of parts.
 *
 * Any process.  Each body serves both types: in json a part is shown as it was written.
 */
#include "utils/adt/json_funcs.h"

#include <algorithm>

#include "miscadmin.h"
#include "utils/adt/array_text.h"
#include "utils/adt/type_io.h"

namespace pg
{

Value
JsonIn(std::string_view text, int32, std::string *)
{
	CheckJson(text);
	return Value::Text(text);
}

Value
JsonbIn(std::string_view text, int32, std::string *scratch)
{
	*scratch = AsJsonb(text);
	return Value::Text(*scratch);
}

std::vector<std::optional<std::string>>
ArgTexts(const FunctionCall &call, int i)
{
	return ReadArray(ArgText(call, i));
}

/* ---- Access ---- */

template <bool kBinary, bool kAsText>
static void
set_part(FunctionCall &call, const JsonTree *part)
{
	std::string text;

	if (part == nullptr)
		return;
	if constexpr (kAsText)
	{
		if (!JsonPartAsText(*part, kBinary, &text))
			return;
	}
	else
		text = JsonPart(*part, kBinary);
	SetText(call, text);
}

template <bool kBinary, bool kAsText>
static void
object_field(FunctionCall &call)
{
	const JsonTree tree = ParseJson(ArgText(call, 0));

	set_part<kBinary, kAsText>(call, tree.find(ArgText(call, 1)));
}

template <bool kBinary, bool kAsText>
static void
array_element(FunctionCall &call)
{
	const JsonTree tree = ParseJson(ArgText(call, 0));

	set_part<kBinary, kAsText>(call, tree.at(ArgInt(call, 1)));
}

/* False where the text is no integer. */
static bool
read_index(const std::string &text, long long *index)
{
	char *end = nullptr;

	*index = strtoll(text.c_str(), &end, 10);
	return end != text.c_str() && *end == '\0' && *index >= PG_INT32_MIN && *index <= PG_INT32_MAX;
}

template <bool kBinary, bool kAsText>
static void
extract_path(FunctionCall &call)
{
	const JsonTree tree = ParseJson(ArgText(call, 0));
	const JsonTree *at = &tree;

	for (const std::optional<std::string> &step : ArgTexts(call, 1))
	{
		long long index;

		if (!step || at == nullptr)
			return;
		if (at->is_object())
			at = at->find(*step);
		else
			at = read_index(*step, &index) ? at->at(index) : nullptr;
	}
	set_part<kBinary, kAsText>(call, at);
}

static void
json_typeof(FunctionCall &call)
{
	constexpr const char *kNames[] = {"null", "string", "number", "boolean", "array", "object"};

	SetText(call, kNames[static_cast<size_t>(ParseJson(ArgText(call, 0)).kind)]);
}

static void
json_array_length(FunctionCall &call)
{
	const JsonTree tree = ParseJson(ArgText(call, 0));

	if (!tree.is_array())
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg(tree.is_object() ? "cannot get array length of a non-array"
										: "cannot get array length of a scalar"));
	SetInt(call, static_cast<int64>(tree.items.size()));
}

static void
drop_nulls(JsonTree *tree)
{
	for (size_t i = tree->items.size(); i-- > 0;)
	{
		drop_nulls(&tree->items[i]);
		if (!tree->is_object() || tree->items[i].kind != JsonKind::Null)
			continue;
		tree->items.erase(tree->items.begin() + static_cast<ptrdiff_t>(i));
		tree->keys.erase(tree->keys.begin() + static_cast<ptrdiff_t>(i));
	}
}

/* Without the blanks that jsonb prints. */
static void
append_compact(const JsonTree &tree, std::string *out)
{
	if (tree.is_scalar())
	{
		if (tree.kind == JsonKind::String)
			return AppendJsonString(tree.text, out);
		*out += tree.source;
		return;
	}
	*out += tree.is_array() ? '[' : '{';
	for (size_t i = 0; i < tree.items.size(); i++)
	{
		if (i > 0)
			*out += ',';
		if (tree.is_object())
		{
			AppendJsonString(tree.keys[i], out);
			*out += ':';
		}
		append_compact(tree.items[i], out);
	}
	*out += tree.is_array() ? ']' : '}';
}

template <bool kBinary>
static void
strip_nulls(FunctionCall &call)
{
	JsonTree tree = ParseJson(ArgText(call, 0));
	std::string text;

	drop_nulls(&tree);
	if (kBinary)
		text = FormatJsonb(tree);
	else
		append_compact(tree, &text);
	SetText(call, text);
}

/* ---- Values of other types as JSON ---- */

/* ISO 8601, whatever DateStyle says: a T between date and time, minutes in every offset. */
static void
append_iso_timestamp(Oid type, const Value &value, std::string *out)
{
	const int style = DateStyle;

	DateStyle = USE_ISO_DATES;
	std::string text = ValueOut(type, value);
	DateStyle = style;

	const size_t blank = text.find(' ');

	if (type != DATEOID && blank != std::string::npos)
	{
		text[blank] = 'T';
		if (const size_t sign = text.find_first_of("+-", blank);
			sign != std::string::npos && (sign + 3 >= text.size() || text[sign + 3] == ' '))
			text.insert(sign + 3, ":00");
	}
	AppendJsonString(text, out);
}

static void
append_json_array(Oid element, const ArrayText &array, size_t depth, size_t *at, std::string *out)
{
	*out += '[';
	for (int i = 0; i < array.dims[depth]; i++)
	{
		if (i > 0)
			*out += ',';
		if (depth + 1 < array.dims.size())
		{
			append_json_array(element, array, depth + 1, at, out);
			continue;
		}
		const std::optional<std::string> &text = array.elements[(*at)++];
		std::string scratch;

		if (text)
			AppendAsJson(element, ValueIn(element, *text, -1, &scratch), out);
		else
			*out += "null";
	}
	*out += ']';
}

static bool
is_json_number(std::string_view text)
{
	const size_t digit = text.starts_with('-') ? 1 : 0;

	return text.size() > digit && IsDigit(text[digit]);
}

void
AppendAsJson(Oid type, const Value &value, std::string *out)
{
	const TypeDef &def = *FindType(type);

	if (def.category == 'A' && def.element_oid != InvalidOid && def.array_oid == InvalidOid)
	{
		const ArrayText array = ParseArray(value.bytes);
		size_t at = 0;

		if (array.elements.empty())
			*out += "[]";
		else
			append_json_array(def.element_oid, array, 0, &at, out);
		return;
	}
	switch (type)
	{
		case BOOLOID: *out += value.integer != 0 ? "true" : "false"; return;
		case JSONOID:
		case JSONBOID: *out += value.bytes; return;
		case DATEOID:
		case TIMESTAMPOID:
		case TIMESTAMPTZOID: return append_iso_timestamp(type, value, out);
		case INT2OID:
		case INT4OID:
		case INT8OID:
		case FLOAT4OID:
		case FLOAT8OID:
		case NUMERICOID:
			if (const std::string text = ValueOut(type, value); is_json_number(text))
			{
				*out += text;
				return;
			}
			break;
		default: break;
	}
	if (IsRowType(type))
		return AppendRowAsJson(RowTypeShape(type), value.bytes, ",", out);
	if (type == RECORDOID)
		RaiseNotSupported("a record of unknown columns as JSON");
	AppendJsonString(ValueOut(type, value), out);
}

/* pg_to_json(type, value): null stays null. */
static void
to_json(FunctionCall &call)
{
	std::string text;

	if (call.arg(1).is_null())
		return;
	AppendAsJson(static_cast<Oid>(ArgInt(call, 0)), call.arg(1), &text);
	SetText(call, text);
}

/* A key: a value as text, from its JSON. */
static std::string
key_of(const Value &json, int number, bool binary)
{
	if (json.is_null() && binary)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("argument %d: key must not be null", number));
	if (json.is_null())
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("argument %d cannot be null", number)
				  .hint("Object keys should be text."));
	const JsonTree tree = ParseJson(json.bytes);

	if (!tree.is_scalar() || tree.kind == JsonKind::Null)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("key value must be scalar, not array, composite, or json"));
	return tree.kind == JsonKind::String ? tree.text : std::string(tree.source);
}

static std::string_view
value_of(const Value &json)
{
	return json.is_null() ? std::string_view("null") : json.bytes;
}

/* Arguments come as JSON. */
template <bool kBinary>
static void
build_object(FunctionCall &call)
{
	std::string text = "{";

	if (call.arg_count() % 2 != 0)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("argument list must have even number of elements")
				  .hint("The arguments of %s must consist of alternating keys and values.",
						kBinary ? "jsonb_build_object()" : "json_build_object()"));
	for (int i = 0; i < call.arg_count(); i += 2)
	{
		if (i > 0)
			text += ", ";
		AppendJsonString(key_of(call.arg(i), i + 1, kBinary), &text);
		text.append(" : ").append(value_of(call.arg(i + 1)));
	}
	text += '}';
	SetText(call, kBinary ? AsJsonb(text) : text);
}

template <bool kBinary>
static void
build_array(FunctionCall &call)
{
	std::string text = "[";

	for (int i = 0; i < call.arg_count(); i++)
	{
		if (i > 0)
			text += ", ";
		text += value_of(call.arg(i));
	}
	text += ']';
	SetText(call, kBinary ? AsJsonb(text) : text);
}

/* ---- Aggregates: arguments come as JSON ---- */

namespace
{

template <bool kBinary>
class ArrayOfRows final : public AggregateState
{
public:
	void step(FunctionCall &call) override
	{
		const bool first = text_.empty();

		text_ += first ? "[" : ", ";
		/* json_agg begins a line for each array or row. */
		if (!kBinary && !first && !call.arg(0).is_null() && is_composite(call.arg(1)))
			text_ += "\n ";
		text_ += value_of(call.arg(0));
	}

	void finish(FunctionCall &call) override
	{
		if (text_.empty())
			return;
		text_ += ']';
		SetText(call, kBinary ? AsJsonb(text_) : text_);
	}

private:
	static bool is_composite(const Value &type_oid)
	{
		const auto type = static_cast<Oid>(type_oid.integer);
		const TypeDef *const def = FindType(type);

		return type == RECORDOID || IsRowType(type) || (def != nullptr && def->category == 'A');
	}

	std::string text_;
};

template <bool kBinary>
class ObjectOfRows final : public AggregateState
{
public:
	void step(FunctionCall &call) override
	{
		if (call.arg(0).is_null())
			Raise(
				Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE).msg("field name must not be null"));
		text_ += text_.empty() ? "{ " : ", ";
		AppendJsonString(key_of(call.arg(0), 1, kBinary), &text_);
		text_.append(" : ").append(value_of(call.arg(1)));
	}

	void finish(FunctionCall &call) override
	{
		if (text_.empty())
			return;
		text_ += " }";
		SetText(call, kBinary ? AsJsonb(text_) : text_);
	}

private:
	std::string text_;
};

/* ---- Rows of the parts of a value ---- */

enum class PartKind : uint8_t
{
	Elements,
	Pairs,
	Keys
};

template <PartKind kParts, bool kBinary, bool kAsText>
class PartCursor final : public RowCursor
{
public:
	explicit PartCursor(const Value &value) : text_(value.bytes)
	{
		if (!value.is_null())
			tree_ = ParseJson(text_), check();
	}

	bool next() override { return ++at_ <= tree_.items.size(); }

	Value column(int i) override
	{
		if (kParts != PartKind::Elements && i == 0)
			return Value::Text(tree_.keys[at_ - 1]);

		const JsonTree &part = tree_.items[at_ - 1];

		if (!kAsText)
			shown_ = JsonPart(part, kBinary);
		else if (!JsonPartAsText(part, kBinary, &shown_))
			return Value::Null();
		return Value::Text(shown_);
	}

private:
	[[noreturn]] static void refuse(const char *message)
	{
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE).msg("%s", message));
	}

	void check() const
	{
		switch (kParts)
		{
			case PartKind::Elements:
				if (tree_.is_object())
					refuse(kBinary ? "cannot extract elements from an object"
								   : "cannot deconstruct a non-array");
				if (!tree_.is_array())
					refuse(kBinary ? "cannot extract elements from a scalar"
								   : "cannot call json_array_elements on a scalar");
				return;
			case PartKind::Keys:
				if (!tree_.is_object())
					refuse(std::string(std::string("cannot call ") + (kBinary ? "jsonb" : "json") +
									   "_object_keys on " +
									   (tree_.is_array() ? "an array" : "a scalar"))
							   .c_str());
				return;
			case PartKind::Pairs:
				if (!tree_.is_object())
					refuse(kBinary ? kAsText ? "cannot call jsonb_each_text on a non-object"
											 : "cannot call jsonb_each on a non-object"
						   : tree_.is_array() ? "cannot deconstruct an array as an object"
											  : "cannot deconstruct a scalar");
		}
	}

	const std::string text_;
	JsonTree tree_;
	size_t at_ = 0;
	std::string shown_;
};

template <PartKind kParts, bool kBinary, bool kAsText>
std::unique_ptr<RowCursor>
open_json_parts(std::span<const Value> args)
{
	return std::make_unique<PartCursor<kParts, kBinary, kAsText>>(args[0]);
}

} /* namespace */

/* ---- Tables ---- */

static constexpr EngineFunction kJsonHelperRows[] = {
	{"pg_to_json", 2, true, false, to_json},
};

const std::span<const EngineFunction> kJsonHelpers = kJsonHelperRows;

static constexpr EngineAggregate kAggregates[] = {
	{"pg_json_agg", 2, MakeState<ArrayOfRows<false>>},
	{"pg_jsonb_agg", 1, MakeState<ArrayOfRows<true>>},
	{"pg_json_object_agg", 2, MakeState<ObjectOfRows<false>>},
	{"pg_jsonb_object_agg", 2, MakeState<ObjectOfRows<true>>},
};

const std::span<const EngineAggregate> kJsonAggregates = kAggregates;

static constexpr RowColumn kJsonValue[] = {{"value", JSONOID}},
						   kJsonbValue[] = {{"value", JSONBOID}},
						   kTextValue[] = {{"value", TEXTOID}},
						   kJsonPair[] = {{"key", TEXTOID}, {"value", JSONOID}},
						   kJsonbPair[] = {{"key", TEXTOID}, {"value", JSONBOID}},
						   kTextPair[] = {{"key", TEXTOID}, {"value", TEXTOID}},
						   kJsonKey[] = {{"json_object_keys", TEXTOID}},
						   kJsonbKey[] = {{"jsonb_object_keys", TEXTOID}};

static constexpr RowSource kJsonSourceRows[] = {
	{"pg_catalog.json_array_elements", kJsonValue, 1,
	 open_json_parts<PartKind::Elements, false, false>},
	{"pg_catalog.jsonb_array_elements", kJsonbValue, 1,
	 open_json_parts<PartKind::Elements, true, false>},
	{"pg_catalog.json_array_elements_text", kTextValue, 1,
	 open_json_parts<PartKind::Elements, false, true>},
	{"pg_catalog.jsonb_array_elements_text", kTextValue, 1,
	 open_json_parts<PartKind::Elements, true, true>},
	{"pg_catalog.json_each", kJsonPair, 1, open_json_parts<PartKind::Pairs, false, false>},
	{"pg_catalog.jsonb_each", kJsonbPair, 1, open_json_parts<PartKind::Pairs, true, false>},
	{"pg_catalog.json_each_text", kTextPair, 1, open_json_parts<PartKind::Pairs, false, true>},
	{"pg_catalog.jsonb_each_text", kTextPair, 1, open_json_parts<PartKind::Pairs, true, true>},
	{"pg_catalog.json_object_keys", kJsonKey, 1, open_json_parts<PartKind::Keys, false, false>},
	{"pg_catalog.jsonb_object_keys", kJsonbKey, 1, open_json_parts<PartKind::Keys, true, false>},
};

const std::span<const RowSource> kJsonSources = kJsonSourceRows;

static consteval FunctionDef
AggregateAs(Oid oid, const char *name, const char *lowering, Oid result,
			std::initializer_list<Oid> args)
{
	FunctionDef row = MakeRow(oid, name, 's', result, args);

	row.kind = FunctionKind::Aggregate;
	row.strict = false;
	row.lowering = lowering;
	return row;
}

static consteval FunctionDef
PathRow(Oid oid, const char *name, Oid result, Oid type, ScalarBody body)
{
	FunctionDef row = Fn(oid, name, 'i', name, result, {type, TEXTARRAYOID}, body);

	row.variadic = TEXTOID;
	return row;
}

static constexpr FunctionDef kJsonRows[] = {
	Fn(3947, "json_object_field", 'i', "json_object_field", JSONOID, {JSONOID, TEXTOID},
	   object_field<false, false>),
	Fn(3948, "json_object_field_text", 'i', "json_object_field_text", TEXTOID, {JSONOID, TEXTOID},
	   object_field<false, true>),
	Fn(3949, "json_array_element", 'i', "json_array_element", JSONOID, {JSONOID, INT4OID},
	   array_element<false, false>),
	Fn(3950, "json_array_element_text", 'i', "json_array_element_text", TEXTOID, {JSONOID, INT4OID},
	   array_element<false, true>),
	PathRow(3951, "json_extract_path", JSONOID, JSONOID, extract_path<false, false>),
	PathRow(3953, "json_extract_path_text", TEXTOID, JSONOID, extract_path<false, true>),
	Fn(3478, "jsonb_object_field", 'i', "jsonb_object_field", JSONBOID, {JSONBOID, TEXTOID},
	   object_field<true, false>),
	Fn(3214, "jsonb_object_field_text", 'i', "jsonb_object_field_text", TEXTOID,
	   {JSONBOID, TEXTOID}, object_field<true, true>),
	Fn(3215, "jsonb_array_element", 'i', "jsonb_array_element", JSONBOID, {JSONBOID, INT4OID},
	   array_element<true, false>),
	Fn(3216, "jsonb_array_element_text", 'i', "jsonb_array_element_text", TEXTOID,
	   {JSONBOID, INT4OID}, array_element<true, true>),
	PathRow(3217, "jsonb_extract_path", JSONBOID, JSONBOID, extract_path<true, false>),
	PathRow(3940, "jsonb_extract_path_text", TEXTOID, JSONBOID, extract_path<true, true>),
	Fn(3968, "json_typeof", 'i', "json_typeof", TEXTOID, {JSONOID}, json_typeof),
	Fn(3210, "jsonb_typeof", 'i', "json_typeof", TEXTOID, {JSONBOID}, json_typeof),
	Fn(3956, "json_array_length", 'i', "pg_json_array_length", INT4OID, {JSONOID},
	   json_array_length),
	Fn(3207, "jsonb_array_length", 'i', "pg_json_array_length", INT4OID, {JSONBOID},
	   json_array_length),
	Fn(3261, "json_strip_nulls", 'i', "json_strip_nulls", JSONOID, {JSONOID}, strip_nulls<false>),
	Fn(3262, "jsonb_strip_nulls", 'i', "jsonb_strip_nulls", JSONBOID, {JSONBOID},
	   strip_nulls<true>),
	Native(3176, "to_json", 's', "~1", JSONOID, {ANYELEMENTOID}),
	Native(3787, "to_jsonb", 's', "pg_json_to_jsonb(~1)", JSONBOID, {ANYELEMENTOID}),
	Native(3153, "array_to_json", 's', "pg_to_json(@1, $1)", JSONOID, {ANYARRAYOID}),
	Lax(Variadic(Fn(3200, "json_build_object", 's', "json_build_object", JSONOID, {ANYOID},
					build_object<false>))),
	Lax(Variadic(Fn(3273, "jsonb_build_object", 's', "jsonb_build_object", JSONBOID, {ANYOID},
					build_object<true>))),
	Lax(Variadic(Fn(3198, "json_build_array", 's', "json_build_array", JSONOID, {ANYOID},
					build_array<false>))),
	Lax(Variadic(Fn(3271, "jsonb_build_array", 's', "jsonb_build_array", JSONBOID, {ANYOID},
					build_array<true>))),
	Native(3201, "json_build_object", 's', "'{}'", JSONOID, {}),
	Native(3274, "jsonb_build_object", 's', "'{}'", JSONBOID, {}),
	Native(3199, "json_build_array", 's', "'[]'", JSONOID, {}),
	Native(3272, "jsonb_build_array", 's', "'[]'", JSONBOID, {}),
	AggregateAs(3175, "json_agg", "pg_json_agg(~1, @1)", JSONOID, {ANYELEMENTOID}),
	AggregateAs(3267, "jsonb_agg", "pg_jsonb_agg(~1)", JSONBOID, {ANYELEMENTOID}),
	AggregateAs(3197, "json_object_agg", "pg_json_object_agg(~1, ~2)", JSONOID, {ANYOID, ANYOID}),
	AggregateAs(3270, "jsonb_object_agg", "pg_jsonb_object_agg(~1, ~2)", JSONBOID,
				{ANYOID, ANYOID}),
	Rows(3955, "json_array_elements", 'i', "pg_catalog.json_array_elements", JSONOID, {JSONOID}),
	Rows(3219, "jsonb_array_elements", 'i', "pg_catalog.jsonb_array_elements", JSONBOID,
		 {JSONBOID}),
	Rows(3969, "json_array_elements_text", 'i', "pg_catalog.json_array_elements_text", TEXTOID,
		 {JSONOID}),
	Rows(3465, "jsonb_array_elements_text", 'i', "pg_catalog.jsonb_array_elements_text", TEXTOID,
		 {JSONBOID}),
	Rows(3958, "json_each", 'i', "pg_catalog.json_each", RECORDOID, {JSONOID}),
	Rows(3208, "jsonb_each", 'i', "pg_catalog.jsonb_each", RECORDOID, {JSONBOID}),
	Rows(3959, "json_each_text", 'i', "pg_catalog.json_each_text", RECORDOID, {JSONOID}),
	Rows(3932, "jsonb_each_text", 'i', "pg_catalog.jsonb_each_text", RECORDOID, {JSONBOID}),
	Rows(3957, "json_object_keys", 'i', "pg_catalog.json_object_keys", TEXTOID, {JSONOID}),
	Rows(3931, "jsonb_object_keys", 'i', "pg_catalog.jsonb_object_keys", TEXTOID, {JSONBOID}),
};

const std::span<const FunctionDef> kJsonFunctions = kJsonRows;

} /* namespace pg */
