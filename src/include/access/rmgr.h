/*
 * rmgr.h
 *		Numbers of those who write log records.
 */
#ifndef RMGR_H
#define RMGR_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef uint8 RmgrId;

typedef enum RmgrIds
{
	RM_XLOG_ID,
	RM_XACT_ID,
	RM_SMGR_ID,
	RM_CLOG_ID,
	RM_DBASE_ID,
	RM_TBLSPC_ID,
	RM_MULTIXACT_ID,
	RM_RELMAP_ID,
	RM_STANDBY_ID,
	RM_HEAP2_ID,
	RM_HEAP_ID,
	RM_BTREE_ID,
	RM_HASH_ID,
	RM_GIN_ID,
	RM_GIST_ID,
	RM_SEQ_ID,
	RM_SPGIST_ID,
	RM_BRIN_ID,
	RM_COMMIT_TS_ID,
	RM_REPLORIGIN_ID,
	RM_GENERIC_ID,
	RM_LOGICALMSG_ID,
	RM_NEXT_ID
} RmgrIds;

#define RM_MAX_ID UINT8_MAX
#define RM_MIN_CUSTOM_ID 128
#define RM_MAX_CUSTOM_ID UINT8_MAX
#define RM_EXPERIMENTAL_ID 128

PG_END_EXTERN_C

#endif /* RMGR_H */
