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

#include <algorithm>
#include <deque>

#include "access/nonatomic.h"
#include "catalog/functions.h"
#include "catalog/pg_type_d.h"
#include "executor/interpreted.h"
#include "executor/routine_scope.h"
#include "executor/triggers.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "parser/plan.h"
#include "storage/ipc/interrupts.h"
#include "utils/adt/datum.h"
#include "utils/adt/interpreted_call.h"
#include "utils/adt/row_type.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/fmgr/call_expr.h"
#include "utils/fmgr/fmgr_events.h"
#include "utils/mmgr/memory.h"
#include "utils/typcache.h"

namespace pg
{

namespace
{

constexpr Oid kDefaultCollationOid = 100;

/* Argument 0 of the engine's call: the signature, or the bare OID. */
CallSignature
given_signature(const Value &argument)
{
	CallSignature signature;

	if (argument.kind == Value::Kind::Text)
		return ParseSignature(argument.bytes);
	signature.function = static_cast<Oid>(argument.integer);
	return signature;
}

/* A function looked up for one place of one run. */
class CallSite final : public CallState
{
public:
	CallSite(CallSignature signature, int arguments)
		: signature_(std::move(signature)), proc_(ProcOf(signature_.function)),
		  kept_(TopMemoryContext, "function"), scratch_(TopMemoryContext, "function call")
	{
		const FunctionDef &def = proc_->def;

		if (signature_.arguments.empty())
			for (const Oid type : def.args())
				signature_.arguments.push_back({type, {}});
		if (signature_.result.type == InvalidOid)
			signature_.result.type = def.result;
		if (static_cast<size_t>(arguments) < signature_.arguments.size())
			Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
					  .msg("function %u called with %d arguments", def.oid, arguments));
		describe_types();
		info_.fn_oid = def.oid;
		events_.watch(&info_);
		if (is_interpreted())
			return;
		info_.fn_addr = CompiledFunction(*proc_);
		info_.fn_nargs = static_cast<short>(signature_.arguments.size());
		info_.fn_strict = def.strict;
		info_.fn_retset = proc_->returns_set;
		info_.fn_mcxt = kept_.get();
		info_.fn_expr = reinterpret_cast<fmNodePtr>(&expr_);
	}

	const CallSignature &signature() const { return signature_; }
	const ProcInfo &proc() const { return *proc_; }
	MemoryContext kept() const { return kept_.get(); }
	MemoryContext scratch() const { return scratch_.get(); }

	/* One call; argument gives argument i. False: the result is null. It lives until the next call. */
	template <typename Argument>
	bool call(Argument argument, ReturnSetInfo *set, Datum *result)
	{
		const NonatomicScope atomic(false);

		return call_with(argument, set, nullptr, result);
	}

	/* The same; context: fcinfo->context where there is no set. */
	template <typename Argument>
	bool call_with(Argument argument, ReturnSetInfo *set, fmNodePtr context, Datum *result)
	{
		LOCAL_FCINFO(fcinfo, FUNC_MAX_ARGS);

		MemoryContextReset(scratch_.get());

		const MemoryContextScope scope(scratch_.get());

		InitFunctionCallInfoData(*fcinfo, &info_, info_.fn_nargs, collation_, context,
								 reinterpret_cast<fmNodePtr>(set));
		for (size_t i = 0; i < types_.size(); i++)
		{
			const Value value = argument(static_cast<int>(i));

			fcinfo->args[i].isnull = value.is_null();
			fcinfo->args[i].value = value.is_null() ? static_cast<Datum>(0) : datum_of(i, value);
			if (value.is_null() && info_.fn_strict)
				return skip(set);
		}
		const RoutineScope routine(*proc_);

		*result = events_.around([&] { return ToC(info_.fn_addr, fcinfo); });
		CurrentMemoryContext = scratch_.get();
		return !fcinfo->isnull;
	}

	/* The result as the engine keeps it. The bytes live until the next call or in *bytes. */
	Value value_of(Datum datum, std::string *bytes) const
	{
		if (signature_.result.type == TRIGGEROID)
			Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
					  .msg("cannot display a value of type trigger"));
		return DatumToValue(signature_.result.type, datum, bytes);
	}

	bool is_interpreted() const { return IsInterpreted(*proc_); }

	template <typename Argument>
	std::vector<SqlFunctionRow> call_interpreted(Argument argument)
	{
		const NonatomicScope atomic(false);
		std::vector<Value> arguments;

		for (size_t i = 0; i < types_.size(); i++)
			arguments.push_back(argument(static_cast<int>(i)));
		if (proc_->def.strict && std::any_of(arguments.begin(), arguments.end(),
											 [](const Value &v) { return v.is_null(); }))
			return {};
		return events_.around(
			[&] { return CallInterpreted(*proc_, signature_, std::move(arguments)); });
	}

	/* Columns of the rows; none where they are no rows. */
	RowShape shape() const
	{
		return signature_.result.shape.empty() ? RowTypeShape(signature_.result.type)
											   : signature_.result.shape;
	}

private:
	/* A strict function is not called for a null: its result is null, or no row at all. */
	bool skip(ReturnSetInfo *set) const
	{
		if (set != nullptr && info_.fn_retset)
			set->isDone = ExprEndResult;
		return false;
	}

	void describe_types()
	{
		for (const CallType &argument : signature_.arguments)
		{
			types_.push_back(argument.type);
			records_.push_back(argument.shape.empty() ? nullptr : DescribeRecord(argument.shape));
			if (TypeCollation(argument.type) != InvalidOid)
				collation_ = kDefaultCollationOid;
		}
		expr_.variadic = signature_.variadic;
		expr_.result = signature_.result.type;
		expr_.count = static_cast<int>(types_.size());
		expr_.arguments = types_.data();
		expr_.function = proc_->def.oid;
	}

	Datum datum_of(size_t i, const Value &value) const
	{
		if (records_[i] != nullptr)
			return RowToDatum(records_[i], value.bytes);
		if (types_[i] == RECORDOID)
			RaiseNotSupported("a record of unknown columns as an argument of a C function");
		return ValueToDatum(types_[i], value);
	}

	CallSignature signature_;
	const ProcPtr proc_;
	const OwnedMemoryContext kept_, scratch_;
	std::vector<Oid> types_;
	std::vector<TupleDesc> records_; /* columns of arguments that are records */
	CallExpr expr_;
	FmgrInfo info_{};
	FmgrEvents events_; /* of info_ */
	Oid collation_ = InvalidOid;
};

void
run_call(CallSite &site, FunctionCall &call)
{
	std::string bytes;
	Datum datum = 0;
	const auto argument = [&](int i) { return call.arg(i + 1); };

	if (site.is_interpreted())
	{
		const std::vector<SqlFunctionRow> rows = site.call_interpreted(argument);

		if (!rows.empty())
			call.set_result(WholeValue(rows[0], site.shape(), &bytes));
	}
	else if (site.call(argument, nullptr, &datum))
		call.set_result(site.value_of(datum, &bytes));
}

void
call_function(FunctionCall &call)
{
	const auto make_site = [&]
	{ return std::make_unique<CallSite>(given_signature(call.arg(0)), call.arg_count() - 1); };

	check_stack_depth();
	if (call.state() == nullptr)
		call.keep_state(make_site());
	if (call.state() != nullptr)
		return run_call(static_cast<CallSite &>(*call.state()), call);

	/* The engine found no place for it. */
	run_call(*make_site(), call);
}

[[noreturn]] void
raise_row_mismatch(const std::string &detail)
{
	Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
			  .msg("function return row and query-specified return row do not match")
			  .detail("%s", detail.c_str()));
}

/* The rows that a function gives must be those that the statement was planned for. */
void
check_columns(const RowShape &wanted, TupleDesc given)
{
	const RowShape found = ShapeOf(given);

	if (found.size() != wanted.size())
		raise_row_mismatch("Returned row contains " + std::to_string(found.size()) +
						   (found.size() == 1 ? " attribute" : " attributes") +
						   ", but query expects " + std::to_string(wanted.size()) + ".");
	for (size_t i = 0; i < found.size(); i++)
		if (found[i].type != wanted[i].type)
			raise_row_mismatch("Returned type " + FormatType(found[i].type) +
							   " at ordinal position " + std::to_string(i + 1) +
							   ", but query expects " + FormatType(wanted[i].type) + ".");
}

/*
 * The rows of one call in FROM, or of a set in a SELECT list: one value per call, or all at once in a
 * tuplestore, as the function likes.
 */
class CallRows final : public RowCursor
{
public:
	explicit CallRows(std::span<const Value> args)
		: site_(given_signature(args[0]), static_cast<int>(args.size()) - 1), shape_(site_.shape())
	{
		for (const Value &arg : args.subspan(1))
		{
			Value &kept = arguments_.emplace_back(arg);

			kept.bytes = texts_.emplace_back(arg.bytes);
		}
		context_.ecxt_per_query_memory = site_.kept();
		context_.ecxt_per_tuple_memory = site_.scratch();
		set_.type = T_ReturnSetInfo;
		set_.econtext = &context_;
		set_.allowedModes = SFRM_ValuePerCall | SFRM_Materialize | SFRM_Materialize_Preferred;
		if (!shape_.empty())
			set_.expectedDesc = site_.signature().result.type == RECORDOID
									? DescribeRecord(shape_)
									: lookup_rowtype_tupdesc(site_.signature().result.type, -1);
	}

	bool next() override
	{
		check_stack_depth();
		CheckForInterrupts();
		if (site_.is_interpreted())
			return next_kept();
		if (slot_ != nullptr)
			return next_stored();
		if (finished_)
			return false;
		return next_call();
	}

	Value column(int i) override
	{
		const auto field = static_cast<size_t>(i);

		if (field == 0)
			return whole();
		return field <= fields_.size() ? fields_[field - 1] : Value::Null();
	}

private:
	/* Interpreted functions make a set in one piece. */
	bool next_kept()
	{
		const auto argument = [&](int i) { return arguments_[static_cast<size_t>(i)]; };

		if (!finished_)
			kept_rows_ = site_.call_interpreted(argument);
		if (!finished_ && kept_rows_.empty() && !site_.proc().returns_set)
			kept_rows_.emplace_back();
		finished_ = true;
		if (next_row_ == kept_rows_.size())
			return false;

		const SqlFunctionRow &row = kept_rows_[next_row_++];

		fields_.clear();
		for (size_t i = 0; i < row.size() && !shape_.empty(); i++)
			fields_.push_back(row[i].get());
		return true;
	}

	bool next_call()
	{
		set_.returnMode = SFRM_ValuePerCall;
		set_.isDone = ExprSingleResult;
		set_.setResult = nullptr;
		set_.setDesc = nullptr;

		const bool given =
			site_.call([&](int i) { return arguments_[static_cast<size_t>(i)]; }, &set_, &datum_);

		if (set_.returnMode == SFRM_Materialize)
			return open_store();
		if (set_.returnMode != SFRM_ValuePerCall)
			Raise(Report(ERROR, ERRCODE_E_R_I_E_SRF_PROTOCOL_VIOLATED)
					  .msg("unrecognized table-function returnMode: %d",
						   static_cast<int>(set_.returnMode)));
		finished_ = set_.isDone != ExprMultipleResult;
		if (set_.isDone == ExprEndResult)
			return false;
		is_null_ = !given;
		fields_.clear();
		if (given && !shape_.empty())
			take_fields();
		return true;
	}

	void take_fields()
	{
		auto *const header = reinterpret_cast<HeapTupleHeader>(DatumGetPointer(datum_));
		TupleDesc desc = lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(header),
												HeapTupleHeaderGetTypMod(header));

		check_columns(shape_, desc);
		RowValues(datum_, desc, &fields_, &field_texts_);
	}

	bool open_store()
	{
		if (set_.isDone != ExprSingleResult)
			Raise(Report(ERROR, ERRCODE_E_R_I_E_SRF_PROTOCOL_VIOLATED)
					  .msg("table-function protocol for materialize mode was not followed"));
		finished_ = true;
		if (set_.setResult == nullptr)
			return false;

		const MemoryContextScope scope(site_.kept());
		TupleDesc desc = set_.setDesc != nullptr ? set_.setDesc : set_.expectedDesc;

		if (desc == nullptr)
		{
			desc = CreateTemplateTupleDesc(1);
			TupleDescInitEntry(desc, 1, "value", site_.signature().result.type, -1, 0);
		}
		if (!shape_.empty())
			check_columns(shape_, desc);
		slot_ = MakeSingleTupleTableSlot(desc, &TTSOpsMinimalTuple);
		return next_stored();
	}

	bool next_stored()
	{
		if (!tuplestore_gettupleslot(set_.setResult, true, false, slot_))
			return false;
		MemoryContextReset(site_.scratch());

		const MemoryContextScope scope(site_.scratch());
		TupleDesc desc = slot_->tts_tupleDescriptor;
		size_t place = 0;

		slot_getallattrs(slot_);
		fields_.assign(static_cast<size_t>(desc->natts), Value::Null());
		field_texts_.assign(fields_.size(), {});
		for (int i = 0; i < desc->natts; i++)
		{
			if (TupleDescAttr(desc, i)->attisdropped)
				continue;
			if (!slot_->tts_isnull[i])
				fields_[place] = DatumToValue(TupleDescAttr(desc, i)->atttypid,
											  slot_->tts_values[i], &field_texts_[place]);
			place++;
		}
		is_null_ = false;
		return true;
	}

	/* The whole value: a row as text, or what the function gave. */
	Value whole()
	{
		if (site_.is_interpreted())
			return WholeValue(kept_rows_[next_row_ - 1], shape_, &bytes_);
		if (is_null_)
			return Value::Null();
		if (shape_.empty())
			return slot_ != nullptr ? fields_.at(0) : site_.value_of(datum_, &bytes_);

		bytes_ = RowAsText(shape_, fields_);
		return Value::Text(bytes_);
	}

	CallSite site_;
	RowShape shape_; /* of the rows; none: values that are no rows */
	std::deque<std::string> texts_;
	std::vector<Value> arguments_;
	ExprContext context_{};
	ReturnSetInfo set_{};
	TupleTableSlot *slot_ = nullptr; /* reads set_.setResult; dies with the site's memory */
	Datum datum_ = 0;
	bool is_null_ = false, finished_ = false;
	std::vector<Value> fields_;
	std::vector<std::string> field_texts_;
	std::vector<SqlFunctionRow> kept_rows_;
	size_t next_row_ = 0;
	std::string bytes_;
};

std::unique_ptr<RowCursor>
open_rows(std::span<const Value> args)
{
	return std::make_unique<CallRows>(args);
}

void
show_trigger_depth(FunctionCall &call)
{
	call.set_result(Value::Int(TriggerDepth()));
}

/* The row that a procedure gives, as values of their own. */
std::vector<plpgsql::Kept>
fields_of(Datum row)
{
	auto *const header = reinterpret_cast<HeapTupleHeader>(DatumGetPointer(row));
	TupleDesc desc =
		lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(header), HeapTupleHeaderGetTypMod(header));
	std::vector<Value> fields;
	std::vector<std::string> texts;
	std::vector<plpgsql::Kept> kept;

	RowValues(row, desc, &fields, &texts);
	for (const Value &field : fields)
		kept.emplace_back(field);
	return kept;
}

constexpr EngineFunction kFunctions[] = {
	{"pg_trigger_depth", 0, false, false, show_trigger_depth},
	{"pg_call", -1, true, false, call_function},
	{"pg_call_volatile", -1, false, false, call_function},
};

} /* namespace */

std::vector<plpgsql::Kept>
CallProcedure(const ProcInfo &proc, std::span<const Value> arguments, bool atomic)
{
	CallSignature signature;

	signature.function = proc.def.oid;

	CallSite site(std::move(signature), static_cast<int>(arguments.size()));
	CallContext context{T_CallContext, atomic};
	Datum datum = 0;
	const bool given = site.call_with([&](int i) { return arguments[static_cast<size_t>(i)]; },
									  nullptr, reinterpret_cast<fmNodePtr>(&context), &datum);

	if (proc.def.result != RECORDOID)
		return {};
	if (!given)
		Raise(Report(ERROR, ERRCODE_NULL_VALUE_NOT_ALLOWED).msg("procedure returned null record"));
	return fields_of(datum);
}

std::span<const EngineFunction>
ExecutorEngineFunctions()
{
	return kFunctions;
}

std::span<const RowSource>
ExecutorRowSources()
{
	static const RowSource sources[] = {
		{kCallRowsName, CallRowsColumns(), kCallRowsArguments, open_rows},
		{kTransitionName, CallRowsColumns(), 1, OpenTransitionRows},
		{kJsonRowsName, CallRowsColumns(), kJsonRowsArguments, OpenJsonRows},
	};

	return sources;
}

} /* namespace pg */
