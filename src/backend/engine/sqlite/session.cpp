/*
 * session.cpp
 *		A session on one database: opening, compiling, transactions.
 *
 * Runs in backends, workers and the bootstrap.  Must never checkpoint, and never keep a connection
 * across a fork.  The rules cited as S1 to S5 are in session.h.
 */
#include "session.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "access/xact.h"
#include "errors.h"
#include "files.h"
#include "functions.h"
#include "library.h"
#include "miscadmin.h"
#include "row_source.h"
#include "statement.h"
#include "storage/ipc/interrupts.h"
#include "storage/lmgr/proc_internals.h"
#include "storage/lmgr/write_lock.h"
#include "utils/error/report.h"

namespace pg::sqlite
{

namespace
{

/* Pages of one file that a session keeps, in kB. */
constexpr int kCacheSize = 512;
/* Virtual-machine steps between two looks at the interrupt flags. */
constexpr int kProgressSteps = 1000;
constexpr Oid kSharedLock = 0;

/* What cancel_running_statement stops. */
sqlite3 *volatile interruptible = nullptr;

void
stop_running_statement() noexcept
{
	sqlite3 *const connection = interruptible;

	if (connection != nullptr)
		sqlite3_interrupt(connection);
}

[[noreturn]] void
raise_lost()
{
	Raise(Report(ERROR, ERRCODE_TRANSACTION_ROLLBACK)
			  .msg("transaction was rolled back by the storage engine")
			  .detail("A statement that changed data was stopped half-way."));
}

[[noreturn]] void
raise_serialization_failure()
{
	Raise(Report(ERROR, ERRCODE_T_R_SERIALIZATION_FAILURE)
			  .msg("could not serialize access due to concurrent update"));
}

} /* namespace */

SqliteSession::SqliteSession(Oid oid, bool read_only)
	: oid_(oid), main_log_(oid), shared_log_(0), sequences_(oid), read_only_(read_only)
{
}

SqliteSession::~SqliteSession()
{
	rollback();
	if (interruptible == connection_.get())
		interruptible = nullptr;
}

/*
 * Opening
 */

void
SqliteSession::open_connection()
{
	if (connection_ != nullptr)
		return;

	Handle connection = oid_ == 0 ? OpenMemory() : OpenFile(DatabasePath(oid_));
	sqlite3 *const raw = connection.get();

	for (const LibraryEntry &entry : library.replacements())
		RegisterCallable(raw, entry);
	sqlite3_set_authorizer(raw, authorize, this);
	sqlite3_wal_hook(raw, after_commit, this);
	sqlite3_collation_needed(raw, this, collation_needed);
	sqlite3_progress_handler(raw, kProgressSteps, progress, this);
	connection_ = std::move(connection);
	interruptible = raw;
	cancel_running_statement = stop_running_statement;
	if (oid_ == 0)
		attach_shared();
}

/* Settings of the connection that make the library read the file: not before a statement needs it anyway. */
void
SqliteSession::tune()
{
	if (tuned_)
		return;
	tuned_ = true;

	char pragmas[80];

	snprintf(pragmas, sizeof(pragmas), "PRAGMA cache_size = -%d; PRAGMA temp_store = MEMORY",
			 kCacheSize);
	Execute(connection(), pragmas);
	SetSynchronous(connection(), "main");
	synchronous_ = enableFsync;
}

void
SqliteSession::attach_shared()
{
	int persist = 1;
	char pragmas[80];
	const StatementHandle attach = Prepare(connection(), "ATTACH ?1 AS global");
	const std::string path = DatabasePath(0);

	sqlite3_bind_text(attach.get(), 1, path.c_str(), -1, SQLITE_STATIC);
	if (const int code = Run(attach.get()); code != SQLITE_DONE)
		RaiseError(connection(), code);
	shared_attached_ = true;
	sqlite3_file_control(connection(), "global", SQLITE_FCNTL_PERSIST_WAL, &persist);
	snprintf(pragmas, sizeof(pragmas), "PRAGMA global.cache_size = -%d", kCacheSize);
	Execute(connection(), pragmas);
	if (sqlite3_get_autocommit(connection()))
		SetSynchronous(connection(), "global");
}

/*
 * Compiling
 */

int
SqliteSession::authorize(void *self, int action, const char *, const char *, const char *schema,
						 const char *) noexcept
{
	auto *session = static_cast<SqliteSession *>(self);
	const bool writes =
		action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE;

	if (action != SQLITE_SELECT && action != SQLITE_FUNCTION && action != SQLITE_RECURSIVE)
		session->touched_.tables = true;
	if (writes && schema != nullptr && strcmp(schema, "global") == 0)
		session->touched_.writes_shared = true;
	return SQLITE_OK;
}

void
SqliteSession::collation_needed(void *, sqlite3 *connection, int, const char *name) noexcept
{
	if (const EngineCollation *collation = library.collation(name))
		RegisterCollation(connection, *collation);
}

StatementHandle
SqliteSession::compile(std::string_view sql, Touched *touched, const char **tail)
{
	open_connection();
	DropKeptException();
	for (;;)
	{
		sqlite3_stmt *raw = nullptr;

		touched_ = {};

		const int code = sqlite3_prepare_v3(connection(), sql.data(), static_cast<int>(sql.size()),
											SQLITE_PREPARE_PERSISTENT, &raw, tail);
		StatementHandle statement(raw);

		if (code == SQLITE_OK)
		{
			*touched = touched_;
			if (touched_.tables && !tuned_ && sqlite3_get_autocommit(connection()))
				tune();
			return statement;
		}
		if (code != SQLITE_ERROR || !supply_missing(sqlite3_errmsg(connection())))
			RaiseError(connection(), code);
	}
}

namespace
{

/* The rest of message after prefix, without "()" at its end; empty when it does not start so. */
std::string_view
name_after(std::string_view message, std::string_view prefix)
{
	if (!message.starts_with(prefix))
		return {};
	message.remove_prefix(prefix.size());
	if (message.ends_with("()"))
		message.remove_suffix(2);
	return message;
}

} /* namespace */

bool
SqliteSession::supply_missing(std::string_view message)
{
	std::string_view table = name_after(message, "no such table: ");
	std::string_view function = name_after(message, "no such function: ");

	if (!shared_attached_ &&
		(message.starts_with("unknown database global") || table.starts_with("global.")))
	{
		attach_shared();
		return true;
	}
	if (function.empty())
		function = name_after(message, "unknown function: ");
	if (!function.empty())
		return supply_callables(function);
	if (table.starts_with("main."))
		table.remove_prefix(5);
	return !table.empty() && supply_table(table);
}

/* True the first time that something is supplied; false when it was there, so that nobody tries for ever. */
bool
SqliteSession::first_time(const void *what)
{
	if (std::find(supplied_.begin(), supplied_.end(), what) != supplied_.end())
		return false;
	supplied_.push_back(what);
	return true;
}

bool
SqliteSession::supply_callables(std::string_view name)
{
	bool supplied = false;

	for (const LibraryEntry &entry : library.callables(name))
	{
		if (!first_time(entry.body))
			continue;
		RegisterCallable(connection(), entry);
		supplied = true;
	}
	return supplied;
}

bool
SqliteSession::supply_table(std::string_view name)
{
	if (name == kRowBufferTable && first_time(&buffers_))
	{
		RegisterRowBuffers(connection(), &buffers_);
		return true;
	}

	const RowSource *const source = library.source(name);

	if (source == nullptr || !first_time(source))
		return false;
	RegisterSource(connection(), *source);
	return true;
}

std::unique_ptr<EngineStatement>
SqliteSession::prepare(std::string_view sql)
{
	Touched touched;
	StatementHandle statement = compile(sql, &touched);

	return std::make_unique<SqliteStatement>(*this, std::move(statement), touched);
}

void
SqliteSession::run_script(const char *sql)
{
	while (*sql != '\0')
	{
		Touched touched;
		const char *tail = nullptr;
		StatementHandle handle = compile(sql, &touched, &tail);

		sql = tail;
		if (handle == nullptr)
			continue;

		SqliteStatement statement(*this, std::move(handle), touched);

		while (statement.step())
			;
	}
}

void
SqliteSession::execute(const char *sql)
{
	if (in_transaction_)
	{
		run_script(sql);
		return;
	}
	begin(SnapshotMode::PerStatement, read_only_);
	try
	{
		run_script(sql);
		commit();
	}
	catch (...)
	{
		rollback();
		throw;
	}
}

/*
 * Snapshots and transactions
 */

sqlite3_stmt *
SqliteSession::cached(StatementHandle *slot, const char *sql)
{
	if (*slot == nullptr)
	{
		Touched touched;

		*slot = compile(sql, &touched);
	}
	return slot->get();
}

void
SqliteSession::begin(SnapshotMode mode, bool read_only)
{
	Assert(open_ == Open::None);
	mode_ = mode;
	read_only_ = read_only;
	in_transaction_ = true;
	snapshot_taken_ = false;
	reads_ = 0;
	savepoints_ = 0;
}

void
SqliteSession::begin_library_transaction()
{
	const int code = Run(cached(&begin_, "BEGIN"));

	if (code != SQLITE_DONE)
		RaiseError(connection(), code);
}

void
SqliteSession::end_library_transaction() noexcept
{
	/* An interrupt that came too late for its statement may stop the first attempt. */
	for (int attempt = 0; attempt < 3; attempt++)
		if (connection_ != nullptr && !sqlite3_get_autocommit(connection()))
			Run(rollback_.get());
	open_ = Open::None;
}

/* S3. The counters are read before the snapshot is taken, which happens at the first read after BEGIN. */
void
SqliteSession::pin()
{
	bool known_main, known_shared;

	cached(&rollback_, "ROLLBACK");
	pinned_main_ = main_log_.commits(&known_main);
	pinned_shared_ = shared_log_.commits(&known_shared);
	if (mode_ == SnapshotMode::PerStatement && !(known_main && known_shared))
		return;
	begin_library_transaction();
	open_ = Open::Pinned;
}

bool
SqliteSession::snapshot_is_stale() const
{
	bool known;

	return main_log_.commits(&known) != pinned_main_ ||
		   shared_log_.commits(&known) != pinned_shared_;
}

/* Fixes the snapshot of a repeatable read transaction now. */
void
SqliteSession::take_snapshot()
{
	const char *const sql = oid_ == 0 ? "SELECT version FROM global.\"postroom.format\""
									  : "SELECT version FROM main.\"postroom.format\"";
	const int code = Run(cached(&snapshot_, sql));

	if (code != SQLITE_DONE)
		RaiseError(connection(), code);
	snapshot_taken_ = true;
}

void
SqliteSession::before_run(const Touched &touched, bool read_only)
{
	DropKeptException();
	if (open_ == Open::Lost)
		raise_lost();
	if (!in_transaction_)
	{
		if (!read_only)
			Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
					  .msg("a statement that writes needs a transaction"));
		return;
	}
	if (mode_ == SnapshotMode::PerTransaction && !snapshot_taken_ && open_ != Open::Writing)
	{
		pin();
		take_snapshot();
	}
	if (!touched.tables)
		return;
	if (!read_only)
	{
		ensure_write();
		if (touched.writes_shared)
			lock_shared();
		return;
	}
	if (mode_ == SnapshotMode::PerTransaction || open_ == Open::Writing || running_ > 0)
		return;
	if (open_ == Open::Pinned && snapshot_is_stale())
		end_library_transaction();
	if (open_ == Open::None && ++reads_ >= 2)
		pin();
}

void
SqliteSession::release_idle() noexcept
{
	if (open_ == Open::Pinned && mode_ == SnapshotMode::PerStatement && running_ == 0)
	{
		end_library_transaction();
		reads_ = 0;
	}
}

/*
 * Writing
 */

namespace
{

/* The bootstrap has no process slot, and nobody to exclude. */
void
acquire_lock(Oid database)
{
	if (MyProcSlot() >= 0)
		AcquireWriteLock(database);
}

} /* namespace */

void
SqliteSession::lock_shared()
{
	if (oid_ != 0)
		acquire_lock(kSharedLock);
}

void
SqliteSession::release_locks() noexcept
{
	ReleaseWriteLock(kSharedLock);
	if (oid_ != 0)
		ReleaseWriteLock(oid_);
}

/* Makes the library take its write lock now: a change of no row. False when the snapshot turned out to be old. */
bool
SqliteSession::try_upgrade(bool snapshot_is_old)
{
	const char *const sql =
		oid_ == 0 ? "UPDATE global.\"postroom.format\" SET version = version WHERE false"
				  : "UPDATE main.\"postroom.format\" SET version = version WHERE false";

	cached(&rollback_, "ROLLBACK");
	if (!snapshot_is_old)
		begin_library_transaction();

	const int code = Run(cached(&upgrade_, sql));

	if (code == SQLITE_BUSY_SNAPSHOT || code == SQLITE_BUSY)
		return false;
	if (code != SQLITE_DONE)
		RaiseError(connection(), code);
	return true;
}

void
SqliteSession::upgrade()
{
	const bool keeps_snapshot = mode_ == SnapshotMode::PerTransaction && open_ == Open::Pinned;

	if (!keeps_snapshot)
		end_library_transaction();
	if (synchronous_ != enableFsync && !keeps_snapshot)
	{
		SetSynchronous(connection(), "main");
		if (shared_attached_)
			SetSynchronous(connection(), "global");
		synchronous_ = enableFsync;
	}
	while (!try_upgrade(keeps_snapshot))
	{
		if (keeps_snapshot || running_ > 0)
			raise_serialization_failure();
		end_library_transaction();
		CheckForInterrupts();
	}
	open_ = Open::Writing;
	for (int level = 1; level <= savepoints_; level++)
		run_savepoint_command("SAVEPOINT", level);
}

void
SqliteSession::ensure_write()
{
	if (open_ == Open::Writing)
		return;
	if (open_ == Open::Lost)
		raise_lost();
	if (read_only_)
		Raise(Report(ERROR, ERRCODE_READ_ONLY_SQL_TRANSACTION)
				  .msg("cannot execute statement in a read-only transaction"));
	open_connection();
	if (sqlite3_get_autocommit(connection()))
		tune();
	acquire_lock(oid_);
	try
	{
		upgrade();
	}
	catch (...)
	{
		if (open_ != Open::Pinned || mode_ == SnapshotMode::PerStatement)
			end_library_transaction();
		release_locks();
		throw;
	}
}

int
SqliteSession::after_commit(void *self, sqlite3 *, const char *schema, int frames) noexcept
{
	auto *session = static_cast<SqliteSession *>(self);
	const bool shared = session->oid_ != 0 && strcmp(schema, "global") == 0;

	(shared ? session->shared_frames_ : session->main_frames_) = frames;
	return SQLITE_OK;
}

namespace
{

void
finish_commit(CommitLog *log, uint64 ticket)
{
	if (synchronous_commit != SYNCHRONOUS_COMMIT_OFF)
		log->wait_until_synced(ticket);
	else
		log->leave_to_checkpointer(ticket);
}

} /* namespace */

/* The protocol of commit.h. */
void
SqliteSession::commit()
{
	if (open_ == Open::Lost)
		raise_lost();
	if (open_ == Open::Pinned)
		end_library_transaction();
	if (open_ == Open::Writing)
	{
		main_frames_ = shared_frames_ = 0;
		if (const int code = Run(cached(&commit_, "COMMIT")); code != SQLITE_DONE)
		{
			note_failure();
			RaiseError(connection(), code);
		}

		const uint64 shared_ticket = shared_frames_ ? shared_log_.count_commit(shared_frames_) : 0;
		const uint64 main_ticket = main_frames_ ? main_log_.count_commit(main_frames_) : 0;

		open_ = Open::None;
		release_locks();
		in_transaction_ = false;
		if (shared_frames_ != 0)
			finish_commit(&shared_log_, shared_ticket);
		if (main_frames_ != 0)
			finish_commit(&main_log_, main_ticket);
	}
	in_transaction_ = false;
}

/* A commit is seen before it is counted, so no ticket tells whether it is synced. */
void
SqliteSession::sync_visible()
{
	main_log_.sync_all();
}

void
SqliteSession::rollback() noexcept
{
	const bool held_locks = open_ == Open::Writing || open_ == Open::Lost;

	end_library_transaction();
	if (held_locks)
		release_locks();
	in_transaction_ = false;
	savepoints_ = 0;
}

/* After a failure: the library gives a writing transaction up when it cannot undo just the statement. */
void
SqliteSession::note_failure() noexcept
{
	if (open_ == Open::Writing && sqlite3_get_autocommit(connection()))
		open_ = Open::Lost;
}

/*
 * Savepoints
 */

void
SqliteSession::run_savepoint_command(const char *command, int level)
{
	char sql[48];

	snprintf(sql, sizeof(sql), "%s s%d", command, level);
	Execute(connection(), sql);
}

void
SqliteSession::savepoint(int level)
{
	Assert(level == savepoints_ + 1);
	if (open_ == Open::Writing)
		run_savepoint_command("SAVEPOINT", level);
	savepoints_ = level;
}

void
SqliteSession::rollback_to(int level)
{
	if (open_ == Open::Lost)
		raise_lost();
	if (open_ == Open::Writing)
		run_savepoint_command("ROLLBACK TO", level);
	savepoints_ = level;
}

void
SqliteSession::release(int level)
{
	if (open_ == Open::Writing)
		run_savepoint_command("RELEASE", level);
	savepoints_ = level - 1;
}

/*
 * Stopping
 */

int
SqliteSession::progress(void *) noexcept
{
	return ShouldStop() ? 1 : 0;
}

void
SqliteSession::edit_schema(bool on)
{
	open_connection();
	sqlite3_db_config(connection(), SQLITE_DBCONFIG_ENABLE_FKEY, on ? 0 : 1, nullptr);
	sqlite3_db_config(connection(), SQLITE_DBCONFIG_DEFENSIVE, on ? 0 : 1, nullptr);
	sqlite3_db_config(connection(), SQLITE_DBCONFIG_WRITABLE_SCHEMA, on ? 1 : 0, nullptr);
	if (on)
		return;
	/*
	 * Says again what is off by now, for its effect: the library forgets its copy of the schema.  Called by
	 * destructors, so it must not raise; an interrupt that came late may stop the first attempt.
	 */
	for (int attempt = 0; attempt < 3; attempt++)
		if (sqlite3_exec(connection(), "PRAGMA writable_schema = RESET", nullptr, nullptr,
						 nullptr) == SQLITE_OK)
			break;
}

void
SqliteSession::interrupt() noexcept
{
	if (connection_ != nullptr)
		sqlite3_interrupt(connection_.get());
}

} /* namespace pg::sqlite */
