/*
 * executor/instrument.cpp
 *		Timing of statements (executor/instrument.h).
 *
 * Any process.
 */
#include "postgres.h"

#include "executor/instrument.h"

#include "utils/error/report.h"
#include "utils/error/wall.h"

BufferUsage pgBufferUsage;
WalUsage pgWalUsage;

extern "C"
{
	Instrumentation *InstrAlloc(int n, int instrument_options, bool async_mode)
	{
		auto *made =
			static_cast<Instrumentation *>(palloc0(static_cast<Size>(n) * sizeof(Instrumentation)));

		for (int i = 0; i < n; i++)
		{
			InstrInit(&made[i], instrument_options);
			made[i].async_mode = async_mode;
		}
		return made;
	}

	void InstrInit(Instrumentation *instr, int instrument_options)
	{
		*instr = {};
		instr->need_timer = (instrument_options & INSTRUMENT_TIMER) != 0;
		instr->need_bufusage = (instrument_options & INSTRUMENT_BUFFERS) != 0;
		instr->need_walusage = (instrument_options & INSTRUMENT_WAL) != 0;
	}

	void InstrStartNode(Instrumentation *instr)
	{
		if (!instr->need_timer)
			return;
		if (!INSTR_TIME_IS_ZERO(instr->starttime))
			pg::FromC(
				[] { pg::Raise(pg::Report(ERROR).msg("InstrStartNode called twice in a row")); });
		INSTR_TIME_SET_CURRENT(instr->starttime);
	}

	void InstrStopNode(Instrumentation *instr, double nTuples)
	{
		const double before = instr->tuplecount;

		instr->tuplecount += nTuples;
		if (instr->need_timer)
		{
			instr_time end;

			if (INSTR_TIME_IS_ZERO(instr->starttime))
				pg::FromC(
					[] { pg::Raise(pg::Report(ERROR).msg("InstrStopNode called without start")); });
			INSTR_TIME_SET_CURRENT(end);
			INSTR_TIME_ACCUM_DIFF(instr->counter, end, instr->starttime);
			INSTR_TIME_SET_ZERO(instr->starttime);
		}
		if (!instr->running)
			instr->firsttuple = INSTR_TIME_GET_DOUBLE(instr->counter);
		else if (instr->async_mode && before < 1.0)
			instr->firsttuple = INSTR_TIME_GET_DOUBLE(instr->counter);
		instr->running = true;
	}

	void InstrEndLoop(Instrumentation *instr)
	{
		if (!instr->running)
			return;
		if (!INSTR_TIME_IS_ZERO(instr->starttime))
			pg::FromC([]
					  { pg::Raise(pg::Report(ERROR).msg("InstrEndLoop called on running node")); });
		instr->startup += instr->firsttuple;
		instr->total += INSTR_TIME_GET_DOUBLE(instr->counter);
		instr->ntuples += instr->tuplecount;
		instr->nloops += 1;
		instr->running = false;
		instr->firsttuple = 0;
		instr->tuplecount = 0;
		INSTR_TIME_SET_ZERO(instr->starttime);
		INSTR_TIME_SET_ZERO(instr->counter);
	}

	void BufferUsageAccumDiff(BufferUsage *dst, const BufferUsage *add, const BufferUsage *sub)
	{
		dst->shared_blks_hit += add->shared_blks_hit - sub->shared_blks_hit;
		dst->shared_blks_read += add->shared_blks_read - sub->shared_blks_read;
		dst->shared_blks_dirtied += add->shared_blks_dirtied - sub->shared_blks_dirtied;
		dst->shared_blks_written += add->shared_blks_written - sub->shared_blks_written;
		dst->local_blks_hit += add->local_blks_hit - sub->local_blks_hit;
		dst->local_blks_read += add->local_blks_read - sub->local_blks_read;
		dst->local_blks_dirtied += add->local_blks_dirtied - sub->local_blks_dirtied;
		dst->local_blks_written += add->local_blks_written - sub->local_blks_written;
		dst->temp_blks_read += add->temp_blks_read - sub->temp_blks_read;
		dst->temp_blks_written += add->temp_blks_written - sub->temp_blks_written;
	}

	void WalUsageAccumDiff(WalUsage *dst, const WalUsage *add, const WalUsage *sub)
	{
		dst->wal_records += add->wal_records - sub->wal_records;
		dst->wal_fpi += add->wal_fpi - sub->wal_fpi;
		dst->wal_bytes += add->wal_bytes - sub->wal_bytes;
	}
}
