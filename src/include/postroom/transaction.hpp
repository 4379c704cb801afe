/*
 * postroom/transaction.hpp
 *		Transactions, statements and their results.
 */
#pragma once

extern "C"
{
#include "postgres.h"

#include "access/xact.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "tcop/tcopprot.h"
#include "utils/snapmgr.h"
}

#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "postroom/error.hpp"
#include "postroom/value.hpp"

namespace postroom
{

/* The values of one row, for Transaction only. */
struct RowReader
{
	SPITupleTable *table;
	HeapTuple row;

	template <typename T>
	T get(int column) const
	{
		if constexpr (kIsOptional<T>)
		{
			if (is_null(column))
				return std::nullopt;
			return get<typename T::value_type>(column);
		}
		else
		{
			const Oid oid = SPI_gettypeid(table->tupdesc, column);

			if (!Type<T>::Fits(oid))
				throw Error(ERRCODE_DATATYPE_MISMATCH,
							"column " + name(column) + " is of type " + type_name(column) +
								", which does not fit the C++ type",
							"The C++ type is passed as type " + name_of(Type<T>::oid) + ".");
			if (is_null(column))
				throw Error(ERRCODE_NULL_VALUE_NOT_ALLOWED, "column " + name(column) + " is null",
							{}, "Read it as a std::optional.");
			if constexpr (std::same_as<T, std::string>)
				return text(column);
			else
				return Checked([&] { return Type<T>::From(value(column, nullptr), oid); });
		}
	}

private:
	Datum value(int column, bool *isnull) const
	{
		bool ignored;

		return SPI_getbinval(row, table->tupdesc, column, isnull != nullptr ? isnull : &ignored);
	}

	bool is_null(int column) const
	{
		bool isnull = false;

		Checked([&] { value(column, &isnull); });
		return isnull;
	}

	std::string text(int column) const
	{
		char *const copy = Checked([&] { return SPI_getvalue(row, table->tupdesc, column); });
		std::string result(copy);

		Checked([&] { pfree(copy); });
		return result;
	}

	std::string name(int column) const
	{
		return "\"" + Crossing::text(Checked([&] { return SPI_fname(table->tupdesc, column); })) +
			   "\"";
	}

	std::string type_name(int column) const
	{
		return Crossing::text(Checked([&] { return SPI_gettype(table->tupdesc, column); }));
	}

	static std::string name_of(Oid type)
	{
		return Crossing::text(Checked([&] { return format_type_be(type); }));
	}
};

/*
 * One unit of SQL work, in a process with a database connection and outside of a transaction: transaction, SPI connection,
 * snapshot, and the activity that others see.  Without commit() it is rolled back.  One at a time.
 *
 *		postroom::Transaction work("counting");
 *		auto names = work.query<int32, std::string>("SELECT id, name FROM t WHERE id > $1", 10);
 *		work.execute("UPDATE t SET seen = true");
 *		work.commit();
 */
class Transaction
{
public:
	/* activity: what pg_stat_activity shows until the first statement. */
	explicit Transaction(const char *activity = "")
	{
		/* First, since xact_start is taken from it. */
		SetCurrentStatementStartTimestamp();
		try
		{
			Checked(
				[&]
				{
					StartTransactionCommand();
					SPI_connect();
					PushActiveSnapshot(GetTransactionSnapshot());
					pgstat_report_activity(STATE_RUNNING, activity);
				});
		}
		catch (...)
		{
			roll_back();
			throw;
		}
	}

	~Transaction()
	{
		if (open_)
			roll_back();
	}

	Transaction(const Transaction &) = delete;
	Transaction &operator=(const Transaction &) = delete;

	/* Runs one statement with parameters $1, $2, ... and returns how many rows it processed. */
	template <typename... Parameters>
	uint64 execute(const std::string &sql, const Parameters &...parameters)
	{
		run(sql, parameters...);
		if (SPI_tuptable != nullptr)
			SPI_freetuptable(SPI_tuptable);
		return SPI_processed;
	}

	/* Its rows: exactly one C++ type for each column. */
	template <typename... Columns, typename... Parameters>
	std::vector<std::tuple<Columns...>> query(const std::string &sql,
											  const Parameters &...parameters)
	{
		static_assert(sizeof...(Columns) > 0, "name the types of the columns: query<int32, ...>");
		std::vector<std::tuple<Columns...>> rows;

		run(sql, parameters...);

		struct Free
		{
			SPITupleTable *table;

			~Free()
			{
				if (table != nullptr)
					SPI_freetuptable(table);
			}
		} const result{SPI_tuptable};

		guard([&] { read_rows(result.table, &rows, std::index_sequence_for<Columns...>()); });
		return rows;
	}

	/* The one value of the one row; null when there is no row. */
	template <typename T, typename... Parameters>
	std::optional<T> value(const std::string &sql, const Parameters &...parameters)
	{
		auto rows = query<T>(sql, parameters...);

		if (rows.size() > 1)
			throw Error(ERRCODE_CARDINALITY_VIOLATION, "query returned more than one row");
		if (rows.empty())
			return std::nullopt;
		return std::get<0>(std::move(rows.front()));
	}

	/* Ends it.  ERROR of the commit is thrown, and then nothing has happened. */
	void commit()
	{
		require_sound();
		guard(
			[]
			{
				Checked(
					[]
					{
						SPI_finish();
						PopActiveSnapshot();
						CommitTransactionCommand();
					});
			});
		open_ = false;
		Checked(
			[]
			{
				pgstat_report_stat(true);
				pgstat_report_activity(STATE_IDLE, nullptr);
			});
	}

private:
	template <typename... Parameters>
	void run(const std::string &sql, const Parameters &...parameters)
	{
		constexpr int kCount = sizeof...(Parameters);

		require_sound();
		guard(
			[&]
			{
				const int result = Checked(
					[&]
					{
						Oid types[kCount + 1] = {ParameterType<Bare<Parameters>>::oid...};
						Datum values[kCount + 1];
						char nulls[kCount + 1];
						int at = 0;

						/* Every statement has a start time of its own. */
						SetCurrentStatementStartTimestamp();
						pgstat_report_activity(STATE_RUNNING, sql.c_str());
						debug_query_string = sql.c_str();
						(pass(parameters, &values[at], &nulls[at], &at), ...);

						const int code = SPI_execute_with_args(sql.c_str(), kCount, types, values,
															   nulls, false, 0);

						debug_query_string = nullptr;
						return code;
					});

				if (result < 0)
					throw Error(ERRCODE_INTERNAL_ERROR, "statement \"" + sql + "\" failed: " +
															SPI_result_code_string(result));
			});
	}

	template <typename T>
	struct Unwrap
	{
		using type = T;
	};
	template <typename T>
	struct Unwrap<std::optional<T>>
	{
		using type = T;
	};
	template <typename T>
	using Bare = typename Unwrap<T>::type;

	/* Runs inside Checked: references and plain values only. */
	template <typename T>
	static void pass(const T &parameter, Datum *value, char *null, int *at)
	{
		++*at;
		*null = ' ';
		if constexpr (kIsOptional<T>)
		{
			if (parameter.has_value())
				return pass_value(*parameter, value);
			*null = 'n';
			*value = static_cast<Datum>(0);
		}
		else
			pass_value(parameter, value);
	}

	template <typename T>
	static void pass_value(const T &parameter, Datum *value)
	{
		*value = ParameterType<T>::To(parameter);
	}

	template <typename Rows, size_t... kIndexes>
	static void read_rows(SPITupleTable *table, Rows *rows, std::index_sequence<kIndexes...>)
	{
		using Row = typename Rows::value_type;

		if (table == nullptr)
			throw Error(ERRCODE_DATATYPE_MISMATCH, "the statement returns no rows");
		if (table->tupdesc->natts != sizeof...(kIndexes))
			throw Error(ERRCODE_DATATYPE_MISMATCH,
						"the result has " + std::to_string(table->tupdesc->natts) +
							" columns, not " + std::to_string(sizeof...(kIndexes)));
		rows->reserve(SPI_processed);
		for (uint64 i = 0; i < SPI_processed; i++)
		{
			const RowReader reader{table, table->vals[i]};

			/* In braces, so from the first column to the last. */
			rows->push_back(Row{reader.get<std::tuple_element_t<kIndexes, Row>>(
				static_cast<int>(kIndexes) + 1)...});
		}
	}

	/* What raises leaves the transaction broken. */
	template <typename Body>
	void guard(const Body &body)
	{
		try
		{
			body();
		}
		catch (...)
		{
			sound_ = false;
			debug_query_string = nullptr;
			throw;
		}
	}

	void require_sound() const
	{
		if (!open_)
			throw Error(ERRCODE_NO_ACTIVE_SQL_TRANSACTION, "the transaction has ended");
		if (!sound_)
			throw Error(ERRCODE_IN_FAILED_SQL_TRANSACTION,
						"current transaction is aborted, commands ignored until end of "
						"transaction block");
	}

	/* A rollback that fails leaves a process that knows nothing of itself. */
	void roll_back() noexcept
	{
		open_ = false;
		if (!Crossing::run(
				[](void *)
				{
					AbortCurrentTransaction();
					pgstat_report_activity(STATE_IDLE, nullptr);
				},
				nullptr))
			elog(FATAL, "could not roll back a transaction");
	}

	bool open_ = true;
	bool sound_ = true;
};

} /* namespace postroom */
