/*
 * utils/fmgr/calls.cpp
 *		Calls of C functions by address, FmgrInfo or OID (C API: fmgr.h).
 *
 * Backends and workers.  These run on the module's side of the wall: nothing of C++ is alive while the
 * callee runs, so whatever it raises may jump through.  What an OID stands for is fmgr_info's to find
 * (utils/adt/fmgr_lookup.cpp).
 */
#include <initializer_list>

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/fmgr/call_expr.h"

needs_fmgr_hook_type needs_fmgr_hook = nullptr;
fmgr_hook_type fmgr_hook = nullptr;

namespace
{

constexpr int kMaxArgs = 9;

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

[[noreturn]] void
raise_null_io(const char *role, const FmgrInfo *flinfo, const char *result)
{
	pg::FromC(
		[&]
		{ pg::Raise(pg::Report(ERROR).msg("%s %u returned %s", role, flinfo->fn_oid, result)); });
	abort(); /* not reached */
}

/* From C++ the call passes the wall; a module's own call stays on its side. */
Datum
invoke(PGFunction function, FunctionCallInfo fcinfo)
{
	return pg::wall::side == pg::wall::Side::C ? function(fcinfo) : pg::ToC(function, fcinfo);
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

	const Datum result = invoke(function, fcinfo);

	if (fcinfo->isnull)
		raise_null_result(flinfo, function);
	return result;
}

Datum
call_by_oid(Oid function, Oid collation, std::initializer_list<Datum> args)
{
	FmgrInfo flinfo{};

	fmgr_info(function, &flinfo);
	return call(&flinfo, flinfo.fn_addr, collation, args);
}

/* Input and receive functions: a null source gives null where the function takes one. */
Datum
call_input(const char *role, FmgrInfo *flinfo, Datum source, bool is_null, Oid typioparam,
		   int32 typmod)
{
	LOCAL_FCINFO(fcinfo, 3);

	if (is_null && flinfo->fn_strict)
		return (Datum) 0;
	InitFunctionCallInfoData(*fcinfo, flinfo, 3, InvalidOid, nullptr, nullptr);
	fcinfo->args[0] = {source, is_null};
	fcinfo->args[1] = {ObjectIdGetDatum(typioparam), false};
	fcinfo->args[2] = {Int32GetDatum(typmod), false};

	const Datum result = invoke(flinfo->fn_addr, fcinfo);

	if (fcinfo->isnull && !is_null)
		raise_null_io(role, flinfo, "NULL");
	if (!fcinfo->isnull && is_null)
		raise_null_io(role, flinfo, "non-NULL");
	return result;
}

} /* namespace */

/* ---- By number of arguments ---- */

#define PARAMETERS0
#define PARAMETERS1 , Datum arg1
#define PARAMETERS2 PARAMETERS1, Datum arg2
#define PARAMETERS3 PARAMETERS2, Datum arg3
#define PARAMETERS4 PARAMETERS3, Datum arg4
#define PARAMETERS5 PARAMETERS4, Datum arg5
#define PARAMETERS6 PARAMETERS5, Datum arg6
#define PARAMETERS7 PARAMETERS6, Datum arg7
#define PARAMETERS8 PARAMETERS7, Datum arg8
#define PARAMETERS9 PARAMETERS8, Datum arg9
#define ARGUMENTS0
#define ARGUMENTS1 arg1
#define ARGUMENTS2 ARGUMENTS1, arg2
#define ARGUMENTS3 ARGUMENTS2, arg3
#define ARGUMENTS4 ARGUMENTS3, arg4
#define ARGUMENTS5 ARGUMENTS4, arg5
#define ARGUMENTS6 ARGUMENTS5, arg6
#define ARGUMENTS7 ARGUMENTS6, arg7
#define ARGUMENTS8 ARGUMENTS7, arg8
#define ARGUMENTS9 ARGUMENTS8, arg9

#define LOOKED_UP_CALLS(n)                                                      \
	Datum FunctionCall##n##Coll(FmgrInfo *flinfo, Oid collation PARAMETERS##n)  \
	{                                                                           \
		return call(flinfo, flinfo->fn_addr, collation, {ARGUMENTS##n});        \
	}                                                                           \
	Datum OidFunctionCall##n##Coll(Oid functionId, Oid collation PARAMETERS##n) \
	{                                                                           \
		return call_by_oid(functionId, collation, {ARGUMENTS##n});              \
	}

#define DIRECT_CALL(n)                                                              \
	Datum DirectFunctionCall##n##Coll(PGFunction func, Oid collation PARAMETERS##n) \
	{                                                                               \
		return call(nullptr, func, collation, {ARGUMENTS##n});                      \
	}

LOOKED_UP_CALLS(0)
LOOKED_UP_CALLS(1)
LOOKED_UP_CALLS(2)
LOOKED_UP_CALLS(3)
LOOKED_UP_CALLS(4)
LOOKED_UP_CALLS(5)
LOOKED_UP_CALLS(6)
LOOKED_UP_CALLS(7)
LOOKED_UP_CALLS(8)
LOOKED_UP_CALLS(9)
DIRECT_CALL(1)
DIRECT_CALL(2)
DIRECT_CALL(3)
DIRECT_CALL(4)
DIRECT_CALL(5)
DIRECT_CALL(6)
DIRECT_CALL(7)
DIRECT_CALL(8)
DIRECT_CALL(9)

Datum
CallerFInfoFunctionCall1(PGFunction func, FmgrInfo *flinfo, Oid collation, Datum arg1)
{
	return call(flinfo, func, collation, {arg1});
}

Datum
CallerFInfoFunctionCall2(PGFunction func, FmgrInfo *flinfo, Oid collation, Datum arg1, Datum arg2)
{
	return call(flinfo, func, collation, {arg1, arg2});
}

/* ---- Input and output functions ---- */

Datum
InputFunctionCall(FmgrInfo *flinfo, char *str, Oid typioparam, int32 typmod)
{
	return call_input("input function", flinfo, CStringGetDatum(str), str == nullptr, typioparam,
					  typmod);
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

Datum
ReceiveFunctionCall(FmgrInfo *flinfo, StringInfo buf, Oid typioparam, int32 typmod)
{
	return call_input("receive function", flinfo, PointerGetDatum(buf), buf == nullptr, typioparam,
					  typmod);
}

Datum
OidReceiveFunctionCall(Oid functionId, StringInfo buf, Oid typioparam, int32 typmod)
{
	FmgrInfo flinfo{};

	fmgr_info(functionId, &flinfo);
	return ReceiveFunctionCall(&flinfo, buf, typioparam, typmod);
}

bytea *
SendFunctionCall(FmgrInfo *flinfo, Datum val)
{
	return DatumGetByteaP(FunctionCall1Coll(flinfo, InvalidOid, val));
}

bytea *
OidSendFunctionCall(Oid functionId, Datum val)
{
	FmgrInfo flinfo{};

	fmgr_info(functionId, &flinfo);
	return SendFunctionCall(&flinfo, val);
}

/* ---- What a function may ask about the place that calls it ---- */

Oid
get_fn_expr_rettype(FmgrInfo *flinfo)
{
	const pg::CallExpr *const expr = pg::CallExprOf(flinfo);

	return expr == nullptr ? InvalidOid : expr->result;
}

Oid
get_fn_expr_argtype(FmgrInfo *flinfo, int argnum)
{
	return flinfo == nullptr ? InvalidOid : get_call_expr_argtype(flinfo->fn_expr, argnum);
}

Oid
get_call_expr_argtype(fmNodePtr expr, int argnum)
{
	const pg::CallExpr *const call = pg::AsCallExpr(expr);

	return call == nullptr || argnum < 0 || argnum >= call->count ? InvalidOid
																  : call->arguments[argnum];
}

/* Whether the value is the same for all calls of the place: not known here, so no. */
bool
get_fn_expr_arg_stable(FmgrInfo *, int)
{
	return false;
}

bool
get_call_expr_arg_stable(fmNodePtr, int)
{
	return false;
}

bool
get_fn_expr_variadic(FmgrInfo *flinfo)
{
	const pg::CallExpr *const expr = pg::CallExprOf(flinfo);

	return expr != nullptr && expr->variadic;
}

/* Operator classes have no options here. */
bool
has_fn_opclass_options(FmgrInfo *)
{
	return false;
}

bytea *
get_fn_opclass_options(FmgrInfo *)
{
	pg::FromC(
		[]
		{
			pg::Raise(pg::Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
						  .msg("operator class options info is absent in function call context"));
		});
	abort(); /* not reached */
}

void
fmgr_info_copy(FmgrInfo *dstinfo, FmgrInfo *srcinfo, MemoryContext destcxt)
{
	*dstinfo = *srcinfo;
	dstinfo->fn_mcxt = destcxt;
	dstinfo->fn_extra = nullptr;
}
