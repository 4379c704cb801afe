/*
 * executor/spi.cpp
 *		The Server Programming Interface: SQL for modules (executor/spi.h).
 *
 * Workers and backends with a database, inside a transaction.  Errors jump to the module's PG_CATCH
 * through the wall.
 */
#include "executor/spi.h"

#include <cstring>
#include <deque>
#include <memory>

#include "access/htup_details.h"
#include "access/nonatomic.h"
#include "access/transaction.h"
#include "access/xact.h"
#include "catalog/pg_type_d.h"
#include "executor/hooks.h"
#include "executor/spi_internals.h"
#include "utils/adt/datum.h"
#include "utils/adt/registry.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/lsyscache.h"
#include "utils/mmgr/memory.h"
#include "utils/rel.h"
#include "utils/typcache.h"

uint64 SPI_processed;
SPITupleTable *SPI_tuptable;
int SPI_result;

/* A prepared text, owned by the module until SPI_freeplan or, unless kept, until SPI_finish. */
struct _SPI_plan
{
	std::shared_ptr<pg::PreparedText> prepared;
	std::vector<Oid> argument_types;
	bool kept = false;
	int cursor_options = 0;
};

namespace pg
{
namespace
{

struct Stack
{
	std::deque<SpiFrame> frames; /* a statement in a function called by a statement keeps its own */
	std::vector<std::vector<SPIPlanPtr>> unsaved_plans; /* one list a frame */
	bool watching_transactions = false;
};

/* Never destroyed: a process may end inside SPI. */
Stack &
stack()
{
	static Stack *const instance = std::make_unique<Stack>().release();

	return *instance;
}

void
free_plans(std::vector<SPIPlanPtr> &plans)
{
	for (SPIPlanPtr plan : plans)
		std::unique_ptr<_SPI_plan>{plan};
	plans.clear();
}

void
pop_frame()
{
	Stack &all = stack();

	free_plans(all.unsaved_plans.back());
	all.unsaved_plans.pop_back();
	all.frames.pop_back();
}

/* The transaction took the frames' memory along; only the stack itself is left to clear. */
void
spi_at_transaction_end(bool committed)
{
	Stack &all = stack();

	/* A procedure that ends its transaction goes on with its frames. */
	if (all.frames.empty() || IsEndingWithin())
		return;
	if (committed)
		Report(WARNING, ERRCODE_WARNING)
			.msg("transaction left non-empty SPI stack")
			.hint("Check for missing \"SPI_finish\" calls.")
			.emit();
	while (!all.frames.empty())
		pop_frame();
	SPI_processed = 0;
	SPI_tuptable = nullptr;
	SPI_result = 0;
}

bool
is_in(MemoryContext context, MemoryContext above)
{
	while (context != nullptr && context != above)
		context = MemoryContextGetParent(context);
	return context != nullptr;
}

/* The end of a subtransaction takes along the frames that were opened in it. */
void
spi_at_subtransaction_end(SubXactEvent event, SubTransactionId subtransaction, SubTransactionId,
						  void *)
{
	Stack &all = stack();

	if (event != SUBXACT_EVENT_ABORT_SUB && event != SUBXACT_EVENT_COMMIT_SUB)
		return;
	while (!all.frames.empty() && all.frames.back().subtransaction == subtransaction)
	{
		if (event == SUBXACT_EVENT_COMMIT_SUB)
			Report(WARNING, ERRCODE_WARNING)
				.msg("subtransaction left non-empty SPI stack")
				.hint("Check for missing \"SPI_finish\" calls.")
				.emit();
		SPI_processed = all.frames.back().outer_processed;
		SPI_tuptable = all.frames.back().outer_table;
		SPI_result = all.frames.back().outer_result;
		if (!is_in(CurrentMemoryContext, all.frames.back().procedure_context))
			MemoryContextDelete(all.frames.back().procedure_context);
		pop_frame();
	}
}

int
connect(bool atomic)
{
	Stack &all = stack();

	if (!all.watching_transactions)
	{
		OnTransactionEnd(spi_at_transaction_end);
		RegisterSubXactCallback(spi_at_subtransaction_end, nullptr);
		all.watching_transactions = true;
	}

	SpiFrame frame{};

	frame.atomic = atomic;
	frame.subtransaction = GetCurrentSubTransactionId();
	frame.outer_processed = SPI_processed;
	frame.outer_table = SPI_tuptable;
	frame.outer_result = SPI_result;
	frame.procedure_context = AllocSetContextCreate(atomic ? TopTransactionContext
													: PortalContext != nullptr ? PortalContext
																			   : TopMemoryContext,
													"SPI Proc", ALLOCSET_DEFAULT_SIZES);
	frame.saved_context = MemoryContextSwitchTo(frame.procedure_context);
	all.frames.push_back(frame);
	all.unsaved_plans.emplace_back();
	SPI_processed = 0;
	SPI_tuptable = nullptr;
	SPI_result = 0;
	return SPI_OK_CONNECT;
}

int
finish_spi()
{
	SpiFrame *frame = CurrentSpiFrame();

	if (frame == nullptr)
		return SPI_ERROR_UNCONNECTED;
	MemoryContextSwitchTo(frame->saved_context);
	MemoryContextDelete(frame->procedure_context);
	SPI_processed = frame->outer_processed;
	SPI_tuptable = frame->outer_table;
	SPI_result = frame->outer_result;
	pop_frame();
	return SPI_OK_FINISH;
}

SPIPlanPtr
prepare_spi(const char *text, int count, const Oid *types, int cursor_options)
{
	auto plan = std::make_unique<_SPI_plan>();

	plan->cursor_options = cursor_options;
	plan->argument_types.assign(types, types + count);
	plan->prepared = PrepareSpi(text, plan->argument_types);
	if (plan->prepared->statements.size() == 1 &&
		strncmp(plan->prepared->statements[0]->raw().tag, "CREATE", 6) != 0)
		plan->prepared->statements[0]->announce(); /* errors of the text show here */
	stack().unsaved_plans.back().push_back(plan.get());
	return plan.release();
}

/* Takes a plan out of the frame that would free it. */
void
forget_plan(SPIPlanPtr plan)
{
	for (auto &plans : stack().unsaved_plans)
		std::erase(plans, plan);
}

bool
valid_arguments(const void *text, long tcount)
{
	return text != nullptr && tcount >= 0;
}

/* Runs with parameters given as a list; options as SPI_execute_extended takes them. */
int
run_with_list(PreparedText &text, const SPIExecuteOptions &options, bool analyzed_before = false)
{
	const SpiListParameters parameters(options.params);

	return RunSpi(text, parameters.values(), options.read_only, options.tcount, analyzed_before,
				  options.dest, options.allow_nonatomic);
}

bool
valid_column(TupleDesc desc, int number)
{
	if (number > 0 && number <= desc->natts)
		return true;
	SPI_result = SPI_ERROR_NOATTRIBUTE;
	return false;
}

void
free_table(SPITupleTable *table)
{
	SpiFrame *frame = CurrentSpiFrame();

	if (frame != nullptr)
		for (void **link = reinterpret_cast<void **>(&frame->tables); *link != nullptr;
			 link = &static_cast<SPITupleTable *>(*link)->next)
			if (*link == table)
			{
				*link = table->next;
				if (SPI_tuptable == table)
					SPI_tuptable = nullptr;
				MemoryContextDelete(table->tuptabcxt);
				return;
			}
	Report(WARNING)
		.msg("attempt to delete invalid SPITupleTable %p", static_cast<void *>(table))
		.emit();
}

} /* namespace */

SpiFrame *
CurrentSpiFrame()
{
	Stack &all = stack();

	return all.frames.empty() ? nullptr : &all.frames.back();
}

SpiPlanView
ViewOf(SPIPlanPtr plan)
{
	if (plan == nullptr)
		Raise(Report(ERROR).msg("SPI_cursor_open called with an invalid plan"));
	return {*plan->prepared, plan->argument_types, plan->cursor_options};
}

} /* namespace pg */

int
SPI_connect(void)
{
	return pg::FromC([] { return pg::connect(true); });
}

int
SPI_connect_ext(int options)
{
	return pg::FromC([&] { return pg::connect((options & SPI_OPT_NONATOMIC) == 0); });
}

int
SPI_finish(void)
{
	return pg::FromC([] { return pg::finish_spi(); });
}

int
SPI_execute(const char *src, bool read_only, long tcount)
{
	if (!pg::valid_arguments(src, tcount))
		return SPI_ERROR_ARGUMENT;
	if (pg::CurrentSpiFrame() == nullptr)
		return SPI_ERROR_UNCONNECTED;
	return pg::FromC(
		[&]
		{
			std::shared_ptr<pg::PreparedText> text = pg::PrepareSpiForRun(src);

			return pg::RunSpi(*text, {}, read_only, static_cast<uint64>(tcount));
		});
}

int
SPI_exec(const char *src, long tcount)
{
	return SPI_execute(src, false, tcount);
}

int
SPI_execute_extended(const char *src, const SPIExecuteOptions *options)
{
	if (src == nullptr || options == nullptr)
		return SPI_ERROR_ARGUMENT;
	if (pg::CurrentSpiFrame() == nullptr)
		return SPI_ERROR_UNCONNECTED;
	return pg::FromC(
		[&]
		{
			std::shared_ptr<pg::PreparedText> text =
				pg::PrepareSpi(src, pg::SpiListParameters(options->params).types());

			return pg::run_with_list(*text, *options);
		});
}

int
SPI_execute_with_args(const char *src, int nargs, Oid *argtypes, Datum *Values, const char *Nulls,
					  bool read_only, long tcount)
{
	if (!pg::valid_arguments(src, tcount) || nargs < 0)
		return SPI_ERROR_ARGUMENT;
	if (nargs > 0 && (argtypes == nullptr || Values == nullptr))
		return SPI_ERROR_PARAM;
	if (pg::CurrentSpiFrame() == nullptr)
		return SPI_ERROR_UNCONNECTED;
	return pg::FromC(
		[&]
		{
			const std::vector<Oid> types(argtypes, argtypes + nargs);
			std::shared_ptr<pg::PreparedText> text = pg::PrepareSpi(src, types);
			pg::SpiParameters parameters(nargs, types.data(), Values, Nulls);

			return pg::RunSpi(*text, parameters.values(), read_only, static_cast<uint64>(tcount));
		});
}

int
SPI_execute_plan(SPIPlanPtr plan, Datum *Values, const char *Nulls, bool read_only, long tcount)
{
	if (!pg::valid_arguments(plan, tcount))
		return SPI_ERROR_ARGUMENT;
	if (!plan->argument_types.empty() && Values == nullptr)
		return SPI_ERROR_PARAM;
	if (pg::CurrentSpiFrame() == nullptr)
		return SPI_ERROR_UNCONNECTED;
	return pg::FromC(
		[&]
		{
			pg::SpiParameters parameters(static_cast<int>(plan->argument_types.size()),
										 plan->argument_types.data(), Values, Nulls);

			return pg::RunSpi(*plan->prepared, parameters.values(), read_only,
							  static_cast<uint64>(tcount), true);
		});
}

int
SPI_execp(SPIPlanPtr plan, Datum *Values, const char *Nulls, long tcount)
{
	return SPI_execute_plan(plan, Values, Nulls, false, tcount);
}

int
SPI_execute_plan_extended(SPIPlanPtr plan, const SPIExecuteOptions *options)
{
	if (plan == nullptr || options == nullptr)
		return SPI_ERROR_ARGUMENT;
	if (pg::CurrentSpiFrame() == nullptr)
		return SPI_ERROR_UNCONNECTED;
	return pg::FromC([&] { return pg::run_with_list(*plan->prepared, *options, true); });
}

SPIPlanPtr
SPI_prepare(const char *src, int nargs, Oid *argtypes)
{
	return SPI_prepare_cursor(src, nargs, argtypes, 0);
}

SPIPlanPtr
SPI_prepare_cursor(const char *src, int nargs, Oid *argtypes, int cursorOptions)
{
	if (src == nullptr || nargs < 0 || (nargs > 0 && argtypes == nullptr))
	{
		SPI_result = SPI_ERROR_ARGUMENT;
		return nullptr;
	}
	if (pg::CurrentSpiFrame() == nullptr)
	{
		SPI_result = SPI_ERROR_UNCONNECTED;
		return nullptr;
	}
	return pg::FromC([&] { return pg::prepare_spi(src, nargs, argtypes, cursorOptions); });
}

int
SPI_keepplan(SPIPlanPtr plan)
{
	if (plan == nullptr || plan->kept)
		return SPI_ERROR_ARGUMENT;
	plan->kept = true;
	pg::forget_plan(plan);
	return 0;
}

SPIPlanPtr
SPI_saveplan(SPIPlanPtr plan)
{
	if (plan == nullptr)
	{
		SPI_result = SPI_ERROR_ARGUMENT;
		return nullptr;
	}
	return pg::FromC(
		[&]
		{
			auto copy = std::make_unique<_SPI_plan>(*plan);

			copy->kept = true;
			SPI_result = 0;
			return copy.release();
		});
}

int
SPI_freeplan(SPIPlanPtr plan)
{
	if (plan == nullptr)
		return SPI_ERROR_ARGUMENT;
	pg::forget_plan(plan);
	std::unique_ptr<_SPI_plan>{plan};
	return 0;
}

Oid
SPI_getargtypeid(SPIPlanPtr plan, int argIndex)
{
	if (plan == nullptr || argIndex < 0 ||
		static_cast<size_t>(argIndex) >= plan->argument_types.size())
	{
		SPI_result = SPI_ERROR_ARGUMENT;
		return InvalidOid;
	}
	return plan->argument_types[static_cast<size_t>(argIndex)];
}

int
SPI_getargcount(SPIPlanPtr plan)
{
	if (plan == nullptr)
	{
		SPI_result = SPI_ERROR_ARGUMENT;
		return -1;
	}
	return static_cast<int>(plan->argument_types.size());
}

bool
SPI_is_cursor_plan(SPIPlanPtr plan)
{
	if (plan == nullptr)
	{
		SPI_result = SPI_ERROR_ARGUMENT;
		return false;
	}
	return plan->prepared->statements.size() == 1 &&
		   strcmp(plan->prepared->statements[0]->raw().tag, "SELECT") == 0;
}

bool
SPI_plan_is_valid(SPIPlanPtr plan)
{
	return plan != nullptr;
}

const char *
SPI_result_code_string(int code)
{
	struct Name
	{
		int code;
		const char *name;
	};
	static constexpr Name kNames[] = {
		{SPI_ERROR_CONNECT, "SPI_ERROR_CONNECT"},
		{SPI_ERROR_COPY, "SPI_ERROR_COPY"},
		{SPI_ERROR_OPUNKNOWN, "SPI_ERROR_OPUNKNOWN"},
		{SPI_ERROR_UNCONNECTED, "SPI_ERROR_UNCONNECTED"},
		{SPI_ERROR_CURSOR, "SPI_ERROR_CURSOR"},
		{SPI_ERROR_ARGUMENT, "SPI_ERROR_ARGUMENT"},
		{SPI_ERROR_PARAM, "SPI_ERROR_PARAM"},
		{SPI_ERROR_TRANSACTION, "SPI_ERROR_TRANSACTION"},
		{SPI_ERROR_NOATTRIBUTE, "SPI_ERROR_NOATTRIBUTE"},
		{SPI_ERROR_NOOUTFUNC, "SPI_ERROR_NOOUTFUNC"},
		{SPI_ERROR_TYPUNKNOWN, "SPI_ERROR_TYPUNKNOWN"},
		{SPI_ERROR_REL_DUPLICATE, "SPI_ERROR_REL_DUPLICATE"},
		{SPI_ERROR_REL_NOT_FOUND, "SPI_ERROR_REL_NOT_FOUND"},
		{SPI_OK_CONNECT, "SPI_OK_CONNECT"},
		{SPI_OK_FINISH, "SPI_OK_FINISH"},
		{SPI_OK_FETCH, "SPI_OK_FETCH"},
		{SPI_OK_UTILITY, "SPI_OK_UTILITY"},
		{SPI_OK_SELECT, "SPI_OK_SELECT"},
		{SPI_OK_SELINTO, "SPI_OK_SELINTO"},
		{SPI_OK_INSERT, "SPI_OK_INSERT"},
		{SPI_OK_DELETE, "SPI_OK_DELETE"},
		{SPI_OK_UPDATE, "SPI_OK_UPDATE"},
		{SPI_OK_CURSOR, "SPI_OK_CURSOR"},
		{SPI_OK_INSERT_RETURNING, "SPI_OK_INSERT_RETURNING"},
		{SPI_OK_DELETE_RETURNING, "SPI_OK_DELETE_RETURNING"},
		{SPI_OK_UPDATE_RETURNING, "SPI_OK_UPDATE_RETURNING"},
		{SPI_OK_REWRITTEN, "SPI_OK_REWRITTEN"},
		{SPI_OK_REL_REGISTER, "SPI_OK_REL_REGISTER"},
		{SPI_OK_REL_UNREGISTER, "SPI_OK_REL_UNREGISTER"},
		{SPI_OK_TD_REGISTER, "SPI_OK_TD_REGISTER"},
		{SPI_OK_MERGE, "SPI_OK_MERGE"},
	};
	static char unknown[40];

	for (const Name &entry : kNames)
		if (entry.code == code)
			return entry.name;
	snprintf(unknown, sizeof(unknown), "Unrecognized SPI code %d", code);
	return unknown;
}

int
SPI_fnumber(TupleDesc tupdesc, const char *fname)
{
	for (int i = 0; i < tupdesc->natts; i++)
		if (strcmp(NameStr(TupleDescAttr(tupdesc, i)->attname), fname) == 0)
			return i + 1;
	return SPI_ERROR_NOATTRIBUTE;
}

char *
SPI_fname(TupleDesc tupdesc, int fnumber)
{
	SPI_result = 0;
	return pg::valid_column(tupdesc, fnumber)
			   ? pstrdup(NameStr(TupleDescAttr(tupdesc, fnumber - 1)->attname))
			   : nullptr;
}

char *
SPI_getrelname(Relation rel)
{
	return pstrdup(RelationGetRelationName(rel));
}

char *
SPI_getnspname(Relation rel)
{
	return get_namespace_name(RelationGetNamespace(rel));
}

char *
SPI_getvalue(HeapTuple tuple, TupleDesc tupdesc, int fnumber)
{
	bool isnull;

	SPI_result = 0;
	if (!pg::valid_column(tupdesc, fnumber))
		return nullptr;

	const Datum datum = heap_getattr(tuple, fnumber, tupdesc, &isnull);

	if (isnull)
		return nullptr;
	return pg::FromC(
		[&]
		{
			const Oid type = TupleDescAttr(tupdesc, fnumber - 1)->atttypid;
			std::string scratch, text;

			text = pg::ValueOut(type, pg::DatumToValue(type, datum, &scratch));
			return pstrdup(text.c_str());
		});
}

Datum
SPI_getbinval(HeapTuple tuple, TupleDesc tupdesc, int fnumber, bool *isnull)
{
	SPI_result = 0;
	if (!pg::valid_column(tupdesc, fnumber))
	{
		*isnull = true;
		return 0;
	}
	return heap_getattr(tuple, fnumber, tupdesc, isnull);
}

char *
SPI_gettype(TupleDesc tupdesc, int fnumber)
{
	const Oid oid = SPI_gettypeid(tupdesc, fnumber);
	const pg::TypeDef *type = oid == InvalidOid ? nullptr : pg::FindType(oid);

	return type == nullptr ? nullptr : pstrdup(type->name);
}

Oid
SPI_gettypeid(TupleDesc tupdesc, int fnumber)
{
	SPI_result = 0;
	return pg::valid_column(tupdesc, fnumber) ? TupleDescAttr(tupdesc, fnumber - 1)->atttypid
											  : InvalidOid;
}

HeapTuple
SPI_copytuple(HeapTuple tuple)
{
	pg::SpiFrame *frame = pg::CurrentSpiFrame();

	if (tuple == nullptr || frame == nullptr)
	{
		SPI_result = tuple == nullptr ? SPI_ERROR_ARGUMENT : SPI_ERROR_UNCONNECTED;
		return nullptr;
	}

	MemoryContext saved = MemoryContextSwitchTo(frame->saved_context);
	HeapTuple copy = heap_copytuple(tuple);

	MemoryContextSwitchTo(saved);
	return copy;
}

HeapTuple
SPI_modifytuple(Relation rel, HeapTuple tuple, int natts, int *attnum, Datum *Values,
				const char *Nulls)
{
	pg::SpiFrame *frame = pg::CurrentSpiFrame();
	SPI_result = 0;

	if (frame == nullptr)
		SPI_result = SPI_ERROR_UNCONNECTED;
	else if (rel == nullptr || tuple == nullptr || natts < 0 || attnum == nullptr ||
			 Values == nullptr)
		SPI_result = SPI_ERROR_ARGUMENT;
	for (int i = 0; SPI_result == 0 && i < natts; i++)
		if (attnum[i] < 1 || attnum[i] > rel->rd_att->natts)
			SPI_result = SPI_ERROR_NOATTRIBUTE;
	if (SPI_result != 0)
		return nullptr;
	return pg::FromC(
		[&]
		{
			const pg::MemoryContextScope scope(frame->saved_context);
			const auto nulls = std::make_unique<bool[]>(static_cast<size_t>(natts));

			for (int i = 0; i < natts; i++)
				nulls[static_cast<size_t>(i)] = Nulls != nullptr && Nulls[i] == 'n';
			return heap_modify_tuple_by_cols(tuple, rel->rd_att, natts, attnum, Values,
											 nulls.get());
		});
}

HeapTupleHeader
SPI_returntuple(HeapTuple tuple, TupleDesc tupdesc)
{
	pg::SpiFrame *frame = pg::CurrentSpiFrame();

	if (tuple == nullptr || tupdesc == nullptr || frame == nullptr)
	{
		SPI_result = frame == nullptr ? SPI_ERROR_UNCONNECTED : SPI_ERROR_ARGUMENT;
		return nullptr;
	}

	if (tupdesc->tdtypeid == RECORDOID && tupdesc->tdtypmod < 0)
		assign_record_type_typmod(tupdesc);

	MemoryContext saved = MemoryContextSwitchTo(frame->saved_context);
	const Datum copy = heap_copy_tuple_as_datum(tuple, tupdesc);

	MemoryContextSwitchTo(saved);
	return reinterpret_cast<HeapTupleHeader>(DatumGetPointer(copy));
}

void *
SPI_palloc(Size size)
{
	return pg::FromC(
		[&]
		{
			pg::SpiFrame *frame = pg::CurrentSpiFrame();

			if (frame == nullptr)
				pg::Raise(pg::Report(ERROR).msg("SPI_palloc called while not connected to SPI"));
			return MemoryContextAlloc(frame->saved_context, size);
		});
}

void *
SPI_repalloc(void *pointer, Size size)
{
	return repalloc(pointer, size);
}

void
SPI_pfree(void *pointer)
{
	pfree(pointer);
}

Datum
SPI_datumTransfer(Datum value, bool typByVal, int typLen)
{
	if (typByVal)
		return value;

	const Size size = datumGetSize(value, typByVal, typLen);
	void *copy = SPI_palloc(size);

	memcpy(copy, DatumGetPointer(value), size);
	return PointerGetDatum(copy);
}

void
SPI_freetuple(HeapTuple pointer)
{
	heap_freetuple(pointer);
}

void
SPI_freetuptable(SPITupleTable *tuptable)
{
	if (tuptable != nullptr)
		pg::FromC([&] { pg::free_table(tuptable); });
}

void
SPI_start_transaction(void)
{
}

namespace
{

void
end_transaction(bool commit, bool chain)
{
	pg::FromC(
		[&]
		{
			const pg::SpiFrame *const frame = pg::CurrentSpiFrame();

			if (frame == nullptr || frame->atomic)
				pg::Raise(pg::Report(ERROR, ERRCODE_INVALID_TRANSACTION_TERMINATION)
							  .msg("invalid transaction termination"));
			pg::EndTransactionWithin(commit, chain);
		});
}

} /* namespace */

void
SPI_commit(void)
{
	end_transaction(true, false);
}

void
SPI_commit_and_chain(void)
{
	end_transaction(true, true);
}

void
SPI_rollback(void)
{
	end_transaction(false, false);
}

void
SPI_rollback_and_chain(void)
{
	end_transaction(false, true);
}

bool
SPI_inside_nonatomic_context(void)
{
	pg::SpiFrame *frame = pg::CurrentSpiFrame();

	return frame != nullptr && !frame->atomic;
}
