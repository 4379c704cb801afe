/*
 * checkpoint.h
 *		Checkpoints of the databases, and asking for one.
 */
#pragma once

#include <string>

#include "postgres.h"

namespace pg::sqlite
{

/* Moves the WAL of one file into it, as far as readers allow. truncate: nobody else uses it. Raises. */
void CheckpointFile(const std::string &path, bool truncate);
void CheckpointAll(bool at_shutdown);
/* As Engine::checkpointer_round and Engine::request_checkpoint. */
long CheckpointerRound();
void RequestCheckpoint(bool wait);

} /* namespace pg::sqlite */
