/*
 * initdb/files.h
 *		The files of a fresh data directory that initdb itself writes, and putting a tree on disk.
 */
#pragma once

#include <string>

#include "options.h"

/* Makes the directory, or takes over an empty one; complains and leaves if there is something in it. */
void CreateDataDirectory(const Options &options);
void CreateSubdirectories(const Options &options);
/* postgresql.conf and pg_bgworker.conf from the samples, postgresql.auto.conf, pg_hba.conf, pg_ident.conf, PG_VERSION. */
void WriteConfiguration(const Options &options, const std::string &timezone);

/* The system's time zone, as a name; "GMT" when it has none. */
std::string FindTimezone();

/* fsync of every file and folder below path. */
void SyncTree(const std::string &path);

/* For failures: removes what CreateDataDirectory made, or what is in a directory that was there. */
void RemoveCreated();
