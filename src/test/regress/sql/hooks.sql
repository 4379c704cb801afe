-- Hooks of a module around every statement: hooks_sample.so lies in dynamic_library_path.
LOAD 'hooks_sample';
CREATE FUNCTION trace_hooks(bool) RETURNS void AS 'hooks_sample' LANGUAGE C;
CREATE FUNCTION refuse_drops(bool) RETURNS void AS 'hooks_sample' LANGUAGE C;
CREATE FUNCTION run_inside(text) RETURNS int AS 'hooks_sample' LANGUAGE C;
CREATE TABLE numbers (id int PRIMARY KEY, word text);
CREATE TABLE others (id int, word text);
SELECT trace_hooks(true);

-- the four commands
INSERT INTO numbers VALUES (1, 'one');
INSERT INTO numbers VALUES (2, 'two'), (3, 'three') RETURNING id;
SELECT word FROM numbers WHERE id > 1 ORDER BY id;
UPDATE numbers SET word = 'TWO' WHERE id = 2;
DELETE FROM numbers WHERE id = 3 RETURNING word;
SELECT count(*) FROM numbers;
INSERT INTO others SELECT * FROM numbers;

-- an error on the way, and no hook after it
SELECT 1 / (id - 1) FROM numbers;
SELECT * FROM nowhere;

-- utility statements
SET work_mem = '4MB';
SET work_mem TO 4096;
RESET work_mem;
SHOW transaction_isolation;
BEGIN ISOLATION LEVEL REPEATABLE READ;
SAVEPOINT here;
ROLLBACK TO here;
RELEASE here;
COMMIT;
CREATE TABLE IF NOT EXISTS public.made (a int, b text DEFAULT 'x');
CREATE INDEX made_b ON made (b);
ALTER TABLE made RENAME TO made2;
COMMENT ON TABLE made2 IS 'made';
TRUNCATE made2;
CREATE TEMP TABLE copied AS SELECT * FROM numbers;
SELECT id INTO copied2 FROM numbers;
DROP TABLE IF EXISTS copied, nowhere CASCADE;
DROP TABLE copied2;
DROP DATABASE IF EXISTS nowhere_db;

-- prepared statements
PREPARE one (int) AS SELECT word FROM numbers WHERE id = $1;
EXECUTE one (1);
EXECUTE one (2);
DEALLOCATE one;

-- SPI
SELECT run_inside('SELECT 1 FROM numbers');
SELECT run_inside('CREATE TABLE inside (a int)');
SELECT run_inside('DROP TABLE inside');

-- several statements in one text
SELECT 1\; SELECT 2 AS two;

-- a hook that refuses
SELECT refuse_drops(true);
DROP TABLE made2;
SELECT refuse_drops(false);
DROP TABLE made2;

-- identifiers
SET compute_query_id = off;
SELECT 1;
SET compute_query_id = auto;
SELECT trace_hooks(false);
SELECT count(*) FROM numbers;
SELECT query_id IS NOT NULL AS identified FROM pg_stat_activity WHERE pid = pg_backend_pid();
DROP TABLE numbers, others;
