/*
 * isolationtester.cpp
 *		The program `isolationtester`: runs the steps of several sessions in given orders.
 *
 * Client program; pg_isolation_regress runs it.  Reads a specification (spec.h) on standard input.
 */
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "pg_config.h"
#include "runner.h"
#include "spec.h"

namespace
{

std::string
read_all(FILE *file)
{
	std::string text;
	char buffer[4096];
	size_t got;

	while ((got = fread(buffer, 1, sizeof(buffer), file)) > 0)
		text.append(buffer, got);
	return text;
}

} /* namespace */

int
main(int argc, char **argv)
{
	if (argc > 1 && (strcmp(argv[1], "-V") == 0 || strcmp(argv[1], "--version") == 0))
	{
		puts("isolationtester (PostgreSQL) " PG_VERSION_FULL);
		return 0;
	}

	/* Output and errors go to one file, in their order. */
	setvbuf(stdout, nullptr, _IOLBF, 0);
	setvbuf(stderr, nullptr, _IOLBF, 0);

	const Spec spec = ParseSpec(read_all(stdin));
	const std::string connection = argc > 1 ? argv[1] : "dbname = postgres";

	printf("Parsed test spec with %zu sessions\n", spec.sessions.size());

	Runner runner(spec, connection);

	for (const Permutation &permutation : spec.permutations)
		runner.run(permutation);
	return 0;
}
