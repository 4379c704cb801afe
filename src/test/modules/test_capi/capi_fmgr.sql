CREATE TYPE capi_pair AS (number int, word text);
CREATE FUNCTION capi_series(int) RETURNS SETOF int AS 'test_capi' LANGUAGE C;
CREATE FUNCTION capi_series_by_calls(int) RETURNS SETOF int AS 'test_capi' LANGUAGE C;
CREATE FUNCTION capi_pairs(int) RETURNS SETOF capi_pair AS 'test_capi' LANGUAGE C;
CREATE FUNCTION capi_records(int) RETURNS SETOF record AS 'test_capi' LANGUAGE C;
CREATE FUNCTION capi_shape(int, OUT number int, OUT word text) AS 'test_capi' LANGUAGE C;
CREATE FUNCTION capi_scalar_shape(int) RETURNS text AS 'test_capi', 'capi_shape' LANGUAGE C;
CREATE FUNCTION capi_next_pair(capi_pair) RETURNS capi_pair AS 'test_capi' LANGUAGE C;
CREATE FUNCTION capi_list(VARIADIC "any") RETURNS text AS 'test_capi' LANGUAGE C;
