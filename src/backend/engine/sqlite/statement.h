/*
 * statement.h
 *		A prepared statement of a session.
 */
#pragma once

#include "session.h"

namespace pg::sqlite
{

class SqliteStatement final : public EngineStatement
{
public:
	SqliteStatement(SqliteSession &session, StatementHandle handle, Touched touched);
	~SqliteStatement() override;
	SqliteStatement(const SqliteStatement &) = delete;
	SqliteStatement &operator=(const SqliteStatement &) = delete;

	int parameter_count() const override;
	int column_count() const override;
	void bind(int index, const Value &value) override;
	bool step() override;
	Value column(int i) const override;
	int64 changes() const override { return changes_; }
	void reset() noexcept override;
	bool is_read_only() const override { return read_only_; }

private:
	void end() noexcept;
	bool failed(int code);

	SqliteSession &session_;
	const StatementHandle handle_;
	const Touched touched_;
	const bool read_only_;
	bool running_ = false;
	bool had_row_ = false;
	int64 changes_ = 0;
};

} /* namespace pg::sqlite */
