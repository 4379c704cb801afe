/*
 * utils/adt/fmgr_lookup.cpp
 *		What the OID of a function stands for in C, and input that reports bad text softly (C API: fmgr.h).
 *
 * Backends and workers.  Built-in functions are found in any of them, those of CREATE FUNCTION with a
 * database and in a transaction.
 */
#include <new>

#include "catalog/functions.h"
#include "fmgr.h"
#include "nodes/miscnodes.h"
#include "utils/adt/builtin_calls.h"
#include "utils/adt/interpreted_call.h"
#include "utils/error/wall.h"
#include "utils/fmgr/fmgr_events.h"
#include "utils/fmgr/loader.h"

namespace pg
{

namespace
{

void
describe(const FunctionDef &def, FmgrInfo *finfo)
{
	finfo->fn_nargs = static_cast<short>(def.arg_count);
	finfo->fn_strict = def.strict;
	finfo->fn_retset = def.kind == FunctionKind::TableSource;
}

/* False when it is none of ours. */
bool
find_builtin(Oid oid, FmgrInfo *finfo)
{
	const BuiltinName *const name = FindBuiltin(oid);
	const FunctionDef *const def = FindFunction(oid);
	const TypeRole role = FindTypeFunction(oid).role;

	if (name == nullptr && def == nullptr)
		return false;
	finfo->fn_addr = name != nullptr ? name->function : CallBuiltinByOid;
	finfo->fn_nargs = role == TypeRole::Input || role == TypeRole::Receive ? 3 : 1;
	finfo->fn_strict = true;
	if (def != nullptr)
		describe(*def, finfo);
	return true;
}

void
find_stored(Oid oid, FmgrInfo *finfo)
{
	const ProcPtr proc = FindProc(oid);

	if (proc == nullptr)
		Raise(
			Report(ERROR, ERRCODE_INTERNAL_ERROR).msg("cache lookup failed for function %u", oid));
	if (proc->language != kCLanguageOid && proc->language != kInternalLanguageOid)
		finfo->fn_addr = CallInterpretedByOid;
	else
		finfo->fn_addr = proc->has_scope() ? CallInScopeByOid : CompiledFunction(*proc);
	describe(proc->def, finfo);
	finfo->fn_retset = proc->returns_set;
}

/* What fn_extra of a function that fmgr_hook hears of points to. */
struct Watched
{
	FmgrInfo inner;
	FmgrEvents events;
};

/* For a scope, a call shows the inner function. */
class InnerCall
{
public:
	InnerCall(FunctionCallInfo call, FmgrInfo *inner) : call_(call), outer_(call->flinfo)
	{
		call_->flinfo = inner;
	}
	~InnerCall() { call_->flinfo = outer_; }
	InnerCall(const InnerCall &) = delete;
	InnerCall &operator=(const InnerCall &) = delete;

private:
	FunctionCallInfo call_;
	FmgrInfo *outer_;
};

Datum
call_watched(FunctionCallInfo call)
{
	FmgrInfo &outer = *call->flinfo;
	auto *watched = static_cast<Watched *>(outer.fn_extra);

	if (watched == nullptr)
	{
		watched = new (MemoryContextAlloc(outer.fn_mcxt, sizeof(Watched))) Watched{};
		watched->inner = outer;
		find_stored(outer.fn_oid, &watched->inner);
		watched->events.watch(&watched->inner);
		outer.fn_extra = watched;
	}

	const InnerCall inner(call, &watched->inner);

	return watched->events.around([&] { return ToC(watched->inner.fn_addr, call); });
}

Datum
watched_entry(FunctionCallInfo call)
{
	return FromC([&] { return call_watched(call); });
}

/* Bad text, and names that are not there: what input functions of 16 report softly. */
bool
is_soft(const PgError &error)
{
	constexpr int kClassMask = (1 << 12) - 1;
	const int kind = error.sqlstate() & kClassMask;

	return kind == MAKE_SQLSTATE('2', '2', '0', '0', '0') ||
		   kind == MAKE_SQLSTATE('4', '2', '0', '0', '0') ||
		   error.sqlstate() == ERRCODE_FEATURE_NOT_SUPPORTED;
}

/* Runs read; a soft error is kept in escontext. */
template <typename Read>
bool
read_softly(fmNodePtr escontext, Datum *result, Read read)
{
	auto *const soft = reinterpret_cast<ErrorSaveContext *>(escontext);

	if (soft == nullptr || !IsA(soft, ErrorSaveContext))
	{
		*result = read();
		return true;
	}
	try
	{
		*result = read();
		return true;
	}
	catch (const PgError &error)
	{
		if (!is_soft(error))
			throw;
		soft->error_occurred = true;
		if (soft->details_wanted)
			soft->error_data = CopyReport(error.report);
	}
	*result = 0;
	return false;
}

} /* namespace */

PGFunction
CompiledFunction(const ProcInfo &proc)
{
	if (proc.language == kCLanguageOid)
		return LoadCallable(proc.library.c_str(), proc.source.c_str());

	const BuiltinName *const builtin = FindBuiltin(std::string_view(proc.source));

	if (builtin == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_FUNCTION)
				  .msg("internal function \"%s\" is not in internal lookup table",
					   proc.source.c_str()));
	return builtin->function;
}

} /* namespace pg */

using namespace pg;

void
fmgr_info_cxt(Oid functionId, FmgrInfo *finfo, MemoryContext mcxt)
{
	FromC(
		[&]
		{
			*finfo = {};
			finfo->fn_mcxt = mcxt;
			finfo->fn_oid = functionId;
			if (find_builtin(functionId, finfo))
				return;
			find_stored(functionId, finfo);
			if (needs_fmgr_hook != nullptr && ToC(needs_fmgr_hook, functionId))
				finfo->fn_addr = watched_entry;
		});
}

void
fmgr_info(Oid functionId, FmgrInfo *finfo)
{
	fmgr_info_cxt(functionId, finfo, CurrentMemoryContext);
}

Oid
fmgr_internal_function(const char *proname)
{
	const BuiltinName *const builtin = FindBuiltin(std::string_view(proname));

	return builtin == nullptr ? InvalidOid : builtin->oids[0];
}

bool
InputFunctionCallSafe(FmgrInfo *flinfo, char *str, Oid typioparam, int32 typmod,
					  fmNodePtr escontext, Datum *result)
{
	return FromC(
		[&]
		{
			return read_softly(escontext, result,
							   [&] { return InputFunctionCall(flinfo, str, typioparam, typmod); });
		});
}

bool
DirectInputFunctionCallSafe(PGFunction func, char *str, Oid typioparam, int32 typmod,
							fmNodePtr escontext, Datum *result)
{
	FmgrInfo flinfo{};

	flinfo.fn_addr = func;
	flinfo.fn_nargs = 3;
	flinfo.fn_strict = true;
	flinfo.fn_mcxt = CurrentMemoryContext;
	return InputFunctionCallSafe(&flinfo, str, typioparam, typmod, escontext, result);
}
