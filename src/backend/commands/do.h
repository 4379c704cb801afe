/*
 * commands/do.h
 *		DO, for the table of utility statements.
 */
#pragma once

#include "commands/commands.h"

namespace pg::commands
{

Function RunDo;

} /* namespace pg::commands */
