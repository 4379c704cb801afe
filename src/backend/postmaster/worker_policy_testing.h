/*
 * postmaster/worker_policy_testing.h
 *		For unit tests of policies and of the rules that give them.
 */
#pragma once

#include <initializer_list>

#include "postmaster/worker_policy.h"

namespace pg
{

inline ExitCodes
CodesOf(std::initializer_list<int> list)
{
	ExitCodes set;

	for (const int code : list)
		set.set(static_cast<size_t>(code));
	return set;
}

} /* namespace pg */
