/*
 * catalog/search_path.cpp
 *		Schemas by name, and where unqualified names are looked for.
 *
 * Backends and workers with a database, inside a transaction.
 */
#include <algorithm>
#include <cstring>
#include <map>

#include "catalog/catalog_names.h"
#include "catalog/identity.h"
#include "catalog/lookup.h"
#include "catalog/namespace.h"
#include "catalog/rights.h"
#include "catalog/write.h"
#include "miscadmin.h"
#include "utils/error/report.h"
#include "utils/guc.h"

char *namespace_search_path;

namespace pg
{
namespace
{

uint64 parsed_generation, parsed_naming;
bool parsed_once = false;
std::vector<Oid> path;		 /* as EffectiveSearchPath returns it */
size_t implicit_schemas = 0; /* the first ones of path, which search_path does not name */
Oid creation_schema = InvalidOid;

bool naming_is_known = false;
uint64 naming = 0; /* of naming_user and the present search_path, when it is known */
Oid naming_user = InvalidOid;

/* Splits a list of identifiers as SQL writes them; false when it is not one. */
bool
split_identifiers(std::string_view text, std::vector<std::string> *names)
{
	size_t at = 0;
	auto skip_blanks = [&]
	{
		while (at < text.size() && isspace(static_cast<unsigned char>(text[at])))
			at++;
	};

	skip_blanks();
	if (at == text.size())
		return true;
	while (true)
	{
		std::string name;

		if (at < text.size() && text[at] == '"')
		{
			for (at++;; at++)
			{
				if (at >= text.size())
					return false;
				if (text[at] == '"' && (at + 1 >= text.size() || text[++at] != '"'))
				{
					if (at < text.size() && text[at] == '"')
						at++;
					break;
				}
				name += text[at];
			}
		}
		else
		{
			while (at < text.size() && text[at] != ',' &&
				   !isspace(static_cast<unsigned char>(text[at])))
				name += static_cast<char>(tolower(static_cast<unsigned char>(text[at++])));
			if (name.empty())
				return false;
		}
		names->push_back(std::move(name));
		skip_blanks();
		if (at == text.size())
			return true;
		if (text[at++] != ',')
			return false;
		skip_blanks();
	}
}

bool
check_search_path(char **value, void **, GucSource)
{
	std::vector<std::string> names;

	if (split_identifiers(*value, &names))
		return true;
	GUC_check_errdetail("List syntax is invalid.");
	return false;
}

void
assign_search_path(const char *, void *)
{
	naming_is_known = false;
}

/* "$user" is the schema named like the current user. */
std::optional<Oid>
resolve(const std::string &name)
{
	if (name == kTempSchemaName)
		return TempSchemaExists() ? std::optional(kTempSchemaOid) : std::nullopt;
	if (name != "$user")
		return FindSchema(name);

	std::optional<RoleInfo> role = FindRole(GetUserId());

	return role ? FindSchema(role->name) : std::nullopt;
}

/* What the user has no right to use is not searched. */
bool
may_use(Oid schema)
{
	return schema == kTempSchemaOid || HasAll(kPgNamespaceOid, schema, GetUserId(), ACL_USAGE);
}

void
add_once(std::vector<Oid> &list, Oid schema)
{
	for (const Oid present : list)
		if (present == schema)
			return;
	list.push_back(schema);
}

void
parse_path()
{
	std::vector<std::string> names;
	std::vector<Oid> named;

	split_identifiers(namespace_search_path, &names);
	creation_schema = InvalidOid;
	for (const std::string &name : names)
		if (std::optional<Oid> schema = resolve(name); schema && may_use(*schema))
		{
			add_once(named, *schema);
			if (creation_schema == InvalidOid)
				creation_schema = *schema;
		}
	if (creation_schema == InvalidOid && !names.empty() && names[0] == kTempSchemaName)
		creation_schema = kTempSchemaOid;

	/* What the path does not name is searched first: temporary objects, then the catalogs. */
	path.clear();
	if (TempSchemaExists() && std::find(named.begin(), named.end(), kTempSchemaOid) == named.end())
		path.push_back(kTempSchemaOid);
	if (std::find(named.begin(), named.end(), kPgCatalogOid) == named.end())
		path.push_back(kPgCatalogOid);
	implicit_schemas = path.size();
	for (const Oid schema : named)
		path.push_back(schema);
}

void
refresh()
{
	const uint64 generation = CatalogGeneration();

	const uint64 number = NamingNumber();

	if (parsed_once && parsed_generation == generation && parsed_naming == number)
		return;
	parse_path();
	parsed_naming = number;
	parsed_generation = generation;
	parsed_once = true;
}

const SettingDef kSearchPathSettings[] = {
	{
		.name = "search_path",
		.context = PGC_USERSET,
		.group = SettingGroup::ClientStatement,
		.short_desc = "Sets the schema search order for names that are not schema-qualified.",
		.value = StringSetting{&namespace_search_path, "\"$user\", public", check_search_path,
							   assign_search_path},
		.flags = GUC_LIST_INPUT | GUC_LIST_QUOTE | GUC_EXPLAIN,
	},
};

} /* namespace */

const SettingSpan kCatalogSettings = kSearchPathSettings;

uint64
NamingNumber()
{
	/* A session that goes through very many paths gets new numbers. */
	constexpr size_t kMaxKnown = 1000;
	static auto &known = *new std::map<std::pair<Oid, std::string>, uint64>;
	static uint64 last = 0;
	const Oid user = GetUserId();

	if (naming_is_known && naming_user == user)
		return naming;
	if (known.size() >= kMaxKnown)
		known.clear();

	/* Null: the settings have no values yet. */
	const char *const written = namespace_search_path != nullptr ? namespace_search_path : "";
	uint64 &number = known[{user, written}];

	if (number == 0)
		number = ++last;
	naming = number;
	naming_user = user;
	naming_is_known = true;
	return naming;
}

const std::vector<Oid> &
EffectiveSearchPath()
{
	refresh();
	return path;
}

std::vector<Oid>
ExplicitSearchPath()
{
	refresh();
	return {path.begin() + static_cast<std::ptrdiff_t>(implicit_schemas), path.end()};
}

Oid
CreationSchema()
{
	refresh();
	if (creation_schema == InvalidOid)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_SCHEMA)
				  .msg("no schema has been selected to create in"));
	return creation_schema;
}

} /* namespace pg */
