/*
 * recovery.cpp
 *		After an unclean stop: each database that has a write-ahead log replays it and is looked at.
 *
 * Runs in the startup process, alone: no other process has a database open.  SQLite recovers a WAL by
 * itself at the first read; here it happens at once for all, and what is damaged is told before
 * anybody connects.  Every change goes through the WAL, so a database whose WAL is empty was not being
 * written, and is left alone.
 */
#include "recovery.h"

#include "checkpoint.h"
#include "errors.h"
#include "files.h"
#include "handles.h"
#include "utils/error/report.h"

namespace pg::sqlite
{

namespace
{

/* Larger files are not read whole: a killed process cannot have damaged pages, and starting must stay quick. */
constexpr int64 kQuickCheckLimit = 4 * 1024 * 1024;

void
recover_file(const std::string &path)
{
	{
		const Handle connection = OpenFile(path);

		QueryText(connection.get(), "SELECT count(*) FROM sqlite_schema");
		if (FileSize(path) <= kQuickCheckLimit)
		{
			const std::string verdict = QueryText(connection.get(), "PRAGMA quick_check(1)");

			if (verdict != "ok")
				Raise(
					Report(ERROR, ERRCODE_DATA_CORRUPTED)
						.msg("database file \"%s\" is damaged: %s", path.c_str(), verdict.c_str()));
		}
	}
	CheckpointFile(path, true);
}

} /* namespace */

void
RecoverAll()
{
	RemoveHalfMadeDatabases();
	if (HasLog(DatabasePath(0)))
		recover_file(DatabasePath(0));
	for (const Oid oid : DatabasesOnDisk())
	{
		if (!HasLog(DatabasePath(oid)))
			continue;
		/* A damaged database must not keep the others from being served; its sessions fail with XX001. */
		try
		{
			recover_file(DatabasePath(oid));
		}
		catch (const PgError &error)
		{
			Report(LOG, error.sqlstate())
				.msg("could not recover database %u: %s", oid, error.report.message.c_str())
				.emit();
		}
	}
}

} /* namespace pg::sqlite */
