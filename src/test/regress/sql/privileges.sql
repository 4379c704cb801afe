-- Rights on objects: GRANT, REVOKE, and what they allow.
CREATE ROLE regress_owner;
CREATE ROLE regress_reader;
CREATE ROLE regress_writer;
CREATE ROLE regress_group;
GRANT regress_group TO regress_writer;
GRANT CREATE ON SCHEMA public TO regress_owner;
SET ROLE regress_owner;
CREATE TABLE t (a int PRIMARY KEY, b text);
INSERT INTO t VALUES (1, 'one'), (2, 'two');
CREATE VIEW v AS SELECT a FROM t;
GRANT SELECT ON t TO regress_reader;
GRANT INSERT, UPDATE, DELETE ON t TO regress_group;
SELECT relname, relacl FROM pg_class WHERE relname IN ('t', 'v') ORDER BY 1;
SET ROLE regress_reader;
SELECT * FROM t ORDER BY a;
SELECT count(*) FROM v;
INSERT INTO t VALUES (3, 'three');
UPDATE t SET b = 'x';
DELETE FROM t;
TRUNCATE t;
DROP TABLE t;
ALTER TABLE t ADD COLUMN c int;
CREATE INDEX ON t (b);
CREATE TABLE mine (a int);
CREATE SCHEMA mine;
GRANT SELECT ON t TO regress_group;
SET ROLE regress_writer;
SELECT * FROM t;
INSERT INTO t VALUES (3, 'three');
UPDATE t SET b = 'all';
UPDATE t SET b = b || '!';
UPDATE t SET b = 'x' WHERE a = 1;
DELETE FROM t WHERE a = 1;
INSERT INTO t VALUES (4, 'four') RETURNING a;
SET ROLE regress_owner;
GRANT SELECT ON v TO regress_reader, regress_group WITH GRANT OPTION;
SET ROLE regress_reader;
SELECT count(*) FROM v;
GRANT SELECT ON v TO PUBLIC;
GRANT INSERT ON v TO PUBLIC;
GRANT ALL ON v TO PUBLIC;
SELECT relacl FROM pg_class WHERE relname = 'v';
SET ROLE regress_owner;
REVOKE SELECT ON v FROM regress_reader;
REVOKE SELECT ON v FROM regress_reader CASCADE;
SELECT relacl FROM pg_class WHERE relname = 'v';
REVOKE GRANT OPTION FOR SELECT ON v FROM regress_group;
SELECT relacl FROM pg_class WHERE relname = 'v';
REVOKE ALL ON t FROM regress_owner;
SELECT * FROM t;
GRANT ALL ON t TO regress_owner;
SELECT relacl FROM pg_class WHERE relname = 't';
-- words
GRANT USAGE ON SCHEMA public TO regress_missing;
GRANT EXECUTE ON t TO regress_reader;
GRANT NONSENSE ON t TO regress_reader;
GRANT SELECT ON missing TO regress_reader;
GRANT SELECT ON t TO PUBLIC WITH GRANT OPTION;
-- schemas
RESET ROLE;
CREATE SCHEMA closed;
CREATE TABLE closed.c (a int);
GRANT SELECT ON closed.c TO regress_reader;
SET ROLE regress_reader;
SELECT * FROM closed.c;
RESET ROLE;
GRANT USAGE ON SCHEMA closed TO regress_reader;
SET ROLE regress_reader;
SELECT * FROM closed.c;
CREATE TABLE closed.d (a int);
DROP SCHEMA closed;
RESET ROLE;
SELECT nspname, replace(nspacl::text, current_user, 'super') FROM pg_namespace WHERE nspname IN ('closed', 'public') ORDER BY 1;
-- everything in a schema
GRANT INSERT ON ALL TABLES IN SCHEMA closed TO regress_group;
SELECT replace(relacl::text, current_user, 'super') FROM pg_class WHERE relname = 'c';
-- predefined roles
GRANT pg_read_all_data TO regress_writer;
SET ROLE regress_writer;
SELECT count(*) FROM closed.c;
SELECT count(*) FROM t;
RESET ROLE;
REVOKE pg_read_all_data FROM regress_writer;
-- asking
SELECT has_table_privilege('regress_reader', 't', 'SELECT'),
	has_table_privilege('regress_reader', 't', 'INSERT'),
	has_table_privilege('regress_reader', 't', 'INSERT, SELECT'),
	has_table_privilege('regress_owner', 't', 'SELECT WITH GRANT OPTION'),
	has_schema_privilege('regress_reader', 'closed', 'USAGE'),
	has_schema_privilege('regress_group', 'closed', 'USAGE'),
	has_database_privilege('regress_reader', current_database(), 'CONNECT'),
	has_database_privilege('regress_reader', current_database(), 'CREATE');
SELECT has_table_privilege('regress_reader', 't', 'NONSENSE');
SELECT has_table_privilege('regress_missing', 't', 'SELECT');
SELECT has_table_privilege('public', 't', 'SELECT');
-- databases and roles
SET ROLE regress_reader;
CREATE DATABASE regress_privileges_not;
ALTER SYSTEM SET work_mem = '5MB';
SET log_statement = 'all';
SELECT count(*) > 0 FROM pg_authid;
SELECT count(*) > 0 FROM pg_roles;
RESET ROLE;
-- no list of rights is null
SELECT relacl IS NULL, relname FROM pg_class WHERE relname IN ('t', 't_pkey') ORDER BY 2;
SELECT count(*) FROM pg_attribute WHERE attrelid = 't'::regclass AND attacl IS NOT NULL;
\dp t
\ddp
\des
\dy
-- functions are altered by their owners
CREATE FUNCTION mine() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
SET ROLE regress_reader;
ALTER FUNCTION mine() COST 5;
ALTER FUNCTION mine() RENAME TO yours;
ALTER FUNCTION mine() SET SCHEMA public;
ALTER FUNCTION mine() OWNER TO regress_reader;
RESET ROLE;
ALTER FUNCTION mine() OWNER TO regress_reader;
SET ROLE regress_reader;
ALTER FUNCTION mine() COST 5;
ALTER FUNCTION mine() RENAME TO yours;
ALTER FUNCTION mine() OWNER TO regress_owner;
RESET ROLE;
SELECT proname, procost, pg_get_userbyid(proowner) FROM pg_proc WHERE proname IN ('mine', 'yours');
-- the end
DROP ROLE regress_reader;
DROP OWNED BY regress_reader, regress_owner, regress_group, regress_writer;
DROP SCHEMA closed CASCADE;
DROP ROLE regress_owner, regress_reader, regress_writer, regress_group;
