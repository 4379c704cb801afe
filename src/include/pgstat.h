/*
 * pgstat.h
 *		Statistics: what a worker reports. Activity itself is in utils/backend_status.h.
 */
#ifndef PGSTAT_H
#define PGSTAT_H

#include "postgres.h"

#include "datatype/timestamp.h"
#include "portability/instr_time.h"
#include "utils/backend_progress.h"
#include "utils/backend_status.h"
#include "utils/wait_event.h"

PG_BEGIN_EXTERN_C

/* Publishes counts gathered since the last time; workers call it between transactions. force: even if that was just now.
 * Returns the milliseconds after which to call again, 0 when nothing is left over. */
extern long pgstat_report_stat(bool force);

PG_END_EXTERN_C

#endif /* PGSTAT_H */
