/*
 * parser/node_structs.h
 *		Parse trees in the form of nodes/parsenodes.h, for hooks.
 *
 * Made only when a module asks for one.  Backends and workers.
 */
#pragma once

#include "parser/plan.h"

#include "nodes/parsenodes.h"

namespace pg
{

/* The statement as a node with everything below it, palloc'd in CurrentMemoryContext. */
::Node *MakeStatementNode(const RawStatement &statement);

/* Whether a tree of MakeStatementNode is still as it was made. */
bool IsUnchangedNode(const ::Node *node, const RawStatement &statement);

} /* namespace pg */
