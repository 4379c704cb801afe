/*
 * pg_rusage.h
 *		Measuring the resources that a piece of work takes.
 */
#ifndef PG_RUSAGE_H
#define PG_RUSAGE_H

#include "postgres.h"

#include <sys/resource.h>
#include <sys/time.h>

PG_BEGIN_EXTERN_C

typedef struct PGRUsage
{
	struct timeval tv;
	struct rusage ru;
} PGRUsage;

/* Notes the state of now. Any process. */
extern void pg_rusage_init(PGRUsage *ru0);
/* "CPU: user: ... s, system: ... s, elapsed: ... s" since then, in a static buffer. */
extern const char *pg_rusage_show(const PGRUsage *ru0);

PG_END_EXTERN_C

#endif /* PG_RUSAGE_H */
