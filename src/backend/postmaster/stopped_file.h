/*
 * postmaster/stopped_file.h
 *		global/pg_bgworker_stopped: which static workers were stopped on purpose.
 *
 * One line for each, in the manner of rules files: "library" "function" "name" argument.  Backends rewrite the whole
 * file, one at a time and durably, before they give an order; the postmaster reads it once, before modules
 * register workers.  A worker is known by the four together; one whose module is gone does no harm.
 */
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "postmaster/bgworker.h"

namespace pg
{

/* The line of a worker, without its end. Bytes that a line cannot have are written as %XX. */
std::string StoppedLine(const BackgroundWorker &worker);

/* Postmaster, at its start: reads the file. What is no good is logged and left out. */
void LoadStoppedWorkers();
/* Postmaster: whether the file says so. */
bool IsStoppedWorker(const BackgroundWorker &worker);

/* Backend: puts the worker in or takes it out, and returns when that is on disk. Raises. */
void RememberStopped(const BackgroundWorker &worker, bool stopped);

/* The lines of such a file that are good, in order; *bad gets the numbers of the others. Pure. */
std::vector<std::string> ReadStoppedLines(std::string_view text, std::vector<int> *bad);

} /* namespace pg */
