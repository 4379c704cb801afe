/*
 * vacuum.h
 *		VACUUM and ANALYZE from C. SQLite reuses free space by itself.
 */
#ifndef VACUUM_H
#define VACUUM_H

#include "postgres.h"

#include "access/genam.h"
#include "access/htup.h"
#include "access/parallel.h"
#include "catalog/pg_class.h"
#include "catalog/pg_statistic.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "parser/parse_node.h"
#include "storage/buf.h"
#include "storage/lock.h"
#include "utils/relcache.h"

PG_BEGIN_EXTERN_C

#define VACOPT_VACUUM 0x01
#define VACOPT_ANALYZE 0x02
#define VACOPT_VERBOSE 0x04
#define VACOPT_FREEZE 0x08
#define VACOPT_FULL 0x10
#define VACOPT_SKIP_LOCKED 0x20
typedef enum VacOptValue
{
	VACOPTVALUE_UNSPECIFIED = 0,
	VACOPTVALUE_AUTO,
	VACOPTVALUE_DISABLED,
	VACOPTVALUE_ENABLED,
} VacOptValue;

typedef struct VacuumParams
{
	bits32 options;
	int freeze_min_age;
	int freeze_table_age;
	int multixact_freeze_min_age;
	int multixact_freeze_table_age;
	bool is_wraparound;
	int log_min_duration;
	VacOptValue index_cleanup;
	VacOptValue truncate;
	int nworkers;
} VacuumParams;

/* Serves interrupts; there is no cost to wait for. */
#define vacuum_delay_point(...) CHECK_FOR_INTERRUPTS()
/* ERROR 0A000 */
extern void vacuum(List *relations, VacuumParams *params, BufferAccessStrategy bstrategy,
				   bool isTopLevel);
extern void vac_open_indexes(Relation relation, LOCKMODE lockmode, int *nindexes, Relation **Irel);
extern void vac_close_indexes(int nindexes, Relation *Irel, LOCKMODE lockmode);
extern double vac_estimate_reltuples(Relation relation, BlockNumber total_pages,
									 BlockNumber scanned_pages, double scanned_tuples);
extern void vac_update_relstats(Relation relation, BlockNumber num_pages, double num_tuples,
								BlockNumber num_all_visible_pages, bool hasindex,
								TransactionId frozenxid, MultiXactId minmulti,
								bool *frozenxid_updated, bool *minmulti_updated,
								bool in_outer_xact);
extern Relation vacuum_open_relation(Oid relid, RangeVar *relation, bits32 options, bool verbose,
									 LOCKMODE lmode);
extern void analyze_rel(Oid relid, RangeVar *relation, VacuumParams *params, List *va_cols,
						bool in_outer_xact, BufferAccessStrategy bstrategy);
struct VacAttrStats;
extern bool std_typanalyze(struct VacAttrStats *stats);

PG_END_EXTERN_C

#endif /* VACUUM_H */
