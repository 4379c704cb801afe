/*
 * pg_ctl/server_files.h
 *		What the files of a data directory tell about its server.
 */
#pragma once

#include <string>
#include <sys/types.h>
#include <vector>

/* postmaster.pid as far as it is written; empty when there is none. */
std::vector<std::string> ReadPidFile(const std::string &data_dir);

/*
 * The pid in postmaster.pid: 0 when there is no file, negative for a single-user server.  Leaves the program when the
 * directory is missing or no cluster (status 4 if `for_status`), or the file makes no sense.
 */
pid_t ReadServerPid(const std::string &data_dir, bool for_status);

/* Lives, and is neither this process nor its parent. */
bool IsAlive(pid_t pid);

/* The lines of postmaster.opts, for status. */
std::string ReadOptionsFile(const std::string &data_dir);
/* The arguments in it, quoted for a shell, without the program. */
std::string ReadServerArguments(const std::string &data_dir);

/* Path of a file in the data directory. */
std::string PathIn(const std::string &data_dir, const char *name);
