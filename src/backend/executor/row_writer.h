/*
 * executor/row_writer.h
 *		Writes the rows of a buffer one by one, between the triggers of their table.
 *
 * Backends and workers with a database, inside a writing transaction.
 */
#pragma once

#include "executor/run.h"
#include "executor/triggers.h"

namespace pg
{

/* The engine statements of a step, prepared at its first run. */
struct RowStatements
{
	std::unique_ptr<EngineStatement> fetch, write, conflict, conflict_write;
};

/*
 * Runs a step of role Rows; AFTER triggers are left to the queue.  parameters: the statement's.
 * Returns how many rows were written.
 */
uint64 WriteRows(const PlanStep &step, RowStatements &statements, TriggerQueue &queue,
				 std::span<const Value> parameters);

} /* namespace pg */
