"""Texts that differ in their literals only share a plan: nothing of that may show.

Each statement runs in two ways and must answer alike: as it stands, after others of its kind, and with a
semicolon in front, which keeps it from sharing.
"""

import itertools
import os
import re

import psycopg2
import pytest
from psycopg2.extensions import TRANSACTION_STATUS_IDLE

from harness import Cluster

REGRESS = os.path.join(os.path.dirname(__file__), "..", "regress", "sql")

SETUP = """
CREATE TABLE t (k int PRIMARY KEY, v int DEFAULT 7, b bigint, s text, c varchar(3), n numeric(6,2),
	d date, z timestamptz, i interval, f float8, y bool);
INSERT INTO t SELECT g, g % 4, g * 3000000000, 'row ' || g, 'c' || g, g / 4.0,
	date '2020-01-01' + g, timestamptz '2020-01-01 00:00+00' + g * interval '1 hour',
	g * interval '1 minute', g / 8.0, g % 2 = 0 FROM generate_series(1, 12) g;
CREATE TABLE p (k int PRIMARY KEY, state text, n int);
CREATE INDEX p_ready ON p (n) WHERE state = 'ready';
CREATE UNIQUE INDEX p_one ON p (n) WHERE state = 'one';
INSERT INTO p VALUES (1, 'ready', 10), (2, 'done', 20), (3, 'one', 30);
CREATE VIEW w AS SELECT k, v + 5 AS v5 FROM t WHERE k > 2;
"""

NUMBERS = ["0", "1", "2", "3", "10", "007", "32768", "2147483647", "2147483648", "3000000000",
		   "9223372036854775807", "9223372036854775808", "1.5", ".5", "2.", "1e2", "1e400",
		   "-1", "- 2", "-2147483648", "-3000000000", "-1.5", "-9223372036854775808", "+4"]
STRINGS = ["''", "'1'", "'2'", "' 3 '", "'x'", "'it''s'", "'row 3'", "'c1'", "'abcd'", "'abc   '",
		   "'-1'", "'1.5'", "'2020-01-05'", "'2020-01-01 05:00+00'", "'now'", "'epoch'", "'1 hour'",
		   "'5 minutes'", "'t'", "'off'", "'%3'", "'r_w%'", "'year'", "'hour'", "'{1,2}'", "'ready'",
		   "'one'", "'t'", "'pg_class'", "'NaN'", "'ä'"]
ANY = NUMBERS + STRINGS + ["NULL", "true"]

SMALL = ["0", "1", "2", "3", "10", "007", "3000000000", "1.5", "-1", "- 2", "+4"]

#: Templates: # takes every number, @ small ones, ~ every string, ? numbers and strings.
TEMPLATES = [
	"SELECT ?", "SELECT ? AS a, pg_typeof(?)", "SELECT ?::text", "SELECT ?::int", "SELECT ?::int2",
	"SELECT ?::numeric(4,1)", "SELECT ?::varchar(2)", "SELECT ?::char(4) || '|'", "SELECT ?::bool",
	"SELECT ?::float8", "SELECT ?::date", "SELECT ?::timestamp(0)::timestamp(3)",
	"SELECT date ~", "SELECT interval ~", "SELECT timestamptz ~ AT TIME ZONE 'UTC'",
	"SELECT interval ~ minute", "SELECT time ~", "SELECT ~::regclass", "SELECT bytea ~",
	"SELECT 1.5::numeric(#,1)", "SELECT 'abcdef'::varchar(#)", "SELECT -?", "SELECT 5 - ?", "SELECT 5 -?",
	"SELECT 5/#", "SELECT 5 % #", "SELECT 2147483647 + #", "SELECT ? + ?" , "SELECT ? || ?",
	"SELECT ? = ?", "SELECT ? < ?", "SELECT ? IS DISTINCT FROM ?", "SELECT nullif(?, ?)",
	"SELECT coalesce(NULL, ?, 5)", "SELECT greatest(?, 2)", "SELECT CASE WHEN ? > 1 THEN ? ELSE 'e' END",
	"SELECT CASE ? WHEN 1 THEN 'one' END", "SELECT ? IS NULL", "SELECT ? IN (1, 2)", "SELECT ? IN ('1', ~)",
	"SELECT ARRAY[?, 2]", "SELECT 1 = ANY(~)", "SELECT 3 = ANY(ARRAY[1, ?])",
	"SELECT substring('abcdef' from @ for 2)", "SELECT lpad('x', @, 'y')", "SELECT round(1.2345, @)",
	"SELECT extract(~ FROM timestamp '2020-02-03 04:05:06')", "SELECT length(?)", "SELECT abs(?)",
	"SELECT 'row 3' LIKE ~", "SELECT 'row 3' LIKE 'r%' ESCAPE ~", "SELECT 'abc' ~ 'b'",
	"SELECT * FROM (VALUES (1), (?)) q", "SELECT * FROM (SELECT ? AS x) q WHERE x = ?",
	"SELECT k, s FROM t WHERE k = ?", "SELECT k FROM t WHERE b = ?", "SELECT k FROM t WHERE n > ? ORDER BY k",
	"SELECT k FROM t WHERE s = ?", "SELECT k FROM t WHERE c = ?", "SELECT k FROM t WHERE d > ? ORDER BY k",
	"SELECT k FROM t WHERE z < ? ORDER BY k", "SELECT k FROM t WHERE i = ?", "SELECT k FROM t WHERE y = ?",
	"SELECT k FROM t WHERE f < ? ORDER BY k", "SELECT k FROM t WHERE k BETWEEN ? AND ? ORDER BY 1",
	"SELECT k FROM t WHERE k BETWEEN SYMMETRIC ? AND 2 ORDER BY 1", "SELECT k FROM t WHERE (k, v) = (?, 1)",
	"SELECT k FROM t WHERE (v, k) > (1, ?) ORDER BY k", "SELECT k FROM t WHERE NOT k IN (1, ?, 3) ORDER BY k",
	"SELECT k, v, s FROM t ORDER BY ?", "SELECT v, count(*) FROM t GROUP BY ? ORDER BY 1, 2",
	"SELECT v + # AS e, count(*) FROM t GROUP BY v + # ORDER BY 1", "SELECT DISTINCT v + ? AS e FROM t ORDER BY 1",
	"SELECT DISTINCT ON (v) v, k + ? FROM t ORDER BY v, k", "SELECT count(*) FILTER (WHERE k > ?) FROM t",
	"SELECT v FROM t GROUP BY v HAVING count(*) > ? ORDER BY v", "SELECT k FROM t ORDER BY k LIMIT ?",
	"SELECT k FROM t ORDER BY k LIMIT 3 OFFSET ?", "SELECT k FROM t ORDER BY k FETCH FIRST # ROWS ONLY",
	"SELECT k, sum(v) OVER (ORDER BY k ROWS # PRECEDING) FROM t", "SELECT k, lag(k, #) OVER (ORDER BY k) FROM t",
	"SELECT k, ntile(#) OVER (ORDER BY k) FROM t", "SELECT * FROM generate_series(@, 3)",
	"SELECT * FROM generate_series(1, 9, @) LIMIT 20", "SELECT v5 FROM w WHERE k = ? OR v5 = 5 ORDER BY k",
	"SELECT (SELECT s FROM t WHERE k = ?)", "SELECT (SELECT k FROM t WHERE v = 1 ORDER BY k LIMIT #)",
	"SELECT k FROM t a WHERE EXISTS (SELECT 1 FROM t b WHERE b.k = a.k + ?) ORDER BY k",
	"WITH q AS (SELECT k + ? AS x FROM t) SELECT max(x) FROM q", "SELECT 1 UNION SELECT ? ORDER BY 1",
	"SELECT ? UNION ALL SELECT ?", "SELECT a.k FROM t a JOIN t b ON a.k = b.k AND b.v = ? ORDER BY 1",
	"SELECT string_agg(s, ~ ORDER BY k) FROM t WHERE k < 3", "SELECT to_char(z, ~) FROM t WHERE k = 1",
	"VALUES (?, 1), (2, ?)", "SELECT", "SELECT FROM t WHERE k < 3", "SELECT v FROM t GROUP BY v, +4", "SELECT 1 AS a /* ? */ -- ?\n + ?", "SELECT k FROM p WHERE state = ~ ORDER BY n",
	"SELECT s FROM t WHERE k = ? FOR UPDATE", "SELECT date_trunc(~, z) FROM t WHERE k = 2",
	"SELECT date_trunc('hour', z - interval ~) FROM t GROUP BY date_trunc('hour', z - interval ~) ORDER BY 1",
	"SELECT t.nosuch FROM t WHERE k = ?", "SELECT k FROM nosuch WHERE k = ?", "SELECT ? FROM WHERE",
	"INSERT INTO t (k, v) VALUES (?, 1) RETURNING *", "INSERT INTO t (k, s, c) VALUES (100, ?, ?) RETURNING s, c",
	"INSERT INTO t (k, n, d) VALUES (100, ?, '2020-01-01') RETURNING n", "INSERT INTO t (k, z) VALUES (100, ?) RETURNING z - z",
	"INSERT INTO t (k, i, y) VALUES (100, ~, ~) RETURNING i, y", "INSERT INTO t (k) SELECT ? RETURNING k",
	"INSERT INTO t (k, c) SELECT 100, ? RETURNING c", "INSERT INTO t (k, v) VALUES (1, ?) ON CONFLICT (k) DO UPDATE SET v = excluded.v + ? RETURNING v",
	"INSERT INTO p VALUES (9, 'one', #) ON CONFLICT (n) WHERE state = 'one' DO NOTHING RETURNING n",
	"INSERT INTO p VALUES (9, 'one', 30) ON CONFLICT (n) WHERE state = ~ DO NOTHING RETURNING n",
	"UPDATE t SET v = ? WHERE k = ? RETURNING k, v", "UPDATE t SET c = ? WHERE k = 3 RETURNING c",
	"UPDATE t SET k = ? WHERE k = 3 RETURNING k", "UPDATE t SET n = n * ? WHERE k < 3 RETURNING n",
	"UPDATE t SET v = q.x FROM (SELECT ? AS x) q WHERE k = 1 RETURNING v",
	"UPDATE t SET v = (SELECT max(k) + # FROM t) WHERE k = 2 RETURNING v", "DELETE FROM t WHERE k = ? RETURNING k, s",
	"DELETE FROM t WHERE k > ? RETURNING (SELECT count(*) + # FROM t)",
	"WITH d AS (DELETE FROM t WHERE v = ? RETURNING k) SELECT sum(k) + ? FROM d",
]


class Session:
	"""One connection; what a statement answers, as one comparable value."""

	def __init__(self, cluster, database="postgres"):
		self.connection = cluster.connect(database=database)
		self.cursor = self.connection.cursor()
		self.cursor.execute("SET timezone = 'Asia/Tokyo'")

	def answer(self, sql, shift=0):
		"""What it did is undone."""
		self.cursor.execute("SAVEPOINT before")
		try:
			self.cursor.execute(sql)
			columns = self.cursor.description
			result = (self.cursor.statusmessage,
					  columns and [(c.name, c.type_code, c.internal_size) for c in columns],
					  columns and [[repr(value) for value in row] for row in self.cursor.fetchall()])
		except psycopg2.Error as error:
			position = error.diag.statement_position
			result = (error.pgcode, error.diag.message_primary, error.diag.message_detail,
					  error.diag.message_hint, position and int(position) - shift)
		except ValueError as error:  # psycopg2 cannot represent the value
			result = str(error)
		self.cursor.execute("ROLLBACK TO before")
		return result

	def compare(self, sql):
		"""In one transaction, where it is the same time of day."""
		self.cursor.execute("BEGIN")
		shared, alone = self.answer(sql), self.answer(";" + sql, shift=1)
		self.cursor.execute("ROLLBACK")
		assert shared == alone, sql


@pytest.fixture(scope="module")
def server():
	cluster = Cluster()
	cluster.start()
	cluster.psql(sql=SETUP)
	yield cluster
	cluster.destroy()


def fillings(template):
	"""Statements: each place by itself takes every value, the others the first one of each kind."""
	choices = {"#": NUMBERS, "@": SMALL, "~": STRINGS, "?": ANY}
	places = [i for i, c in enumerate(template)
			  if c in choices and not (c == "~" and template[i - 5:i - 1] == "abc'")]
	for place in places:
		for value in choices[template[place]]:
			for other in ("1", "'1'"):
				filled = list(template)
				for i in places:
					filled[i] = "1" if template[i] in "#@" else "'1'" if template[i] == "~" else other
				filled[place] = value
				yield "".join(filled)


@pytest.mark.parametrize("template", TEMPLATES)
def test_literals_do_not_show(server, template):
	statements = list(dict.fromkeys(fillings(template))) or [template]
	for order in (statements, statements[::-1]):
		session = Session(server)
		for sql in order:
			session.compare(sql)
		session.connection.close()


def statements_of(name):
	"""Rough, but what is cut wrongly is only a syntax error more."""
	with open(os.path.join(REGRESS, name), encoding="utf-8") as source:
		text = re.sub(r"^\\.*$", "", source.read(), flags=re.MULTILINE)
	return [part.strip() for part in text.split(";") if part.strip()]


def changed(sql):
	"""The same with other literals."""
	yield re.sub(r"\b\d+\b", lambda m: str(int(m.group()) + 1), sql)
	yield re.sub(r"'([a-z]+)'", r"'\1x'", sql)
	yield re.sub(r"\b\d\b", "0", sql)


#: A sequence gives each value once, so that its statements never answer alike.
REPEATABLE = sorted(name for name in os.listdir(REGRESS) if name != "sequences.sql")


@pytest.mark.parametrize("name", REPEATABLE)
def test_regression_files_answer_alike(server, name):
	"""Before each query of a regression file, some like it run."""
	database = "shared_" + name.removesuffix(".sql")
	server.psql(sql=f'CREATE DATABASE "{database}"')
	session = Session(server, database)
	for sql in statements_of(name):
		idle = session.connection.info.transaction_status == TRANSACTION_STATUS_IDLE
		if idle and re.match(r"(SELECT|INSERT|UPDATE|DELETE|WITH|VALUES)\b", sql, re.IGNORECASE) and \
				not re.search(r"pid|now|random|nextval|clock|current_", sql, re.IGNORECASE):
			session.cursor.execute("BEGIN")
			for other in changed(sql):
				session.answer(other)
			session.cursor.execute("ROLLBACK")
			session.compare(sql)
		try:
			session.cursor.execute(sql)
		except psycopg2.Error:
			pass
	session.connection.close()


def test_a_shared_plan_does_not_outlive_its_table(server):
	session = Session(server)
	for turn, kind in itertools.product(range(3), ("int", "text", "numeric(5,1)")):
		session.cursor.execute(f"DROP TABLE IF EXISTS moving; CREATE TABLE moving (a {kind})")
		session.cursor.execute(f"INSERT INTO moving VALUES ('{turn}')")
		session.compare(f"SELECT * FROM moving WHERE a = '{turn}'")
		session.compare("SELECT * FROM moving WHERE a = 'x'")
		session.compare(f"SELECT a + {turn} FROM moving")
	session.cursor.execute("DROP TABLE moving")
	session.compare("SELECT * FROM moving WHERE a = '5'")
	session.connection.close()


def test_a_shared_plan_follows_the_session(server):
	session = Session(server)
	for zone in ("UTC", "Asia/Tokyo", "America/New_York"):
		session.cursor.execute(f"SET timezone = '{zone}'")
		for hour in ("03", "04"):
			session.compare(f"SELECT timestamptz '2020-01-01 {hour}:00' AT TIME ZONE 'UTC'")
			session.compare(f"SELECT max(z) FROM t WHERE z < '2020-01-01 {hour}:00'")
	for style in ("ISO, DMY", "ISO, MDY"):
		session.cursor.execute(f"SET datestyle = '{style}'")
		session.compare("SELECT '03/04/2020'::date")
		session.compare("SELECT '2020-04-05'::date")
	session.connection.close()


def test_search_path_matters(server):
	server.psql(sql="CREATE SCHEMA other; CREATE TABLE other.t AS SELECT 'other' AS k, 5 AS v")
	session = Session(server)
	for path in ("public", "other", "public"):
		session.cursor.execute(f"SET search_path = {path}")
		session.compare("SELECT k FROM t WHERE v = 1 ORDER BY 1")
		session.compare("SELECT k FROM t WHERE v = 5 ORDER BY 1")
	session.connection.close()
