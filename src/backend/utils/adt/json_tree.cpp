/*
 * utils/adt/json_tree.cpp
 *		JSON values as trees: reading, printing, comparing.
 *
 * Any process.
 */
#include "utils/adt/json_tree.h"

#include <algorithm>
#include <numeric>

#include "utils/adt/adt_internals.h"
#include "utils/adt/decimal.h"

namespace pg
{

const JsonTree *
JsonTree::find(std::string_view key) const
{
	if (is_object())
		for (size_t i = keys.size(); i-- > 0;)
			if (keys[i] == key)
				return &items[i];
	return nullptr;
}

const JsonTree *
JsonTree::at(long long i) const
{
	const long long count = static_cast<long long>(items.size());

	if (i < 0)
		i += count;
	return is_array() && i >= 0 && i < count ? &items[static_cast<size_t>(i)] : nullptr;
}

/* ---- jsonb's form ---- */

static bool
key_precedes(std::string_view a, std::string_view b)
{
	return a.size() != b.size() ? a.size() < b.size() : a < b;
}

static void
sort_members(JsonTree *tree)
{
	std::vector<size_t> order(tree->keys.size());
	std::vector<std::string> keys;
	std::vector<JsonTree> items;

	std::iota(order.begin(), order.end(), size_t{0});
	std::ranges::stable_sort(order, key_precedes,
							 [&](size_t i) -> std::string_view { return tree->keys[i]; });
	for (const size_t i : order)
	{
		if (!keys.empty() && keys.back() == tree->keys[i])
		{
			items.back() = std::move(tree->items[i]);
			continue;
		}
		keys.push_back(std::move(tree->keys[i]));
		items.push_back(std::move(tree->items[i]));
	}
	tree->keys = std::move(keys);
	tree->items = std::move(items);
}

void
NormalizeJson(JsonTree *tree)
{
	if (tree->kind == JsonKind::Number)
	{
		Decimal value;

		ParseDecimal(tree->text, &value);
		tree->text.clear();
		AppendDecimal(value, &tree->text);
	}
	for (JsonTree &item : tree->items)
		NormalizeJson(&item);
	if (tree->is_object())
		sort_members(tree);
}

/* ---- Printing ---- */

void
AppendJsonString(std::string_view text, std::string *out)
{
	constexpr std::string_view kPlain = "\b\f\n\r\t\"\\", kLetters = "bfnrt\"\\";

	*out += '"';
	for (const char c : text)
	{
		const size_t special = kPlain.find(c);

		if (special != std::string_view::npos)
			(*out += '\\') += kLetters[special];
		else if (static_cast<unsigned char>(c) < ' ')
		{
			constexpr char kHex[] = "0123456789abcdef";

			*out += "\\u00";
			*out += kHex[c >> 4];
			*out += kHex[c & 15];
		}
		else
			*out += c;
	}
	*out += '"';
}

static void
append_scalar(const JsonTree &tree, std::string *out)
{
	switch (tree.kind)
	{
		case JsonKind::String: return AppendJsonString(tree.text, out);
		case JsonKind::Number: *out += tree.text; return;
		case JsonKind::Bool: *out += tree.truth ? "true" : "false"; return;
		default: *out += "null"; return;
	}
}

/* indent is how deep it stands, or -1 for all on one line. */
static void
append_tree(const JsonTree &tree, int indent, std::string *out)
{
	if (tree.is_scalar())
		return append_scalar(tree, out);

	const bool pretty = indent >= 0;
	const auto new_line = [&](int depth)
	{
		if (pretty)
			out->append("\n").append(static_cast<size_t>(depth) * 4, ' ');
	};

	*out += tree.is_array() ? '[' : '{';
	for (size_t i = 0; i < tree.items.size(); i++)
	{
		if (i > 0)
			*out += pretty ? "," : ", ";
		new_line(indent + 1);
		if (tree.is_object())
		{
			AppendJsonString(tree.keys[i], out);
			*out += ": ";
		}
		append_tree(tree.items[i], pretty ? indent + 1 : -1, out);
	}
	new_line(indent);
	*out += tree.is_array() ? ']' : '}';
}

std::string
FormatJsonb(const JsonTree &tree)
{
	std::string text;

	append_tree(tree, -1, &text);
	return text;
}

std::string
FormatJsonbPretty(const JsonTree &tree)
{
	std::string text;

	append_tree(tree, 0, &text);
	return text;
}

/* ---- Order ---- */

static int
compare_scalars(const JsonTree &a, const JsonTree &b)
{
	switch (a.kind)
	{
		case JsonKind::String: return a.text.compare(b.text);
		case JsonKind::Number: return CompareDecimalTexts(a.text, b.text);
		case JsonKind::Bool: return a.truth - b.truth;
		default: return 0;
	}
}

static int
compare_inner(const JsonTree &a, const JsonTree &b)
{
	if (a.kind != b.kind)
		return a.kind < b.kind ? -1 : 1;
	if (a.is_scalar())
		return compare_scalars(a, b);
	if (a.items.size() != b.items.size())
		return a.items.size() < b.items.size() ? -1 : 1;
	for (size_t i = 0; i < a.items.size(); i++)
	{
		if (a.is_object())
			if (const int order = a.keys[i].compare(b.keys[i]); order != 0)
				return order;
		if (const int order = compare_inner(a.items[i], b.items[i]); order != 0)
			return order;
	}
	return 0;
}

/* A scalar on top is an array of one element, below a real one of as many: so an empty array is least of all. */
int
CompareJsonb(const JsonTree &a, const JsonTree &b)
{
	if (a.is_scalar() && b.is_array())
		return b.items.empty() ? 1 : -1;
	if (b.is_scalar() && a.is_array())
		return a.items.empty() ? -1 : 1;
	return compare_inner(a, b);
}

int
CompareJsonbTexts(std::string_view a, std::string_view b) noexcept
{
	if (a == b)
		return 0;
	try
	{
		return CompareJsonb(ParseJson(a), ParseJson(b));
	}
	catch (...)
	{
		return a.compare(b); /* not what jsonb_in made */
	}
}

/* ---- Containment ---- */

static bool
holds_element(const JsonTree &array, const JsonTree &wanted)
{
	return std::ranges::any_of(array.items,
							   [&](const JsonTree &item)
							   {
								   if (wanted.is_scalar())
									   return item.kind == wanted.kind &&
											  compare_scalars(item, wanted) == 0;
								   return item.kind == wanted.kind && JsonbContains(item, wanted);
							   });
}

bool
JsonbContains(const JsonTree &a, const JsonTree &b)
{
	if (a.is_array() && !b.is_object())
	{
		if (b.is_scalar())
			return holds_element(a, b);
		return std::ranges::all_of(b.items,
								   [&](const JsonTree &item) { return holds_element(a, item); });
	}
	if (a.kind != b.kind)
		return false;
	if (a.is_scalar())
		return compare_scalars(a, b) == 0;
	for (size_t i = 0; i < b.items.size(); i++)
	{
		const JsonTree *const mine = a.find(b.keys[i]);

		if (mine == nullptr || mine->kind != b.items[i].kind || !JsonbContains(*mine, b.items[i]))
			return false;
	}
	return true;
}

} /* namespace pg */
