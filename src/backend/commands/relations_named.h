/*
 * commands/relations_named.h
 *		The relations that a SELECT, INSERT, UPDATE or DELETE names, and what it does with them.
 *
 * For hooks.  Backends and workers, inside a transaction.
 */
#pragma once

#include <vector>

#include "nodes/parsenodes.h"
#include "parser/plan.h"

namespace pg
{

struct NamedRelation
{
	RelationInfoPtr relation;
	AclMode needs = 0; /* ACL_ bits */
	bool is_target = false;
};

/* The table that is changed comes first, each relation once. Those of WITH are none. */
std::vector<NamedRelation> RelationsNamed(const RawStatement &statement);

} /* namespace pg */
