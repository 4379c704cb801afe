\echo Use "ALTER EXTENSION test_ext_a UPDATE" to load this file. \quit
CREATE VIEW a_view AS SELECT a_next(x) AS x FROM a_table;
