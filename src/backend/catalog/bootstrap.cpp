/*
 * catalog/bootstrap.cpp
 *		The first databases of a cluster: what initdb asks `postgres --boot` to write.
 *
 * Runs alone, in one process without shared memory, on an empty data directory.
 */
#include <string>

#include "catalog/catalog_names.h"
#include "catalog/objects.h"
#include "catalog/system_relations.h"
#include "engine/engine.h"
#include "utils/adt/registry.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

using Where = SystemRelation::Where;

const char *
engine_type(Storage storage)
{
	switch (storage)
	{
		case Storage::Integer: return "INTEGER";
		case Storage::Real: return "REAL";
		case Storage::Blob: return "BLOB";
		case Storage::Text: break;
	}
	return "TEXT";
}

std::string
create_table(const RelationInfo &relation)
{
	std::string sql = "CREATE TABLE " + relation.physical + " (";

	for (const ColumnInfo &column : relation.columns)
	{
		if (column.attnum > 1)
			sql += ", ";
		sql += QuoteEngineName(column.physical) + ' ' + engine_type(FindType(column.type)->storage);
		if (column.name == "oid" && column.attnum == 1)
			sql += " PRIMARY KEY";
		if (column.not_null)
			sql += " NOT NULL";
	}
	return sql + ");";
}

constexpr const char *kDatabaseTables = R"(
CREATE TABLE main."postroom.counters" (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
INSERT INTO main."postroom.counters" VALUES ('oid', 16384);
CREATE TABLE main."postroom.physical" (relid INTEGER, attnum INTEGER, name TEXT NOT NULL,
	PRIMARY KEY (relid, attnum)) WITHOUT ROWID;
CREATE TABLE main."postroom.sequences" (relid INTEGER PRIMARY KEY, epoch INTEGER NOT NULL,
	first INTEGER NOT NULL, is_called INTEGER NOT NULL);
CREATE UNIQUE INDEX main."pg_catalog.pg_sequence_seqrelid_index"
	ON "pg_catalog.pg_sequence" (seqrelid);
CREATE TABLE main."pg_catalog.pg_proc_rows" (oid INTEGER PRIMARY KEY, proname TEXT NOT NULL,
	pronamespace INTEGER NOT NULL, proowner INTEGER NOT NULL, prolang INTEGER NOT NULL,
	procost REAL NOT NULL, prorows REAL NOT NULL, provariadic INTEGER NOT NULL,
	prosupport INTEGER NOT NULL, prokind TEXT NOT NULL, prosecdef INTEGER NOT NULL,
	proleakproof INTEGER NOT NULL, proisstrict INTEGER NOT NULL, proretset INTEGER NOT NULL,
	provolatile TEXT NOT NULL, proparallel TEXT NOT NULL, pronargs INTEGER NOT NULL,
	pronargdefaults INTEGER NOT NULL, prorettype INTEGER NOT NULL, proargtypes TEXT NOT NULL,
	proallargtypes TEXT, proargmodes TEXT, proargnames TEXT, proargdefaults TEXT,
	prosrc TEXT NOT NULL, probin TEXT, proconfig TEXT, proacl TEXT);
CREATE UNIQUE INDEX main."pg_catalog.pg_proc_proname_args_nsp_index"
	ON "pg_catalog.pg_proc_rows" (proname, proargtypes, pronamespace);
CREATE TABLE main."pg_catalog.pg_type_rows" (oid INTEGER PRIMARY KEY, typname TEXT NOT NULL,
	typnamespace INTEGER NOT NULL, typowner INTEGER NOT NULL, typacl TEXT);
CREATE UNIQUE INDEX main."pg_catalog.pg_type_typname_nsp_index"
	ON "pg_catalog.pg_type_rows" (typname, typnamespace);
CREATE UNIQUE INDEX main."pg_catalog.pg_enum_typid_label_index"
	ON "pg_catalog.pg_enum" (enumtypid, enumlabel);
CREATE UNIQUE INDEX main."pg_catalog.pg_class_relname_nsp_index"
	ON "pg_catalog.pg_class" (relname, relnamespace);
CREATE UNIQUE INDEX main."pg_catalog.pg_namespace_nspname_index"
	ON "pg_catalog.pg_namespace" (nspname);
CREATE UNIQUE INDEX main."pg_catalog.pg_attribute_relid_attnum_index"
	ON "pg_catalog.pg_attribute" (attrelid, attnum);
CREATE UNIQUE INDEX main."pg_catalog.pg_attrdef_adrelid_adnum_index"
	ON "pg_catalog.pg_attrdef" (adrelid, adnum);
CREATE INDEX main."pg_catalog.pg_constraint_conrelid_index"
	ON "pg_catalog.pg_constraint" (conrelid);
CREATE INDEX main."pg_catalog.pg_index_indrelid_index" ON "pg_catalog.pg_index" (indrelid);
CREATE INDEX main."pg_catalog.pg_depend_reference_index"
	ON "pg_catalog.pg_depend" (refclassid, refobjid, refobjsubid);
CREATE INDEX main."pg_catalog.pg_depend_depender_index"
	ON "pg_catalog.pg_depend" (classid, objid, objsubid);
INSERT INTO main."pg_catalog.pg_namespace" (oid, nspname, nspowner, nspacl)
	VALUES (11, 'pg_catalog', 10, '#,10=UC/10;,0=U/10;'), (99, 'pg_toast', 10, NULL),
	(2200, 'public', 6171, '#,6171=UC/6171;,0=U/6171;'),
	(13212, 'information_schema', 10, '#,10=UC/10;,0=U/10;');
INSERT INTO main."pg_catalog.pg_am" (oid, amname, amhandler, amtype)
	VALUES (2, 'heap', 3, 't'), (403, 'btree', 330, 'i');
INSERT INTO main."pg_catalog.pg_language"
	(oid, lanname, lanowner, lanispl, lanpltrusted, lanplcallfoid, laninline, lanvalidator)
	VALUES (12, 'internal', 10, 0, 0, 0, 0, 2246), (13, 'c', 10, 0, 0, 0, 0, 2247),
	(14, 'sql', 10, 0, 1, 0, 0, 2248), (13500, 'plpgsql', 10, 1, 1, 13501, 13502, 13503);
INSERT INTO main."pg_catalog.pg_extension"
	(oid, extname, extowner, extnamespace, extrelocatable, extversion)
	VALUES (13499, 'plpgsql', 10, 11, 0, '1.0');
INSERT INTO main."pg_catalog.pg_collation" (oid, collname, collnamespace, collowner, collprovider,
	collisdeterministic, collencoding, collcollate, collctype)
	VALUES (100, 'default', 11, 10, 'd', 1, -1, NULL, NULL), (950, 'C', 11, 10, 'c', 1, -1, 'C', 'C'),
	(951, 'POSIX', 11, 10, 'c', 1, -1, 'POSIX', 'POSIX');
INSERT INTO main."pg_catalog.pg_description" (objoid, classoid, objsubid, description)
	VALUES (13499, 3079, 0, 'PL/pgSQL procedural language'), (2200, 2615, 0, 'standard public schema'), (11, 2615, 0, 'system catalog schema');
)";

constexpr const char *kSharedTables = R"(
CREATE TABLE global."postroom.counters" (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
INSERT INTO global."postroom.counters" VALUES ('oid', 16384);
CREATE UNIQUE INDEX global."pg_catalog.pg_database_datname_index"
	ON "pg_catalog.pg_database" (datname);
CREATE UNIQUE INDEX global."pg_catalog.pg_authid_rolname_index"
	ON "pg_catalog.pg_authid" (rolname);
INSERT INTO global."pg_catalog.pg_tablespace" (oid, spcname, spcowner)
	VALUES (1663, 'pg_default', 10), (1664, 'pg_global', 10);
INSERT INTO global."pg_catalog.pg_database" (oid, datname, datdba, encoding, datlocprovider,
	datistemplate, datallowconn, datconnlimit, datfrozenxid, datminmxid, dattablespace, datcollate,
	datctype)
	VALUES (1, 'template1', 10, 6, 'c', 1, 1, -1, 1, 1, 1663, 'C.UTF-8', 'C.UTF-8'),
	(4, 'template0', 10, 6, 'c', 1, 0, -1, 1, 1, 1663, 'C.UTF-8', 'C.UTF-8'),
	(5, 'postgres', 10, 6, 'c', 0, 1, -1, 1, 1, 1663, 'C.UTF-8', 'C.UTF-8');
INSERT INTO global."pg_catalog.pg_authid" (oid, rolname, rolsuper, rolinherit, rolcreaterole,
	rolcreatedb, rolcanlogin, rolreplication, rolbypassrls, rolconnlimit)
	SELECT column1, column2, 0, 1, 0, 0, 0, 0, 0, -1 FROM (VALUES (3373, 'pg_monitor'),
	(3374, 'pg_read_all_settings'), (3375, 'pg_read_all_stats'), (3377, 'pg_stat_scan_tables'),
	(4200, 'pg_signal_backend'), (4544, 'pg_checkpoint'), (4569, 'pg_read_server_files'),
	(4570, 'pg_write_server_files'), (4571, 'pg_execute_server_program'),
	(6171, 'pg_database_owner'), (6181, 'pg_read_all_data'), (6182, 'pg_write_all_data'));
INSERT INTO global."pg_catalog.pg_auth_members" (roleid, member, grantor, admin_option)
	VALUES (3374, 3373, 10, 0), (3375, 3373, 10, 0), (3377, 3373, 10, 0);
INSERT INTO global."pg_catalog.pg_shdescription" (objoid, classoid, description)
	VALUES (1, 1262, 'default template for new databases'),
	(4, 1262, 'unmodifiable empty database'), (5, 1262, 'default administrative connection database');
)";

/* Rows of pg_class and pg_attribute that describe the catalogs themselves. */
class SelfDescription
{
public:
	explicit SelfDescription(EngineSession &session)
		: class_row_(session.prepare(
			  "INSERT INTO main.\"pg_catalog.pg_class\" (oid, relname, relnamespace, reltype, "
			  "reloftype, relowner, relam, relfilenode, reltablespace, relpages, reltuples, "
			  "relallvisible, reltoastrelid, relhasindex, relisshared, relpersistence, relkind, "
			  "relnatts, relchecks, relhasrules, relhastriggers, relhassubclass, relrowsecurity, "
			  "relforcerowsecurity, relispopulated, relreplident, relispartition, relrewrite, "
			  "relfrozenxid, relminmxid) VALUES (?1, ?2, ?3, 0, 0, 10, ?4, ?1, ?5, 0, -1.0, 0, 0, "
			  "0, "
			  "?6, 'p', ?7, ?8, 0, ?9, 0, 0, 0, 0, 1, 'n', 0, 0, 0, 0)")),
		  column_row_(session.prepare(
			  "INSERT INTO main.\"pg_catalog.pg_attribute\" (attrelid, attname, atttypid, "
			  "attstattarget, attlen, attnum, attndims, attcacheoff, atttypmod, attbyval, "
			  "attalign, "
			  "attstorage, attcompression, attnotnull, atthasdef, atthasmissing, attidentity, "
			  "attgenerated, attisdropped, attislocal, attinhcount, attcollation) VALUES (?1, ?2, "
			  "?3, -1, ?4, ?5, ?6, -1, -1, ?7, ?8, ?9, '', ?10, 0, 0, '', '', 0, 1, 0, ?11)"))
	{
	}

	void write(const SystemRelation &def)
	{
		RelationInfoPtr relation = FindSystemRelation(def.oid);

		write_class(*relation, def.where == Where::Shared);
		for (const ColumnInfo &column : relation->columns)
			write_column(*relation, column);
	}

private:
	void write_class(const RelationInfo &relation, bool shared)
	{
		const std::string kind(1, relation.kind);
		const bool table = relation.kind == 'r';

		class_row_->bind(0, Value::Int(relation.oid));
		class_row_->bind(1, Value::Text(relation.name));
		class_row_->bind(2, Value::Int(relation.schema));
		class_row_->bind(3, Value::Int(table ? 2 : 0));
		class_row_->bind(4, Value::Int(shared ? kGlobalTablespaceOid : 0));
		class_row_->bind(5, Value::Bool(shared));
		class_row_->bind(6, Value::Text(kind));
		class_row_->bind(7, Value::Int(static_cast<int64>(relation.columns.size())));
		class_row_->bind(8, Value::Bool(!table));
		class_row_->step();
		class_row_->reset();
	}

	void write_column(const RelationInfo &relation, const ColumnInfo &column)
	{
		const TypeDef &type = *FindType(column.type);
		const std::string align(1, type.align);
		const std::string storage = type.len == -1 ? "x" : "p";
		const bool collates = type.category == 'S';

		column_row_->bind(0, Value::Int(relation.oid));
		column_row_->bind(1, Value::Text(column.name));
		column_row_->bind(2, Value::Int(column.type));
		column_row_->bind(3, Value::Int(type.len));
		column_row_->bind(4, Value::Int(column.attnum));
		column_row_->bind(5, Value::Int(type.category == 'A' ? 1 : 0));
		column_row_->bind(6, Value::Bool(type.by_value));
		column_row_->bind(7, Value::Text(align));
		column_row_->bind(8, Value::Text(storage));
		column_row_->bind(9, Value::Bool(column.not_null));
		column_row_->bind(10, Value::Int(collates ? (type.len == 64 ? 950 : 100) : 0));
		column_row_->step();
		column_row_->reset();
	}

	std::unique_ptr<EngineStatement> class_row_, column_row_;
};

void
create_tables(EngineSession &session, Where where)
{
	for (const SystemRelation &def : SystemRelations())
		if (def.where == where)
			session.execute(create_table(*FindSystemRelation(def.oid)).c_str());
}

void
write_shared_catalogs(const char *superuser_name)
{
	std::unique_ptr<EngineSession> session = SqliteEngine().open(InvalidOid, false);

	session->begin(SnapshotMode::PerStatement, false);
	session->ensure_write();
	create_tables(*session, Where::Shared);
	session->execute(kSharedTables);

	auto role = session->prepare(
		"INSERT INTO global.\"pg_catalog.pg_authid\" (oid, rolname, rolsuper, rolinherit, "
		"rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls, rolconnlimit) "
		"VALUES (10, ?1, 1, 1, 1, 1, 1, 1, 1, -1)");

	role->bind(0, Value::Text(superuser_name));
	role->step();
	role->reset();
	session->commit();
}

void
write_template()
{
	std::unique_ptr<EngineSession> session = SqliteEngine().open(kTemplate1Oid, false);

	session->begin(SnapshotMode::PerStatement, false);
	session->ensure_write();
	create_tables(*session, Where::Database);
	session->execute(kDatabaseTables);
	{
		SelfDescription catalogs(*session);

		for (const SystemRelation &def : SystemRelations())
			catalogs.write(def);
	}
	session->commit();
}

} /* namespace */

void
BootstrapCatalogs(const char *superuser_name)
{
	Engine &engine = SqliteEngine();

	engine.create_database(InvalidOid, InvalidOid);
	write_shared_catalogs(superuser_name);
	engine.create_database(kTemplate1Oid, InvalidOid);
	write_template();
	engine.create_database(kTemplate0Oid, kTemplate1Oid);
	engine.create_database(kPostgresOid, kTemplate1Oid);
}

} /* namespace pg */
