/*
 * utils/adt/regtypes.h
 *		Names of catalog objects to OIDs: relations, types, functions, schemas, roles.
 *
 * Processes with a database, inside a transaction.
 */
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "postgres.h"

namespace pg
{

/* "a.b", "\"A\".b": the parts, folded and unquoted. Raises 42602 invalid name syntax. */
std::vector<std::string> SplitQualifiedName(std::string_view text);

/* By name, or by number in digits; none: not there. Raise for malformed names. */
std::optional<Oid> FindRegclass(std::string_view text);
/* The same; raises 3F000 or 42P01 when there is none. */
Oid RegclassOid(std::string_view text);
std::optional<Oid> FindRegtype(std::string_view text);
std::optional<Oid> FindRegnamespace(std::string_view text);
std::optional<Oid> FindRegrole(std::string_view text);
/* count: how many functions have that name. */
std::optional<Oid> FindRegproc(std::string_view text, size_t *count);
std::optional<Oid> FindRegprocedure(std::string_view text);

/* True when the relation is found by its bare name along the search path. */
bool RelationIsVisible(Oid relation);

} /* namespace pg */
