/*
 * common/install_paths.h
 *		Where the parts of an installation lie, also after it was moved as a whole.
 *
 * configure fixed the folders; what counts is where the running program lies.  Server and client programs; nothing here
 * raises or logs.
 */
#pragma once

#include <string>

namespace pg
{

/* The path of this program's file, symbolic links followed; empty when the system does not tell. */
std::string OwnProgramPath();

/*
 * `target` as configured, moved along with the program at `program`: when the program lies where PGBINDIR's last folders
 * say, the folder that both have in common is replaced. Pure.
 */
std::string MovedPath(const std::string &target, const std::string &configured_bindir,
					  const std::string &program);

/* The same for this program: MovedPath(target, PGBINDIR, OwnProgramPath()). */
std::string InstalledPath(const char *target);

/* The program of that name beside this one. */
std::string SiblingProgram(const char *name);

} /* namespace pg */
