/*
 * utils/misc/installation.h
 *		The server's own place in the file system.
 */
#pragma once

namespace pg
{

/*
 * Sets my_exec_path and pkglib_path. First thing in main(). False when the program's own file cannot
 * be found; then the folders given at build time hold.
 */
bool InitializeInstallation(const char *argv0);

/* The folder of postgresql.conf.sample and its like. */
const char *ShareDirectory();

} /* namespace pg */
