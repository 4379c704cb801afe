/*
 * utils/adt/lasting_types.h
 *		TypeDefs of the database's types: made once, and there for the process's life.
 *
 * Processes with a database, inside a transaction.
 */
#pragma once

#include <map>
#include <memory>
#include <string>

#include "utils/adt/registry.h"

namespace pg
{

/* Of one kind of type. Never destroyed: others hold pointers. */
class LastingTypes
{
public:
	/* A renamed type gets another TypeDef beside the old one. The oid and the names of `shape` are set here. */
	const TypeDef *get(Oid oid, const std::string &name, const TypeDef &shape);

private:
	struct Entry
	{
		std::string name;
		TypeDef def;
	};

	std::multimap<Oid, std::unique_ptr<Entry>> entries_;
};

/* "(schema.)name" as format_type prints it; visible: the search path finds it. */
std::string ShownTypeName(const std::string &schema, const std::string &name, bool visible);

} /* namespace pg */
