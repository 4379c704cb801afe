/*
 * catalog/rows_worker_rules.cpp
 *		pg_bgworker_file_rules: the lines of pg_bgworker.conf, good and bad.
 *
 * Backends and workers.  A cursor keeps the rows that it has read.
 */
#include "catalog/pg_type_d.h"
#include "catalog/row_values.h"
#include "catalog/rows.h"
#include "catalog/worker_rules_view.h"

namespace pg
{

std::vector<WorkerRuleRow> (*read_worker_rules)() = nullptr;

namespace
{

constexpr RowColumn kRuleColumns[] = {
	{"line_number", INT4OID},  {"type", TEXTOID},  {"pattern", TEXTARRAYOID},
	{"options", TEXTARRAYOID}, {"error", TEXTOID},
};

class WorkerRulesCursor : public RowCursor
{
public:
	WorkerRulesCursor() : rows_(read_worker_rules()) {}

	bool next() override
	{
		if (++current_ >= rows_.size())
			return false;
		patterns_ = TextArrayOf(rows_[current_].patterns);
		options_ = TextArrayOf(rows_[current_].options);
		return true;
	}

	Value column(int i) override
	{
		const WorkerRuleRow &row = rows_[current_];
		const bool good = row.error.empty();

		switch (i)
		{
			case 0: return Value::Int(row.line);
			case 1: return good ? Value::Text(row.type) : Value::Null();
			case 2: return good ? Value::Text(patterns_) : Value::Null();
			case 3: return good && !row.options.empty() ? Value::Text(options_) : Value::Null();
			default: return good ? Value::Null() : Value::Text(row.error);
		}
	}

private:
	std::vector<WorkerRuleRow> rows_;
	std::string patterns_, options_;
	size_t current_ = static_cast<size_t>(-1);
};

std::unique_ptr<RowCursor>
open_worker_rules(std::span<const Value>)
{
	return std::make_unique<WorkerRulesCursor>();
}

} /* namespace */

const RowSource kWorkerRulesSource = {"pg_catalog.pg_bgworker_file_rules", kRuleColumns, 0,
									  open_worker_rules};

} /* namespace pg */
