/*
 * commands/describe_plan.h
 *		A plan as text, for EXPLAIN and for modules.
 */
#pragma once

#include <functional>
#include <string>

#include "parser/plan.h"

namespace pg::commands
{

using LineTaker = std::function<void(const std::string &line)>;

/* What the engine intends to do, line by line, without line ends. */
void DescribePlan(const Plan &plan, const LineTaker &take);

} /* namespace pg::commands */
