-- postroom only: PostgreSQL 15 looks for control files in its own folder alone. The output was made there, with test_extensions installed.

\dx test_ext*
SELECT name, default_version, installed_version, comment FROM pg_available_extensions WHERE name LIKE 'test_ext%' ORDER BY name;
SELECT name, version, installed, superuser, trusted, relocatable, schema, requires, comment FROM pg_available_extension_versions
	WHERE name IN ('test_ext_a', 'test_ext_b') ORDER BY name, version;

-- create, in versions
CREATE EXTENSION test_ext_a VERSION '1.0';
CREATE EXTENSION test_ext_a;
CREATE EXTENSION IF NOT EXISTS test_ext_a;
SELECT a_next(1);
SELECT * FROM a_view;
\dx test_ext*
ALTER EXTENSION test_ext_a UPDATE;
SELECT * FROM a_view ORDER BY x;
ALTER EXTENSION test_ext_a UPDATE;
ALTER EXTENSION test_ext_a UPDATE TO '1.2';
SELECT * FROM a_view ORDER BY x;
SELECT extname, extversion, extrelocatable, extnamespace::regnamespace FROM pg_extension WHERE extname LIKE 'test_ext%';
SELECT classid::regclass, refclassid::regclass, deptype, count(*) FROM pg_depend
	WHERE refobjid = (SELECT oid FROM pg_extension WHERE extname = 'test_ext_a') GROUP BY 1, 2, 3 ORDER BY 1;
SELECT obj_description(oid, 'pg_extension') FROM pg_extension WHERE extname = 'test_ext_a';
ALTER EXTENSION test_ext_a UPDATE TO '1.0';
ALTER EXTENSION test_ext_a UPDATE TO 'a--b';
ALTER EXTENSION test_ext_none UPDATE;

-- members
DROP FUNCTION a_next(int);
DROP TABLE a_table CASCADE;
CREATE VIEW mine AS SELECT a_next(3) AS three;
DROP EXTENSION test_ext_a;
DROP EXTENSION test_ext_a CASCADE;
SELECT * FROM mine;
SELECT a_next(1);
SELECT * FROM a_table;
DROP EXTENSION test_ext_a;
DROP EXTENSION IF EXISTS test_ext_a;

-- what others require
CREATE EXTENSION test_ext_b;
CREATE EXTENSION test_ext_b SCHEMA public;
CREATE SCHEMA elsewhere;
CREATE EXTENSION test_ext_b SCHEMA elsewhere CASCADE;
SELECT extname, extversion, extnamespace::regnamespace FROM pg_extension WHERE extname LIKE 'test_ext%' ORDER BY 1;
SELECT b_schema.b_next(1), (SELECT max(x) FROM b_schema.b_view) AS highest;
DROP EXTENSION test_ext_a;
CREATE TABLE b_schema.other (a int);
DROP SCHEMA b_schema;
DROP SCHEMA elsewhere;
DROP TABLE b_schema.other;
DROP EXTENSION test_ext_a, test_ext_b;
DROP SCHEMA b_schema;
CREATE EXTENSION test_ext_a SCHEMA elsewhere;
SELECT elsewhere.a_next(1);
DROP SCHEMA elsewhere CASCADE;
SELECT count(*) FROM pg_extension WHERE extname LIKE 'test_ext%';
CREATE EXTENSION test_ext_cycle1;
CREATE EXTENSION test_ext_cycle1 CASCADE;

-- members by hand, and rows of the user
CREATE EXTENSION test_ext_config CASCADE;
SELECT extconfig[1]::regclass, extconfig[2]::regclass, extcondition FROM pg_extension WHERE extname = 'test_ext_config';
SELECT pg_extension_config_dump('pg_class', '');
CREATE TABLE member (a int4);
CREATE VIEW member_view AS SELECT a FROM member;
CREATE SCHEMA member_schema;
ALTER EXTENSION test_ext_config ADD TABLE member;
ALTER EXTENSION test_ext_config ADD TABLE member;
ALTER EXTENSION test_ext_a ADD TABLE member;
ALTER EXTENSION test_ext_config ADD VIEW member_view;
ALTER EXTENSION test_ext_config ADD SCHEMA member_schema;
ALTER EXTENSION test_ext_config ADD SCHEMA public;
ALTER EXTENSION test_ext_config ADD FUNCTION a_next(int4);
ALTER EXTENSION test_ext_config ADD TABLE nowhere;
ALTER EXTENSION test_ext_none ADD TABLE member;
DROP TABLE member;
ALTER EXTENSION test_ext_config DROP VIEW member_view;
ALTER EXTENSION test_ext_config DROP VIEW member_view;
ALTER EXTENSION test_ext_config DROP TABLE config_part;
DROP EXTENSION test_ext_config;
DROP VIEW member_view;
DROP EXTENSION test_ext_config;
SELECT * FROM member;
SELECT * FROM config_part;
DROP TABLE config_part;
DROP EXTENSION test_ext_a;

-- scripts that fail leave nothing behind
\set SHOW_CONTEXT never
CREATE EXTENSION test_ext_bad VERSION '1.1';
CREATE EXTENSION test_ext_bad VERSION '1.2';
CREATE FUNCTION not_mine(int4) RETURNS int4 AS 'regress_functions', 'next_int4' LANGUAGE C;
CREATE EXTENSION test_ext_replace;
SELECT * FROM bad_table;
SELECT count(*) FROM pg_extension WHERE extname LIKE 'test_ext%';
SHOW search_path;
SHOW client_min_messages;
BEGIN;
CREATE EXTENSION test_ext_a;
SELECT a_next(1);
ROLLBACK;
SELECT a_next(1);

-- what cannot be
CREATE EXTENSION "../a";
CREATE EXTENSION "a--b";
CREATE EXTENSION "";
CREATE EXTENSION test_ext_a VERSION '7';
CREATE EXTENSION test_ext_a VERSION '-7';
CREATE EXTENSION test_ext_a SCHEMA nowhere;
CREATE EXTENSION test_ext_a SCHEMA public SCHEMA public;
COMMENT ON EXTENSION test_ext_a IS 'not there';

-- to another schema: one of functions only, and relocatable
CREATE EXTENSION test_ext_moves;
CREATE SCHEMA elsewhere;
ALTER EXTENSION test_ext_moves SET SCHEMA elsewhere;
SELECT elsewhere.moves_next(1), elsewhere.moves_too('x');
SELECT moves_next(1);
SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'test_ext_moves';
DROP SCHEMA elsewhere;
ALTER EXTENSION test_ext_moves SET SCHEMA elsewhere;
ALTER EXTENSION test_ext_moves SET SCHEMA nowhere;
ALTER EXTENSION test_ext_none SET SCHEMA elsewhere;
CREATE FUNCTION public.moves_too(text) RETURNS text LANGUAGE sql AS 'SELECT 1';
ALTER EXTENSION test_ext_moves SET SCHEMA public;
DROP FUNCTION public.moves_too(text);
ALTER FUNCTION elsewhere.moves_too(text) SET SCHEMA public;
ALTER EXTENSION test_ext_moves SET SCHEMA public;
CREATE EXTENSION test_ext_a;
ALTER EXTENSION test_ext_a SET SCHEMA elsewhere;
CREATE EXTENSION test_ext_b;
ALTER EXTENSION test_ext_b SET SCHEMA elsewhere;
CREATE ROLE regress_extension_user;
GRANT CREATE ON SCHEMA elsewhere TO regress_extension_user;
SET ROLE regress_extension_user;
ALTER EXTENSION test_ext_moves SET SCHEMA elsewhere;
RESET ROLE;
DROP EXTENSION test_ext_moves, test_ext_b, test_ext_a;
DROP SCHEMA elsewhere;
DROP ROLE regress_extension_user;
