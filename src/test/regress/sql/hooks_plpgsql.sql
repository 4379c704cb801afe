-- postroom only: PostgreSQL tells the hooks of analysis and planning once of each expression.
-- What PL/pgSQL only computes is no statement for hooks; what reads a table is one.
LOAD 'hooks_sample';
CREATE FUNCTION trace_hooks(bool) RETURNS void AS 'hooks_sample' LANGUAGE C;
CREATE TABLE numbers (id int);
CREATE FUNCTION steps(n int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE total int := 0;
BEGIN
	FOR i IN 1..n LOOP total := total + i; END LOOP;
	IF total > 2 THEN total := (SELECT count(*) FROM numbers); END IF;
	RETURN total;
END $$;
SELECT trace_hooks(true);
SELECT steps(1);
SELECT steps(2);
SELECT trace_hooks(false);
DROP FUNCTION steps, trace_hooks;
DROP TABLE numbers;
