-- USAGE on types.
CREATE ROLE regress_type_owner;
CREATE ROLE regress_type_user;
GRANT CREATE ON SCHEMA public TO regress_type_owner, regress_type_user;
SET ROLE regress_type_owner;
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE pair AS (a int, b text);
SELECT typname, typacl FROM pg_type WHERE typname IN ('mood', 'pair') ORDER BY 1;
REVOKE ALL ON TYPE mood, pair FROM PUBLIC;
SELECT typname, typacl FROM pg_type WHERE typname IN ('mood', 'pair') ORDER BY 1;
GRANT USAGE ON TYPE mood TO regress_type_user WITH GRANT OPTION;
SELECT typname, typacl FROM pg_type WHERE typname IN ('mood', 'pair') ORDER BY 1;
SELECT has_type_privilege('regress_type_user', 'mood', 'USAGE') AS mood,
	has_type_privilege('regress_type_user', 'mood', 'USAGE WITH GRANT OPTION') AS grantable,
	has_type_privilege('regress_type_user', 'pair', 'USAGE') AS pair,
	has_type_privilege('public', 'pair', 'USAGE') AS everybody,
	has_type_privilege('regress_type_user', 'int4', 'USAGE') AS int4,
	has_type_privilege('regress_type_user', 'int4', 'USAGE WITH GRANT OPTION') AS int4_grantable,
	has_type_privilege(99999, 'USAGE') AS none;

SET ROLE regress_type_user;
CREATE TABLE moods (m mood);
CREATE TABLE pairs (p pair);
ALTER TABLE moods ADD COLUMN p pair;
ALTER TABLE moods ADD COLUMN t text;
ALTER TABLE moods ALTER COLUMN t TYPE pair USING NULL;
CREATE TYPE both_of AS (m mood, p pair);
CREATE FUNCTION first_of(pair) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION make_pair() RETURNS pair LANGUAGE sql AS 'SELECT (1, NULL)::pair';
GRANT USAGE ON TYPE pair TO regress_type_user;
GRANT USAGE ON TYPE mood TO PUBLIC;
SELECT typname, typacl FROM pg_type WHERE typname = 'mood';

-- what goes wrong
SET ROLE regress_type_owner;
GRANT SELECT ON TYPE mood TO regress_type_user;
GRANT USAGE ON TYPE nothing TO regress_type_user;
GRANT USAGE ON DOMAIN mood TO regress_type_user;
GRANT USAGE ON TYPE _int4 TO regress_type_user;
REVOKE USAGE ON TYPE mood FROM regress_type_user;
REVOKE USAGE ON TYPE mood FROM regress_type_user CASCADE;
SELECT typname, typacl FROM pg_type WHERE typname = 'mood';

-- roles that types name
GRANT USAGE ON TYPE pair TO regress_type_user;
RESET ROLE;
DROP TABLE moods;
REVOKE CREATE ON SCHEMA public FROM regress_type_owner, regress_type_user;
DROP ROLE regress_type_user;
DROP ROLE regress_type_owner;
DROP OWNED BY regress_type_user;
SELECT typname, typacl FROM pg_type WHERE typname IN ('mood', 'pair') ORDER BY 1;
DROP ROLE regress_type_user;
REASSIGN OWNED BY regress_type_owner TO CURRENT_USER;
SELECT typname, typowner::regrole = current_user::regrole AS mine FROM pg_type WHERE typname IN ('mood', 'pair') ORDER BY 1;
DROP ROLE regress_type_owner;
DROP TYPE mood, pair;

-- rights of functions are shown as well
CREATE ROLE regress_caller;
CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
SELECT proacl IS NULL AS none FROM pg_proc WHERE proname = 'one';
GRANT EXECUTE ON FUNCTION one() TO regress_caller;
REVOKE EXECUTE ON FUNCTION one() FROM PUBLIC;
SELECT count(*) FROM pg_proc, unnest(proacl) AS item WHERE proname = 'one';
DROP FUNCTION one();
DROP ROLE regress_caller;
