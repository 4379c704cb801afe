-- Matches of regular expressions as arrays and rows.
SELECT regexp_match('foobarbequebaz', 'bar.*que'), regexp_match('foobarbequebaz', '(bar)(beque)'),
	regexp_match('abc', 'x') IS NULL AS none, regexp_match('abc', '(x)?b'), regexp_match('ABC', 'b', 'i'),
	regexp_match(NULL, 'x') IS NULL AS nothing;
SELECT regexp_match('a,"b c"', '"(.*)"'), regexp_match('abc', '(b)(?:c)');
SELECT regexp_match('abc', 'b', 'g');
SELECT regexp_match('abc', '(b');

SELECT regexp_matches('foobarbequebazilbarfbonk', '(b[^b]+)(b[^b]+)', 'g');
SELECT regexp_matches('foobarbequebazilbarfbonk', '(b[^b]+)(b[^b]+)');
SELECT * FROM regexp_matches('one two', '\w+', 'g') AS m;
SELECT count(*) FROM regexp_matches('abc', 'x', 'g');
SELECT count(*) FROM regexp_matches(NULL, 'x', 'g');
SELECT m[1] FROM regexp_matches('aaa', '', 'g') AS m;

SELECT regexp_split_to_array('the quick brown fox', '\s+'), regexp_split_to_array('the quick', '\s*');
SELECT regexp_split_to_array('123456', '1'), regexp_split_to_array('123456', '6'), regexp_split_to_array('123456', '.'),
	regexp_split_to_array('123456', ''), regexp_split_to_array('123456', '(?:)'), regexp_split_to_array('1', ''),
	regexp_split_to_array('', 'x'), regexp_split_to_array('', '');
SELECT regexp_split_to_array('thE QUick', 'e', 'i'), regexp_split_to_array('a,b', NULL) IS NULL AS nothing;
SELECT regexp_split_to_array('a, "b"', ',\s*');
SELECT regexp_split_to_array('abc', 'b', 'g');
SELECT regexp_split_to_array('abc', 'b', 'y');
SELECT part, length(part) FROM regexp_split_to_table('the quick brown', '\s+') AS part;
SELECT regexp_split_to_table('thé quïck', '\s*');
SELECT count(*) FROM regexp_split_to_table(NULL, 'b');
SELECT regexp_split_to_table('abc', 'b', 'g');

-- of columns
CREATE TABLE lines (id int, line text);
INSERT INTO lines VALUES (1, 'a=1;b=2'), (2, ''), (3, NULL), (4, 'c=3');
SELECT id, part FROM lines, regexp_split_to_table(line, ';') AS part ORDER BY 1, 2;
SELECT id, pair[1] AS name, pair[2] AS value FROM lines, regexp_matches(line, '(\w)=(\d)', 'g') AS pair ORDER BY 1, 2;
SELECT id, (regexp_match(line, '=(\d)'))[1] AS first FROM lines ORDER BY 1;
DROP TABLE lines;

-- sets in a SELECT list: the same one twice, taken apart, and in VALUES
SELECT unnest('{a=1,b=2}'::text[]) AS whole, (regexp_split_to_array(unnest('{a=1,b=2}'::text[]), '='))[1] AS name;
SELECT id, (json_each(doc)).* FROM (VALUES (1, '{"a": 1, "b": [2]}'::json), (2, '{}'), (3, '{"c": null}')) AS docs (id, doc) ORDER BY 1, 2;
SELECT (jsonb_each_text('{"a": 1}')).key, 2 AS two;
CREATE FUNCTION pairs(n int) RETURNS TABLE (a int, b text) LANGUAGE plpgsql IMMUTABLE AS
	$$ BEGIN RETURN QUERY SELECT i, 'no ' || i FROM generate_series(1, n) AS i; END $$;
SELECT n, (pairs(n)).* FROM generate_series(0, 2) AS n ORDER BY 1, 2;
SELECT (pairs(2)).*, 1 AS one;
CREATE TABLE filled (id int, word text DEFAULT 'none', n int);
INSERT INTO filled VALUES (generate_series(1, 3), 'x', 5);
INSERT INTO filled (id) VALUES (generate_series(4, 5)) RETURNING id, word;
SELECT * FROM filled ORDER BY 1;
INSERT INTO filled VALUES (generate_series(1, 2), 'y'), (3, 'z');
DROP TABLE filled;
DROP FUNCTION pairs;
SELECT (json_each('{"a": 1, "b": 2}')).key AS name, (json_each('{"a": 1, "b": 2}')).value::text || '!' AS loud;
SELECT (json_each('{"a": 1}')).nothing;
SELECT DISTINCT (json_each_text('{"a": 1, "b": 1}')).value;
