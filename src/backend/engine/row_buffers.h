/*
 * engine/row_buffers.h
 *		Rows kept in memory between the statements of one plan.
 *
 * The executor fills buffer k, later statements of the same session read it as "pg_rows"(k), with
 * columns c0, c1, ... in the order given.  Bytes are copied in.  Sessions only; lives and dies with
 * its session; never shared.
 */
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/value.h"

namespace pg
{

class RowBuffers
{
	/* A value whose bytes are a range of Buffer::bytes. */
	struct Cell
	{
		Value::Kind kind;
		union
		{
			int64 integer;
			double real;
			size_t offset;
		};
		size_t length;
	};

	struct Buffer
	{
		std::vector<Cell> cells;
		std::vector<size_t> row_ends;
		std::string bytes;
	};

public:
	/* While it lives all buffers are new: for a plan that runs within another. */
	class Frame
	{
	public:
		explicit Frame(RowBuffers &buffers) : buffers_(buffers) { buffers_.buffers_.swap(outer_); }
		~Frame() { buffers_.buffers_.swap(outer_); }
		Frame(const Frame &) = delete;
		Frame &operator=(const Frame &) = delete;

	private:
		RowBuffers &buffers_;
		std::vector<Buffer> outer_;
	};

	/* Width of pg_rows: columns c0 to c<kMaxColumns - 1>. */
	static constexpr int kMaxColumns = 256;

	/* Empties buffer k, which may be new. Rows that a running statement reads must not be cleared. */
	void clear(int k);
	void clear_all();
	/* Adds a row at the end of buffer k. Raises 54011 when it is too wide. */
	void append(int k, std::span<const Value> row);
	size_t row_count(int k) const;
	/* Null where the row has no such column. Bytes are valid until the buffer is cleared or grows. */
	Value get(int k, size_t row, int column) const;

private:
	Buffer &at(int k);

	std::vector<Buffer> buffers_;
};

} /* namespace pg */
