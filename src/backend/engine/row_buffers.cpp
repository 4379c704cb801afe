/*
 * row_buffers.cpp
 *		Rows kept in memory between the statements of one plan, and the copying of their bytes.
 *
 * Runs in backends and workers.  Never touches the library or shared memory.
 */
#include "engine/row_buffers.h"

#include "utils/error/report.h"

namespace pg
{

RowBuffers::Buffer &
RowBuffers::at(int k)
{
	if (static_cast<size_t>(k) >= buffers_.size())
		buffers_.resize(k + 1);
	return buffers_[k];
}

void
RowBuffers::clear(int k)
{
	at(k) = Buffer();
}

void
RowBuffers::clear_all()
{
	buffers_.clear();
}

void
RowBuffers::append(int k, std::span<const Value> row)
{
	Buffer &buffer = at(k);

	if (row.size() > kMaxColumns)
		Raise(Report(ERROR, ERRCODE_TOO_MANY_COLUMNS)
				  .msg("intermediate results can have at most %d columns", kMaxColumns));
	for (const Value &value : row)
	{
		Cell cell{.kind = value.kind, .integer = value.integer, .length = 0};

		if (value.kind == Value::Kind::Real)
			cell.real = value.real;
		else if (value.kind == Value::Kind::Text || value.kind == Value::Kind::Blob)
		{
			cell.offset = buffer.bytes.size();
			cell.length = value.bytes.size();
			buffer.bytes.append(value.bytes);
		}
		buffer.cells.push_back(cell);
	}
	buffer.row_ends.push_back(buffer.cells.size());
}

size_t
RowBuffers::row_count(int k) const
{
	return static_cast<size_t>(k) < buffers_.size() ? buffers_[k].row_ends.size() : 0;
}

Value
RowBuffers::get(int k, size_t row, int column) const
{
	const Buffer &buffer = buffers_[k];
	const size_t begin = row == 0 ? 0 : buffer.row_ends[row - 1];

	if (begin + column >= buffer.row_ends[row])
		return Value::Null();

	const Cell &cell = buffer.cells[begin + column];

	switch (cell.kind)
	{
		case Value::Kind::Null: break;
		case Value::Kind::Int: return Value::Int(cell.integer);
		case Value::Kind::Real: return Value::Real(cell.real);
		case Value::Kind::Text:
			return Value::Text(std::string_view(buffer.bytes).substr(cell.offset, cell.length));
		case Value::Kind::Blob:
			return Value::Blob(std::string_view(buffer.bytes).substr(cell.offset, cell.length));
	}
	return Value::Null();
}

} /* namespace pg */
