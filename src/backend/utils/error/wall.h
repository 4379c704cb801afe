/*
 * utils/error/wall.h
 *		The wall between C++ and C: exceptions on one side, longjmp on the other (DESIGN section 4).
 *
 * A jump crosses only C frames, an exception only C++ frames.  Two crossings exist, both here.
 * Usable in every process that runs module code.
 */
#pragma once

#include <csetjmp>
#include <type_traits>
#include <utility>

#include "utils/error/report.h"

namespace pg
{
namespace wall
{

/* Moves the error in flight (inside a catch block) to the C side's error stack. */
void KeepForC() noexcept;

/* Jumps to the module's innermost PG_CATCH with the kept error, or leaves the process if none. */
[[noreturn]] void JumpToC() noexcept;

/* Takes the C side's current error off its stack and throws it as PgError. */
[[noreturn]] void ThrowFromC();

}  /* namespace wall */

/*
 * C calls C++: the body of every exported C function that can raise.
 *
 *		extern "C" void *palloc(Size size) { return FromC([&] { return Allocate(size); }); }
 *
 * Runs body; an exception unwinds every C++ frame below, and only then, with no C++ object alive in
 * this frame, control jumps to the module's PG_CATCH.  What is not a PgError becomes XX000.
 */
template <typename Body>
auto
FromC(Body &&body) -> std::invoke_result_t<Body>
{
	try
	{
		return std::forward<Body>(body)();
	}
	catch (...)
	{
		wall::KeepForC();
	}
	wall::JumpToC();
}

/*
 * C++ calls C: every call into a module.  A longjmp that leaves the module lands here and goes on as
 * PgError.  Result and arguments must be trivially destructible.
 */
template <typename Function, typename... Args>
auto
ToC(Function function, Args... args) -> std::invoke_result_t<Function, Args...>
{
	using Result = std::invoke_result_t<Function, Args...>;
	static_assert((std::is_trivially_destructible_v<Args> && ...));
	static_assert(std::is_void_v<Result> || std::is_trivially_destructible_v<Result>);

	sigjmp_buf	here;
	sigjmp_buf *const outer_stack = PG_exception_stack;
	ErrorContextCallback *const outer_context = error_context_stack;

	if (sigsetjmp(here, 0) != 0)
	{
		PG_exception_stack = outer_stack;
		error_context_stack = outer_context;
		wall::ThrowFromC();
	}
	PG_exception_stack = &here;
	if constexpr (std::is_void_v<Result>)
	{
		function(args...);
		PG_exception_stack = outer_stack;
		error_context_stack = outer_context;
	}
	else
	{
		Result		result = function(args...);

		PG_exception_stack = outer_stack;
		error_context_stack = outer_context;
		return result;
	}
}

}  /* namespace pg */
