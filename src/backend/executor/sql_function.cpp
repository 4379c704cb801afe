/*
 * executor/sql_function.cpp
 *		Runs functions of LANGUAGE sql.
 *
 * Backends and workers with a database, inside a transaction.  A body is split and its plans are kept for the
 * session, one set for each combination of types that it is called with; a recursive call gets its own.
 */
#include "executor/sql_function.h"

#include <algorithm>
#include <map>
#include <utility>

#include "access/xact.h"
#include "catalog/pg_type_d.h"
#include "common/flag_scope.h"
#include "executor/run.h"
#include "miscadmin.h"
#include "utils/adt/row_text.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

constexpr const char *kMismatch = "return type mismatch in function declared to return %s";

/* What the last statement has to give. */
struct Wanted
{
	Oid type = 0;
	RowShape shape; /* of a row; empty: one value, or a record of any columns */
	bool nothing = false;

	bool any_row() const { return type == RECORDOID && shape.empty(); }
};

Wanted
wanted_of(Oid type, RowShape shape)
{
	Wanted wanted{type, std::move(shape), type == VOIDOID};

	if (wanted.shape.empty())
		wanted.shape = RowTypeShape(type);
	return wanted;
}

/* Names of the parameters, bare and behind the function's. */
std::shared_ptr<ParameterNames>
names_of(const ProcInfo &proc)
{
	auto names = std::make_shared<ParameterNames>();
	int number = 0;

	names->columns_first = true;
	for (size_t i = 0; i < proc.parameter_count(); i++)
	{
		const char mode = proc.parameter_mode(i);

		if (mode == 'o' || mode == 't')
			continue;
		number++;
		if (i >= proc.arg_names.size() || proc.arg_names[i].empty())
			continue;
		names->numbers.try_emplace(proc.arg_names[i], number);
		names->numbers.try_emplace(proc.name + "." + proc.arg_names[i], number);
	}
	return names;
}

bool
ends_transaction(std::string_view tag)
{
	for (const char *refused : {"BEGIN", "START TRANSACTION", "COMMIT", "ROLLBACK", "SAVEPOINT",
								"RELEASE", "PREPARE TRANSACTION", "COPY"})
		if (tag == refused)
			return true;
	return false;
}

/* Utility statements say only when they run what they change; the harmless ones are few. */
bool
may_write(PreparedPlan &statement, std::string_view tag)
{
	if (statement.kind() == StatementKind::Utility)
		return tag != "SHOW" && tag != "EXPLAIN";
	return statement.plan().writes;
}

void
check_statement(const ProcInfo &proc, const RawStatement &raw, PreparedPlan &statement)
{
	if (ends_transaction(raw.tag))
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("%s is not allowed in an SQL function", raw.tag));
	if (may_write(statement, raw.tag) && proc.def.volatility != Volatility::Volatile)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("%s is not allowed in a non-volatile function", raw.tag));
}

[[noreturn]] void
raise_result_mismatch(Oid type, const std::string &detail)
{
	Raise(Report(ERROR, ERRCODE_INVALID_FUNCTION_DEFINITION)
			  .msg(kMismatch, FormatType(type).c_str())
			  .detail("%s", detail.c_str()));
}

/* One column that is the whole row. */
bool
gives_whole_row(const Wanted &wanted, std::span<const ResultColumn> columns)
{
	return !wanted.shape.empty() && columns.size() == 1 &&
		   (columns[0].type == wanted.type ||
			(wanted.shape.size() > 1 && columns[0].type == RECORDOID));
}

/* plan: of the last statement; null: there is none. */
void
check_result(const Wanted &wanted, const Plan *plan)
{
	if (wanted.nothing)
		return;
	if (plan == nullptr || !plan->returns_rows || plan->kind == StatementKind::Utility)
		raise_result_mismatch(wanted.type, "Function's final statement must be SELECT or "
										   "INSERT/UPDATE/DELETE RETURNING.");

	const std::vector<ResultColumn> &columns = plan->columns;

	if (wanted.any_row() || gives_whole_row(wanted, columns))
		return;
	if (wanted.shape.empty())
	{
		if (columns.size() != 1)
			raise_result_mismatch(wanted.type, "Final statement must return exactly one column.");
		if (columns[0].type != wanted.type)
			raise_result_mismatch(wanted.type,
								  "Actual return type is " + FormatType(columns[0].type) + ".");
		return;
	}
	if (columns.size() != wanted.shape.size())
		raise_result_mismatch(wanted.type, columns.size() < wanted.shape.size()
											   ? "Final statement returns too few columns."
											   : "Final statement returns too many columns.");
	for (size_t i = 0; i < columns.size(); i++)
		if (columns[i].type != wanted.shape[i].type)
			raise_result_mismatch(wanted.type, "Final statement returns " +
												   FormatType(columns[i].type) + " instead of " +
												   FormatType(wanted.shape[i].type) +
												   " at column " + std::to_string(i + 1) + ".");
}

/* Keeps the rows of the last statement. */
class Gather : public RowReceiver
{
public:
	explicit Gather(std::vector<SqlFunctionRow> *rows) : rows_(*rows) {}
	void start(std::span<const ResultColumn>) override {}
	void row(std::span<const Value> values) override
	{
		SqlFunctionRow &row = rows_.emplace_back();

		for (const Value &value : values)
			row.emplace_back(value);
	}

private:
	std::vector<SqlFunctionRow> &rows_;
};

/* A body for certain types of arguments and result. */
class Body
{
public:
	Body(const ProcInfo &proc, std::span<const Oid> types, Wanted wanted)
		: proc_(proc), wanted_(std::move(wanted)), text_(ParseStatements(proc.source))
	{
		const auto names = names_of(proc);
		auto last_names = std::make_shared<ParameterNames>(*names);

		if (!wanted_.nothing && wanted_.shape.empty() && !wanted_.any_row())
			last_names->result_types = {wanted_.type};
		for (const RowField &field : wanted_.shape)
			last_names->result_types.push_back(field.type);
		for (size_t i = 0; i < text_->size(); i++)
			statements_.push_back(std::make_unique<PreparedPlan>(
				(*text_)[i], types, i + 1 == text_->size() ? last_names : names));
	}

	/* Makes all plans, and looks at the result. */
	void check()
	{
		const Plan *last = nullptr;

		for (const auto &statement : statements_)
			last = &statement->plan();
		check_result(wanted_, last);
		whole_row_ = last != nullptr && gives_whole_row(wanted_, last->columns);
	}

	std::vector<SqlFunctionRow> run(std::span<const Value> arguments)
	{
		std::vector<SqlFunctionRow> rows;

		start();
		for (size_t i = 0; i < statements_.size(); i++)
			with_context("statement " + std::to_string(i + 1),
						 [&] { run_statement(i, arguments, &rows); });
		if (!proc_.returns_set && rows.size() > 1)
			rows.resize(1);
		for (SqlFunctionRow &row : rows)
			if (wanted_.any_row())
				join_columns(&row);
			else
				split_whole_row(&row);
		return rows;
	}

private:
	/* All statements are looked at before the first one runs. */
	void start()
	{
		with_context("during startup",
					 [&]
					 {
						 check();
						 for (size_t i = 0; i < statements_.size(); i++)
							 check_statement(proc_, (*text_)[i], *statements_[i]);
					 });
	}

	void run_statement(size_t i, std::span<const Value> arguments,
					   std::vector<SqlFunctionRow> *rows)
	{
		PreparedPlan &statement = *statements_[i];
		const bool is_last = i + 1 == statements_.size();

		if (!is_last || wanted_.nothing)
		{
			NullReceiver discard;

			statement.run(arguments, discard);
		}
		else
		{
			Gather gather(rows);

			statement.run(arguments, gather,
						  !proc_.returns_set && statement.kind() == StatementKind::Select ? 1 : 0);
		}
		CommandCounterIncrement();
	}

	/* A record whose columns nobody describes is one value. */
	void join_columns(SqlFunctionRow *row) const
	{
		const std::vector<ResultColumn> &columns = statements_.back()->plan().columns;
		RowFields fields;

		if (columns.size() == 1 && columns[0].type == RECORDOID)
			return;
		for (size_t i = 0; i < row->size(); i++)
			if ((*row)[i].is_null())
				fields.emplace_back();
			else
				fields.emplace_back(ValueOut(columns[i].type, (*row)[i].get()));
		row->clear();
		row->emplace_back(Value::Text(FormatRow(fields)));
	}

	/* A row that came as one value becomes its columns. */
	void split_whole_row(SqlFunctionRow *row) const
	{
		if (!whole_row_)
			return;

		const Kept whole = row->at(0);

		row->clear();
		if (whole.is_null())
			return;

		const RowFields fields =
			ParseRow(whole.get().bytes, static_cast<int>(wanted_.shape.size()));

		for (size_t i = 0; i < fields.size(); i++)
		{
			std::string scratch;

			row->emplace_back(fields[i] ? ValueIn(wanted_.shape[i].type, *fields[i], -1, &scratch)
										: Value::Null());
		}
	}

	/* Errors say where they are of; a place in a statement is shown in the body. */
	template <typename Work>
	void with_context(const std::string &where, Work work)
	{
		try
		{
			work();
		}
		catch (PgError &error)
		{
			if (error.report.position > 0)
				error.report.internal_statement(proc_.source,
												std::exchange(error.report.position, 0));
			error.report.context("SQL function \"%s\" %s", proc_.name.c_str(), where.c_str());
			throw;
		}
	}

	const ProcInfo &proc_;
	const Wanted wanted_;
	const std::shared_ptr<const std::vector<RawStatement>> text_;
	std::vector<std::unique_ptr<PreparedPlan>> statements_;
	bool whole_row_ = false;
};

/* Kept for the session. */
struct KnownBody
{
	ProcPtr proc; /* which body refers to */
	std::unique_ptr<Body> body;
	bool running = false;
};

using BodyKey = std::string;

std::shared_ptr<KnownBody>
make_body(const ProcInfo &proc, const CallSignature &signature)
{
	auto known = std::make_shared<KnownBody>();
	std::vector<Oid> types;

	for (const CallType &argument : signature.arguments)
		types.push_back(argument.type);
	known->proc = FindProc(proc.def.oid);
	known->body = std::make_unique<Body>(*known->proc, types,
										 wanted_of(signature.result.type, signature.result.shape));
	return known;
}

/* Of this session; a function that was replaced is read anew. */
std::shared_ptr<KnownBody>
body_for(const ProcInfo &proc, const CallSignature &signature)
{
	static auto *const known =
		std::make_unique<std::map<BodyKey, std::shared_ptr<KnownBody>>>().release();
	std::shared_ptr<KnownBody> &entry = (*known)[FormatSignature(signature)];

	if (entry != nullptr && entry->running)
		return make_body(proc, signature);
	if (entry == nullptr || entry->proc != FindProc(proc.def.oid))
		entry = make_body(proc, signature);
	return entry;
}

void
check_types(const ProcInfo &proc)
{
	const auto is_pseudo = [](Oid type)
	{
		const TypeDef *const def = FindType(type);

		return def != nullptr && def->kind == 'p' && !IsPolymorphic(type);
	};
	const Oid result = proc.def.result;

	if (is_pseudo(result) && result != RECORDOID && result != VOIDOID)
		Raise(Report(ERROR, ERRCODE_INVALID_FUNCTION_DEFINITION)
				  .msg("SQL functions cannot return type %s", FormatType(result).c_str()));
	for (const Oid type : proc.arg_types)
		if (is_pseudo(type))
			Raise(Report(ERROR, ERRCODE_INVALID_FUNCTION_DEFINITION)
					  .msg("SQL functions cannot have arguments of type %s",
						   FormatType(type).c_str()));
}

} /* namespace */

void
CheckSqlFunction(const ProcInfo &proc)
{
	check_types(proc);
	try
	{
		/* What polymorphic parameters are only a call tells. */
		if (std::ranges::any_of(proc.arg_types, IsPolymorphic))
			ParseStatements(proc.source);
		else
			Body(proc, proc.arg_types,
				 wanted_of(proc.def.result, ResultShape(proc, proc.arg_types)))
				.check();
	}
	catch (PgError &error)
	{
		if (error.report.position == 0)
			error.report.context("SQL function \"%s\"", proc.name.c_str());
		throw;
	}
}

std::vector<SqlFunctionRow>
CallSqlFunction(const ProcInfo &proc, const CallSignature &signature,
				std::span<const Value> arguments)
{
	check_stack_depth();

	const std::shared_ptr<KnownBody> known = body_for(proc, signature);
	const FlagScope mark(known->running);

	return known->body->run(arguments);
}

} /* namespace pg */
