/*
 * standbydefs.h
 *		Records about running transactions. There is no log that has any.
 */
#ifndef STANDBYDEFS_H
#define STANDBYDEFS_H

#include "postgres.h"

#include "access/xlogdefs.h"
#include "access/xlogreader.h"
#include "lib/stringinfo.h"
#include "storage/lockdefs.h"

PG_BEGIN_EXTERN_C

#define XLOG_STANDBY_LOCK 0x00
#define XLOG_RUNNING_XACTS 0x10
#define XLOG_INVALIDATIONS 0x20
typedef struct xl_running_xacts
{
	int xcnt;
	int subxcnt;
	bool subxid_overflow;
	TransactionId nextXid;
	TransactionId oldestRunningXid;
	TransactionId latestCompletedXid;
	TransactionId xids[FLEXIBLE_ARRAY_MEMBER];
} xl_running_xacts;

PG_END_EXTERN_C

#endif /* STANDBYDEFS_H */
