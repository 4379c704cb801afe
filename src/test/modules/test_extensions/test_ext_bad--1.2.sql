CREATE TABLE bad_table (x int4);
DROP EXTENSION test_ext_bad;
