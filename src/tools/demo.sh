#!/bin/bash
# demo.sh: a cluster with two sample workers, shown at work. Run by "make demo"
#   from the build folder, after everything is built.
#   Installs privately, creates the cluster and starts the server where that is
#   not done yet, feeds the workers' tables, shows pg_stat_activity and the
#   tables changing, and leaves the server running. Started as root it hands
#   everything below DEMO over to the system user "postroom". Never touches
#   anything outside DEMO but that user and the socket folder.
#
# Environment: MAKE, POSTROOM_BUILDDIR and POSTROOM_BINDIR from the makefile;
#   POSTROOM_DEMO_DIR where to put it all; POSTROOM_DEMO_PORT the port.
set -euo pipefail

readonly SYSTEM_USER=postroom
readonly SOCKET_FOLDER=/tmp
readonly WORKERS=2
readonly PATIENCE=30			# seconds that a condition may take

say()
{
	printf '\n\033[1m%s\033[0m\n' "$*"
}

# give_up MESSAGE: with the end of the server's log.
give_up()
{
	printf '\n%s\nThe end of %s:\n' "$1" "$demo/server.log" >&2
	tail "$demo/server.log" >&2
	exit 1
}

# Runs a command as the server's user.
as_user()
{
	if test "$(id -u)" = 0; then
		runuser -u "$SYSTEM_USER" -- "$@"
	else
		"$@"
	fi
}

# choose_folder: sets demo. Root's build folder is often closed to others.
choose_folder()
{
	demo=${POSTROOM_DEMO_DIR:-$POSTROOM_BUILDDIR/demo}
	test "$(id -u)" = 0 || return 0
	id "$SYSTEM_USER" >/dev/null 2>&1 ||
		useradd --system --user-group --no-create-home --home-dir /nonexistent \
			--shell /usr/sbin/nologin "$SYSTEM_USER"
	test -n "${POSTROOM_DEMO_DIR:-}" || as_user test -x "$POSTROOM_BUILDDIR" || demo=/var/lib/postroom-demo
}

install_programs()
{
	mkdir -p "$demo"
	"$MAKE" -s --no-print-directory install DESTDIR="$demo/install" >"$demo/install.log"
	bin=$demo/install$POSTROOM_BINDIR
	test "$(id -u)" != 0 || chown "$SYSTEM_USER:" "$demo"
}

# Standard output: the first port from 5432 on that no server has.
free_port()
{
	local port=5432
	while test -e "$SOCKET_FOLDER/.s.PGSQL.$port" || (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
		port=$((port + 1))
	done
	echo "$port"
}

create_cluster()
{
	test -f "$data/PG_VERSION" && return 0
	say "Creating a cluster in $data"
	as_user "$bin/initdb" -D "$data" >"$demo/initdb.log"
	as_user tee -a "$data/postgresql.conf" >/dev/null <<-END

		# make demo
		port = ${POSTROOM_DEMO_PORT:-$(free_port)}
		unix_socket_directories = '$SOCKET_FOLDER'
		shared_preload_libraries = 'worker_spi'
		worker_spi.total_workers = $WORKERS
		worker_spi.naptime = 1
	END
}

start_server()
{
	if as_user "$bin/pg_ctl" -D "$data" status >/dev/null; then
		say "The server is running already"
	else
		say "Starting the server"
		as_user "$bin/pg_ctl" -D "$data" -l "$demo/server.log" -w start || give_up "The server did not start."
	fi
	port=$(sed -n 4p "$data/postmaster.pid")
	user=$(as_user id -un)
	connect=(psql -X -h "$SOCKET_FOLDER" -p "$port" -U "$user" postgres)
}

# sql STATEMENT: its result as bare text. show STATEMENT: as a table.
sql()
{
	"${connect[@]}" -qAt -v ON_ERROR_STOP=1 -c "$1"
}

show()
{
	"${connect[@]}" -P pager=off -c "$1"
}

# wait_until STATEMENT: polls until it says t.
wait_until()
{
	local deadline=$((SECONDS + PATIENCE))
	until test "$(sql "$1" 2>/dev/null)" = t; do
		if test "$SECONDS" -ge "$deadline"; then
			give_up "Waited $PATIENCE s in vain for: $1"
		fi
		sleep 0.1
	done
}

show_workers()
{
	say "The workers, as psql sees them"
	show "SELECT pid, backend_type, state, query_start, left(query, 40) AS query
		  FROM pg_stat_activity WHERE backend_type LIKE 'worker_spi%' ORDER BY backend_type, pid"
}

# A worker adds the rows of type delta to the row of type total, and deletes them.
feed_worker()
{
	local table=schema$1.counted
	wait_until "SELECT count(*) = 1 FROM information_schema.tables
				WHERE table_schema = 'schema$1' AND table_name = 'counted'"
	say "Worker $1 has its table $table; three rows of type 'delta' for it"
	if test "$(sql "SELECT count(*) FROM $table WHERE type = 'total'")" = 0; then
		sql "INSERT INTO $table VALUES ('total', 0)"
	fi
	sql "INSERT INTO $table VALUES ('delta', 1), ('delta', 10), ('delta', 100)"
	show "SELECT * FROM $table"
	wait_until "SELECT count(*) = 0 FROM $table WHERE type = 'delta'"
	echo "A moment later:"
	show "SELECT * FROM $table"
}

show_how_to_go_on()
{
	local prefix=
	test "$(id -u)" != 0 || prefix="runuser -u $SYSTEM_USER -- "
	say "The server goes on running."
	echo "Connect: ${connect[*]}"
	echo "Stop:    $prefix$bin/pg_ctl -D $data stop"
	echo "Log:     $demo/server.log"
}

choose_folder
install_programs
cd "$demo"
data=$demo/data
create_cluster
start_server
wait_until "SELECT count(*) = $WORKERS FROM pg_stat_activity WHERE backend_type LIKE 'worker_spi%'"
show_workers
for worker in $(seq "$WORKERS"); do
	feed_worker "$worker"
done
show_workers
show_how_to_go_on
