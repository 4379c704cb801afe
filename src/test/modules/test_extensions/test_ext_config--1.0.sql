CREATE TABLE config_table (a int4);
CREATE TABLE config_part (a int4);
SELECT pg_catalog.pg_extension_config_dump('config_table', '');
SELECT pg_catalog.pg_extension_config_dump('config_part', 'WHERE a > 1');
