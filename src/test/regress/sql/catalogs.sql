-- System catalogs and functions that clients ask.
CREATE SCHEMA app;
CREATE TABLE app.thing (id int PRIMARY KEY, name varchar(10) NOT NULL, price numeric(6, 2) DEFAULT 1.5, seen timestamptz);
CREATE VIEW app.things AS SELECT id, name FROM app.thing;
SELECT nspname FROM pg_namespace WHERE nspname IN ('app', 'public', 'pg_catalog', 'information_schema') ORDER BY 1;
SELECT c.relname, c.relkind, c.relnatts, c.relhasindex, c.relpersistence FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'app' ORDER BY 1;
SELECT attname, atttypid::regtype, attlen, attnum, atttypmod, attbyval, attalign, attnotnull, atthasdef FROM pg_attribute WHERE attrelid = 'app.thing'::regclass AND attnum > 0 ORDER BY attnum;
SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'app.thing'::regclass AND attnum > 0 ORDER BY attnum;
SELECT conname, contype FROM pg_constraint WHERE conrelid = 'app.thing'::regclass ORDER BY 1;
SELECT typname, typlen, typbyval, typcategory, typtype, typalign FROM pg_type WHERE typname IN ('int4', 'text', 'bool', 'timestamptz', 'interval', 'name', 'oid', 'bpchar') ORDER BY 1;
SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = 'app' ORDER BY 1;
SELECT column_name, ordinal_position, is_nullable, data_type, character_maximum_length, numeric_precision FROM information_schema.columns WHERE table_schema = 'app' AND table_name = 'thing' ORDER BY 2;
SELECT datname, datistemplate, datallowconn FROM pg_database WHERE datname IN ('postgres', 'template0', 'template1') ORDER BY 1;
SELECT rolname, rolsuper, rolcanlogin FROM pg_roles WHERE rolname = current_user;
SELECT proname, pronargs, prorettype::regtype FROM pg_proc WHERE proname = 'lower' AND proargtypes::text = '25';
SELECT 'app.thing'::regclass, 'int4'::regtype, 'app'::regnamespace, 'app.thing'::regclass::oid = (SELECT oid FROM pg_class WHERE relname = 'thing');
SELECT 'nosuch'::regclass;
SELECT current_database(), current_schema, current_user = session_user, pg_backend_pid() > 0;
SELECT pg_typeof(version()), pg_is_in_recovery(), pg_postmaster_start_time() < now(), pg_conf_load_time() <= now();
SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid = pg_backend_pid() AND state = 'active' AND query LIKE '%pg_stat_activity%' AND datname = current_database() AND query_start <= now() AND xact_start = now();
SELECT tablename FROM pg_tables WHERE schemaname = 'app';
SELECT viewname FROM pg_views WHERE schemaname = 'app';
SELECT indexname FROM pg_indexes WHERE schemaname = 'app';
SELECT pg_get_userbyid(relowner) = current_user FROM pg_class WHERE relname = 'thing';
SELECT has_table_privilege('app.thing', 'SELECT'), has_schema_privilege('app', 'USAGE');
COMMENT ON TABLE app.thing IS 'a thing';
SELECT obj_description('app.thing'::regclass, 'pg_class');
\dt app.*
\dv app.*
\dn app
DROP SCHEMA app CASCADE;

-- names that are not there
SELECT 'no_such'::regclass;
SELECT 'no_such.relation'::regclass;
SELECT to_regclass('no_such.relation');
