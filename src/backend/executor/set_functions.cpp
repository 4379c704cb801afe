/*
 * executor/set_functions.cpp
 *		What functions that return a set one value per call keep from call to call (C API: funcapi.h).
 *
 * Backends and workers, on the module's side of the wall.
 */
#include "funcapi.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/memutils.h"

using namespace pg;

FuncCallContext *
init_MultiFuncCall(PG_FUNCTION_ARGS)
{
	return FromC(
		[&]
		{
			if (fcinfo->resultinfo == nullptr ||
				!IsA(reinterpret_cast<Node *>(fcinfo->resultinfo), ReturnSetInfo))
				Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
						  .msg("set-valued function called in context that cannot accept a set"));
			if (fcinfo->flinfo->fn_extra != nullptr)
				Raise(Report(ERROR).msg("init_MultiFuncCall cannot be called more than once"));

			MemoryContext context = AllocSetContextCreate(
				fcinfo->flinfo->fn_mcxt, "SRF multi-call context", ALLOCSET_SMALL_SIZES);
			auto *kept = static_cast<FuncCallContext *>(
				MemoryContextAllocZero(context, sizeof(FuncCallContext)));

			kept->multi_call_memory_ctx = context;
			fcinfo->flinfo->fn_extra = kept;
			return kept;
		});
}

FuncCallContext *
per_MultiFuncCall(PG_FUNCTION_ARGS)
{
	return static_cast<FuncCallContext *>(fcinfo->flinfo->fn_extra);
}

void
end_MultiFuncCall(PG_FUNCTION_ARGS, FuncCallContext *funcctx)
{
	fcinfo->flinfo->fn_extra = nullptr;
	MemoryContextDelete(funcctx->multi_call_memory_ctx);
}
