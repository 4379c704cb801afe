/*
 * parser/sorted_aggregate.h
 *		pg_sorted(name, keys, count, argument, ..., key, ...): an aggregate fed in the order of its keys.
 *
 * `keys` says for each key "a" or "d" (ascending, descending), "f" or "l" (nulls first, last), the
 * collation's name, ";".  Every process with a session.
 */
#pragma once

#include <memory>

#include "engine/function.h"

namespace pg::parser
{

std::unique_ptr<AggregateState> MakeSortedAggregate();

} /* namespace pg::parser */
