/*
 * executor/row_store.h
 *		Rows kept in memory: what a cursor hands out.
 *
 * One session's; not shared.
 */
#pragma once

#include <memory>
#include <vector>

#include "commands/utility.h"

namespace pg
{

class RowStore : public RowReceiver
{
public:
	void start(std::span<const ResultColumn> columns) override;
	void row(std::span<const Value> values) override;

	const std::vector<ResultColumn> &columns() const { return columns_; }
	uint64 size() const { return rows_; }
	/* From 0; lives as long as the store. */
	std::span<const Value> at(uint64 index) const;

private:
	std::string_view keep(std::string_view bytes);

	std::vector<ResultColumn> columns_;
	std::vector<Value> values_; /* row after row */
	uint64 rows_ = 0;
	std::vector<std::unique_ptr<char[]>> blocks_;
	char *next_ = nullptr;
	size_t left_ = 0;
};

} /* namespace pg */
