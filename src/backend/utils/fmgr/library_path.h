/*
 * utils/fmgr/library_path.h
 *		Where a module's file is: $libdir, dynamic_library_path and the suffix; for utils/fmgr alone.
 */
#pragma once

#include <string>

namespace pg
{

/*
 * The file that `name` of a module means.  With a folder in it the name is a path, in which a leading
 * $libdir stands for the installation's; without one, dynamic_library_path is searched.  In either
 * case the suffix .so may be left out.  When nothing is there, the name itself.
 * Raises 42602 for a bad $ macro or path.
 */
std::string FindLibrary(const std::string &name);

} /* namespace pg */
