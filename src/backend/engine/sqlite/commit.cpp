/*
 * commit.cpp
 *		Group commit, and the counters and requests in shared memory.  The protocol is in commit.h.
 *
 * Runs in backends, workers and the checkpointer.  Must never open a database or -shm file.
 */
#include "commit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>

#include "engine/engine.h"
#include "files.h"
#include "miscadmin.h"
#include "port/os.h"
#include "settings.h"
#include "storage/latch.h"
#include "storage/lmgr/proc_internals.h"
#include "storage/proc.h"
#include "utils/error/report.h"
#include "utils/wait_event.h"

namespace pg::sqlite
{

namespace
{

constexpr int kSlots = 1024;
constexpr uint32 kSharedKey = 0xFFFFFFFF;
constexpr uint32 kFramesPerMegabyte = 1024 * 1024 / 4096;

/* Layout of a WAL: header, then frames of a header and a page. */
constexpr int64 kWalHeader = 32;
constexpr int64 kWalFrame = 24 + 4096;
/* Zeros ahead of the frames: how many at least, and by how many the file grows. */
constexpr int64 kLeastAhead = 64 * 1024;
constexpr size_t kWalGrowth = 1024 * 1024;

/* One process that waits for a sync (C4). Index: its process slot. */
struct Waiter
{
	std::atomic<CommitSlot *>
		cw_slot; /* null: does not wait. Shared memory lies at one address everywhere. */
	std::atomic<uint64> cw_ticket;
};

struct CommitArea
{
	CheckpointRequests ca_requests;
	CommitSlot ca_slots[kSlots];
	Waiter ca_waiters[]; /* ProcSlotCount() */
};

CommitArea *shared_area = nullptr;

size_t
area_size()
{
	return sizeof(CommitArea) + ProcSlotCount() * sizeof(Waiter);
}

/* Zeroed memory is the initial state. */
void
initialize_area(void *at)
{
	shared_area = static_cast<CommitArea *>(at);
}

/* Without shared memory (bootstrap, unit tests of one process) the counters are private. */
CommitArea &
commit_area()
{
	static CommitArea *private_area = nullptr;

	if (shared_area != nullptr && HaveSharedMemory())
		return *shared_area;
	if (private_area == nullptr)
		private_area = static_cast<CommitArea *>(calloc(1, sizeof(CommitArea)));
	return *private_area;
}

/* Slots are taken in order and never given back, so two processes cannot take two for one database. */
CommitSlot *
find_slot(Oid oid)
{
	const uint32 key = oid == 0 ? kSharedKey : oid;

	for (CommitSlot &slot : commit_area().ca_slots)
	{
		uint32 found = slot.cs_database.load(std::memory_order_acquire);

		if (found == 0 && slot.cs_database.compare_exchange_strong(found, key))
			return &slot;
		if (found == key)
			return &slot;
	}
	return nullptr;
}

void
raise_to(std::atomic<uint64> *value, uint64 target)
{
	uint64 current = value->load(std::memory_order_relaxed);

	while (current < target && !value->compare_exchange_weak(current, target))
		;
}

/* C3: one uncovered waiter first, since the next sync starts with it; then all that are covered. */
void
wake_waiters(CommitSlot *slot, uint64 synced)
{
	const int self = MyProcSlot();
	bool woke_next = false;

	if (self < 0)
		return;
	for (int pass = 0; pass < 2; pass++)
	{
		for (int i = 0; i < ProcSlotsUsed(); i++)
		{
			Waiter &waiter = commit_area().ca_waiters[i];

			/* seq_cst: partner of sleep_for. */
			if (i == self || waiter.cw_slot.load() != slot)
				continue;

			const bool covered = waiter.cw_ticket.load(std::memory_order_relaxed) <= synced;

			if (pass == 0 ? covered || woke_next : !covered)
				continue;
			woke_next |= pass == 0;
			SetLatch(&GetPGProcByNumber(i)->procLatch);
		}
	}
}

} /* namespace */

CommitLog::CommitLog(Oid oid) : oid_(oid), slot_(find_slot(oid)) {}

CommitLog::~CommitLog()
{
	if (wal_ >= 0)
		close(wal_);
}

uint64
CommitLog::commits(bool *known) const noexcept
{
	*known = slot_ != nullptr;
	return slot_ != nullptr ? slot_->cs_committed.load(std::memory_order_acquire) : 0;
}

bool
CommitLog::open_wal() noexcept
{
	if (wal_ < 0)
		wal_ = ::open((DatabasePath(oid_) + "-wal").c_str(), O_RDWR | O_CLOEXEC);
	return wal_ >= 0;
}

/* Under the write lock: nobody else writes to the WAL. What fails here only costs time later. */
void
CommitLog::reserve_space(int wal_frames) noexcept
{
	static constexpr char kZeros[64 * 1024] = {};
	const int64 needed = kWalHeader + wal_frames * kWalFrame + kLeastAhead;
	struct stat status;

	if (needed <= wal_size_ || !enableFsync || !open_wal() || fstat(wal_, &status) != 0)
		return;
	wal_size_ = status.st_size;
	if (needed <= wal_size_)
		return;
	for (size_t written = 0; written < kWalGrowth; written += sizeof(kZeros))
		if (pwrite(wal_, kZeros, sizeof(kZeros), wal_size_ + written) != sizeof(kZeros))
			return;
	wal_size_ += kWalGrowth;
}

uint64
CommitLog::count_commit(int wal_frames) noexcept
{
	const auto frames = static_cast<uint32>(wal_frames);

	reserve_space(wal_frames);

	if (slot_ == nullptr)
		return 0;
	slot_->cs_wal_frames.store(frames, std::memory_order_relaxed);

	/* The WAL started over, or grew by the limit once more since the checkpointer was asked. */
	const uint32 asked = slot_->cs_asked_frames.load(std::memory_order_relaxed);

	if (frames < asked)
		slot_->cs_asked_frames.store(0, std::memory_order_relaxed);
	else if (frames - asked >= WalFrameLimit())
	{
		slot_->cs_asked_frames.store(frames, std::memory_order_relaxed);
		Requests().cr_requested.fetch_add(1);
		WakeCheckpointer();
	}
	/* release: partner of the leader's load in lead(). */
	return slot_->cs_committed.fetch_add(1) + 1;
}

void
CommitLog::leave_to_checkpointer(uint64 ticket) noexcept
{
	/* Only the first one wakes it: it looks at all of them when wal_writer_delay is over. */
	if (slot_ != nullptr && slot_->cs_synced.load(std::memory_order_relaxed) + 1 == ticket)
		WakeCheckpointer();
}

void
CommitLog::sync()
{
	if (!enableFsync)
		return;
	pgstat_report_wait_start(WAIT_EVENT_WAL_SYNC);

	const bool synced = open_wal() && os.fdatasync(wal_) == 0;

	pgstat_report_wait_end();
	if (!synced)
		Raise(Report(PANIC, ERRCODE_IO_ERROR)
				  .msg("could not fdatasync file \"%s-wal\": %m", DatabasePath(oid_).c_str()));
}

void
CommitLog::sync_all()
{
	if (FileExists(DatabasePath(oid_) + "-wal"))
		sync();
}

/* cs_leader is ours. */
void
CommitLog::lead(uint64 ticket)
{
	if (slot_->cs_synced.load(std::memory_order_acquire) < ticket)
	{
		const uint64 target = slot_->cs_committed.load(std::memory_order_acquire);

		sync();
		raise_to(&slot_->cs_synced, target);
	}
	slot_->cs_leader.store(0); /* seq_cst: partner of sleep_for */
	wake_waiters(slot_, slot_->cs_synced.load());
}

bool
CommitLog::try_to_lead(uint64 ticket)
{
	int32 nobody = 0;

	if (!slot_->cs_leader.compare_exchange_strong(nobody, static_cast<int32>(getpid())))
		return false;
	lead(ticket);
	return true;
}

/* Until there may be news. May return early. */
void
CommitLog::sleep_for(uint64 ticket)
{
	Waiter &waiter = commit_area().ca_waiters[MyProcSlot()];

	waiter.cw_ticket.store(ticket, std::memory_order_relaxed);
	waiter.cw_slot.store(slot_); /* seq_cst: partner of lead() and wake_waiters */
	if (slot_->cs_synced.load() < ticket && slot_->cs_leader.load() != 0)
	{
		WaitLatch(MyLatch, WL_LATCH_SET | WL_EXIT_ON_PM_DEATH, -1, WAIT_EVENT_WAL_SYNC);
		ResetLatch(MyLatch);
	}
	waiter.cw_slot.store(nullptr);
}

void
CommitLog::wait_until_synced(uint64 ticket)
{
	bool slept = false;

	if (slot_ == nullptr || MyProcSlot() < 0)
	{
		const uint64 target = slot_ != nullptr ? slot_->cs_committed.load() : 0;

		sync();
		if (slot_ != nullptr)
			raise_to(&slot_->cs_synced, target);
		return;
	}
	while (slot_->cs_synced.load(std::memory_order_acquire) < ticket)
	{
		if (try_to_lead(ticket))
			break;
		sleep_for(ticket);
		slept = true;
	}
	/* The latch may have been set for somebody else's reason. */
	if (slept)
		SetLatch(MyLatch);
}

void
SyncAllCommits()
{
	for (CommitSlot &slot : commit_area().ca_slots)
	{
		const uint32 key = slot.cs_database.load(std::memory_order_acquire);
		const Oid oid = key == kSharedKey ? 0 : key;

		if (key == 0)
			break;
		if (slot.cs_synced.load() < slot.cs_committed.load() &&
			FileExists(DatabasePath(oid) + "-wal"))
			CommitLog(oid).wait_until_synced(slot.cs_committed.load());
	}
}

bool
SomethingToSync()
{
	for (const CommitSlot &slot : commit_area().ca_slots)
	{
		if (slot.cs_database.load(std::memory_order_acquire) == 0)
			break;
		if (slot.cs_synced.load() < slot.cs_committed.load())
			return true;
	}
	return false;
}

uint32
WalFrameLimit()
{
	/* Half, so that the checkpoint is done before the WAL has the full size. */
	return static_cast<uint32>(max_wal_size_mb) * kFramesPerMegabyte / 2;
}

CheckpointRequests &
Requests()
{
	return commit_area().ca_requests;
}

} /* namespace pg::sqlite */

namespace pg
{

namespace
{
constexpr ShmemArea kAreas[] = {
	{"Group commit", sqlite::area_size, sqlite::initialize_area},
};
} /* namespace */

const std::span<const ShmemArea> kEngineAreas(kAreas);

} /* namespace pg */
