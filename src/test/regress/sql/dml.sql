-- INSERT, UPDATE, DELETE with RETURNING, FROM, USING; writable CTEs.
CREATE TABLE item (id int PRIMARY KEY, name text DEFAULT 'unnamed', price int CHECK (price > 0), added date DEFAULT '2024-01-01');
INSERT INTO item VALUES (1, 'pen', 10), (2, 'ink', 20);
INSERT INTO item (id, price) VALUES (3, 30) RETURNING *;
INSERT INTO item (price, id) SELECT price * 2, id + 10 FROM item WHERE id < 3 RETURNING id, price AS doubled;
INSERT INTO item VALUES (4, DEFAULT, 40, DEFAULT) RETURNING name, added;
INSERT INTO item DEFAULT VALUES;
SELECT * FROM item ORDER BY id;
UPDATE item SET price = price + 1 WHERE id = 1;
UPDATE item SET price = price + 1, name = upper(name) WHERE id < 3 RETURNING id, name, price;
UPDATE item SET (name, price) = ('pair', 99) WHERE id = 4 RETURNING *;
UPDATE item SET name = DEFAULT WHERE id = 4 RETURNING name;
UPDATE item SET price = 1 WHERE id = 999;
CREATE TABLE change (item int, delta int);
INSERT INTO change VALUES (1, 100), (2, 200), (99, 900);
UPDATE item SET price = price + delta FROM change WHERE change.item = item.id;
UPDATE item i SET price = i.price - c.delta FROM change c WHERE c.item = i.id RETURNING i.id, i.price, c.delta;
DELETE FROM item USING change WHERE change.item = item.id AND delta = 100 RETURNING item.*, change.delta;
DELETE FROM item WHERE id > 10 RETURNING id;
SELECT * FROM item ORDER BY id;
-- the sample worker's statement
CREATE TABLE counted (type text CHECK (type IN ('total', 'delta')), value integer);
CREATE UNIQUE INDEX counted_unique_total ON counted (type) WHERE type = 'total';
INSERT INTO counted VALUES ('total', 5), ('delta', 1), ('delta', 10);
WITH taken AS (DELETE FROM counted WHERE type = 'delta' RETURNING value),
     summed AS (SELECT coalesce(sum(value), 0) AS delta FROM taken)
UPDATE counted SET value = counted.value + summed.delta FROM summed WHERE type = 'total' RETURNING counted.value;
SELECT * FROM counted;
INSERT INTO counted VALUES ('total', 1);
INSERT INTO counted VALUES ('other', 1);
-- all parts of a statement see the state before it
WITH up AS (UPDATE item SET price = 1000 RETURNING id, price) SELECT i.id, i.price, up.price FROM item i JOIN up USING (id) ORDER BY id;
SELECT * FROM item ORDER BY id;
WITH gone AS (DELETE FROM item WHERE id = 2 RETURNING *), kept AS (INSERT INTO change SELECT id, price FROM gone RETURNING *) SELECT * FROM kept;
WITH a AS (INSERT INTO change VALUES (7, 7) RETURNING item) SELECT count(*) FROM change WHERE item = 7;
SELECT * FROM change ORDER BY item, delta;
-- conflicts
INSERT INTO item VALUES (3, 'twice', 1);
INSERT INTO item VALUES (3, 'twice', 1) ON CONFLICT DO NOTHING;
INSERT INTO item VALUES (3, 'twice', 1) ON CONFLICT (id) DO UPDATE SET name = excluded.name, price = item.price + 1 RETURNING *;
-- errors
INSERT INTO item (id) VALUES (1, 2);
INSERT INTO item (id, nothing) VALUES (1, 2);
INSERT INTO item VALUES ('x');
INSERT INTO item (id, price) VALUES (50, -1);
INSERT INTO item (id) VALUES (NULL);
UPDATE item SET nothing = 1;
UPDATE item SET price = 'abc';
UPDATE item SET price = true;
DELETE FROM nowhere;
INSERT INTO item (id, id) VALUES (1, 1);
DROP TABLE item, change, counted;
