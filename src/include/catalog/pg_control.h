/*
 * pg_control.h
 *		The control file as PostgreSQL writes it. The file here has another form, so nothing is read into these structs.
 */
#ifndef PG_CONTROL_H
#define PG_CONTROL_H

#include "postgres.h"

#include "access/transam.h"
#include "access/xlogdefs.h"
#include "pgtime.h"
#include "port/pg_bswap.h"

PG_BEGIN_EXTERN_C

#define PG_CONTROL_VERSION 1300
#define MOCK_AUTH_NONCE_LEN 32
#define PG_CONTROL_MAX_SAFE_SIZE 512
#define PG_CONTROL_FILE_SIZE 8192
#define FLOATFORMAT_VALUE 1234567.0

typedef struct CheckPoint
{
	XLogRecPtr redo;
	TimeLineID ThisTimeLineID;
	TimeLineID PrevTimeLineID;
	bool fullPageWrites;
	FullTransactionId nextXid;
	Oid nextOid;
	MultiXactId nextMulti;
	MultiXactOffset nextMultiOffset;
	TransactionId oldestXid;
	Oid oldestXidDB;
	MultiXactId oldestMulti;
	Oid oldestMultiDB;
	pg_time_t time;
	TransactionId oldestCommitTsXid;
	TransactionId newestCommitTsXid;
	TransactionId oldestActiveXid;
} CheckPoint;

#define XLOG_CHECKPOINT_SHUTDOWN 0x00
#define XLOG_CHECKPOINT_ONLINE 0x10
#define XLOG_NOOP 0x20
#define XLOG_NEXTOID 0x30
#define XLOG_SWITCH 0x40
#define XLOG_BACKUP_END 0x50
#define XLOG_PARAMETER_CHANGE 0x60
#define XLOG_RESTORE_POINT 0x70
#define XLOG_FPW_CHANGE 0x80
#define XLOG_END_OF_RECOVERY 0x90
#define XLOG_FPI_FOR_HINT 0xA0
#define XLOG_FPI 0xB0
#define XLOG_OVERWRITE_CONTRECORD 0xD0

typedef enum DBState
{
	DB_STARTUP = 0,
	DB_SHUTDOWNED,
	DB_SHUTDOWNED_IN_RECOVERY,
	DB_SHUTDOWNING,
	DB_IN_CRASH_RECOVERY,
	DB_IN_ARCHIVE_RECOVERY,
	DB_IN_PRODUCTION
} DBState;

typedef struct ControlFileData
{
	uint64 system_identifier;
	uint32 pg_control_version;
	uint32 catalog_version_no;
	DBState state;
	pg_time_t time;
	XLogRecPtr checkPoint;
	CheckPoint checkPointCopy;
	XLogRecPtr unloggedLSN;
	XLogRecPtr minRecoveryPoint;
	TimeLineID minRecoveryPointTLI;
	XLogRecPtr backupStartPoint;
	XLogRecPtr backupEndPoint;
	bool backupEndRequired;
	int wal_level;
	bool wal_log_hints;
	int MaxConnections;
	int max_worker_processes;
	int max_wal_senders;
	int max_prepared_xacts;
	int max_locks_per_xact;
	bool track_commit_timestamp;
	uint32 maxAlign;
	double floatFormat;
#define FLOATFORMAT_VALUE 1234567.0
	uint32 blcksz;
	uint32 relseg_size;
	uint32 xlog_blcksz;
	uint32 xlog_seg_size;
	uint32 nameDataLen;
	uint32 indexMaxKeys;
	uint32 toast_max_chunk_size;
	uint32 loblksize;
	bool float8ByVal;
	uint32 data_checksum_version;
	char mock_authentication_nonce[MOCK_AUTH_NONCE_LEN];
	uint32 crc;
} ControlFileData;

PG_END_EXTERN_C

#endif /* PG_CONTROL_H */
