/*
 * catalog/languages.h
 *		OIDs about procedural languages.
 */
#pragma once

#include "postgres.h"

namespace pg
{

inline constexpr Oid kPgLanguageOid = 2612; /* the catalog */
inline constexpr Oid kSqlLanguageOid = 14;
inline constexpr Oid kPlpgsqlLanguageOid = 13500;

} /* namespace pg */
