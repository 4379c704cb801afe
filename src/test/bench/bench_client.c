/*
 * bench_client.c
 *		Connects, asks SELECT 1, disconnects, in a loop; prints one latency (us) a line.
 *
 * Usage: bench_client CONNINFO SECONDS [STATEMENT]; a failed connection prints "failed".
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <libpq-fe.h>

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static int
ask_once(const char *conninfo, const char *statement)
{
	PGconn *conn = PQconnectdb(conninfo);
	int good = PQstatus(conn) == CONNECTION_OK;

	if (good)
	{
		PGresult *result = PQexec(conn, statement);

		good = PQresultStatus(result) == PGRES_TUPLES_OK;
		PQclear(result);
	}
	PQfinish(conn);
	return good;
}

int
main(int argc, char **argv)
{
	const char *statement = argc > 3 ? argv[3] : "SELECT 1";
	double end;

	if (argc < 3)
		return 2;
	end = now() + atof(argv[2]);
	while (now() < end)
	{
		double start = now();

		if (ask_once(argv[1], statement))
			printf("%.0f\n", (now() - start) * 1e6);
		else
			printf("failed\n");
	}
	return 0;
}
