/*
 * utils/adt/jsonb_c.cpp
 *		jsonb for C (utils/jsonb.h, utils/json.h): layout, values taken apart, iterators.
 *
 * Any process that runs modules.
 */
#include "utils/adt/jsonb_c.h"

#include <algorithm>
#include <cstring>

#include "utils/adt/adt_internals.h"
#include "utils/adt/datum.h"
#include "utils/adt/json_funcs.h"
#include "utils/error/wall.h"
#include "utils/json.h"
#include "utils/memutils.h"

namespace pg
{

namespace
{

/* ---- Tree to bytes ---- */

void
pad_to_int(std::string *out)
{
	out->resize(INTALIGN(out->size()), '\0');
}

void
put_word(std::string *out, size_t at, uint32 word)
{
	std::memcpy(out->data() + at, &word, sizeof(word));
}

void append_container(const JsonTree &tree, bool raw_scalar, std::string *out);

/* Bytes of one part; its kind. */
JEntry
append_part(const JsonTree &tree, std::string *out)
{
	switch (tree.kind)
	{
		case JsonKind::Null: return JENTRY_ISNULL;
		case JsonKind::Bool: return tree.truth ? JENTRY_ISBOOL_TRUE : JENTRY_ISBOOL_FALSE;
		case JsonKind::String: *out += tree.text; return JENTRY_ISSTRING;
		case JsonKind::Number:
		{
			alignas(varattrib_4b) char header[sizeof(varattrib_4b)];

			pad_to_int(out);
			SET_VARSIZE(header, VARHDRSZ + tree.text.size());
			out->append(header, VARHDRSZ).append(tree.text);
			return JENTRY_ISNUMERIC;
		}
		default: append_container(tree, false, out); return JENTRY_ISCONTAINER;
	}
}

void
append_container(const JsonTree &tree, bool raw_scalar, std::string *out)
{
	const size_t count = raw_scalar ? 1 : tree.items.size();
	const size_t entries = tree.is_object() ? 2 * count : count;

	pad_to_int(out);

	const size_t head = out->size();

	out->resize(head + sizeof(uint32) * (1 + entries));
	put_word(out, head,
			 static_cast<uint32>(count) | (tree.is_object() ? JB_FOBJECT : JB_FARRAY) |
				 (raw_scalar ? JB_FSCALAR : 0));

	const size_t data = out->size();

	for (size_t i = 0; i < entries; i++)
	{
		const size_t start = out->size();
		JEntry entry = JENTRY_ISSTRING;

		if (tree.is_object() && i < count)
			*out += tree.keys[i];
		else
			entry =
				append_part(raw_scalar ? tree : tree.items[tree.is_object() ? i - count : i], out);

		const bool has_offset = i % JB_OFFSET_STRIDE == 0;
		const size_t field = out->size() - (has_offset ? data : start);

		if (out->size() - data > JENTRY_OFFLENMASK)
			Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
					  .msg("total size of jsonb %s exceeds the maximum of %u bytes",
						   tree.is_object() ? "object elements" : "array elements",
						   JENTRY_OFFLENMASK));
		put_word(out, head + sizeof(uint32) * (1 + i),
				 entry | static_cast<uint32>(field) | (has_offset ? JENTRY_HAS_OFF : 0));
	}
}

/* ---- Bytes to values ---- */

size_t
entry_count(const JsonbContainer *container)
{
	return JsonContainerSize(container) * (JsonContainerIsObject(container) ? 2u : 1u);
}

char *
data_of(const JsonbContainer *container)
{
	return reinterpret_cast<char *>(
		const_cast<JEntry *>(container->children + entry_count(container)));
}

/* Value of entry i; nothing is copied. */
void
read_part(const JsonbContainer *container, size_t i, JsonbValue *value)
{
	const JEntry entry = container->children[i];
	const int index = static_cast<int>(i);
	const uint32 offset = getJsonbOffset(container, index);
	char *const base = data_of(container);

	switch (entry & JENTRY_TYPEMASK)
	{
		case JENTRY_ISNULL: value->type = jbvNull; return;
		case JENTRY_ISSTRING:
			value->type = jbvString;
			value->val.string.val = base + offset;
			value->val.string.len = static_cast<int>(getJsonbLength(container, index));
			return;
		case JENTRY_ISNUMERIC:
			value->type = jbvNumeric;
			value->val.numeric = reinterpret_cast<Numeric>(base + INTALIGN(offset));
			return;
		case JENTRY_ISBOOL_TRUE:
		case JENTRY_ISBOOL_FALSE:
			value->type = jbvBool;
			value->val.boolean = JBE_ISBOOL_TRUE(entry);
			return;
		default:
			value->type = jbvBinary;
			value->val.binary.data = reinterpret_cast<JsonbContainer *>(base + INTALIGN(offset));
			value->val.binary.len =
				static_cast<int>(getJsonbLength(container, index) - (INTALIGN(offset) - offset));
			return;
	}
}

std::string_view
text_of(const JsonbValue &value)
{
	return {value.val.string.val, static_cast<size_t>(value.val.string.len)};
}

/* Of any kind of value. */
JsonTree
tree_of(const JsonbValue &value)
{
	JsonTree tree;

	switch (value.type)
	{
		case jbvNull: break;
		case jbvString:
			tree.kind = JsonKind::String;
			tree.text = text_of(value);
			break;
		case jbvNumeric:
			tree.kind = JsonKind::Number;
			tree.text.assign(VARDATA_ANY(value.val.numeric), VARSIZE_ANY_EXHDR(value.val.numeric));
			break;
		case jbvBool:
			tree.kind = JsonKind::Bool;
			tree.truth = value.val.boolean;
			break;
		case jbvArray:
			if (value.val.array.rawScalar)
				return tree_of(value.val.array.elems[0]);
			tree.kind = JsonKind::Array;
			for (int i = 0; i < value.val.array.nElems; i++)
				tree.items.push_back(tree_of(value.val.array.elems[i]));
			break;
		case jbvObject:
			tree.kind = JsonKind::Object;
			for (int i = 0; i < value.val.object.nPairs; i++)
			{
				tree.keys.emplace_back(text_of(value.val.object.pairs[i].key));
				tree.items.push_back(tree_of(value.val.object.pairs[i].value));
			}
			break;
		case jbvBinary: return DecodeJsonb(value.val.binary.data);
		case jbvDatetime:
		{
			std::string scratch, text;
			const Oid type = value.val.datetime.typid;

			AppendAsJson(type, DatumToValue(type, value.val.datetime.value, &scratch), &text);
			return ParseJson(text);
		}
	}
	return tree;
}

JsonbValue *
new_value()
{
	return static_cast<JsonbValue *>(palloc0(sizeof(JsonbValue)));
}

} /* namespace */

std::string
EncodeJsonb(const JsonTree &tree)
{
	std::string bytes;

	append_container(tree, tree.is_scalar(), &bytes);
	return bytes;
}

JsonTree
DecodeJsonb(const JsonbContainer *container)
{
	const size_t count = JsonContainerSize(container);
	const bool is_object = JsonContainerIsObject(container);
	JsonTree tree;
	JsonbValue value;

	tree.kind = is_object ? JsonKind::Object : JsonKind::Array;
	for (size_t i = 0; i < count; i++)
	{
		if (is_object)
		{
			read_part(container, i, &value);
			tree.keys.emplace_back(text_of(value));
		}
		read_part(container, is_object ? i + count : i, &value);
		tree.items.push_back(tree_of(value));
	}
	if (JsonContainerIsScalar(container))
		return std::move(tree.items.at(0));
	return tree;
}

} /* namespace pg */

using namespace pg;

/* ---- Places ---- */

uint32
getJsonbOffset(const JsonbContainer *jc, int index)
{
	uint32 offset = 0;

	/* Lengths back to the last entry that has an end offset. */
	for (int i = index - 1; i >= 0; i--)
	{
		offset += JBE_OFFLENFLD(jc->children[i]);
		if (JBE_HAS_OFF(jc->children[i]))
			break;
	}
	return offset;
}

uint32
getJsonbLength(const JsonbContainer *jc, int index)
{
	const JEntry entry = jc->children[index];

	return JBE_HAS_OFF(entry) ? JBE_OFFLENFLD(entry) - getJsonbOffset(jc, index)
							  : JBE_OFFLENFLD(entry);
}

JsonbValue *
getKeyJsonValueFromContainer(JsonbContainer *container, const char *keyVal, int keyLen,
							 JsonbValue *res)
{
	const size_t count = JsonContainerSize(container);
	const std::string_view wanted(keyVal, static_cast<size_t>(keyLen));

	for (size_t i = 0; i < count && JsonContainerIsObject(container); i++)
	{
		JsonbValue key;

		read_part(container, i, &key);
		if (text_of(key) != wanted)
			continue;
		if (res == nullptr)
			res = new_value();
		read_part(container, i + count, res);
		return res;
	}
	return nullptr;
}

JsonbValue *
findJsonbValueFromContainer(JsonbContainer *container, uint32 flags, JsonbValue *key)
{
	if ((flags & JB_FOBJECT) != 0 && JsonContainerIsObject(container))
		return getKeyJsonValueFromContainer(container, key->val.string.val, key->val.string.len,
											nullptr);
	if ((flags & JB_FARRAY) == 0 || !JsonContainerIsArray(container))
		return nullptr;
	return FromC(
		[&]() -> JsonbValue *
		{
			const JsonTree wanted = tree_of(*key);

			for (size_t i = 0; i < JsonContainerSize(container); i++)
			{
				JsonbValue value;

				read_part(container, i, &value);
				if (value.type != key->type || CompareJsonb(tree_of(value), wanted) != 0)
					continue;

				JsonbValue *const found = new_value();

				*found = value;
				return found;
			}
			return nullptr;
		});
}

JsonbValue *
getIthJsonbValueFromContainer(JsonbContainer *container, uint32 i)
{
	if (!JsonContainerIsArray(container))
		FromC([] { Raise(Report(ERROR).msg("not a jsonb array")); });
	if (i >= JsonContainerSize(container))
		return nullptr;

	JsonbValue *const value = new_value();

	read_part(container, i, value);
	return value;
}

bool
JsonbExtractScalar(JsonbContainer *jbc, JsonbValue *res)
{
	if (!JsonContainerIsArray(jbc) || !JsonContainerIsScalar(jbc))
	{
		res->type = JsonContainerIsArray(jbc) ? jbvArray : jbvObject;
		return false;
	}
	read_part(jbc, 0, res);
	return true;
}

/* ---- Whole values ---- */

Jsonb *
JsonbValueToJsonb(JsonbValue *val)
{
	return FromC(
		[&]
		{
			JsonTree tree = tree_of(*val);

			NormalizeJson(&tree);
			return reinterpret_cast<Jsonb *>(DatumGetPointer(MakeVarlena(EncodeJsonb(tree))));
		});
}

void
JsonbToJsonbValue(Jsonb *jsonb, JsonbValue *val)
{
	val->type = jbvBinary;
	val->val.binary.data = &jsonb->root;
	val->val.binary.len = static_cast<int>(VARSIZE(jsonb) - VARHDRSZ);
}

int
compareJsonbContainers(JsonbContainer *a, JsonbContainer *b)
{
	return FromC([&] { return CompareJsonb(DecodeJsonb(a), DecodeJsonb(b)); });
}

static char *
show(StringInfo out, JsonbContainer *in, std::string (*format)(const JsonTree &))
{
	return FromC(
		[&]
		{
			const std::string text = format(DecodeJsonb(in));

			if (out == nullptr)
				out = makeStringInfo();
			appendBinaryStringInfo(out, text.data(), static_cast<int>(text.size()));
			return out->data;
		});
}

char *
JsonbToCString(StringInfo out, JsonbContainer *in, int)
{
	return show(out, in, FormatJsonb);
}

char *
JsonbToCStringIndent(StringInfo out, JsonbContainer *in, int)
{
	return show(out, in, FormatJsonbPretty);
}

const char *
JsonbTypeName(JsonbValue *val)
{
	switch (val->type)
	{
		case jbvNull: return "null";
		case jbvString: return "string";
		case jbvNumeric: return "number";
		case jbvBool: return "boolean";
		case jbvArray: return "array";
		case jbvObject: return "object";
		case jbvBinary:
			if (JsonContainerIsObject(val->val.binary.data))
				return "object";
			if (JsonContainerIsScalar(val->val.binary.data))
			{
				JsonbValue scalar;

				read_part(val->val.binary.data, 0, &scalar);
				return JsonbTypeName(&scalar);
			}
			return "array";
		default: return "date";
	}
}

void
escape_json(StringInfo buf, const char *str)
{
	FromC(
		[&]
		{
			std::string text;

			AppendJsonString(str, &text);
			appendBinaryStringInfo(buf, text.data(), static_cast<int>(text.size()));
		});
}

/* ---- Making ---- */

static constexpr Size kFirstParts = 4;

static JsonbParseState *
open_container(JsonbParseState *outer, jbvType type)
{
	auto *const state = static_cast<JsonbParseState *>(palloc0(sizeof(JsonbParseState)));

	state->next = outer;
	state->size = kFirstParts;
	state->contVal.type = type;
	if (type == jbvArray)
		state->contVal.val.array.elems =
			static_cast<JsonbValue *>(palloc(kFirstParts * sizeof(JsonbValue)));
	else
		state->contVal.val.object.pairs =
			static_cast<JsonbPair *>(palloc(kFirstParts * sizeof(JsonbPair)));
	return state;
}

static void
add_element(JsonbParseState *state, const JsonbValue &value)
{
	auto &array = state->contVal.val.array;

	if (static_cast<Size>(array.nElems) >= state->size)
		array.elems = static_cast<JsonbValue *>(
			repalloc(array.elems, (state->size *= 2) * sizeof(JsonbValue)));
	array.elems[array.nElems++] = value;
}

static void
add_key(JsonbParseState *state, const JsonbValue &key)
{
	auto &object = state->contVal.val.object;

	if (static_cast<Size>(object.nPairs) >= state->size)
		object.pairs = static_cast<JsonbPair *>(
			repalloc(object.pairs, (state->size *= 2) * sizeof(JsonbPair)));

	JsonbPair *const pair = &object.pairs[object.nPairs];

	pair->key = key;
	pair->value.type = jbvNull;
	pair->order = static_cast<uint32>(object.nPairs++);
}

/* Into the innermost open container. */
static void
add_value(JsonbParseState *state, const JsonbValue &value)
{
	if (state->contVal.type == jbvArray)
		return add_element(state, value);

	auto &object = state->contVal.val.object;

	if (object.nPairs == 0)
		Raise(Report(ERROR).msg("jsonb value without a key"));
	object.pairs[object.nPairs - 1].value = value;
}

/* Keys in order, each once, the last of equal ones. */
static void
put_in_order(JsonbValue *object)
{
	JsonbPair *const pairs = object->val.object.pairs;
	int kept = 0;

	std::stable_sort(pairs, pairs + object->val.object.nPairs,
					 [](const JsonbPair &a, const JsonbPair &b)
					 {
						 const std::string_view x = text_of(a.key), y = text_of(b.key);

						 return x.size() != y.size() ? x.size() < y.size() : x < y;
					 });
	for (int i = 0; i < object->val.object.nPairs; i++)
	{
		if (kept > 0 && text_of(pairs[kept - 1].key) == text_of(pairs[i].key))
			kept--;
		pairs[kept++] = pairs[i];
	}
	object->val.object.nPairs = kept;
}

static JsonbValue *
close_container(JsonbParseState **state)
{
	JsonbValue *const value = &(*state)->contVal;

	if (value->type == jbvObject)
		put_in_order(value);
	*state = (*state)->next;
	if (*state != nullptr)
		add_value(*state, *value);
	return value;
}

JsonbValue *
pushJsonbValue(JsonbParseState **pstate, JsonbIteratorToken seq, JsonbValue *jbval)
{
	return FromC(
		[&]() -> JsonbValue *
		{
			switch (seq)
			{
				case WJB_BEGIN_ARRAY:
					*pstate = open_container(*pstate, jbvArray);
					if (jbval != nullptr)
						(*pstate)->contVal.val.array.rawScalar = jbval->val.array.rawScalar;
					return &(*pstate)->contVal;
				case WJB_BEGIN_OBJECT:
					*pstate = open_container(*pstate, jbvObject);
					return &(*pstate)->contVal;
				case WJB_KEY: add_key(*pstate, *jbval); return nullptr;
				case WJB_VALUE:
				case WJB_ELEM: add_value(*pstate, *jbval); return nullptr;
				case WJB_END_ARRAY:
				case WJB_END_OBJECT: return close_container(pstate);
				default: Raise(Report(ERROR).msg("unrecognized jsonb sequential processing token"));
			}
		});
}

/* ---- Walking ---- */

struct JsonbIterator
{
	JsonbContainer *container;
	JsonbIterator *outer;
	uint32 at; /* element or pair */
	bool begun;
	bool at_value; /* of a pair, whose key is done */
};

static JsonbIterator *
iterator_on(JsonbContainer *container, JsonbIterator *outer)
{
	auto *const iterator = static_cast<JsonbIterator *>(palloc0(sizeof(JsonbIterator)));

	iterator->container = container;
	iterator->outer = outer;
	return iterator;
}

JsonbIterator *
JsonbIteratorInit(JsonbContainer *container)
{
	return iterator_on(container, nullptr);
}

static JsonbIteratorToken
begin(JsonbIterator *iterator, JsonbValue *value)
{
	const int count = static_cast<int>(JsonContainerSize(iterator->container));

	iterator->begun = true;
	if (JsonContainerIsObject(iterator->container))
	{
		value->type = jbvObject;
		value->val.object.nPairs = count;
		return WJB_BEGIN_OBJECT;
	}
	value->type = jbvArray;
	value->val.array.nElems = count;
	value->val.array.rawScalar = JsonContainerIsScalar(iterator->container);
	return WJB_BEGIN_ARRAY;
}

JsonbIteratorToken
JsonbIteratorNext(JsonbIterator **it, JsonbValue *val, bool skipNested)
{
	JsonbIterator *const iterator = *it;

	if (iterator == nullptr)
		return WJB_DONE;
	if (!iterator->begun)
		return begin(iterator, val);

	JsonbContainer *const container = iterator->container;
	const bool is_object = JsonContainerIsObject(container);
	const uint32 count = JsonContainerSize(container);

	if (iterator->at >= count)
	{
		*it = iterator->outer;
		pfree(iterator);
		return is_object ? WJB_END_OBJECT : WJB_END_ARRAY;
	}
	if (is_object && !iterator->at_value)
	{
		iterator->at_value = true;
		read_part(container, iterator->at, val);
		return WJB_KEY;
	}
	read_part(container, is_object ? iterator->at + count : iterator->at, val);
	iterator->at_value = false;
	iterator->at++;
	if (val->type == jbvBinary && !skipNested)
	{
		*it = iterator_on(val->val.binary.data, iterator);
		return begin(*it, val);
	}
	return is_object ? WJB_VALUE : WJB_ELEM;
}
