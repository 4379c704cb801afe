/*
 * utils/misc/globals.cpp
 *		Variables of the public headers that belong to the server as a whole: its files, its statement.
 *
 * Every process.  Set at start by main/ and postmaster/; the statement by whoever runs one.
 */
#include "miscadmin.h"
#include "port/pg_config_paths.h"
#include "tcop/tcopprot.h"

char *DataDir = nullptr;
int data_directory_mode = 0700;
char my_exec_path[MAXPGPATH] = "";
char pkglib_path[MAXPGPATH] = PKGLIBDIR;
const char *debug_query_string = nullptr;

/* There is no buffer pool; modules may still ask for its size. */
int NBuffers = 0;
