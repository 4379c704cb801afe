/*
 * executor/constraint_errors.cpp
 *		Turns the engine's word of a violated constraint into PostgreSQL's error.
 *
 * Backends and workers with a database, right after the engine undid the statement.  The rows that
 * the step tried to write are computed once more (PlanStep::diagnosis_sql) to find the offender: this
 * costs only statements that failed.  Where it cannot be found the error goes out without a detail.
 */
#include <algorithm>
#include <map>
#include <set>

#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/objects.h"
#include "executor/run.h"
#include "utils/adt/registry.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

constexpr size_t kMaxFieldLength = 64; /* of a value in "Failing row contains" */

/* Rows the step wanted to write; values own their bytes. */
struct AttemptedRow
{
	std::vector<std::string> bytes;
	std::vector<Value> values; /* in the order of the relation's live columns */
};

class Diagnosis
{
public:
	Diagnosis(const PgError &error, const PlanStep &step, StatementKind kind,
			  std::span<const Value> parameters)
		: error_(error), step_(step), kind_(kind), relation_(FindRelation(step.target))
	{
		if (relation_ != nullptr && !step.diagnosis_sql.empty())
			load_rows(parameters);
	}

	PgError result()
	{
		if (relation_ == nullptr)
			return error_;
		switch (error_.sqlstate())
		{
			case ERRCODE_NOT_NULL_VIOLATION: return not_null();
			case ERRCODE_CHECK_VIOLATION: return check();
			case ERRCODE_UNIQUE_VIOLATION: return unique();
			default: return foreign_key();
		}
	}

private:
	void load_rows(std::span<const Value> parameters)
	{
		std::unique_ptr<EngineStatement> statement = CurrentEngine().prepare(step_.diagnosis_sql);

		BindAll(*statement, parameters);
		while (statement->step())
		{
			AttemptedRow row;
			const size_t count = static_cast<size_t>(statement->column_count());

			row.bytes.resize(count);
			for (size_t i = 0; i < count; i++)
			{
				Value value = statement->column(static_cast<int>(i));

				row.bytes[i] = value.bytes;
				value.bytes = row.bytes[i];
				row.values.push_back(value);
			}
			rows_.push_back(std::move(row));
		}
	}

	/* Position of a column among the attempted values, or -1. */
	int index_of(int16 attnum) const
	{
		for (size_t i = 0; i < step_.target_columns.size(); i++)
			if (step_.target_columns[i] == attnum)
				return static_cast<int>(i);
		return -1;
	}

	const ColumnInfo &column(int16 attnum) const
	{
		for (const ColumnInfo &candidate : relation_->columns)
			if (candidate.attnum == attnum)
				return candidate;
		return relation_->columns.front();
	}

	std::string text_of(const Value &value, int16 attnum) const
	{
		return value.is_null() ? "null" : ValueOut(column(attnum).type, value);
	}

	std::string row_text(const AttemptedRow &row) const
	{
		std::string text;

		for (size_t i = 0; i < row.values.size(); i++)
		{
			std::string field = text_of(row.values[i], step_.target_columns[i]);

			if (field.size() > kMaxFieldLength)
				field = field.substr(0, kMaxFieldLength) + "...";
			text += (i > 0 ? ", " : "") + field;
		}
		return text;
	}

	void add_row_detail(Report &report, const AttemptedRow *row) const
	{
		if (row != nullptr)
			report.detail("Failing row contains (%s).", row_text(*row).c_str());
	}

	PgError not_null()
	{
		const ColumnInfo *guilty = nullptr;
		const AttemptedRow *guilty_row = nullptr;

		for (const AttemptedRow &row : rows_)
		{
			for (const ColumnInfo &candidate : relation_->columns)
			{
				const int at = index_of(candidate.attnum);

				if (candidate.not_null && !candidate.dropped && at >= 0 &&
					row.values[static_cast<size_t>(at)].is_null() && guilty == nullptr)
				{
					guilty = &candidate;
					guilty_row = &row;
				}
			}
		}
		if (guilty == nullptr)
			guilty = relation_->find_column(error_.report.column_name);
		if (guilty == nullptr)
			return error_;

		Report report(ERROR, ERRCODE_NOT_NULL_VIOLATION);

		report.msg("null value in column \"%s\" of relation \"%s\" violates not-null constraint",
				   guilty->name.c_str(), relation_->name.c_str());
		add_row_detail(report, guilty_row);
		report.object(relation_->schema_name.c_str(), relation_->name.c_str(),
					  guilty->name.c_str());
		return PgError(report);
	}

	/* Whether the row makes the CHECK expression false. */
	bool violates(const AttemptedRow &row, const ConstraintInfo &constraint) const
	{
		std::string sql = "SELECT (" +
						  LowerExpression(constraint.check_sql, relation_.get(), InvalidOid, -1) +
						  ") FROM (SELECT ";

		for (size_t i = 0; i < row.values.size(); i++)
			sql += (i > 0 ? ", ?" : "?") + std::to_string(i + 1) + " AS " +
				   QuoteEngineName(column(step_.target_columns[i]).physical);

		std::unique_ptr<EngineStatement> statement = CurrentEngine().prepare(sql + ")");

		for (size_t i = 0; i < row.values.size(); i++)
			statement->bind(static_cast<int>(i), row.values[i]);
		if (!statement->step())
			return false;

		const Value verdict = statement->column(0);

		return !verdict.is_null() && verdict.integer == 0;
	}

	const ConstraintInfo *find_constraint(const std::string &name) const
	{
		for (const ConstraintInfo &candidate : relation_->constraints)
			if (candidate.name == name)
				return &candidate;
		return nullptr;
	}

	PgError check()
	{
		const std::string &name = error_.report.constraint_name;
		const ConstraintInfo *constraint = find_constraint(name);
		const AttemptedRow *guilty = nullptr;

		if (constraint != nullptr)
			for (const AttemptedRow &row : rows_)
				if (guilty == nullptr && violates(row, *constraint))
					guilty = &row;

		Report report(ERROR, ERRCODE_CHECK_VIOLATION);

		report.msg("new row for relation \"%s\" violates check constraint \"%s\"",
				   relation_->name.c_str(), name.c_str());
		add_row_detail(report, guilty);
		report.object(relation_->schema_name.c_str(), relation_->name.c_str(), nullptr, nullptr,
					  name.c_str());
		return PgError(report);
	}

	/* The engine names the columns "table.column, ..." or the index: find the index meant. */
	const TableIndex *guilty_index() const
	{
		const std::string &said = error_.report.constraint_name;

		for (const TableIndex &index : relation_->indexes)
		{
			if (!index.unique)
				continue;
			if (said.find("'" + index.physical + "'") != std::string::npos ||
				said == index.physical || said == index.name)
				return &index;

			std::string columns;

			for (const int16 attnum : index.columns)
			{
				if (attnum == 0)
					break;
				columns += (columns.empty() ? "" : ", ") + column(attnum).physical;
			}
			if (columns == said || (said.empty() && columns == error_.report.column_name))
				return &index;
		}
		return nullptr;
	}

	std::vector<Value> key_of(const AttemptedRow &row, const std::vector<int16> &columns) const
	{
		std::vector<Value> key;

		for (const int16 attnum : columns)
		{
			const int at = index_of(attnum);

			key.push_back(at < 0 ? Value::Null() : row.values[static_cast<size_t>(at)]);
		}
		return key;
	}

	/* Whether `relation` has a row whose columns equal the key. */
	static bool key_exists(const RelationInfo &relation, const std::vector<int16> &columns,
						   const std::vector<Value> &key)
	{
		std::string sql = "SELECT 1 FROM " + relation.physical + " WHERE ";

		for (size_t i = 0; i < columns.size(); i++)
			for (const ColumnInfo &candidate : relation.columns)
				if (candidate.attnum == columns[i])
					sql += (i > 0 ? " AND " : "") + QuoteEngineName(candidate.physical) + " = ?" +
						   std::to_string(i + 1);

		std::unique_ptr<EngineStatement> statement = CurrentEngine().prepare(sql + " LIMIT 1");

		for (size_t i = 0; i < key.size(); i++)
			statement->bind(static_cast<int>(i), key[i]);
		return statement->step();
	}

	std::string key_text(const std::vector<int16> &columns, const std::vector<Value> &key) const
	{
		std::string names, values;

		for (size_t i = 0; i < columns.size(); i++)
		{
			names += (i > 0 ? ", " : "") + column(columns[i]).name;
			values += (i > 0 ? ", " : "") + text_of(key[i], columns[i]);
		}
		return "(" + names + ")=(" + values + ")";
	}

	/* Of the unique indexes on plain columns the first, in order of creation, that a row violates. */
	const TableIndex *first_violated() const
	{
		std::map<Oid, const TableIndex *> in_order;

		for (const TableIndex &index : relation_->indexes)
			if (index.unique && index.predicate_sql.empty() && !index.columns.empty() &&
				std::find(index.columns.begin(), index.columns.end(), 0) == index.columns.end())
				in_order.emplace(index.oid, &index);
		if (kind_ != StatementKind::Insert || rows_.size() != 1)
			return nullptr;
		for (const auto &[oid, index] : in_order)
		{
			const std::vector<Value> key = key_of(rows_.front(), index->columns);

			if (!has_null(key) && key_exists(*relation_, index->columns, key))
				return index;
		}
		return nullptr;
	}

	PgError unique()
	{
		/* The engine checks its indexes in an order of its own. */
		const TableIndex *index = first_violated();
		Report report(ERROR, ERRCODE_UNIQUE_VIOLATION);
		std::set<std::string> seen;

		if (index == nullptr)
			index = guilty_index();
		if (index == nullptr)
			return error_;
		report.msg("duplicate key value violates unique constraint \"%s\"", index->name.c_str());
		for (const AttemptedRow &row : rows_)
		{
			if (index->columns.empty() || index->columns.front() == 0)
				break;

			const std::vector<Value> key = key_of(row, index->columns);
			const std::string text = key_text(index->columns, key);

			if (has_null(key))
				continue;
			if (!seen.insert(text).second || key_exists(*relation_, index->columns, key))
			{
				report.detail("Key %s already exists.", text.c_str());
				break;
			}
		}
		report.object(relation_->schema_name.c_str(), relation_->name.c_str(), nullptr, nullptr,
					  index->name.c_str());
		return PgError(report);
	}

	/* A new row that points to nothing, else an old row that others still point to. */
	PgError foreign_key()
	{
		if (kind_ != StatementKind::Delete)
			for (const ConstraintInfo &constraint : relation_->constraints)
				if (constraint.type == 'f')
					if (std::optional<PgError> found = dangling(constraint))
						return *found;
		for (const Reference &reference : FindReferences(relation_->oid))
			if (std::optional<PgError> found = still_referenced(reference))
				return *found;
		return error_;
	}

	static bool has_null(const std::vector<Value> &key)
	{
		for (const Value &value : key)
			if (value.is_null())
				return true;
		return false;
	}

	std::optional<PgError> dangling(const ConstraintInfo &constraint) const
	{
		RelationInfoPtr target = FindRelation(constraint.foreign_relation);

		if (target == nullptr)
			return std::nullopt;
		for (const AttemptedRow &row : rows_)
		{
			const std::vector<Value> key = key_of(row, constraint.columns);

			if (has_null(key) || key_exists(*target, constraint.foreign_columns, key))
				continue;

			Report report(ERROR, ERRCODE_FOREIGN_KEY_VIOLATION);

			report.msg("insert or update on table \"%s\" violates foreign key constraint \"%s\"",
					   relation_->name.c_str(), constraint.name.c_str());
			report.detail("Key %s is not present in table \"%s\".",
						  key_text(constraint.columns, key).c_str(), target->name.c_str());
			report.object(relation_->schema_name.c_str(), relation_->name.c_str(), nullptr, nullptr,
						  constraint.name.c_str());
			return PgError(report);
		}
		return std::nullopt;
	}

	/* For a DELETE the attempted rows are the old ones; an UPDATE's old keys are looked for too. */
	std::optional<PgError> still_referenced(const Reference &reference) const
	{
		const ConstraintInfo &constraint = reference.relation->constraints[reference.constraint];
		Report report(ERROR, ERRCODE_FOREIGN_KEY_VIOLATION);

		report.msg("update or delete on table \"%s\" violates foreign key constraint \"%s\" on "
				   "table \"%s\"",
				   relation_->name.c_str(), constraint.name.c_str(),
				   reference.relation->name.c_str());
		report.object(reference.relation->schema_name.c_str(), reference.relation->name.c_str(),
					  nullptr, nullptr, constraint.name.c_str());
		for (const AttemptedRow &row : rows_)
		{
			const std::vector<Value> key = key_of(row, constraint.foreign_columns);

			if (has_null(key) || !key_exists(*reference.relation, constraint.columns, key))
				continue;
			report.detail("Key %s is still referenced from table \"%s\".",
						  key_text(constraint.foreign_columns, key).c_str(),
						  reference.relation->name.c_str());
			return PgError(report);
		}
		return kind_ == StatementKind::Update ? std::optional(PgError(report)) : std::nullopt;
	}

	const PgError &error_;
	const PlanStep &step_;
	const StatementKind kind_;
	const RelationInfoPtr relation_;
	std::vector<AttemptedRow> rows_;
};

} /* namespace */

PgError
CompleteConstraintError(const PgError &error, const PlanStep &step, StatementKind kind,
						std::span<const Value> parameters)
{
	return Diagnosis(error, step, kind, parameters).result();
}

} /* namespace pg */
