-- Rows as JSON, and JSON as rows.

CREATE TABLE people (id int, name text, tags text[], extra jsonb, score numeric(5,1), born date);
INSERT INTO people VALUES (1, 'Ann "A"', '{x,y}', '{"b": 1, "a": [true]}', 2.5, '2000-01-02'), (2, NULL, '{}', NULL, NULL, NULL);
CREATE TYPE pair AS (x int, y text);
CREATE TYPE nest AS (n int, p pair, list int[]);

SELECT row_to_json(people) FROM people ORDER BY id;
SELECT row_to_json(p.*) FROM people p WHERE id = 1;
SELECT row_to_json(t) FROM (SELECT id, name AS "full name" FROM people ORDER BY id) t;
SELECT row_to_json(ROW(1, 'a', NULL, ARRAY[1, 2], true, 1.50)), row_to_json(NULL);
SELECT row_to_json(ROW(1, 'x')::pair), row_to_json(ROW(1, ROW(2, 'y')::pair, '{3}')::nest), to_json(ROW(1, 'x')::pair), to_jsonb(ROW(1, 'x')::pair);
SELECT row_to_json(ROW(1, 2), true), row_to_json(p, false) FROM (SELECT 1 AS a, 'b' AS b) p;
SELECT array_to_json(ARRAY[[1, 2], [3, 4]], true), array_to_json(ARRAY['a', 'b'], false);
SELECT json_agg(t) FROM (SELECT id, tags FROM people ORDER BY id) t;
SELECT jsonb_agg(p) FROM (SELECT id, score FROM people ORDER BY id) p;
SELECT json_build_object('row', p, 'n', 1), json_build_array(p) FROM (SELECT id, name FROM people WHERE id = 1) p;
SELECT jsonb_build_object('a', ROW(1, 2)), to_jsonb(p) FROM (SELECT id FROM people WHERE id = 1) p;
SELECT json_object_agg(id, p) FROM (SELECT id, name FROM people WHERE id = 2) p;

SELECT json_object('{a,1,b,2}'), json_object('{{a,1},{b,NULL}}'), json_object('{a,b}', '{1,2}'), jsonb_object('{b,1,a,2,a,3}'), json_object('{}'), jsonb_object('{}', '{}');
SELECT json_object('{a}');
SELECT json_object('{{a,b,c}}');
SELECT json_object('{{{a,b}}}');
SELECT json_object('{NULL,1}');
SELECT json_object('{a}', '{1,2}');
SELECT json_object('{{a}}', '{1}');

SELECT * FROM json_populate_record(NULL::people, '{"id": 5, "name": "Bo", "tags": ["p", "q r"], "extra": {"z": 1, "b": null}, "score": 1.25, "born": "2001-02-03"}');
SELECT * FROM jsonb_populate_record(ROW(1, 'kept', NULL, NULL, NULL, NULL)::people, '{"id": "7", "other": 1}');
SELECT json_populate_record(NULL::nest, '{"n": 1, "p": {"x": 2, "y": "z"}, "list": [1, 2]}'), jsonb_populate_record(NULL::nest, '{"p": {"y": [1, "a"]}}');
SELECT (json_populate_record(NULL::pair, '{"x": 3}')).x, json_populate_record(NULL::pair, NULL), json_populate_record(ROW(1, 'a')::pair, NULL);
SELECT json_populate_record(NULL::people, '{"tags": "{a,b}"}'), json_populate_record(NULL::people, '{"extra": null}');
SELECT json_populate_record(NULL::people, '[1]');
SELECT jsonb_populate_record(NULL::people, '1');
SELECT json_populate_record(NULL::people, '{"id": "x"}');
SELECT json_populate_record(NULL::people, '{"tags": 1}');
SELECT json_populate_record(NULL::nest, '{"list": [[1], [1, 2]]}');
SELECT json_populate_record(NULL::nest, '{"list": [[1, 2], [3, 4]]}');
SELECT json_populate_record(NULL::nest, '{"list": [[1], 2]}');
SELECT json_populate_record(NULL::nest, '{"p": [1]}');
SELECT * FROM json_populate_recordset(NULL::pair, '[{"x": 1, "y": "a"}, {"x": 2}, {}]');
SELECT x, y FROM jsonb_populate_recordset(ROW(9, 'z')::pair, '[{"x": 1}, {"y": true}]') ORDER BY x;
SELECT json_populate_recordset(NULL::pair, '[{"x": 1}, {"x": 2}]');
SELECT * FROM json_populate_recordset(NULL::pair, NULL);
SELECT * FROM json_populate_recordset(NULL::pair, '{"x": 1}');
SELECT * FROM jsonb_populate_recordset(NULL::pair, '1');
SELECT * FROM json_populate_recordset(NULL::pair, '[1]');
INSERT INTO people SELECT * FROM json_populate_recordset(NULL::people, '[{"id": 10, "name": "Cy"}, {"id": 11}]');
SELECT id, name FROM people WHERE id > 9 ORDER BY id;

SELECT * FROM json_to_record('{"a": 1, "b": [1, 2], "c": "x", "d": {"e": 2}}') AS x (a int, b int[], c text, d jsonb, missing bool);
SELECT r.a + 1 AS a, r.t FROM jsonb_to_record('{"a": 1, "t": "2020-01-01"}') AS r (a int, t date);
SELECT * FROM json_to_recordset('[{"a": 1, "b": "x"}, {"a": "2", "c": true}]') AS x (a int, b text) ORDER BY a DESC;
SELECT * FROM jsonb_to_recordset('[{"a": {"b": 1}}, {}]') AS x (a json);
SELECT id, e.* FROM people, json_to_record(to_json(people)) AS e (name text, born date) WHERE id < 3 ORDER BY id;
SELECT * FROM json_to_record('{}');
SELECT * FROM json_to_record('[1]') AS x (a int);
SELECT * FROM json_to_recordset('{}') AS x (a int);
SELECT * FROM jsonb_to_recordset('[1]') AS x (a int);
DO $$
DECLARE
	r record;
BEGIN
	FOR r IN SELECT * FROM json_to_recordset('[{"a": 1}, {"a": 2}]') AS x (a int) LOOP
		RAISE NOTICE '%', row_to_json(r);
	END LOOP;
END $$;
