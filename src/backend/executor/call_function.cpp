/*
 * executor/call_function.cpp
 *		Calls functions of modules from SQL: values to datums, the call through the wall, and back.
 *
 * Backends and workers, inside a step of the engine.  No exception may pass the engine's frames: it is
 * the engine's adapter that carries what is raised here (engine/sqlite/functions.cpp).
 *
 * One call site of one run of a statement has one CallSite: the function looked up, its FmgrInfo and
 * two memory contexts.  What the function keeps in fn_mcxt lives as long as the run; what it
 * allocates otherwise is freed when the call is over, however it ends.  A site is never entered twice
 * at a time: a function that runs its own statement again gets another run, with sites of its own.
 */
#include "executor/call_function.h"

#include <deque>

#include "catalog/functions.h"
#include "catalog/languages.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "parser/plan.h"
#include "pl/plpgsql/plpgsql.h"
#include "storage/ipc/interrupts.h"
#include "utils/adt/datum.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/fmgr/loader.h"
#include "utils/mmgr/memory.h"

namespace pg
{

namespace
{

constexpr Oid kDefaultCollationOid = 100;

/* A function looked up for one place of one run. */
class CallSite final : public CallState
{
public:
	explicit CallSite(ProcPtr proc)
		: proc_(std::move(proc)), kept_(TopMemoryContext, "function"),
		  scratch_(TopMemoryContext, "function call")
	{
		const FunctionDef &def = proc_->def;

		if (is_plpgsql())
			return;
		info_.fn_addr = LoadCallable(proc_->library.c_str(), proc_->source.c_str());
		info_.fn_oid = def.oid;
		info_.fn_nargs = static_cast<short>(def.arg_count);
		info_.fn_strict = def.strict;
		info_.fn_retset = proc_->returns_set;
		info_.fn_mcxt = kept_.get();
		for (const Oid type : def.args())
			if (TypeCollation(type) != InvalidOid)
				collation_ = kDefaultCollationOid;
	}

	/*
	 * One call; argument gives argument i. The result's bytes live until the next call or in *bytes.
	 */
	template <typename Argument>
	Value call(Argument argument, ReturnSetInfo *set, std::string *bytes)
	{
		if (is_plpgsql())
			return call_plpgsql(argument, set);

		LOCAL_FCINFO(fcinfo, FUNC_MAX_ARGS);
		const std::span<const Oid> types = proc_->def.args();

		MemoryContextReset(scratch_.get());

		const MemoryContextScope scope(scratch_.get());

		InitFunctionCallInfoData(*fcinfo, &info_, info_.fn_nargs, collation_, nullptr,
								 reinterpret_cast<fmNodePtr>(set));
		for (size_t i = 0; i < types.size(); i++)
		{
			const Value value = argument(static_cast<int>(i));

			fcinfo->args[i].isnull = value.is_null();
			fcinfo->args[i].value =
				value.is_null() ? static_cast<Datum>(0) : ValueToDatum(types[i], value);
			if (value.is_null() && info_.fn_strict)
				return end_of(set);
		}

		const Datum datum = ToC(info_.fn_addr, fcinfo);

		CurrentMemoryContext = scratch_.get();
		return fcinfo->isnull ? Value::Null() : DatumToValue(proc_->def.result, datum, bytes);
	}

	bool is_plpgsql() const { return proc_->language == kPlpgsqlLanguageOid; }

private:
	/* A set is made in one piece at its first row. */
	template <typename Argument>
	Value call_plpgsql(Argument argument, ReturnSetInfo *set)
	{
		const int count = proc_->def.arg_count;
		std::vector<Value> arguments;

		for (int i = 0; rows_.empty() && i < count; i++)
		{
			arguments.push_back(argument(i));
			if (arguments.back().is_null() && proc_->def.strict)
				return end_of(set);
		}
		if (set == nullptr)
		{
			result_ = plpgsql::Call(*proc_, std::move(arguments), nullptr);
			return result_.get();
		}
		if (rows_.empty())
			plpgsql::Call(*proc_, std::move(arguments), &rows_);
		set->isDone = next_row_ < rows_.size() ? ExprMultipleResult : ExprEndResult;
		return next_row_ < rows_.size() ? rows_[next_row_++].get() : Value::Null();
	}

	/* A strict function is not called for a null: its result is null, or no row at all. */
	static Value end_of(ReturnSetInfo *set)
	{
		if (set != nullptr)
			set->isDone = ExprEndResult;
		return Value::Null();
	}

	const ProcPtr proc_;
	const OwnedMemoryContext kept_, scratch_;
	plpgsql::Kept result_;
	std::vector<plpgsql::Kept> rows_;
	size_t next_row_ = 0;
	FmgrInfo info_{};
	Oid collation_ = InvalidOid;
};

ProcPtr
proc_of(Oid oid, int arguments)
{
	ProcPtr proc = FindProc(oid);

	if (proc == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_FUNCTION)
				  .msg("cache lookup failed for function %u", oid));
	if (arguments < proc->def.arg_count)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
				  .msg("function %u called with %d arguments", oid, arguments));
	return proc;
}

ProcPtr
proc_of(const FunctionCall &call)
{
	return proc_of(static_cast<Oid>(call.arg(0).integer), call.arg_count() - 1);
}

/* Argument 0 of the engine's call is the OID. */
void
run(CallSite &site, FunctionCall &call)
{
	std::string bytes;

	call.set_result(site.call([&](int i) { return call.arg(i + 1); }, nullptr, &bytes));
}

void
call_function(FunctionCall &call)
{
	check_stack_depth();
	if (call.state() == nullptr)
		call.keep_state(std::make_unique<CallSite>(proc_of(call)));
	if (call.state() != nullptr)
		return run(static_cast<CallSite &>(*call.state()), call);

	/* The engine found no place for it. */
	CallSite site(proc_of(call));

	run(site, call);
}

/* The rows of one call of a function that returns a set, a value each. */
class CallRows final : public RowCursor
{
public:
	explicit CallRows(std::span<const Value> args)
		: site_(proc_of(static_cast<Oid>(args[0].integer), static_cast<int>(args.size()) - 1))
	{
		for (const Value &arg : args.subspan(1))
		{
			Value &kept = arguments_.emplace_back(arg);

			kept.bytes = texts_.emplace_back(arg.bytes);
		}
		set_.type = T_ReturnSetInfo;
		set_.allowedModes = SFRM_ValuePerCall;
		set_.returnMode = SFRM_ValuePerCall;
	}

	bool next() override
	{
		check_stack_depth();
		CheckForInterrupts();
		if (finished_)
			return false;
		set_.isDone = ExprSingleResult;
		value_ =
			site_.call([&](int i) { return arguments_[static_cast<size_t>(i)]; }, &set_, &bytes_);
		if (set_.returnMode != SFRM_ValuePerCall)
			RaiseNotSupported("a C function that returns its set in one piece");
		finished_ = set_.isDone != ExprMultipleResult;
		return set_.isDone != ExprEndResult;
	}

	Value column(int) override { return value_; }

private:
	CallSite site_;
	std::deque<std::string> texts_;
	std::vector<Value> arguments_;
	ReturnSetInfo set_{};
	Value value_;
	std::string bytes_;
	bool finished_ = false;
};

std::unique_ptr<RowCursor>
open_rows(std::span<const Value> args)
{
	return std::make_unique<CallRows>(args);
}

constexpr EngineFunction kFunctions[] = {
	{"pg_call", -1, true, false, call_function},
	{"pg_call_volatile", -1, false, false, call_function},
};

constexpr RowSource kSources[] = {
	{kCallRowsName, kCallRowsColumns, kCallRowsArguments, open_rows},
};

} /* namespace */

std::span<const EngineFunction>
ExecutorEngineFunctions()
{
	return kFunctions;
}

std::span<const RowSource>
ExecutorRowSources()
{
	return kSources;
}

} /* namespace pg */
