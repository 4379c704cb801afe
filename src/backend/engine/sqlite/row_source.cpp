/*
 * row_source.cpp
 *		Views computed by C++ (RowSource) and row buffers, as virtual tables.
 *
 * The tables are eponymous: they exist by their module's name, without CREATE VIRTUAL TABLE, and
 * nothing about them is stored in the file.  Arguments are hidden columns with an equality that the
 * scan takes over.  Exceptions are kept aside as in functions.cpp.
 */
#include "row_source.h"

#include <algorithm>
#include <string>

#include "errors.h"
#include "utils/error/report.h"
#include "values.h"

namespace pg::sqlite
{

namespace
{

constexpr int kMaxArguments = 31; /* bits of an int */

struct SourceTable
{
	sqlite3_vtab base; /* first: the library sees only this */
	const RowSource *source;
};

struct SourceCursor
{
	sqlite3_vtab_cursor base; /* first */
	std::unique_ptr<RowCursor> rows;
	bool at_end = true;
	sqlite3_int64 row = 0;

	const RowSource &source() const { return *reinterpret_cast<SourceTable *>(base.pVtab)->source; }
};

template <typename Body>
int
code_of(Body body) noexcept
{
	try
	{
		body();
		return SQLITE_OK;
	}
	catch (...)
	{
		KeepException();
		return SQLITE_ERROR;
	}
}

std::string
quoted(std::string_view name)
{
	std::string result = "\"";

	for (const char c : name)
	{
		if (c == '"')
			result += '"';
		result += c;
	}
	return result + "\"";
}

std::string
declaration(const RowSource &source)
{
	std::string sql = "CREATE TABLE x(";

	for (const RowColumn &column : source.columns)
		sql += (sql.ends_with('(') ? "" : ", ") + quoted(column.name);
	for (int i = 0; i < source.arg_count; i++)
		sql += (sql.ends_with('(') ? "" : ", ") + ("\" arg" + std::to_string(i)) + "\" HIDDEN";
	return sql + ")";
}

int
connect_source(sqlite3 *connection, void *data, int, const char *const *, sqlite3_vtab **result,
			   char **) noexcept
{
	const auto *source = static_cast<const RowSource *>(data);

	return code_of(
		[&]
		{
			const int code = sqlite3_declare_vtab(connection, declaration(*source).c_str());

			if (code != SQLITE_OK)
				RaiseError(connection, code);

			auto table = std::make_unique<SourceTable>();

			table->source = source;
			*result = &table.release()->base;
		});
}

int
disconnect_source(sqlite3_vtab *table) noexcept
{
	delete reinterpret_cast<SourceTable *>(table);
	return SQLITE_OK;
}

/*
 * Which arguments the statement gives goes into idxNum as a bit mask; their values reach the filter in
 * order of arguments.  A plan that would need an argument before it is known is refused, so that the
 * planner puts the tables into another order.
 */
int
plan_scan(const sqlite3_index_info *info, int first_argument, int argument_count, int *mask)
{
	int by_argument[kMaxArguments];
	bool unusable[kMaxArguments] = {};

	std::fill(std::begin(by_argument), std::end(by_argument), -1);
	for (int i = 0; i < info->nConstraint; i++)
	{
		const auto &constraint = info->aConstraint[i];
		const int argument = constraint.iColumn - first_argument;

		if (argument < 0 || argument >= argument_count ||
			constraint.op != SQLITE_INDEX_CONSTRAINT_EQ)
			continue;
		if (constraint.usable)
			by_argument[argument] = i;
		else
			unusable[argument] = true;
	}

	int used = 0;

	*mask = 0;
	for (int argument = 0; argument < argument_count; argument++)
	{
		if (by_argument[argument] >= 0)
		{
			*mask |= 1 << argument;
			info->aConstraintUsage[by_argument[argument]].argvIndex = ++used;
			info->aConstraintUsage[by_argument[argument]].omit = 1;
		}
		else if (unusable[argument])
			return SQLITE_CONSTRAINT;
	}
	return SQLITE_OK;
}

int
best_index_source(sqlite3_vtab *table, sqlite3_index_info *info) noexcept
{
	const RowSource &source = *reinterpret_cast<SourceTable *>(table)->source;

	info->estimatedCost = 1000;
	info->estimatedRows = 100;
	return plan_scan(info, static_cast<int>(source.columns.size()), source.arg_count,
					 &info->idxNum);
}

int
open_source(sqlite3_vtab *, sqlite3_vtab_cursor **result) noexcept
{
	return code_of([&] { *result = &(new SourceCursor())->base; });
}

int
close_source(sqlite3_vtab_cursor *cursor) noexcept
{
	delete reinterpret_cast<SourceCursor *>(cursor);
	return SQLITE_OK;
}

int
next_of_source(sqlite3_vtab_cursor *base) noexcept
{
	auto *cursor = reinterpret_cast<SourceCursor *>(base);

	return code_of(
		[&]
		{
			cursor->row++;
			cursor->at_end = !cursor->rows->next();
		});
}

int
filter_source(sqlite3_vtab_cursor *base, int mask, const char *, int,
			  sqlite3_value **values) noexcept
{
	auto *cursor = reinterpret_cast<SourceCursor *>(base);

	return code_of(
		[&]
		{
			const RowSource &source = cursor->source();
			Value arguments[kMaxArguments];
			int used = 0;

			for (int i = 0; i < source.arg_count; i++)
				if (mask & (1 << i))
					arguments[i] = FromLibrary(values[used++]);
			cursor->rows = source.open({arguments, static_cast<size_t>(source.arg_count)});
			cursor->row = 0;
			cursor->at_end = !cursor->rows->next();
		});
}

int
source_at_end(sqlite3_vtab_cursor *cursor) noexcept
{
	return reinterpret_cast<SourceCursor *>(cursor)->at_end;
}

int
column_of_source(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) noexcept
{
	auto *cursor = reinterpret_cast<SourceCursor *>(base);

	return code_of(
		[&]
		{
			if (static_cast<size_t>(column) < cursor->source().columns.size())
				ToLibrary(context, cursor->rows->column(column));
		});
}

int
row_number_of_source(sqlite3_vtab_cursor *cursor, sqlite3_int64 *row) noexcept
{
	*row = reinterpret_cast<SourceCursor *>(cursor)->row;
	return SQLITE_OK;
}

/*
 * Row buffers: pg_rows(k)
 */

struct BufferTable
{
	sqlite3_vtab base; /* first */
	const RowBuffers *buffers;
};

struct BufferCursor
{
	sqlite3_vtab_cursor base; /* first */
	int buffer = 0;
	size_t row = 0;

	const RowBuffers &buffers() const
	{
		return *reinterpret_cast<BufferTable *>(base.pVtab)->buffers;
	}
};

int
connect_buffers(sqlite3 *connection, void *data, int, const char *const *, sqlite3_vtab **result,
				char **) noexcept
{
	return code_of(
		[&]
		{
			std::string sql = "CREATE TABLE x(";

			for (int i = 0; i < RowBuffers::kMaxColumns; i++)
				sql += "c" + std::to_string(i) + ", ";
			sql += "k HIDDEN)";
			if (const int code = sqlite3_declare_vtab(connection, sql.c_str()); code != SQLITE_OK)
				RaiseError(connection, code);

			auto table = std::make_unique<BufferTable>();

			table->buffers = static_cast<const RowBuffers *>(data);
			*result = &table.release()->base;
		});
}

int
disconnect_buffers(sqlite3_vtab *table) noexcept
{
	delete reinterpret_cast<BufferTable *>(table);
	return SQLITE_OK;
}

int
best_index_buffers(sqlite3_vtab *, sqlite3_index_info *info) noexcept
{
	info->estimatedCost = 100;
	info->estimatedRows = 100;
	return plan_scan(info, RowBuffers::kMaxColumns, 1, &info->idxNum);
}

int
open_buffers(sqlite3_vtab *, sqlite3_vtab_cursor **result) noexcept
{
	return code_of([&] { *result = &(new BufferCursor())->base; });
}

int
close_buffers(sqlite3_vtab_cursor *cursor) noexcept
{
	delete reinterpret_cast<BufferCursor *>(cursor);
	return SQLITE_OK;
}

int
filter_buffers(sqlite3_vtab_cursor *base, int mask, const char *, int,
			   sqlite3_value **values) noexcept
{
	auto *cursor = reinterpret_cast<BufferCursor *>(base);

	cursor->buffer = mask != 0 ? sqlite3_value_int(values[0]) : 0;
	cursor->row = 0;
	return SQLITE_OK;
}

int
next_of_buffers(sqlite3_vtab_cursor *cursor) noexcept
{
	reinterpret_cast<BufferCursor *>(cursor)->row++;
	return SQLITE_OK;
}

int
buffers_at_end(sqlite3_vtab_cursor *base) noexcept
{
	const auto *cursor = reinterpret_cast<BufferCursor *>(base);

	return cursor->row >= cursor->buffers().row_count(cursor->buffer);
}

int
column_of_buffers(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) noexcept
{
	const auto *cursor = reinterpret_cast<BufferCursor *>(base);

	if (column < RowBuffers::kMaxColumns)
		ToLibrary(context, cursor->buffers().get(cursor->buffer, cursor->row, column));
	else
		sqlite3_result_int(context, cursor->buffer);
	return SQLITE_OK;
}

int
row_number_of_buffers(sqlite3_vtab_cursor *cursor, sqlite3_int64 *row) noexcept
{
	*row = static_cast<sqlite3_int64>(reinterpret_cast<BufferCursor *>(cursor)->row);
	return SQLITE_OK;
}

/* No xCreate: the tables exist by the module's name alone. */
constexpr sqlite3_module
make_module(decltype(sqlite3_module::xConnect) connect,
			decltype(sqlite3_module::xBestIndex) best_index,
			decltype(sqlite3_module::xDisconnect) disconnect, decltype(sqlite3_module::xOpen) open,
			decltype(sqlite3_module::xClose) close, decltype(sqlite3_module::xFilter) filter,
			decltype(sqlite3_module::xNext) next, decltype(sqlite3_module::xEof) at_end,
			decltype(sqlite3_module::xColumn) column, decltype(sqlite3_module::xRowid) row_number)
{
	sqlite3_module module{};

	module.xConnect = connect;
	module.xBestIndex = best_index;
	module.xDisconnect = disconnect;
	module.xOpen = open;
	module.xClose = close;
	module.xFilter = filter;
	module.xNext = next;
	module.xEof = at_end;
	module.xColumn = column;
	module.xRowid = row_number;
	return module;
}

constexpr sqlite3_module kSourceModule = make_module(
	connect_source, best_index_source, disconnect_source, open_source, close_source, filter_source,
	next_of_source, source_at_end, column_of_source, row_number_of_source);

constexpr sqlite3_module kBufferModule = make_module(
	connect_buffers, best_index_buffers, disconnect_buffers, open_buffers, close_buffers,
	filter_buffers, next_of_buffers, buffers_at_end, column_of_buffers, row_number_of_buffers);

} /* namespace */

void
RegisterSource(sqlite3 *connection, const RowSource &source)
{
	Assert(source.arg_count <= kMaxArguments);

	const int code = sqlite3_create_module_v2(connection, source.name, &kSourceModule,
											  const_cast<RowSource *>(&source), nullptr);

	if (code != SQLITE_OK)
		RaiseError(connection, code);
}

void
RegisterRowBuffers(sqlite3 *connection, RowBuffers *buffers)
{
	const int code =
		sqlite3_create_module_v2(connection, kRowBufferTable, &kBufferModule, buffers, nullptr);

	if (code != SQLITE_OK)
		RaiseError(connection, code);
}

} /* namespace pg::sqlite */
