/*
 * statement.cpp
 *		Binding, stepping and reading the rows of one prepared statement.
 *
 * Runs in backends, workers and the bootstrap.  step() is the hottest path of the server: nothing
 * here may allocate for a row.
 */
#include "statement.h"

#include "errors.h"
#include "values.h"

namespace pg::sqlite
{

SqliteStatement::SqliteStatement(SqliteSession &session, StatementHandle handle, Touched touched)
	: session_(session), handle_(std::move(handle)), touched_(touched),
	  read_only_(sqlite3_stmt_readonly(handle_.get()) != 0)
{
}

SqliteStatement::~SqliteStatement()
{
	end();
}

int
SqliteStatement::parameter_count() const
{
	return sqlite3_bind_parameter_count(handle_.get());
}

int
SqliteStatement::column_count() const
{
	return sqlite3_column_count(handle_.get());
}

void
SqliteStatement::bind(int index, const Value &value)
{
	sqlite3_stmt *const statement = handle_.get();
	const int number = index + 1;
	const char *const bytes = value.bytes.data() != nullptr ? value.bytes.data() : "";
	const int length = static_cast<int>(value.bytes.size());
	int code = SQLITE_OK;

	switch (value.kind)
	{
		case Value::Kind::Null: code = sqlite3_bind_null(statement, number); break;
		case Value::Kind::Int: code = sqlite3_bind_int64(statement, number, value.integer); break;
		case Value::Kind::Real: code = sqlite3_bind_double(statement, number, value.real); break;
		case Value::Kind::Text:
			code = sqlite3_bind_text(statement, number, bytes, length, SQLITE_STATIC);
			break;
		case Value::Kind::Blob:
			code = sqlite3_bind_blob(statement, number, bytes, length, SQLITE_STATIC);
			break;
	}
	if (code != SQLITE_OK)
		RaiseError(session_.connection(), code);
}

bool
SqliteStatement::step()
{
	if (!running_)
	{
		session_.before_run(touched_, read_only_);
		session_.statement_started();
		running_ = true;
	}

	const int code = sqlite3_step(handle_.get());

	if (code == SQLITE_ROW)
	{
		had_row_ = true;
		return true;
	}
	if (code != SQLITE_DONE)
		return failed(code);
	if (!read_only_)
		changes_ = sqlite3_changes64(session_.connection());
	end();
	return false;
}

/*
 * A schema that changed may name functions that this session has not needed so far: the library
 * compiled the statement again and missed them.
 */
bool
SqliteStatement::failed(int code)
{
	const bool try_again = code == SQLITE_ERROR && !had_row_ && !HaveKeptException() &&
						   session_.supply_missing(sqlite3_errmsg(session_.connection()));

	session_.note_failure();
	if (!try_again)
	{
		end();
		RaiseError(session_.connection(), code);
	}
	end();
	sqlite3_reset(handle_.get());
	return step();
}

Value
SqliteStatement::column(int i) const
{
	return FromLibrary(sqlite3_column_value(handle_.get(), i));
}

void
SqliteStatement::end() noexcept
{
	if (running_)
	{
		running_ = false;
		session_.statement_ended();
	}
}

void
SqliteStatement::reset() noexcept
{
	end();
	had_row_ = false;
	changes_ = 0;
	sqlite3_reset(handle_.get());
}

} /* namespace pg::sqlite */
