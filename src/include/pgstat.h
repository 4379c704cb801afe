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
#include "utils/relcache.h"
#include "utils/wait_event.h"

PG_BEGIN_EXTERN_C

/* Publishes counts gathered since the last time; workers call it between transactions. force: even if that was just now.
 * Returns the milliseconds after which to call again, 0 when nothing is left over. */
extern long pgstat_report_stat(bool force);

/* For files of modules, relative to the data directory: kept over restarts, and not kept. */
#define PGSTAT_STAT_PERMANENT_DIRECTORY "pg_stat"
#define PG_STAT_TMP_DIR "pg_stat_tmp"

typedef int64 PgStat_Counter;

typedef struct PgStat_StatDBEntry
{
	PgStat_Counter n_xact_commit;
	PgStat_Counter n_xact_rollback;
	PgStat_Counter n_blocks_fetched;
	PgStat_Counter n_blocks_hit;
	PgStat_Counter n_tuples_returned;
	PgStat_Counter n_tuples_fetched;
	PgStat_Counter n_tuples_inserted;
	PgStat_Counter n_tuples_updated;
	PgStat_Counter n_tuples_deleted;
	TimestampTz last_autovac_time;
	PgStat_Counter n_conflict_tablespace;
	PgStat_Counter n_conflict_lock;
	PgStat_Counter n_conflict_snapshot;
	PgStat_Counter n_conflict_bufferpin;
	PgStat_Counter n_conflict_startup_deadlock;
	PgStat_Counter n_temp_files;
	PgStat_Counter n_temp_bytes;
	PgStat_Counter n_deadlocks;
	PgStat_Counter n_checksum_failures;
	TimestampTz last_checksum_failure;
	PgStat_Counter n_block_read_time;
	PgStat_Counter n_block_write_time;
	PgStat_Counter n_sessions;
	PgStat_Counter total_session_time;
	PgStat_Counter total_active_time;
	PgStat_Counter total_idle_in_xact_time;
	PgStat_Counter n_sessions_abandoned;
	PgStat_Counter n_sessions_fatal;
	PgStat_Counter n_sessions_killed;

	TimestampTz stat_reset_timestamp;
} PgStat_StatDBEntry;

/* Statistics of a database: none are gathered, so NULL. */
extern PgStat_StatDBEntry *pgstat_fetch_stat_dbentry(Oid dboid);
/* Forgets what this process has read, snapshots of processes included. */
extern void pgstat_clear_snapshot(void);

PG_END_EXTERN_C

#endif /* PGSTAT_H */
