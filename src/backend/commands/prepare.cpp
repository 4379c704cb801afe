/*
 * commands/prepare.cpp
 *		PREPARE, EXECUTE and DEALLOCATE, and the session's table of such statements.
 *
 * Backends and workers.  Protocol-level prepared statements are tcop's.
 */
#include <map>

#include "catalog/pg_type_d.h"
#include "commands/commands.h"
#include "executor/run.h"
#include "utils/adt/registry.h"

namespace pg::commands
{
namespace
{

struct Statement
{
	std::unique_ptr<PreparedPlan> plan;
};

/* Never destroyed: plans must not outlive the session's engine, and exit() has no order for both. */
std::map<std::string, std::shared_ptr<Statement>> &
statements()
{
	static auto *const instance =
		std::make_unique<std::map<std::string, std::shared_ptr<Statement>>>().release();

	return *instance;
}

std::shared_ptr<Statement>
find_statement(const std::string &name)
{
	const auto found = statements().find(name);

	if (found == statements().end())
		Raise(Report(ERROR, ERRCODE_UNDEFINED_PSTATEMENT)
				  .msg("prepared statement \"%s\" does not exist", name.c_str()));
	return found->second;
}

/* Evaluates the arguments of EXECUTE: values of the parameters' types. */
class Arguments : public RowReceiver
{
public:
	void start(std::span<const ResultColumn>) override {}

	void row(std::span<const Value> values) override
	{
		bytes_.resize(values.size());
		values_.assign(values.begin(), values.end());
		for (size_t i = 0; i < values.size(); i++)
		{
			bytes_[i] = values[i].bytes;
			values_[i].bytes = bytes_[i];
		}
	}

	std::span<const Value> values() const { return values_; }

private:
	std::vector<std::string> bytes_;
	std::vector<Value> values_;
};

/* Arguments are expressions without tables: one SELECT computes them, cast as an assignment would. */
void
evaluate_parameters(const PgQuery__ExecuteStmt &stmt, const Plan &plan, Arguments *arguments)
{
	std::string sql;

	for (size_t i = 0; i < stmt.n_params; i++)
		sql += (i == 0 ? "SELECT CAST(" : ", CAST(") + DeparseNode(stmt.params[i]) + " AS " +
			   FormatType(plan.parameter_types[i]) + ")";
	if (sql.empty())
		return;

	const auto parsed = ParseStatements(sql);

	PreparedPlan(parsed->front(), {}).run({}, *arguments, 0, {.is_part = true});
}

void
check_count(const PgQuery__ExecuteStmt &stmt, size_t wanted)
{
	if (stmt.n_params != wanted)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("wrong number of parameters for prepared statement \"%s\"", stmt.name)
				  .detail("Expected %d parameters but got %d.", static_cast<int>(wanted),
						  static_cast<int>(stmt.n_params)));
}

} /* namespace */

std::string
RunPrepare(const Command &command)
{
	const PgQuery__PrepareStmt &stmt = *command.node.prepare_stmt;
	std::vector<Oid> types;

	if (stmt.name[0] == '\0')
		Raise(Report(ERROR, ERRCODE_INVALID_PSTATEMENT_DEFINITION)
				  .msg("invalid statement name: must not be empty"));
	for (size_t i = 0; i < stmt.n_argtypes; i++)
	{
		const Oid type = ResolveTypeName(stmt.argtypes[i]->type_name).type;

		types.push_back(type == UNKNOWNOID ? InvalidOid : type);
	}

	auto made = std::make_shared<Statement>();

	made->plan = std::make_unique<PreparedPlan>(InnerStatement(command.raw, stmt.query), types);
	made->plan->announce();
	made->plan->fix_result_type();
	if (!statements().emplace(stmt.name, std::move(made)).second)
		Raise(Report(ERROR, ERRCODE_DUPLICATE_PSTATEMENT)
				  .msg("prepared statement \"%s\" already exists", stmt.name));
	return "PREPARE";
}

std::string
RunExecute(const Command &command)
{
	const PgQuery__ExecuteStmt &stmt = *command.node.execute_stmt;
	const std::shared_ptr<Statement> found = find_statement(stmt.name);
	Arguments arguments;

	check_count(stmt, found->plan->plan().parameter_types.size());
	evaluate_parameters(stmt, found->plan->plan(), &arguments);
	return found->plan->run(arguments.values(), command.receiver, 0, {.analyzed_before = true})
		.completion();
}

std::vector<ResultColumn>
ExecuteColumns(const PgQuery__ExecuteStmt &stmt)
{
	const Plan &plan = find_statement(stmt.name)->plan->plan();

	return plan.returns_rows ? plan.columns : std::vector<ResultColumn>{};
}

std::string
RunDeallocate(const Command &command)
{
	const std::string name = command.node.deallocate_stmt->name;

	if (name.empty())
	{
		DropAllPrepared();
		return "DEALLOCATE ALL";
	}
	find_statement(name);
	statements().erase(name);
	return "DEALLOCATE";
}

void
DropAllPrepared()
{
	statements().clear();
}

} /* namespace pg::commands */
