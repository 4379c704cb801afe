-- SECURITY DEFINER and SET of functions, procedures and triggers.

CREATE ROLE regress_scope_owner;
CREATE ROLE regress_scope_caller;
GRANT CREATE ON SCHEMA public TO regress_scope_owner;
SET ROLE regress_scope_owner;
CREATE TABLE secret (a int, b text DEFAULT current_user);
INSERT INTO secret VALUES (1);

-- the owner's rights
CREATE FUNCTION plain_count() RETURNS bigint LANGUAGE plpgsql AS 'BEGIN PERFORM count(*) FROM secret; RETURN 2; END';
CREATE FUNCTION lent_count() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN (SELECT count(*) FROM secret); END';
CREATE FUNCTION lent_sql(OUT who name, OUT session_too bool) LANGUAGE sql SECURITY DEFINER
	AS 'SELECT current_user, current_user = session_user FROM secret LIMIT 1';
CREATE FUNCTION lent_set() RETURNS SETOF int LANGUAGE sql SECURITY DEFINER AS 'SELECT a FROM secret';
CREATE PROCEDURE lent_insert(n int) LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN INSERT INTO secret VALUES (n); END';
CREATE FUNCTION external_words() RETURNS name LANGUAGE sql EXTERNAL SECURITY DEFINER AS 'SELECT current_user';
CREATE FUNCTION invoker() RETURNS name LANGUAGE sql SECURITY INVOKER AS 'SELECT current_user';
RESET ROLE;
CREATE FUNCTION lent_ask(text) RETURNS text AS 'regress_functions', 'ask' LANGUAGE C SECURITY DEFINER;
CREATE FUNCTION asked(text) RETURNS text AS 'regress_functions', 'ask' LANGUAGE C;
ALTER FUNCTION lent_ask(text) OWNER TO regress_scope_owner;
CREATE FUNCTION lent_user() RETURNS name LANGUAGE internal SECURITY DEFINER STABLE AS 'current_user';
ALTER FUNCTION lent_user() OWNER TO regress_scope_owner;
SELECT proname, prosecdef, proconfig FROM pg_proc WHERE proname ~ '^(lent|plain_|external_|invoker)' ORDER BY 1;
SET ROLE regress_scope_caller;
SELECT plain_count();
SELECT lent_count();
SELECT * FROM lent_sql();
SELECT lent_sql();
SELECT * FROM lent_set();
SELECT lent_set();
CALL lent_insert(2);
SELECT lent_ask('SELECT current_user || count(*) FROM secret'), asked('SELECT current_user'), current_user;
SELECT asked('SELECT a FROM secret');
SELECT lent_user(), invoker(), external_words();
SELECT current_user, lent_user(), current_user;
SELECT lent_ask('SELECT invoker()'), lent_ask('SELECT plain_count()');
SELECT lent_ask('SELECT nothing');
SELECT current_user;
SELECT lent_ask('SET ROLE regress_scope_caller');
SELECT lent_ask('SET SESSION AUTHORIZATION DEFAULT');
DO $$
BEGIN
	PERFORM lent_ask('SELECT nothing');
EXCEPTION WHEN undefined_column THEN
	RAISE NOTICE 'back to %', current_user;
END $$;
RESET ROLE;
SELECT * FROM secret ORDER BY a;

-- triggers
CREATE TABLE open (a int);
GRANT INSERT ON open TO regress_scope_caller;
CREATE FUNCTION keep_secret() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET work_mem = '1MB' AS $$
BEGIN
	INSERT INTO secret VALUES (NEW.a);
	RAISE NOTICE '% % %', TG_OP, current_user, current_setting('work_mem');
	RETURN NEW;
END $$;
ALTER FUNCTION keep_secret() OWNER TO regress_scope_owner;
CREATE TRIGGER t BEFORE INSERT ON open FOR EACH ROW EXECUTE FUNCTION keep_secret();
SET ROLE regress_scope_caller;
INSERT INTO open VALUES (10);
SELECT current_user, current_setting('work_mem');
RESET ROLE;
SELECT count(*) FROM secret WHERE a = 10;

-- settings
CREATE SCHEMA one;
CREATE SCHEMA two;
CREATE TABLE one.t AS SELECT 'one' AS x;
CREATE TABLE two.t AS SELECT 'two' AS x;
CREATE FUNCTION x_of_one() RETURNS text LANGUAGE plpgsql SET search_path = one, pg_temp AS 'BEGIN RETURN (SELECT x FROM t); END';
CREATE FUNCTION x_of_two() RETURNS text LANGUAGE sql SET search_path TO two AS 'SELECT x FROM two.t';
CREATE FUNCTION x_of_path() RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT x FROM t); END';
SET search_path = two, public;
SELECT x_of_one(), x_of_two(), x_of_path(), current_setting('search_path');
SELECT x_of_path() FROM generate_series(1, 2);
SET search_path = one, public;
SELECT x_of_one(), x_of_two(), x_of_path(), x_of_one();
RESET search_path;
SELECT x_of_path();

CREATE FUNCTION show_all(text) RETURNS text LANGUAGE sql SET work_mem = '3MB' SET "app.name" = 'within' SET datestyle FROM CURRENT
	AS 'SELECT $1 || current_setting(''work_mem'') || current_setting(''app.name'') || current_setting(''datestyle'')';
SELECT show_all('a: '), current_setting('work_mem');
SELECT proconfig FROM pg_proc WHERE proname = 'show_all';
\df+ show_all
ALTER FUNCTION show_all(text) SET work_mem = '5MB' SET search_path = '' RESET datestyle;
SELECT proconfig FROM pg_proc WHERE proname = 'show_all';
ALTER FUNCTION show_all(text) SET "app.name" TO DEFAULT;
SELECT proconfig FROM pg_proc WHERE proname = 'show_all';
ALTER FUNCTION show_all(text) SECURITY DEFINER RESET ALL;
SELECT prosecdef, proconfig FROM pg_proc WHERE proname = 'show_all';
ALTER FUNCTION show_all(text) EXTERNAL SECURITY INVOKER STRICT;
SELECT prosecdef, proconfig, proisstrict FROM pg_proc WHERE proname = 'show_all';
ALTER FUNCTION show_all(text) SECURITY DEFINER SECURITY INVOKER;
ALTER FUNCTION show_all(text) SET nothing_like_it = 1;
ALTER FUNCTION show_all(text) SET work_mem = 'much';
CREATE FUNCTION bad() RETURNS int LANGUAGE sql SET work_mem = -1 AS 'SELECT 1';
CREATE FUNCTION bad() RETURNS int LANGUAGE sql SECURITY DEFINER SECURITY DEFINER AS 'SELECT 1';

-- put back after an error, too
CREATE FUNCTION fails(n int) RETURNS int LANGUAGE plpgsql SET work_mem = '7MB' AS 'BEGIN RETURN 1 / n; END';
SELECT fails(0);
SHOW work_mem;
BEGIN;
SET LOCAL work_mem = '2MB';
DO $$
BEGIN
	PERFORM fails(0);
EXCEPTION WHEN division_by_zero THEN
	RAISE NOTICE '%', current_setting('work_mem');
END $$;
SELECT fails(1), current_setting('work_mem');
COMMIT;
SHOW work_mem;

-- SET within
CREATE FUNCTION sets_itself() RETURNS text LANGUAGE plpgsql SET work_mem = '7MB' AS $$
BEGIN
	SET LOCAL work_mem = '8MB';
	PERFORM set_config('app.other', 'kept', false);
	RETURN current_setting('work_mem');
END $$;
SELECT sets_itself(), current_setting('work_mem'), current_setting('app.other');
SHOW app.other;
CREATE OR REPLACE FUNCTION sets_itself() RETURNS text LANGUAGE plpgsql SET work_mem = '7MB' AS $$
BEGIN
	SET work_mem = '8MB';
	RETURN current_setting('work_mem');
END $$;
SELECT sets_itself();
SHOW work_mem;
RESET work_mem;

-- no ends of transactions
CREATE PROCEDURE ends_lent() LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN COMMIT; END';
CALL ends_lent();
CREATE PROCEDURE ends_set() LANGUAGE plpgsql SET work_mem = '1MB' AS 'BEGIN ROLLBACK; END';
CALL ends_set();
ALTER PROCEDURE ends_set() RESET work_mem;
CALL ends_set();
ALTER PROCEDURE ends_set() SET work_mem = '1MB' SECURITY DEFINER;
CALL ends_set();
ALTER PROCEDURE ends_set() STABLE;

-- rights to settings
SET ROLE regress_scope_owner;
CREATE FUNCTION sets_super() RETURNS int LANGUAGE sql SET session_replication_role = replica AS 'SELECT 1';
RESET ROLE;

DROP TABLE open, secret, one.t, two.t CASCADE;
DROP SCHEMA one, two;
DROP OWNED BY regress_scope_owner;
DROP ROLE regress_scope_owner, regress_scope_caller;
