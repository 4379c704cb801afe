/*
 * executor/routine_scope.h
 *		Whose rights and which settings count while a function runs: SECURITY DEFINER and SET.
 *
 * Backends and workers with a database, inside a transaction.
 */
#pragma once

#include "catalog/functions.h"

namespace pg
{

/*
 * While it lives, the function's owner is the current user (SECURITY DEFINER), and its settings have their
 * values.  What the function sets by plain SET stays, unless an exception ends it.  Costs nothing for a
 * function with neither.  Raises what SET raises.
 */
class RoutineScope
{
public:
	explicit RoutineScope(const ProcInfo &proc);
	~RoutineScope();
	RoutineScope(const RoutineScope &) = delete;
	RoutineScope &operator=(const RoutineScope &) = delete;

private:
	void leave(bool well);

	const bool active_;
	Oid user_ = InvalidOid;
	int security_ = 0;
	int level_ = 0; /* of settings; 0: there are none */
	int exceptions_ = 0;
};

} /* namespace pg */
