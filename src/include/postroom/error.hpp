/*
 * postroom/error.hpp
 *		Errors of the server as exceptions, and exceptions as errors.
 */
#pragma once

extern "C"
{
#include "postgres.h"

#include "utils/elog.h"
#include "utils/memutils.h"
}

#include <cstring>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace postroom
{

/* An ERROR of the server, or one that the module raises.  Uncaught, it becomes an ERROR with the same fields. */
class Error : public std::runtime_error
{
public:
	/* code: ERRCODE_... of utils/errcodes.h.  Wording: utils/elog.h. */
	Error(int code, const std::string &message, std::string detail = {}, std::string hint = {})
		: std::runtime_error(message), detail_(std::move(detail)), hint_(std::move(hint)),
		  code_(code)
	{
	}

	int code() const noexcept { return code_; }
	/* "42P01" */
	std::string sqlstate() const { return unpack_sql_state(code_); }
	const std::string &detail() const noexcept { return detail_; }
	const std::string &hint() const noexcept { return hint_; }
	const std::string &context() const noexcept { return context_; }

private:
	friend struct Crossing;

	std::string detail_, hint_, context_;
	/* Where it was raised: texts of the program, never freed. */
	const char *file_ = nullptr, *function_ = nullptr;
	int line_ = 0;
	int code_;
};

/* The two crossings, for Checked and Guarded only. */
struct Crossing
{
	/* Runs body(argument); false when it raised an ERROR, which then waits for take(). */
	static bool run(void (*body)(void *), void *argument)
	{
		struct Handlers
		{
			sigjmp_buf *const stack = PG_exception_stack;
			ErrorContextCallback *const context = error_context_stack;

			~Handlers()
			{
				PG_exception_stack = stack;
				error_context_stack = context;
			}
		} const outer;
		sigjmp_buf here;

		if (sigsetjmp(here, 0) != 0)
			return false;
		PG_exception_stack = &here;
		body(argument);
		return true;
	}

	/* The ERROR that was caught, taken off the server's stack.  context: what was current before. */
	static Error take(MemoryContext context)
	{
		MemoryContextSwitchTo(context == ErrorContext ? TopMemoryContext : context);

		ErrorData *const data = CopyErrorData();
		Error error(data->sqlerrcode, text(data->message), text(data->detail), text(data->hint));

		FlushErrorState();
		MemoryContextSwitchTo(context);
		error.context_ = text(data->context);
		error.file_ = data->filename;
		error.function_ = data->funcname;
		error.line_ = data->lineno;
		FreeErrorData(data);
		return error;
	}

	/* An exception on its way to C: plain texts in ErrorContext, which the server empties. */
	struct Message
	{
		const char *message = nullptr;
		const char *detail = nullptr;
		const char *hint = nullptr;
		const char *context = nullptr;
		const char *file = "postroom/error.hpp";
		const char *function = "Guarded";
		int code = ERRCODE_INTERNAL_ERROR;
		int line = 0;
	};

	static Message keep(const Error &error)
	{
		Message message = {.message = keep(std::string_view(error.what())),
						   .detail = keep(error.detail_),
						   .hint = keep(error.hint_),
						   .context = keep(error.context_),
						   .code = error.code_};

		if (error.file_ != nullptr && error.function_ != nullptr)
		{
			message.file = error.file_;
			message.function = error.function_;
			message.line = error.line_;
		}
		return message;
	}

	/* Null for an empty text.  Raises nothing: it runs where an exception is still alive. */
	static const char *keep(std::string_view value)
	{
		if (value.empty())
			return nullptr;

		auto *const copy = static_cast<char *>(
			MemoryContextAllocExtended(ErrorContext, value.size() + 1, MCXT_ALLOC_NO_OOM));

		if (copy == nullptr)
			return "out of memory";
		std::memcpy(copy, value.data(), value.size());
		copy[value.size()] = '\0';
		return copy;
	}

	/* Jumps to the server's handler.  No C++ object may be alive in the frames above. */
	[[noreturn]] static void raise(const Message &error)
	{
		if (errstart_cold(ERROR, TEXTDOMAIN))
		{
			errcode(error.code);
			errmsg_internal("%s", error.message != nullptr ? error.message : "");
			if (error.detail != nullptr)
				errdetail_internal("%s", error.detail);
			if (error.hint != nullptr)
				errhint("%s", error.hint);
			if (error.context != nullptr)
				errcontext("%s", error.context);
			errfinish(error.file, error.line, error.function);
		}
		pg_unreachable();
	}

	static std::string text(const char *value) { return value != nullptr ? value : ""; }
};

/*
 * C++ calls C.  Runs body, which may call whatever of the C API, and returns what it returns; an ERROR inside becomes
 * an Error.  An ERROR leaves the transaction broken: roll it back (Transaction does).  Inside body, have no objects
 * with destructors: an ERROR passes them by.
 */
template <typename Body>
auto
Checked(Body &&body) -> std::invoke_result_t<Body>
{
	using Result = std::invoke_result_t<Body>;
	const MemoryContext context = CurrentMemoryContext;

	if constexpr (std::is_void_v<Result>)
	{
		auto *const function = &body;

		if (!Crossing::run([](void *f) { (**static_cast<decltype(function) *>(f))(); },
						   const_cast<void *>(static_cast<const void *>(&function))))
			throw Crossing::take(context);
	}
	else
	{
		static_assert(std::is_trivially_destructible_v<Result>,
					  "copy into C++ objects outside of Checked");
		Result result{};

		Checked([&] { result = body(); });
		return result;
	}
}

/*
 * C calls C++.  The body of a function that the server calls: an exception that leaves it becomes an ERROR, after all
 * objects of the body are gone.
 */
template <typename Body>
auto
Guarded(const Body &body) -> std::invoke_result_t<const Body &>
{
	Crossing::Message error;

	try
	{
		return body();
	}
	catch (const Error &e)
	{
		error = Crossing::keep(e);
	}
	catch (const std::bad_alloc &)
	{
		error = {.message = "out of memory", .code = ERRCODE_OUT_OF_MEMORY};
	}
	catch (const std::exception &e)
	{
		error = {.message = Crossing::keep(std::string_view(e.what()))};
	}
	catch (...)
	{
		error = {.message = "unknown C++ exception"};
	}
	Crossing::raise(error);
}

/* A line for the log.  level: DEBUG5 to WARNING of utils/elog.h; to raise an error, throw one. */
inline void
Log(int level, const std::string &message)
{
	Assert(level < ERROR);
	Checked([&] { elog(level, "%s", message.c_str()); });
}

} /* namespace postroom */
