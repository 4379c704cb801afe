/*
 * utils/misc/rusage.cpp
 *		Time and CPU that a piece of work took (C API: utils/pg_rusage.h).
 *
 * Any process.
 */
#include "utils/pg_rusage.h"

#include <cstdio>

namespace
{

double
seconds(const timeval &from, const timeval &to)
{
	return static_cast<double>(to.tv_sec - from.tv_sec) +
		   static_cast<double>(to.tv_usec - from.tv_usec) / 1e6;
}

} /* namespace */

void
pg_rusage_init(PGRUsage *ru0)
{
	getrusage(RUSAGE_SELF, &ru0->ru);
	gettimeofday(&ru0->tv, nullptr);
}

const char *
pg_rusage_show(const PGRUsage *ru0)
{
	static char text[100];
	PGRUsage now;

	pg_rusage_init(&now);
	snprintf(text, sizeof(text), "CPU: user: %.2f s, system: %.2f s, elapsed: %.2f s",
			 seconds(ru0->ru.ru_utime, now.ru.ru_utime), seconds(ru0->ru.ru_stime, now.ru.ru_stime),
			 seconds(ru0->tv, now.tv));
	return text;
}
