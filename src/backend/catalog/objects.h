/*
 * catalog/objects.h
 *		What a database contains: schemas, relations, columns, constraints, indexes, by name and OID.
 *
 * Catalogs are ordinary engine tables changed in the transaction of the DDL; the lookups here are
 * cached per session and valid for one catalog generation (see CatalogGeneration).  Backends and
 * workers that are connected to a database, inside a transaction.
 */
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"

namespace pg
{

struct ColumnInfo
{
	std::string name;
	std::string physical; /* engine column name; equals name but where case alone differs */
	Oid type = 0;
	int32 typmod = -1;
	int16 attnum = 0; /* 1-based; dropped columns keep theirs */
	bool not_null = false;
	bool dropped = false;
	bool is_rowid = false;	 /* integer primary key that is the engine's rowid */
	char identity = 0;		 /* 'a' always, 'd' by default */
	Oid sequence = 0;		 /* of an identity column */
	std::string default_sql; /* PostgreSQL SQL, empty: none */
};

struct ConstraintInfo
{
	Oid oid = 0;
	std::string name;
	char type = 0; /* 'c' check, 'f' foreign key, 'p' primary key, 'u' unique */
	std::vector<int16> columns;
	std::string check_sql;
	Oid foreign_relation = 0;
	std::vector<int16> foreign_columns;
	char update_action = 'a', delete_action = 'a';
	Oid index = 0;
};

struct TableIndex
{
	Oid oid = 0;
	std::string name;
	std::string physical;
	bool unique = false, primary = false;
	std::vector<int16> columns;	 /* 0 for an expression */
	std::string expressions_sql; /* of expression columns, comma-separated */
	std::string predicate_sql;
};

struct TriggerInfo
{
	Oid oid = 0;
	std::string name;
	Oid function = 0;
	int16 type = 0;				/* TRIGGER_TYPE_ bits of catalog/pg_trigger.h */
	char enabled = 'O';			/* O origin, D disabled, R replica, A always */
	std::vector<int16> columns; /* UPDATE OF */
	std::vector<std::string> arguments;
	std::string when_sql;			  /* PostgreSQL SQL over old.* and new.*, empty: none */
	std::string old_table, new_table; /* names of transition tables; empty: none */
};

struct RelationInfo
{
	Oid oid = 0;
	Oid schema = 0;
	Oid owner = 0;
	std::string acl; /* stored form (catalog/rights.h); empty: the default rights */
	std::string schema_name, name;
	char kind = 0;				/* relkind: r v i S */
	char persistence = 0;		/* p, t, u */
	std::string physical;		/* quoted engine name, ready to stand in engine SQL */
	bool is_row_source = false; /* a system view computed by C++ */
	bool is_system = false;
	bool row_security = false, row_security_forced = false; /* policies count, even for its owner */
	std::vector<ColumnInfo> columns;
	std::vector<ConstraintInfo> constraints;
	std::vector<TableIndex> indexes;
	std::vector<TriggerInfo> triggers; /* by name, which is the order in which they fire */
	std::string view_sql;			   /* definition as PostgreSQL SQL, for kind v */

	const ColumnInfo *find_column(std::string_view column) const;
};

using RelationInfoPtr = std::shared_ptr<const RelationInfo>;

/* Foreign keys of other relations (or its own) that point to `relation`. */
struct Reference
{
	RelationInfoPtr relation; /* the referencing one */
	size_t constraint;		  /* index in its constraints */
};
std::vector<Reference> FindReferences(Oid relation);

/* Schema empty: along the search path. Null when there is none. */
RelationInfoPtr FindRelation(std::string_view schema, std::string_view name);
RelationInfoPtr FindRelation(Oid oid);

std::optional<Oid> FindSchema(std::string_view name);
std::optional<std::string> SchemaName(Oid oid);
/* Schemas of search_path that exist, pg_catalog (and the session's temp schema) first where implicit. */
const std::vector<Oid> &EffectiveSearchPath();
/* The same without what is searched unasked. */
std::vector<Oid> ExplicitSearchPath();
/* Where CREATE without a schema goes; raises 3F000 "no schema has been selected to create in". */
Oid CreationSchema();

/*
 * Changes whenever a catalog or this session's own DDL may have changed a lookup (lookup.h: search_path):
 * plans made under another value are stale.  Cheap (two loads).
 */
uint64 CatalogGeneration();
/* DDL of this transaction touched a catalog: bumps at once here, and for all others at commit. */
void CatalogChanged();

struct DatabaseInfo
{
	Oid oid = 0;
	std::string name;
	Oid owner = 0;
	bool allow_connections = false;
	int connection_limit = 0;
	bool is_template = false;
};
std::optional<DatabaseInfo> FindDatabase(std::string_view name);
std::optional<DatabaseInfo> FindDatabase(Oid oid);

struct RoleInfo
{
	Oid oid = 0;
	std::string name;
	bool superuser = false, can_login = false, replication = false, create_db = false,
		 create_role = false, inherit = true, bypass_rls = false;
	int connection_limit = 0;
};
/* With this transaction's own changes. */
std::optional<RoleInfo> FindRole(std::string_view name);
std::optional<RoleInfo> FindRole(Oid oid);

/* initdb (postgres --boot): fills global/ and template1, template0 and postgres. */
void BootstrapCatalogs(const char *superuser_name);

/* Called after the session opened its database; prepares lookups. */
void InitializeCatalogAccess();

/* System views and catalogs that C++ computes: pg_stat_activity, pg_settings, pg_type, pg_proc, ... */
std::span<const RowSource> CatalogRowSources();

} /* namespace pg */
