CREATE OR REPLACE FUNCTION not_mine(int4) RETURNS int4 AS 'regress_functions', 'next_int4' LANGUAGE C;
