CREATE TABLE bad_table (x int4);
COMMIT;
