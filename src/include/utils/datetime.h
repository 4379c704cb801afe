/*
 * datetime.h
 *		Dates by their day numbers.
 */
#ifndef DATETIME_H
#define DATETIME_H

#include "postgres.h"

#include "nodes/nodes.h"
#include "utils/timestamp.h"

PG_BEGIN_EXTERN_C

#define MAXDATELEN 128
#define MAXDATEFIELDS 25
#define isleap(y) (((y) % 4) == 0 && (((y) % 100) != 0 || ((y) % 400) == 0))

/* Names, ended by NULL: "Jan", "Sunday"; days of the months of other years and of leap years. */
extern PGDLLIMPORT const char *const months[];
extern PGDLLIMPORT const char *const days[];
extern PGDLLIMPORT const int day_tab[2][13];

/* Between a date of the Gregorian calendar and its Julian day number; day of the week, 0 is Sunday. */
extern int date2j(int year, int month, int day);
extern void j2date(int jd, int *year, int *month, int *day);
extern int j2day(int jd);

/* The transaction's start in the session's zone; the second form with microseconds and the zone's seconds west of UTC. */
extern void GetCurrentDateTime(struct pg_tm *tm);
extern void GetCurrentTimeUsec(struct pg_tm *tm, fsec_t *fsec, int *tzp);

/* Text is read by the types' input functions only: ERROR 0A000. */
extern int ParseDateTime(const char *timestr, char *workbuf, size_t buflen, char **field,
						 int *ftype, int maxfields, int *numfields);
extern int DecodeDateTime(char **field, int *ftype, int nf, int *dtype, struct pg_tm *tm,
						  fsec_t *fsec, int *tzp);

PG_END_EXTERN_C

#endif /* DATETIME_H */
