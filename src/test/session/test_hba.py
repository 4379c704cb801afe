"""pg_hba.conf: which line decides, what it answers, what a bad file does.

- local and host lines, address forms (CIDR, mask, all, samehost, samenet, host name), lists of
  databases and users; the first line that matches decides.
- trust lets in; reject, no line at all, and methods that are not there answer FATAL 28000.
- A bad file at start stops the start; at reload it is told, and the old rules stay.
- initdb's file lets in local users only, and says so.
"""

import os
import re

import psycopg2
import pytest

from harness import ours

PORT = 54331


@pytest.fixture(scope="module")
def server(module_worker_cluster):
	cluster = module_worker_cluster("", start=False, listen_addresses="127.0.0.1,::1", port=PORT)
	cluster.port = PORT
	cluster.start()
	cluster.query("CREATE DATABASE other")
	return cluster


def use(server, *lines):
	"""Puts these lines in place and waits until they are."""
	position = server.log_position()
	server.write("pg_hba.conf", "\n".join(lines) + "\n")
	server.reload()
	server.wait_for_log("received SIGHUP, reloading configuration files", position)
	# The log line comes first, the reload follows; it is over when the next connection is accepted,
	# let in or not. Without this a second use() could replace the file before it was read.
	enters(server)
	return position


@pytest.fixture(autouse=True)
def restore(request):
	"""Lets everybody of this machine in again."""
	yield
	if "server" in request.fixturenames:
		use(request.getfixturevalue("server"), "local all all trust", "host all all all trust")


def enters(server, host=None, database="postgres", user="postgres"):
	"""None, or why the connection is refused."""
	try:
		server.connect(database=database, user=user, **({"host": host} if host else {})).close()
		return None
	except psycopg2.OperationalError as error:
		return str(error)


def test_local_lines_are_for_sockets_and_host_lines_for_tcp(server):
	use(server, "local all all trust")
	assert enters(server) is None
	assert ('FATAL:  no pg_hba.conf entry for host "127.0.0.1", user "postgres", database "postgres", '
			"no encryption") in enters(server, "127.0.0.1")
	use(server, "host all all 127.0.0.1/32 trust")
	assert enters(server, "127.0.0.1") is None
	assert ('no pg_hba.conf entry for host "[local]", user "postgres", database "postgres", '
			"no encryption") in enters(server)


@pytest.mark.parametrize("address,v4,v6", [
	("127.0.0.1/32", True, False), ("127.0.0.0/8", True, False), ("127.0.0.0 255.0.0.0", True, False),
	("10.0.0.0/8", False, False), ("127.0.0.2/32", False, False), ("0.0.0.0/0", True, False),
	("::1/128", False, True), ("::/0", False, True), ("all", True, True), ("samehost", True, True),
	("samenet", True, True), ("localhost", True, None)])
def test_address_forms(server, address, v4, v6):
	use(server, f"host all all {address} trust")
	assert (enters(server, "127.0.0.1") is None) == v4
	if v6 is not None and os.path.exists("/proc/net/if_inet6") and can_use_v6():
		assert (enters(server, "::1") is None) == v6


def can_use_v6():
	import socket
	try:
		with socket.socket(socket.AF_INET6) as probe:
			probe.bind(("::1", 0))
		return True
	except OSError:
		return False


@pytest.mark.parametrize("databases,users,wanted", [
	("all", "all", (True, True)), ("postgres", "all", (True, False)), ("other,postgres", "all",
	 (True, True)), ('"other"', "postgres", (False, True)), ("sameuser", "all", (True, False)),
	("all", "somebody", (False, False)), ("all", "somebody,postgres", (True, True)),
	("all", "+postgres", (True, True)), ('"all"', "all", (False, False))])
def test_lists_of_databases_and_users(server, databases, users, wanted):
	use(server, f"local {databases} {users} trust")
	assert (enters(server) is None, enters(server, database="other") is None) == wanted


def test_lists_in_files(server):
	server.write("names", "nobody # a comment\n@more\n")
	server.write("more", '"@names", other\n')
	use(server, "local @names all trust")
	assert (enters(server) is None, enters(server, database="other") is None) == (False, True)


@ours
@pytest.mark.parametrize("name,message", [
	("missing", 'could not open secondary authentication file "@missing" as "{data}/missing": '
				"No such file or directory"),
	("itself", 'could not open file "itself": maximum nesting depth exceeded')])
def test_a_list_that_cannot_be_read_is_a_bad_line(server, name, message):
	use(server, "local all all trust")
	server.write("itself", "@itself\n")
	position = use(server, f"local @{name} all reject")
	server.wait_for_log(re.escape(message.format(data=server.data)), position)
	assert enters(server) is None


def test_the_first_matching_line_decides(server):
	use(server, "local postgres all reject", "local all all trust")
	assert ('FATAL:  pg_hba.conf rejects connection for host "[local]", user "postgres", database '
			'"postgres", no encryption') in enters(server)
	assert enters(server, database="other") is None
	use(server, "local other all reject", "local all all trust", "local all all reject")
	assert enters(server) is None


def test_ssl_lines_do_not_match_plain_connections(server):
	use(server, "hostnossl all all 127.0.0.1/32 trust")
	assert enters(server, "127.0.0.1") is None
	use(server, "local all all trust", "hostgssenc all all 127.0.0.1/32 trust")
	assert "no pg_hba.conf entry" in enters(server, "127.0.0.1")


@ours
@pytest.mark.parametrize("method", ["scram-sha-256", "md5", "password", "peer", "ldap", "cert"])
def test_methods_that_are_not_there_say_so_and_let_nobody_in(server, method):
	kind = "hostssl all all all" if method == "cert" else "local all all"
	position = use(server, f"{kind} {method}", "host all all all trust")
	refusal = enters(server)
	assert refusal is not None
	assert (f'"{method}"' in refusal or method in server.log_since(position)
			or "no pg_hba.conf entry" in refusal)


@pytest.mark.parametrize("line,message", [
	("nonsense all all trust", 'invalid connection type "nonsense"'),
	("local all", "end-of-line before role specification"),
	("local all all", "end-of-line before authentication method"),
	("local all all nonsense", 'invalid authentication method "nonsense"'),
	("host all all trust", 'invalid IP address "trust"|end-of-line before|specifying both host name'),
	("host all all 127.0.0.1/99 trust", 'invalid CIDR mask in address "127.0.0.1/99"'),
	("host all all 127.0.0.1 trust", "invalid IP mask"),
])
def test_a_bad_file_at_reload_keeps_the_old_rules(server, line, message):
	use(server, "local postgres all trust", "local all all reject")
	position = use(server, "local all all trust", line)
	server.wait_for_log(message, position)
	server.wait_for_log(rf'line 2 of configuration file "{server.data}/pg_hba\.conf"', position)
	server.wait_for_log(r"LOG:  (\S*/)?pg_hba\.conf was not reloaded\n", position)
	assert enters(server) is None
	assert enters(server, database="other") is not None, "the first line of the bad file is in force"


def test_a_bad_file_at_start_stops_the_start(make_cluster):
	cluster = make_cluster()
	cluster.write("pg_hba.conf", "local all all nonsense\n")
	process = cluster.spawn()
	assert process.wait(30) == 1
	assert 'invalid authentication method "nonsense"' in cluster.log()
	assert re.search(r"FATAL:  could not load (\S*/)?pg_hba\.conf\n", cluster.log())


@ours
def test_initdb_lets_in_local_users_only(make_cluster):
	cluster = make_cluster(init=False)
	said = cluster.run("initdb", "-D", cluster.data, "-U", "postgres")
	with open(os.path.join(cluster.data, "pg_hba.conf"), encoding="utf-8") as hba:
		rules = [line.split() for line in hba if line.strip() and not line.startswith("#")]
	assert all(rule[0] == "local" or rule[3] in ("127.0.0.1/32", "::1/128", "samehost")
			   for rule in rules)
	assert "pg_hba.conf" in said.stdout + said.stderr
