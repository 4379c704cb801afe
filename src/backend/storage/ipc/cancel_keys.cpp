/*
 * cancel_keys.cpp
 *		Publishing and checking cancel keys (cancel_keys.h).
 *
 * Client backends publish; the backends that got a cancel request check.  No lock is taken.
 */
#include "postgres.h"

#include "storage/ipc/cancel_keys.h"

#include <atomic>
#include <csignal>
#include <new>

#include "miscadmin.h"
#include "port/os.h"
#include "storage/ipc.h"
#include "storage/ipc/shmem_size.h"
#include "storage/lmgr/proc_internals.h"
#include "utils/error/report.h"

namespace pg
{

namespace
{

/* pid in the upper half, key in the lower; 0: nobody to cancel here. */
using KeyWord = std::atomic<uint64>;
static_assert(KeyWord::is_always_lock_free);

KeyWord *keys = nullptr;

uint64
word_of(int pid, int32 key)
{
	return static_cast<uint64>(static_cast<uint32>(pid)) << 32 | static_cast<uint32>(key);
}

size_t
key_area_size()
{
	return MultiplyShmemSize(static_cast<size_t>(ProcSlotCount()), sizeof(KeyWord));
}

void
init_key_area(void *at)
{
	keys = static_cast<KeyWord *>(at); /* zeros: no keys */
}

void
withdraw_key(int, Datum slot)
{
	keys[DatumGetInt32(slot)].store(0, std::memory_order_relaxed);
}

constexpr ShmemArea kKeyAreas[] = {{"Cancel Keys", key_area_size, init_key_area}};

} /* namespace */

const std::span<const ShmemArea> kCancelKeyAreas(kKeyAreas);

int32
PublishCancelKey()
{
	int slot = MyProcSlot();
	int32 key;

	if (!pg_strong_random(&key, sizeof(key)))
		Raise(Report(FATAL, ERRCODE_INTERNAL_ERROR).msg("could not generate random cancel key"));
	on_shmem_exit(withdraw_key, Int32GetDatum(slot));
	keys[slot].store(word_of(MyProcPid, key), std::memory_order_relaxed);
	return key;
}

void
SendCancelRequest(int pid, int32 key)
{
	for (int slot = 0; slot < ProcSlotsUsed() && pid > 0; slot++)
	{
		uint64 word = keys[slot].load(std::memory_order_relaxed);

		if (word == 0 || static_cast<int>(word >> 32) != pid)
			continue;
		if (word == word_of(pid, key))
		{
			os.kill(pid, SIGINT);
			Report(DEBUG2)
				.msg("processing cancel request: sending SIGINT to process %d", pid)
				.emit();
		}
		else
			Report(LOG).msg("wrong key in cancel request for process %d", pid).emit();
		return;
	}
	Report(LOG).msg("PID %d in cancel request did not match any process", pid).emit();
}

} /* namespace pg */
