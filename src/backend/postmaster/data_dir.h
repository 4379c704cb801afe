/*
 * postmaster/data_dir.h
 *		Finds and checks the data directory and the configuration files.
 */
#pragma once

namespace pg
{

/*
 * Sets DataDir and the names of the configuration files from -D, PGDATA and the settings given on the command line, and
 * reads the files.  Complains on stderr and ends the process with status 2 when they are not to be found.
 */
void SelectDataDirectory(const char *option, const char *progname);

/* Sets DataDir to the absolute form of path. */
void SetDataDirectory(const char *path);

/* FATAL when it is missing, another user's, open to others, or of another version; sets data_directory_mode and umask. */
void CheckDataDirectory();

/* chdir; FATAL when impossible. All paths of the server are relative to it. */
void EnterDataDirectory();

/* PG_VERSION must hold ours. FATAL otherwise. */
void CheckVersionFile(const char *directory);

} /* namespace pg */
