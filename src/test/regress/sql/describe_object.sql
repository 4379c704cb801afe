-- Objects in the words of messages.
CREATE SCHEMA "A b";
CREATE ROLE "R b";
CREATE TABLE "A b"."T b" ("c d" int PRIMARY KEY DEFAULT 5, e int CHECK (e > 0));
CREATE FUNCTION "A b"."f n"(int, text) RETURNS int LANGUAGE sql AS 'select 1';
CREATE TYPE "A b"."Ty p" AS ENUM ('a');
CREATE TYPE "A b"."Co m" AS (a int);
CREATE VIEW "A b"."V w" AS SELECT 1 AS x;
CREATE SEQUENCE "A b"."S q";
CREATE TABLE seen (id int);
SELECT pg_describe_object(classid, objid, objsubid) FROM pg_depend
	WHERE refclassid = 'pg_namespace'::regclass AND refobjid = '"A b"'::regnamespace AND pg_describe_object(classid, objid, objsubid) ~ 'function|table|view|sequence'
	ORDER BY 1;
SELECT pg_describe_object('pg_namespace'::regclass, '"A b"'::regnamespace, 0),
	pg_describe_object('pg_authid'::regclass, '"R b"'::regrole, 0),
	pg_describe_object('pg_class'::regclass, '"A b"."T b"'::regclass, 1),
	pg_describe_object('pg_class'::regclass, '"A b"."V w"'::regclass, 1),
	pg_describe_object('pg_class'::regclass, 'seen'::regclass, 0),
	pg_describe_object('pg_constraint'::regclass, (SELECT oid FROM pg_constraint WHERE conrelid = '"A b"."T b"'::regclass AND contype = 'p'), 0),
	pg_describe_object('pg_attrdef'::regclass, (SELECT oid FROM pg_attrdef WHERE adrelid = '"A b"."T b"'::regclass), 0),
	pg_describe_object('pg_language'::regclass, (SELECT oid FROM pg_language WHERE lanname = 'sql'), 0),
	pg_describe_object('pg_database'::regclass, (SELECT oid FROM pg_database WHERE datname = 'postgres'), 0),
	pg_describe_object('pg_extension'::regclass, (SELECT oid FROM pg_extension WHERE extname = 'plpgsql'), 0),
	pg_describe_object('pg_proc'::regclass, 'lower(text)'::regprocedure, 0),
	pg_describe_object('pg_type'::regclass, 'int4'::regtype, 0),
	pg_describe_object('pg_type'::regclass, '"A b"."Ty p"'::regtype, 0),
	pg_describe_object('pg_type'::regclass, '"A b"."Co m"'::regtype, 0),
	pg_describe_object('pg_class'::regclass, 'pg_class'::regclass, 0) \gx
SELECT pg_describe_object('pg_class'::regclass, 99999, 0), pg_describe_object('pg_proc'::regclass, 99999, 0),
	pg_describe_object(0, 0, 0), pg_describe_object('pg_class'::regclass, '"A b"."T b"'::regclass, 9);
SELECT pg_describe_object(99, 5, 0);

-- the same words in messages
DROP SCHEMA "A b";
DROP SCHEMA "A b" CASCADE;
DROP TABLE seen;
DROP ROLE "R b";
