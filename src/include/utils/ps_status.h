/*
 * ps_status.h
 *		The process title, as ps shows it.
 */
#ifndef PS_STATUS_H
#define PS_STATUS_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

extern PGDLLIMPORT bool update_process_title; /* setting */

/* Sets the part of the title that stays: who the process is and whom it serves. Once, when that is known. */
extern void init_ps_display(const char *fixed_part);
/* Replaces the part of the title that tells the activity. Any child of the postmaster. The form with a length is
 * PostgreSQL 18's. */
extern void set_ps_display(const char *activity);
extern void set_ps_display_with_len(const char *activity, size_t len);

/* The activity as it is shown, *displen bytes of it. */
extern const char *get_ps_display(int *displen);

/* Sources of PostgreSQL 12 and before also say whether to insist. */
#define PG_SET_PS_DISPLAY(activity, ...) (set_ps_display)(activity)
#define set_ps_display(...) PG_SET_PS_DISPLAY(__VA_ARGS__, true)

PG_END_EXTERN_C

#endif /* PS_STATUS_H */
