-- Expressions, subqueries, joins, grouping, ordering, set operations.
SELECT 1;
SELECT 1 + 2 * 3 AS sum, 'a' || 'b' AS text, NULL AS nothing, TRUE AS yes;
SELECT 7 / 2, -7 / 2, 7 % 3, -7 % 3, 7.0 / 2, 2 ^ 10;
SELECT 1 = 1, 1 <> 1, 1 < 2, 'a' < 'b', NULL = NULL, NULL IS NULL, 1 IS DISTINCT FROM NULL;
SELECT TRUE AND NULL, FALSE AND NULL, TRUE OR NULL, FALSE OR NULL, NOT NULL::bool;
SELECT CASE WHEN 1 > 2 THEN 'more' WHEN 1 < 2 THEN 'less' ELSE 'same' END;
SELECT CASE 3 WHEN 1 THEN 'one' WHEN 3 THEN 'three' END AS word;
SELECT coalesce(NULL, NULL, 3), nullif(1, 1), nullif(1, 2), greatest(1, 5, 3), least(4, 2, 8);
SELECT 3 IN (1, 2, 3), 4 IN (1, 2), 4 NOT IN (1, NULL), NULL IN (1), 2 BETWEEN 1 AND 3, 2 NOT BETWEEN 3 AND 1;
SELECT 2 BETWEEN SYMMETRIC 3 AND 1;
SELECT 'hello' LIKE 'h%', 'hello' LIKE 'H%', 'hello' ILIKE 'H_LLO', 'a%b' LIKE 'a\%b', 'abc' NOT LIKE '%d%';
SELECT 'abc' ~ 'b', 'abc' ~ '^b', 'ABC' ~* 'b', 'abc' !~ 'x', 'ABC' !~* 'b';
SELECT '42'::int, CAST('3.5' AS float8), 'true'::bool, 12::text, 3.7::int, (-3.5)::int, 'x'::char(3) || '|';
SELECT 'abc'::varchar(2), 'abc'::char(5) = 'abc';
VALUES (1, 'one'), (2, 'two'), (3, NULL);
SELECT * FROM (VALUES (1, 'one'), (2, 'two')) AS v (n, word) WHERE n > 1;
CREATE TABLE person (id int PRIMARY KEY, name text NOT NULL, boss int, pay int);
INSERT INTO person VALUES (1, 'Ann', NULL, 900), (2, 'Bob', 1, 500), (3, 'Cy', 1, 600), (4, 'Dee', 2, 400), (5, 'Eve', NULL, NULL);
SELECT * FROM person ORDER BY id;
SELECT p.name, b.name AS boss FROM person p JOIN person b ON p.boss = b.id ORDER BY p.name;
SELECT p.name, b.name AS boss FROM person p LEFT JOIN person b ON p.boss = b.id ORDER BY p.id;
SELECT b.name, count(p.id) FROM person p RIGHT JOIN person b ON p.boss = b.id GROUP BY b.name ORDER BY b.name;
SELECT a.id, b.id FROM person a CROSS JOIN person b WHERE a.id < b.id AND b.id < 4 ORDER BY 1, 2;
SELECT id, name FROM person ORDER BY pay;
SELECT id, name FROM person ORDER BY pay DESC;
SELECT id, name FROM person ORDER BY pay NULLS FIRST, id LIMIT 2;
SELECT id FROM person ORDER BY id LIMIT 2 OFFSET 1;
SELECT id FROM person ORDER BY id OFFSET 3 ROWS FETCH FIRST 1 ROW ONLY;
SELECT count(*), count(pay), sum(pay), min(pay), max(pay), min(name) FROM person;
SELECT boss, count(*) AS n, sum(pay) FROM person GROUP BY boss ORDER BY boss;
SELECT boss, count(*) FROM person GROUP BY boss HAVING count(*) > 1 ORDER BY 1;
SELECT sum(pay) FILTER (WHERE boss = 1), string_agg(name, ', ' ORDER BY name) FROM person;
SELECT DISTINCT boss FROM person ORDER BY boss;
SELECT name FROM person WHERE pay > (SELECT avg(pay) FROM person) ORDER BY name;
SELECT name FROM person p WHERE EXISTS (SELECT 1 FROM person q WHERE q.boss = p.id) ORDER BY name;
SELECT name FROM person WHERE id IN (SELECT boss FROM person) ORDER BY name;
SELECT name FROM person WHERE id NOT IN (SELECT boss FROM person WHERE boss IS NOT NULL) ORDER BY name;
SELECT name, (SELECT count(*) FROM person q WHERE q.boss = p.id) AS reports FROM person p ORDER BY id;
SELECT (SELECT id FROM person);
SELECT 1 UNION SELECT 2 UNION SELECT 1 ORDER BY 1;
SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 1 ORDER BY 1;
SELECT id FROM person INTERSECT SELECT boss FROM person ORDER BY 1;
SELECT id FROM person EXCEPT SELECT boss FROM person ORDER BY 1;
SELECT 1 UNION SELECT 2 INTERSECT SELECT 2 ORDER BY 1;
WITH RECURSIVE line (id, name, depth) AS (
  SELECT id, name, 0 FROM person WHERE boss IS NULL
  UNION ALL
  SELECT p.id, p.name, l.depth + 1 FROM person p JOIN line l ON p.boss = l.id)
SELECT * FROM line ORDER BY depth, id;
WITH rich AS (SELECT * FROM person WHERE pay >= 500), bosses AS (SELECT DISTINCT boss FROM rich)
SELECT * FROM bosses ORDER BY 1;
SELECT n FROM generate_series(1, 5) AS g (n) WHERE n % 2 = 1 ORDER BY n DESC;
SELECT name AS "Full Name" FROM person WHERE "id" = 1;
SELECT PERSON.NAME FROM Person WHERE ID = 2;
-- errors
SELECT nothing FROM person;
SELECT * FROM nobody;
SELECT person.nothing FROM person;
SELECT p.name FROM person q;
SELECT name, count(*) FROM person;
SELECT 1 / 0;
SELECT 'x'::int;
SELECT 1 +;
SELECT 'a' + 1;
SELECT nofunc(1);
SELECT 1 WHERE 5;
SELECT id FROM person ORDER BY 9;
SELECT 1 UNION SELECT 'x';
SELECT 1, 2 UNION SELECT 1;
SELECT id AS a, id AS a FROM person ORDER BY a;
DROP TABLE person;
