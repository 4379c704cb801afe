-- arrays and elements
SELECT array_append(ARRAY[1, 2], 3), array_append(NULL::int[], 3), array_prepend(0, ARRAY[1]);
SELECT array_cat(ARRAY[1], ARRAY[2, 3]), array_cat(ARRAY['a'], NULL);
SELECT array_remove(ARRAY[1, 2, 1], 1), array_remove(ARRAY['a b', NULL, 'c'], NULL);
SELECT array_position(ARRAY['a', 'b'], 'b'), array_position(ARRAY['a', 'b'], 'c');
SELECT pg_typeof('a'), pg_typeof(NULL), pg_typeof(1), pg_typeof(array_append(ARRAY[1], 2));
SELECT num_nulls('a', NULL), num_nonnulls('a', NULL);

-- of one dimension
CREATE TABLE tagged (id int PRIMARY KEY, tags text[]);
INSERT INTO tagged VALUES (1, ARRAY['a', 'b c']), (2, '{}'), (3, NULL), (4, '{"x,y",NULL}');
UPDATE tagged SET tags = array_append(tags, 'new') RETURNING *;
SELECT id FROM tagged WHERE 'a' = ANY (tags) ORDER BY id;
SELECT id, cardinality(tags), array_length(tags, 1), array_to_string(tags, '|', '-') FROM tagged ORDER BY id;
SELECT unnest(tags) FROM tagged WHERE id IN (1, 4) ORDER BY id;
