/*
 * utils/adt/json_funcs.h
 *		What json.cpp and jsonb.cpp share: bodies for both types, values of other types as JSON.
 *
 * Any process.
 */
#pragma once

#include "utils/adt/adt_internals.h"
#include "utils/adt/json_tree.h"
#include "utils/adt/row_type.h"

namespace pg
{

/* A value (not null) of any type as to_json prints it. */
void AppendAsJson(Oid type, const Value &value, std::string *out);

/* A row's text as a JSON object. */
void AppendRowAsJson(const RowShape &shape, std::string_view row, std::string_view separator,
					 std::string *out);

/* A part of a value: as it was written in json, as it is printed in jsonb. */
inline std::string
JsonPart(const JsonTree &tree, bool binary)
{
	return binary ? FormatJsonb(tree) : std::string(tree.source);
}

/* The part as text: strings without quotes; false for null. */
inline bool
JsonPartAsText(const JsonTree &tree, bool binary, std::string *out)
{
	if (tree.kind == JsonKind::Null)
		return false;
	*out = tree.kind == JsonKind::String ? tree.text : JsonPart(tree, binary);
	return true;
}

/* A text as jsonb has it: read, put in order, printed. */
inline std::string
AsJsonb(std::string_view text)
{
	JsonTree tree = ParseJson(text);

	NormalizeJson(&tree);
	return FormatJsonb(tree);
}

/* The texts of a text[] argument; nullopt elements are nulls. */
std::vector<std::optional<std::string>> ArgTexts(const FunctionCall &call, int i);

/* Engine functions behind rows that are expressions. */
extern const std::span<const EngineFunction> kJsonHelpers;
extern const std::span<const EngineAggregate> kJsonAggregates;
extern const std::span<const RowSource> kJsonSources;
extern const std::span<const FunctionDef> kJsonFunctions, kJsonbFunctions;

/* ---- json_rows.cpp ---- */

extern const std::span<const EngineFunction> kJsonRowsHelpers;
extern const std::span<const FunctionDef> kJsonRowsFunctions;

} /* namespace pg */
