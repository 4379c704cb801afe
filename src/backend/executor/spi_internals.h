/*
 * executor/spi_internals.h
 *		SPI's frames and tuple tables, shared by the files that make up SPI.
 *
 * Workers and backends with a database, inside a transaction.  One frame per SPI_connect; its memory
 * context hangs under the transaction's, so an abort frees everything.
 */
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "executor/run.h"
#include "executor/spi.h"
#include "parser/plan.h"
#include "utils/tuplestore.h"

namespace pg
{

/* The module keeps the store alive. */
struct GivenRows
{
	TupleDesc desc; /* of the store's tuples, in the frame's memory */
	Tuplestorestate *store;
};

struct SpiFrame
{
	MemoryContext procedure_context; /* the caller's palloc between connect and finish */
	MemoryContext saved_context;
	SPITupleTable *tables = nullptr;	 /* chained by `next` */
	SubTransactionId subtransaction = 0; /* in which it was opened */
	bool atomic = true;
	uint64 outer_processed;
	SPITupleTable *outer_table;
	int outer_result;
	/* Rows that the module gave a name: what its statements know, null: nothing; and the rows. */
	std::shared_ptr<const ParameterNames> names;
	std::map<std::string, GivenRows, std::less<>> given_rows;
};

/* The innermost frame, or null when unconnected. */
SpiFrame *CurrentSpiFrame();

/* Gathers rows as heap tuples of a new SPITupleTable, in a memory context of its own. */
class TupleTableReceiver : public RowReceiver
{
public:
	void start(std::span<const ResultColumn> columns) override;
	void row(std::span<const Value> values) override;
	/* The table, chained to the frame; null when the statement returned no rows at all. */
	SPITupleTable *finish(SpiFrame &frame);

private:
	struct Column
	{
		Oid type;
		enum class Form : uint8_t
		{
			Integer, /* by value, from an Int */
			Varlena, /* bytes behind a length word */
			Datum	 /* through ValueToDatum */
		} form;
	};

	std::vector<Column> columns_;
	std::vector<::Datum> datums_;
	std::vector<char> nulls_;
	SPITupleTable *table_ = nullptr;
};

/* Parameters of one execution: C datums as engine values. */
class SpiParameters
{
public:
	SpiParameters(int count, const Oid *types, const ::Datum *values, const char *nulls);
	std::span<const Value> values() const { return values_; }

private:
	std::vector<std::string> scratch_;
	std::vector<Value> values_;
};

/* The same of a list. */
class SpiListParameters
{
public:
	explicit SpiListParameters(ParamListInfo list); /* may be null */
	std::span<const Value> values() const { return values_; }
	std::span<const Oid> types() const { return types_; }

private:
	std::vector<Oid> types_;
	std::vector<std::string> scratch_;
	std::vector<Value> values_;
};

/* What a plan of SPI_prepare is. Raises for null. */
struct SpiPlanView
{
	PreparedText &text;
	std::span<const Oid> types;
	int cursor_options;
};
SpiPlanView ViewOf(SPIPlanPtr plan);

/* 0A000 for a statement that read_only forbids. */
void RefuseSpiWrite(PreparedPlan &statement);

/* Runs body; its errors get the inner statement as QUERY, or as CONTEXT where they have no position. */
template <typename Body>
decltype(auto)
OfSpiStatement(std::string_view text, Body body)
{
	try
	{
		return body();
	}
	catch (PgError &error)
	{
		Report &report = error.report;
		const std::string statement(text);

		if (report.position > 0)
			report.internal_statement(statement, std::exchange(report.position, 0));
		else
			report.context("SQL statement \"%s\"", statement.c_str());
		throw;
	}
}

/* PrepareText, with errors that say they are of an inner statement. */
std::shared_ptr<PreparedText> PrepareSpi(std::string_view text,
										 std::span<const Oid> parameter_types = {});
/* The same of PrepareForRun. */
std::shared_ptr<PreparedText> PrepareSpiForRun(std::string_view text);
/*
 * Runs every statement of `text`, sets SPI_processed and SPI_tuptable, returns the SPI_OK_ code of the
 * last, or SPI_ERROR_TRANSACTION / SPI_ERROR_COPY.  Errors name the statement.  read_only refuses statements that write.
 * analyzed_before: it is a plan of SPI_prepare.
 * dest: where rows go instead of SPI_tuptable.  allow_nonatomic: a CALL or DO in a nonatomic frame may end the
 * transaction.
 */
int RunSpi(PreparedText &text, std::span<const Value> parameters, bool read_only, uint64 max_rows,
		   bool analyzed_before = false, DestReceiver *dest = nullptr,
		   bool allow_nonatomic = false);

} /* namespace pg */
