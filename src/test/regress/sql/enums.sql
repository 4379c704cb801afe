-- Enumerations: CREATE TYPE ... AS ENUM, and what is done with their values.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE mood AS ENUM ('other');
\set VERBOSITY terse
CREATE TYPE twice AS ENUM ('a', 'b', 'a');
\set VERBOSITY default
CREATE TYPE nothing AS ENUM ();
CREATE TYPE longlabel AS ENUM ('a123456789012345678901234567890123456789012345678901234567890123');
CREATE TYPE nowhere.mood AS ENUM ('a');
SELECT typname, typtype, typcategory, typlen, typbyval, typalign FROM pg_type
  WHERE typname IN ('mood', 'nothing') ORDER BY typname;
SELECT enumlabel, enumsortorder FROM pg_enum WHERE enumtypid = 'mood'::regtype ORDER BY 2;
\dT mood

-- values
SELECT 'ok'::mood, 'sad'::mood < 'happy', 'happy' > 'ok'::mood AS h, pg_typeof('ok'::mood);
SELECT 'angry'::mood;
SELECT ''::mood;
SELECT 'OK'::mood;
SELECT CAST('ok' AS text)::mood, ('ok'::mood)::text || '!', 'ok'::mood::varchar(1);
SELECT 1::mood;
SELECT 'ok'::mood::int;
SELECT 'ok'::mood = 'ok'::text;
SELECT NULL::mood IS NULL;

-- in a table
CREATE TABLE person (id int PRIMARY KEY, name text, m mood DEFAULT 'ok', seen mood NOT NULL DEFAULT 'sad'::mood);
INSERT INTO person (id, name, m) VALUES (1, 'Ann', 'happy'), (2, 'Bob', 'sad'), (3, 'Cid', NULL);
INSERT INTO person (id, name) VALUES (4, 'Dan');
INSERT INTO person (id, name, m) VALUES (5, 'Eve', 'angry');
INSERT INTO person (id, name, m) SELECT 6, 'Fay', 'happy'::text;
INSERT INTO person (id, name, m) SELECT 6, 'Fay', 'happy'::text::mood;
SELECT * FROM person ORDER BY m, id;
SELECT * FROM person ORDER BY m DESC NULLS LAST, id DESC;
SELECT m, count(*), min(m), max(m) FROM person GROUP BY m ORDER BY m;
SELECT max(m), min(m), max(seen) FROM person;
SELECT DISTINCT m FROM person WHERE m IS NOT NULL ORDER BY 1;
SELECT id FROM person WHERE m IN ('sad', 'ok') ORDER BY id;
SELECT id FROM person WHERE m >= 'ok' ORDER BY id;
SELECT id FROM person WHERE m BETWEEN 'sad' AND 'ok' ORDER BY id;
SELECT id FROM person WHERE m = 'angry';
SELECT coalesce(m, 'sad'), CASE WHEN m = 'ok' THEN m ELSE 'happy' END, nullif(m, 'ok') FROM person ORDER BY id;
UPDATE person SET m = 'ok' WHERE m = 'sad' RETURNING id, m;
CREATE UNIQUE INDEX person_mood ON person (m, id);
SELECT id FROM person WHERE m = 'happy' ORDER BY id;
SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'person'::regclass AND attnum > 0 ORDER BY attnum;
SELECT enum_first(NULL::mood), enum_last('sad'::mood), enum_cmp('sad', 'ok'::mood), enum_larger('sad', 'ok'::mood), enum_smaller('sad', 'ok'::mood);
SELECT to_json('ok'::mood), row_to_json(p) FROM person p WHERE id = 1;
SELECT ROW('ok'::mood, 1), p FROM person p WHERE id = 2;
SELECT 'ok'::mood UNION SELECT 'sad' ORDER BY 1;

-- new labels
ALTER TYPE mood ADD VALUE 'ecstatic';
ALTER TYPE mood ADD VALUE 'meh' BEFORE 'ok';
ALTER TYPE mood ADD VALUE 'fine' AFTER 'ok';
ALTER TYPE mood ADD VALUE 'worst' BEFORE 'sad';
ALTER TYPE mood ADD VALUE 'meh';
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'meh';
ALTER TYPE mood ADD VALUE 'x' AFTER 'y';
SELECT enumlabel, enumsortorder FROM pg_enum WHERE enumtypid = 'mood'::regtype ORDER BY 2;
INSERT INTO person VALUES (7, 'Gil', 'meh', 'fine');
SELECT id, m FROM person ORDER BY m, id;
SELECT 'meh'::mood < 'ok', 'fine'::mood > 'ok', 'worst'::mood < 'sad', 'ecstatic'::mood > 'happy';
ALTER TYPE person ADD VALUE 'x';
ALTER TYPE text ADD VALUE 'x';
ALTER TYPE nosuch ADD VALUE 'x';

-- renaming
CREATE TYPE traffic AS ENUM ('red', 'green');
CREATE TABLE light (l traffic);
INSERT INTO light VALUES ('red');
ALTER TYPE traffic RENAME VALUE 'red' TO 'stop';
ALTER TYPE traffic RENAME VALUE 'red' TO 'halt';
ALTER TYPE traffic RENAME VALUE 'green' TO 'stop';
SELECT * FROM light;
ALTER TYPE traffic RENAME TO signal;
SELECT 'stop'::signal, pg_typeof(l) FROM light;
SELECT 'stop'::traffic;

-- functions
CREATE FUNCTION better(m mood) RETURNS mood LANGUAGE plpgsql AS $$
DECLARE best mood := 'happy';
BEGIN
  IF m < best THEN RETURN best; END IF;
  RETURN m;
END $$;
SELECT better('sad'), better('ecstatic');
CREATE FUNCTION mood_of(text) RETURNS mood LANGUAGE sql AS 'SELECT m FROM person WHERE name = $1';
SELECT mood_of('Ann');
CREATE FUNCTION same(a anyenum, b anyenum) RETURNS bool LANGUAGE sql AS 'SELECT a = b';
SELECT same('ok'::mood, 'ok'), same('ok'::mood, 'sad');
SELECT same('ok'::mood, 'stop'::signal);
SELECT same(1, 2);
SELECT 'ok'::mood = 'stop'::signal;
-- C sees the label's OID
CREATE FUNCTION c_same(anyelement) RETURNS anyelement AS 'regress_rows', 'any_same' LANGUAGE C;
CREATE FUNCTION c_type(anyelement, OUT value anyelement, OUT type text) AS 'regress_rows', 'with_type' LANGUAGE C STRICT;
SELECT c_same('fine'::mood), c_type('meh'::mood);
PREPARE by_mood(mood) AS SELECT id FROM person WHERE m = $1 ORDER BY id;
EXECUTE by_mood('happy');
DEALLOCATE by_mood;

-- schemas, owners, names that are taken
CREATE SCHEMA other;
CREATE TYPE other.mood AS ENUM ('x', 'y');
SELECT 'x'::other.mood, pg_typeof('x'::other.mood), format_type('other.mood'::regtype, NULL);
SELECT 'x'::mood;
SET search_path = other, public;
SELECT 'x'::mood, pg_typeof('ok'::public.mood);
CREATE TABLE in_other (m mood DEFAULT 'y'::mood);
RESET search_path;
INSERT INTO other.in_other DEFAULT VALUES;
SELECT * FROM other.in_other;
CREATE TABLE mood (a int);
CREATE TYPE person AS ENUM ('a');
COMMENT ON TYPE mood IS 'how one feels';
SELECT obj_description('mood'::regtype, 'pg_type');
CREATE ROLE enum_user;
SET ROLE enum_user;
ALTER TYPE mood ADD VALUE 'mine';
DROP TYPE mood;
SELECT 'ok'::mood;
RESET ROLE;
ALTER TYPE nothing OWNER TO enum_user;
SELECT typowner::regrole FROM pg_type WHERE typname = 'nothing';
DROP ROLE enum_user;
DROP OWNED BY enum_user;
DROP ROLE enum_user;

-- dropping
\set VERBOSITY terse
DROP TYPE mood;
\set VERBOSITY default
DROP TYPE nosuch;
DROP TYPE IF EXISTS nosuch;
DROP TABLE person;
DROP FUNCTION better(mood), mood_of(text);
DROP TYPE mood;
SELECT count(*) FROM pg_enum WHERE enumlabel IN ('ok', 'meh');
DROP SCHEMA other CASCADE;
DROP TABLE light;
DROP FUNCTION same;
DROP TYPE signal;
BEGIN;
CREATE TYPE gone AS ENUM ('a');
SELECT 'a'::gone;
ROLLBACK;
SELECT 'a'::gone;
