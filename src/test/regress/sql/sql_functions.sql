-- LANGUAGE sql: statements of which the last gives the result.
CREATE TABLE t (id int PRIMARY KEY, name text, n numeric(6, 2));
INSERT INTO t VALUES (1, 'one', 1.5), (2, 'two', 2.5), (3, NULL, NULL);

-- Scalars; parameters by number and by name.
CREATE FUNCTION add(int, int) RETURNS int LANGUAGE sql AS 'SELECT $1 + $2';
CREATE FUNCTION named(a int, b text DEFAULT 'x') RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT a || b || named.a $$;
SELECT add(1, 2), add(NULL, 2), named(5), named(5, 'y'), named(b => 'z', a => 1);
SELECT id, add(id, 10) FROM t WHERE add(id, 1) > 2 ORDER BY add(0, -id);
CREATE FUNCTION name_of(id int) RETURNS text LANGUAGE sql STABLE AS 'SELECT name FROM t WHERE t.id = name_of.id';
CREATE FUNCTION column_first(id int) RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM t WHERE id = id';
SELECT name_of(1), name_of(2), name_of(3), name_of(99), column_first(1);
CREATE FUNCTION strictly(a int) RETURNS text STRICT LANGUAGE sql AS $$ SELECT coalesce(a::text, 'null') $$;
CREATE FUNCTION laxly(a int) RETURNS text LANGUAGE sql AS $$ SELECT coalesce(a::text, 'null') $$;
SELECT strictly(NULL) IS NULL, laxly(NULL), strictly(1);
SELECT prosrc, provolatile, procost, lanname, lanpltrusted FROM pg_proc p JOIN pg_language l ON l.oid = prolang
	WHERE proname IN ('add', 'name_of') ORDER BY proname;

-- The first row counts, in the query's order.
CREATE FUNCTION first_name() RETURNS text LANGUAGE sql AS 'SELECT name FROM t ORDER BY id DESC';
CREATE FUNCTION last_id() RETURNS bigint LANGUAGE sql AS 'SELECT id FROM t ORDER BY id DESC';
SELECT first_name(), last_id();
CREATE FUNCTION nobody() RETURNS int LANGUAGE sql AS 'SELECT id FROM t WHERE false';
SELECT nobody() IS NULL;

-- Several statements.
CREATE FUNCTION added(id int, name text) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO t VALUES ($1, $2);
	UPDATE t SET n = id * 2 WHERE t.id = $1;
	SELECT count(*) FROM t;
$$;
SELECT added(4, 'four');
SELECT * FROM t ORDER BY id;
CREATE FUNCTION removed(a int) RETURNS text LANGUAGE sql AS 'DELETE FROM t WHERE id = a RETURNING name';
SELECT removed(4), removed(4);
CREATE FUNCTION moved(a int, b int) RETURNS void LANGUAGE sql AS 'UPDATE t SET id = b WHERE id = a';
SELECT moved(3, 30);
SELECT moved(30, 3) IS NULL;
CREATE FUNCTION nothing() RETURNS void LANGUAGE sql AS '';
SELECT nothing();
CREATE FUNCTION void_query() RETURNS void LANGUAGE sql AS 'SELECT 1; SELECT 2, 3';
SELECT void_query();

-- Sets.
CREATE FUNCTION ids() RETURNS SETOF int LANGUAGE sql AS 'SELECT id FROM t ORDER BY id';
SELECT * FROM ids();
SELECT ids();
SELECT i * 2 AS twice FROM ids() AS i WHERE i > 1;
CREATE FUNCTION more(n int) RETURNS SETOF int LANGUAGE sql AS 'SELECT n UNION ALL SELECT n + 1';
SELECT id, more(id) FROM t ORDER BY id, 2;
SELECT * FROM more(5), more(7) AS m ORDER BY 1, 2;
CREATE FUNCTION no_names() RETURNS SETOF text LANGUAGE sql AS 'SELECT name FROM t WHERE false';
SELECT count(*) FROM no_names();
CREATE FUNCTION returned() RETURNS SETOF int LANGUAGE sql AS 'UPDATE t SET n = 0 WHERE id < 3 RETURNING id';
SELECT * FROM returned() ORDER BY 1;
SELECT id, n FROM t ORDER BY id;

-- Rows: of a table, TABLE, OUT, record.
CREATE FUNCTION rows_of(lowest int) RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t WHERE id >= lowest ORDER BY id';
SELECT * FROM rows_of(2);
SELECT name, id FROM rows_of(1) WHERE n = 0;
CREATE FUNCTION one_row(a int) RETURNS t LANGUAGE sql AS 'SELECT * FROM t WHERE id = a';
SELECT * FROM one_row(1);
SELECT * FROM one_row(99);
SELECT (one_row(2)).name, one_row(2);
CREATE FUNCTION one_value(a int) RETURNS t LANGUAGE sql AS 'SELECT t FROM t WHERE id = a';
SELECT * FROM one_value(1);
CREATE FUNCTION tabled(a int) RETURNS TABLE (word text, number bigint) LANGUAGE sql AS
	'SELECT name, id FROM t WHERE id <= a ORDER BY id';
SELECT * FROM tabled(2);
SELECT word FROM tabled(3) WHERE number = 2;
CREATE FUNCTION outs(a int, OUT twice int, OUT thrice bigint) LANGUAGE sql AS 'SELECT a * 2, a * 3';
SELECT * FROM outs(4);
SELECT outs(4), (outs(5)).thrice;
CREATE FUNCTION one_out(INOUT a int) LANGUAGE sql AS 'SELECT a + 1';
SELECT one_out(1);
SELECT * FROM one_out(1);
CREATE FUNCTION some_record() RETURNS record LANGUAGE sql AS $$ SELECT 1, 'x'::text $$;
SELECT * FROM some_record() AS r (a int, b text);
SELECT some_record();
CREATE FUNCTION some_records() RETURNS SETOF record LANGUAGE sql AS 'SELECT id, name FROM t ORDER BY id';
SELECT * FROM some_records() AS r (a int, b text);

-- Arguments of many kinds.
CREATE FUNCTION of_row(r t) RETURNS text LANGUAGE sql AS $$ SELECT r.name || '/' || r.id $$;
SELECT of_row(t) FROM t ORDER BY id;
CREATE FUNCTION biggest(VARIADIC numbers int[]) RETURNS int LANGUAGE sql AS 'SELECT max(u) FROM unnest(numbers) AS u';
SELECT biggest(1, 7, 3), biggest(VARIADIC ARRAY[4, 5]);
CREATE FUNCTION same(a anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT a';
SELECT same(1), same('x'::text), same(now()) = now();
CREATE FUNCTION either(a anyelement, b anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT coalesce(a, b)';
SELECT either(NULL::int, 5), either('a'::text, 'b');

-- One in another, and recursion.
CREATE FUNCTION outer_sum(a int) RETURNS int LANGUAGE sql AS 'SELECT add(a, add(a, 1))';
SELECT outer_sum(10);
CREATE FUNCTION fact(n int) RETURNS numeric LANGUAGE sql AS
	'SELECT CASE WHEN n <= 1 THEN 1 ELSE n * fact(n - 1) END';
SELECT fact(5), fact(20);
CREATE FUNCTION from_pl(a int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE r record;
BEGIN
	SELECT * INTO r FROM outs(a);
	RETURN r.twice || ' ' || r.thrice || ' ' || add(a, 1);
END $$;
SELECT from_pl(3);
CREATE VIEW v AS SELECT id, add(id, 100) AS more FROM t;
SELECT * FROM v ORDER BY id;
DROP FUNCTION add(int, int);
CREATE TABLE d (a int DEFAULT fact(3), b int CHECK (laxly(b) <> '5'));
INSERT INTO d (b) VALUES (1);
INSERT INTO d (b) VALUES (5);
SELECT * FROM d;

-- Conversion of the result, as in an assignment.
CREATE FUNCTION to_bigint() RETURNS bigint LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION to_varchar() RETURNS varchar LANGUAGE sql AS $$ SELECT 'x'::text $$;
CREATE FUNCTION to_int() RETURNS int LANGUAGE sql AS 'SELECT 2.7';
CREATE FUNCTION unioned() RETURNS SETOF bigint LANGUAGE sql AS 'SELECT 2 UNION SELECT 1 ORDER BY 1';
SELECT to_bigint(), to_varchar(), to_int(), pg_typeof(to_bigint());
SELECT * FROM unioned();

-- Replaced and changed under way.
SELECT to_int();
CREATE OR REPLACE FUNCTION to_int() RETURNS int LANGUAGE sql AS 'SELECT 3';
SELECT to_int();
ALTER TABLE t ADD COLUMN extra int DEFAULT 7;
SELECT * FROM one_row(1);
SELECT name_of(1);

-- What is refused when the function is made.
CREATE FUNCTION bad() RETURNS int LANGUAGE sql AS 'SELECT 1, 2';
CREATE FUNCTION bad() RETURNS int LANGUAGE sql AS $$ SELECT 'x' $$;
CREATE FUNCTION bad() RETURNS int LANGUAGE sql AS '';
CREATE FUNCTION bad() RETURNS int LANGUAGE sql AS 'INSERT INTO t VALUES (9)';
CREATE FUNCTION bad() RETURNS int LANGUAGE sql AS 'SELECT 1; CREATE TABLE x (a int)';
CREATE FUNCTION bad() RETURNS int LANGUAGE sql AS 'SELECT nothing';
CREATE FUNCTION bad() RETURNS int LANGUAGE sql AS 'SELECT id FROM nowhere';
CREATE FUNCTION bad() RETURNS int LANGUAGE sql AS 'SELEC 1';
CREATE FUNCTION bad() RETURNS int LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION bad(OUT a int, OUT b text) LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION bad(OUT a int, OUT b text) LANGUAGE sql AS 'SELECT 1, 2, 3';
CREATE FUNCTION bad(OUT a int, OUT b date) LANGUAGE sql AS 'SELECT 1, 2';
CREATE FUNCTION bad() RETURNS trigger LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION bad(cstring) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION bad() RETURNS int LANGUAGE sql;
SET check_function_bodies = off;
CREATE FUNCTION later() RETURNS int LANGUAGE sql AS 'SELECT count(*)::int FROM made_later';
SET check_function_bodies = on;
CREATE TABLE made_later (a int);
SELECT later();
DROP TABLE made_later;
\set VERBOSITY sqlstate
SELECT later();
\set VERBOSITY default

-- What is refused when it runs.
CREATE FUNCTION commits() RETURNS int LANGUAGE sql AS 'COMMIT; SELECT 1';
SELECT commits();
CREATE FUNCTION not_volatile() RETURNS int STABLE LANGUAGE sql AS 'DELETE FROM t; SELECT 1';
SELECT not_volatile();
CREATE FUNCTION divides(a int) RETURNS int LANGUAGE sql AS 'INSERT INTO t (id) VALUES (100 / a); SELECT 1';
SELECT divides(0);
CREATE FUNCTION doubles(a int) RETURNS void LANGUAGE sql AS 'INSERT INTO t (id) VALUES (a)';
SELECT doubles(1);
SELECT count(*) FROM t;
