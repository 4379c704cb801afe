-- PL/pgSQL: functions that return rows, and cursors.

CREATE TABLE items (id int PRIMARY KEY, name text, price numeric);
INSERT INTO items VALUES (1, 'one', 1.5), (2, 'two', 2.5), (3, 'three', NULL);
CREATE TYPE pair AS (x int, y text);

-- OUT parameters
CREATE FUNCTION two_out(n int, OUT doubled int, OUT label text) LANGUAGE plpgsql AS $$
BEGIN
	doubled := n * 2;
	label := 'n' || n;
END $$;
SELECT two_out(3);
SELECT * FROM two_out(3);
SELECT doubled + 1 AS next, label FROM two_out(5);
SELECT (two_out(4)).label;
CREATE FUNCTION inout_too(INOUT a int, b int, OUT c int) LANGUAGE plpgsql AS 'BEGIN c := a + b; a := a * 10; RETURN; END';
SELECT * FROM inout_too(1, 2);
CREATE FUNCTION one_out(OUT x int) LANGUAGE plpgsql AS 'BEGIN x := 7; END';
SELECT one_out(), x FROM one_out();
CREATE FUNCTION bad_out(OUT a int, OUT b int) LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
CREATE FUNCTION same_twice(a anyelement, OUT b anyelement, OUT c anyarray) LANGUAGE plpgsql AS 'BEGIN b := a; c := ARRAY[a, a]; END';
SELECT * FROM same_twice(1);
SELECT * FROM same_twice('x'::text);

-- RETURNS TABLE and sets
CREATE FUNCTION cheap(top numeric) RETURNS TABLE (item_id int, item_name text) LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY SELECT id, name FROM items WHERE price <= top ORDER BY id;
	item_id := 0;
	item_name := 'end';
	RETURN NEXT;
END $$;
SELECT * FROM cheap(2);
SELECT cheap(2.5);
SELECT c.item_name, i.price FROM cheap(3) c JOIN items i ON i.id = c.item_id ORDER BY i.id;
SELECT count(*) FROM cheap(0) WITH ORDINALITY;
CREATE FUNCTION one_column() RETURNS TABLE (v int) LANGUAGE plpgsql AS 'BEGIN v := 1; RETURN NEXT; v := 2; RETURN NEXT; END';
SELECT * FROM one_column();
SELECT one_column();
CREATE FUNCTION pairs() RETURNS SETOF pair LANGUAGE plpgsql AS $$
DECLARE
	p pair;
	r record;
BEGIN
	p.x := 1;
	p.y := 'a';
	RETURN NEXT p;
	RETURN NEXT ROW(2, 'b')::pair;
	RETURN NEXT (3, 'c'::text);
	SELECT 4 AS n, 'd'::text AS t INTO r;
	RETURN NEXT r;
	RETURN QUERY EXECUTE 'SELECT $1, $2' USING 5, 'e'::text;
	p := NULL;
	RETURN NEXT p;
END $$;
SELECT * FROM pairs();
SELECT pairs();
SELECT x FROM pairs() WHERE y > 'b';
CREATE FUNCTION all_items() RETURNS SETOF items LANGUAGE plpgsql AS $$
DECLARE
	i items;
BEGIN
	FOR i IN SELECT * FROM items ORDER BY id DESC LOOP
		i.price := coalesce(i.price, 0) + 1;
		RETURN NEXT i;
	END LOOP;
END $$;
SELECT * FROM all_items();
SELECT name FROM all_items() WHERE price > 2 ORDER BY name;
CREATE FUNCTION wrong_type() RETURNS SETOF pair LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT 'a'::text, 1; END $$;
SELECT * FROM wrong_type();
CREATE FUNCTION wrong_count() RETURNS SETOF pair LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT 1; END $$;
SELECT * FROM wrong_count();
CREATE FUNCTION wrong_record() RETURNS pair LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN SELECT 1 AS a INTO r; RETURN r; END $$;
SELECT wrong_record();
CREATE FUNCTION not_a_row() RETURNS pair LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
SELECT not_a_row();
CREATE FUNCTION with_argument() RETURNS TABLE (v int) LANGUAGE plpgsql AS 'BEGIN RETURN NEXT 1; END';

-- one row
CREATE FUNCTION make_pair(a int, b text) RETURNS pair LANGUAGE plpgsql AS 'BEGIN RETURN (a, b); END';
SELECT make_pair(1, 'x'), (make_pair(2, 'y')).y;
SELECT * FROM make_pair(3, 'z');
CREATE FUNCTION find_item(wanted int) RETURNS items LANGUAGE plpgsql AS $$
DECLARE
	found_item items%ROWTYPE;
BEGIN
	SELECT * INTO found_item FROM items WHERE id = wanted;
	RETURN found_item;
END $$;
SELECT * FROM find_item(2);
SELECT find_item(9) IS NULL AS nothing;
CREATE FUNCTION some_record(n int) RETURNS record LANGUAGE plpgsql AS $$
DECLARE
	r record;
BEGIN
	SELECT n AS a, n || '!' AS b INTO r;
	RETURN r;
END $$;
SELECT * FROM some_record(5) AS (a int, b text);
SELECT some_record(6);
SELECT * FROM some_record(5) AS (a int, b int);
CREATE FUNCTION some_records() RETURNS SETOF record LANGUAGE plpgsql AS 'BEGIN RETURN QUERY SELECT id, name FROM items ORDER BY id LIMIT 2; END';
SELECT * FROM some_records() AS (i int, n text);
CREATE FUNCTION null_pair() RETURNS pair LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
SELECT null_pair(), x IS NULL AS x FROM null_pair();

-- rows as parameters and in assignments
CREATE FUNCTION describe(i items, p pair) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	i.name := upper(i.name);
	RETURN i.id || i.name || p.y;
END $$;
SELECT describe(items, (1, 'q')::pair) FROM items ORDER BY id;
DO $$
DECLARE
	p pair;
	r record;
	i items;
BEGIN
	p := (1, 'one');
	RAISE NOTICE '% %', p, p.y;
	p := make_pair(2, 'two');
	RAISE NOTICE '%', p.x;
	r := make_pair(3, 'three');
	RAISE NOTICE '% %', r, r.y;
	SELECT * FROM two_out(8) INTO r;
	RAISE NOTICE '%', r;
	i := find_item(1);
	RAISE NOTICE '%', i;
	FOR r IN SELECT * FROM cheap(5) LOOP
		RAISE NOTICE '%', r.item_name;
	END LOOP;
END $$;

-- cursors
CREATE FUNCTION walk() RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	c CURSOR FOR SELECT * FROM items ORDER BY id;
	d SCROLL CURSOR (low int, high int) IS SELECT id, name FROM items WHERE id BETWEEN low AND high ORDER BY id;
	u refcursor;
	r record;
	n int;
	t text;
BEGIN
	OPEN c;
	FETCH c INTO r;
	RETURN NEXT 'first ' || r.name || ' ' || found;
	FETCH NEXT FROM c INTO r;
	FETCH FROM c INTO r;
	RETURN NEXT 'third ' || r.name;
	FETCH c INTO r;
	RETURN NEXT 'past ' || (r.name IS NULL) || ' ' || found;
	CLOSE c;
	OPEN d (2, 3);
	FETCH LAST FROM d INTO n, t;
	RETURN NEXT 'last ' || n || t;
	FETCH PRIOR FROM d INTO n, t;
	RETURN NEXT 'prior ' || n || t;
	MOVE FORWARD 5 FROM d;
	GET DIAGNOSTICS n = ROW_COUNT;
	RETURN NEXT 'moved ' || n;
	FETCH ABSOLUTE 1 FROM d INTO n, t;
	FETCH RELATIVE n - 1 FROM d INTO n, t;
	RETURN NEXT 'relative ' || n || t;
	CLOSE d;
	OPEN d (high := 1, low := 1);
	FETCH FIRST FROM d INTO n;
	RETURN NEXT 'named ' || n;
	CLOSE d;
	OPEN u FOR SELECT name FROM items WHERE id = n + 1;
	FETCH u INTO t;
	RETURN NEXT t;
	CLOSE u;
	OPEN u SCROLL FOR EXECUTE 'SELECT id FROM items WHERE id > $1 ORDER BY 1' USING 1;
	MOVE u;
	FETCH u INTO n;
	RETURN NEXT n::text;
	FETCH BACKWARD FROM u INTO n;
	RETURN NEXT n::text;
	CLOSE u;
	FOR r IN c LOOP
		CONTINUE WHEN r.id = 2;
		RETURN NEXT 'loop ' || r.id;
	END LOOP;
	FOR r IN d (1, 2) LOOP
		RETURN NEXT 'args ' || r.name;
		EXIT;
	END LOOP;
	RETURN NEXT 'found ' || found;
END $$;
SELECT * FROM walk();
CREATE FUNCTION give(c refcursor, low int) RETURNS refcursor LANGUAGE plpgsql AS $$
BEGIN
	OPEN c FOR SELECT id, name FROM items WHERE id >= low ORDER BY id;
	RETURN c;
END $$;
BEGIN;
SELECT give('mine', 2);
FETCH ALL FROM mine;
SELECT give('mine', 2);
ROLLBACK;
DO $$
DECLARE
	c CURSOR FOR SELECT 1;
	u refcursor;
	n int;
BEGIN
	BEGIN
		FETCH u INTO n;
	EXCEPTION WHEN OTHERS THEN
		RAISE NOTICE '% %', SQLSTATE, SQLERRM;
	END;
	BEGIN
		u := 'nowhere';
		CLOSE u;
	EXCEPTION WHEN OTHERS THEN
		RAISE NOTICE '% %', SQLSTATE, SQLERRM;
	END;
	BEGIN
		OPEN c;
		OPEN c;
	EXCEPTION WHEN OTHERS THEN
		RAISE NOTICE '% %', SQLSTATE, SQLERRM;
	END;
	BEGIN
		u := NULL;
		OPEN u FOR INSERT INTO items VALUES (9);
	EXCEPTION WHEN OTHERS THEN
		RAISE NOTICE '% %', SQLSTATE, SQLERRM;
	END;
	BEGIN
		OPEN u NO SCROLL FOR SELECT 1;
		FETCH u INTO n;
		FETCH PRIOR FROM u INTO n;
	EXCEPTION WHEN OTHERS THEN
		RAISE NOTICE '% %', SQLSTATE, SQLERRM;
	END;
	RAISE NOTICE '%', u IS NULL;
END $$;
DO $$ DECLARE c CURSOR (a int) FOR SELECT a; BEGIN OPEN c; END $$;
DO $$ DECLARE c CURSOR (a int) FOR SELECT a; BEGIN OPEN c (1, 2); END $$;
DO $$ DECLARE c CURSOR (a int, b int) FOR SELECT a; BEGIN OPEN c (1); END $$;
DO $$ DECLARE c CURSOR FOR SELECT 1; BEGIN OPEN c (1); END $$;
DO $$ DECLARE c refcursor; BEGIN FOR r IN c LOOP NULL; END LOOP; END $$;
DO $$ DECLARE n int; BEGIN OPEN n FOR SELECT 1; END $$;
DO $$ DECLARE c refcursor; n int; BEGIN FETCH ALL FROM c INTO n; END $$;
DO $$
DECLARE
	c CURSOR FOR SELECT id FROM items ORDER BY id;
BEGIN
	FOR r IN c LOOP
		CLOSE c;
	END LOOP;
END $$;
CREATE PROCEDURE commits() LANGUAGE plpgsql AS $$
DECLARE
	c CURSOR FOR SELECT id FROM items ORDER BY id;
BEGIN
	FOR r IN c LOOP
		UPDATE items SET price = r.id WHERE id = r.id;
		COMMIT;
	END LOOP;
END $$;
CALL commits();
SELECT id, price FROM items ORDER BY id;
