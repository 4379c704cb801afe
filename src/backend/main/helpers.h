/*
 * main/helpers.h
 *		Entries of the helper processes, which need both the postmaster's table and the engine.
 */
#pragma once

#include "postmaster/child_kind.h"

namespace pg
{

/* Recovers the databases; in a standby stays until promoted. Ends with 0 when writing is possible. */
[[noreturn]] void StartupMain(const ChildStart &start);

/* Checkpoints and syncs; SIGUSR2 asks for the last checkpoint. */
[[noreturn]] void CheckpointerMain(const ChildStart &start);

/* Postmaster: global/pg_control must be there and whole. Complains on stderr (status 2) or by PANIC. */
void CheckControlFile();

/* `postgres --boot -D DIR -U NAME [-F]`: fills a fresh data directory. Returns the exit status. */
int BootstrapMain(int argc, char **argv);

} /* namespace pg */
