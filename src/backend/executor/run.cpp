/*
 * executor/run.cpp
 *		Runs plans against the engine.
 *
 * Backends and workers with a database.  Holds no lock of its own and keeps nothing but prepared
 * statements between two runs.
 */
#include "executor/run.h"

#include <charconv>

#include "access/transaction.h"
#include "engine/row_buffers.h"
#include "utils/error/report.h"

namespace pg
{

/* A step and its engine statement, prepared at the first run. */
struct PreparedPlan::State
{
	RawStatement raw;
	std::vector<Oid> parameter_types;
	std::shared_ptr<const Plan> plan;
	std::vector<std::unique_ptr<EngineStatement>> steps;
	bool running = false;
	bool result_fixed = false;

	void make_plan();
	void run_step(size_t index, std::span<const Value> parameters, RowReceiver &receiver,
				  uint64 max_rows, RunResult &result);
};

namespace
{

/* Leaves an engine statement ready for its next run, whatever happened in this one. */
class ResetOnExit
{
public:
	explicit ResetOnExit(EngineStatement &statement) : statement_(statement) {}
	~ResetOnExit() { statement_.reset(); }
	ResetOnExit(const ResetOnExit &) = delete;
	ResetOnExit &operator=(const ResetOnExit &) = delete;

private:
	EngineStatement &statement_;
};

class RunningMark
{
public:
	explicit RunningMark(bool &flag) : flag_(flag) { flag_ = true; }
	~RunningMark() { flag_ = false; }
	RunningMark(const RunningMark &) = delete;
	RunningMark &operator=(const RunningMark &) = delete;

private:
	bool &flag_;
};

bool
same_columns(const std::vector<ResultColumn> &a, const std::vector<ResultColumn> &b)
{
	if (a.size() != b.size())
		return false;
	for (size_t i = 0; i < a.size(); i++)
		if (a[i].type != b[i].type || a[i].typmod != b[i].typmod || a[i].name != b[i].name)
			return false;
	return true;
}

bool
is_constraint_violation(int sqlstate)
{
	return sqlstate == ERRCODE_UNIQUE_VIOLATION || sqlstate == ERRCODE_NOT_NULL_VIOLATION ||
		   sqlstate == ERRCODE_CHECK_VIOLATION || sqlstate == ERRCODE_FOREIGN_KEY_VIOLATION;
}

void
fill_row(const EngineStatement &statement, std::vector<Value> &row)
{
	for (size_t i = 0; i < row.size(); i++)
		row[i] = statement.column(static_cast<int>(i));
}

} /* namespace */

std::string
RunResult::completion() const
{
	if (kind == StatementKind::Utility)
		return utility_tag;

	std::string text = tag;
	char digits[24];

	if (kind == StatementKind::Insert)
		text += " 0";
	text += ' ';
	text.append(digits, std::to_chars(digits, digits + sizeof(digits), processed).ptr);
	return text;
}

PreparedPlan::PreparedPlan(RawStatement statement, std::span<const Oid> parameter_types)
	: state_(std::make_unique<State>())
{
	state_->raw = std::move(statement);
	state_->parameter_types.assign(parameter_types.begin(), parameter_types.end());
}

PreparedPlan::~PreparedPlan() = default;

void
PreparedPlan::State::make_plan()
{
	std::shared_ptr<const Plan> fresh = MakePlan(raw, parameter_types);

	if (result_fixed && plan != nullptr && !same_columns(plan->columns, fresh->columns))
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("cached plan must not change result type"));
	steps.clear();
	steps.resize(fresh->steps.size());
	plan = std::move(fresh);
}

const Plan &
PreparedPlan::plan()
{
	if (state_->plan == nullptr || state_->plan->generation != CatalogGeneration())
		state_->make_plan();
	return *state_->plan;
}

const RawStatement &
PreparedPlan::raw() const
{
	return state_->raw;
}

bool
PreparedPlan::running() const
{
	return state_->running;
}

void
PreparedPlan::fix_result_type()
{
	state_->result_fixed = true;
}

void
PreparedPlan::State::run_step(size_t index, std::span<const Value> parameters,
							  RowReceiver &receiver, uint64 max_rows, RunResult &result)
{
	const PlanStep &step = plan->steps[index];

	if (steps[index] == nullptr)
		steps[index] = CurrentEngine().prepare(step.sql);

	EngineStatement &statement = *steps[index];
	ResetOnExit guard(statement);
	const int wanted = statement.parameter_count();

	for (int i = 0; i < wanted; i++)
		statement.bind(i,
					   static_cast<size_t>(i) < parameters.size() ? parameters[i] : Value::Null());
	if (step.role == PlanStep::Role::Buffer)
		CurrentEngine().row_buffers().clear(step.buffer);

	std::vector<Value> row(static_cast<size_t>(statement.column_count()));
	uint64 rows = 0;

	while (statement.step())
	{
		if (step.role == PlanStep::Role::Apply || step.discards_rows)
			continue;
		fill_row(statement, row);
		rows++;
		if (step.role == PlanStep::Role::Buffer)
		{
			CurrentEngine().row_buffers().append(step.buffer, row);
			continue;
		}
		receiver.row(row);
		if (rows == max_rows)
			break;
	}
	if (step.counts)
	{
		const bool by_rows = plan->kind == StatementKind::Select ||
							 step.role == PlanStep::Role::Buffer || statement.is_read_only();

		result.processed = by_rows ? rows : static_cast<uint64>(statement.changes());
	}
}

RunResult
PreparedPlan::run(std::span<const Value> parameters, RowReceiver &receiver, uint64 max_rows)
{
	const Plan &current = plan();
	RunResult result;

	result.kind = current.kind;
	result.tag = current.tag;
	result.returned_rows = current.returns_rows;

	/* A utility statement may change catalogs, so it must not depend on this object's plan. */
	std::shared_ptr<const Plan> keep = state_->plan;
	RunningMark running(state_->running);

	if (keep->kind == StatementKind::Utility)
	{
		result.utility_tag = RunUtility(*keep, receiver);
		return result;
	}
	if (keep->writes)
		PrepareForWrite(keep->tag);
	if (keep->returns_rows)
		receiver.start(keep->columns);
	for (size_t i = 0; i < keep->steps.size(); i++)
	{
		try
		{
			state_->run_step(i, parameters, receiver, max_rows, result);
		}
		catch (const PgError &error)
		{
			if (!is_constraint_violation(error.sqlstate()))
				throw;
			throw CompleteConstraintError(error, keep->steps[i], keep->kind, parameters);
		}
	}
	return result;
}

} /* namespace pg */
