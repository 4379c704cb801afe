/*
 * utils/adt/lasting_types.cpp
 *		TypeDefs of the database's types, and their names.
 *
 * Processes with a database, inside a transaction.
 */
#include "utils/adt/lasting_types.h"

#include <utility>

#include "utils/adt/text_bodies.h"

namespace pg
{

const TypeDef *
LastingTypes::get(Oid oid, const std::string &name, const TypeDef &shape)
{
	for (auto [at, end] = entries_.equal_range(oid); at != end; ++at)
		if (at->second->name == name)
			return &at->second->def;

	auto entry = std::make_unique<Entry>();

	entry->name = name;
	entry->def = shape;
	entry->def.oid = oid;
	entry->def.name = entry->def.sql_name = entry->name.c_str();
	return &entries_.emplace(oid, std::move(entry))->second->def;
}

std::string
ShownTypeName(const std::string &schema, const std::string &name, bool visible)
{
	std::string text;

	if (!visible)
	{
		AppendIdentifier(schema, &text);
		text += '.';
	}
	AppendIdentifier(name, &text);
	return text;
}

} /* namespace pg */
