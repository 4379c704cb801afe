/*
 * utils/adt/jsonb.cpp
 *		jsonb: comparisons, containment, changes, casts.
 *
 * Any process.  See json_tree.h for its form in the engine.
 */
#include "utils/adt/json_funcs.h"

#include <algorithm>

#include "utils/adt/numeric.h"

namespace pg
{

static JsonTree
arg_tree(const FunctionCall &call, int i)
{
	return ParseJson(ArgText(call, i));
}

static void
set_tree(FunctionCall &call, const JsonTree &tree)
{
	SetText(call, FormatJsonb(tree));
}

[[noreturn]] static void
refuse(int code, const char *message)
{
	Raise(Report(ERROR, code).msg("%s", message));
}

/* ---- Comparisons and questions ---- */

static void
jsonb_cmp(FunctionCall &call)
{
	const int order = CompareJsonbTexts(ArgText(call, 0), ArgText(call, 1));

	SetInt(call, order < 0 ? -1 : order > 0);
}

static void
jsonb_contains(FunctionCall &call)
{
	SetBool(call, JsonbContains(arg_tree(call, 0), arg_tree(call, 1)));
}

static void
jsonb_contained(FunctionCall &call)
{
	SetBool(call, JsonbContains(arg_tree(call, 1), arg_tree(call, 0)));
}

/* A key of an object, a string of an array, or the string itself. */
static bool
exists(const JsonTree &tree, std::string_view key)
{
	const auto is_key = [&](const JsonTree &item)
	{ return item.kind == JsonKind::String && item.text == key; };

	if (tree.is_array())
		return std::ranges::any_of(tree.items, is_key);
	return tree.is_object() ? tree.find(key) != nullptr : is_key(tree);
}

static void
jsonb_exists(FunctionCall &call)
{
	SetBool(call, exists(arg_tree(call, 0), ArgText(call, 1)));
}

template <bool kAll>
static void
jsonb_exists_some(FunctionCall &call)
{
	const JsonTree tree = arg_tree(call, 0);
	bool result = kAll;

	for (const std::optional<std::string> &key : ArgTexts(call, 1))
		if (key && exists(tree, *key) != kAll)
			result = !kAll;
	SetBool(call, result);
}

/* ---- Changes ---- */

static void
jsonb_concat(FunctionCall &call)
{
	JsonTree a = arg_tree(call, 0), b = arg_tree(call, 1);

	if (a.is_object() && b.is_object())
	{
		std::ranges::move(b.items, std::back_inserter(a.items));
		std::ranges::move(b.keys, std::back_inserter(a.keys));
		NormalizeJson(&a);
		return set_tree(call, a);
	}

	JsonTree joined;

	joined.kind = JsonKind::Array;
	for (JsonTree *part : {&a, &b})
		if (part->is_array())
			std::ranges::move(part->items, std::back_inserter(joined.items));
		else
			joined.items.push_back(std::move(*part));
	set_tree(call, joined);
}

/* Deleting from what has no parts. */
static void
refuse_scalar(const JsonTree &tree)
{
	if (tree.is_scalar())
		refuse(ERRCODE_INVALID_PARAMETER_VALUE, "cannot delete from scalar");
}

static void
erase_at(JsonTree *tree, size_t i)
{
	tree->items.erase(tree->items.begin() + static_cast<ptrdiff_t>(i));
	if (tree->is_object())
		tree->keys.erase(tree->keys.begin() + static_cast<ptrdiff_t>(i));
}

static void
erase_key(JsonTree *tree, std::string_view key)
{
	for (size_t i = tree->items.size(); i-- > 0;)
		if (tree->is_object()
				? tree->keys[i] == key
				: tree->items[i].kind == JsonKind::String && tree->items[i].text == key)
			erase_at(tree, i);
}

static void
jsonb_delete(FunctionCall &call)
{
	JsonTree tree = arg_tree(call, 0);

	refuse_scalar(tree);
	erase_key(&tree, ArgText(call, 1));
	set_tree(call, tree);
}

static void
jsonb_delete_array(FunctionCall &call)
{
	JsonTree tree = arg_tree(call, 0);

	refuse_scalar(tree);
	for (const std::optional<std::string> &key : ArgTexts(call, 1))
		if (key)
			erase_key(&tree, *key);
	set_tree(call, tree);
}

static void
jsonb_delete_idx(FunctionCall &call)
{
	JsonTree tree = arg_tree(call, 0);
	int64 index = ArgInt(call, 1);
	const int64 count = static_cast<int64>(tree.items.size());

	refuse_scalar(tree);
	if (tree.is_object())
		refuse(ERRCODE_INVALID_PARAMETER_VALUE, "cannot delete from object using integer index");
	if (index < 0)
		index += count;
	if (index >= 0 && index < count)
		erase_at(&tree, static_cast<size_t>(index));
	set_tree(call, tree);
}

/* ---- Changes along a path ---- */

enum class PathChange : uint8_t
{
	Delete,
	Set,
	SetOrCreate,
	InsertBefore,
	InsertAfter
};

using Path = std::vector<std::optional<std::string>>;

static void change_along(JsonTree *tree, const Path &path, size_t at, PathChange change,
						 const JsonTree &value);

static bool
is_last(const Path &path, size_t at)
{
	return at + 1 == path.size();
}

static void
change_object(JsonTree *tree, const Path &path, size_t at, PathChange change, const JsonTree &value)
{
	const std::string &key = *path[at];
	const auto found = std::ranges::find(tree->keys, key);
	const size_t i = static_cast<size_t>(found - tree->keys.begin());

	if (found == tree->keys.end())
	{
		if (!is_last(path, at) || change == PathChange::Delete || change == PathChange::Set)
			return;
		tree->keys.push_back(key);
		tree->items.push_back(value);
		return NormalizeJson(tree);
	}
	if (!is_last(path, at))
		return change_along(&tree->items[i], path, at + 1, change, value);
	switch (change)
	{
		case PathChange::Delete: return erase_at(tree, i);
		case PathChange::Set:
		case PathChange::SetOrCreate: tree->items[i] = value; return;
		default:
			Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
					  .msg("cannot replace existing key")
					  .hint("Try using the function jsonb_set to replace key value."));
	}
}

static int64
path_index(const Path &path, size_t at)
{
	char *end = nullptr;
	const int64 index = strtoll(path[at]->c_str(), &end, 10);

	if (end == path[at]->c_str() || *end != '\0' || index > PG_INT32_MAX || index < PG_INT32_MIN)
		Raise(Report(ERROR, ERRCODE_INVALID_TEXT_REPRESENTATION)
				  .msg("path element at position %zu is not an integer: \"%s\"", at + 1,
					   path[at]->c_str()));
	return index;
}

static void
change_array(JsonTree *tree, const Path &path, size_t at, PathChange change, const JsonTree &value)
{
	const int64 count = static_cast<int64>(tree->items.size());
	int64 index = path_index(path, at);
	const bool creates = change != PathChange::Delete && change != PathChange::Set;

	if (index < 0)
		index += count;
	if (index < 0 || index >= count)
	{
		if (!is_last(path, at) || !creates)
			return;
		tree->items.insert(index < 0 ? tree->items.begin() : tree->items.end(), value);
		return;
	}

	const auto place = tree->items.begin() + index;

	if (!is_last(path, at))
		return change_along(&*place, path, at + 1, change, value);
	switch (change)
	{
		case PathChange::Delete: tree->items.erase(place); return;
		case PathChange::InsertBefore: tree->items.insert(place, value); return;
		case PathChange::InsertAfter: tree->items.insert(place + 1, value); return;
		default: *place = value; return;
	}
}

static void
change_along(JsonTree *tree, const Path &path, size_t at, PathChange change, const JsonTree &value)
{
	if (!path[at] && !tree->is_scalar())
		Raise(Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED)
				  .msg("path element at position %zu is null", at + 1));
	if (tree->is_object())
		change_object(tree, path, at, change, value);
	else if (tree->is_array())
		change_array(tree, path, at, change, value);
}

static void
change_path(FunctionCall &call, PathChange change, const char *scalar_error)
{
	JsonTree tree = arg_tree(call, 0);
	const Path path = ArgTexts(call, 1);

	if (tree.is_scalar())
		refuse(ERRCODE_INVALID_PARAMETER_VALUE, scalar_error);
	if (!path.empty())
		change_along(&tree, path, 0, change,
					 change == PathChange::Delete ? JsonTree() : arg_tree(call, 2));
	set_tree(call, tree);
}

static void
jsonb_delete_path(FunctionCall &call)
{
	change_path(call, PathChange::Delete, "cannot delete path in scalar");
}

static void
jsonb_set(FunctionCall &call)
{
	change_path(call, ArgBool(call, 3) ? PathChange::SetOrCreate : PathChange::Set,
				"cannot set path in scalar");
}

static void
jsonb_insert(FunctionCall &call)
{
	change_path(call, ArgBool(call, 3) ? PathChange::InsertAfter : PathChange::InsertBefore,
				"cannot set path in scalar");
}

static void
jsonb_pretty(FunctionCall &call)
{
	SetText(call, FormatJsonbPretty(arg_tree(call, 0)));
}

/* ---- Casts ---- */

[[noreturn]] static void
raise_cast(const JsonTree &tree, const char *type)
{
	constexpr const char *kNames[] = {"null", "string", "numeric", "boolean", "array", "object"};

	Raise(
		Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
			.msg("cannot cast jsonb %s to type %s", kNames[static_cast<size_t>(tree.kind)], type));
}

static void
jsonb_bool(FunctionCall &call)
{
	const JsonTree tree = arg_tree(call, 0);

	if (tree.kind != JsonKind::Bool)
		raise_cast(tree, "boolean");
	SetBool(call, tree.truth);
}

static std::string
number_of(FunctionCall &call, const char *type)
{
	JsonTree tree = arg_tree(call, 0);

	if (tree.kind != JsonKind::Number)
		raise_cast(tree, type);
	return tree.text;
}

static void
jsonb_numeric(FunctionCall &call)
{
	SetText(call, number_of(call, "numeric"));
}

template <int64 kMin, int64 kMax>
static void
jsonb_integer(FunctionCall &call)
{
	const char *const type = kMax == PG_INT16_MAX	? "smallint"
							 : kMax == PG_INT32_MAX ? "integer"
													: "bigint";

	SetInt(call, DecimalToInteger(ReadDecimal(number_of(call, type)), kMin, kMax, type));
}

template <Oid kType>
static void
jsonb_float(FunctionCall &call)
{
	std::string scratch;

	call.set_result(ValueIn(
		kType, number_of(call, kType == FLOAT4OID ? "real" : "double precision"), -1, &scratch));
}

static consteval FunctionDef
Question(Oid oid, const char *name, Oid other, ScalarBody body)
{
	return Fn(oid, name, 'i', name, BOOLOID, {JSONBOID, other}, body);
}

static consteval FunctionDef
Compared(Oid oid, const char *name, const char *lowering)
{
	return Native(oid, name, 'i', lowering, BOOLOID, {JSONBOID, JSONBOID});
}

static constexpr FunctionDef kJsonbRows[] = {
	Compared(4043, "jsonb_eq", "($1 = $2 COLLATE pg_jsonb)"),
	Compared(4038, "jsonb_ne", "($1 <> $2 COLLATE pg_jsonb)"),
	Compared(4039, "jsonb_lt", "($1 < $2 COLLATE pg_jsonb)"),
	Compared(4040, "jsonb_gt", "($1 > $2 COLLATE pg_jsonb)"),
	Compared(4041, "jsonb_le", "($1 <= $2 COLLATE pg_jsonb)"),
	Compared(4042, "jsonb_ge", "($1 >= $2 COLLATE pg_jsonb)"),
	Fn(4044, "jsonb_cmp", 'i', "jsonb_cmp", INT4OID, {JSONBOID, JSONBOID}, jsonb_cmp),
	Question(4046, "jsonb_contains", JSONBOID, jsonb_contains),
	Question(4050, "jsonb_contained", JSONBOID, jsonb_contained),
	Question(4047, "jsonb_exists", TEXTOID, jsonb_exists),
	Question(4048, "jsonb_exists_any", TEXTARRAYOID, jsonb_exists_some<false>),
	Question(4049, "jsonb_exists_all", TEXTARRAYOID, jsonb_exists_some<true>),
	Fn(3301, "jsonb_concat", 'i', "jsonb_concat", JSONBOID, {JSONBOID, JSONBOID}, jsonb_concat),
	Fn(3302, "jsonb_delete", 'i', "jsonb_delete", JSONBOID, {JSONBOID, TEXTOID}, jsonb_delete),
	Fn(3303, "jsonb_delete", 'i', "jsonb_delete_idx", JSONBOID, {JSONBOID, INT4OID},
	   jsonb_delete_idx),
	Fn(3304, "jsonb_delete_path", 'i', "jsonb_delete_path", JSONBOID, {JSONBOID, TEXTARRAYOID},
	   jsonb_delete_path),
	Fn(3343, "jsonb_delete", 'i', "jsonb_delete_array", JSONBOID, {JSONBOID, TEXTARRAYOID},
	   jsonb_delete_array),
	Defaults(Fn(3305, "jsonb_set", 'i', "jsonb_set", JSONBOID,
				{JSONBOID, TEXTARRAYOID, JSONBOID, BOOLOID}, jsonb_set),
			 1, "true"),
	Defaults(Fn(3579, "jsonb_insert", 'i', "jsonb_insert", JSONBOID,
				{JSONBOID, TEXTARRAYOID, JSONBOID, BOOLOID}, jsonb_insert),
			 1, "false"),
	Fn(3306, "jsonb_pretty", 'i', "jsonb_pretty", TEXTOID, {JSONBOID}, jsonb_pretty),
	Fn(3556, "bool", 'i', "jsonb_bool", BOOLOID, {JSONBOID}, jsonb_bool),
	Fn(3449, "numeric", 'i', "jsonb_numeric", NUMERICOID, {JSONBOID}, jsonb_numeric),
	Fn(3450, "int2", 'i', "jsonb_int2", INT2OID, {JSONBOID},
	   jsonb_integer<PG_INT16_MIN, PG_INT16_MAX>),
	Fn(3451, "int4", 'i', "jsonb_int4", INT4OID, {JSONBOID},
	   jsonb_integer<PG_INT32_MIN, PG_INT32_MAX>),
	Fn(3452, "int8", 'i', "jsonb_int8", INT8OID, {JSONBOID},
	   jsonb_integer<PG_INT64_MIN, PG_INT64_MAX>),
	Fn(3453, "float4", 'i', "jsonb_float4", FLOAT4OID, {JSONBOID}, jsonb_float<FLOAT4OID>),
	Fn(2580, "float8", 'i', "jsonb_float8", FLOAT8OID, {JSONBOID}, jsonb_float<FLOAT8OID>),
};

const std::span<const FunctionDef> kJsonbFunctions = kJsonbRows;

} /* namespace pg */
