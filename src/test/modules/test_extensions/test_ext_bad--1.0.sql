CREATE TABLE bad_table (x int4);

SELECT nowhere FROM bad_table;
