/*
 * instrument.h
 *		What running a statement took.
 *
 * A hook that wants to know gives a QueryDesc an Instrumentation in totaltime; the executor then times its runs. Blocks and
 * WAL are not counted: there are none, and the counters stay 0.
 */
#ifndef INSTRUMENT_H
#define INSTRUMENT_H

#include "postgres.h"

#include "portability/instr_time.h"

PG_BEGIN_EXTERN_C

typedef struct BufferUsage
{
	int64 shared_blks_hit;
	int64 shared_blks_read;
	int64 shared_blks_dirtied;
	int64 shared_blks_written;
	int64 local_blks_hit;
	int64 local_blks_read;
	int64 local_blks_dirtied;
	int64 local_blks_written;
	int64 temp_blks_read;
	int64 temp_blks_written;
	instr_time blk_read_time;
	instr_time blk_write_time;
	instr_time temp_blk_read_time;
	instr_time temp_blk_write_time;
} BufferUsage;

typedef struct WalUsage
{
	int64 wal_records;
	int64 wal_fpi;
	uint64 wal_bytes;
} WalUsage;

typedef enum InstrumentOption
{
	INSTRUMENT_TIMER = 1 << 0,
	INSTRUMENT_BUFFERS = 1 << 1,
	INSTRUMENT_ROWS = 1 << 2,
	INSTRUMENT_WAL = 1 << 3,
	INSTRUMENT_ALL = PG_INT32_MAX
} InstrumentOption;

/* Times in seconds. A loop is one run from InstrStartNode to InstrEndLoop. */
typedef struct Instrumentation
{
	bool need_timer;
	bool need_bufusage;
	bool need_walusage;
	bool async_mode;
	bool running;
	instr_time starttime;
	instr_time counter; /* of the loop so far */
	double firsttuple;
	double tuplecount;
	BufferUsage bufusage_start;
	WalUsage walusage_start;
	double startup; /* sums over all loops */
	double total;
	double ntuples;
	double ntuples2;
	double nloops;
	double nfiltered1;
	double nfiltered2;
	BufferUsage bufusage;
	WalUsage walusage;
} Instrumentation;

extern PGDLLIMPORT BufferUsage pgBufferUsage;
extern PGDLLIMPORT WalUsage pgWalUsage;

/* n of them, palloc'd and zeroed. */
extern Instrumentation *InstrAlloc(int n, int instrument_options, bool async_mode);
extern void InstrInit(Instrumentation *instr, int instrument_options);
/* Around a piece of work that made nTuples rows; ERROR XX000 when they do not alternate. */
extern void InstrStartNode(Instrumentation *instr);
extern void InstrStopNode(Instrumentation *instr, double nTuples);
/* Adds the loop to the sums. */
extern void InstrEndLoop(Instrumentation *instr);
extern void BufferUsageAccumDiff(BufferUsage *dst, const BufferUsage *add, const BufferUsage *sub);
extern void WalUsageAccumDiff(WalUsage *dst, const WalUsage *add, const WalUsage *sub);

PG_END_EXTERN_C

#endif /* INSTRUMENT_H */
