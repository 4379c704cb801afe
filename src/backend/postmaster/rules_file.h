/*
 * postmaster/rules_file.h
 *		pg_bgworker.conf on disk, and the rules in force.
 *
 * The postmaster reads the file at start, before any module registers a worker, and at each reload; a bad file
 * changes nothing.  Children inherit the rules by fork.  For those that live on after a reload the text in force lies
 * in shared memory, too: the postmaster alone writes it (utils/activity/seq_locked.h), and whoever asks for
 * the rules and finds another number there than that of its own copy reads it anew.
 */
#pragma once

#include <vector>

#include "postmaster/worker_rules.h"
#include "storage/ipc/shmem_internals.h"

namespace pg
{

/*
 * Postmaster: reads the file. When it is bad each bad line is logged with file and line, and the rules in force stay;
 * then false. A file that is not there is an empty one at the start of the server, and bad later on.
 */
bool LoadWorkerRules(bool at_start);

/* The rules in force, all good. Any process. Stays valid until the next call. */
const std::vector<WorkerRule> &WorkerRulesInForce();

/*
 * What the file says now, good lines and bad ones. Any process; raises when it cannot be read.
 */
std::vector<WorkerRule> ReadWorkerRules();

extern const std::span<const ShmemArea> kWorkerRulesAreas;

} /* namespace pg */
