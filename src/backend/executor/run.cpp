/*
 * executor/run.cpp
 *		Runs plans against the engine.
 *
 * Backends and workers with a database.  Holds no lock of its own and keeps nothing but prepared
 * statements between two runs.
 */
#include "executor/run.h"

#include <algorithm>
#include <charconv>

#include "access/transaction.h"
#include "access/xact.h"
#include "catalog/lookup.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_class_d.h"
#include "common/flag_scope.h"
#include "engine/row_buffers.h"
#include "executor/hooks.h"
#include "executor/row_writer.h"
#include "miscadmin.h"
#include "utils/error/report.h"

namespace pg
{

/* A step and its engine statement, prepared at the first run. */
struct PreparedPlan::State
{
	RawStatement raw;
	std::vector<Oid> parameter_types;
	std::shared_ptr<const ParameterNames> names;
	std::shared_ptr<const Plan> plan;
	std::vector<std::unique_ptr<EngineStatement>> steps;
	std::vector<RowStatements> row_statements; /* of the steps that write row by row */
	bool running = false;
	bool result_fixed = false;
	int times_planned = 0;
	std::optional<std::vector<NamedRelation>> relations; /* of the plan, once a hook has asked */
	uint64 query_id = 0;

	/* With shared literals: the text of the next run, and the one that raw and plan are of. */
	std::string text, planned_text;
	std::vector<LiteralToken> literals, planned_literals;
	std::vector<Value> literal_values;
	std::vector<LiteralBuffers> literal_buffers;

	void make_plan();
	void plan_own_text();
	void read_literals();
	void prepare_literals();
	void prepare_steps();
	uint64 run_scan(const SourceScan &scan, RowReceiver &receiver, uint64 max_rows);
	void run_step(size_t index, std::span<const Value> parameters, RowReceiver &receiver,
				  uint64 max_rows, RunResult &result);
	void run_checked_step(size_t index, std::span<const Value> parameters, RowReceiver &receiver,
						  uint64 max_rows, RunResult &result);
	void run_rows(size_t index, std::span<const Value> parameters, TriggerQueue &queue,
				  RunResult &result);
	void run_steps(std::span<const Value> parameters, RowReceiver &receiver, uint64 max_rows,
				   RunResult &result);
};

namespace
{

/* As in PostgreSQL, that is no statement in the eyes of the executor's hooks. */
bool
only_computes(const Plan &plan)
{
	return std::ranges::none_of(plan.rights, [](const RightWanted &wanted)
								{ return wanted.class_id == RelationRelationId; });
}

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

PreparedPlan::PreparedPlan(RawStatement statement, std::span<const Oid> parameter_types,
						   std::shared_ptr<const ParameterNames> names)
	: state_(std::make_unique<State>())
{
	state_->names = std::move(names);
	state_->raw = std::move(statement);
	state_->parameter_types.assign(parameter_types.begin(), parameter_types.end());
}

PreparedPlan::~PreparedPlan() = default;

PreparedPlan::PreparedPlan(RawStatement statement, std::string_view text,
						   std::span<const LiteralToken> literals)
	: PreparedPlan(std::move(statement), std::span<const Oid>())
{
	state_->text = state_->planned_text = text;
	state_->literals.assign(literals.begin(), literals.end());
	state_->planned_literals = state_->literals;
}

bool
PreparedPlan::has_valid_plan() const
{
	return state_->plan != nullptr && state_->plan->generation == CatalogGeneration() &&
		   state_->plan->naming == NamingNumber();
}

bool
PreparedPlan::adopt(std::string_view text, std::span<const LiteralToken> literals)
{
	if (!has_valid_plan())
		return false;
	/* A plan that shares none of its literals. */
	if (state_->planned_literals.empty() && text != state_->planned_text)
		return false;
	for (const int token : state_->plan->fixed_literals)
	{
		const LiteralToken &planned = state_->planned_literals[static_cast<size_t>(token)];
		const LiteralToken &own = literals[static_cast<size_t>(token)];

		if (std::string_view(state_->planned_text)
				.substr(static_cast<size_t>(planned.begin),
						static_cast<size_t>(planned.end - planned.begin)) !=
			text.substr(static_cast<size_t>(own.begin), static_cast<size_t>(own.end - own.begin)))
			return false;
	}
	state_->text = text;
	state_->literals.assign(literals.begin(), literals.end());
	return true;
}

/* Gives up what was planned for another text. */
void
PreparedPlan::State::plan_own_text()
{
	if (planned_text != text)
	{
		raw = ParseStatements(text)->front();
		planned_text = text;
	}
	planned_literals = literals;
	make_plan();
}

void
PreparedPlan::State::read_literals()
{
	const size_t count = plan->literals.size();

	literal_values.resize(count);
	literal_buffers.resize(count);
	for (size_t i = 0; i < count; i++)
	{
		const LiteralRecipe &recipe = plan->literals[i];

		literal_values[i] = ReadLiteral(text, literals[static_cast<size_t>(recipe.token)], recipe,
										&literal_buffers[i]);
	}
}

void
PreparedPlan::State::prepare_steps()
{
	for (size_t i = 0; i < steps.size(); i++)
		if (steps[i] == nullptr && plan->steps[i].role != PlanStep::Role::Rows)
			steps[i] = CurrentEngine().prepare(plan->steps[i].sql);
}

/*
 * Reads the literals.  One that cannot be read, or an engine statement that wants a value where we gave a
 * parameter, makes this text's own plan, which either raises the error that the text deserves or runs.
 */
void
PreparedPlan::State::prepare_literals()
{
	try
	{
		read_literals();
		prepare_steps();
	}
	catch (const PgError &)
	{
		/* Without a plan, should this raise: the one that we have is not this text's. */
		plan.reset();
		literals.clear();
		plan_own_text();
	}
}

void
PreparedPlan::State::make_plan()
{
	std::shared_ptr<const Plan> fresh =
		MakePlan(raw, parameter_types, planned_literals, names.get());

	if (result_fixed && plan != nullptr && !same_columns(plan->columns, fresh->columns))
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("cached plan must not change result type"));
	steps.clear();
	steps.resize(fresh->steps.size());
	row_statements.clear();
	plan = std::move(fresh);
	times_planned = 0;
	relations.reset();
}

const Plan &
PreparedPlan::plan()
{
	if (!has_valid_plan())
		state_->plan_own_text();
	return *state_->plan;
}

const RawStatement &
PreparedPlan::raw() const
{
	return state_->raw;
}

std::string_view
PreparedPlan::source() const
{
	if (!state_->text.empty())
	{
		const size_t last = state_->text.find_last_not_of("; \t\n\r\f\v");

		return std::string_view(state_->text).substr(0, last + 1);
	}
	const RawStatement &raw = state_->raw;
	const size_t before = static_cast<size_t>(raw.text_offset);

	return {raw.text.data() - before, before + raw.text.size()};
}

void
PreparedPlan::announce()
{
	plan();
	if (WantsAnalysis())
		AnnounceAnalysis(*this);
}

StatementKind
PreparedPlan::kind() const
{
	return state_->plan->kind;
}

std::string_view
PreparedPlan::own_text() const
{
	return source().substr(static_cast<size_t>(state_->raw.text_offset));
}

int
PreparedPlan::text_offset() const
{
	return state_->raw.text_offset;
}

const char *
PreparedPlan::whole_text() const
{
	return state_->text.empty() ? state_->raw.text.data() - state_->raw.text_offset
								: state_->text.c_str();
}

const std::vector<NamedRelation> &
PreparedPlan::relations()
{
	if (!state_->relations)
		state_->relations = RelationsNamed(state_->raw);
	return *state_->relations;
}

uint64
PreparedPlan::query_id() const
{
	return state_->query_id;
}

void
PreparedPlan::set_query_id(uint64 id)
{
	state_->query_id = id;
}

int
PreparedPlan::times_planned() const
{
	return state_->times_planned;
}

void
PreparedPlan::count_planning()
{
	state_->times_planned++;
}

void
PreparedPlan::forget_planning()
{
	state_->times_planned = 0;
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

/* Returns the number of rows. */
uint64
PreparedPlan::State::run_scan(const SourceScan &scan, RowReceiver &receiver, uint64 max_rows)
{
	const std::unique_ptr<RowCursor> cursor = scan.source->open({});
	std::vector<Value> row(scan.columns.size());
	uint64 rows = 0;

	while (cursor->next())
	{
		CHECK_FOR_INTERRUPTS();
		for (size_t i = 0; i < row.size(); i++)
			row[i] = cursor->column(scan.columns[i]);
		receiver.row(row);
		if (++rows == max_rows || !receiver.wants_more())
			break;
	}
	return rows;
}

void
PreparedPlan::State::run_step(size_t index, std::span<const Value> parameters,
							  RowReceiver &receiver, uint64 max_rows, RunResult &result)
{
	const PlanStep &step = plan->steps[index];

	/* The first statement of a transaction with one snapshot has the engine take it. */
	if (step.scan.source != nullptr && !IsolationUsesXactSnapshot())
	{
		result.processed = run_scan(step.scan, receiver, max_rows);
		return;
	}
	if (steps[index] == nullptr)
		steps[index] = CurrentEngine().prepare(step.sql);

	EngineStatement &statement = *steps[index];
	const ResetScope guard(statement);

	BindAll(statement, parameters);
	if (step.role == PlanStep::Role::Buffer)
		CurrentEngine().row_buffers().clear(step.buffer);

	/* The engine has at least one column, also where the client asked for none. */
	const auto width = static_cast<size_t>(statement.column_count());
	std::vector<Value> row(
		step.role == PlanStep::Role::Buffer ? width : std::min(width, plan->columns.size()));
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
		if (rows == max_rows || !receiver.wants_more())
			break;
	}
	if (step.counts)
	{
		const bool by_rows = plan->kind == StatementKind::Select ||
							 step.role == PlanStep::Role::Buffer || statement.is_read_only();

		result.processed = by_rows ? rows : static_cast<uint64>(statement.changes());
	}
}

void
PreparedPlan::State::run_rows(size_t index, std::span<const Value> parameters, TriggerQueue &queue,
							  RunResult &result)
{
	row_statements.resize(plan->steps.size());

	const uint64 rows = WriteRows(plan->steps[index], row_statements[index], queue, parameters);

	if (plan->steps[index].counts)
		result.processed = rows;
}

/* A violated constraint is looked into once the engine has undone the step. */
void
PreparedPlan::State::run_checked_step(size_t index, std::span<const Value> parameters,
									  RowReceiver &receiver, uint64 max_rows, RunResult &result)
{
	const std::shared_ptr<const Plan> keep = plan;

	try
	{
		run_step(index, parameters, receiver, max_rows, result);
	}
	catch (const PgError &error)
	{
		if (!is_constraint_violation(error.sqlstate()))
			throw;
		throw CompleteConstraintError(error, keep->steps[index], keep->kind, parameters);
	}
}

/* AFTER triggers come last of all. */
void
PreparedPlan::State::run_steps(std::span<const Value> parameters, RowReceiver &receiver,
							   uint64 max_rows, RunResult &result)
{
	std::optional<TriggerQueue> queue;
	const std::shared_ptr<const Plan> keep = plan;

	for (size_t i = 0; i < keep->steps.size(); i++)
	{
		if (keep->steps[i].role != PlanStep::Role::Rows)
		{
			run_checked_step(i, parameters, receiver, max_rows, result);
			continue;
		}
		if (!queue)
			queue.emplace();
		run_rows(i, parameters, *queue, result);
	}
	if (queue)
		queue->fire_after();
}

RunResult
PreparedPlan::run(std::span<const Value> parameters, RowReceiver &receiver, uint64 max_rows,
				  const RunSource &source)
{
	FlagScope running(state_->running);

	plan();
	if (!state_->plan->literals.empty())
		state_->prepare_literals();
	if (WantsHooks(state_->plan->kind) && !source.is_part &&
		!(source.is_expression && only_computes(*state_->plan)))
		return RunThroughHooks(*this, parameters, receiver, max_rows, source);
	return execute(parameters, receiver, max_rows);
}

RunResult
PreparedPlan::execute(std::span<const Value> parameters, RowReceiver &receiver, uint64 max_rows)
{
	RunResult result;

	if (!state_->plan->literals.empty())
		parameters = state_->literal_values;

	/* A utility statement may change catalogs, so it must not depend on this object's plan. */
	std::shared_ptr<const Plan> keep = state_->plan;

	result.kind = keep->kind;
	result.tag = keep->tag;
	result.returned_rows = keep->returns_rows;

	CheckRights(keep->rights);
	if (object_access_hook != nullptr)
		for (const Oid function : keep->functions)
			RunFunctionExecuteHook(function);
	if (keep->kind == StatementKind::Utility)
	{
		result.utility_tag = RunUtility(*keep, receiver, parameters);
		return result;
	}
	if (keep->writes)
		PrepareForWrite(keep->tag);
	if (keep->returns_rows)
		receiver.start(keep->columns);
	if (keep->steps.size() == 1)
	{
		state_->run_checked_step(0, parameters, receiver, max_rows, result);
		return result;
	}

	const RowBuffers::Frame frame(CurrentEngine().row_buffers());

	state_->run_steps(parameters, receiver, max_rows, result);
	return result;
}

} /* namespace pg */
