-- Sequences: definitions, values, serial and identity columns, rights.

CREATE SEQUENCE s;
SELECT * FROM s;
SELECT nextval('s'), nextval('s');
SELECT last_value, is_called FROM s;
SELECT currval('s'), lastval();
\d s
\ds
COMMENT ON SEQUENCE s IS 'counts';
SELECT obj_description('s'::regclass, 'pg_class');
CREATE SEQUENCE s;
CREATE SEQUENCE IF NOT EXISTS s;

-- options
CREATE SEQUENCE down INCREMENT BY -2;
SELECT nextval('down'), nextval('down');
CREATE SEQUENCE small AS smallint START 32766;
SELECT nextval('small'), nextval('small');
SELECT nextval('small');
CREATE SEQUENCE ring MINVALUE 3 MAXVALUE 5 START 4 CYCLE;
SELECT nextval('ring'), nextval('ring'), nextval('ring'), nextval('ring');
CREATE SEQUENCE ahead CACHE 10;
SELECT nextval('ahead'), nextval('ahead');
SELECT last_value, is_called FROM ahead;
CREATE SEQUENCE downring INCREMENT -1 MINVALUE 1 MAXVALUE 2 CYCLE CACHE 5;
SELECT nextval('downring'), nextval('downring'), nextval('downring');
CREATE SEQUENCE wide INCREMENT 10000000000 START 9223372036854775000;
SELECT nextval('wide');
SELECT nextval('wide');
SELECT schemaname, sequencename, data_type, start_value, min_value, max_value, increment_by, cycle, cache_size, last_value FROM pg_sequences ORDER BY 2;
SELECT seqrelid::regclass, seqtypid::regtype, seqstart, seqincrement, seqmax, seqmin, seqcache, seqcycle FROM pg_sequence ORDER BY seqrelid::regclass::text;
SELECT sequence_name, data_type, numeric_precision, start_value, minimum_value, maximum_value, increment, cycle_option FROM information_schema.sequences ORDER BY 1;

CREATE SEQUENCE bad INCREMENT 0;
CREATE SEQUENCE bad AS text;
CREATE SEQUENCE bad AS smallint MAXVALUE 100000;
CREATE SEQUENCE bad AS smallint MINVALUE -100000;
CREATE SEQUENCE bad MINVALUE 10 MAXVALUE 5;
CREATE SEQUENCE bad START 0;
CREATE SEQUENCE bad START 10 MAXVALUE 5;
CREATE SEQUENCE bad CACHE 0;
CREATE SEQUENCE bad INCREMENT 1 INCREMENT 2;
CREATE SEQUENCE bad OWNED BY s;
CREATE SEQUENCE bad OWNED BY nothing.a;
CREATE SEQUENCE nothing.bad;
CREATE SEQUENCE bad START 99999999999999999999;

-- setval
SELECT setval('s', 100), nextval('s');
SELECT setval('s', 200, false), nextval('s');
SELECT setval('s', 0);
SELECT setval('ring', 9, true);
SELECT setval('s', NULL), nextval(NULL);
SELECT currval('s'), lastval();
SELECT currval('bad');
CREATE SEQUENCE fresh;
SELECT currval('fresh');
DISCARD SEQUENCES;
SELECT lastval();
SELECT currval('s');

-- values are not rolled back, definitions are
BEGIN;
SELECT nextval('s');
SELECT setval('fresh', 50);
CREATE SEQUENCE gone;
SELECT nextval('gone');
ALTER SEQUENCE small RESTART WITH 5;
SELECT nextval('small');
ROLLBACK;
SELECT nextval('s'), nextval('fresh');
SELECT nextval('gone');
SELECT last_value FROM small;
BEGIN;
CREATE SEQUENCE made;
SELECT nextval('made');
SAVEPOINT a;
SELECT nextval('made');
ALTER SEQUENCE made RESTART WITH 1000;
SELECT nextval('made');
ROLLBACK TO a;
SELECT nextval('made');
SAVEPOINT b;
ALTER SEQUENCE made RESTART WITH 2000;
SELECT nextval('made');
RELEASE b;
SELECT nextval('made');
COMMIT;
SELECT nextval('made');

-- ALTER
ALTER SEQUENCE s INCREMENT 5;
SELECT nextval('s'), nextval('s');
ALTER SEQUENCE s RESTART;
SELECT nextval('s');
ALTER SEQUENCE s RESTART WITH 77 START 70;
SELECT nextval('s');
ALTER SEQUENCE s MAXVALUE 10;
ALTER SEQUENCE s RESTART 0;
ALTER SEQUENCE s MINVALUE 5 MAXVALUE 100 CYCLE;
\d s
ALTER SEQUENCE s NO MAXVALUE NO MINVALUE NO CYCLE AS integer;
\d s
ALTER SEQUENCE s AS smallint;
\d s
ALTER SEQUENCE ahead INCREMENT 3;
SELECT nextval('ahead');
ALTER SEQUENCE IF EXISTS nothing INCREMENT 2;
ALTER SEQUENCE nothing INCREMENT 2;
ALTER SEQUENCE s RENAME TO t;
SELECT nextval('s');
SELECT nextval('t');
ALTER TABLE t RENAME TO s;

-- what is no table
INSERT INTO s VALUES (1);
UPDATE s SET last_value = 1;
DELETE FROM s;
TRUNCATE s;
DROP TABLE s;
DROP VIEW s;
CREATE TABLE s (a int);
CREATE TABLE plain (a int);
SELECT nextval('plain');
DROP SEQUENCE plain;
ALTER SEQUENCE plain INCREMENT 2;
CREATE VIEW sv AS SELECT last_value FROM s;
SELECT * FROM sv;
DROP SEQUENCE s;
DROP VIEW sv;
DROP SEQUENCE s, down;
DROP SEQUENCE s;
DROP SEQUENCE IF EXISTS s;

-- serial
CREATE TABLE ser (id serial PRIMARY KEY, b bigserial, c smallserial, t text);
\d ser
\d ser_id_seq
INSERT INTO ser (t) VALUES ('a'), ('b') RETURNING *;
INSERT INTO ser (t) SELECT 'x' || g FROM generate_series(1, 3) g;
INSERT INTO ser VALUES (DEFAULT, 10, DEFAULT, 'given');
UPDATE ser SET b = DEFAULT WHERE b = 10;
SELECT * FROM ser ORDER BY id;
SELECT pg_get_serial_sequence('ser', 'id'), pg_get_serial_sequence('ser', 't');
SELECT pg_get_serial_sequence('ser', 'nothing');
SELECT column_name, column_default FROM information_schema.columns WHERE table_name = 'ser' ORDER BY ordinal_position;
ALTER SEQUENCE ser_id_seq RENAME TO numbers;
SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'ser'::regclass AND adnum = 1;
INSERT INTO ser (t) VALUES ('renamed') RETURNING id;
DROP SEQUENCE numbers;
CREATE TABLE other (a bigint DEFAULT nextval('numbers'), t text);
DROP TABLE ser;
DROP TABLE ser CASCADE;
\d other
DROP TABLE other;
CREATE TABLE bad (a serial NULL);
CREATE TABLE bad (a serial DEFAULT 3);
CREATE TABLE bad (a serial[]);
CREATE TABLE late (t text);
INSERT INTO late VALUES ('a'), ('b');
ALTER TABLE late ADD COLUMN id serial;
SELECT * FROM late ORDER BY id;
ALTER TABLE late DROP COLUMN id;
SELECT count(*) FROM pg_class WHERE relkind = 'S' AND relname LIKE 'late%';
CREATE SEQUENCE owned OWNED BY late.t;
\d owned
ALTER SEQUENCE owned OWNED BY NONE;
ALTER SEQUENCE owned OWNED BY late.nothing;
ALTER SEQUENCE owned OWNED BY late.t;
DROP TABLE late;
SELECT nextval('owned');

-- TRUNCATE
CREATE TABLE cut (id serial, b int GENERATED ALWAYS AS IDENTITY);
INSERT INTO cut DEFAULT VALUES;
INSERT INTO cut DEFAULT VALUES;
TRUNCATE cut;
INSERT INTO cut DEFAULT VALUES RETURNING *;
TRUNCATE cut RESTART IDENTITY;
INSERT INTO cut DEFAULT VALUES RETURNING *;
BEGIN;
TRUNCATE cut RESTART IDENTITY;
INSERT INTO cut DEFAULT VALUES RETURNING *;
ROLLBACK;
INSERT INTO cut DEFAULT VALUES RETURNING *;

-- identity
CREATE TABLE ident (a int GENERATED ALWAYS AS IDENTITY (START 5 INCREMENT 2), b bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, t text);
\d ident
INSERT INTO ident (t) VALUES ('x'), ('y');
INSERT INTO ident (a, t) VALUES (1, 'z');
INSERT INTO ident (a, t) OVERRIDING SYSTEM VALUE VALUES (1, 'z');
INSERT INTO ident (b, t) VALUES (50, 'given');
UPDATE ident SET a = 3;
UPDATE ident SET a = DEFAULT WHERE t = 'given';
SELECT * FROM ident ORDER BY b;
SELECT pg_get_serial_sequence('ident', 'a');
DROP SEQUENCE ident_a_seq;
ALTER SEQUENCE ident_a_seq OWNED BY NONE;
ALTER TABLE ident ALTER a SET DEFAULT 4;
ALTER TABLE ident ALTER a SET INCREMENT 10 SET GENERATED BY DEFAULT;
ALTER TABLE ident ALTER a RESTART WITH 500;
INSERT INTO ident (t) VALUES ('later') RETURNING a;
ALTER TABLE ident ALTER a DROP IDENTITY;
ALTER TABLE ident ALTER a DROP IDENTITY;
ALTER TABLE ident ALTER a DROP IDENTITY IF EXISTS;
ALTER TABLE ident ALTER t ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ident ALTER a ADD GENERATED ALWAYS AS IDENTITY (START 900);
INSERT INTO ident (t) VALUES ('again') RETURNING a;
CREATE TABLE copied (LIKE ident INCLUDING IDENTITY);
INSERT INTO copied (t) VALUES ('copy') RETURNING a, b;
DROP TABLE copied, ident, cut;
CREATE TABLE bad (a text GENERATED ALWAYS AS IDENTITY);

-- schemas, temporary sequences
CREATE SCHEMA sch CREATE SEQUENCE inner_seq CREATE TABLE tab (id serial);
SELECT nextval('sch.inner_seq');
\d sch.tab
ALTER SCHEMA sch RENAME TO sch2;
\d sch2.tab
INSERT INTO sch2.tab DEFAULT VALUES RETURNING id;
DROP SCHEMA sch2;
DROP SCHEMA sch2 CASCADE;
CREATE TEMP SEQUENCE tmp;
SELECT nextval('tmp'), nextval('tmp');
BEGIN;
ALTER SEQUENCE tmp RESTART;
SELECT nextval('tmp');
ROLLBACK;
SELECT nextval('tmp');
CREATE TEMP TABLE tt (id serial, t text);
INSERT INTO tt (t) VALUES ('a'), ('b') RETURNING id;
DROP TABLE tt;
BEGIN READ ONLY;
SELECT nextval('tmp');
SELECT nextval('fresh');
ROLLBACK;
BEGIN READ ONLY;
SELECT setval('fresh', 1);
ROLLBACK;
DISCARD TEMP;
SELECT nextval('tmp');

-- rights
CREATE ROLE regress_seq_user;
CREATE SEQUENCE guarded;
SET ROLE regress_seq_user;
SELECT nextval('guarded');
SELECT * FROM guarded;
ALTER SEQUENCE guarded RESTART;
DROP SEQUENCE guarded;
RESET ROLE;
GRANT USAGE ON SEQUENCE guarded TO regress_seq_user;
SELECT relacl FROM pg_class WHERE relname = 'guarded';
SET ROLE regress_seq_user;
SELECT nextval('guarded'), currval('guarded');
SELECT setval('guarded', 5);
SELECT last_value FROM guarded;
RESET ROLE;
REVOKE ALL ON SEQUENCE guarded FROM regress_seq_user;
GRANT SELECT, UPDATE ON guarded TO regress_seq_user;
SET ROLE regress_seq_user;
SELECT setval('guarded', 5), nextval('guarded');
SELECT last_value FROM guarded;
RESET ROLE;
GRANT INSERT ON SEQUENCE guarded TO regress_seq_user;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO regress_seq_user;
SELECT has_sequence_privilege('regress_seq_user', 'fresh', 'USAGE'), has_sequence_privilege('regress_seq_user', 'fresh', 'UPDATE');
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM regress_seq_user;
GRANT CREATE ON SCHEMA public TO regress_seq_user;
ALTER SEQUENCE guarded OWNER TO regress_seq_user;
SET ROLE regress_seq_user;
SELECT nextval('guarded');
CREATE TABLE theirs (id serial);
RESET ROLE;
ALTER SEQUENCE theirs_id_seq OWNER TO postgres;
ALTER TABLE theirs OWNER TO CURRENT_USER;
SELECT relname, relowner = 10 AS mine FROM pg_class WHERE relname LIKE 'theirs%' ORDER BY 1;
DROP TABLE theirs;
DROP SEQUENCE guarded;
REVOKE ALL ON SCHEMA public FROM regress_seq_user;
DROP ROLE regress_seq_user;

-- defaults and checks that name a sequence
CREATE SEQUENCE named;
CREATE TABLE uses (a int DEFAULT nextval('named'), b text DEFAULT 'named'::regclass::text, c int DEFAULT nextval('named'::text::regclass));
\d uses
INSERT INTO uses DEFAULT VALUES RETURNING *;
DROP SEQUENCE named;
DROP SEQUENCE named CASCADE;
\d uses
DROP TABLE uses;

-- prepared and in PL/pgSQL
PREPARE take AS SELECT nextval('fresh');
EXECUTE take;
EXECUTE take;
DO $$ DECLARE n bigint; BEGIN n := nextval('fresh'); RAISE NOTICE 'took %', n; END $$;

-- Generated numbers are there before the triggers.
CREATE FUNCTION numbers() RETURNS trigger LANGUAGE plpgsql AS
	'BEGIN RAISE NOTICE ''% %'', NEW.id, NEW.s; IF NEW.s = 2 THEN RETURN NULL; END IF; RETURN NEW; END';
CREATE TABLE gen (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, s serial, b text);
CREATE TRIGGER n BEFORE INSERT ON gen FOR EACH ROW EXECUTE FUNCTION numbers();
INSERT INTO gen (b) VALUES ('a'), ('b'), ('c') RETURNING *;
INSERT INTO gen (id, s) VALUES (10, 20) RETURNING *;
INSERT INTO gen DEFAULT VALUES RETURNING id, s;
DROP TABLE gen;
