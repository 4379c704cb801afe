/*
 * utils/fmgr/loader.h
 *		Loading modules: shared_preload_libraries, session libraries, and functions by name.
 *
 * A module is opened once per process, its magic block checked, its _PG_init called through the wall.
 */
#pragma once

#include "fmgr.h"

namespace pg
{

/* Postmaster, once, before shared memory is made: loads shared_preload_libraries in order. FATAL when one fails. */
void LoadSharedPreloadLibraries();

/* Client backends, once connected: session_preload_libraries, then local_preload_libraries. */
void LoadSessionPreloadLibraries();

/*
 * Loads a module: the statement LOAD, and preloading.  restricted: only files right below
 * $libdir/plugins (42501 otherwise).  No-op when it is loaded.
 */
void LoadLibrary(const char *name, bool restricted = false);

/* Whether this is code of the module whose _PG_init runs at this moment. */
bool IsCodeOfStartingModule(const void *address);

/*
 * The function `function` of module `library` ($libdir and dynamic_library_path as in PostgreSQL), loading it if need be.
 * Raises 42883 'could not find function "%s" in file "%s"', the file's code 'could not access file "%s": %m', XX000.
 */
void *LoadExternalFunction(const char *library, const char *function);

/*
 * Looks the function up if its module is loaded, so that the children of this process need not, and does nothing else.
 * library as it will be asked for.
 */
void FindFunctionAhead(const char *library, const char *function);

/*
 * The same for a function that SQL may call: its module must have said PG_FUNCTION_INFO_V1 of it, else 42883 'could not find
 * function information for function "%s"'.
 */
PGFunction LoadCallable(const char *library, const char *function);

} /* namespace pg */
