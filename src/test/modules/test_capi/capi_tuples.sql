CREATE TABLE capi_tuples (id int PRIMARY KEY, word text);
INSERT INTO capi_tuples VALUES (2, 'two'), (3, 'three'), (1, 'one');
