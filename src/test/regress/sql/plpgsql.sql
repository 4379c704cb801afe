-- PL/pgSQL: DO blocks and functions.
DO $$ BEGIN RAISE NOTICE 'hello'; END $$;
DO LANGUAGE plpgsql 'BEGIN RAISE NOTICE ''%, % and %%'', 1, NULL::text; END';
DO LANGUAGE sql 'SELECT 1';
DO LANGUAGE nothing 'SELECT 1';
DO $$
DECLARE
	i int := 3;
	name text;
	c CONSTANT numeric(6,2) DEFAULT 10.5;
BEGIN
	name := 'x' || i;
	i := i * 2 + 1;
	RAISE NOTICE 'i = %, name = %, c = %', i, name, c;
	IF i > 10 THEN
		RAISE NOTICE 'big';
	ELSIF i = 7 THEN
		RAISE NOTICE 'seven';
	ELSE
		RAISE NOTICE 'small';
	END IF;
	CASE i
		WHEN 1, 2 THEN RAISE NOTICE 'one or two';
		WHEN 7 THEN RAISE NOTICE 'case seven';
	END CASE;
	CASE WHEN i < 0 THEN NULL; ELSE RAISE NOTICE 'else'; END CASE;
END $$;
-- loops
DO $$
DECLARE
	n int := 0;
	r record;
	e int;
BEGIN
	LOOP
		n := n + 1;
		CONTINUE WHEN n = 2;
		EXIT WHEN n >= 4;
		RAISE NOTICE 'loop %', n;
	END LOOP;
	WHILE n > 2 LOOP n := n - 1; END LOOP;
	FOR i IN 1..3 LOOP RAISE NOTICE 'for %', i; END LOOP;
	FOR i IN REVERSE 10..1 BY 4 LOOP RAISE NOTICE 'reverse %', i; END LOOP;
	FOR r IN SELECT x, x * x AS square FROM generate_series(1, 3) x LOOP
		RAISE NOTICE 'row % %', r.x, r.square;
	END LOOP;
	RAISE NOTICE 'found %', FOUND;
	FOR r IN EXECUTE 'SELECT $1 + 1 AS y' USING n LOOP RAISE NOTICE 'executed %', r.y; END LOOP;
	FOREACH e IN ARRAY ARRAY[5, 6] LOOP RAISE NOTICE 'element %', e; END LOOP;
	<<outer>>
	FOR i IN 1..3 LOOP
		FOR k IN 1..3 LOOP
			CONTINUE outer WHEN k = 2;
			EXIT outer WHEN i = 3;
			RAISE NOTICE '% %', i, k;
		END LOOP;
	END LOOP;
END $$;
-- SQL
CREATE TABLE pl (a int PRIMARY KEY, b text);
DO $$
DECLARE
	v pl.b%TYPE;
	r pl%ROWTYPE;
	n bigint;
BEGIN
	INSERT INTO pl VALUES (1, 'one'), (2, 'two');
	GET DIAGNOSTICS n = ROW_COUNT;
	RAISE NOTICE 'inserted %', n;
	SELECT b INTO v FROM pl WHERE a = 1;
	RAISE NOTICE 'v % found %', v, FOUND;
	SELECT * INTO r FROM pl WHERE a = 2;
	RAISE NOTICE 'r % %', r.a, r.b;
	SELECT b INTO v FROM pl WHERE a = 99;
	RAISE NOTICE 'v % found %', v, FOUND;
	UPDATE pl SET b = b || '!' WHERE a = 1 RETURNING b INTO v;
	RAISE NOTICE 'v %', v;
	EXECUTE 'SELECT count(*) FROM pl WHERE a > $1' INTO n USING 1;
	RAISE NOTICE 'n %', n;
	PERFORM 1 FROM pl WHERE a = 5;
	RAISE NOTICE 'found %', FOUND;
END $$;
DO $$ DECLARE v text; BEGIN SELECT b INTO STRICT v FROM pl WHERE a = 99; END $$;
DO $$ DECLARE v text; BEGIN SELECT b INTO STRICT v FROM pl; END $$;
DO $$ BEGIN SELECT 1; END $$;
DO $$ DECLARE a int := 1; BEGIN PERFORM a FROM pl; END $$;
-- errors
DO $$ BEGIN RAISE EXCEPTION 'bad % thing', 1; END $$;
DO $$
BEGIN
	RAISE EXCEPTION 'm' USING DETAIL = 'd', HINT = 'h', ERRCODE = 'unique_violation';
END $$;
DO $$ BEGIN RAISE division_by_zero; END $$;
DO $$
DECLARE
	i int := 0;
BEGIN
	i := 1 / i;
END $$;
DO $$
BEGIN
	BEGIN
		INSERT INTO pl VALUES (3, 'three');
		INSERT INTO pl VALUES (1, 'again');
	EXCEPTION
		WHEN division_by_zero THEN RAISE NOTICE 'no';
		WHEN unique_violation OR not_null_violation THEN
			RAISE NOTICE 'caught % %', SQLSTATE, SQLERRM;
	END;
	RAISE NOTICE 'rows %', (SELECT count(*) FROM pl);
	BEGIN
		RAISE EXCEPTION 'inner';
	EXCEPTION WHEN OTHERS THEN
		RAISE NOTICE 'again %', SQLERRM;
		RAISE;
	END;
END $$;
DO $$
DECLARE
	m text; d text; s text;
BEGIN
	RAISE EXCEPTION 'm1' USING DETAIL = 'd1', ERRCODE = '22012';
EXCEPTION WHEN SQLSTATE '22012' THEN
	GET STACKED DIAGNOSTICS m = MESSAGE_TEXT, d = PG_EXCEPTION_DETAIL, s = RETURNED_SQLSTATE;
	RAISE NOTICE '% % %', m, d, s;
END $$;
DO $$ BEGIN ASSERT 1 = 1; ASSERT 1 = 2, 'not so'; END $$;
DO $$ BEGIN CASE 1 WHEN 2 THEN NULL; END CASE; END $$;
DO $$ DECLARE c CONSTANT int := 1; BEGIN c := 2; END $$;
DO $$ DECLARE i int NOT NULL := 1; BEGIN i := NULL; END $$;
DO $$ DECLARE i int := 'x'; BEGIN NULL; END $$;
DO $$ BEGIN x := 1; END $$;
DO $$ BEGIN EXIT; END $$;
DO $$ BEGIN RAISE NOTICE '%'; END $$;
-- functions
CREATE FUNCTION add_up(n int, step int DEFAULT 1) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
	total int := 0;
BEGIN
	FOR i IN 1..n LOOP
		total := total + i * step;
	END LOOP;
	RETURN total;
END $$;
SELECT add_up(4), add_up(4, 10);
CREATE FUNCTION fact(n int) RETURNS numeric LANGUAGE plpgsql AS $$
BEGIN
	IF n <= 1 THEN
		RETURN 1;
	END IF;
	RETURN n * fact(n - 1);
END $$;
SELECT fact(20);
CREATE FUNCTION series(n int) RETURNS SETOF int LANGUAGE plpgsql AS $$
BEGIN
	FOR i IN 1..n LOOP
		RETURN NEXT i;
	END LOOP;
	RETURN QUERY SELECT a FROM pl ORDER BY a;
END $$;
SELECT * FROM series(2);
CREATE FUNCTION nothing_returned() RETURNS int LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
SELECT nothing_returned();
CREATE FUNCTION broken(i int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1 / i; END $$;
SELECT broken(0);
CREATE FUNCTION wrong() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1 +; END $$;
CREATE FUNCTION wrong() RETURNS int LANGUAGE plpgsql AS $$ BEGIN retrun 1; END $$;
CREATE FUNCTION does(x int) RETURNS void LANGUAGE plpgsql AS $$ BEGIN INSERT INTO pl VALUES (x, 'f'); END $$;
SELECT does(50);
SELECT * FROM pl ORDER BY a;
SELECT lanname, lanispl, lanpltrusted FROM pg_language WHERE lanname = 'plpgsql';
CREATE EXTENSION plpgsql;
DROP FUNCTION add_up(int, int), fact(int), series(int), nothing_returned(), broken(int), does(int);
-- transactions
DO $$
BEGIN
	INSERT INTO pl VALUES (100, 'kept');
	COMMIT;
	INSERT INTO pl VALUES (101, 'lost');
	ROLLBACK;
	INSERT INTO pl VALUES (102, 'kept');
END $$;
SELECT a FROM pl WHERE a >= 100 ORDER BY a;
BEGIN;
DO $$ BEGIN COMMIT; END $$;
ROLLBACK;
DROP TABLE pl;
