/*
 * executor/call_function.cpp
 *		Calls functions of modules from SQL: values to datums, the call through the wall, and back.
 *
 * Backends and workers, inside a step of the engine.  No exception may pass the engine's frames: it is
 * the engine's adapter that carries what is raised here (engine/sqlite/functions.cpp).
 *
 * One call site of one run of a statement has one CallSite: the function looked up, its FmgrInfo and
 * two memory contexts.  What the function keeps in fn_mcxt lives as long as the run; what it
 * allocates otherwise is freed when the call is over, however it ends.  A site is never entered twice
 * at a time: a function that runs its own statement again gets another run, with sites of its own.
 */
#include "executor/call_function.h"

#include "access/transaction.h"
#include "catalog/functions.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/adt/datum.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/fmgr/loader.h"
#include "utils/mmgr/memory.h"

namespace pg
{

namespace
{

constexpr Oid kDefaultCollationOid = 100;

class CallSite final : public CallState
{
public:
	explicit CallSite(ProcPtr proc)
		: proc_(std::move(proc)), kept_(TopMemoryContext, "function"),
		  scratch_(TopMemoryContext, "function call")
	{
		const FunctionDef &def = proc_->def;

		info_.fn_addr = LoadCallable(proc_->library.c_str(), proc_->source.c_str());
		info_.fn_oid = def.oid;
		info_.fn_nargs = static_cast<short>(def.arg_count);
		info_.fn_strict = def.strict;
		info_.fn_retset = proc_->returns_set;
		info_.fn_mcxt = kept_.get();
		for (const Oid type : def.args())
			if (TypeCollation(type) != InvalidOid)
				collation_ = kDefaultCollationOid;
	}

	void run(FunctionCall &call)
	{
		LOCAL_FCINFO(fcinfo, FUNC_MAX_ARGS);

		if (info_.fn_strict && has_null(call))
			return;
		MemoryContextReset(scratch_.get());

		const MemoryContextScope scope(scratch_.get());

		InitFunctionCallInfoData(*fcinfo, &info_, info_.fn_nargs, collation_, nullptr, nullptr);
		take_arguments(call, fcinfo);

		const Datum datum = ToC(info_.fn_addr, fcinfo);

		if (!fcinfo->isnull)
		{
			std::string bytes;

			call.set_result(DatumToValue(proc_->def.result, datum, &bytes));
		}
		CurrentMemoryContext = scratch_.get();
	}

	const ProcPtr &proc() const { return proc_; }

private:
	/* Argument 0 of the engine's call is the OID. */
	bool has_null(const FunctionCall &call) const
	{
		for (int i = 1; i < call.arg_count(); i++)
			if (call.arg(i).is_null())
				return true;
		return false;
	}

	void take_arguments(const FunctionCall &call, FunctionCallInfo fcinfo) const
	{
		const std::span<const Oid> types = proc_->def.args();

		for (size_t i = 0; i < types.size(); i++)
		{
			const Value value = call.arg(static_cast<int>(i) + 1);

			fcinfo->args[i].isnull = value.is_null();
			fcinfo->args[i].value =
				value.is_null() ? static_cast<Datum>(0) : ValueToDatum(types[i], value);
		}
	}

	const ProcPtr proc_;
	const OwnedMemoryContext kept_, scratch_;
	FmgrInfo info_{};
	Oid collation_ = InvalidOid;
};

ProcPtr
proc_of(const FunctionCall &call)
{
	const Oid oid = static_cast<Oid>(call.arg(0).integer);
	ProcPtr proc = FindProc(oid);

	if (proc == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_FUNCTION)
				  .msg("cache lookup failed for function %u", oid));
	if (call.arg_count() != proc->def.arg_count + 1)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
				  .msg("function %u called with %d arguments", oid, call.arg_count() - 1));
	return proc;
}

void
call_function(FunctionCall &call)
{
	check_stack_depth();
	if (call.state() == nullptr)
		call.keep_state(std::make_unique<CallSite>(proc_of(call)));

	auto *const site = static_cast<CallSite *>(call.state());

	if (site != nullptr)
		return site->run(call);
	/* The engine found no place for it. */
	CallSite(proc_of(call)).run(call);
}

constexpr EngineFunction kFunctions[] = {
	{"pg_call", -1, true, false, call_function},
	{"pg_call_volatile", -1, false, false, call_function},
};

} /* namespace */

std::span<const EngineFunction>
ExecutorEngineFunctions()
{
	return kFunctions;
}

} /* namespace pg */
