-- Rows as values: row types, functions that take and give them.
SET search_path = public;

CREATE TABLE pairs (number int4, word text);
INSERT INTO pairs VALUES (1, 'one'), (2, NULL), (3, 'a "quoted", one');
CREATE TYPE pair AS (number int4, word text);

CREATE FUNCTION pair_of_table(int4, text) RETURNS pairs AS 'regress_rows', 'row_pair' LANGUAGE C STRICT;
CREATE FUNCTION pair_of_type(int4, text) RETURNS pair AS 'regress_rows', 'row_pair' LANGUAGE C STRICT;
CREATE FUNCTION pair_record(int4, text) RETURNS record AS 'regress_rows', 'row_pair' LANGUAGE C STRICT;
CREATE FUNCTION pair_out(int4, text, OUT number int4, OUT word text) AS 'regress_rows', 'row_pair' LANGUAGE C STRICT;
CREATE FUNCTION own_record(int4) RETURNS record AS 'regress_rows', 'row_own' LANGUAGE C;

-- one row
SELECT pair_of_table(1, 'ab');
SELECT pair_of_type(-1, 'ab');
SELECT pair_out(7, 'x y');
SELECT own_record(5);
SELECT pair_of_type(NULL, 'ab') IS NULL AS nothing;
SELECT * FROM pair_of_table(1, 'ab');
SELECT * FROM pair_of_type(2, 'ab') AS p;
SELECT word, number FROM pair_out(3, 'ab');
SELECT * FROM pair_of_type(NULL, 'ab');
SELECT p.a, p.b FROM pair_record(4, 'ab') AS p (a int4, b text);
SELECT * FROM own_record(5) AS t (n int4, w text);
SELECT * FROM pair_of_type(2, 'ab') AS p (a, b);

-- fields
SELECT (pair_of_type(9, 'ab')).word;
SELECT (pair_of_type(9, 'ab')).number + 1 AS ten;
SELECT (pair_out(9, 'ab')).*;
SELECT (p).word FROM (SELECT pair_of_type(8, 'cd') AS p) AS s;
SELECT (p).word FROM (SELECT pair_out(8, 'cd') AS p) AS s;
SELECT (pair_of_type(9, 'ab')).nothing;
SELECT (1).word;
SELECT (own_record(1)).word;

-- sets
CREATE FUNCTION series_of_type(int4) RETURNS SETOF pair AS 'regress_rows', 'row_series' LANGUAGE C;
CREATE FUNCTION series_table(int4) RETURNS TABLE (number int4, word text) AS 'regress_rows', 'row_series' LANGUAGE C;
CREATE FUNCTION series_record(int4) RETURNS SETOF record AS 'regress_rows', 'row_series' LANGUAGE C;
CREATE FUNCTION store_of_type(int4) RETURNS SETOF pairs AS 'regress_rows', 'row_store' LANGUAGE C;
CREATE FUNCTION store_by_hand(int4, OUT a int4, OUT b text) RETURNS SETOF record AS 'regress_rows', 'row_store_by_hand' LANGUAGE C;
SELECT * FROM series_of_type(3);
SELECT * FROM series_table(2) ORDER BY number DESC;
SELECT * FROM series_record(2) AS s (a int4, b text);
SELECT series_of_type(3);
SELECT (series_table(3)).*;
SELECT * FROM store_of_type(3);
SELECT store_of_type(2);
SELECT * FROM store_by_hand(3);
SELECT count(*), sum(number) FROM store_of_type(1000);
SELECT s.number, t.number FROM series_of_type(3) s JOIN store_of_type(3) t ON t.number = s.number ORDER BY 1;
SELECT * FROM series_of_type(0);
SELECT * FROM series_of_type(3) LIMIT 1;

-- a definition list where it does not belong, and one that does not fit
SELECT * FROM pair_record(1, 'a');
SELECT * FROM pair_of_type(1, 'a') AS p (a int4, b text);
SELECT * FROM pair_out(1, 'a') AS p (a int4, b text);
SELECT * FROM own_record(5) AS t (n int4);
SELECT * FROM own_record(5) AS t (n int4, w int4);

-- rows as arguments
CREATE FUNCTION describe(record) RETURNS text AS 'regress_rows', 'row_describe' LANGUAGE C STRICT;
CREATE FUNCTION describe_pair(pair) RETURNS text AS 'regress_rows', 'row_describe' LANGUAGE C STRICT;
CREATE FUNCTION number_of(pairs) RETURNS int4 AS 'regress_rows', 'row_number' LANGUAGE C STRICT;
SELECT describe(ROW(1, 'a', NULL::int4, true));
SELECT describe(p) FROM pairs p ORDER BY number;
SELECT describe_pair(ROW(1, 'x'));
SELECT describe_pair('(5,"a b")');
SELECT describe_pair(pair_of_type(3, 'z'));
SELECT describe(pair_of_type(3, 'z'));
SELECT describe(pair_out(3, 'z'));
SELECT number_of(pairs) FROM pairs ORDER BY 1;
SELECT number_of(p.*) FROM pairs p ORDER BY 1;
SELECT number_of(NULL);
SELECT describe_pair(ROW(1));
SELECT describe_pair(ROW(1, 2, 3));
SELECT describe_pair('(1,2,3)');
SELECT describe_pair('1,2');

-- rows in the select list, casts
SELECT ROW(1, 'a', NULL);
SELECT ROW(1, 'a')::pair;
SELECT (ROW(1, 'a')::pair).word;
SELECT '(1,"x, y")'::pair;
SELECT p FROM pairs p ORDER BY number;
SELECT pg_typeof(pair_of_type(1, 'a')), pg_typeof(ROW(1, 2));
SELECT ROW();

-- a column of a row type
CREATE TABLE holders (id int4, p pair);
INSERT INTO holders VALUES (1, ROW(1, 'first')), (2, '(2,second)'), (3, NULL), (4, pair_of_type(4, 'f'));
SELECT * FROM holders ORDER BY id;
SELECT id, (p).word, (h.p).number FROM holders h ORDER BY id;
UPDATE holders SET p = ROW(30, 'third') WHERE id = 3;
SELECT describe_pair(p) FROM holders ORDER BY id;

-- types
\d pair
SELECT typname, typtype, typrelid::regclass FROM pg_type WHERE typname = 'pair';
SELECT 'pair'::regtype;
CREATE TYPE pair AS (a int4);
DROP TABLE holders;
DROP TYPE pair;
DROP TABLE pair;
CREATE TYPE nested AS (p pair, n numeric(5, 2));
SELECT ROW(ROW(1, 'in'), 2.345)::nested;
SELECT ((ROW(ROW(1, 'in'), 2.345)::nested).p).word;
DROP TYPE nested;
DROP TYPE IF EXISTS nested;
DROP TYPE nested;
CREATE TYPE broken AS (a nothing);
CREATE TYPE broken AS (a int4, a text);
DROP TYPE pairs;
CREATE TABLE holders (id int4, p pair);
DROP FUNCTION pair_of_type, series_of_type, describe_pair;
DROP TYPE pair;
DROP TABLE holders;
DROP TYPE pair;
DROP TABLE pairs CASCADE;
