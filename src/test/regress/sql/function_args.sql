-- Arguments of functions: modes, names, defaults, VARIADIC, polymorphic types.
SET search_path = public;

-- what a call tells its function
CREATE FUNCTION types_of(int4, text) RETURNS text AS 'regress_rows', 'call_types' LANGUAGE C;
CREATE FUNCTION types_any(anyelement, anyelement) RETURNS text AS 'regress_rows', 'call_types' LANGUAGE C;
CREATE FUNCTION types_array(anyarray, anyelement) RETURNS text AS 'regress_rows', 'call_types' LANGUAGE C;
CREATE FUNCTION types_compatible(anycompatible, anycompatible) RETURNS text AS 'regress_rows', 'call_types' LANGUAGE C;
CREATE FUNCTION types_variadic(VARIADIC "any") RETURNS text AS 'regress_rows', 'call_types' LANGUAGE C;
SELECT types_of(1, 'a'), types_of(1::int2, 'a'::varchar);
SELECT types_any(1, 2), types_any('2020-01-01'::date, NULL);
SELECT types_array(ARRAY[1, 2], 3), types_array('{a}'::text[], 'b');
SELECT types_compatible(1, 2.5), types_compatible(1, 2::int8), types_compatible('a'::text, 'b');
SELECT types_variadic(1, 'a', NULL, now()), types_variadic(VARIADIC ARRAY[1, 2]);
SELECT types_any(1, 'a'::text);
SELECT types_any('a', 'b');
SELECT types_array(ARRAY[1, 2], 'a'::text);
SELECT types_compatible(1, now());
SELECT types_variadic();

-- polymorphic results
CREATE FUNCTION same(anyelement) RETURNS anyelement AS 'regress_rows', 'any_same' LANGUAGE C;
CREATE FUNCTION same_array(anyarray) RETURNS anyarray AS 'regress_rows', 'any_same' LANGUAGE C;
CREATE FUNCTION same_nonarray(anynonarray) RETURNS anynonarray AS 'regress_rows', 'any_same' LANGUAGE C;
CREATE FUNCTION two(anyelement, anyelement) RETURNS anyarray AS 'regress_rows', 'any_array' LANGUAGE C STRICT;
CREATE FUNCTION two_compatible(anycompatible, anycompatible) RETURNS anycompatiblearray AS 'regress_rows', 'any_array' LANGUAGE C STRICT;
CREATE FUNCTION with_type(anyelement, OUT value anyelement, OUT type text) AS 'regress_rows', 'with_type' LANGUAGE C STRICT;
SELECT same(1), same('a'::text), same(true), same(NULL::int4), same('12:00'::time);
SELECT same(ARRAY[1, 2]), same_array(ARRAY['a', 'b']), same_nonarray(1.5);
SELECT pg_typeof(same(1)), pg_typeof(same(1.5)), pg_typeof(same(ARRAY[1])), pg_typeof(two(1, 2));
SELECT two(1, 2), two('a'::text, 'b'), two('2020-01-01'::date, '2021-01-01');
SELECT two_compatible(1, 2.5), pg_typeof(two_compatible(1, 2.5));
SELECT same_nonarray(ARRAY[1]);
SELECT same_array(1);
SELECT same('a');
SELECT with_type(1), with_type('a'::text);
SELECT * FROM with_type(1.5);
SELECT (with_type(true)).value;
CREATE FUNCTION nothing_to_go_by(int4) RETURNS anyelement AS 'regress_rows', 'any_same' LANGUAGE C;
CREATE FUNCTION nothing_to_go_by(int4, OUT anyarray) AS 'regress_rows', 'any_same' LANGUAGE C;

-- VARIADIC
CREATE FUNCTION sum_of(VARIADIC int4[]) RETURNS int4 AS 'regress_rows', 'sum_array' LANGUAGE C STRICT;
CREATE FUNCTION list_of(VARIADIC "any") RETURNS text AS 'regress_rows', 'any_list' LANGUAGE C;
SELECT sum_of(1), sum_of(1, 2, 3), sum_of(VARIADIC ARRAY[4, 5]), sum_of(VARIADIC '{}');
SELECT list_of(1, 'two', 3.5, NULL), list_of(VARIADIC ARRAY['a', 'b']), list_of(VARIADIC NULL::text[]);
SELECT sum_of();
SELECT sum_of('a'::text);
SELECT list_of(VARIADIC 1);

-- defaults and names
CREATE FUNCTION digits(a int4, b int4 DEFAULT 2, c int4 DEFAULT 3) RETURNS int4 AS 'regress_rows', 'three_digits' LANGUAGE C;
SELECT digits(1), digits(1, 5), digits(1, 5, 6);
SELECT digits(c => 7, a => 1), digits(1, c => 8), digits(a := 4), digits(1, NULL);
SELECT digits();
SELECT digits(1, a => 2);
SELECT digits(1, nothing => 2);
SELECT digits(a => 1, 2);

-- OUT, INOUT, TABLE
CREATE FUNCTION halve(n int4, OUT half int4, OUT rest int4) AS 'regress_rows', 'halve' LANGUAGE C STRICT;
CREATE FUNCTION halve_inout(INOUT n int4, OUT rest int4) AS 'regress_rows', 'halve' LANGUAGE C STRICT;
CREATE FUNCTION one_out(n int4, OUT result int4) AS 'regress_rows', 'any_same' LANGUAGE C STRICT;
CREATE FUNCTION unnamed_out(int4, OUT int4, OUT int4) AS 'regress_rows', 'halve' LANGUAGE C STRICT;
SELECT halve(7), halve_inout(9), one_out(3), unnamed_out(5);
SELECT * FROM halve(7);
SELECT * FROM halve_inout(9);
SELECT * FROM one_out(3);
SELECT * FROM unnamed_out(5);
SELECT half, rest FROM halve(n => 15);
SELECT (halve(21)).rest, (halve_inout(21)).n;
SELECT h.* FROM halve(7) AS h (x, y);
SELECT x.n, (halve(x.n)).half FROM (VALUES (10), (11)) AS x (n);
\df halve*
CREATE FUNCTION halve(int4, OUT other int4, OUT rest int4) AS 'regress_rows', 'halve' LANGUAGE C;
CREATE OR REPLACE FUNCTION halve(n int4, OUT other int4, OUT rest int4) AS 'regress_rows', 'halve' LANGUAGE C;
DROP FUNCTION halve(int4);
DROP FUNCTION halve_inout(INOUT int4, OUT int4);
DROP FUNCTION halve(int4);

-- ALTER FUNCTION
CREATE SCHEMA elsewhere;
ALTER FUNCTION digits(int4, int4, int4) STRICT IMMUTABLE COST 7 PARALLEL SAFE;
SELECT proisstrict, provolatile, procost, proparallel FROM pg_proc WHERE proname = 'digits';
SELECT digits(1, NULL);
ALTER FUNCTION digits CALLED ON NULL INPUT;
SELECT digits(1, NULL);
ALTER FUNCTION digits(int4, int4, int4) COST 0;
ALTER FUNCTION digits(int4, int4, int4) ROWS 5;
ALTER FUNCTION digits(int4) STRICT;
ALTER FUNCTION digits(int4, int4, int4) STRICT STRICT;
ALTER FUNCTION digits(int4, int4, int4) RENAME TO numerals;
SELECT numerals(1);
SELECT digits(1);
ALTER FUNCTION sum_of(int4[]) RENAME TO numerals;
ALTER FUNCTION numerals(int4, int4, int4) RENAME TO numerals;
ALTER FUNCTION numerals(int4[]) SET SCHEMA elsewhere;
SELECT elsewhere.numerals(4, 5), numerals(1, 1, 1);
ALTER FUNCTION numerals(int4, int4, int4) SET SCHEMA nowhere;
ALTER FUNCTION numerals(int4, int4, int4) SET SCHEMA public;
ALTER FUNCTION numerals(int4, int4, int4) OWNER TO CURRENT_USER;
DROP SCHEMA elsewhere CASCADE;
DROP FUNCTION IF EXISTS numerals(text);
DROP FUNCTION numerals;
