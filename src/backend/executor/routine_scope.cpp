/*
 * executor/routine_scope.cpp
 *		SECURITY DEFINER and SET of functions and procedures, for the time of a call.
 *
 * Backends and workers with a database, inside a transaction.
 */
#include "executor/routine_scope.h"

#include <exception>

#include "miscadmin.h"
#include "utils/adt/interpreted_call.h"
#include "utils/error/wall.h"
#include "utils/guc.h"
#include "utils/misc/guc_internals.h"

namespace pg
{
namespace
{

void
apply(const ArrayElements &config)
{
	const GucContext context = superuser() ? PGC_SUSET : PGC_USERSET;

	for (const std::optional<std::string> &setting : config)
	{
		const size_t equals = setting->find('=');

		set_config_option(setting->substr(0, equals).c_str(), setting->c_str() + equals + 1,
						  context, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	}
}

} /* namespace */

RoutineScope::RoutineScope(const ProcInfo &proc) : active_(proc.has_scope())
{
	if (!active_)
		return;
	exceptions_ = std::uncaught_exceptions();
	GetUserIdAndSecContext(&user_, &security_);
	if (proc.security_definer)
		SetUserIdAndSecContext(proc.owner, security_ | SECURITY_LOCAL_USERID_CHANGE);
	if (proc.config.empty())
		return;
	level_ = NewSettingsNestLevel();
	try
	{
		apply(proc.config);
	}
	catch (...)
	{
		leave(false);
		throw;
	}
}

RoutineScope::~RoutineScope()
{
	if (active_)
		leave(std::uncaught_exceptions() == exceptions_);
}

void
RoutineScope::leave(bool well)
{
	if (level_ != 0)
		AtEndOfTransactionSettings(well, level_);
	SetUserIdAndSecContext(user_, security_);
}

Datum
CallInScopeByOid(FunctionCallInfo fcinfo)
{
	return FromC(
		[&]
		{
			const ProcPtr proc = ProcOf(fcinfo->flinfo->fn_oid);
			const PGFunction function = CompiledFunction(*proc);
			const RoutineScope scope(*proc);

			return ToC(function, fcinfo);
		});
}

} /* namespace pg */
