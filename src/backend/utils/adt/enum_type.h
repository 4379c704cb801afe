/*
 * utils/adt/enum_type.h
 *		Enumerations as types: their TypeDef, and values to and from text and C.
 *
 * A value is its label's sort order, a Real, so the engine compares, groups and indexes it as it stands.
 * Processes with a database, inside a transaction.
 */
#pragma once

#include <string>
#include <string_view>

#include "utils/adt/registry.h"

namespace pg
{

/* Null where there is none. It stays for the process's life. */
const TypeDef *FindEnumType(Oid oid);
/* The schema of one. */
Oid EnumTypeSchema(Oid oid);
/* "(schema.)name" as format_type prints it. */
std::string EnumTypeName(Oid oid);

/* Raises 22P02 for what is no label. */
Value EnumInput(Oid type, std::string_view text);
void EnumOutput(Oid type, const Value &value, std::string *out);
/* C has the label's OID. */
Datum EnumToDatum(Oid type, const Value &value);
Value EnumFromDatum(Oid type, Datum datum);

} /* namespace pg */
