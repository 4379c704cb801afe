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

-- input is read by the elements' type, and printed anew
SELECT '{ 1 , 2,  NULL }'::int[], '{a, "b" ,c d }'::text[], '{t,yes}'::bool[], '{1.50,2}'::numeric[], '{2024-2-1}'::date[];
SELECT '{{1,2},{3,4}}'::int[], '[0:1]={5,6}'::int[], '[2:2][-1:0]={{1,2}}'::int[], '{{},{}}'::int[], '{null,"null",NULLS}'::text[];
SELECT '{1,x}'::int[];
SELECT '1,2'::int[];
SELECT '{1,2'::int[];
SELECT '{1,2}}'::int[];
SELECT '{1,,2}'::int[];
SELECT '{,1}'::int[];
SELECT '{1,}'::int[];
SELECT '{1,{2}}'::int[];
SELECT '{{1},2}'::int[];
SELECT '{{1,2},{3}}'::int[];
SELECT '{{{{{{{1}}}}}}}'::int[];
SELECT '[1:2]={1}'::int[];
SELECT '[2:1]={1}'::int[];
SELECT '[1]{1}'::int[];
SELECT '[1:2'::int[];
SELECT '[]={1}'::int[];
SELECT '{"a'::text[];
SELECT '{a"b"}'::text[];
-- more than one dimension
SELECT array_ndims('{{1,2},{3,4}}'::int[]), array_dims('{{1,2},{3,4}}'::int[]), array_dims('[0:1]={1,2}'::int[]), array_ndims('{}'::int[]);
SELECT array_length('{{1,2,3},{4,5,6}}'::int[], 2), array_upper('[0:1]={1,2}'::int[], 1), array_lower('[0:1]={1,2}'::int[], 1), array_length('{1}'::int[], 2);
SELECT array_cat('{{1,2}}'::int[], '{3,4}'::int[]), array_cat('{1,2}'::int[], '{{3,4}}'::int[]), array_cat('[0:0]={1}'::int[], '{2}'::int[]);
SELECT array_cat('{{1,2}}'::int[], '{3}'::int[]);
SELECT array_append('{{1}}'::int[], 2);
SELECT array_to_string('{{1,2},{3,4}}'::int[], ','), cardinality('{{1,2},{3,4}}'::int[]), array_prepend(0, '[5:6]={1,2}'::int[]);
SELECT array_remove('{{1}}'::int[], 1);
SELECT array_position('{{1}}'::int[], 1);
SELECT unnest('{{1,2},{3,NULL}}'::int[]);
