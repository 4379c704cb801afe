/*
 * walreceiver.h
 *		What receives the log of another server.
 *
 * There is no logical decoding and no replication here: each function raises ERROR 0A000 with its name.
 */
#ifndef _WALRECEIVER_H
#define _WALRECEIVER_H

#include "postgres.h"

#include <netdb.h>
#include "access/xact.h"
#include "access/xlog.h"
#include "access/xlogdefs.h"
#include "datatype/timestamp.h"
#include "pgtime.h"
#include "port/atomics.h"
#include "replication/reorderbuffer.h"
#include "replication/walsender.h"
#include "storage/condition_variable.h"
#include "storage/latch.h"
#include "storage/spin.h"
#include "utils/rel.h"
#include "utils/tuplestore.h"

PG_BEGIN_EXTERN_C

#define MAXCONNINFO 1024
typedef enum
{
	WALRCV_STOPPED,
	WALRCV_STARTING,
	WALRCV_STREAMING,
	WALRCV_WAITING,
	WALRCV_RESTARTING,
	WALRCV_STOPPING
} WalRcvState;

typedef struct WalReceiverConn WalReceiverConn;

/* State of the receiver: always stopped. */
typedef struct
{
	pid_t pid;
	WalRcvState walRcvState;
	ConditionVariable walRcvStoppedCV;
	pg_time_t startTime;
	XLogRecPtr receiveStart;
	TimeLineID receiveStartTLI;
	XLogRecPtr flushedUpto;
	TimeLineID receivedTLI;
	XLogRecPtr latestChunkStart;
	TimestampTz lastMsgSendTime;
	TimestampTz lastMsgReceiptTime;
	XLogRecPtr latestWalEnd;
	TimestampTz latestWalEndTime;
	char conninfo[MAXCONNINFO];
	char sender_host[NI_MAXHOST];
	int sender_port;
	char slotname[NAMEDATALEN];
	bool is_temp_slot;
	bool ready_to_display;
	Latch *latch;
	slock_t mutex;
	pg_atomic_uint64 writtenUpto;
	sig_atomic_t force_reply;
} WalRcvData;

extern PGDLLIMPORT WalRcvData *WalRcv;
extern PGDLLIMPORT int wal_receiver_status_interval; /* settings */
extern PGDLLIMPORT int wal_receiver_timeout;
extern PGDLLIMPORT bool hot_standby_feedback;
#define AllowCascadeReplication() false

/* False: nothing is received. */
extern bool WalRcvStreaming(void);
extern bool WalRcvRunning(void);
/* ERROR 0A000 */
extern XLogRecPtr GetWalRcvFlushRecPtr(XLogRecPtr *latestChunkStart, TimeLineID *receiveTLI);
extern XLogRecPtr GetWalRcvWriteRecPtr(void);
extern int GetReplicationApplyDelay(void);
extern int GetReplicationTransferLatency(void);

PG_END_EXTERN_C

#endif /* _WALRECEIVER_H */
