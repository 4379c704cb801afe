/*
 * catalog/rows_cursors.cpp
 *		pg_cursors.
 *
 * Backends and workers.
 */
#include "catalog/cursors_view.h"
#include "catalog/pg_type_d.h"
#include "catalog/rows.h"

namespace pg
{

std::vector<CursorRow> (*list_cursors)() = nullptr;

namespace
{

constexpr RowColumn kCursorColumns[] = {
	{"name", TEXTOID},		{"statement", TEXTOID},		{"is_holdable", BOOLOID},
	{"is_binary", BOOLOID}, {"is_scrollable", BOOLOID}, {"creation_time", TIMESTAMPTZOID},
};

class CursorsCursor final : public RowCursor
{
public:
	CursorsCursor() : rows_(list_cursors != nullptr ? list_cursors() : std::vector<CursorRow>{}) {}

	bool next() override { return ++current_ < rows_.size(); }

	Value column(int i) override
	{
		const CursorRow &row = rows_[current_];

		switch (i)
		{
			case 0: return Value::Text(row.name);
			case 1: return Value::Text(row.statement);
			case 2: return Value::Bool(row.is_holdable);
			case 3: return Value::Bool(row.is_binary);
			case 4: return Value::Bool(row.is_scrollable);
			default: return Value::Int(row.created);
		}
	}

private:
	std::vector<CursorRow> rows_;
	size_t current_ = static_cast<size_t>(-1);
};

std::unique_ptr<RowCursor>
open_cursors(std::span<const Value>)
{
	return std::make_unique<CursorsCursor>();
}

} /* namespace */

const RowSource kCursorsSource = {"pg_catalog.pg_cursors", kCursorColumns, 0, open_cursors};

} /* namespace pg */
