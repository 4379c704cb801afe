-- Row-level security: policies, who they hold for, and what they show. Constraints made of indexes.

CREATE ROLE policy_reader;
CREATE ROLE policy_owner;
GRANT CREATE, USAGE ON SCHEMA public TO policy_owner;
SET ROLE policy_owner;
CREATE TABLE notes (id int PRIMARY KEY, owner text NOT NULL, body text);
INSERT INTO notes VALUES (1, 'policy_reader', 'mine'), (2, 'somebody', 'theirs'), (3, 'policy_reader', NULL);
GRANT SELECT, DELETE ON notes TO policy_reader;

-- What is refused.
CREATE POLICY p ON notes FOR INSERT USING (true);
CREATE POLICY p ON notes FOR SELECT WITH CHECK (true);
CREATE POLICY p ON nowhere USING (true);
CREATE POLICY p ON notes USING (nowhere = 1);
DROP POLICY p ON notes;
DROP POLICY IF EXISTS p ON notes;

-- Policies do nothing before row-level security is enabled, and nothing is shown without them after it.
CREATE POLICY p ON notes USING (owner = current_user);
CREATE POLICY p ON notes USING (true);
SET ROLE policy_reader;
SELECT id FROM notes ORDER BY id;
SET ROLE policy_owner;
DROP POLICY p ON notes;
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
SELECT id FROM notes ORDER BY id;
SET ROLE policy_reader;
SELECT id FROM notes ORDER BY id;
SET ROLE policy_owner;
CREATE POLICY p ON notes USING (owner = current_user);
SELECT polname, polcmd, polpermissive, polroles FROM pg_policy WHERE polrelid = 'notes'::regclass;
SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = 'notes'::regclass;

SET ROLE policy_reader;
SELECT id, body FROM notes ORDER BY id;
SELECT n.id, count(*) OVER () FROM notes AS n JOIN notes AS m USING (owner) WHERE n.body IS NOT NULL ORDER BY 1, m.id;
-- A condition outside never sees a hidden row: 1 / (id - 2) would fail for one.
SELECT id FROM notes WHERE 1 / (id - 2) <> 0 ORDER BY id;
DELETE FROM notes WHERE 1 / (id - 2) = 5;
DELETE FROM notes WHERE id >= 2 RETURNING id;
SET ROLE policy_owner;
SELECT id FROM notes ORDER BY id;

-- Restrictive ones, and those of one command.
CREATE POLICY short ON notes AS RESTRICTIVE FOR SELECT USING (length(body) < 3);
SET ROLE policy_reader;
SELECT id FROM notes ORDER BY id;
SET ROLE policy_owner;
DROP POLICY short ON notes;
CREATE POLICY all_of_them ON notes FOR SELECT USING (true);
SET ROLE policy_reader;
SELECT id FROM notes ORDER BY id;
DELETE FROM notes RETURNING id;
SET ROLE policy_owner;
SELECT id FROM notes ORDER BY id;

-- A view reads with its owner's rights; forced, the owner is held, too.
DROP POLICY all_of_them ON notes;
CREATE VIEW all_notes AS SELECT id FROM notes;
GRANT SELECT ON all_notes TO policy_reader;
SET ROLE policy_reader;
SELECT * FROM all_notes;
SET ROLE policy_owner;
ALTER TABLE notes FORCE ROW LEVEL SECURITY;
SELECT id FROM notes;
SET ROLE policy_reader;
SELECT * FROM all_notes;
RESET ROLE;
SELECT id FROM notes;
ALTER TABLE notes NO FORCE ROW LEVEL SECURITY;
ALTER TABLE notes DISABLE ROW LEVEL SECURITY;
SET ROLE policy_reader;
SELECT id FROM notes;
RESET ROLE;
ALTER ROLE policy_reader BYPASSRLS;
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
SET ROLE policy_reader;
SELECT id FROM notes;
RESET ROLE;
DROP VIEW all_notes;
DROP TABLE notes;
SELECT count(*) FROM pg_policy;

-- USING INDEX
CREATE TABLE parts (a int, b text, c int NOT NULL);
CREATE UNIQUE INDEX parts_ab ON parts (a, b);
CREATE UNIQUE INDEX parts_c ON parts (c);
CREATE INDEX parts_plain ON parts (a);
CREATE UNIQUE INDEX parts_some ON parts (a) WHERE a > 1;
CREATE UNIQUE INDEX parts_lower ON parts (lower(b));
ALTER TABLE parts ADD CONSTRAINT u UNIQUE USING INDEX nowhere;
ALTER TABLE parts ADD CONSTRAINT u UNIQUE USING INDEX parts_plain;
ALTER TABLE parts ADD CONSTRAINT u UNIQUE USING INDEX parts_some;
ALTER TABLE parts ADD CONSTRAINT u UNIQUE USING INDEX parts_lower;
ALTER TABLE parts ADD CONSTRAINT parts_ab UNIQUE USING INDEX parts_ab;
ALTER TABLE parts ADD CONSTRAINT again UNIQUE USING INDEX parts_ab;
ALTER TABLE parts ADD CONSTRAINT parts_pk PRIMARY KEY USING INDEX parts_c;
SELECT conname, contype, conkey FROM pg_constraint WHERE conrelid = 'parts'::regclass ORDER BY conname;
SELECT relname FROM pg_class WHERE relkind = 'i' AND relname LIKE 'parts%' ORDER BY relname;
INSERT INTO parts VALUES (1, 'x', 1) ON CONFLICT ON CONSTRAINT parts_ab DO NOTHING;
INSERT INTO parts VALUES (1, 'x', 2);
INSERT INTO parts VALUES (2, 'y', 1);
DROP TABLE parts;
REVOKE ALL ON SCHEMA public FROM policy_owner;
DROP ROLE policy_reader, policy_owner;
SELECT inet_server_addr(), inet_server_port();
