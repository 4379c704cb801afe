/*
 * pgtime.h
 *		Broken-down time and time zones.
 */
#ifndef _PGTIME_H
#define _PGTIME_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

/* Seconds since 1970-01-01 UTC. */
typedef int64 pg_time_t;

/* As the C library's struct tm, but tm_mon counts from 1 and tm_year is the full year where timestamps are meant. */
struct pg_tm
{
	int tm_sec;
	int tm_min;
	int tm_hour;
	int tm_mday;
	int tm_mon;
	int tm_year;
	int tm_wday;
	int tm_yday;
	int tm_isdst;
	long int tm_gmtoff; /* seconds east of UTC */
	const char *tm_zone;
};

typedef struct pg_tz pg_tz;

/* The zone of the TimeZone setting, and that of log_timezone. */
extern PGDLLIMPORT pg_tz *session_timezone;
extern PGDLLIMPORT pg_tz *log_timezone;

/* The zone of this name, cached for the life of the process; NULL when there is none. */
extern pg_tz *pg_tzset(const char *tzname);
extern const char *pg_get_timezone_name(pg_tz *tz);
/* Breaks a time down in a zone or in UTC, into a static struct; NULL when it is out of range. tm_year counts from 1900
 * and tm_mon from 0 here. */
extern struct pg_tm *pg_localtime(const pg_time_t *timep, const pg_tz *tz);
extern struct pg_tm *pg_gmtime(const pg_time_t *timep);
/* As strftime, in the C locale. */
extern size_t pg_strftime(char *s, size_t max, const char *format, const struct pg_tm *tm);

PG_END_EXTERN_C

#endif /* _PGTIME_H */
