/*
 * executor/interpreted.cpp
 *		Calls of functions in PL/pgSQL and SQL, from the engine and from C.
 *
 * Backends and workers with a database, inside a transaction.
 */
#include "executor/interpreted.h"

#include <deque>

#include "catalog/languages.h"
#include "catalog/pg_type_d.h"
#include "executor/routine_scope.h"
#include "pl/plpgsql/plpgsql.h"
#include "utils/adt/datum.h"
#include "utils/adt/interpreted_call.h"
#include "utils/adt/row_text.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"

namespace pg
{

bool
IsInterpreted(const ProcInfo &proc)
{
	return proc.language == kPlpgsqlLanguageOid || proc.language == kSqlLanguageOid;
}

std::vector<SqlFunctionRow>
CallInterpreted(const ProcInfo &proc, const CallSignature &signature, std::vector<Value> arguments)
{
	for (const Value &argument : arguments)
		if (argument.is_null() && proc.def.strict)
			return {};

	const RoutineScope routine(proc);

	if (proc.language == kSqlLanguageOid)
		return CallSqlFunction(proc, signature, arguments);
	return plpgsql::Call(proc, signature, std::move(arguments));
}

std::string
RowAsText(const RowShape &shape, std::span<const Value> fields)
{
	RowFields texts;

	for (size_t i = 0; i < fields.size() && i < shape.size(); i++)
		if (fields[i].is_null())
			texts.emplace_back();
		else
			texts.emplace_back(ValueOut(shape[i].type, fields[i]));
	return FormatRow(texts);
}

Value
WholeValue(const SqlFunctionRow &row, const RowShape &shape, std::string *text)
{
	std::vector<Value> fields;

	if (row.empty())
		return Value::Null();
	if (shape.empty())
		return row[0].get();
	for (const Kept &field : row)
		fields.push_back(field.get());
	*text = RowAsText(shape, fields);
	return Value::Text(*text);
}

namespace
{

/* What the place that calls says of types; else what the function declares. */
CallSignature
actual_signature(const ProcInfo &proc, FmgrInfo *finfo)
{
	CallSignature signature;
	std::vector<Oid> actual;

	signature.function = proc.def.oid;
	for (size_t i = 0; i < proc.arg_types.size(); i++)
	{
		const Oid given = IsPolymorphic(proc.arg_types[i])
							  ? get_fn_expr_argtype(finfo, static_cast<int>(i))
							  : Oid{InvalidOid};

		actual.push_back(given != InvalidOid ? given : proc.arg_types[i]);
		signature.arguments.push_back({actual.back(), {}});
	}
	signature.result.type = BoundType(proc.def.result, proc.arg_types, actual);
	signature.result.shape = ResultShape(proc, actual);
	return signature;
}

Datum
call(FunctionCallInfo fcinfo)
{
	const ProcPtr proc = FindProc(fcinfo->flinfo->fn_oid);

	if (proc == nullptr)
		Raise(Report(ERROR).msg("cache lookup failed for function %u", fcinfo->flinfo->fn_oid));
	if (proc->returns_set)
		RaiseNotSupported("a function that returns a set, called from C,");

	const CallSignature signature = actual_signature(*proc, fcinfo->flinfo);
	std::vector<Value> arguments;
	std::deque<std::string> texts;

	for (size_t i = 0; i < signature.arguments.size(); i++)
		arguments.push_back(fcinfo->args[i].isnull
								? Value::Null()
								: DatumToValue(signature.arguments[i].type, fcinfo->args[i].value,
											   &texts.emplace_back()));

	const std::vector<SqlFunctionRow> rows =
		CallInterpreted(*proc, signature, std::move(arguments));
	const RowShape &shape = signature.result.shape;
	const Value value =
		rows.empty() ? Value::Null() : WholeValue(rows[0], shape, &texts.emplace_back());

	fcinfo->isnull = value.is_null();
	if (value.is_null())
		return 0;
	if (signature.result.type == RECORDOID)
		return RowToDatum(DescribeRecord(shape), value.bytes);
	return ValueToDatum(signature.result.type, value);
}

} /* namespace */

Datum
CallInterpretedByOid(FunctionCallInfo fcinfo)
{
	return FromC([&] { return call(fcinfo); });
}

} /* namespace pg */
