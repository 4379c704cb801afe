-- UNLOGGED tables; what a crash does to them is src/test/supervision/test_unlogged.py.

CREATE UNLOGGED TABLE u (a int PRIMARY KEY, b text UNIQUE);
CREATE INDEX u_b ON u (b);
CREATE TABLE p (a int PRIMARY KEY);
INSERT INTO u VALUES (1, 'x');
SELECT relname, relpersistence FROM pg_class WHERE relname IN ('u', 'u_pkey', 'u_b_key', 'u_b', 'p') ORDER BY 1;
\d u
CREATE TABLE refers (a int REFERENCES u);
CREATE UNLOGGED TABLE refers (a int REFERENCES u);
CREATE UNLOGGED TABLE refers_p (a int REFERENCES p);
CREATE TEMP TABLE refers_t (a int REFERENCES u);
CREATE UNLOGGED TABLE copy AS SELECT * FROM u;
SELECT relpersistence FROM pg_class WHERE relname = 'copy';
CREATE UNLOGGED VIEW v AS SELECT 1;
ALTER TABLE u SET LOGGED;
ALTER TABLE p SET UNLOGGED;
ALTER TABLE refers SET LOGGED;
DROP TABLE refers;
ALTER TABLE u SET LOGGED;
ALTER TABLE u SET LOGGED;
SELECT relname, relpersistence FROM pg_class WHERE relname IN ('u', 'u_pkey', 'u_b_key', 'u_b') ORDER BY 1;
ALTER TABLE u SET UNLOGGED;
SELECT relname, relpersistence FROM pg_class WHERE relname IN ('u', 'u_pkey', 'u_b_key', 'u_b') ORDER BY 1;
CREATE TEMP TABLE t (a int);
ALTER TABLE t SET UNLOGGED;
SELECT * FROM u;
