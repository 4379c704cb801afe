/*
 * xlogrecord.h
 *		The form of log records.
 */
#ifndef XLOGRECORD_H
#define XLOGRECORD_H

#include "postgres.h"

#include "access/rmgr.h"
#include "access/xlogdefs.h"
#include "port/pg_bswap.h"
#include "storage/block.h"
#include "storage/relfilenode.h"

PG_BEGIN_EXTERN_C

typedef struct XLogRecord
{
	uint32 xl_tot_len;
	TransactionId xl_xid;
	XLogRecPtr xl_prev;
	uint8 xl_info;
	RmgrId xl_rmid;
	uint32 xl_crc;
} XLogRecord;

#define SizeOfXLogRecord (offsetof(XLogRecord, xl_crc) + sizeof(uint32))
#define XLR_INFO_MASK 0x0F
#define XLR_RMGR_INFO_MASK 0xF0
#define XLR_SPECIAL_REL_UPDATE 0x01
#define XLR_CHECK_CONSISTENCY 0x02

PG_END_EXTERN_C

#endif /* XLOGRECORD_H */
