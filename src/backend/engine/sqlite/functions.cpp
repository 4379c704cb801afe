/*
 * functions.cpp
 *		Adapters between the library's C callbacks and EngineFunction, EngineAggregate, EngineCollation.
 *
 * The callbacks run inside step().  An exception must not cross the library's frames: it is kept
 * aside, the library is told of an error, and step() rethrows it (errors.h).
 */
#include "functions.h"

#include "errors.h"
#include "values.h"

namespace pg::sqlite
{

namespace
{

class Call final : public FunctionCall
{
public:
	Call(sqlite3_context *context, int count, sqlite3_value **values)
		: context_(context), count_(count), values_(values)
	{
	}

	int arg_count() const override { return count_; }
	Value arg(int i) const override { return FromLibrary(values_[i]); }
	void set_result(const Value &result) override { ToLibrary(context_, result); }
	CallState *state() const override
	{
		return static_cast<CallState *>(sqlite3_get_auxdata(context_, 0));
	}
	void keep_state(std::unique_ptr<CallState> state) override
	{
		sqlite3_set_auxdata(context_, 0, state.release(),
							[](void *kept) { delete static_cast<CallState *>(kept); });
	}

private:
	sqlite3_context *const context_;
	const int count_;
	sqlite3_value **const values_;
};

/* Runs body, which may raise. */
template <typename Body>
void
call_guarded(sqlite3_context *context, Body body) noexcept
{
	try
	{
		body();
	}
	catch (...)
	{
		KeepException();
		sqlite3_result_error(context, "", 0);
	}
}

void
call_function(sqlite3_context *context, int count, sqlite3_value **values) noexcept
{
	const auto *function = static_cast<const EngineFunction *>(sqlite3_user_data(context));

	if (function->strict)
	{
		for (int i = 0; i < count; i++)
			if (sqlite3_value_type(values[i]) == SQLITE_NULL)
				return;
	}
	call_guarded(context,
				 [&]
				 {
					 Call call(context, count, values);

					 function->body(call);
				 });
}

/* The library gives each group zeroed memory for one pointer. */
AggregateState **
aggregate_state(sqlite3_context *context, int size)
{
	return static_cast<AggregateState **>(sqlite3_aggregate_context(context, size));
}

void
step_aggregate(sqlite3_context *context, int count, sqlite3_value **values) noexcept
{
	const auto *aggregate = static_cast<const EngineAggregate *>(sqlite3_user_data(context));
	AggregateState **const state = aggregate_state(context, sizeof(AggregateState *));

	if (state == nullptr)
	{
		sqlite3_result_error_nomem(context);
		return;
	}
	call_guarded(context,
				 [&]
				 {
					 Call call(context, count, values);

					 if (*state == nullptr)
						 *state = aggregate->create().release();
					 (*state)->step(call);
				 });
}

/* Called once per group, also for one without rows, and to clean up after an error. */
void
finish_aggregate(sqlite3_context *context) noexcept
{
	const auto *aggregate = static_cast<const EngineAggregate *>(sqlite3_user_data(context));
	AggregateState **const kept = aggregate_state(context, 0);
	std::unique_ptr<AggregateState> state(kept != nullptr ? *kept : nullptr);

	if (HaveKeptException())
		return;
	call_guarded(context,
				 [&]
				 {
					 Call call(context, 0, nullptr);

					 if (state == nullptr)
						 state = aggregate->create();
					 state->finish(call);
				 });
}

int
compare_with(void *data, int a_length, const void *a, int b_length, const void *b) noexcept
{
	const auto *collation = static_cast<const EngineCollation *>(data);

	return collation->compare({static_cast<const char *>(a), static_cast<size_t>(a_length)},
							  {static_cast<const char *>(b), static_cast<size_t>(b_length)});
}

} /* namespace */

void
RegisterCallable(sqlite3 *connection, const LibraryEntry &entry)
{
	const std::string name(entry.name);
	int code;

	if (entry.kind == LibraryEntry::Kind::Function)
	{
		const EngineFunction *function = entry.function();
		const int flags = SQLITE_UTF8 | (function->deterministic ? SQLITE_DETERMINISTIC : 0);

		code = sqlite3_create_function_v2(connection, name.c_str(), function->arg_count, flags,
										  const_cast<EngineFunction *>(function), call_function,
										  nullptr, nullptr, nullptr);
	}
	else
		code = sqlite3_create_function_v2(connection, name.c_str(), entry.aggregate()->arg_count,
										  SQLITE_UTF8, const_cast<void *>(entry.body), nullptr,
										  step_aggregate, finish_aggregate, nullptr);
	if (code != SQLITE_OK)
		RaiseError(connection, code);
}

void
RegisterCollation(sqlite3 *connection, const EngineCollation &collation) noexcept
{
	sqlite3_create_collation_v2(connection, collation.name, SQLITE_UTF8,
								const_cast<EngineCollation *>(&collation), compare_with, nullptr);
}

} /* namespace pg::sqlite */
