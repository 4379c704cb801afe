/*
 * catalog/rows_sequences.cpp
 *		The one row that a sequence is in FROM.
 *
 * Backends and workers with a database.
 */
#include <utility>

#include "access/sequence.h"
#include "catalog/pg_type_d.h"
#include "catalog/rows.h"

namespace pg
{
namespace
{

constexpr RowColumn kSequenceColumns[] = {{"last_value", INT8OID},
										  {"log_cnt", INT8OID},
										  {"is_called", BOOLOID}};

class SequenceCursor final : public RowCursor
{
public:
	explicit SequenceCursor(const SequencePtr &sequence) : there_(sequence != nullptr)
	{
		if (there_)
			row_ = ReadSequence(*sequence);
	}

	bool next() override { return std::exchange(there_, false); }

	Value column(int i) override
	{
		switch (i)
		{
			case 0: return Value::Int(row_.last);
			case 1: return Value::Int(row_.log_count);
			default: return Value::Bool(row_.is_called);
		}
	}

private:
	bool there_;
	SequenceRow row_;
};

std::unique_ptr<RowCursor>
open_sequence(std::span<const Value> arguments)
{
	const Value &oid = arguments[0];

	return std::make_unique<SequenceCursor>(
		oid.is_null() ? nullptr : FindSequence(static_cast<Oid>(oid.integer)));
}

} /* namespace */

const RowSource kSequenceSource = {kSequenceSourceName, kSequenceColumns, 1, open_sequence};

} /* namespace pg */
