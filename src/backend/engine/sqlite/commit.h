/*
 * commit.h
 *		Group commit: many transactions become durable by one sync of the write-ahead log.
 *
 * Protocol, per database (one CommitSlot in shared memory):
 *
 *	 C1	A writer holds the database's write lock, so the transactions of a database are written to its
 *		WAL one after the other.  When the library's COMMIT returns, all frames of the transaction
 *		lie in the operating system's cache, the commit frame last, and every process sees them.
 *	 C2	Then, still under the write lock, the writer adds one to cs_committed (release).  The new
 *		value is its ticket.  Only then it gives the write lock to the next.
 *	 C3	It waits until cs_synced >= ticket and only then reports success.  Whoever finds cs_leader
 *		free takes it, reads cs_committed (acquire), syncs the WAL file, raises cs_synced to the
 *		value read, frees cs_leader, and wakes waiters: one whose ticket is not covered, to lead
 *		next, and all that are.
 *	 C4	A waiter writes its ticket into its entry of the waiter table and then looks at cs_synced and
 *		cs_leader once more before it sleeps; a leader frees cs_leader before it reads the table (both
 *		seq_cst), so no wake-up is lost.
 *
 * Why an acknowledged transaction survives a power failure:
 *	 - The sync began after cs_committed was read, and that was after all frames up to the ticket were
 *	   written (C1, C2): they are on disk, and so are those of all earlier transactions.  Frames are
 *	   chained by checksums from the start of the WAL, so recovery finds all of them, and never half of
 *	   an unfinished one: what counts ends at the last valid commit frame.
 *	 - A WAL starts over only when a checkpoint has moved all its frames into the database file.  The
 *	   checkpointer runs at synchronous = NORMAL: SQLite syncs the WAL before it writes the database
 *	   file, and the database file before the WAL may start over.  The first writer afterwards syncs the
 *	   new header before any frame overwrites an old one (also NORMAL, which all connections use), so
 *	   old and new frames never mix.  A ticket from before needs no further sync, and a sync of the
 *	   WAL file that comes too late for it does no harm.
 *	 - The WAL file is never unlinked while the server runs (SQLITE_FCNTL_PERSIST_WAL, and no checkpoint
 *	   on close), so the descriptor opened here stays the right one.
 *	 - A failed sync is PANIC: nobody knows what the kernel still has.
 * Why it survives kill -9 of any process: the frames are the kernel's since C1.  A process killed before
 * the end of its COMMIT leaves frames without a commit frame, which the next writer overwrites.
 *
 * Space: a sync that has to write down a new length of the file costs several times what a sync of
 * bytes within it costs.  So the writer, under the write lock and so alone, lengthens the WAL by zeros
 * before it is used up; recovery stops at the first of them.  A WAL that starts over is as long as
 * before.
 *
 * What others may see: a commit is visible from C1 on, that is before it is durable.
 */
#pragma once

#include <atomic>
#include <string>

#include "postgres.h"

namespace pg::sqlite
{

struct CommitSlot
{
	std::atomic<uint32> cs_database;	 /* OID, or kSharedKey; 0: slot is free. Set once. */
	std::atomic<int32> cs_leader;		 /* pid of the process that syncs, or 0 */
	std::atomic<uint64> cs_committed;	 /* transactions written (C2) */
	std::atomic<uint64> cs_synced;		 /* of these, on disk */
	std::atomic<uint32> cs_wal_frames;	 /* length of the WAL after the last commit */
	std::atomic<uint32> cs_asked_frames; /* length for which a checkpoint was last asked for */
};
static_assert(std::atomic<uint64>::is_always_lock_free);
static_assert(std::is_standard_layout_v<CommitSlot> &&
			  std::is_trivially_destructible_v<CommitSlot>);

/*
 * One session's end of the protocol for one file.  Knows the slot and owns the descriptor of the WAL.
 * Without a slot (table full) every commit syncs for itself and snapshots count as stale.
 */
class CommitLog
{
public:
	explicit CommitLog(Oid oid);
	~CommitLog();
	CommitLog(const CommitLog &) = delete;
	CommitLog &operator=(const CommitLog &) = delete;

	/* C2, under the write lock. wal_frames: length of the WAL. Returns the ticket. */
	uint64 count_commit(int wal_frames) noexcept;
	/* C3, without the write lock. PANIC when the sync fails. */
	void wait_until_synced(uint64 ticket);
	/* Syncs whatever the WAL has, counted or not. PANIC when that fails. */
	void sync_all();
	/* Instead of waiting, with synchronous_commit off. */
	void leave_to_checkpointer(uint64 ticket) noexcept;
	/* Changes whenever a commit was counted; *known is false without a slot. */
	uint64 commits(bool *known) const noexcept;

private:
	void reserve_space(int wal_frames) noexcept;
	bool open_wal() noexcept;
	void lead(uint64 ticket);
	bool try_to_lead(uint64 ticket);
	void sleep_for(uint64 ticket);
	void sync();

	const Oid oid_;
	CommitSlot *const slot_;
	int wal_ = -1;
	int64 wal_size_ = 0; /* at least this long, when last looked at */
};

/* For the checkpointer: syncs what was committed and not synced, of every database of the table. */
void SyncAllCommits();
/* Whether there is something of that kind. */
bool SomethingToSync();

/* Requests to the checkpointer. */
struct CheckpointRequests
{
	std::atomic<uint64> cr_requested; /* number of the last checkpoint asked for */
	std::atomic<uint64> cr_started;
	std::atomic<uint64> cr_done;
	std::atomic<uint64> cr_failed; /* how many failed */
};
CheckpointRequests &Requests();
/* Size in frames above which a WAL wants a checkpoint. */
uint32 WalFrameLimit();

} /* namespace pg::sqlite */
