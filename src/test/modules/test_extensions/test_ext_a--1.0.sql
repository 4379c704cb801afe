/* test_ext_a--1.0.sql */

\echo Use "CREATE EXTENSION test_ext_a" to load this file. \quit

CREATE FUNCTION a_next(int4) RETURNS int4 AS 'MODULE_PATHNAME', 'next_int4' LANGUAGE C STRICT IMMUTABLE;
CREATE TABLE a_table (x int4 PRIMARY KEY);
INSERT INTO a_table VALUES (1), (2);
