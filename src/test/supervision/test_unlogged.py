"""Unlogged tables: a crash empties them, in every database; a shutdown in order does not."""

TABLES = ("CREATE UNLOGGED TABLE quick (a int PRIMARY KEY, list int[] UNIQUE);"
		  "CREATE TABLE safe (a int);"
		  "INSERT INTO quick VALUES (1, '{1}'), (2, '{2}');"
		  "INSERT INTO safe VALUES (1)")


def counts(cluster, database="postgres"):
	return cluster.psql("-At", sql="SELECT (SELECT count(*) FROM quick), (SELECT count(*) FROM safe)",
						database=database).stdout.strip()


def test_only_a_crash_empties_them(cluster):
	cluster.psql(sql=TABLES)
	cluster.psql(sql="CREATE DATABASE other")
	cluster.psql(sql=TABLES, database="other")
	cluster.restart()
	assert (counts(cluster), counts(cluster, "other")) == ("2|1", "2|1")
	cluster.restart("immediate")
	assert (counts(cluster), counts(cluster, "other")) == ("0|1", "0|1")
	cluster.psql(sql="INSERT INTO quick VALUES (1, '{1}')")
	assert counts(cluster) == "1|1"


def test_set_logged_spares_the_rows(cluster):
	cluster.psql(sql=TABLES)
	cluster.psql(sql="ALTER TABLE quick SET LOGGED")
	cluster.psql(sql="ALTER TABLE safe SET UNLOGGED")
	cluster.restart("immediate")
	assert counts(cluster) == "2|0"
