/*
 * utils/fmgr/calls.cpp
 *		Calls of C functions by address or FmgrInfo (C API: fmgr.h).
 *
 * Backends and workers.  These run on the module's side of the wall: nothing of C++ is alive while the
 * callee runs, so whatever it raises may jump through.  Functions cannot be looked up by OID: 0A000.
 */
#include <initializer_list>
#include <string>

#include "fmgr.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"

namespace
{

constexpr int kMaxArgs = 3;

[[noreturn]] void
raise_null_result(const FmgrInfo *flinfo, PGFunction function)
{
	pg::FromC(
		[&]
		{
			if (flinfo != nullptr)
				pg::Raise(pg::Report(ERROR).msg("function %u returned NULL", flinfo->fn_oid));
			pg::Raise(pg::Report(ERROR).msg("function %p returned NULL",
											reinterpret_cast<const void *>(function)));
		});
	abort(); /* not reached */
}

Datum
call(FmgrInfo *flinfo, PGFunction function, Oid collation, std::initializer_list<Datum> args)
{
	LOCAL_FCINFO(fcinfo, kMaxArgs);
	int at = 0;

	InitFunctionCallInfoData(*fcinfo, flinfo, static_cast<short>(args.size()), collation, nullptr,
							 nullptr);
	for (Datum arg : args)
	{
		fcinfo->args[at].value = arg;
		fcinfo->args[at].isnull = false;
		at++;
	}

	/* From C++ the call passes the wall; a module's own call stays on its side. */
	const Datum result =
		pg::wall::side == pg::wall::Side::C ? function(fcinfo) : pg::ToC(function, fcinfo);

	if (fcinfo->isnull)
		raise_null_result(flinfo, function);
	return result;
}

} /* namespace */

Datum
DirectFunctionCall1Coll(PGFunction func, Oid collation, Datum arg1)
{
	return call(nullptr, func, collation, {arg1});
}

Datum
DirectFunctionCall2Coll(PGFunction func, Oid collation, Datum arg1, Datum arg2)
{
	return call(nullptr, func, collation, {arg1, arg2});
}

Datum
DirectFunctionCall3Coll(PGFunction func, Oid collation, Datum arg1, Datum arg2, Datum arg3)
{
	return call(nullptr, func, collation, {arg1, arg2, arg3});
}

Datum
FunctionCall0Coll(FmgrInfo *flinfo, Oid collation)
{
	return call(flinfo, flinfo->fn_addr, collation, {});
}

Datum
FunctionCall1Coll(FmgrInfo *flinfo, Oid collation, Datum arg1)
{
	return call(flinfo, flinfo->fn_addr, collation, {arg1});
}

Datum
FunctionCall2Coll(FmgrInfo *flinfo, Oid collation, Datum arg1, Datum arg2)
{
	return call(flinfo, flinfo->fn_addr, collation, {arg1, arg2});
}

Datum
FunctionCall3Coll(FmgrInfo *flinfo, Oid collation, Datum arg1, Datum arg2, Datum arg3)
{
	return call(flinfo, flinfo->fn_addr, collation, {arg1, arg2, arg3});
}

void
fmgr_info_cxt(Oid functionId, FmgrInfo *, MemoryContext)
{
	pg::FromC(
		[&]
		{
			pg::RaiseNotSupported("calling function " + std::to_string(functionId) +
								  " by OID from a module");
		});
}

void
fmgr_info(Oid functionId, FmgrInfo *finfo)
{
	fmgr_info_cxt(functionId, finfo, CurrentMemoryContext);
}

void
fmgr_info_copy(FmgrInfo *dstinfo, FmgrInfo *srcinfo, MemoryContext destcxt)
{
	*dstinfo = *srcinfo;
	dstinfo->fn_mcxt = destcxt;
	dstinfo->fn_extra = nullptr;
}

Datum
OidFunctionCall0Coll(Oid functionId, Oid collation)
{
	FmgrInfo flinfo{};

	fmgr_info(functionId, &flinfo);
	return FunctionCall0Coll(&flinfo, collation);
}

Datum
OidFunctionCall1Coll(Oid functionId, Oid collation, Datum arg1)
{
	FmgrInfo flinfo{};

	fmgr_info(functionId, &flinfo);
	return FunctionCall1Coll(&flinfo, collation, arg1);
}

Datum
OidFunctionCall2Coll(Oid functionId, Oid collation, Datum arg1, Datum arg2)
{
	FmgrInfo flinfo{};

	fmgr_info(functionId, &flinfo);
	return FunctionCall2Coll(&flinfo, collation, arg1, arg2);
}

Datum
OidFunctionCall3Coll(Oid functionId, Oid collation, Datum arg1, Datum arg2, Datum arg3)
{
	FmgrInfo flinfo{};

	fmgr_info(functionId, &flinfo);
	return FunctionCall3Coll(&flinfo, collation, arg1, arg2, arg3);
}

Datum
InputFunctionCall(FmgrInfo *flinfo, char *str, Oid typioparam, int32 typmod)
{
	if (str == nullptr && flinfo->fn_strict)
		return (Datum) 0;
	return FunctionCall3Coll(flinfo, InvalidOid, CStringGetDatum(str), ObjectIdGetDatum(typioparam),
							 Int32GetDatum(typmod));
}

Datum
OidInputFunctionCall(Oid functionId, char *str, Oid typioparam, int32 typmod)
{
	FmgrInfo flinfo{};

	fmgr_info(functionId, &flinfo);
	return InputFunctionCall(&flinfo, str, typioparam, typmod);
}

char *
OutputFunctionCall(FmgrInfo *flinfo, Datum val)
{
	return DatumGetCString(FunctionCall1Coll(flinfo, InvalidOid, val));
}

char *
OidOutputFunctionCall(Oid functionId, Datum val)
{
	FmgrInfo flinfo{};

	fmgr_info(functionId, &flinfo);
	return OutputFunctionCall(&flinfo, val);
}
