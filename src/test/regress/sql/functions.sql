-- CREATE FUNCTION of C functions: regress_functions.so lies in dynamic_library_path.

-- each type
CREATE FUNCTION next(int2) RETURNS int2 AS 'regress_functions', 'next_int2' LANGUAGE C STRICT IMMUTABLE;
CREATE FUNCTION next(int4) RETURNS int4 AS 'regress_functions', 'next_int4' LANGUAGE C STRICT IMMUTABLE;
CREATE FUNCTION next(int8) RETURNS int8 AS 'regress_functions', 'next_int8' LANGUAGE c STRICT IMMUTABLE;
CREATE FUNCTION negate(bool) RETURNS bool AS 'regress_functions' LANGUAGE C STRICT;
CREATE FUNCTION half(float4) RETURNS float4 AS 'regress_functions', 'half_float4' LANGUAGE C STRICT;
CREATE FUNCTION half(float8) RETURNS float8 AS 'regress_functions', 'half_float8' LANGUAGE C STRICT;
CREATE FUNCTION twice(text) RETURNS text AS 'regress_functions', 'twice_text' LANGUAGE C STRICT IMMUTABLE;
CREATE FUNCTION turn(bytea) RETURNS bytea AS 'regress_functions', 'turn_bytea' LANGUAGE C STRICT;
CREATE FUNCTION same_name(name) RETURNS name AS 'regress_functions' LANGUAGE C STRICT;
CREATE FUNCTION same_oid(oid) RETURNS oid AS 'regress_functions' LANGUAGE C STRICT;
CREATE FUNCTION later(timestamptz) RETURNS timestamptz AS 'regress_functions' LANGUAGE C STRICT;
CREATE FUNCTION later(timestamp) RETURNS timestamp AS 'regress_functions' LANGUAGE C STRICT;
CREATE FUNCTION tomorrow(date) RETURNS date AS 'regress_functions' LANGUAGE C STRICT;
CREATE FUNCTION longer(interval) RETURNS interval AS 'regress_functions' LANGUAGE C STRICT;
CREATE FUNCTION shout(cstring) RETURNS cstring AS 'regress_functions' LANGUAGE C STRICT;
SELECT next(1::int2), pg_typeof(next(1::int2)), next(2147483646), next(9223372036854775806), negate(true);
SELECT half(1::float4), half(1::float8), half('NaN'::float8), twice('äb'), twice(''), turn('\x010203');
SELECT same_name('a'), same_oid(4000000000), later('2020-01-01 00:00:00+00'::timestamptz) AT TIME ZONE 'UTC' AS later,
	later('2020-01-01 00:00:00'::timestamp), tomorrow('2020-02-29'), longer('1 month 2 days'), shout('hey');
SELECT next(NULL::int4) IS NULL AS strict;

-- overloads
SELECT next(1.5);
SELECT next('1');
SELECT next('1'::text);
SELECT next();
SELECT next(1, 2);

-- names, defaults, notation
CREATE FUNCTION combine(a int, b int DEFAULT 2, c int DEFAULT 3 + 7) RETURNS int AS 'regress_functions' LANGUAGE C STRICT;
SELECT combine(1), combine(1, 5), combine(1, 5, 6), combine(a => 1), combine(c => 1, a => 2), combine(1, c => 1), combine(b := 1, a := 1);
SELECT combine(b => 1);
SELECT combine(1, a => 1);
SELECT combine(a => 1, a => 2);
SELECT combine(a => 1, 2);
SELECT combine(1, d => 4);
CREATE FUNCTION sum_of_ten(int, int, int, int, int, int, int, int, int, int) RETURNS int AS 'regress_functions' LANGUAGE C STRICT;
SELECT sum_of_ten(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

-- nulls and nothing
CREATE FUNCTION count_nulls(int, text, bool) RETURNS int AS 'regress_functions' LANGUAGE C;
CREATE FUNCTION always_null() RETURNS text AS 'regress_functions' LANGUAGE C;
CREATE FUNCTION do_nothing() RETURNS void AS 'regress_functions' LANGUAGE C;
SELECT count_nulls(NULL, 'a', NULL), always_null() IS NULL AS is_null, do_nothing();

-- errors cross the wall, and the session goes on
CREATE FUNCTION fail_with(text) RETURNS int AS 'regress_functions' LANGUAGE C STRICT;
\set SHOW_CONTEXT never
SELECT fail_with('now');
BEGIN;
SELECT fail_with(NULL);
SELECT fail_with('once more');
SELECT 1;
ROLLBACK;

-- state of a call site lives as long as the statement; its memory is given back
CREATE FUNCTION nth_call() RETURNS int AS 'regress_functions' LANGUAGE C;
SELECT nth_call(), nth_call() + 0 FROM generate_series(1, 3);
SELECT nth_call();
CREATE FUNCTION forget_memory(int) RETURNS int AS 'regress_functions' LANGUAGE C STRICT;
SELECT count(forget_memory(10000000 + g)) FROM generate_series(1, 500) g;

-- SPI inside
CREATE FUNCTION ask(text) RETURNS text AS 'regress_functions' LANGUAGE C STRICT;
CREATE FUNCTION try_to_ask(text) RETURNS text AS 'regress_functions' LANGUAGE C STRICT;
CREATE TABLE asked (a int PRIMARY KEY, b text);
INSERT INTO asked SELECT g, 'row ' || g FROM generate_series(1, 3) g;
SELECT a, ask('SELECT b FROM asked WHERE a = ' || a) FROM asked ORDER BY a;
SELECT ask('INSERT INTO asked VALUES (10, ''ten'') RETURNING b');
SELECT a, ask(format('UPDATE asked SET b = %L WHERE a = %s RETURNING b', b || '!', a)) FROM asked ORDER BY a;
SELECT * FROM asked ORDER BY a;
SELECT ask('SELECT ask(''SELECT ask(''''SELECT 1 + 1'''')'')');
SELECT ask('SELECT nowhere');
SELECT try_to_ask('SELECT nowhere'), try_to_ask('SELECT 7'), try_to_ask('INSERT INTO asked VALUES (1)');
SELECT count(*) FROM asked;

-- sets
CREATE FUNCTION words(text) RETURNS SETOF text AS 'regress_functions' LANGUAGE C STRICT IMMUTABLE;
SELECT words('one two - four');
SELECT * FROM words('b a') AS w ORDER BY w;
SELECT w, length(w) FROM words('one three') w WHERE w > 'p';
SELECT count(*), count(w) FROM words('a - b') w;
SELECT * FROM words(NULL);
SELECT a.w, b.w FROM words('a b') a(w), words('c d') b(w) ORDER BY 1, 2;
SELECT twice(words('x y'));
CREATE FUNCTION just(int) RETURNS SETOF int AS 'regress_functions', 'next_int4' LANGUAGE C STRICT;
SELECT just(1), 'row';
CREATE FUNCTION no_set(text) RETURNS text AS 'regress_functions', 'words' LANGUAGE C STRICT;
SELECT no_set('a');
CREATE VIEW all_words AS SELECT words('x y') AS word;
SELECT * FROM all_words;
DROP FUNCTION words(text);
DROP FUNCTION words(text) CASCADE;

-- in views, defaults, checks and indexes; under another search path
CREATE SCHEMA other;
CREATE VIEW doubled AS SELECT a, twice(b) AS b FROM asked WHERE a < 3;
CREATE TABLE uses (a int DEFAULT next(41), b text CHECK (twice(b) <> 'xx'), c int);
CREATE INDEX uses_next ON uses (next(c));
CREATE INDEX uses_negate ON uses (negate(c = 1));
SET search_path = other;
SELECT * FROM public.doubled ORDER BY a;
INSERT INTO public.uses (b, c) VALUES ('y', 3);
INSERT INTO public.uses (b) VALUES ('x');
SELECT * FROM public.uses;
SELECT next(1);
SELECT public.next(1);
CREATE FUNCTION next(int4) RETURNS int4 AS 'regress_functions', 'next_int4' LANGUAGE C;
SET search_path = other, public;
SELECT next(1), next(NULL::int4);
SELECT nowhere.next(1);
RESET search_path;
DROP FUNCTION next(int4);
DROP FUNCTION twice(text);
DROP FUNCTION negate(bool), half(float4);
DROP FUNCTION next(int4) CASCADE;
INSERT INTO uses (b, c) VALUES ('z', 4);
SELECT a, c FROM uses ORDER BY c;
DROP FUNCTION twice CASCADE;
SELECT * FROM doubled;
DROP SCHEMA other;
DROP SCHEMA other CASCADE;

-- replacing
CREATE FUNCTION twice(a text) RETURNS text AS 'regress_functions', 'twice_text' LANGUAGE C STRICT;
CREATE FUNCTION twice(text) RETURNS text AS 'regress_functions', 'twice_text' LANGUAGE C STRICT;
CREATE OR REPLACE FUNCTION twice(text) RETURNS text AS 'regress_functions', 'twice_text' LANGUAGE C STRICT;
CREATE OR REPLACE FUNCTION twice(b text) RETURNS text AS 'regress_functions', 'twice_text' LANGUAGE C STRICT;
CREATE OR REPLACE FUNCTION twice(a text) RETURNS int AS 'regress_functions', 'twice_text' LANGUAGE C STRICT;
PREPARE ready AS SELECT twice('a');
EXECUTE ready;
CREATE OR REPLACE FUNCTION twice(a text) RETURNS text AS 'regress_functions', 'always_null' LANGUAGE C STRICT;
EXECUTE ready;
CREATE OR REPLACE FUNCTION combine(a int, b int, c int DEFAULT 3) RETURNS int AS 'regress_functions' LANGUAGE C STRICT;
BEGIN;
DROP FUNCTION twice(text);
SELECT twice('a');
ROLLBACK;
SELECT twice('a') IS NULL AS is_null;

-- what cannot be
CREATE FUNCTION bad() RETURNS int AS 'no_such_file' LANGUAGE C;
CREATE FUNCTION bad() RETURNS int AS '$libdir/no_such_file' LANGUAGE C;
CREATE FUNCTION bad() RETURNS int AS '$nothing/no_such_file' LANGUAGE C;
CREATE FUNCTION bad() RETURNS int AS 'regress_functions', 'unannounced' LANGUAGE C;
CREATE FUNCTION bad() RETURNS int AS 'x' LANGUAGE nothing;
CREATE FUNCTION bad() RETURNS int LANGUAGE C;
CREATE FUNCTION bad() RETURNS int AS 'regress_functions';
CREATE FUNCTION bad() AS 'regress_functions' LANGUAGE C;
CREATE FUNCTION bad(no_such_type) RETURNS int AS 'regress_functions' LANGUAGE C;
CREATE FUNCTION bad(a int, a int) RETURNS int AS 'regress_functions' LANGUAGE C;
CREATE FUNCTION bad(a int DEFAULT 1, b int) RETURNS int AS 'regress_functions' LANGUAGE C;
CREATE FUNCTION bad(OUT a int DEFAULT 1) AS 'regress_functions' LANGUAGE C;
CREATE FUNCTION bad(VARIADIC a int) RETURNS int AS 'regress_functions' LANGUAGE C;
CREATE FUNCTION bad(VARIADIC a int[], b int) RETURNS int AS 'regress_functions' LANGUAGE C;
CREATE FUNCTION bad(OUT a int) RETURNS text AS 'regress_functions' LANGUAGE C;
CREATE FUNCTION bad(a int DEFAULT true) RETURNS int AS 'regress_functions' LANGUAGE C;
CREATE FUNCTION bad(SETOF int) RETURNS int AS 'regress_functions' LANGUAGE C;
CREATE FUNCTION bad() RETURNS int AS 'regress_functions' LANGUAGE C LANGUAGE C;
CREATE FUNCTION bad() RETURNS int AS 'regress_functions' LANGUAGE C PARALLEL never;
CREATE FUNCTION bad() RETURNS int AS 'regress_functions' LANGUAGE C COST 0;
CREATE FUNCTION bad() RETURNS int AS 'regress_functions' LANGUAGE C ROWS 10;
CREATE FUNCTION nowhere.bad() RETURNS int AS 'regress_functions' LANGUAGE C;
DROP FUNCTION bad();
DROP FUNCTION bad;
DROP FUNCTION bad(int, text);
DROP FUNCTION IF EXISTS bad();
DROP FUNCTION next;
DROP FUNCTION abs(integer);
LOAD 'no_such_file';
LOAD 'regress_functions';

-- another name for a built-in function
CREATE FUNCTION absolute(int) RETURNS int AS 'int4abs' LANGUAGE internal STRICT IMMUTABLE;
SELECT absolute(-3), absolute(NULL);
CREATE FUNCTION bad(int) RETURNS int AS 'int4nothing' LANGUAGE internal;
CREATE FUNCTION bad(int) RETURNS int AS 'int4abs', 'x' LANGUAGE internal;

-- what the catalogs say
CREATE FUNCTION many(IN a int, INOUT b text, OUT c bool, VARIADIC d int[]) RETURNS record
	AS 'regress_functions', 'always_null' LANGUAGE C STABLE PARALLEL SAFE COST 7 LEAKPROOF;
SELECT proname, l.lanname, prokind, proisstrict, proretset, provolatile, proparallel, procost, prorows, pronargs,
	pronargdefaults, prorettype::regtype, proargmodes, proargnames, prosrc, probin, proleakproof, provariadic::regtype
FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
WHERE pronamespace = 'public'::regnamespace AND proname IN ('many', 'combine', 'later') ORDER BY proname, p.oid;
SELECT 'combine'::regproc, 'next(int8)'::regprocedure, 'public.twice(text)'::regprocedure, 'absolute'::regproc::oid::regprocedure;
SELECT 'next'::regproc;
SELECT pg_get_function_arguments('combine'::regproc), pg_get_function_result('combine'::regproc);
SELECT pg_get_function_arguments('many'::regproc), pg_get_function_identity_arguments('many'::regproc);
COMMENT ON FUNCTION combine(int, int, int) IS 'a - b * c';
SELECT obj_description('combine'::regproc, 'pg_proc');
\df combine
CREATE FUNCTION shown(a text DEFAULT 'x', b int DEFAULT -1, c bool DEFAULT NULL, d date DEFAULT '2020-01-01'::date) RETURNS int
	AS 'regress_functions', 'count_nulls' LANGUAGE C;
SELECT pg_get_function_arguments('shown'::regproc), shown(), shown(d => NULL);
DROP FUNCTION combine, many;
\df combine
