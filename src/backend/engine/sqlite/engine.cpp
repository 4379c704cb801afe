/*
 * engine.cpp
 *		The embedded engine: its entry points, and databases as files.
 *
 * install() runs in the postmaster, which opens no file; the rest in backends, workers, the startup
 * process, the checkpointer and the bootstrap.
 */
#include "engine/engine.h"

#include "checkpoint.h"
#include "errors.h"
#include "files.h"
#include "library.h"
#include "recovery.h"
#include "sequence_file.h"
#include "session.h"
#include "utils/error/report.h"

namespace pg
{

namespace sqlite
{

namespace
{

class EmbeddedEngine final : public Engine
{
public:
	void install(const EngineLibrary &given) override
	{
		ConfigureLibrary();
		library.fill(given);
	}

	std::unique_ptr<EngineSession> open(Oid oid, bool read_only) override;
	void create_database(Oid oid, Oid from) override;
	void drop_database(Oid oid) override;
	int64 database_size(Oid oid) override;
	void recover_all() override { RecoverAll(); }
	void checkpoint_all(bool at_shutdown) override { CheckpointAll(at_shutdown); }
	long checkpointer_round() override { return CheckpointerRound(); }
	void request_checkpoint(bool wait) override { RequestCheckpoint(wait); }
};

std::unique_ptr<EngineSession>
EmbeddedEngine::open(Oid oid, bool read_only)
{
	if (!FileExists(DatabasePath(oid)))
		Raise(Report(ERROR, ERRCODE_UNDEFINED_DATABASE)
				  .msg("database %u does not exist", oid)
				  .detail("The database file \"%s\" is missing.", DatabasePath(oid).c_str()));
	return std::make_unique<SqliteSession>(oid, read_only);
}

/* Page for page, from one snapshot of the source, WAL included. */
void
copy_pages(Oid from, sqlite3 *target)
{
	const Handle source = OpenFile(DatabasePath(from));

	sqlite3_backup *const backup = sqlite3_backup_init(target, "main", source.get(), "main");

	if (backup == nullptr)
		RaiseError(target, sqlite3_errcode(target));
	sqlite3_backup_step(backup, -1);
	if (const int code = sqlite3_backup_finish(backup); code != SQLITE_OK)
		RaiseError(target, code);
}

/* Fills the folder of a new database: its file, in WAL mode and wholly on disk. */
void
make_file(const std::string &path, Oid from)
{
	const Handle connection = OpenFile(path, true);

	Execute(connection.get(), "PRAGMA synchronous = OFF");
	if (from != 0)
		copy_pages(from, connection.get());
	if (QueryText(connection.get(), "PRAGMA journal_mode = WAL") != "wal")
		Raise(Report(ERROR, ERRCODE_IO_ERROR)
				  .msg("could not prepare file \"%s\" for write-ahead logging", path.c_str()));
	if (from == 0)
		Execute(connection.get(), "CREATE TABLE \"postroom.format\"(version INTEGER NOT NULL);"
								  "INSERT INTO \"postroom.format\" VALUES (1)");
	if (const int code = sqlite3_wal_checkpoint_v2(connection.get(), "main",
												   SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
		code != SQLITE_OK)
		RaiseError(connection.get(), code);
}

/*
 * The file is built in a folder of its own that is renamed when all is on disk, so that a database is
 * whole or absent.  (The folder of the shared catalogs is there before: the bootstrap made it.)
 */
void
EmbeddedEngine::create_database(Oid oid, Oid from)
{
	const std::string folder = oid == 0 ? DatabaseFolder(0) : NewDatabaseFolder(oid);
	const std::string path = folder + DatabasePath(oid).substr(DatabaseFolder(oid).size());

	if (FileExists(DatabasePath(oid)))
		Raise(Report(ERROR, ERRCODE_DUPLICATE_DATABASE)
				  .msg("database file \"%s\" already exists", DatabasePath(oid).c_str()));
	if (oid != 0)
		RemoveFolder(folder);
	MakeFolder(folder);
	try
	{
		make_file(path, from);
		if (from != 0)
			CopySequences(from, folder);
	}
	catch (...)
	{
		if (oid != 0)
			RemoveFolder(folder);
		throw;
	}
	SyncPath(path);
	SyncPath(folder);
	if (oid == 0)
		return;
	RenameFolder(folder, DatabaseFolder(oid));
	SyncPath(BaseFolder());
}

void
EmbeddedEngine::drop_database(Oid oid)
{
	const std::string folder = DatabaseFolder(oid);

	if (oid == 0 || !FileExists(folder))
		return;
	/* Under the other name a half-removed database is no database any more. */
	RemoveFolder(NewDatabaseFolder(oid));
	RenameFolder(folder, NewDatabaseFolder(oid));
	RemoveFolder(NewDatabaseFolder(oid));
	SyncPath(BaseFolder());
}

int64
EmbeddedEngine::database_size(Oid oid)
{
	const std::string path = DatabasePath(oid);

	return FileSize(path) + FileSize(path + "-wal") + FileSize(path + "-shm");
}

EmbeddedEngine embedded_engine;

} /* namespace */
} /* namespace sqlite */

Engine &
SqliteEngine()
{
	return sqlite::embedded_engine;
}

} /* namespace pg */
