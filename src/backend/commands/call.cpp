/*
 * commands/call.cpp
 *		CALL: a procedure, outside of any statement of the engine, so that it may end the transaction.
 *
 * Backends and workers, inside a transaction.
 */
#include "access/nonatomic.h"
#include "access/transaction.h"
#include "access/xact.h"
#include "catalog/functions.h"
#include "catalog/languages.h"
#include "catalog/pg_type_d.h"
#include "commands/commands.h"
#include "executor/call_function.h"
#include "executor/routine_scope.h"
#include "executor/sql_function.h"
#include "pl/plpgsql/plpgsql.h"
#include "utils/fmgr/fmgr_events.h"

namespace pg::commands
{
namespace
{

/* The values of the input arguments; the query that gives them is over when this returns. */
std::vector<plpgsql::Kept>
evaluate_arguments(const Plan &arguments, std::span<const Value> parameters)
{
	const std::unique_ptr<EngineStatement> statement =
		CurrentEngine().prepare(arguments.steps.at(0).sql);
	std::vector<plpgsql::Kept> values;

	BindAll(*statement, parameters);
	if (statement->step())
		for (size_t i = 0; i < arguments.columns.size(); i++)
			values.emplace_back(statement->column(static_cast<int>(i)));
	return values;
}

/* In LANGUAGE sql; it does not end transactions. */
std::vector<plpgsql::Kept>
call_sql(const ProcInfo &proc, std::span<const Value> arguments)
{
	const NonatomicScope atomic(false);
	CallSignature signature;

	signature.function = proc.def.oid;
	signature.result = {proc.def.result, ResultShape(proc, proc.arg_types)};
	for (const Oid type : proc.arg_types)
		signature.arguments.push_back({type, {}});

	std::vector<SqlFunctionRow> rows = CallSqlFunction(proc, signature, arguments);

	return rows.empty() ? std::vector<plpgsql::Kept>(signature.result.shape.size())
						: std::move(rows.front());
}

std::vector<plpgsql::Kept>
run(const ProcInfo &proc, const std::vector<plpgsql::Kept> &arguments)
{
	const bool may_commit =
		IsNonatomic() && !InAnyBlock() && !IsSubTransaction() && !proc.has_scope();
	const NonatomicScope scope(may_commit);
	std::vector<Value> values;

	for (const plpgsql::Kept &argument : arguments)
		values.push_back(argument.get());
	if (proc.language == kCLanguageOid || proc.language == kInternalLanguageOid)
		return CallProcedure(proc, values, !may_commit);

	const RoutineScope routine(proc);
	FmgrInfo info{};
	FmgrEvents events;

	info.fn_oid = proc.def.oid;
	events.watch(&info);
	return events.around(
		[&]
		{
			if (proc.language == kSqlLanguageOid)
				return call_sql(proc, values);
			return plpgsql::CallProcedure(proc, std::move(values), may_commit);
		});
}

} /* namespace */

std::vector<ResultColumn>
CallColumns(const Plan &plan)
{
	const ProcPtr proc = ProcOf(plan.procedure);
	std::vector<ResultColumn> columns;

	if (proc->def.result != RECORDOID)
		return columns;
	for (const RowField &field : ResultShape(*proc, proc->arg_types))
	{
		ResultColumn &column = columns.emplace_back();

		column.name = field.name;
		column.type = field.type;
		column.typmod = -1;
	}
	return columns;
}

std::string
RunCall(const Command &command)
{
	const std::vector<ResultColumn> columns = CallColumns(*command.plan);
	const ProcPtr proc = ProcOf(command.plan->procedure);
	const std::vector<plpgsql::Kept> outputs =
		run(*proc, evaluate_arguments(*command.plan->arguments, command.parameters));

	if (columns.empty())
		return command.raw.tag;

	std::vector<Value> row;

	for (const plpgsql::Kept &output : outputs)
		row.push_back(output.get());
	command.receiver.start(columns);
	command.receiver.row(row);
	return command.raw.tag;
}

} /* namespace pg::commands */
