-- Values in C: arrays, numeric, inet and others; built-in functions called from C

CREATE FUNCTION turn(int[]) RETURNS int[] AS 'regress_values', 'turn_array' LANGUAGE C STRICT;
CREATE FUNCTION turn(text[]) RETURNS text[] AS 'regress_values', 'turn_array' LANGUAGE C STRICT;
CREATE FUNCTION turn(bool[]) RETURNS bool[] AS 'regress_values', 'turn_array' LANGUAGE C STRICT;
CREATE FUNCTION turn(int2[]) RETURNS int2[] AS 'regress_values', 'turn_array' LANGUAGE C STRICT;
CREATE FUNCTION turn(int8[]) RETURNS int8[] AS 'regress_values', 'turn_array' LANGUAGE C STRICT;
CREATE FUNCTION turn(float8[]) RETURNS float8[] AS 'regress_values', 'turn_array' LANGUAGE C STRICT;
CREATE FUNCTION turn(numeric[]) RETURNS numeric[] AS 'regress_values', 'turn_array' LANGUAGE C STRICT;
CREATE FUNCTION turn(name[]) RETURNS name[] AS 'regress_values', 'turn_array' LANGUAGE C STRICT;
CREATE FUNCTION turn(uuid[]) RETURNS uuid[] AS 'regress_values', 'turn_array' LANGUAGE C STRICT;
CREATE FUNCTION turn(interval[]) RETURNS interval[] AS 'regress_values', 'turn_array' LANGUAGE C STRICT;
CREATE FUNCTION turn(date[]) RETURNS date[] AS 'regress_values', 'turn_array' LANGUAGE C STRICT;
CREATE FUNCTION turn(bytea[]) RETURNS bytea[] AS 'regress_values', 'turn_array' LANGUAGE C STRICT;
CREATE FUNCTION turn(inet[]) RETURNS inet[] AS 'regress_values', 'turn_array' LANGUAGE C STRICT;
SELECT turn('{1,2,NULL,4}'::int[]), turn('{}'::int[]), turn('{{1,2},{3,4}}'::int[]), turn('[0:2]={1,2,3}'::int[]);
SELECT turn('{a,"b c",NULL,"NULL","",long and longer,"q\"uote"}'::text[]);
SELECT turn('{t,f,f}'::bool[]), turn('{1,-2}'::int2[]), turn('{1,9223372036854775807}'::int8[]);
SELECT turn('{1.5,NaN,-Infinity}'::float8[]), turn('{1.50,NaN,-0.001}'::numeric[]), turn('{a,bcd}'::name[]);
SELECT turn('{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11,00000000-0000-0000-0000-000000000001}'::uuid[]);
SELECT turn('{1 day,"2 months 3 hours"}'::interval[]), turn('{2024-02-29,infinity}'::date[]);
SELECT turn('{"\\x0102","\\x"}'::bytea[]), turn('{10.0.0.1/8,::1}'::inet[]);

CREATE FUNCTION facts(int[]) RETURNS text AS 'regress_values', 'array_facts' LANGUAGE C STRICT;
CREATE FUNCTION facts(text[]) RETURNS text AS 'regress_values', 'array_facts' LANGUAGE C STRICT;
CREATE FUNCTION facts(int2[]) RETURNS text AS 'regress_values', 'array_facts' LANGUAGE C STRICT;
SELECT facts('{1,2,3}'::int[]), facts('{}'::int[]), facts('[2:3][-1:0]={{1,NULL},{3,4}}'::int[]);
SELECT facts('{a,bc,NULL}'::text[]), facts('{1,2,3}'::int2[]), facts('{{1,2,3},{4,5,6}}'::int[]);

CREATE FUNCTION element_of(int[], int) RETURNS int AS 'regress_values' LANGUAGE C STRICT;
CREATE FUNCTION with_element(int[], int, int) RETURNS int[] AS 'regress_values' LANGUAGE C;
SELECT element_of('{1,2,3}', 2), element_of('{1,NULL}', 2), element_of('{1,2}', 5), element_of('{}', 1);
SELECT with_element('{1,2,3}', 2, 9), with_element('{1,2,3}', 5, 9), with_element('{1,2,3}', -1, 9);
SELECT with_element('{}', 3, 1), with_element('{1,2}', 1, NULL);
SELECT with_element('{{1,2},{3,4}}', 1, 7);

CREATE FUNCTION count_to(int) RETURNS text[] AS 'regress_values' LANGUAGE C STRICT;
CREATE FUNCTION stack(int[], int) RETURNS int[] AS 'regress_values', 'stack_array' LANGUAGE C STRICT;
CREATE FUNCTION sums(int[], int) RETURNS text AS 'regress_values', 'sums_of_slices' LANGUAGE C STRICT;
SELECT count_to(0), count_to(7), array_length(count_to(1000), 1), cardinality(count_to(10));
SELECT stack('{1,2}', 3), stack('{{1,NULL}}', 2), stack('{1}', 0);
SELECT stack('{}', 1);
SELECT sums('{{1,2},{3,4},{5,NULL}}', 1), sums('{{1,2},{3,4}}', 2), sums('{1,2}', 1);
SELECT sums('{1,2}', 2);

-- Other types
CREATE FUNCTION product(numeric, numeric) RETURNS numeric AS 'regress_values', 'numeric_product' LANGUAGE C STRICT;
SELECT product(1.5, 2), product(-0.00, 123456789012345678901234567890), product('NaN', 1), product('Infinity', -1);
CREATE FUNCTION facts(inet) RETURNS text AS 'regress_values', 'inet_facts' LANGUAGE C STRICT;
CREATE FUNCTION widened(inet, int) RETURNS inet AS 'regress_values', 'inet_widened' LANGUAGE C STRICT;
SELECT facts('192.168.0.1'::inet), facts('10.1.2.3/8'::inet), facts('fe80::1/64'::inet);
SELECT widened('192.168.0.1', 16), widened('::1/3', 128);
CREATE FUNCTION facts(cidr) RETURNS text AS 'regress_values', 'inet_facts' LANGUAGE C STRICT;
SELECT '10'::cidr, '192.168.1'::cidr, '10.1.2.3'::cidr, '::1'::cidr, facts('172.16.0.0/12'::cidr);
SELECT '10.0.0.1/8'::cidr;
SELECT '10.0.0.x'::cidr;
CREATE FUNCTION vector_sum(oidvector) RETURNS int8 AS 'regress_values', 'sum_of_vector' LANGUAGE C STRICT;
CREATE FUNCTION vector_sum(int2vector) RETURNS int8 AS 'regress_values', 'sum_of_vector' LANGUAGE C STRICT;
SELECT vector_sum('1 2 4294967295'::oidvector), vector_sum('-1 2'::int2vector), vector_sum(''::int2vector);
CREATE FUNCTION next_lsn(pg_lsn) RETURNS pg_lsn AS 'regress_values', 'next_int8_value' LANGUAGE C STRICT;
SELECT next_lsn('16/FFFFFFFF');

-- Input and output by OID
CREATE FUNCTION through(regtype, text, int) RETURNS text AS 'regress_values', 'through_type' LANGUAGE C STRICT;
SELECT through('int', ' 42 ', -1), through('numeric', '1.005', 196614), through('varchar', 'abc', -1), through('bpchar', 'ab', 8);
SELECT through('timestamp', '2024-02-29 12:00:00.123456', 3), through('interval', '1 mon 2 days', -1), through('bool', 'yes', -1);
SELECT through('int[]', '{1, 2,NULL}', -1), through('text[]', '{a,"b c"}', -1), through('numeric[]', '{1.5,2}', -1);
SELECT through('regtype', 'int4', -1), through('regclass', 'pg_class', -1), through('uuid', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', -1);
SELECT through('"char"', 'x', -1), through('name', 'n', -1), through('bytea', '\x01', -1), through('json', '{"a": 1}', -1), through('pg_lsn', '0/1', -1);
SELECT through('int', 'x', -1);
SELECT through('int[]', '{1,x}', -1);

-- Binary format
CREATE FUNCTION wire(oid, oid, oid, oid, oid, text) RETURNS text AS 'regress_values', 'through_wire' LANGUAGE C STRICT;
CREATE TABLE wires (type name, example text);
INSERT INTO wires VALUES ('bool', 't'), ('int2', '-2'), ('int4', '70000'), ('int8', '-1'), ('oid', '4294967295'), ('float4', '1.5'),
	('float8', '-0.25'), ('numeric', '12345.678'), ('numeric', '-0.00010'), ('numeric', '100000000'), ('numeric', 'NaN'), ('numeric', '0'),
	('text', 'text'), ('bytea', '\x0102'), ('name', 'n'), ('date', '2024-02-29'), ('time', '12:34:56'), ('timestamp', '2024-02-29 12:00'),
	('timestamptz', '2024-02-29 12:00+00'), ('interval', '1 mon -2 days 03:04'), ('uuid', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'),
	('inet', '10.1.2.3/8'), ('inet', '::1'), ('pg_lsn', '16/B374D848'), ('json', '[1]'), ('jsonb', '{"b": 1, "a": [2]}'), ('xid', '7'), ('tid', '(1,2)'), ('char', 'x'),
	('_int4', '{1,NULL,3}'), ('_text', '{{a,b},{c,d}}'), ('_int4', '{}'), ('_numeric', '[0:1]={1.5,2}');
SELECT type, example, wire(typinput, typsend, typreceive, typoutput, CASE WHEN typelem <> 0 THEN typelem ELSE t.oid END, example)
	FROM wires JOIN pg_type t ON typname = type ORDER BY type, example;

-- Functions by OID
CREATE FUNCTION call2(oid, int, int) RETURNS int AS 'regress_values', 'call_with_ints' LANGUAGE C STRICT;
CREATE FUNCTION ask2(oid, text, text) RETURNS bool AS 'regress_values', 'ask_texts' LANGUAGE C STRICT;
CREATE FUNCTION minus(int, int) RETURNS int AS 'int4mi' LANGUAGE internal STRICT IMMUTABLE;
SELECT call2('int4pl'::regproc, 2, 3), call2('int4mul'::regproc, 6, 7), call2('int4mod'::regproc, 7, 4), call2('int4larger'::regproc, 1, 2);
SELECT call2('minus(int,int)'::regprocedure, 2, 3);
SELECT call2('int4div'::regproc, 1, 0);
SELECT call2('int4pl'::regproc, 2147483647, 1);
SELECT call2(4000000000, 1, 2);
SELECT ask2('texteq'::regproc, 'a', 'a'), ask2('text_lt'::regproc, 'b', 'a'), ask2('textlike'::regproc, 'abc', 'a%'), ask2('textne'::regproc, 'a', 'b');
