CREATE FUNCTION @extschema@.b_next(int4) RETURNS int4 AS 'MODULE_PATHNAME', 'next_int4' LANGUAGE C STRICT;
CREATE VIEW b_view AS SELECT a_next(x) + 1 AS x FROM a_table;
