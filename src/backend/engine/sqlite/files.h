/*
 * files.h
 *		Where the engine's files lie under the data directory, and how directories are made durable.
 *
 * Physical names:
 *		global/global.sqlite		the shared catalogs
 *		base/<oid>/database.sqlite	one database
 *		...-wal, ...-shm			SQLite's write-ahead log and its index, beside each
 *		base/<oid>.new/				a database being created; renamed when it is whole
 * Nothing here opens a database or -shm file: closing any descriptor of one drops SQLite's locks.
 */
#pragma once

#include <string>
#include <vector>

#include "postgres.h"

namespace pg::sqlite
{

/* Path of a database's file; oid 0 is the shared catalogs. */
std::string DatabasePath(Oid oid);
std::string DatabaseFolder(Oid oid);
/* The folder that holds all but the shared catalogs. */
std::string BaseFolder();
/* The folder in which create_database builds `oid`. */
std::string NewDatabaseFolder(Oid oid);

bool FileExists(const std::string &path);
int64 FileSize(const std::string &path);
/* Is the database there, with something in its write-ahead log? */
bool HasLog(const std::string &database);

/* Makes a folder, if missing. Raises with PostgreSQL's words. */
void MakeFolder(const std::string &path);
/* Removes a folder and the files in it, if there; logs what it cannot. */
void RemoveFolder(const std::string &path) noexcept;
/* Syncs a folder's entries, or a file that is no database; nothing with fsync = off. PANIC when it fails. */
void SyncPath(const std::string &path);
void RenameFolder(const std::string &from, const std::string &to);

/* Databases on disk, in ascending order, without 0. */
std::vector<Oid> DatabasesOnDisk();
/* Leftovers of create_database: removes them. Startup process. */
void RemoveHalfMadeDatabases();

} /* namespace pg::sqlite */
