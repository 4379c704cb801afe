CREATE TABLE capi_rows (id int PRIMARY KEY, name text NOT NULL); CREATE INDEX capi_rows_name ON capi_rows (name);
CREATE SEQUENCE capi_sequence;
