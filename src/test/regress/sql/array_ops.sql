-- Operators of arrays, slices, assignment to parts, arrays of several dimensions.

-- order
SELECT ARRAY[1, 2] = ARRAY[1, 2], ARRAY[1, 2] <> '{1,3}', '{1,2}' < ARRAY[1, 10], ARRAY[9] > ARRAY[10], ARRAY[1] <= ARRAY[1, 0], ARRAY[2] >= ARRAY[1, 9];
SELECT ARRAY[1.0, 2] = ARRAY[1.00, 2.000], ARRAY['a'] < ARRAY['b'], ARRAY[1, NULL] = ARRAY[1, NULL], ARRAY[1, NULL] > ARRAY[1, 100];
SELECT '{{1,2}}'::int[] = '{1,2}', '[0:1]={1,2}'::int[] = '{1,2}', '{}'::int[] < '{NULL}';
SELECT ARRAY['1 day'::interval] = ARRAY['24:00'::interval], ARRAY[true] > ARRAY[false], ARRAY['2024-01-02'::date] < ARRAY['2024-02-01'::date];
SELECT ARRAY[1] = ARRAY[1::bigint];
SELECT ARRAY[1] = 1;
SELECT ARRAY['{}'::json] = ARRAY['{}'::json];
SELECT x FROM (VALUES ('{10}'::int[]), ('{9,1}'), ('{9}'), (NULL), ('{}'), ('{-1}')) v (x) ORDER BY x;
SELECT x, count(*) FROM (VALUES ('{1.0}'::numeric[]), ('{1.00}'), ('{2}')) v (x) GROUP BY x ORDER BY x DESC;
SELECT DISTINCT x FROM (VALUES ('{b,a}'::text[]), ('{b,a}'), ('{a}')) v (x) ORDER BY 1;
SELECT GREATEST(ARRAY[10], ARRAY[9]), LEAST(ARRAY[10], ARRAY[9]), ARRAY[1] IS DISTINCT FROM ARRAY[2], NULLIF(ARRAY[1], ARRAY[1]);
SELECT ARRAY[1] IN (ARRAY[1], ARRAY[2]), ARRAY[3] IN (ARRAY[1], ARRAY[2]), ARRAY[1] BETWEEN ARRAY[0] AND ARRAY[5];
CREATE TABLE keyed (k int[] PRIMARY KEY, v text);
INSERT INTO keyed VALUES ('{10}', 'ten'), ('{9}', 'nine'), ('{9,1}', 'more');
INSERT INTO keyed VALUES ('{9}', 'again');
SELECT * FROM keyed WHERE k >= '{9,1}' ORDER BY k;

-- containment
SELECT ARRAY['a', 'b', 'c'] @> ARRAY['c', 'a'], ARRAY['a'] @> ARRAY['a', 'b'], ARRAY[1, 2] @> '{}', ARRAY[1, NULL] @> ARRAY[NULL]::int[];
SELECT ARRAY[1] <@ ARRAY[1, 2], '{3}' <@ ARRAY[1, 2], ARRAY[1, 2] && ARRAY[2, 3], ARRAY[1] && '{}', ARRAY[1.0] && ARRAY[1.00];
SELECT NULL::int[] @> ARRAY[1], ARRAY[1] && NULL;
SELECT ARRAY[1] @> ARRAY['a'];

-- ||
SELECT ARRAY[1] || ARRAY[2, 3], ARRAY[1] || 2, 0 || ARRAY[1], ARRAY[1] || NULL, NULL || ARRAY[1], ARRAY[1] || '{2,3}', '{0}' || ARRAY[1];
SELECT ARRAY[1] || 2::bigint, pg_typeof(ARRAY[1] || 2::bigint), ARRAY[1] || 2.5, ARRAY['a'] || 'b'::varchar, ARRAY['a'] || '{b,c}';
SELECT ARRAY[[1, 2], [3, 4]] || ARRAY[5, 6], ARRAY[1, 2] || ARRAY[[3, 4]], ARRAY[[1, 2]] || ARRAY[[3, 4]];
SELECT ARRAY[1] || 'x';
SELECT ARRAY[1] || 'x'::text;
SELECT 'a' || 'b', 'a' || 1, 1 || 'a';

-- ARRAY[...]
SELECT ARRAY[[1, 2], [3, 4]], ARRAY[ARRAY[1, 2], ARRAY[3, 4]], ARRAY[[[1], [2]], [[3], [4]]], ARRAY[ARRAY[]::int[], ARRAY[]::int[]];
SELECT ARRAY[['1', '2'], ['3', '4']]::int[], ARRAY[[1, 2.5]], ARRAY['{1,2}'::int[], '{3,4}'], array_ndims(ARRAY[[1], [2]]);
SELECT ARRAY[[1, 2], [3]];
SELECT ARRAY[1, ARRAY[2]];
SELECT '{1,2}'::int[]::text[], '{1,2}'::bigint[]::int[], '{1.5,2}'::numeric[]::text[], ARRAY['1', '2']::int[];
SELECT '{a}'::text[]::int[];

-- subscripts and slices
SELECT a[1], a[2], a[0], a[4], a[NULL], a[1][1] FROM (VALUES ('{10,20,30}'::int[])) v (a);
SELECT a[1][2], a[2][1], a[1], a[3][1], a[2][NULL] FROM (VALUES ('{{1,2},{3,4}}'::int[])) v (a);
SELECT a[1:2], a[2:], a[:2], a[:], a[2:1], a[0:9], a[NULL:1] FROM (VALUES ('{10,20,30}'::int[])) v (a);
SELECT a[1:1], a[1:2][2:2], a[2:2][1], a[:][:1], a[1:1][1:1][1:1] FROM (VALUES ('{{1,2},{3,4}}'::int[])) v (a);
SELECT a[0], a[1:1], a[:] FROM (VALUES ('[0:2]={a,b,c}'::text[])) v (a);
SELECT (ARRAY[1, 2, 3])[2], (ARRAY[[1, 2], [3, 4]])[2][2], (string_to_array('a,b,c', ','))[2:3];
SELECT (ARRAY[1])['x'];
SELECT (1)[1];
SELECT indkey[0], indkey[1] IS NULL AS no_more FROM pg_index WHERE indrelid = 'keyed'::regclass;

-- assignment
CREATE TABLE parts (id int PRIMARY KEY, a int[], t text[], m int[]);
INSERT INTO parts VALUES (1, '{1,2,3}', '{x,y}', '{{1,2},{3,4}}'), (2, NULL, '{}', NULL);
UPDATE parts SET a[2] = 20, t[1] = 'first', m[2][1] = 30 WHERE id = 1 RETURNING *;
UPDATE parts SET a[5] = 50, a[0] = 0, t[4] = NULL WHERE id = 1 RETURNING a, t;
UPDATE parts SET a[3] = 7, t[2] = 'x', m[1][1] = 1 WHERE id = 2 RETURNING *;
UPDATE parts SET a[1:2] = '{100,200}', m[1:2][1] = ARRAY[[8], [9]] WHERE id = 1 RETURNING a, m;
UPDATE parts SET a[2:3] = ARRAY[1] WHERE id = 1;
UPDATE parts SET m[3][1] = 1 WHERE id = 1;
UPDATE parts SET m[1] = 1 WHERE id = 1;
UPDATE parts SET a[NULL] = 1;
UPDATE parts SET a[1] = 'x'::text;
UPDATE parts SET a[1] = DEFAULT;
UPDATE parts SET id[1] = 1;
UPDATE parts SET a = '{1,2,3}';
UPDATE parts SET a[1] = a[2], a[2] = a[1] WHERE id = 1 RETURNING a;
UPDATE parts SET a = a || 4, t = array_append(t, 'z') WHERE id = 1 RETURNING a, t;

-- ANY and ALL of arrays
SELECT 1 = ANY (ARRAY[1, 2]), 3 = ANY ('{1,2}'), 1.0 = ANY ('{1.00}'::numeric[]), 5 > ALL ('{1,2}'::int[]), 5 < ANY ('{1,2,NULL}'::int[]), 1 = ANY (NULL::int[]), 1 > ALL ('{}'::int[]);
SELECT 'abc' LIKE ANY ('{a%,x}'::text[]), 'abc' ~ ALL ('{a,b}'::text[]), 'abc' NOT LIKE ALL ('{x%}'::text[]), 1 <> ANY ('{1,1}'::int[]), 1 <> ALL ('{2,3}'::int[]), 1 = ALL ('{1,1}'::int[]);
SELECT id FROM parts WHERE 4 <= ANY (a) ORDER BY id;
SELECT id FROM parts WHERE t @> '{z}' ORDER BY id;

-- aggregates
CREATE TABLE items (g int, n int, t text);
INSERT INTO items VALUES (1, 3, 'c'), (1, 1, 'a'), (1, 2, NULL), (2, 5, 'e'), (2, 5, 'e'), (2, 4, 'd');
SELECT g, array_agg(n ORDER BY n), array_agg(t ORDER BY n DESC), array_agg(DISTINCT n), array_agg(n) FILTER (WHERE n > 2) FROM items GROUP BY g ORDER BY g;
SELECT array_agg(n) FROM items WHERE false;
SELECT array_agg(DISTINCT t ORDER BY t DESC), string_agg(DISTINCT t, ',' ORDER BY t), string_agg(DISTINCT t, ',') FROM items;
SELECT array_agg(DISTINCT n ORDER BY t) FROM items;
SELECT array_agg(ARRAY[n, g] ORDER BY n) FROM items WHERE g = 1;
SELECT array_agg(x) FROM (VALUES ('{1}'::int[]), ('{1,2}')) v (x);
SELECT array_agg(x) FROM (VALUES ('{1}'::int[]), (NULL)) v (x);
SELECT min(x), max(x) FROM (VALUES (ARRAY[9]), (ARRAY[10])) v (x);
SELECT ARRAY(SELECT n FROM items ORDER BY n);

-- functions
SELECT array_replace(ARRAY[1, 2, NULL, 2], 2, 5), array_replace(ARRAY[1, NULL], NULL, 7), array_replace(ARRAY[1.0, 2], 1.00, NULL), array_replace(NULL::int[], 1, 2);
SELECT array_positions(ARRAY['a', 'b', 'a'], 'a'), array_positions(ARRAY[1], 2), array_positions(ARRAY[1, NULL], NULL), array_position(ARRAY[1, 2, 1], 1, 2), array_position(ARRAY[1.0], 1.00);
SELECT array_position(ARRAY[1], 1, NULL);
SELECT trim_array(ARRAY[1, 2, 3], 1), trim_array(ARRAY[1, 2, 3], 3), trim_array('{{1,2},{3,4}}'::int[], 1);
SELECT trim_array(ARRAY[1], 2);
SELECT array_fill(7, ARRAY[3]), array_fill(NULL::int, ARRAY[2, 2]), array_fill('x'::text, ARRAY[2], ARRAY[0]), array_fill(1, '{}');
SELECT array_fill(1, NULL);
SELECT array_fill(1, ARRAY[NULL]::int[]);
SELECT string_to_array('a,b,,c', ','), string_to_array('a,b,,c', ',', ''), string_to_array('', ','), string_to_array('aä1', NULL), string_to_array('a,b', ''), string_to_array(NULL, ','), string_to_array('a||b', '||');
SELECT string_to_table('x,y,z', ',');
SELECT generate_subscripts('{a,b,c}'::text[], 1);
SELECT * FROM string_to_table('x,NULL,z', ',', 'NULL') WITH ORDINALITY;
SELECT s, (ARRAY['a', 'b'])[s] FROM generate_subscripts(ARRAY['a', 'b'], 1) s;
SELECT * FROM generate_subscripts('[0:2]={1,2,3}'::int[], 1, true);
SELECT * FROM generate_subscripts('{1}'::int[], 2);
SELECT array_remove(ARRAY[1.0, 2], 1.00), array_append(ARRAY[1], 2::bigint), array_cat(ARRAY[1], ARRAY[2.5]);

-- PL/pgSQL
DO $$
DECLARE
	a int[];
	b text[] := '{x,y}';
	m int[] := ARRAY[[1, 2], [3, 4]];
	r record;
	n numeric[];
BEGIN
	a[2] := 5;
	a[1] := '1';
	b[array_upper(b, 1) + 1] := 'z';
	b[1:2] := ARRAY['p', 'q'];
	m[2][1] := 9;
	n[1] := 1.5;
	a[a[1] + 2] := a[2] * 2;
	RAISE NOTICE '% % % %', a, b, m, n;
	SELECT ARRAY[1, 2] AS list, 1 AS x INTO r;
	r.list[2] := 7;
	RAISE NOTICE '%', r;
	IF b @> ARRAY['z'] AND a <> ARRAY[1] THEN
		RAISE NOTICE 'yes';
	END IF;
	b[5] = 'later';
	RAISE NOTICE '%', b;
END $$;
DO $$
DECLARE
	a int[] := '{1}';
BEGIN
	a[NULL] := 1;
END $$;
DO $$
DECLARE
	x int;
	s int[];
	m int[] := ARRAY[[1, 2], [3, 4]];
BEGIN
	FOREACH x IN ARRAY m LOOP
		RAISE NOTICE '%', x;
	END LOOP;
	FOREACH s SLICE 1 IN ARRAY m LOOP
		RAISE NOTICE '%', s;
	END LOOP;
	FOREACH s SLICE 2 IN ARRAY m LOOP
		RAISE NOTICE '%', s;
	END LOOP;
	FOREACH x SLICE 3 IN ARRAY m LOOP
		RAISE NOTICE '%', x;
	END LOOP;
END $$;
DO $$
DECLARE
	x int;
BEGIN
	FOREACH x SLICE 1 IN ARRAY ARRAY[1, 2] LOOP
		RAISE NOTICE '%', x;
	END LOOP;
END $$;
