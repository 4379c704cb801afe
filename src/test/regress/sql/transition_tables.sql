-- Transition tables, and suppress_redundant_updates_trigger.

CREATE TABLE stock (id int PRIMARY KEY, name text, n int);
CREATE TABLE log (what text, ids int[], total int);
CREATE FUNCTION note_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO log SELECT TG_OP, array_agg(id ORDER BY id), sum(n) FROM fresh;
	RETURN NULL;
END $$;
CREATE FUNCTION note_old() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	r record;
BEGIN
	FOR r IN SELECT * FROM gone ORDER BY id LOOP
		RAISE NOTICE '% % %', TG_OP, r.id, r;
	END LOOP;
	RAISE NOTICE '%', (SELECT count(*) FROM gone);
	EXECUTE 'SELECT min(id) AS least FROM gone WHERE id > $1' INTO r USING 0;
	RAISE NOTICE '%', r.least;
	RETURN NULL;
END $$;
CREATE FUNCTION note_both() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	changed int;
BEGIN
	SELECT count(*) INTO changed FROM before b JOIN after a USING (id) WHERE a.n <> b.n;
	RAISE NOTICE '% % changed, % level, row %', TG_NAME, changed, TG_LEVEL, NEW IS NULL;
	PERFORM 1 FROM stock s, after a WHERE s.id = a.id;
	RETURN NULL;
END $$;
CREATE TRIGGER i AFTER INSERT ON stock REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_new();
CREATE TRIGGER d AFTER DELETE ON stock REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION note_old();
CREATE TRIGGER u AFTER UPDATE ON stock REFERENCING OLD TABLE AS before NEW TABLE after FOR EACH STATEMENT EXECUTE FUNCTION note_both();
CREATE TRIGGER ur AFTER UPDATE ON stock REFERENCING NEW TABLE after OLD TABLE before FOR EACH ROW EXECUTE FUNCTION note_both();
SELECT tgname, tgoldtable, tgnewtable FROM pg_trigger ORDER BY tgname;
SELECT pg_get_triggerdef(oid) FROM pg_trigger ORDER BY tgname;
INSERT INTO stock VALUES (1, 'one', 10), (2, 'two', 20), (3, NULL, 30);
INSERT INTO stock SELECT 9, 'none', 1 WHERE false;
INSERT INTO stock VALUES (4, 'four', 40) RETURNING id;
SELECT * FROM log;
UPDATE stock SET n = n + 1 WHERE id < 3;
UPDATE stock SET n = n;
DELETE FROM stock WHERE id > 2;
DELETE FROM stock WHERE id > 100;
INSERT INTO stock VALUES (1, 'again', 5), (7, 'seven', 7) ON CONFLICT (id) DO UPDATE SET n = excluded.n;
SELECT * FROM log;
-- one function, another table
CREATE TABLE other (extra bool, id int, n int);
CREATE TRIGGER i AFTER INSERT ON other REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_new();
TRUNCATE log;
INSERT INTO other VALUES (true, 5, 50), (false, 6, 60);
INSERT INTO stock VALUES (8, 'x', 8);
SELECT * FROM log;
-- a trigger within
CREATE FUNCTION cascade_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	DELETE FROM stock WHERE id IN (SELECT id FROM dead);
	RAISE NOTICE 'dead: %', (SELECT array_agg(id ORDER BY id) FROM dead);
	RETURN NULL;
END $$;
CREATE TRIGGER d AFTER DELETE ON other REFERENCING OLD TABLE AS dead FOR EACH STATEMENT EXECUTE FUNCTION cascade_delete();
INSERT INTO other VALUES (true, 7, 1);
DELETE FROM other;
SELECT id FROM stock ORDER BY id;
-- not everywhere
CREATE TRIGGER x BEFORE INSERT ON stock REFERENCING NEW TABLE AS t FOR EACH STATEMENT EXECUTE FUNCTION note_new();
CREATE TRIGGER x AFTER INSERT OR UPDATE ON stock REFERENCING NEW TABLE AS t FOR EACH STATEMENT EXECUTE FUNCTION note_new();
CREATE TRIGGER x AFTER UPDATE OF n ON stock REFERENCING NEW TABLE AS t FOR EACH STATEMENT EXECUTE FUNCTION note_new();
CREATE TRIGGER x AFTER INSERT ON stock REFERENCING OLD TABLE AS t FOR EACH STATEMENT EXECUTE FUNCTION note_new();
CREATE TRIGGER x AFTER DELETE ON stock REFERENCING NEW TABLE AS t FOR EACH STATEMENT EXECUTE FUNCTION note_new();
CREATE TRIGGER x AFTER TRUNCATE ON stock REFERENCING OLD TABLE AS t FOR EACH STATEMENT EXECUTE FUNCTION note_new();
CREATE TRIGGER x AFTER UPDATE ON stock REFERENCING OLD TABLE AS t NEW TABLE AS t FOR EACH STATEMENT EXECUTE FUNCTION note_new();
CREATE TRIGGER x AFTER UPDATE ON stock REFERENCING OLD TABLE AS t OLD TABLE AS s FOR EACH STATEMENT EXECUTE FUNCTION note_new();
CREATE TRIGGER x AFTER UPDATE ON stock REFERENCING OLD ROW AS t FOR EACH ROW EXECUTE FUNCTION note_new();
SELECT * FROM fresh;

-- suppress_redundant_updates_trigger
CREATE TABLE quiet (id int, t text, n numeric);
INSERT INTO quiet VALUES (1, 'a', 1.0), (2, NULL, NULL), (3, 'c', 3);
CREATE TRIGGER z_min BEFORE UPDATE ON quiet FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'z_min';
UPDATE quiet SET t = t RETURNING id;
UPDATE quiet SET t = 'a' RETURNING id;
UPDATE quiet SET n = 1.0 RETURNING *;
SELECT suppress_redundant_updates_trigger();
CREATE TRIGGER bad BEFORE INSERT ON quiet FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
INSERT INTO quiet VALUES (4);
DROP TRIGGER bad ON quiet;
CREATE TRIGGER bad AFTER UPDATE ON quiet FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
UPDATE quiet SET n = 7;
DROP TRIGGER bad ON quiet;
CREATE TRIGGER bad BEFORE UPDATE ON quiet EXECUTE FUNCTION suppress_redundant_updates_trigger();
UPDATE quiet SET n = 7;
