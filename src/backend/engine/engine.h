/*
 * engine/engine.h
 *		The engine interface: a session on one database that prepares, runs and cancels statements.
 *
 * The rooms above speak only to this; engine/sqlite implements it.  Backends, workers, the startup
 * process and the checkpointer use it, each with handles of its own: none crosses a fork.
 * Errors: PgError with PostgreSQL's SQLSTATE where the engine knows it (23505, 23502, 23503, 23514
 * carry the engine's constraint name in Report::constraint_name for the executor to complete; 53100
 * disk full; 57014 cancelled; 25006; 40001; XX001 corrupt file).
 */
#pragma once

#include <memory>
#include <span>
#include <string>

#include "common/setting_def.h"
#include "engine/function.h"
#include "engine/row_buffers.h"
#include "engine/sequences.h"
#include "storage/ipc/shmem_internals.h"

namespace pg
{

/* A prepared statement. Not copyable; must die before its session. Survives schema changes (prepared again by itself). */
class EngineStatement
{
public:
	virtual ~EngineStatement() = default;
	virtual int parameter_count() const = 0;
	virtual int column_count() const = 0;
	/* index 0-based. The bytes must live until the next reset(). */
	virtual void bind(int index, const Value &value) = 0;
	/* Next row: true; end: false. Raises. After false or a raise only reset() is legal. */
	virtual bool step() = 0;
	/* Value of the current row; valid until the next step() or reset(). */
	virtual Value column(int i) const = 0;
	/* Rows inserted, updated or deleted by this run (directly, not by cascades). */
	virtual int64 changes() const = 0;
	virtual void reset() noexcept = 0;
	virtual bool is_read_only() const = 0;
};

/* Binds all parameters of the statement; what there is no value for is null. */
inline void
BindAll(EngineStatement &statement, std::span<const Value> values)
{
	const auto given = static_cast<int>(values.size());
	const int wanted = statement.parameter_count();

	for (int i = 0; i < wanted; i++)
		statement.bind(i, i < given ? values[static_cast<size_t>(i)] : Value::Null());
}

/* Leaves a statement ready for its next run, whatever happens in this one. */
class ResetScope
{
public:
	explicit ResetScope(EngineStatement &statement) : statement_(statement) {}
	~ResetScope() { statement_.reset(); }
	ResetScope(const ResetScope &) = delete;
	ResetScope &operator=(const ResetScope &) = delete;

private:
	EngineStatement &statement_;
};

enum class SnapshotMode : uint8_t
{
	PerStatement,  /* read committed */
	PerTransaction /* repeatable read, serializable */
};

class EngineSession
{
public:
	virtual ~EngineSession() = default;

	/* sql is in the engine's dialect, one statement. */
	virtual std::unique_ptr<EngineStatement> prepare(std::string_view sql) = 0;
	/* Runs sql (one or more statements, no parameters, rows thrown away), outside of a transaction in one of its own. */
	virtual void execute(const char *sql) = 0;

	/*
	 * Transactions. begin() records the mode only; nothing is locked and, per statement, nothing is
	 * pinned.  ensure_write() makes this a writing transaction: takes the database's write lock (may
	 * wait), begins immediately, and re-creates the savepoints set so far; 25006 in a read-only one.
	 * commit() returns after the data is durable as synchronous_commit and fsync say (group commit).
	 */
	virtual void begin(SnapshotMode mode, bool read_only) = 0;
	virtual void ensure_write() = 0;
	virtual bool is_writing() const = 0;
	virtual void commit() = 0;
	virtual void rollback() noexcept = 0;
	/* level: 1 for the outermost savepoint. */
	virtual void savepoint(int level) = 0;
	virtual void rollback_to(int level) = 0;
	virtual void release(int level) = 0;

	/* The values of the database's sequences. */
	virtual SequenceStore &sequences() = 0;
	/* What this session has seen is on disk when this returns, whoever committed it. */
	virtual void sync_visible() = 0;

	/* Rows that one statement leaves for a later one: the table function pg_rows(k). */
	virtual RowBuffers &row_buffers() = 0;

	/* The session is about to wait for its client: lets go of what a reading transaction need not keep. */
	virtual void release_idle() noexcept = 0;

	/*
	 * For DDL that the engine's dialect cannot say. While on, in a writing transaction: foreign keys
	 * are not enforced, and definitions (sqlite_schema) may be written; the writer then raises
	 * PRAGMA schema_version. Turning it off makes the session read the definitions again.
	 */
	virtual void edit_schema(bool on) = 0;

	/* Stops the running step() with 57014. Async-signal-safe. */
	virtual void interrupt() noexcept = 0;

	/* The database that was opened; 0 when only the shared catalogs were. */
	virtual Oid database() const = 0;
};

/*
 * Where databases live: base/<oid>/ under the data directory; global/ holds the shared catalogs,
 * attached to every session as schema "global" when a statement first names it.
 */
class Engine
{
public:
	virtual ~Engine() = default;
	/* The functions, collations and row sources of every session to come. Once, before any fork. */
	virtual void install(const EngineLibrary &library) = 0;
	/*
	 * A session on database `oid`, or with 0 on the shared catalogs alone. 3D000 when it is not there.
	 * The files are opened when a statement first needs them. read_only: files are never created.
	 */
	virtual std::unique_ptr<EngineSession> open(Oid oid, bool read_only) = 0;
	/*
	 * Creates an empty database file durably; `from` (or 0) is copied. oid 0 creates the file of the
	 * shared catalogs. Caller excludes writers of `from`. 42P04 when it is there already.
	 */
	virtual void create_database(Oid oid, Oid from) = 0;
	/* Removes its files durably. Caller excludes sessions on it. */
	virtual void drop_database(Oid oid) = 0;
	/* Size of its files in bytes, WAL included; 0 when it is not there. */
	virtual int64 database_size(Oid oid) = 0;
	/* Startup process: recovers every database after an unclean stop; checks what it opens. */
	virtual void recover_all() = 0;
	/* Checkpointer: moves the WAL of every database into its file and syncs. */
	virtual void checkpoint_all(bool at_shutdown) = 0;
	/*
	 * Checkpointer: syncs what commits with synchronous_commit = off left, checkpoints when the time
	 * or the size of a WAL asks for it or somebody requested it. Returns in how many milliseconds to
	 * come again, latch or not. Raises what checkpointing raises.
	 */
	virtual long checkpointer_round() = 0;
	/* Any process: CHECKPOINT. Waits until a checkpoint that began after the call is complete. */
	virtual void request_checkpoint(bool wait) = 0;
};

/* The embedded engine. */
Engine &SqliteEngine();

extern const std::span<const ShmemArea> kEngineAreas;
extern const SettingSpan kEngineSettings;

} /* namespace pg */
