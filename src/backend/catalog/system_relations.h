/*
 * catalog/system_relations.h
 *		The relations that every database has: catalogs and system views.
 *
 * One table gives OID, name and columns, as PostgreSQL 15 has them; bootstrap writes it into the
 * catalogs, and lookups of these relations need no database.  Any process; read only.
 */
#pragma once

#include <span>

#include "catalog/objects.h"

namespace pg
{

struct SystemRelation
{
	/* Where its rows are. */
	enum class Where : uint8_t
	{
		Database,  /* an ordinary table of each database */
		Shared,	   /* an ordinary table in global/ */
		View,	   /* SQL over the others: system_views.h */
		RowSource, /* computed by C++: CatalogRowSources() */
	};

	Oid oid;
	const char *schema;
	const char *name;
	Where where;
	/* "name type, ..."; a '!' behind the type is NOT NULL. Null: the row source says. */
	const char *columns;
};

std::span<const SystemRelation> SystemRelations();

/* As lookups want it; cached, so cheap. Null when there is none. */
RelationInfoPtr FindSystemRelation(std::string_view schema, std::string_view name);
RelationInfoPtr FindSystemRelation(Oid oid);

} /* namespace pg */
