/*
 * utils/adt/json_tree.h
 *		JSON values as trees: reading, printing, comparing. What json, jsonb and their C forms share.
 *
 * In the engine json is the text as it was written, jsonb the text as jsonb_out prints it: keys in
 * order of length and bytes, each once, numbers as numeric prints them.  Any process.
 */
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pg
{

/* The order of the kinds is that of jsonb values. */
enum class JsonKind : unsigned char
{
	Null,
	String,
	Number,
	Bool,
	Array,
	Object
};

struct JsonTree
{
	JsonKind kind = JsonKind::Null;
	bool truth = false;
	std::string text;			   /* of a string, without escapes; of a number, as written */
	std::vector<JsonTree> items;   /* of an array; of an object, the values */
	std::vector<std::string> keys; /* of an object, one for each item */
	std::string_view source;	   /* where it stands in the text that was read */

	bool is_array() const { return kind == JsonKind::Array; }
	bool is_object() const { return kind == JsonKind::Object; }
	bool is_scalar() const { return kind < JsonKind::Array; }
	/* The last value of that key, or null. */
	const JsonTree *find(std::string_view key) const;
	/* Element i, from the end if negative, or null. */
	const JsonTree *at(long long i) const;
};

/* Raises 22P02 "invalid input syntax for type json" with PostgreSQL's detail and context, 22P05. */
JsonTree ParseJson(std::string_view text);
/* Checks alone: escapes of characters that no text can hold are let pass, as json does. */
void CheckJson(std::string_view text);

/* Sorts keys, keeps the last of equal ones, prints numbers as numeric does: in the whole tree. */
void NormalizeJson(JsonTree *tree);

/* As jsonb_out and jsonb_pretty print it. */
std::string FormatJsonb(const JsonTree &tree);
std::string FormatJsonbPretty(const JsonTree &tree);
/* A string in quotes, escaped. */
void AppendJsonString(std::string_view text, std::string *out);

/* Order of jsonb: below zero, zero, above. */
int CompareJsonb(const JsonTree &a, const JsonTree &b);
int CompareJsonbTexts(std::string_view a, std::string_view b) noexcept;
/* a @> b */
bool JsonbContains(const JsonTree &a, const JsonTree &b);

} /* namespace pg */
