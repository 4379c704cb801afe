/*
 * catalog/describe.h
 *		Objects in the words of messages: "table s.t", "column c of view v", "function f(integer)".
 *
 * Backends and workers with a database, inside a transaction.
 */
#pragma once

#include <string>

#include "catalog/objects.h"

namespace pg
{

/* "table", "view", "index", "sequence", "type" */
const char *RelationNoun(const RelationInfo &relation);

/* The relation's name, quoted where need be, and qualified where the search path does not find it. */
std::string VisibleName(const RelationInfo &relation);

/*
 * The object of that catalog, as pg_describe_object says it; column: of a relation, 0: the whole. Empty: there is none.
 * Raises XX000 for what is no catalog of objects.
 */
std::string DescribeObject(Oid class_id, Oid object, int column = 0);

} /* namespace pg */
