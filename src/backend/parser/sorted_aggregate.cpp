/*
 * sorted_aggregate.cpp
 *		ORDER BY inside an aggregate, which the engine does not know.
 *
 * Every process with a session.  Keeps all rows of a group in memory.
 */
#include "parser/sorted_aggregate.h"

#include <algorithm>
#include <string>
#include <vector>

#include "utils/adt/registry.h"
#include "utils/error/report.h"

namespace pg::parser
{

namespace
{

constexpr int kFixedArguments = 3;

struct Cell
{
	Value value;
	std::string bytes;

	explicit Cell(const Value &given) : value(given), bytes(given.bytes) {}
	Value get() const
	{
		Value result = value;

		result.bytes = bytes;
		return result;
	}
};

using Row = std::vector<Cell>;

struct Key
{
	bool descending = false;
	bool nulls_first = false;
	int (*compare)(std::string_view, std::string_view) noexcept = nullptr;
};

/* Arguments from a kept row, the result to the engine's call. */
class KeptCall final : public FunctionCall
{
public:
	KeptCall(const Row &row, int count) : row_(row), count_(count) {}
	int arg_count() const override { return count_; }
	Value arg(int i) const override { return row_[static_cast<size_t>(i)].get(); }
	void set_result(const Value &) override {}

private:
	const Row &row_;
	int count_;
};

std::vector<Key>
read_keys(std::string_view text)
{
	std::vector<Key> keys;

	while (!text.empty())
	{
		const size_t end = text.find(';');
		const std::string_view collation = text.substr(2, end - 2);
		Key &key = keys.emplace_back();

		key.descending = text[0] == 'd';
		key.nulls_first = text[1] == 'f';
		for (const EngineCollation &known : kAdtCollations)
		{
			if (collation == known.name)
				key.compare = known.compare;
		}
		text.remove_prefix(end + 1);
	}
	return keys;
}

double
number(const Value &value)
{
	return value.kind == Value::Kind::Int ? static_cast<double>(value.integer) : value.real;
}

bool
is_number_value(const Value &value)
{
	return value.kind == Value::Kind::Int || value.kind == Value::Kind::Real;
}

/* The engine's order of two values that are not null. */
int
compare_values(const Value &a, const Value &b, const Key &key)
{
	if (a.kind == Value::Kind::Int && b.kind == Value::Kind::Int)
		return a.integer < b.integer ? -1 : a.integer > b.integer;
	if (is_number_value(a) && is_number_value(b))
		return number(a) < number(b) ? -1 : number(a) > number(b);
	if (is_number_value(a) != is_number_value(b))
		return is_number_value(a) ? -1 : 1;
	if (key.compare != nullptr)
		return key.compare(a.bytes, b.bytes);
	return a.bytes.compare(b.bytes);
}

class SortedState final : public AggregateState
{
public:
	void step(FunctionCall &call) override
	{
		if (inner_ == nullptr)
			start(call);
		Row row;

		for (int i = kFixedArguments; i < call.arg_count(); i++)
			row.emplace_back(call.arg(i));
		rows_.push_back(std::move(row));
	}

	void finish(FunctionCall &call) override
	{
		if (inner_ == nullptr)
			return;
		std::ranges::stable_sort(rows_, [this](const Row &a, const Row &b) { return less(a, b); });
		for (size_t i = 0; i < rows_.size(); i++)
		{
			KeptCall kept(rows_[i], arguments_);

			if (distinct_ && i > 0 && !less(rows_[i - 1], rows_[i]))
				continue;
			inner_->step(kept);
		}
		inner_->finish(call);
	}

private:
	void start(FunctionCall &call)
	{
		const std::string name(call.arg(0).bytes);
		std::string_view keys = call.arg(1).bytes;

		distinct_ = keys.starts_with('u');
		if (distinct_)
			keys.remove_prefix(1);
		keys_ = read_keys(keys);
		arguments_ = static_cast<int>(call.arg(2).integer);
		for (const EngineAggregate &aggregate : AdtEngineAggregates())
		{
			if (name == aggregate.name &&
				(aggregate.arg_count == arguments_ || aggregate.arg_count < 0))
				inner_ = aggregate.create();
		}
		if (inner_ == nullptr)
			RaiseNotSupported("ORDER BY in aggregate " + name);
	}

	bool less(const Row &a, const Row &b) const
	{
		for (size_t i = 0; i < keys_.size(); i++)
		{
			const size_t at = static_cast<size_t>(arguments_) + i;
			const Value left = a[at].get(), right = b[at].get();

			if (left.is_null() || right.is_null())
			{
				if (left.is_null() != right.is_null())
					return left.is_null() == keys_[i].nulls_first;
				continue;
			}
			const int order = compare_values(left, right, keys_[i]);

			if (order != 0)
				return keys_[i].descending ? order > 0 : order < 0;
		}
		return false;
	}

	std::vector<Row> rows_;
	std::vector<Key> keys_;
	std::unique_ptr<AggregateState> inner_;
	int arguments_ = 0;
	bool distinct_ = false; /* of rows with equal keys the first alone counts */
};

} /* namespace */

std::unique_ptr<AggregateState>
MakeSortedAggregate()
{
	return std::make_unique<SortedState>();
}

} /* namespace pg::parser */
