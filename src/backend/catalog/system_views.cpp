/*
 * catalog/system_views.cpp
 *		The SQL of system views over the catalogs.
 *
 * Constants; any process.  Columns stand in the order of system_relations.cpp, which gives their
 * names and types.  What Postroom has none of (domains, collation clauses, ...) is null.
 */
#include "catalog/system_views.h"

namespace pg
{
namespace
{

constexpr SystemView kViews[] = {
	{"pg_catalog", "pg_roles", R"(
SELECT r.rolname, r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb, r.rolcanlogin,
	r.rolreplication, r.rolconnlimit, '********'::text AS rolpassword, r.rolvaliduntil,
	r.rolbypassrls, s.setconfig AS rolconfig, r.oid
FROM pg_catalog.pg_authid r LEFT JOIN pg_catalog.pg_db_role_setting s
	ON s.setrole = r.oid AND s.setdatabase = 0)"},

	{"pg_catalog", "pg_shadow", R"(
SELECT r.rolname AS usename, r.oid AS usesysid, r.rolcreatedb AS usecreatedb, r.rolsuper AS usesuper,
	r.rolreplication AS userepl, r.rolbypassrls AS usebypassrls, r.rolpassword AS passwd,
	r.rolvaliduntil AS valuntil, s.setconfig AS useconfig
FROM pg_catalog.pg_authid r LEFT JOIN pg_catalog.pg_db_role_setting s
	ON s.setrole = r.oid AND s.setdatabase = 0
WHERE r.rolcanlogin)"},

	{"pg_catalog", "pg_group", R"(
SELECT r.rolname AS groname, r.oid AS grosysid,
	coalesce((SELECT array_agg(m.member) FROM pg_catalog.pg_auth_members m WHERE m.roleid = r.oid),
		'{}'::oid[]) AS grolist
FROM pg_catalog.pg_authid r
WHERE NOT r.rolcanlogin)"},

	{"pg_catalog", "pg_user", R"(
SELECT r.rolname AS usename, r.oid AS usesysid, r.rolcreatedb AS usecreatedb, r.rolsuper AS usesuper,
	r.rolreplication AS userepl, r.rolbypassrls AS usebypassrls, '********'::text AS passwd,
	r.rolvaliduntil AS valuntil, s.setconfig AS useconfig
FROM pg_catalog.pg_authid r LEFT JOIN pg_catalog.pg_db_role_setting s
	ON s.setrole = r.oid AND s.setdatabase = 0
WHERE r.rolcanlogin)"},

	{"pg_catalog", "pg_tables", R"(
SELECT n.nspname AS schemaname, c.relname AS tablename,
	pg_catalog.pg_get_userbyid(c.relowner) AS tableowner,
	CASE WHEN c.relisshared THEN 'pg_global'::text END AS tablespace,
	c.relhasindex AS hasindexes, c.relhasrules AS hasrules, c.relhastriggers AS hastriggers,
	c.relrowsecurity AS rowsecurity
FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p'))"},

	{"pg_catalog", "pg_views", R"(
SELECT n.nspname AS schemaname, c.relname AS viewname,
	pg_catalog.pg_get_userbyid(c.relowner) AS viewowner,
	pg_catalog.pg_get_viewdef(c.oid) AS definition
FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'v')"},

	{"pg_catalog", "pg_indexes", R"(
SELECT n.nspname AS schemaname, t.relname AS tablename, i.relname AS indexname,
	NULL::text AS tablespace, pg_catalog.pg_get_indexdef(i.oid) AS indexdef
FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class t ON t.oid = x.indrelid
	JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
	LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
WHERE t.relkind = 'r' AND i.relkind = 'i')"},

	{"pg_catalog", "pg_sequences", R"(
SELECT n.nspname AS schemaname, c.relname AS sequencename,
	pg_catalog.pg_get_userbyid(c.relowner) AS sequenceowner, s.seqtypid::regtype AS data_type,
	s.seqstart AS start_value, s.seqmin AS min_value, s.seqmax AS max_value,
	s.seqincrement AS increment_by, s.seqcycle AS cycle, s.seqcache AS cache_size,
	CASE WHEN pg_catalog.has_sequence_privilege(c.oid, 'SELECT,USAGE')
		THEN pg_catalog.pg_sequence_last_value(c.oid::regclass) END AS last_value
FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
	LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'S')"},

	{"information_schema", "sequences", R"(
SELECT current_database() AS sequence_catalog, n.nspname AS sequence_schema,
	c.relname AS sequence_name, pg_catalog.format_type(s.seqtypid, NULL) AS data_type,
	CASE s.seqtypid WHEN 21 THEN 16 WHEN 23 THEN 32 ELSE 64 END AS numeric_precision,
	2 AS numeric_precision_radix, 0 AS numeric_scale, s.seqstart::text AS start_value,
	s.seqmin::text AS minimum_value, s.seqmax::text AS maximum_value,
	s.seqincrement::text AS increment, CASE WHEN s.seqcycle THEN 'YES' ELSE 'NO' END AS cycle_option
FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
	JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'S' AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
		WHERE d.classid = 1259 AND d.objid = c.oid AND d.deptype = 'i')
	AND (pg_catalog.pg_has_role(c.relowner, 'USAGE')
		OR pg_catalog.has_sequence_privilege(c.oid, 'SELECT,UPDATE,USAGE')))"},

	{"information_schema", "tables", R"(
SELECT current_database() AS table_catalog, n.nspname AS table_schema, c.relname AS table_name,
	CASE WHEN c.relpersistence = 't' THEN 'LOCAL TEMPORARY' WHEN c.relkind = 'v' THEN 'VIEW'
		ELSE 'BASE TABLE' END AS table_type,
	NULL::text AS self_referencing_column_name, NULL::text AS reference_generation,
	NULL::text AS user_defined_type_catalog, NULL::text AS user_defined_type_schema,
	NULL::text AS user_defined_type_name,
	CASE WHEN c.relkind = 'r' THEN 'YES' ELSE 'NO' END AS is_insertable_into,
	'NO'::text AS is_typed, NULL::text AS commit_action
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'v'))"},

	{"information_schema", "columns", R"(
SELECT current_database() AS table_catalog, n.nspname AS table_schema, c.relname AS table_name,
	a.attname AS column_name, a.attnum::integer AS ordinal_position,
	pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS column_default,
	CASE WHEN a.attnotnull THEN 'NO' ELSE 'YES' END AS is_nullable,
	CASE WHEN t.typcategory = 'A' THEN 'ARRAY' ELSE pg_catalog.format_type(a.atttypid, NULL)
		END AS data_type,
	CASE WHEN a.atttypid IN (1042, 1043) AND a.atttypmod > 0 THEN a.atttypmod - 4
		END AS character_maximum_length,
	CASE WHEN a.atttypid IN (1042, 1043) AND a.atttypmod > 0 THEN (a.atttypmod - 4) * 4
		WHEN a.atttypid IN (25, 1042, 1043) THEN 1073741824 END AS character_octet_length,
	CASE a.atttypid WHEN 21 THEN 16 WHEN 23 THEN 32 WHEN 20 THEN 64 WHEN 700 THEN 24 WHEN 701 THEN 53
		WHEN 1700 THEN CASE WHEN a.atttypmod > 0 THEN (a.atttypmod - 4) / 65536 END
		END AS numeric_precision,
	CASE WHEN a.atttypid IN (20, 21, 23, 700, 701) THEN 2 WHEN a.atttypid = 1700 THEN 10
		END AS numeric_precision_radix,
	CASE WHEN a.atttypid IN (20, 21, 23) THEN 0
		WHEN a.atttypid = 1700 AND a.atttypmod > 0 THEN (a.atttypmod - 4) % 65536 % 2048
		END AS numeric_scale,
	CASE WHEN a.atttypid = 1082 THEN 0
		WHEN a.atttypid IN (1083, 1114, 1184, 1266) THEN
			CASE WHEN a.atttypmod < 0 THEN 6 ELSE a.atttypmod END
		WHEN a.atttypid = 1186 THEN
			CASE WHEN a.atttypmod < 0 OR a.atttypmod % 65536 = 65535 THEN 6
				ELSE a.atttypmod % 65536 END
		END AS datetime_precision,
	NULL::text AS interval_type, NULL::integer AS interval_precision,
	NULL::text AS character_set_catalog, NULL::text AS character_set_schema,
	NULL::text AS character_set_name,
	CASE WHEN a.attcollation = 950 THEN current_database() END AS collation_catalog,
	CASE WHEN a.attcollation = 950 THEN 'pg_catalog' END AS collation_schema,
	CASE WHEN a.attcollation = 950 THEN 'C' END AS collation_name,
	NULL::text AS domain_catalog, NULL::text AS domain_schema, NULL::text AS domain_name,
	current_database() AS udt_catalog, 'pg_catalog'::text AS udt_schema, t.typname AS udt_name,
	NULL::text AS scope_catalog, NULL::text AS scope_schema, NULL::text AS scope_name,
	NULL::integer AS maximum_cardinality, a.attnum::text AS dtd_identifier,
	'NO'::text AS is_self_referencing,
	CASE WHEN a.attidentity IN ('a', 'd') THEN 'YES' ELSE 'NO' END AS is_identity,
	CASE a.attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY DEFAULT' END AS identity_generation,
	NULL::text AS identity_start, NULL::text AS identity_increment, NULL::text AS identity_maximum,
	NULL::text AS identity_minimum, 'NO'::text AS identity_cycle, 'NEVER'::text AS is_generated,
	NULL::text AS generation_expression,
	CASE WHEN c.relkind = 'r' THEN 'YES' ELSE 'NO' END AS is_updatable
FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
	JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
	JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
	LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'v'))"},

	{"information_schema", "schemata", R"(
SELECT current_database() AS catalog_name, n.nspname AS schema_name,
	pg_catalog.pg_get_userbyid(n.nspowner) AS schema_owner,
	NULL::text AS default_character_set_catalog, NULL::text AS default_character_set_schema,
	NULL::text AS default_character_set_name, NULL::text AS sql_path
FROM pg_catalog.pg_namespace n)"},

	{"information_schema", "views", R"(
SELECT current_database() AS table_catalog, n.nspname AS table_schema, c.relname AS table_name,
	pg_catalog.pg_get_viewdef(c.oid) AS view_definition, 'NONE'::text AS check_option,
	'NO'::text AS is_updatable, 'NO'::text AS is_insertable_into, 'NO'::text AS is_trigger_updatable,
	'NO'::text AS is_trigger_deletable, 'NO'::text AS is_trigger_insertable_into
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'v')"},

	/* NOT NULL counts as a check here, under the name that PostgreSQL makes up for it. */
	{"information_schema", "table_constraints", R"(
SELECT current_database() AS constraint_catalog, n.nspname AS constraint_schema,
	k.conname::text AS constraint_name, current_database() AS table_catalog,
	n.nspname AS table_schema, c.relname AS table_name,
	CASE k.contype WHEN 'c' THEN 'CHECK' WHEN 'f' THEN 'FOREIGN KEY' WHEN 'p' THEN 'PRIMARY KEY'
		WHEN 'u' THEN 'UNIQUE' END AS constraint_type,
	CASE WHEN k.condeferrable THEN 'YES' ELSE 'NO' END AS is_deferrable,
	CASE WHEN k.condeferred THEN 'YES' ELSE 'NO' END AS initially_deferred,
	'YES'::text AS enforced, CASE WHEN k.contype = 'u' THEN 'YES' END AS nulls_distinct
FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
	JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r'
UNION ALL
SELECT current_database(), n.nspname,
	n.oid::text || '_' || c.oid::text || '_' || a.attnum::text || '_not_null',
	current_database(), n.nspname, c.relname, 'CHECK', 'NO', 'NO', 'YES', NULL
FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
	JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE a.attnotnull AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind = 'r')"},

	/* conkey is "{1,3}": between commas, each number is found, and the commas before it are counted. */
	{"information_schema", "key_column_usage", R"(
SELECT current_database() AS constraint_catalog, s.nspname AS constraint_schema,
	s.conname AS constraint_name, current_database() AS table_catalog, s.nspname AS table_schema,
	s.relname AS table_name, s.attname AS column_name, s.place AS ordinal_position,
	CASE WHEN s.contype = 'f' THEN s.place END AS position_in_unique_constraint
FROM (SELECT n.nspname, k.conname, c.relname, a.attname, k.contype,
		length(substr(',' || replace(replace(k.conkey::text, '{', ''), '}', '') || ',', 1,
			strpos(',' || replace(replace(k.conkey::text, '{', ''), '}', '') || ',',
				',' || a.attnum::text || ',')))
		- length(replace(substr(',' || replace(replace(k.conkey::text, '{', ''), '}', '') || ',', 1,
			strpos(',' || replace(replace(k.conkey::text, '{', ''), '}', '') || ',',
				',' || a.attnum::text || ',')), ',', '')) AS place
	FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
		JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
	WHERE k.contype IN ('p', 'u', 'f') AND c.relkind = 'r') s
WHERE s.place > 0)"},

	/* One row for each event of a trigger; TRUNCATE is none of the standard's. */
	{"information_schema", "triggers", R"(
SELECT current_database() AS trigger_catalog, n.nspname AS trigger_schema, t.tgname AS trigger_name,
	e.name AS event_manipulation, current_database() AS event_object_catalog,
	n.nspname AS event_object_schema, c.relname AS event_object_table,
	(rank() OVER (PARTITION BY c.oid, e.bit, t.tgtype & 1, t.tgtype & 2 ORDER BY t.tgname))::int4
		AS action_order,
	CASE WHEN t.tgqual IS NOT NULL AND pg_has_role(c.relowner, 'USAGE') THEN
		substring(pg_get_triggerdef(t.oid) FROM ' WHEN \((.+)\) EXECUTE FUNCTION') END
		AS action_condition,
	substring(pg_get_triggerdef(t.oid) FROM 'EXECUTE FUNCTION [^(]+\(.*\)$') AS action_statement,
	CASE t.tgtype & 1 WHEN 1 THEN 'ROW'::text ELSE 'STATEMENT'::text END AS action_orientation,
	CASE t.tgtype & 2 WHEN 2 THEN 'BEFORE'::text ELSE 'AFTER'::text END AS action_timing,
	t.tgoldtable AS action_reference_old_table, t.tgnewtable AS action_reference_new_table,
	NULL::name AS action_reference_old_row, NULL::name AS action_reference_new_row,
	NULL::timestamptz AS created
FROM pg_catalog.pg_trigger t
	JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
	JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
	JOIN (VALUES (4, 'INSERT'::text), (8, 'DELETE'::text), (16, 'UPDATE'::text)) e (bit, name)
		ON t.tgtype & e.bit <> 0
WHERE pg_has_role(c.relowner, 'USAGE')
	OR has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER'))"},
};

} /* namespace */

std::span<const SystemView>
SystemViews()
{
	return kViews;
}

} /* namespace pg */
