/*
 * relscan.h
 *		Scans in progress: handles.
 */
#ifndef RELSCAN_H
#define RELSCAN_H

#include "postgres.h"

#include "access/htup.h"
#include "utils/relcache.h"

PG_BEGIN_EXTERN_C

typedef struct TableScanDescData
{
	Relation rs_rd;
	int rs_nkeys;
	struct ScanKeyData *rs_key;
} TableScanDescData;

typedef struct TableScanDescData *TableScanDesc;

PG_END_EXTERN_C

#endif /* RELSCAN_H */
