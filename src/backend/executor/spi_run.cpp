/*
 * executor/spi_run.cpp
 *		What SPI does with a statement: run it, gather its rows as tuples.
 *
 * Workers and backends with a database.
 */
#include <cstring>
#include <optional>

#include "access/htup_details.h"
#include "access/nonatomic.h"
#include "access/transaction.h"
#include "access/xact.h"
#include "catalog/pg_type_d.h"
#include "executor/dest_receiver.h"
#include "executor/query_nodes.h"
#include "executor/spi_internals.h"
#include "storage/ipc/interrupts.h"
#include "utils/activity/worker_status.h"
#include "utils/adt/datum.h"
#include "utils/adt/registry.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

/* Runs a scope in another memory context. */
class InContext
{
public:
	explicit InContext(MemoryContext context) : saved_(MemoryContextSwitchTo(context)) {}
	~InContext() { MemoryContextSwitchTo(saved_); }
	InContext(const InContext &) = delete;
	InContext &operator=(const InContext &) = delete;

private:
	MemoryContext saved_;
};

/* Columns of fixed width in front keep their offset, so that heap_getattr need not walk. */
void
cache_offsets(TupleDesc desc)
{
	Size at = 0;

	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);

		at = att_align_nominal(at, att->attalign);
		att->attcacheoff = static_cast<int32>(at);
		if (att->attlen < 0)
			return;
		at += static_cast<Size>(att->attlen);
	}
}

TupleDesc
describe(std::span<const ResultColumn> columns)
{
	TupleDesc desc = MakeTupleDesc(columns);

	cache_offsets(desc);
	return desc;
}

::Datum
varlena_datum(std::string_view bytes)
{
	auto *result = static_cast<struct varlena *>(palloc(VARHDRSZ + bytes.size()));

	SET_VARSIZE(result, VARHDRSZ + bytes.size());
	memcpy(VARDATA(result), bytes.data(), bytes.size());
	return PointerGetDatum(result);
}

::Datum
integer_datum(Oid type, int64 value)
{
	switch (type)
	{
		case BOOLOID: return BoolGetDatum(value != 0);
		case INT2OID: return Int16GetDatum(static_cast<int16>(value));
		case INT4OID:
		case DATEOID: return Int32GetDatum(static_cast<int32>(value));
		case OIDOID: return ObjectIdGetDatum(static_cast<Oid>(value));
		default: return Int64GetDatum(value);
	}
}

int
result_code(const RunResult &result)
{
	switch (result.kind)
	{
		case StatementKind::Select: return SPI_OK_SELECT;
		case StatementKind::Insert:
			return result.returned_rows ? SPI_OK_INSERT_RETURNING : SPI_OK_INSERT;
		case StatementKind::Update:
			return result.returned_rows ? SPI_OK_UPDATE_RETURNING : SPI_OK_UPDATE;
		case StatementKind::Delete:
			return result.returned_rows ? SPI_OK_DELETE_RETURNING : SPI_OK_DELETE;
		case StatementKind::Utility: break;
	}
	return result.utility_tag.starts_with("SELECT") ? SPI_OK_SELINTO : SPI_OK_UTILITY;
}

bool
is_transaction_command(const char *tag)
{
	for (const char *name :
		 {"BEGIN", "START TRANSACTION", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE",
		  "PREPARE TRANSACTION", "COMMIT PREPARED", "ROLLBACK PREPARED"})
		if (strcmp(tag, name) == 0)
			return true;
	return false;
}

/* For receivers, before the statement is planned. */
CmdType
operation_of(const char *tag)
{
	if (strcmp(tag, "INSERT") == 0)
		return CMD_INSERT;
	if (strcmp(tag, "UPDATE") == 0)
		return CMD_UPDATE;
	return strcmp(tag, "DELETE") == 0 ? CMD_DELETE : CMD_SELECT;
}

bool
is_read_only_utility(const char *tag)
{
	return strcmp(tag, "SHOW") == 0 || strcmp(tag, "EXPLAIN") == 0 || strcmp(tag, "SET") == 0;
}

/* Without the cache: what a name stands for is another thing next time. */
std::shared_ptr<PreparedText>
prepare_with_names(std::string_view text, std::span<const Oid> types,
				   const std::shared_ptr<const ParameterNames> &names)
{
	auto prepared = std::make_shared<PreparedText>();
	const auto statements = ParseStatements(text);

	for (const RawStatement &statement : *statements)
		prepared->statements.push_back(std::make_unique<PreparedPlan>(statement, types, names));
	return prepared;
}

uint64
rows_of_tag(const std::string &tag)
{
	const size_t space = tag.rfind(' ');

	return space == std::string::npos ? 0 : strtoull(tag.c_str() + space + 1, nullptr, 10);
}

} /* namespace */

void
RefuseSpiWrite(PreparedPlan &statement)
{
	const Plan &plan = statement.plan();

	if (plan.writes || (plan.kind == StatementKind::Utility && !is_read_only_utility(plan.tag)))
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("%s is not allowed in a non-volatile function", plan.tag));
}

void
TupleTableReceiver::start(std::span<const ResultColumn> columns)
{
	MemoryContext context =
		AllocSetContextCreate(CurrentMemoryContext, "SPI TupTable", ALLOCSET_SMALL_SIZES);
	InContext scope(context);

	table_ = static_cast<SPITupleTable *>(palloc0(sizeof(SPITupleTable)));
	table_->tuptabcxt = context;
	table_->tupdesc = describe(columns);
	table_->alloced = 4;
	table_->vals = static_cast<HeapTuple *>(palloc(table_->alloced * sizeof(HeapTuple)));
	table_->subid = GetCurrentSubTransactionId();
	for (const ResultColumn &column : columns)
	{
		const TypeDef *type = FindType(column.type);
		Column::Form form = Column::Form::Datum;

		if (type->storage == Storage::Integer && type->by_value)
			form = Column::Form::Integer;
		else if (type->len == -1 && (column.type == TEXTOID || column.type == VARCHAROID ||
									 column.type == BPCHAROID || column.type == BYTEAOID))
			form = Column::Form::Varlena;
		columns_.push_back({column.type, form});
	}
	datums_.resize(columns.size());
	nulls_.resize(columns.size());
}

void
TupleTableReceiver::row(std::span<const Value> values)
{
	InContext scope(table_->tuptabcxt);

	for (size_t i = 0; i < values.size(); i++)
	{
		nulls_[i] = values[i].is_null();
		if (nulls_[i])
			continue;
		if (columns_[i].form == Column::Form::Integer)
			datums_[i] = integer_datum(columns_[i].type, values[i].integer);
		else if (columns_[i].form == Column::Form::Varlena)
			datums_[i] = varlena_datum(values[i].bytes);
		else
			datums_[i] = ValueToDatum(columns_[i].type, values[i]);
	}
	if (table_->numvals == table_->alloced)
	{
		table_->alloced *= 2;
		table_->vals =
			static_cast<HeapTuple *>(repalloc(table_->vals, table_->alloced * sizeof(HeapTuple)));
	}
	table_->vals[table_->numvals++] =
		heap_form_tuple(table_->tupdesc, datums_.data(), reinterpret_cast<bool *>(nulls_.data()));
	for (size_t i = 0; i < values.size(); i++)
		if (columns_[i].form == Column::Form::Varlena && !nulls_[i])
			pfree(DatumGetPointer(datums_[i]));
}

SPITupleTable *
TupleTableReceiver::finish(SpiFrame &frame)
{
	if (table_ != nullptr)
	{
		table_->next = frame.tables;
		frame.tables = table_;
	}
	return table_;
}

SpiParameters::SpiParameters(int count, const Oid *types, const ::Datum *values, const char *nulls)
	: scratch_(static_cast<size_t>(count))
{
	for (int i = 0; i < count; i++)
	{
		const bool is_null = nulls != nullptr && nulls[i] == 'n';

		values_.push_back(is_null ? Value::Null()
								  : DatumToValue(types[i], values[i], &scratch_[i]));
	}
}

SpiListParameters::SpiListParameters(ParamListInfo list)
{
	const int count = list != nullptr ? list->numParams : 0;

	scratch_.resize(static_cast<size_t>(count));
	for (int i = 0; i < count; i++)
	{
		const ParamExternData &param = list->params[i];

		types_.push_back(param.ptype);
		values_.push_back(param.isnull || param.ptype == InvalidOid
							  ? Value::Null()
							  : DatumToValue(param.ptype, param.value, &scratch_[i]));
	}
}

std::shared_ptr<PreparedText>
PrepareSpi(std::string_view text, std::span<const Oid> parameter_types)
{
	return OfSpiStatement(text,
						  [&]
						  {
							  const SpiFrame *const frame = CurrentSpiFrame();

							  if (frame == nullptr || frame->names == nullptr)
								  return PrepareText(text, parameter_types);
							  return prepare_with_names(text, parameter_types, frame->names);
						  });
}

std::shared_ptr<PreparedText>
PrepareSpiForRun(std::string_view text)
{
	if (const SpiFrame *const frame = CurrentSpiFrame();
		frame != nullptr && frame->names != nullptr)
		return PrepareSpi(text);
	return OfSpiStatement(text, [&] { return PrepareForRun(text); });
}

int
RunSpi(PreparedText &text, std::span<const Value> parameters, bool read_only, uint64 max_rows,
	   bool analyzed_before, DestReceiver *dest, bool allow_nonatomic)
{
	SpiFrame &frame = *CurrentSpiFrame();
	const bool nonatomic = allow_nonatomic && !frame.atomic && IsNonatomic();
	const NonatomicScope scope(nonatomic);
	const RunSource source{.context =
							   nonatomic ? PROCESS_UTILITY_QUERY_NONATOMIC : PROCESS_UTILITY_QUERY,
						   .dest = DestSPI,
						   .analyzed_before = analyzed_before};
	int code = 0;

	SPI_processed = 0;
	SPI_tuptable = nullptr;
	for (const auto &statement : text.statements)
	{
		const char *tag = statement->raw().tag;

		if (is_transaction_command(tag))
			return SPI_ERROR_TRANSACTION;
		if (strcmp(tag, "COPY") == 0)
			return SPI_ERROR_COPY;
		if (read_only)
			RefuseSpiWrite(*statement);
		CheckForInterrupts();

		WorkerStatementTimer timer;
		TupleTableReceiver table;
		std::optional<RowsTo> rows;

		if (dest != nullptr)
			rows.emplace(dest, operation_of(tag));

		RowReceiver &receiver = rows ? rows->receiver() : table;
		const RunResult result =
			OfSpiStatement(statement->source(),
						   [&] { return statement->run(parameters, receiver, max_rows, source); });

		if (rows)
			rows->finish();
		SPI_tuptable = rows ? nullptr : table.finish(frame);
		code = result_code(result);
		SPI_processed = result.kind == StatementKind::Utility ? rows_of_tag(result.utility_tag)
															  : result.processed;
		if (result.kind == StatementKind::Utility && SPI_tuptable != nullptr)
			SPI_processed = SPI_tuptable->numvals;
		timer.add_rows(SPI_processed);
		if (!read_only)
			CommandCounterIncrement();
	}
	return code;
}

} /* namespace pg */
