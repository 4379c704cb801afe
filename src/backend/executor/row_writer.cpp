/*
 * executor/row_writer.cpp
 *		INSERT, UPDATE and DELETE row by row.
 *
 * Backends and workers with a database, inside a writing transaction.  Rows come from a buffer that was
 * filled before the first of them is written; a row that a trigger changed since then is an error, as
 * in PostgreSQL.
 */
#include "executor/row_writer.h"

#include <algorithm>
#include <set>

#include "access/transaction.h"
#include "engine/row_buffers.h"
#include "storage/ipc/interrupts.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

bool
is_integrity_violation(int sqlstate)
{
	return ERRCODE_TO_CATEGORY(sqlstate) == ERRCODE_INTEGRITY_CONSTRAINT_VIOLATION;
}

bool
same_row(const TriggerRow &a, const TriggerRow &b)
{
	return std::ranges::equal(
		a, b, [](const Kept &x, const Kept &y) { return SameValue(x.get(), y.get()); });
}

class Writer
{
public:
	Writer(const PlanStep &step, RowStatements &statements, TriggerQueue &queue,
		   std::span<const Value> parameters)
		: step_(step), writes_(*step.row_writes), statements_(statements), queue_(queue),
		  parameters_(parameters), table_(FindRelation(step.target))
	{
	}

	uint64 run()
	{
		const bool inserts = writes_.kind == StatementKind::Insert;
		const bool updates =
			writes_.kind == StatementKind::Update || writes_.conflict_sql.size() > 0;
		const TableEvent event = main_event();
		const TableEvent update{table_, TRIGGER_TYPE_UPDATE, writes_.conflict_columns};

		queue_.before_statement(event);
		if (inserts && updates)
			queue_.before_statement(update);
		if (writes_.result_buffer >= 0)
			buffers().clear(writes_.result_buffer);
		write_all();
		if (inserts && updates)
			queue_.after_statement(update);
		queue_.after_statement(event);
		return written_;
	}

private:
	static RowBuffers &buffers() { return CurrentEngine().row_buffers(); }

	TableEvent main_event() const
	{
		switch (writes_.kind)
		{
			case StatementKind::Insert: return {table_, TRIGGER_TYPE_INSERT};
			case StatementKind::Update: return {table_, TRIGGER_TYPE_UPDATE, writes_.set_columns};
			default: return {table_, TRIGGER_TYPE_DELETE};
		}
	}

	void write_all()
	{
		const size_t count = buffers().row_count(writes_.source_buffer);

		for (size_t i = 0; i < count; i++)
		{
			CheckForInterrupts();
			switch (writes_.kind)
			{
				case StatementKind::Insert: insert(i); break;
				case StatementKind::Update: update(i); break;
				default: remove(i); break;
			}
		}
	}

	/* ---- rows of buffers and statements ---- */

	/* Columns from `first` on, by reading value after value. */
	template <typename Read>
	TriggerRow read_row(int first, Read read) const
	{
		TriggerRow row(table_->columns.size());

		for (size_t i = 0; i < row.size(); i++)
			if (!table_->columns[i].dropped)
				row[i].set(read(first++));
		return row;
	}

	TriggerRow buffered_row(size_t number, int first) const
	{
		return read_row(first,
						[&](int i) { return buffers().get(writes_.source_buffer, number, i); });
	}

	std::vector<Value> values_of(const TriggerRow &row) const
	{
		std::vector<Value> values;

		for (size_t i = 0; i < row.size(); i++)
			if (!table_->columns[i].dropped)
				values.push_back(row[i].get());
		return values;
	}

	int column_count() const
	{
		return static_cast<int>(std::ranges::count_if(table_->columns, [](const ColumnInfo &column)
													  { return !column.dropped; }));
	}

	/* The rowid of what was written; -1: nothing was. */
	int64 write(std::unique_ptr<EngineStatement> &kept, const std::string &sql,
				std::span<const Value> values, const TriggerRow *row, StatementKind kind)
	{
		if (kept == nullptr)
			kept = CurrentEngine().prepare(sql);

		const ResetScope reset(*kept);
		int64 place = -1;

		for (size_t i = 0; i < values.size(); i++)
			kept->bind(static_cast<int>(i), values[i]);
		try
		{
			while (kept->step())
				place = kept->column(0).integer;
		}
		catch (const PgError &error)
		{
			if (!is_integrity_violation(error.sqlstate()))
				throw;
			kept->reset();
			complete(error, row, kind);
		}
		return place;
	}

	[[noreturn]] void complete(const PgError &error, const TriggerRow *row, StatementKind kind)
	{
		PlanStep step;
		const std::vector<Value> values = row != nullptr ? values_of(*row) : std::vector<Value>();

		for (size_t i = 0; i < values.size(); i++)
			step.diagnosis_sql += (i == 0 ? "SELECT ?" : ", ?") + std::to_string(i + 1);
		step.target = step_.target;
		step.target_columns = step_.target_columns;
		throw CompleteConstraintError(error, step, kind, values);
	}

	std::optional<TriggerRow> fetch(int64 place)
	{
		if (statements_.fetch == nullptr)
			statements_.fetch = CurrentEngine().prepare(writes_.fetch_sql);

		EngineStatement &statement = *statements_.fetch;
		const ResetScope reset(statement);

		statement.bind(0, Value::Int(place));
		if (!statement.step())
			return std::nullopt;
		return read_row(0, [&](int i) { return statement.column(i); });
	}

	/* A trigger of this statement may have been there first. */
	void check_unchanged(int64 place, const TriggerRow &row, const char *done)
	{
		const std::optional<TriggerRow> now = fetch(place);

		if (!now || !same_row(*now, row))
			Raise(Report(ERROR, ERRCODE_TRIGGERED_DATA_CHANGE_VIOLATION)
					  .msg("tuple to be %s was already modified by an operation triggered by the "
						   "current command",
						   done)
					  .hint("Consider using an AFTER trigger instead of a BEFORE trigger to "
							"propagate changes to other rows."));
	}

	/* ---- writing ---- */

	/* For RETURNING: the row as it is now, and what else the buffer has of it. */
	void give_back(int64 place, const TriggerRow &row, size_t number, int extra)
	{
		written_++;
		if (writes_.result_buffer < 0)
			return;

		std::vector<Value> values = values_of(row);
		std::vector<Kept> extras;

		if (writes_.kind != StatementKind::Insert)
			values.insert(values.begin(), Value::Int(place));
		for (int i = 0; i < writes_.extras; i++)
			extras.emplace_back(buffers().get(writes_.source_buffer, number, extra + i));
		for (const Kept &value : extras)
			values.push_back(value.get());
		buffers().append(writes_.result_buffer, values);
	}

	void insert(size_t number)
	{
		const TableEvent event = main_event();
		TriggerRow row = buffered_row(number, 0);

		if (!queue_.before_row(event, nullptr, -1, &row))
			return;

		const int64 place =
			write(statements_.write, writes_.write_sql, values_of(row), &row, writes_.kind);

		if (place >= 0)
		{
			seen_.insert(place);
			give_back(place, row, number, -1);
			queue_.after_row(event, {std::nullopt, std::move(row), -1, place});
		}
		else if (!writes_.conflict_sql.empty())
			update_conflicting(row, number);
	}

	void update_conflicting(const TriggerRow &proposed, size_t number)
	{
		std::optional<TriggerRow> old_row;
		TriggerRow new_row;
		int64 place = -1;

		if (!find_conflicting(proposed, &place, &old_row, &new_row))
			return;
		if (!seen_.insert(place).second)
			Raise(Report(ERROR, ERRCODE_CARDINALITY_VIOLATION)
					  .msg("ON CONFLICT DO UPDATE command cannot affect row a second time")
					  .hint("Ensure that no rows proposed for insertion within the same command "
							"have duplicate constrained values."));
		change({table_, TRIGGER_TYPE_UPDATE, writes_.conflict_columns}, place, *old_row,
			   std::move(new_row), statements_.conflict_write, writes_.conflict_write_sql, number,
			   -1);
	}

	/* False when there is none, or WHERE leaves it alone. */
	bool find_conflicting(const TriggerRow &proposed, int64 *place,
						  std::optional<TriggerRow> *old_row, TriggerRow *new_row)
	{
		if (statements_.conflict == nullptr)
			statements_.conflict = CurrentEngine().prepare(writes_.conflict_sql);

		EngineStatement &statement = *statements_.conflict;
		const ResetScope reset(statement);

		buffers().clear(writes_.proposed_buffer);
		buffers().append(writes_.proposed_buffer, values_of(proposed));
		BindAll(statement, parameters_);
		if (!statement.step() || statement.column(0).is_null() || statement.column(0).integer == 0)
			return false;
		*place = statement.column(1).integer;
		*old_row = read_row(2, [&](int i) { return statement.column(i); });
		*new_row = **old_row;

		int next = 2 + column_count();

		for (const int16 attnum : writes_.conflict_columns)
			(*new_row)[static_cast<size_t>(attnum - 1)].set(statement.column(next++));
		return true;
	}

	void update(size_t number)
	{
		const int64 place = buffers().get(writes_.source_buffer, number, 0).integer;
		const TriggerRow old_row = buffered_row(number, 1);
		TriggerRow new_row = old_row;
		int next = 1 + column_count();

		for (const int16 attnum : writes_.set_columns)
			new_row[static_cast<size_t>(attnum - 1)].set(
				buffers().get(writes_.source_buffer, number, next++));
		check_unchanged(place, old_row, "updated");
		change(main_event(), place, old_row, std::move(new_row), statements_.write,
			   writes_.write_sql, number, next);
	}

	void change(const TableEvent &event, int64 place, const TriggerRow &old_row, TriggerRow new_row,
				std::unique_ptr<EngineStatement> &statement, const std::string &sql, size_t number,
				int extra)
	{
		if (!queue_.before_row(event, &old_row, place, &new_row))
			return;
		if (queue_.has_before_row(event))
			check_unchanged(place, old_row, "updated");

		std::vector<Value> values = values_of(new_row);

		values.push_back(Value::Int(place));

		const int64 moved = write(statement, sql, values, &new_row, StatementKind::Update);

		give_back(moved, new_row, number, extra);
		queue_.after_row(event, {old_row, std::move(new_row), place, moved});
	}

	void remove(size_t number)
	{
		const TableEvent event = main_event();
		const int64 place = buffers().get(writes_.source_buffer, number, 0).integer;
		const TriggerRow row = buffered_row(number, 1);
		const Value key[] = {Value::Int(place)};

		check_unchanged(place, row, "deleted");
		if (!queue_.before_row(event, &row, place, nullptr))
			return;
		if (queue_.has_before_row(event))
			check_unchanged(place, row, "deleted");
		write(statements_.write, writes_.write_sql, key, &row, writes_.kind);
		give_back(place, row, number, 1 + column_count());
		queue_.after_row(event, {row, std::nullopt, place, -1});
	}

	const PlanStep &step_;
	const RowWrites &writes_;
	RowStatements &statements_;
	TriggerQueue &queue_;
	const std::span<const Value> parameters_;
	const RelationInfoPtr table_;
	std::set<int64> seen_; /* rows that this INSERT made or changed */
	uint64 written_ = 0;
};

} /* namespace */

uint64
WriteRows(const PlanStep &step, RowStatements &statements, TriggerQueue &queue,
		  std::span<const Value> parameters)
{
	return Writer(step, statements, queue, parameters).run();
}

} /* namespace pg */
