/*
 * session.h
 *		A session on one database: its connection, its snapshot, its transaction.
 *
 * Rules of the connection:
 *	 S1	It is opened when a statement is first prepared; the shared catalogs are attached when a
 *		statement first names them.
 *	 S2	Outside a block of ours (`open_` is None) the library is in autocommit: a statement takes and
 *		drops its own snapshot, and one that names no table takes none.
 *	 S3	From the second reading statement of a transaction on, the library's BEGIN keeps the snapshot
 *		("pinned"), because taking one costs five times what a read by key costs.  A pinned read
 *		committed snapshot is renewed before the next statement if any commit was counted since it
 *		was taken (CommitSlot::cs_committed is read before the snapshot, so it can only be too old).
 *	 S4	A writing transaction holds the write lock of its database from before BEGIN until after
 *		COMMIT or ROLLBACK.  Who writes the shared catalogs also holds write lock 0, always taken
 *		second.
 *	 S5	While a statement runs, its snapshot cannot be renewed: nested statements see the same one.
 */
#pragma once

#include <vector>

#include "commit.h"
#include "engine/engine.h"
#include "handles.h"
#include "sequence_file.h"

namespace pg::sqlite
{

class SqliteStatement;

/* What the statements being compiled touch, as the library's authorizer reports it. */
struct Touched
{
	bool tables = false;
	bool writes_shared = false;
};

class SqliteSession final : public EngineSession
{
public:
	SqliteSession(Oid oid, bool read_only);
	~SqliteSession() override;
	SqliteSession(const SqliteSession &) = delete;
	SqliteSession &operator=(const SqliteSession &) = delete;

	std::unique_ptr<EngineStatement> prepare(std::string_view sql) override;
	void execute(const char *sql) override;
	void begin(SnapshotMode mode, bool read_only) override;
	void ensure_write() override;
	bool is_writing() const override { return open_ == Open::Writing; }
	void commit() override;
	void rollback() noexcept override;
	void savepoint(int level) override;
	void rollback_to(int level) override;
	void release(int level) override;
	RowBuffers &row_buffers() override { return buffers_; }
	SequenceStore &sequences() override { return sequences_; }
	void sync_visible() override;
	void release_idle() noexcept override;
	void edit_schema(bool on) override;
	void interrupt() noexcept override;
	Oid database() const override { return oid_; }

	/* For statements. */
	sqlite3 *connection() const { return connection_.get(); }
	/* Compiles; registers what the text needs of the library. Raises. */
	StatementHandle compile(std::string_view sql, Touched *touched, const char **tail = nullptr);
	/* After a compile or run that failed with `message`: true when something missing was registered, so that trying again makes sense. */
	bool supply_missing(std::string_view message);
	/* Before the first step of a run. Raises. */
	void before_run(const Touched &touched, bool read_only);
	void statement_started() { ++running_; }
	void statement_ended() noexcept { --running_; }
	/* After a failed step. */
	void note_failure() noexcept;

private:
	/* What of the library's transaction is open. */
	enum class Open : uint8_t
	{
		None,
		Pinned,	 /* reading, snapshot kept */
		Writing, /* the write lock is ours */
		Lost /* was Writing; the library rolled it back by itself (disk full, cancelled write) */
	};

	void open_connection();
	void run_script(const char *sql);
	void tune();
	void attach_shared();
	bool first_time(const void *what);
	bool supply_callables(std::string_view name);
	bool supply_table(std::string_view name);
	void begin_library_transaction();
	void end_library_transaction() noexcept;
	void pin();
	void take_snapshot();
	bool snapshot_is_stale() const;
	void lock_shared();
	void upgrade();
	bool try_upgrade(bool snapshot_is_old);
	void run_savepoint_command(const char *command, int level);
	void release_locks() noexcept;
	sqlite3_stmt *cached(StatementHandle *slot, const char *sql);

	static int authorize(void *self, int action, const char *, const char *, const char *schema,
						 const char *) noexcept;
	static int after_commit(void *self, sqlite3 *, const char *schema, int frames) noexcept;
	static void collation_needed(void *self, sqlite3 *connection, int, const char *name) noexcept;
	static int progress(void *self) noexcept;

	const Oid oid_;
	Handle connection_;
	StatementHandle begin_, commit_, rollback_, upgrade_, snapshot_;
	RowBuffers buffers_;
	std::vector<const void *> supplied_; /* library entries that the connection has */
	CommitLog main_log_, shared_log_;
	SequenceFile sequences_;
	bool shared_attached_ = false;
	bool tuned_ = false;
	bool synchronous_ = true; /* value of fsync that the connection was told */

	SnapshotMode mode_ = SnapshotMode::PerStatement;
	bool in_transaction_ = false;
	bool read_only_ = false;
	bool snapshot_taken_ = false; /* PerTransaction: the one that counts */
	Open open_ = Open::None;
	int reads_ = 0;	  /* reading statements of this transaction */
	int running_ = 0; /* statements between first step and reset */
	int savepoints_ = 0;
	uint64 pinned_main_ = 0, pinned_shared_ = 0;
	int main_frames_ = 0,
		shared_frames_ = 0; /* of the WAL after the last commit; 0: it wrote nothing */
	Touched touched_;
};

} /* namespace pg::sqlite */
