CREATE FUNCTION capi_make_temporary() RETURNS oid LANGUAGE plpgsql AS 'BEGIN CREATE TEMP TABLE IF NOT EXISTS capi_temporary (a int); RETURN ''capi_temporary''::regclass; END';
