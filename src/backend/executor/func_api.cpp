/*
 * executor/func_api.cpp
 *		What functions may ask about their result's type, and rows as values (C API: funcapi.h).
 *
 * Processes with a database connection, within a transaction.
 */
#include "funcapi.h"

#include <cstring>

#include "catalog/catalog_names.h"
#include "catalog/functions.h"
#include "catalog/objects.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type_d.h"
#include "executor/executor.h"
#include "nodes/value.h"
#include "utils/adt/row_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/fmgr/call_expr.h"
#include "utils/lsyscache.h"
#include "utils/mmgr/memory.h"
#include "utils/typcache.h"

namespace pg
{
namespace
{

/* What is known of a result, before anybody is handed a copy. */
struct ResultType
{
	TypeFuncClass kind = TYPEFUNC_OTHER;
	Oid type = InvalidOid;
	TupleDesc desc = nullptr;
};

ResultType
classify(Oid type)
{
	const TypeDef *const def = FindType(type);

	if (def == nullptr)
		return {};
	if (def->kind == 'c')
		return {TYPEFUNC_COMPOSITE, type, lookup_rowtype_tupdesc(type, -1)};
	if (type == RECORDOID)
		return {TYPEFUNC_RECORD, type, nullptr};
	if (def->kind == 'p' && type != VOIDOID && type != CSTRINGOID)
		return {TYPEFUNC_OTHER, type, nullptr};
	return {TYPEFUNC_SCALAR, type, nullptr};
}

ResultType
result_type(Oid function, const CallExpr *expr)
{
	const FunctionPtr found = FindAnyFunction(function);
	std::span<const Oid> actual;

	if (found == nullptr)
		Raise(Report(ERROR).msg("cache lookup failed for function %u", function));
	if (expr != nullptr)
		actual = {expr->arguments, static_cast<size_t>(expr->count)};
	if (const ProcPtr proc = FindProc(function); proc != nullptr && proc->def.result == RECORDOID)
		if (const RowShape shape = ResultShape(*proc, actual); !shape.empty())
			return {TYPEFUNC_COMPOSITE, RECORDOID, DescribeRecord(shape)};
	if (expr != nullptr && OidIsValid(expr->result))
		return classify(expr->result);
	return classify(BoundType(found->result, found->args(), actual));
}

TypeFuncClass
hand_out(const ResultType &result, Oid *type, TupleDesc *desc)
{
	if (type != nullptr)
		*type = result.type;
	if (desc != nullptr)
		*desc = result.desc == nullptr ? nullptr : CreateTupleDescCopy(result.desc);
	return result.kind;
}

const ReturnSetInfo *
set_info(FunctionCallInfo fcinfo)
{
	const void *const info = fcinfo->resultinfo;

	return info != nullptr && static_cast<const Node *>(info)->type == T_ReturnSetInfo
			   ? static_cast<const ReturnSetInfo *>(info)
			   : nullptr;
}

TypeFuncClass
call_result_type(FunctionCallInfo fcinfo, Oid *type, TupleDesc *desc)
{
	ResultType result = result_type(fcinfo->flinfo->fn_oid, CallExprOf(fcinfo->flinfo));
	const ReturnSetInfo *const info = set_info(fcinfo);

	/* A record takes the columns that the caller names. */
	if (result.kind == TYPEFUNC_RECORD && info != nullptr && info->expectedDesc != nullptr)
	{
		result.kind = TYPEFUNC_COMPOSITE;
		result.desc = info->expectedDesc;
	}
	return hand_out(result, type, desc);
}

TupleDesc
type_columns(Oid type, List *aliases)
{
	const ResultType result = classify(type);

	if (result.kind == TYPEFUNC_COMPOSITE)
	{
		TupleDesc desc = CreateTupleDescCopy(result.desc);

		if (aliases != NIL && list_length(aliases) != desc->natts)
			Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
					  .msg("number of aliases does not match number of columns"));
		for (int i = 0; aliases != NIL && i < desc->natts; i++)
			namestrcpy(&TupleDescAttr(desc, i)->attname, strVal(list_nth(aliases, i)));
		if (aliases != NIL)
		{
			desc->tdtypeid = RECORDOID;
			desc->tdtypmod = -1;
		}
		return desc;
	}
	if (result.kind == TYPEFUNC_SCALAR)
	{
		if (aliases == NIL)
			Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH).msg("no column alias was provided"));
		if (list_length(aliases) != 1)
			Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
					  .msg("number of aliases does not match number of columns"));

		TupleDesc desc = CreateTemplateTupleDesc(1);

		TupleDescInitEntry(desc, 1, strVal(linitial(aliases)), type, -1, 0);
		return desc;
	}
	if (result.kind == TYPEFUNC_RECORD)
		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("could not determine row description for function returning record"));
	return nullptr;
}

/* ---- Rows from C strings ---- */

AttInMetadata *
input_metadata(TupleDesc desc)
{
	const auto count = static_cast<Size>(desc->natts);
	auto *const meta = static_cast<AttInMetadata *>(palloc0(sizeof(AttInMetadata)));

	meta->tupdesc = BlessTupleDesc(desc);
	meta->attinfuncs = static_cast<FmgrInfo *>(palloc0(count * sizeof(FmgrInfo)));
	meta->attioparams = static_cast<Oid *>(palloc0(count * sizeof(Oid)));
	meta->atttypmods = static_cast<int32 *>(palloc0(count * sizeof(int32)));
	for (Size i = 0; i < count; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);
		Oid input;

		if (att->attisdropped)
			continue;
		getTypeInputInfo(att->atttypid, &input, &meta->attioparams[i]);
		fmgr_info(input, &meta->attinfuncs[i]);
		meta->atttypmods[i] = att->atttypmod;
	}
	return meta;
}

HeapTuple
build_tuple(AttInMetadata *meta, char **texts)
{
	TupleDesc desc = meta->tupdesc;
	const auto count = static_cast<Size>(desc->natts);
	auto *const values = static_cast<Datum *>(palloc0(count * sizeof(Datum)));
	auto *const nulls = static_cast<bool *>(palloc(count * sizeof(bool)));

	for (Size i = 0; i < count; i++)
	{
		nulls[i] = texts[i] == nullptr || TupleDescAttr(desc, i)->attisdropped;
		if (!TupleDescAttr(desc, i)->attisdropped)
			values[i] = InputFunctionCall(&meta->attinfuncs[i], texts[i], meta->attioparams[i],
										  meta->atttypmods[i]);
	}

	HeapTuple tuple = heap_form_tuple(desc, values, nulls);

	pfree(values);
	pfree(nulls);
	return tuple;
}

/* ---- Sets in one piece ---- */

void
begin_materialized(FunctionCallInfo fcinfo, bits32 flags)
{
	auto *const info = const_cast<ReturnSetInfo *>(set_info(fcinfo));
	const bool expected = (flags & MAT_SRF_USE_EXPECTED_DESC) != 0;

	if (info == nullptr)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("set-valued function called in context that cannot accept a set"));
	if ((info->allowedModes & SFRM_Materialize) == 0 || (expected && info->expectedDesc == nullptr))
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("materialize mode required, but it is not allowed in this context"));

	const MemoryContextScope scope(info->econtext->ecxt_per_query_memory);
	TupleDesc desc = nullptr;

	if (expected)
		desc = CreateTupleDescCopy(info->expectedDesc);
	else if (call_result_type(fcinfo, nullptr, &desc) != TYPEFUNC_COMPOSITE)
		Raise(Report(ERROR).msg("return type must be a row type"));
	if ((flags & MAT_SRF_BLESS) != 0)
		BlessTupleDesc(desc);
	info->returnMode = SFRM_Materialize;
	info->setResult =
		tuplestore_begin_heap((info->allowedModes & SFRM_Materialize_Random) != 0, false, 0);
	info->setDesc = desc;
}

/* ---- Arguments of VARIADIC ---- */

struct VariadicArguments
{
	int count;
	Datum *values;
	Oid *types;
	bool *nulls;
};

VariadicArguments
allocate(int count)
{
	const Size size = static_cast<Size>(count);

	return {count, static_cast<Datum *>(palloc0(size * sizeof(Datum))),
			static_cast<Oid *>(palloc0(size * sizeof(Oid))),
			static_cast<bool *>(palloc0(size * sizeof(bool)))};
}

VariadicArguments
elements_of(FunctionCallInfo fcinfo, int start)
{
	if (fcinfo->args[start].isnull)
		return {-1, nullptr, nullptr, nullptr};

	ArrayType *const array = DatumGetArrayTypeP(fcinfo->args[start].value);
	const Oid element = ARR_ELEMTYPE(array);
	VariadicArguments result{};
	int16 length;
	bool by_value;
	char align;

	get_typlenbyvalalign(element, &length, &by_value, &align);
	deconstruct_array(array, element, length, by_value, align, &result.values, &result.nulls,
					  &result.count);
	result.types = static_cast<Oid *>(palloc0(static_cast<Size>(result.count) * sizeof(Oid)));
	for (int i = 0; i < result.count; i++)
		result.types[i] = element;
	return result;
}

VariadicArguments
variadic_arguments(FunctionCallInfo fcinfo, int start, bool convert_unknown)
{
	if (get_fn_expr_variadic(fcinfo->flinfo))
		return elements_of(fcinfo, start);

	VariadicArguments result = allocate(std::max(0, fcinfo->nargs - start));

	for (int i = 0; i < result.count; i++)
	{
		const NullableDatum &argument = fcinfo->args[start + i];
		const Oid type = get_fn_expr_argtype(fcinfo->flinfo, start + i);

		result.nulls[i] = argument.isnull;
		result.values[i] = argument.value;
		result.types[i] = type;
		if (type == UNKNOWNOID && convert_unknown)
		{
			result.types[i] = TEXTOID;
			if (!argument.isnull)
				result.values[i] = CStringGetTextDatum(DatumGetCString(argument.value));
		}
		if (!OidIsValid(result.types[i]) || (result.types[i] == UNKNOWNOID && convert_unknown))
			Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
					  .msg("could not determine data type for argument %d", start + i + 1));
	}
	return result;
}

/* ---- Columns of row values ---- */

Datum
row_column(HeapTupleHeader header, TupleDesc desc, int number, bool *is_null)
{
	HeapTupleData tuple{};

	tuple.t_len = HeapTupleHeaderGetDatumLength(header);
	tuple.t_data = header;
	return heap_getattr(&tuple, number, desc, is_null);
}

TupleDesc
columns_of(HeapTupleHeader header)
{
	return lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(header),
								  HeapTupleHeaderGetTypMod(header));
}

/* ---- Parameters of a row of pg_proc ---- */

int
argument_info(HeapTuple row, Oid **types, char ***names, char **modes)
{
	const ProcPtr proc = FindProc(reinterpret_cast<Form_pg_proc>(GETSTRUCT(row))->oid);

	*names = nullptr;
	*modes = nullptr;
	if (proc == nullptr)
	{
		const Form_pg_proc form = reinterpret_cast<Form_pg_proc>(GETSTRUCT(row));
		const auto size = static_cast<Size>(form->pronargs) * sizeof(Oid);

		*types = static_cast<Oid *>(palloc(size));
		memcpy(*types, form->proargtypes.values, size);
		return form->pronargs;
	}

	const size_t count = proc->parameter_count();

	*types = static_cast<Oid *>(palloc(count * sizeof(Oid)));
	for (size_t i = 0; i < count; i++)
		(*types)[i] = proc->parameter_type(i);
	if (!proc->arg_names.empty())
	{
		*names = static_cast<char **>(palloc(count * sizeof(char *)));
		for (size_t i = 0; i < count; i++)
			(*names)[i] = pstrdup(proc->arg_names[i].c_str());
	}
	if (!proc->modes.empty())
	{
		*modes = static_cast<char *>(palloc(count));
		memcpy(*modes, proc->modes.data(), count);
	}
	return static_cast<int>(count);
}

char *
result_name(Oid function)
{
	const ProcPtr proc = FindProc(function);
	const std::string *found = nullptr;

	for (size_t i = 0; proc != nullptr && i < proc->modes.size(); i++)
	{
		const char mode = proc->modes[i];

		if (mode == 't')
			return nullptr;
		if (mode != 'o' && mode != 'b')
			continue;
		if (found != nullptr || i >= proc->arg_names.size() || proc->arg_names[i].empty())
			return nullptr;
		found = &proc->arg_names[i];
	}
	return found == nullptr ? nullptr : pstrdup(found->c_str());
}

} /* namespace */
} /* namespace pg */

using namespace pg;

TypeFuncClass
get_call_result_type(FunctionCallInfo fcinfo, Oid *resultTypeId, TupleDesc *resultTupleDesc)
{
	return FromC([&] { return call_result_type(fcinfo, resultTypeId, resultTupleDesc); });
}

TypeFuncClass
get_func_result_type(Oid functionId, Oid *resultTypeId, TupleDesc *resultTupleDesc)
{
	return FromC(
		[&] { return hand_out(result_type(functionId, nullptr), resultTypeId, resultTupleDesc); });
}

TypeFuncClass
get_expr_result_type(fmNodePtr expr, Oid *resultTypeId, TupleDesc *resultTupleDesc)
{
	return FromC(
		[&]
		{
			const CallExpr *const call = AsCallExpr(expr);

			return hand_out(call == nullptr ? ResultType{} : result_type(call->function, call),
							resultTypeId, resultTupleDesc);
		});
}

TupleDesc
get_expr_result_tupdesc(fmNodePtr expr, bool noError)
{
	return FromC(
		[&]
		{
			TupleDesc desc = nullptr;
			Oid type = InvalidOid;
			const TypeFuncClass kind = get_expr_result_type(expr, &type, &desc);

			if (kind == TYPEFUNC_COMPOSITE || noError)
				return desc;
			if (kind == TYPEFUNC_RECORD)
				Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
						  .msg("record type has not been registered"));
			Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
					  .msg("type %s is not composite", FormatType(type).c_str()));
		});
}

int
get_func_arg_info(HeapTuple procTup, Oid **p_argtypes, char ***p_argnames, char **p_argmodes)
{
	return FromC([&] { return argument_info(procTup, p_argtypes, p_argnames, p_argmodes); });
}

char *
get_func_result_name(Oid functionId)
{
	return FromC([&] { return result_name(functionId); });
}

TupleDesc
RelationNameGetTupleDesc(const char *relname)
{
	return FromC(
		[&]
		{
			const std::string name = relname;
			const size_t dot = name.find('.');
			const pg::RelationInfoPtr relation =
				dot == std::string::npos ? FindRelation({}, name)
										 : FindRelation(name.substr(0, dot), name.substr(dot + 1));

			if (relation == nullptr)
				Raise(Report(ERROR, ERRCODE_UNDEFINED_TABLE)
						  .msg("relation \"%s\" does not exist", relname));
			return CreateTupleDescCopy(lookup_rowtype_tupdesc(relation->oid, -1));
		});
}

TupleDesc
TypeGetTupleDesc(Oid typeoid, List *colaliases)
{
	return FromC([&] { return type_columns(typeoid, colaliases); });
}

AttInMetadata *
TupleDescGetAttInMetadata(TupleDesc tupdesc)
{
	return FromC([&] { return input_metadata(tupdesc); });
}

HeapTuple
BuildTupleFromCStrings(AttInMetadata *attinmeta, char **values)
{
	return FromC([&] { return build_tuple(attinmeta, values); });
}

Datum
HeapTupleHeaderGetDatum(HeapTupleHeader tuple)
{
	return PointerGetDatum(tuple);
}

void
InitMaterializedSRF(FunctionCallInfo fcinfo, bits32 flags)
{
	FromC([&] { begin_materialized(fcinfo, flags); });
}

int
extract_variadic_args(FunctionCallInfo fcinfo, int variadic_start, bool convert_unknown,
					  Datum **args, Oid **types, bool **nulls)
{
	return FromC(
		[&]
		{
			const VariadicArguments found =
				variadic_arguments(fcinfo, variadic_start, convert_unknown);

			*args = found.values;
			*types = found.types;
			*nulls = found.nulls;
			return found.count;
		});
}

Datum
GetAttributeByName(HeapTupleHeader tuple, const char *attname, bool *isNull)
{
	return FromC(
		[&]() -> Datum
		{
			if (attname == nullptr)
				Raise(Report(ERROR).msg("invalid attribute name"));
			if (isNull == nullptr)
				Raise(Report(ERROR).msg("a NULL isNull pointer was passed"));
			*isNull = true;
			if (tuple == nullptr)
				return 0;

			TupleDesc desc = columns_of(tuple);

			for (int i = 0; i < desc->natts; i++)
				if (strcmp(NameStr(TupleDescAttr(desc, i)->attname), attname) == 0)
					return row_column(tuple, desc, i + 1, isNull);
			Raise(Report(ERROR).msg("attribute \"%s\" does not exist", attname));
		});
}

Datum
GetAttributeByNum(HeapTupleHeader tuple, AttrNumber attrno, bool *isNull)
{
	return FromC(
		[&]() -> Datum
		{
			if (attrno <= 0)
				Raise(Report(ERROR).msg("invalid attribute number %d", attrno));
			if (isNull == nullptr)
				Raise(Report(ERROR).msg("a NULL isNull pointer was passed"));
			*isNull = true;
			return tuple == nullptr ? 0 : row_column(tuple, columns_of(tuple), attrno, isNull);
		});
}
