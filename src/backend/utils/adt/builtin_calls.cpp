/*
 * utils/adt/builtin_calls.cpp
 *		Built-in functions called from C with datums.
 *
 * Backends and workers.  Functions that are an engine expression without a body run in the process's
 * engine session; comparisons are computed here, so that they work without one.
 */
#include "utils/adt/builtin_calls.h"

#include <algorithm>
#include <deque>
#include <vector>

#include "access/transaction.h"
#include "catalog/type_functions.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/datum.h"
#include "utils/adt/engine_only.h"
#include "utils/adt/json_funcs.h"
#include "utils/adt/type_calls.h"
#include "utils/array.h"
#include "utils/error/wall.h"
#include "utils/fmgr/call_expr.h"

namespace pg
{

namespace
{

/* A body's view of a call from C. */
class DatumCall final : public FunctionCall
{
public:
	explicit DatumCall(std::span<const Value> args) : args_(args) {}

	int arg_count() const override { return static_cast<int>(args_.size()); }
	Value arg(int i) const override { return args_[static_cast<size_t>(i)]; }
	void set_result(const Value &result) override
	{
		bytes_.assign(result.bytes);
		result_ = result;
		result_.bytes = bytes_;
	}
	const Value &result() const { return result_; }

private:
	const std::span<const Value> args_;
	std::string bytes_;
	Value result_;
};

/* ---- Types of polymorphic arguments and results ---- */

[[noreturn]] void
raise_unknown_type(const FunctionDef &def)
{
	Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
			  .msg("could not determine actual argument type of function %s", def.name));
}

bool
is_array_kind(Oid type)
{
	return type == ANYARRAYOID || type == ANYCOMPATIBLEARRAYOID;
}

Oid
array_type_of(Oid element)
{
	const TypeDef *const type = FindType(element);

	return type == nullptr ? InvalidOid : type->array_oid;
}

Oid
element_type_of(Oid array)
{
	const TypeDef *const type = FindType(array);

	return type == nullptr ? InvalidOid : type->element_oid;
}

/* What the values themselves tell: an array names its element type. */
Oid
told_element(const FunctionDef &def, FunctionCallInfo fcinfo)
{
	for (int i = 0; i < def.arg_count && i < fcinfo->nargs; i++)
		if (is_array_kind(def.args()[static_cast<size_t>(i)]) && !fcinfo->args[i].isnull)
			return ARR_ELEMTYPE(DatumGetArrayTypeP(fcinfo->args[i].value));
	return InvalidOid;
}

Oid
called_with_type(const FunctionDef &def, FunctionCallInfo fcinfo, int i)
{
	const Oid declared = def.args()[static_cast<size_t>(std::min(i, def.arg_count - 1))];

	if (!IsPolymorphic(declared))
		return declared;
	if (const Oid type = get_fn_expr_argtype(fcinfo->flinfo, i); type != InvalidOid)
		return type;
	const Oid element = told_element(def, fcinfo);

	if (element == InvalidOid)
		raise_unknown_type(def);
	return is_array_kind(declared) ? array_type_of(element) : element;
}

Oid
result_type(const FunctionDef &def, FunctionCallInfo fcinfo, std::span<const Oid> types)
{
	if (!IsPolymorphic(def.result))
		return def.result;
	if (const Oid type = get_fn_expr_rettype(fcinfo->flinfo); type != InvalidOid)
		return type;
	for (size_t i = 0; i < types.size() && i < def.args().size(); i++)
	{
		const Oid declared = def.args()[i];

		if (!IsPolymorphic(declared))
			continue;
		if (is_array_kind(declared) == is_array_kind(def.result))
			return types[i];
		return is_array_kind(declared) ? element_type_of(types[i]) : array_type_of(types[i]);
	}
	raise_unknown_type(def);
}

/* ---- Functions that are engine expressions ---- */

/* "($1 < $2)", "($1 = $2 COLLATE name)"; operation is empty for another expression. */
struct Comparison
{
	std::string_view operation, collation;
};

Comparison
read_comparison(std::string_view lowering)
{
	constexpr std::string_view kCollate = " COLLATE ";

	if (!lowering.starts_with("($1 ") || !lowering.ends_with(')'))
		return {};
	lowering = lowering.substr(4, lowering.size() - 5);

	const size_t end = lowering.find(" $2");
	const std::string_view operation = lowering.substr(0, end);
	Comparison found{operation, {}};

	if (end == std::string_view::npos || operation.find_first_not_of("<>=") != operation.npos)
		return {};
	lowering.remove_prefix(end + 3);
	if (lowering.starts_with(kCollate))
		found.collation = lowering.substr(kCollate.size());
	else if (!lowering.empty())
		return {};
	return found;
}

bool
holds(std::string_view operation, int order)
{
	switch (operation[0])
	{
		case '<': return operation == "<" ? order < 0 : operation == "<=" ? order <= 0 : order != 0;
		case '>': return operation == ">" ? order > 0 : order >= 0;
		default: return order == 0;
	}
}

/* $1 is an argument, @1 the OID of its type. */
std::string
engine_text(const FunctionDef &def, std::span<const Oid> types)
{
	std::string sql = "SELECT ";

	for (const char *c = def.lowering; *c != '\0'; c++)
	{
		if ((*c == '$' || *c == '@') && IsDigit(c[1]))
		{
			const size_t number = static_cast<size_t>(c[1] - '1');

			sql += *c == '$' ? "?" + std::to_string(number + 1) : std::to_string(types[number]);
			c++;
		}
		else
			sql += *c;
	}
	return sql;
}

void
run_in_engine(const FunctionDef &def, std::span<const Oid> types, FunctionCall &call)
{
	const std::unique_ptr<EngineStatement> statement =
		CurrentEngine().prepare(engine_text(def, types));

	for (int i = 0; i < statement->parameter_count(); i++)
		statement->bind(i, call.arg(i));
	if (statement->step())
		call.set_result(statement->column(0));
}

void
run(const FunctionDef &def, std::span<const Oid> types, FunctionCall &call)
{
	if (def.body != nullptr)
		return def.body(call);
	if (def.lowering == nullptr || def.kind != FunctionKind::Normal)
		RaiseNotSupported(std::string("calling function ") + def.name + " from C");
	if (std::string_view(def.lowering) == "$1")
		return call.set_result(call.arg(0));
	if (const Comparison wanted = read_comparison(def.lowering); !wanted.operation.empty())
		return SetBool(call, holds(wanted.operation,
								   CompareValues(call.arg(0), call.arg(1), wanted.collation)));
	run_in_engine(def, types, call);
}

/* ---- One call ---- */

/* What builds json wants its arguments as json, others as text (parser/lower_expr.cpp). */
std::string
as_variadic(const FunctionDef &def, Oid type, const Value &value)
{
	std::string text;

	if (def.result != JSONOID && def.result != JSONBOID)
		return ValueOut(type, value);
	AppendAsJson(type, value, &text);
	return text;
}

Datum
call_row(const FunctionDef &def, FunctionCallInfo fcinfo)
{
	const size_t count = static_cast<size_t>(fcinfo->nargs);
	std::vector<Value> values;
	std::vector<Oid> types;
	std::deque<std::string> texts;

	if (fcinfo->nargs < def.arg_count || (fcinfo->nargs > def.arg_count && !def.variadic_any))
		Raise(Report(ERROR).msg("function %s called with %d arguments", def.name, fcinfo->nargs));
	for (size_t i = 0; i < count; i++)
	{
		const NullableDatum &arg = fcinfo->args[i];
		const Oid type = called_with_type(def, fcinfo, static_cast<int>(i));

		if (arg.isnull && def.strict)
		{
			fcinfo->isnull = true;
			return 0;
		}
		types.push_back(type);
		values.push_back(arg.isnull ? Value::Null()
									: DatumToValue(type, arg.value, &texts.emplace_back()));
		if (def.variadic_any && i + 1 >= static_cast<size_t>(def.arg_count) && !arg.isnull)
			values.back() = Value::Text(texts.emplace_back(as_variadic(def, type, values.back())));
	}

	DatumCall call(values);

	run(def, types, call);
	fcinfo->isnull = call.result().is_null();
	return fcinfo->isnull ? 0 : ValueToDatum(result_type(def, fcinfo, types), call.result());
}

Datum
call_oid(Oid oid, const char *name, FunctionCallInfo fcinfo)
{
	const TypeFunction function = FindTypeFunction(oid);
	const FunctionDef *const def = FindFunction(oid);

	if (function.role != TypeRole::None &&
		(function.type == InvalidOid || FindType(function.type) != nullptr))
		return CallTypeFunction(function, fcinfo);
	if (def == nullptr)
		RaiseNotSupported(std::string("function ") + name);
	return call_row(*def, fcinfo);
}

/* Of the rows of one name, the one that was looked up, or that takes so many arguments. */
Oid
row_meant(std::span<const Oid> oids, FunctionCallInfo fcinfo)
{
	if (fcinfo->flinfo != nullptr && std::ranges::find(oids, fcinfo->flinfo->fn_oid) != oids.end())
		return fcinfo->flinfo->fn_oid;
	for (const Oid oid : oids)
		if (const FunctionDef *def = FindFunction(oid);
			def != nullptr && def->arg_count == fcinfo->nargs)
			return oid;
	return oids[0];
}

} /* namespace */

static Datum
call_builtin(const char *name, std::span<const Oid> oids, FunctionCallInfo fcinfo)
{
	return FromC([&] { return call_oid(row_meant(oids, fcinfo), name, fcinfo); });
}

Datum
CallBuiltinByOid(FunctionCallInfo fcinfo)
{
	const Oid oid = fcinfo->flinfo->fn_oid;

	return FromC([&] { return call_oid(oid, std::to_string(oid).c_str(), fcinfo); });
}

} /* namespace pg */

/* ---- The names ---- */

#include "utils/fmgrprotos.h"

#define PG_BUILTIN(name, ...) static constexpr Oid oids_of_##name[] = {__VA_ARGS__};
#include "utils/adt/builtin_names.inc"
#undef PG_BUILTIN

#define PG_BUILTIN(name, ...)                                   \
	extern "C" Datum name(PG_FUNCTION_ARGS)                     \
	{                                                           \
		return pg::call_builtin(#name, oids_of_##name, fcinfo); \
	}
#include "utils/adt/builtin_names.inc"
#undef PG_BUILTIN

namespace pg
{

static const BuiltinName kBuiltinNames[] = {
#define PG_BUILTIN(name, ...) {#name, ::name, oids_of_##name},
#include "utils/adt/builtin_names.inc"
#undef PG_BUILTIN
};

const BuiltinName *
FindBuiltin(std::string_view name)
{
	const auto found = std::ranges::lower_bound(
		kBuiltinNames, name, {}, [](const BuiltinName &row) { return std::string_view(row.name); });

	return found != std::end(kBuiltinNames) && found->name == name ? found : nullptr;
}

const BuiltinName *
FindBuiltin(Oid oid)
{
	static const auto by_oid = []
	{
		std::vector<std::pair<Oid, const BuiltinName *>> rows;

		for (const BuiltinName &name : kBuiltinNames)
			for (const Oid row : name.oids)
				rows.emplace_back(row, &name);
		std::ranges::sort(rows);
		return rows;
	}();
	const auto found =
		std::ranges::lower_bound(by_oid, oid, {}, [](const auto &row) { return row.first; });

	return found != by_oid.end() && found->first == oid ? found->second : nullptr;
}

TypeFunction
FindTypeFunction(Oid oid)
{
	const auto role_in = [oid](const TypeFunctions &row)
	{
		return oid == row.input				? TypeRole::Input
			   : oid == row.output			? TypeRole::Output
			   : oid == row.receive			? TypeRole::Receive
			   : oid == row.send			? TypeRole::Send
			   : oid == row.modifier_input	? TypeRole::ModifierInput
			   : oid == row.modifier_output ? TypeRole::ModifierOutput
											: TypeRole::None;
	};

	if (const TypeRole role = role_in(kArrayTypeFunctions); role != TypeRole::None)
		return {role, InvalidOid};
	for (const TypeFunctions &row : kTypeFunctions)
		if (const TypeRole role = role_in(row); role != TypeRole::None)
			return {role, row.type};
	return {};
}

} /* namespace pg */
