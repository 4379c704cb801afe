-- Procedures of LANGUAGE sql.

CREATE TABLE notes (n int, t text);
CREATE PROCEDURE add_notes(n int, t text DEFAULT 'none') LANGUAGE sql AS $$
	INSERT INTO notes VALUES (n, t);
	INSERT INTO notes VALUES (n + 1, upper(t));
$$;
CALL add_notes(1, 'a');
CALL add_notes(5);
CALL add_notes(t => 'named', n => 8);
SELECT * FROM notes ORDER BY n;
\df add_notes
CREATE PROCEDURE counted(INOUT a int, OUT b bigint) LANGUAGE sql AS 'SELECT a * 2, count(*) FROM notes';
CALL counted(4, NULL);
CREATE PROCEDURE empty_body() LANGUAGE sql AS '';
CALL empty_body();
CREATE PROCEDURE bad() LANGUAGE sql AS 'SELECT nothing';
CREATE PROCEDURE bad(OUT a int) LANGUAGE sql AS 'SELECT ''x''::text';
CREATE PROCEDURE ends() LANGUAGE sql AS 'COMMIT';
CALL ends();
SELECT add_notes(1);
CREATE OR REPLACE PROCEDURE add_notes(n int, t text DEFAULT 'none') LANGUAGE sql SECURITY DEFINER SET work_mem = '1MB' AS $$
	INSERT INTO notes VALUES (n, current_setting('work_mem'));
$$;
CALL add_notes(100);
SELECT t FROM notes WHERE n = 100;
DO $$
DECLARE
	x int := 3;
	y bigint;
BEGIN
	CALL add_notes(200);
	CALL counted(x, y);
	RAISE NOTICE '% %', x, y;
END $$;
DROP PROCEDURE add_notes(int, text);
