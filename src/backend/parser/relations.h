/*
 * parser/relations.h
 *		How the analyzer finds relations: the catalog, or a stand-in of a unit test.
 */
#pragma once

#include "catalog/objects.h"

namespace pg::parser
{

using RelationLookup = RelationInfoPtr (*)(std::string_view schema, std::string_view name);

/* FindRelation unless a test says otherwise. */
extern RelationLookup relation_lookup;

} /* namespace pg::parser */
