-- json and jsonb

-- input
SELECT '{"b": 1, "a": [1, 2.50, "x"], "aa": null, "b": 2}'::jsonb, ' [1e5, -0, 1.10, 1E-2] '::jsonb, '"\u00e4\n\ud83d\ude00"'::jsonb, 'true'::jsonb;
SELECT '{"b": 1,  "a":2, "b": 3}'::json, '{"b": 1,  "a":2, "b": 3}'::json::jsonb, '{"a":1}'::jsonb::json, '[1,2]'::jsonb::text, '[ 1]'::text::jsonb;
SELECT '{}'::jsonb, '[]'::jsonb, '[[], {}]'::jsonb, '"a\"b\\\/"'::jsonb;
SELECT 'x'::json;
SELECT '{"a": }'::jsonb;
SELECT '{"a" 1}'::jsonb;
SELECT '{a: 1}'::jsonb;
SELECT '[1, 2'::json;
SELECT '[1 2]'::json;
SELECT '[1,]'::json;
SELECT '{"a": 1} x'::json;
SELECT '01'::json;
SELECT '1.'::json;
SELECT '"a'::json;
SELECT '"\x"'::json;
SELECT '"\u12"'::json;
SELECT '"\u0000"'::jsonb;
SELECT '"\ud83d"'::jsonb;
SELECT ''::json;
SELECT '{"a": 1,
"b": [1, 2, nil]}'::json;

-- parts
SELECT j -> 'a', j -> 'b', j ->> 'b', j -> 'none', j #> '{c,1}', j #>> '{c,1,d}', j -> 'c' -> -1, j -> 'c' ->> 0
	FROM (SELECT '{"a": 1, "b": "x", "c": [true, {"d": null}]}'::jsonb AS j) t;
SELECT j -> 'a', j -> 'b', j ->> 'b', j -> 'none', j #> '{c,1}', j #>> '{c,1,d}', j -> 'c' -> -1, j -> 'c' ->> 0
	FROM (SELECT '{"a": 1, "b": "x", "c": [true,  {"d": null}]}'::json AS j) t;
SELECT jsonb_typeof('[]'), jsonb_typeof('{}'), jsonb_typeof('1'), jsonb_typeof('"a"'), jsonb_typeof('true'), jsonb_typeof('null'), json_typeof('1');
SELECT jsonb_array_length('[1,2,3]'), json_array_length('[]');
SELECT jsonb_array_length('{}');
SELECT jsonb_array_length('1');
SELECT jsonb_extract_path('{"a": {"b": [1, 2]}}', 'a', 'b', '1'), jsonb_extract_path_text('{"a": {"b": "x"}}', 'a', 'b'), json_extract_path('{"a": 1}', 'a');
SELECT jsonb_strip_nulls('{"a": null, "b": [null, {"c": null}]}'), json_strip_nulls('{"a": null, "b": [null, {"c": null, "d": 1}]}');
SELECT jsonb_pretty('{"a": [1, {"b": []}], "c": {}}');

-- comparisons
SELECT '{"a": 1.0}'::jsonb = '{"a": 1.00}'::jsonb, '[1]'::jsonb < '[1, 0]'::jsonb, '"a"'::jsonb < '1'::jsonb, '{}'::jsonb > '[]'::jsonb, 'null'::jsonb <> 'false'::jsonb;
SELECT j FROM (VALUES ('{}'::jsonb), ('[]'), ('1'), ('2'), ('"a"'), ('null'), ('true'), ('false'), ('[1]'), ('{"a": 1}'), ('{"a": 2}'), ('{"b": 0}'), ('[1, 2]')) t(j) ORDER BY j;
SELECT j, count(*) FROM (VALUES ('1.0'::jsonb), ('1.00'), ('2')) t(j) GROUP BY j ORDER BY 2;
SELECT '{"a": 1, "b": [1, 2, {"c": 3}]}'::jsonb @> '{"b": [{"c": 3}]}', '[1, 2]'::jsonb @> '1', '1'::jsonb @> '[1]', '{"a": 1}'::jsonb <@ '{"a": 1, "b": 2}', '[[1]]'::jsonb @> '[1]', '{"a": {"b": 1}}'::jsonb @> '{"a": {}}';
SELECT '{"a": 1}'::jsonb ? 'a', '["a"]'::jsonb ? 'a', '"a"'::jsonb ? 'a', '{"a": 1}'::jsonb ?| '{b,a}', '{"a": 1}'::jsonb ?& '{b,a}', '{"a": {"b": 1}}'::jsonb ? 'b';

-- changes
SELECT '{"a": 1, "b": 2}'::jsonb || '{"b": 3, "c": 4}', '[1]'::jsonb || '[2]', '[1]'::jsonb || '{"a": 1}', '1'::jsonb || '2';
SELECT '{"a": 1, "b": 2}'::jsonb - 'a', '["a", "b", "a"]'::jsonb - 'a', '[1, 2, 3]'::jsonb - 1, '[1, 2, 3]'::jsonb - -1, '{"a": 1, "b": 2, "c": 3}'::jsonb - '{a,c}'::text[];
SELECT '{"a": {"b": [1, 2]}}'::jsonb #- '{a,b,0}', '{"a": 1}'::jsonb #- '{x}';
SELECT '1'::jsonb - 'a';
SELECT '{"a": 1}'::jsonb - 1;
SELECT jsonb_set('{"a": {"b": 1}}', '{a,b}', '2'), jsonb_set('{"a": {}}', '{a,c}', '[1]'), jsonb_set('{"a": {}}', '{a,c}', '1', false), jsonb_set('[1, 2]', '{5}', '3'), jsonb_set('[1, 2]', '{-5}', '0'), jsonb_set('[1, 2]', '{1}', '"x"');
SELECT jsonb_insert('[1, 2]', '{1}', '9'), jsonb_insert('[1, 2]', '{1}', '9', true), jsonb_insert('{"a": 1}', '{b}', '2');
SELECT jsonb_set('[1]', '{x}', '1');
SELECT jsonb_insert('{"a": 1}', '{a}', '2');
SELECT jsonb_set('1', '{a}', '2');

-- values as JSON
SELECT to_jsonb(1), to_jsonb('a"b'::text), to_jsonb(true), to_jsonb(1.50), to_jsonb('NaN'::float8), to_jsonb('{1,NULL}'::int[]), to_jsonb('{{a,b}}'::text[]), to_jsonb('{"b":1, "a":2}'::json);
SELECT to_json(1.5), to_json('2024-02-29'::date), to_json('2024-02-29 12:00:00.5'::timestamp), to_json('2024-02-29 12:00:00+00'::timestamptz), to_json('infinity'::date), to_json('{}'::int[]);
SELECT json_build_object('a', 1, 'b', 'x', 'c', NULL, 'd', '{1,2}'::int[]), jsonb_build_object('b', 1, 'a', true, 3, 1.5), json_build_array(1, 'a', NULL), jsonb_build_array(1, 'a', NULL, '{"a":1}'::jsonb);
SELECT json_build_object(), jsonb_build_object(), json_build_array(), jsonb_build_array();
SELECT json_build_object('a');
SELECT jsonb_build_object(NULL, 1);
SELECT json_agg(g), jsonb_agg(g), jsonb_object_agg(g, g * 2), json_object_agg('k' || g, g) FROM generate_series(1, 3) g;
SELECT json_agg(g), jsonb_agg(g) FROM generate_series(1, 0) g;
SELECT jsonb_agg(t) FROM (VALUES ('a'), (NULL)) v(t);
SELECT '5'::jsonb::int, '1.5'::jsonb::numeric, 'true'::jsonb::bool, '7'::jsonb::int8, '1.25'::jsonb::float8;
SELECT '"a"'::jsonb::int;
SELECT '[]'::jsonb::bool;
SELECT '99999999999'::jsonb::int;

-- rows of parts
SELECT * FROM jsonb_each('{"b": 1, "a": "x"}');
SELECT key, value FROM json_each('{"b": 1, "a": "x", "b": 2}');
SELECT * FROM jsonb_each_text('{"a": "x", "b": null, "c": [1]}');
SELECT * FROM jsonb_array_elements('[1, "a", [2]]');
SELECT value FROM json_array_elements_text('[1, "a", null]');
SELECT jsonb_object_keys('{"b": 1, "aa": 2}');
SELECT * FROM json_object_keys('{"b": 1, "aa": 2}');
SELECT * FROM jsonb_each('[1]');
SELECT * FROM jsonb_array_elements('{}');
SELECT * FROM jsonb_array_elements('1');
SELECT jsonb_object_keys('[]');

-- in tables
CREATE TABLE docs (id int PRIMARY KEY, doc jsonb, note json DEFAULT '{}');
INSERT INTO docs (id, doc) VALUES (1, '{"k": "v", "n": 1}'), (2, '[1,2]'), (3, NULL);
UPDATE docs SET doc = doc || '{"new": true}' WHERE id = 1;
SELECT id, doc, note FROM docs WHERE doc @> '{"k": "v"}' OR doc IS NULL ORDER BY id;
SELECT id, doc ->> 'k' FROM docs WHERE doc = '{"n": 1.0, "k": "v", "new": true}';
INSERT INTO docs VALUES (4, '{bad');
SELECT pg_typeof(doc), pg_typeof(doc -> 'a'), pg_typeof('{}'::jsonb[]) FROM docs WHERE id = 1;
SELECT '{"{\"a\": 1}"}'::jsonb[];

-- in C
CREATE FUNCTION walk(jsonb) RETURNS text AS 'regress_values', 'jsonb_walk' LANGUAGE C STRICT;
CREATE FUNCTION wrap(jsonb) RETURNS jsonb AS 'regress_values', 'jsonb_wrap' LANGUAGE C STRICT;
SELECT walk('{"b": [1, {"x": null}], "a": "text"}'), walk('"scalar"'), walk('[]');
SELECT wrap('{"b": [1, {"x": null}], "a": "text"}'), wrap('1.50'), wrap('[[], [1]]'), wrap(wrap('null'));
SELECT wrap(jsonb_agg(g)) -> 'given' -> 99 FROM generate_series(1, 100) g;
