-- Procedures and CALL.

CREATE TABLE log (n int, note text);
CREATE PROCEDURE note(n int, what text DEFAULT 'nothing') LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO log VALUES (n, what);
END $$;
CALL note(1);
CALL note(2, 'two');
CALL note(what => 'three', n => 3);
CALL note('4', NULL);
SELECT * FROM log ORDER BY n;
\df note
CALL note();
CALL note('x');
CALL note(1, 2, 3);
CALL nothing(1);
SELECT note(1);
CALL lower('X');
CALL note((SELECT 1));
CREATE PROCEDURE note(n int, what text DEFAULT 'nothing') LANGUAGE plpgsql AS 'BEGIN END';
CREATE OR REPLACE FUNCTION note(n int, what text DEFAULT 'nothing') RETURNS void LANGUAGE plpgsql AS 'BEGIN END';
CREATE PROCEDURE bad(a int) STRICT LANGUAGE plpgsql AS 'BEGIN END';
CREATE PROCEDURE bad(a int) LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';

-- INOUT and OUT
CREATE PROCEDURE twice(INOUT a int, b text, OUT c text) LANGUAGE plpgsql AS $$
BEGIN
	a := a * 2;
	c := b || b;
END $$;
CALL twice(21, 'x', NULL);
CALL twice(a => 21, b => 'x', c => NULL);
CALL twice(21, 'x');
\df twice
DO $$
DECLARE
	x int := 5;
	y text;
BEGIN
	CALL twice(x, 'ab', y);
	RAISE NOTICE '% %', x, y;
	CALL twice(x, b => 'c', c => y);
	RAISE NOTICE '% %', x, y;
END $$;
DO $$
BEGIN
	CALL twice(1, 'ab', NULL);
END $$;
CREATE PROCEDURE empty_out(INOUT a int) LANGUAGE plpgsql AS 'BEGIN RETURN; END';
CALL empty_out(7);
CREATE PROCEDURE many(VARIADIC list int[]) LANGUAGE plpgsql AS $$
BEGIN RAISE NOTICE '%', array_to_string(list, '+'); END $$;
CALL many(1, 2, 3);
CALL many(VARIADIC '{4,5}');

-- transactions
TRUNCATE log;
CREATE PROCEDURE batches(count int, INOUT done int DEFAULT 0) LANGUAGE plpgsql AS $$
BEGIN
	FOR i IN 1..count LOOP
		INSERT INTO log VALUES (i, 'batch');
		IF i % 2 = 0 THEN
			COMMIT;
			done := done + 1;
		ELSE
			ROLLBACK;
		END IF;
	END LOOP;
END $$;
CALL batches(5);
SELECT * FROM log ORDER BY n;
TRUNCATE log;
BEGIN;
CALL batches(2);
ROLLBACK;
DO $$
DECLARE d int := 10;
BEGIN
	CALL batches(4, d);
	RAISE NOTICE 'done %', d;
END $$;
SELECT * FROM log ORDER BY n;
CREATE FUNCTION within() RETURNS int LANGUAGE plpgsql AS $$
DECLARE d int := 0;
BEGIN
	CALL batches(2, d);
	RETURN 1;
END $$;
SELECT within();
DO $$
DECLARE d int := 0;
BEGIN
	CALL batches(2, d);
EXCEPTION WHEN others THEN
	RAISE NOTICE '%: %', SQLSTATE, SQLERRM;
END $$;
DO $$ BEGIN EXECUTE 'CALL batches(2)'; END $$;
CREATE PROCEDURE chained() LANGUAGE plpgsql AS $$
BEGIN
	ROLLBACK;
	SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
	RAISE NOTICE '%', current_setting('transaction_isolation');
	COMMIT AND CHAIN;
	RAISE NOTICE '%', current_setting('transaction_isolation');
	COMMIT;
	RAISE NOTICE '%', current_setting('transaction_isolation');
END $$;
CALL chained();

-- in C
CREATE PROCEDURE c_batches(count int, INOUT done int) LANGUAGE c AS 'regress_functions', 'regress_batches';
TRUNCATE log;
CALL c_batches(4, 100);
SELECT * FROM log ORDER BY n;
BEGIN;
CALL c_batches(4, 100);
ROLLBACK;
SELECT count(*) FROM log;
DO $$
DECLARE d int := 1;
BEGIN
	CALL c_batches(2, d);
	RAISE NOTICE 'done %', d;
END $$;
CREATE FUNCTION c_atomic() RETURNS void LANGUAGE c AS 'regress_functions', 'regress_commit';
SELECT c_atomic();

-- rights, comments, names
CREATE ROLE regress_proc_user;
REVOKE ALL ON PROCEDURE note(int, text) FROM PUBLIC;
SET ROLE regress_proc_user;
CALL note(1);
DROP PROCEDURE note;
RESET ROLE;
GRANT EXECUTE ON PROCEDURE note TO regress_proc_user;
GRANT INSERT ON log TO regress_proc_user;
SET ROLE regress_proc_user;
CALL note(99, 'theirs');
RESET ROLE;
SELECT * FROM log WHERE n = 99;
COMMENT ON PROCEDURE note IS 'writes it down';
SELECT obj_description('note'::regproc, 'pg_proc');
ALTER PROCEDURE note(int, text) RENAME TO put;
ALTER PROCEDURE put OWNER TO CURRENT_USER;
ALTER PROCEDURE put VOLATILE;
CALL put(5);
DROP FUNCTION put(int, text);
DROP PROCEDURE within();
DROP PROCEDURE put(int, text);
DROP PROCEDURE put(int, text);
DROP PROCEDURE IF EXISTS put();
DROP ROUTINE twice(int, text);
DROP PROCEDURE nothing;
REVOKE ALL ON log FROM regress_proc_user;
DROP ROLE regress_proc_user;
SELECT proname, prokind, prorettype::regtype, pronargs, provolatile FROM pg_proc WHERE proname IN ('batches', 'many', 'chained') ORDER BY 1;
SELECT pg_get_function_arguments('batches'::regproc), pg_get_function_identity_arguments('batches'::regproc), pg_get_function_result('batches'::regproc);
