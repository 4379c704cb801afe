\echo Use "CREATE EXTENSION worker_spi_cpp" to load this file. \quit

-- Starts worker number $1 in this database and gives its process number.
CREATE FUNCTION worker_spi_cpp_launch(pg_catalog.int4)
RETURNS pg_catalog.int4 STRICT
AS 'MODULE_PATHNAME'
LANGUAGE C;
