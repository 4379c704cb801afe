/*
 * catalog/user_types.h
 *		Types that have no columns: those of CREATE TYPE ... AS ENUM.
 *
 * Built-in types are a constant table of utils/adt, row types are relations; pg_type shows all three.
 * The rows here lie in the table "pg_catalog.pg_type_rows" of the database's file, the labels in
 * pg_enum, and both are cached for one generation.  A label's value in the engine is its sort order,
 * a Real, so that a label can be renamed, and another put between two, without a look at the tables
 * that hold values.  Backends and workers with a database, inside a transaction.
 */
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/write.h"

namespace pg
{

inline constexpr Oid kPgTypeOid = 1247;
inline constexpr Oid kPgEnumOid = 3501;

struct EnumLabel
{
	Oid oid = 0;
	double order = 0; /* pg_enum.enumsortorder, with all its digits */
	std::string label;
};

struct UserTypeInfo
{
	Oid oid = 0;
	std::string name;
	Oid schema = 0;
	Oid owner = 0;
	std::string acl;			   /* as stored: catalog/rights.h reads it */
	std::vector<EnumLabel> labels; /* in their order */

	/* Null when there is none. */
	const EnumLabel *find(std::string_view label) const;
	const EnumLabel *find(double order) const;
	const EnumLabel *find(Oid label_oid) const;
};

using UserTypePtr = std::shared_ptr<const UserTypeInfo>;

/* Null when there is none, also in a process without a database. */
UserTypePtr FindUserType(Oid oid);
/* Schema empty: along the search path. */
UserTypePtr FindUserType(std::string_view schema, std::string_view name);
/* Every one, in order of OID. */
std::vector<UserTypePtr> AllUserTypes();

/* Writing.  Callers end with CatalogChanged(). */
void WriteUserType(const UserTypeInfo &type);
void WriteEnumLabel(Oid type, const EnumLabel &label);
void DeleteUserType(Oid oid);

} /* namespace pg */
