/*
 * catalog/catalog_names.h
 *		OIDs and engine names that the catalogs agree on.
 *
 * Constants and pure helpers; any process.
 */
#pragma once

#include <string>
#include <string_view>

#include "postgres.h"

namespace pg
{

/* PostgreSQL's fixed OIDs. */
inline constexpr Oid kPgCatalogOid = 11;
inline constexpr Oid kPublicOid = 2200;
inline constexpr Oid kInformationSchemaOid = 13212;
inline constexpr Oid kTempSchemaOid = 16383; /* pg_temp of this session; never in a file */
inline constexpr Oid kTemplate1Oid = 1;
inline constexpr Oid kTemplate0Oid = 4;
inline constexpr Oid kPostgresOid = 5;
inline constexpr Oid kDefaultTablespaceOid = 1663;
inline constexpr Oid kGlobalTablespaceOid = 1664;
inline constexpr Oid kBootstrapSuperuserOid = 10;
inline constexpr Oid kFirstNormalOid = 16384;

/* Name of this session's temporary schema in SQL. */
inline constexpr const char *kTempSchemaName = "pg_temp";

/* "name" for the engine, with quotes doubled. */
inline std::string
QuoteEngineName(std::string_view name)
{
	std::string quoted = "\"";

	for (const char c : name)
	{
		if (c == '"')
			quoted += '"';
		quoted += c;
	}
	return quoted + '"';
}

} /* namespace pg */
