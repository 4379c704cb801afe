/*
 * executor/row_store.cpp
 *		Rows kept in memory.
 *
 * Backends and workers.
 */
#include "executor/row_store.h"

#include <algorithm>
#include <cstring>

namespace pg
{

namespace
{
constexpr size_t kBlock = 32 * 1024;
} /* namespace */

void
RowStore::start(std::span<const ResultColumn> columns)
{
	columns_.assign(columns.begin(), columns.end());
}

std::string_view
RowStore::keep(std::string_view bytes)
{
	if (bytes.empty())
		return {};
	if (bytes.size() > left_)
	{
		left_ = std::max(bytes.size(), kBlock);
		blocks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
		next_ = blocks_.back().get();
	}

	char *at = next_;

	memcpy(at, bytes.data(), bytes.size());
	next_ += bytes.size();
	left_ -= bytes.size();
	return {at, bytes.size()};
}

void
RowStore::row(std::span<const Value> values)
{
	for (Value value : values)
	{
		value.bytes = keep(value.bytes);
		values_.push_back(value);
	}
	rows_++;
}

std::span<const Value>
RowStore::at(uint64 index) const
{
	const size_t width = rows_ > 0 ? values_.size() / rows_ : 0;

	return std::span(values_).subspan(index * width, width);
}

} /* namespace pg */
