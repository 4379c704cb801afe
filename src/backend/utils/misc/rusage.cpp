/*
 * utils/misc/rusage.cpp
 *		Time and CPU that a piece of work took (C API: utils/pg_rusage.h).
 *
 * Any process.
 */
#include "utils/pg_rusage.h"

#include <cstdio>

#include "tcop/tcopprot.h"
#include "utils/error/report.h"

namespace
{

double
seconds(const timeval &from, const timeval &to)
{
	return static_cast<double>(to.tv_sec - from.tv_sec) +
		   static_cast<double>(to.tv_usec - from.tv_usec) / 1e6;
}

/* What ShowUsage counts from. */
PGRUsage usage_start;

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

void
ResetUsage(void)
{
	pg_rusage_init(&usage_start);
}

void
ShowUsage(const char *title)
{
	PGRUsage now;

	pg_rusage_init(&now);

	const rusage &from = usage_start.ru;
	const rusage &to = now.ru;

	pg::Report(LOG)
		.msg("%s", title)
		.detail("%.6f s user, %.6f s system, %.6f s elapsed; %ld kB resident at most; %ld blocks "
				"read, %ld "
				"written; %ld page faults; %ld voluntary and %ld involuntary context switches.",
				seconds(from.ru_utime, to.ru_utime), seconds(from.ru_stime, to.ru_stime),
				seconds(usage_start.tv, now.tv), to.ru_maxrss, to.ru_inblock - from.ru_inblock,
				to.ru_oublock - from.ru_oublock, to.ru_majflt - from.ru_majflt,
				to.ru_nvcsw - from.ru_nvcsw, to.ru_nivcsw - from.ru_nivcsw)
		.emit();
}
