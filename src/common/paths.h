/*
 * common/paths.h
 *		Where the program and its files are: an installation may be moved as a whole.
 *
 * Server and client programs.  Pure but for looking at the file system; nothing is raised or logged.
 */
#pragma once

#include <string>

namespace pg
{

/*
 * The absolute path of the running program, symbolic links resolved, from argv[0] and PATH. Empty when
 * it cannot be found.
 */
std::string FindMyExecutable(const char *argv0);

/* A program of the same folder as `my_exec`. Empty when it is not there or not executable. */
std::string FindOtherExecutable(const std::string &my_exec, const std::string &name);

/*
 * A folder given at build time (a macro of port/pg_config_paths.h) as it is now: when the program lies
 * in a folder whose end is the one it was built for, the rest moves along.
 */
std::string InstalledPath(const std::string &built_path, const std::string &my_exec);

/* Absolute form of a path, without needless parts; relative ones start at the current folder. */
std::string AbsolutePath(const std::string &path);

} /* namespace pg */
